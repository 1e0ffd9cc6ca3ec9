using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Report that an instruction is not carried out, and why.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Reason">Why, at most 2,000 characters.</param>
public sealed record DeclineInstruction(Guid InstructionId, string Reason) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.NotFor(situation.By) ?? state switch
        {
            { Issued: { } issued } when issued.Kind.IsRequest() => Decision.Refuse("instruction.is_request"),
            { IsOver: true } => Decision.Refuse("instruction.over"),
            _ when state.TakenFrom(situation.By) is { } anothers => anothers,
            _ => Decision.Accept(new InstructionDeclined(InstructionId, state.Issued!.PatientId, Reason)),
        };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<DeclineInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(2000);
        }
    }
}
