using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Mark an instruction read (既読). It says nothing of taking it.</summary>
public sealed record MarkInstructionRead(Guid InstructionId) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.Issued!.IssuerId == situation.By.PersonId || state.ReadBy.Contains(situation.By.PersonId)
            ? Decision.AlreadySo
            // What is only to be known is seen to its end once whom it is for has read it.
            : state.Issued.Kind == InstructionKind.Information && !state.IsOver && state.NotFor(situation.By) is null
            ? Decision.Accept(
                new InstructionRead(InstructionId, state.Issued.PatientId, situation.By.PersonId), new InstructionClosed(InstructionId, state.Issued.PatientId, false, null))
            : Decision.Accept(new InstructionRead(InstructionId, state.Issued.PatientId, situation.By.PersonId, state.TeamOnly));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<MarkInstructionRead>
    {
        /// <summary/>
        public Rules() => RuleFor(c => c.InstructionId).NotEmpty();
    }
}
