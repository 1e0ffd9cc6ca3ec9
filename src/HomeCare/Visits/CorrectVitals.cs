using FluentValidation;
using HomeCare.VitalSigns;

namespace HomeCare.Visits;

/// <summary>Correct the vital signs of a recorded visit; what stood before stays readable.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="Vitals">As they should have been, whole.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record CorrectVitals(Guid VisitId, Vitals Vitals, string Reason) : ICommand<Visit>
{
    (DateTimeOffset At, Guid SourceId)? ICommand<Visit>.Measured => (Vitals.MeasuredAt, VisitId);

    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state switch
    {
        { Stage: VisitStage.EnteredInError } => Decision.Refuse("visit.entered_in_error"),
        { IsFinal: false } => Decision.Refuse("visit.not_recorded"),
        _ when !Permissions.Allows(Act.RecordVitals, situation.By.Profession) => Decision.Forbid("vitals.not_for_profession"),
        // Taking a nurse's reading out is as much as measuring it.
        _ when situation.By.Profession == Profession.Helper && state.VisitorId != situation.By.PersonId => Decision.Forbid("vitals.of_another"),
        _ when situation.IsFuture(Vitals.MeasuredAt) => Decision.Invalid("time.in_future", "vitals.measuredAt"),
        _ when HelperLimits.Exceeded(Vitals, situation.By) => Decision.Forbid("vitals.not_for_helpers"),
        _ when Json.Same(state.Vitals, Vitals) => Decision.AlreadySo,
        _ => Decision.Accept(new VitalsCorrected(
            VisitId, state.PatientId!.Value, Vitals, VitalAlerts.Of(Vitals, situation.Patient!), Reason, state.TeamOnly, News2Rule.Of(Vitals, situation.Patient!))),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CorrectVitals>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.Vitals).NotNull().SetValidator(new VitalsRules());
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
