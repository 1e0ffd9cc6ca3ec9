using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Ask back about an instruction; nothing is carried out until it is answered.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Question">In words, at most 2,000 characters.</param>
public sealed record QuestionInstruction(Guid InstructionId, string Question) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.NotFor(situation.By) ?? state switch
        {
            { IsOver: true } => Decision.Refuse("instruction.over"),
            { Status: InstructionStatus.Questioned } => Decision.Refuse("instruction.question_open"),
            { TakenBy: { } taker } when taker != situation.By.PersonId => Decision.Refuse("instruction.taken_by_another"),
            _ => Decision.Accept(new InstructionQuestioned(InstructionId, state.Issued!.PatientId, Question)),
        };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<QuestionInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Question).NotEmpty().MaximumLength(2000);
        }
    }
}
