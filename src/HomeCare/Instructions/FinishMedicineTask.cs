using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Report a task done that follows from a change of medicine.</summary>
/// <param name="InstructionId">Which instruction.</param>
/// <param name="Task">Which task.</param>
/// <param name="Note">What was done, at most 1,000 characters.</param>
public sealed record FinishMedicineTask(Guid InstructionId, MedicineTask Task, string? Note = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.Issued!.Terms?.ChangesMedicine != true ? Decision.Refuse("instruction.no_tasks")
        : !MedicineTasks.MayDo(Task, situation.By.Profession) ? Decision.Forbid("instruction.not_for_profession")
        : !state.OpenTasks.Contains(Task) ? Decision.AlreadySo
        : state.Status == InstructionStatus.Closed ? Decision.Refuse("instruction.over")
        // 疑義照会: nothing is dispensed while a question is open (薬剤師法 art. 24).
        : Task == MedicineTask.Dispense && state.Status == InstructionStatus.Questioned ? Decision.Refuse("instruction.question_open")
        : Decision.Accept(new MedicineTaskFinished(InstructionId, state.Issued.PatientId, Task, Note));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<FinishMedicineTask>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Task).IsInEnum();
            RuleFor(c => c.Note).MaximumLength(1000);
        }
    }
}
