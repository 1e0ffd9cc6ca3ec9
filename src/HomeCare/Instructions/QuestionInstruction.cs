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
        (AsksOfAnothers(state, situation.By) ? null : state.NotFor(situation.By)) ?? state switch
        {
            { Issued: { } issued } when issued.Kind.IsRequest() => Decision.Refuse("instruction.is_request"),
            { IsOver: true } => Decision.Refuse("instruction.over"),
            { Status: InstructionStatus.Questioned } => Decision.Refuse("instruction.question_open"),
            _ when !AsksOfAnothers(state, situation.By) && state.TakenFrom(situation.By) is { } anothers => anothers,
            _ => Decision.Accept(new InstructionQuestioned(InstructionId, state.Issued!.PatientId, Question)),
        };

    /// <summary>Who asks about what is another's to carry out: a pharmacist in doubt, and who is to countersign it.</summary>
    private static bool AsksOfAnothers(Instruction state, Actor by) => IsInquiry(state, by) || state.Countersign?.IsOpenTo(by, state) == true;

    /// <summary>疑義照会: a pharmacist asks about a medicine whoever it is addressed to and whoever took it.</summary>
    /// <remarks>Source: the Pharmacists' Act (薬剤師法) art. 24: a pharmacist does not dispense while in doubt.</remarks>
    private static bool IsInquiry(Instruction state, Actor by) => by.Profession == Profession.Pharmacist && state.Issued!.Order is not null;

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
