using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Close an instruction: one that was carried out, declined or has expired is seen to its end; any other is withdrawn, and says why.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Comment">In words, at most 2,000 characters; needed to withdraw, and where tasks of a change of medicine are open.</param>
public sealed record CloseInstruction(Guid InstructionId, string? Comment = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        if (!state.IsAnsweredBy(situation.By))
        {
            return Decision.Forbid("instruction.not_of_dentist");
        }

        if (state.Status == InstructionStatus.Closed)
        {
            return Decision.AlreadySo;
        }

        // Whoever asked closes what they asked.
        if (state.Issued!.Kind.IsRequest())
        {
            return Decision.Refuse("instruction.is_request");
        }

        var withdrawn = state.Status is not (InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired);
        // Whoever said it confirms it. Where they did not although they were asked, another physician ends it, and says why.
        if (!withdrawn && state.IsUnconfirmed && (state.Asked.Count == 0 || state.Issued!.IssuerId == situation.By.PersonId))
        {
            return Decision.Refuse("instruction.not_confirmed");
        }

        if (!withdrawn && state.IsUnconfirmed && string.IsNullOrWhiteSpace(Comment))
        {
            return Decision.Invalid("instruction.confirmation_left_out", "comment");
        }

        // Nobody came to countersign although they were asked: then a physician ends it, and says why.
        if (state.AwaitsCountersign && !withdrawn && (state.Asked.Count == 0 || string.IsNullOrWhiteSpace(Comment)))
        {
            return state.Asked.Count == 0 ? Decision.Refuse("instruction.not_countersigned") : Decision.Invalid("instruction.countersign_left_out", "comment");
        }

        // What was to follow from a change of medicine is done, or it is said why it is not.
        return !withdrawn && state.OpenTasks.Count > 0 && string.IsNullOrWhiteSpace(Comment) ? Decision.Refuse("instruction.tasks_open")
            : withdrawn && string.IsNullOrWhiteSpace(Comment)
            ? Decision.Invalid("instruction.withdrawal_needs_reason", "comment")
            : Decision.Accept(new InstructionClosed(InstructionId, state.Issued!.PatientId, withdrawn, Comment, state.TeamOnly));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CloseInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(2000);
        }
    }
}
