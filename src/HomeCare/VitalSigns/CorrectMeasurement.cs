using FluentValidation;

namespace HomeCare.VitalSigns;

/// <summary>Correct vital signs that were recorded by themselves.</summary>
/// <param name="MeasurementId">Which.</param>
/// <param name="Vitals">As they should have been, whole.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record CorrectMeasurement(Guid MeasurementId, Vitals Vitals, string Reason) : ICommand<Measurement>
{
    (DateTimeOffset At, Guid SourceId)? ICommand<Measurement>.Measured => (Vitals.MeasuredAt, MeasurementId);

    string ICommand<Measurement>.Stream => Measurement.StreamOf(MeasurementId);

    /// <inheritdoc/>
    public Guid? PatientOf(Measurement state) => state.Recorded?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Measurement state, Situation situation) => state switch
    {
        { InError: true } => Decision.Refuse("vitals.entered_in_error"),
        _ when !state.IsCorrectedBy(situation.By) => Decision.Forbid("vitals.of_another"),
        _ when situation.IsFuture(Vitals.MeasuredAt) => Decision.Invalid("time.in_future", "vitals.measuredAt"),
        _ when HelperLimits.Exceeded(Vitals, situation.By) => Decision.Forbid("vitals.not_for_helpers"),
        _ when Json.Same(state.Vitals, Vitals) => Decision.AlreadySo,
        _ => Decision.Accept(new VitalsCorrected(
            MeasurementId, state.Recorded!.PatientId, Vitals, VitalAlerts.Of(Vitals, situation.Patient!), Reason, News2: News2Rule.Of(Vitals, situation.Patient!))),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CorrectMeasurement>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.MeasurementId).NotEmpty();
            RuleFor(c => c.Vitals).NotNull().SetValidator(new VitalsRules());
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
