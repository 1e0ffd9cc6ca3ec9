using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Say that an instruction has reached a device of whoever it waits for (到着). It says nothing of reading it, and is said once for each person.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Device">The device, as its browser calls itself: "iPad Safari"; at most 40 characters, so that it is no browser's whole account of itself.</param>
public sealed record MarkInstructionDelivered(Guid InstructionId, string Device) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.IsOver || state.Issued!.IssuerId == situation.By.PersonId || state.DeliveredTo.Contains(situation.By.PersonId)
            ? Decision.AlreadySo
            : Decision.Accept(new InstructionDelivered(InstructionId, state.Issued.PatientId, situation.By.PersonId, Device));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<MarkInstructionDelivered>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Device).NotEmpty().MaximumLength(40);
        }
    }
}
