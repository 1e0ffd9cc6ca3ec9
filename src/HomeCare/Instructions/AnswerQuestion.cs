using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Answer what was asked back about an instruction.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Answer">In words, at most 2,000 characters.</param>
public sealed record AnswerQuestion(Guid InstructionId, string Answer) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        !state.IsAnsweredBy(situation.By) ? Decision.Forbid("instruction.not_of_dentist")
        : state.Status == InstructionStatus.Questioned
            ? Decision.Accept(new QuestionAnswered(InstructionId, state.Issued!.PatientId, Answer))
            : Decision.Refuse("instruction.no_open_question");

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<AnswerQuestion>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Answer).NotEmpty().MaximumLength(2000);
        }
    }
}
