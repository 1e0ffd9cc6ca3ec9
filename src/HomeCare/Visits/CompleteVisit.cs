using FluentValidation;

namespace HomeCare.Visits;

/// <summary>End a started visit whose vital signs were recorded as they were measured and that needs no further record.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="EndedAt">When it ended; after the start, at most 24 hours, not in the future.</param>
public sealed record CompleteVisit(Guid VisitId, DateTimeOffset EndedAt) : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state switch
    {
        { IsFinal: true } => Decision.Refuse("visit.already_recorded"),
        { Stage: not VisitStage.Started } => Decision.Refuse("visit.not_started"),
        _ when state.VisitorId != situation.By.PersonId => Decision.Refuse("visit.started_by_another"),
        _ when EndedAt <= state.StartedAt => Decision.Invalid("time.ends_before_start", "endedAt"),
        _ when EndedAt - state.StartedAt > Visit.Longest => Decision.Invalid("visit.too_long", "endedAt"),
        _ when situation.IsFuture(EndedAt) => Decision.Invalid("time.in_future", "endedAt"),
        _ => Decision.Accept(new VisitCompleted(VisitId, state.PatientId!.Value, state.StartedAt!.Value, EndedAt)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CompleteVisit>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.EndedAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
        }
    }
}
