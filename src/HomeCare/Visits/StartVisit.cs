using FluentValidation;

namespace HomeCare.Visits;

/// <summary>The visitor is at the home; planned or not.</summary>
/// <param name="VisitId">Chosen by the sender, or the planned visit's.</param>
/// <param name="PatientId">Whose home.</param>
/// <param name="StartedAt">When; not in the future.</param>
/// <param name="Kind">Kind of visit.</param>
public sealed record StartVisit(Guid VisitId, Guid PatientId, DateTimeOffset StartedAt, VisitKind Kind = VisitKind.Regular) : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state switch
    {
        { PatientId: { } patient } when patient != PatientId => Decision.Refuse("visit.other_patient"),
        { Stage: VisitStage.Started } when state.VisitorId == situation.By.PersonId => Decision.AlreadySo,
        { Stage: VisitStage.Started } => Decision.Refuse("visit.already_started"),
        { Stage: VisitStage.Cancelled } => Decision.Refuse("visit.cancelled"),
        { IsFinal: true } => Decision.Refuse("visit.already_recorded"),
        _ when situation.IsFuture(StartedAt) => Decision.Invalid("time.in_future", "startedAt"),
        _ => Decision.Accept(new VisitStarted(VisitId, PatientId, StartedAt, situation.By.PersonId, Kind))
            .Unless(VitalSigns.Measurement.StreamOf(VisitId), VitalSigns.Measurement.StreamType),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<StartVisit>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.StartedAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
            RuleFor(c => c.Kind).IsInEnum();
        }
    }
}
