using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Report an instruction carried out. Only what was taken can be, by the one who took it.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Evidence">What shows it, in words, at most 2,000 characters.</param>
/// <param name="DoneAt">When; not in the future.</param>
/// <param name="VisitId">The visit during which it was done, if one.</param>
public sealed record CompleteInstruction(Guid InstructionId, string Evidence, DateTimeOffset DoneAt, Guid? VisitId = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) => state switch
    {
        { Issued: { } issued } when issued.Kind.IsRequest() => Decision.Refuse("instruction.is_request"),
        { IsOver: false, Issued.Terms.Standing.HasOccasions: true } => Decision.Refuse("instruction.done_by_occasions"),
        { IsOver: true } => Decision.Refuse("instruction.over"),
        { Status: InstructionStatus.Questioned } => Decision.Refuse("instruction.question_open"),
        { TakenBy: null } => Decision.Refuse("instruction.not_taken"),
        _ when state.TakenBy != situation.By.PersonId => state.TakenFrom(situation.By) ?? Decision.Refuse("instruction.not_taken"),
        _ when situation.IsFuture(DoneAt) => Decision.Invalid("time.in_future", "doneAt"),
        _ => Decision.Accept(new InstructionCompleted(InstructionId, state.Issued!.PatientId, Evidence, VisitId, DoneAt)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CompleteInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Evidence).NotEmpty().MaximumLength(2000);
            RuleFor(c => c.DoneAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
        }
    }
}
