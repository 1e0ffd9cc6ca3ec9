using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Ask the next person, because a due time passed or the one whose turn it was left. The product's own timer sends it; nobody signs in as that.</summary>
/// <remarks>Every node derives the same command id from instruction, phase and rung, so that two of them cannot ask twice.</remarks>
/// <param name="InstructionId">Which.</param>
/// <param name="Phase">The phase of its life that was seen: a step done meanwhile has begun another.</param>
/// <param name="Rung">The how-manieth within the phase, from 1.</param>
/// <param name="Step">The step that is waited for.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Reason">Why.</param>
/// <param name="ToPersonId">Who is asked; null: nobody is left, and it is visibly nobody's.</param>
public sealed record EscalateInstruction(
    Guid InstructionId, int Phase, int Rung, LedgerStep Step, DateTimeOffset DueAt, EscalationReason Reason, Guid? ToPersonId) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    IEnumerable<Reference> ICommand<Instruction>.References => ToPersonId is { } to ? [new Reference(ReferenceKind.TeamMember, to)] : [];

    /// <summary>The same on every node.</summary>
    public Guid CommandIdFor(string tenantId) => Ids.Of("escalate", tenantId, $"{InstructionId}", $"{Phase}", $"{Rung}", $"{ToPersonId}");

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.Status == InstructionStatus.Closed || state.Phase != Phase || state.Asked.Count != Rung - 1
            ? Decision.AlreadySo
            : Decision.Accept(new InstructionEscalated(
                InstructionId, state.Issued!.PatientId, Step, Rung, DueAt, Reason, ToPersonId, ToPersonId is { } to ? situation.Known.People[to].Name : null, state.TeamOnly));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<EscalateInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Step).IsInEnum();
            RuleFor(c => c.Reason).IsInEnum();
            RuleFor(c => c.Rung).GreaterThan(0).WithErrorCode("field.not_a_choice");
        }
    }
}
