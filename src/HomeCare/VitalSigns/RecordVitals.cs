using FluentValidation;

namespace HomeCare.VitalSigns;

/// <summary>Record vital signs by themselves: during a visit before its record is written, a diary, a device, another system.</summary>
/// <param name="MeasurementId">Chosen by the sender.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Vitals">What was measured.</param>
/// <param name="VisitId">The visit during which it was measured, if one.</param>
/// <param name="Comment">In words, at most 1,000 characters.</param>
/// <param name="Source">Where it came from, if from another system.</param>
/// <param name="MeasuredBy">Who measured, if somebody else; at most 100 characters.</param>
/// <param name="Clock">How the clock stood by which the time was taken; null: the server's, or another system's.</param>
public sealed record RecordVitals(
    Guid MeasurementId, Guid PatientId, Vitals Vitals, Guid? VisitId = null, string? Comment = null, SourceIdentifier? Source = null, string? MeasuredBy = null,
    DeviceClock? Clock = null)
    : ICommand<Measurement>
{
    (DateTimeOffset At, Guid SourceId)? ICommand<Measurement>.Measured => (Vitals.MeasuredAt, MeasurementId);

    string ICommand<Measurement>.Stream => Measurement.StreamOf(MeasurementId);

    /// <inheritdoc/>
    public Guid? PatientOf(Measurement state) => state.Recorded?.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(Measurement state, Situation situation)
    {
        if (situation.IsFuture(Vitals.MeasuredAt))
        {
            return Decision.Invalid("time.in_future", "vitals.measuredAt");
        }

        if (HelperLimits.Exceeded(Vitals, situation.By))
        {
            return Decision.Forbid("vitals.not_for_helpers");
        }

        var alerts = VitalAlerts.Of(Vitals, situation.Patient!);
        var news2 = News2Rule.Of(Vitals, situation.Patient!);
        return state.Recorded switch
        {
            null => Decision.Accept(new VitalsRecorded(MeasurementId, PatientId, Vitals, alerts, VisitId, Comment, Source, MeasuredBy, situation.By.PersonId, Clock, news2))
                .Unless(Visits.Visit.StreamOf(MeasurementId), Visits.Visit.StreamType),
            { Source: { } source } when source == Source && state.Recorded.PatientId == PatientId && Json.Same(state.Vitals, Vitals) => Decision.AlreadySo,
            // What people here have struck out stays so, whatever its source sends.
            { Source: { } source } when source == Source && state.InError => Decision.Refuse("vitals.entered_in_error"),
            // The same record from the same source, sent again with other values, is that source's own correction.
            { Source: { } source } when source == Source && state.Recorded.PatientId == PatientId && situation.By.Profession == Profession.Import =>
                Decision.Accept(new VitalsCorrected(MeasurementId, PatientId, Vitals, alerts, "source", News2: news2)),
            _ => Decision.Refuse("vitals.already_recorded"),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordVitals>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.MeasurementId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Vitals).NotNull().SetValidator(new VitalsRules());
            RuleFor(c => c.Comment).MaximumLength(1000);
            RuleFor(c => c.MeasuredBy).MaximumLength(100);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
        }
    }
}

/// <summary>What a helper measures: temperature, automatic blood pressure with its pulse, SpO₂; and what needs no measuring, the flow that
/// the oxygen device shows among it.</summary>
/// <remarks>Source: 厚生労働省医政局長通知「医師法第17条、歯科医師法第17条及び保健師助産師看護師法第31条の解釈について」(医政発第0726005号, 2005),
/// which lists these among the acts that are in principle no medical act. SpO₂ without the flow would read as if on air.</remarks>
internal static class HelperLimits
{
    private static readonly HashSet<VitalSign> Open =
    [
        VitalSign.Temperature, VitalSign.Systolic, VitalSign.Diastolic, VitalSign.Pulse, VitalSign.SpO2, VitalSign.OxygenFlow,
        VitalSign.Weight, VitalSign.Intake, VitalSign.Output, VitalSign.Stool,
    ];

    public static bool Exceeded(Vitals vitals, Actor by) =>
        by.Profession == Profession.Helper && (vitals.Glucose is not null || vitals.Numbers().Any(n => !Open.Contains(n.Sign)));
}
