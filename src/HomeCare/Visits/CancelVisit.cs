using FluentValidation;

namespace HomeCare.Visits;

/// <summary>A planned visit will not take place.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record CancelVisit(Guid VisitId, string Reason) : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state.Stage switch
    {
        VisitStage.Planned => Decision.Accept(new VisitCancelled(VisitId, state.PatientId!.Value, Reason)),
        VisitStage.Cancelled => Decision.AlreadySo,
        _ => Decision.Refuse("visit.already_started"),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CancelVisit>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
