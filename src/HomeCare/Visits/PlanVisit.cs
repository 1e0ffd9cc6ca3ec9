using FluentValidation;

namespace HomeCare.Visits;

/// <summary>Plan a visit, or move a planned one.</summary>
/// <param name="VisitId">Chosen by the sender.</param>
/// <param name="PatientId">Whose home.</param>
/// <param name="PlannedAt">When; at most two years ahead.</param>
/// <param name="Minutes">How long, 5–1,440 minutes.</param>
/// <param name="VisitorId">Who is to visit.</param>
/// <param name="Kind">Kind of visit.</param>
/// <param name="Purpose">What for, at most 200 characters.</param>
public sealed record PlanVisit(Guid VisitId, Guid PatientId, DateTimeOffset PlannedAt, int Minutes, Guid VisitorId, VisitKind Kind = VisitKind.Regular, string? Purpose = null)
    : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Visit>.References => [new(ReferenceKind.TeamMember, VisitorId)];

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation)
    {
        if (state.Stage is not (VisitStage.None or VisitStage.Planned))
        {
            return Decision.Refuse(state.Stage == VisitStage.Cancelled ? "visit.cancelled" : "visit.already_started");
        }

        if (state.PatientId is { } patient && patient != PatientId)
        {
            return Decision.Refuse("visit.other_patient");
        }

        return PlannedAt > situation.Now.AddYears(2)
            ? Decision.Invalid("time.too_far_ahead", "plannedAt")
            : Decision.Accept(new VisitPlanned(VisitId, PatientId, PlannedAt, Minutes, VisitorId, situation.Known.People[VisitorId].Name, Kind, Purpose))
                .Unless(VitalSigns.Measurement.StreamOf(VisitId), VitalSigns.Measurement.StreamType);
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<PlanVisit>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.VisitorId).NotEmpty();
            RuleFor(c => c.PlannedAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
            RuleFor(c => c.Minutes).InclusiveBetween(5, 1440).WithErrorCode("visit.minutes");
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Purpose).MaximumLength(200);
        }
    }
}
