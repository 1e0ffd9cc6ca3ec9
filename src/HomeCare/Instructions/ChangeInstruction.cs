using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Change an instruction. What it said stays readable, and it must be read and taken again.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Text">What it says from now on, at most 4,000 characters.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="Order">The medicine, where it orders one; all of it anew.</param>
/// <param name="Urgency">How soon; null: as before.</param>
/// <param name="DueAt">By when; null: no time is set any more. Not in the past.</param>
public sealed record ChangeInstruction(
    Guid InstructionId, string Text, string Reason, MedicineOrder? Order = null, Urgency? Urgency = null, DateTimeOffset? DueAt = null) : ICommand<Instruction>
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

        if (state.TeamOnly == true || state.Issued!.Kind.IsRequest())
        {
            // What somebody asked stays as they asked it, and so does a post; another follows it.
            return Decision.Refuse("instruction.is_request");
        }

        if (state.IsOver)
        {
            return Decision.Refuse("instruction.over");
        }

        var issued = state.Issued!;
        if (DueAt < situation.Now && DueAt != issued.DueAt)
        {
            return Decision.Invalid("instruction.due_in_past", "dueAt");
        }

        if (issued.Order is null != Order is null)
        {
            return Decision.Invalid("instruction.order_missing", "order");
        }

        return issued.Text == Text && issued.Order == Order && issued.DueAt == DueAt && (Urgency ?? issued.Urgency) == issued.Urgency
            ? Decision.AlreadySo
            : Decision.Accept(new InstructionChanged(
                InstructionId, issued.PatientId, Text, Order, Urgency ?? issued.Urgency, DueAt, Reason, issued.Text, issued.Order));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<ChangeInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Text).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Urgency).IsInEnum();
            RuleFor(c => c.Order!).SetValidator(new MedicineOrderRules()).When(c => c.Order is not null);
        }
    }
}
