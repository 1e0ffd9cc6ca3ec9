using FluentValidation;

namespace HomeCare.Visits;

/// <summary>Correct the note of a recorded visit; what stood before stays readable.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="Note">As it should have been, whole.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="TeamOnly">Not shown to the person and relatives.</param>
public sealed record CorrectVisitNote(Guid VisitId, VisitNote Note, string Reason, bool TeamOnly = false) : ICommand<Visit>
{
    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation) => state switch
    {
        { Stage: VisitStage.EnteredInError } => Decision.Refuse("visit.entered_in_error"),
        { IsFinal: false } => Decision.Refuse("visit.not_recorded"),
        _ when state.Note == Note => Decision.AlreadySo,
        // Only the one who wrote the note changes its words; others add an entry of their own.
        _ when state.VisitorId != situation.By.PersonId => Decision.Forbid("visit.note_of_another"),
        _ => Decision.Accept(new VisitNoteCorrected(VisitId, state.PatientId!.Value, Note, Reason, TeamOnly || state.TeamOnly)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CorrectVisitNote>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.Note).NotNull().SetValidator(new VisitNoteRules());
            RuleFor(c => c.Note).Must(n => n is { IsEmpty: false }).WithErrorCode("field.required");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
