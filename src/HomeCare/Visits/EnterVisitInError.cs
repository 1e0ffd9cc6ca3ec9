using FluentValidation;

namespace HomeCare.Visits;

/// <summary>Mark a visit as entered in error, recorded or only started: at the wrong home, or not at all. It stays readable, struck out, and its
/// readings leave every chart.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record EnterVisitInError(Guid VisitId, string Reason) : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state switch
    {
        { Stage: VisitStage.EnteredInError } => Decision.AlreadySo,
        { Stage: not (VisitStage.Started or VisitStage.Recorded) } => Decision.Refuse("visit.not_recorded"),
        _ when state.VisitorId != situation.By.PersonId => Decision.Forbid("visit.note_of_another"),
        _ => Decision.Accept(new VisitEnteredInError(VisitId, state.PatientId!.Value, Reason, state.TeamOnly)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<EnterVisitInError>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
