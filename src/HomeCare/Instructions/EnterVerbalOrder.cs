using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Enter what a physician said (口頭指示). It may be carried out at once, is the nurse's who entered it, and is pending until the physician confirms it.</summary>
/// <param name="InstructionId">Chosen by the sender.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PhysicianId">Who said it; a physician of the care team.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">In words, at most 4,000 characters.</param>
/// <param name="ReadBack">Whether it was read back to the physician and agreed. What was not is no order.</param>
/// <param name="Order">The medicine, where it orders one.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="DueAt">By when; not in the past.</param>
public sealed record EnterVerbalOrder(
    Guid InstructionId, Guid PatientId, Guid PhysicianId, InstructionKind Kind, string Text, bool ReadBack, MedicineOrder? Order = null,
    Urgency Urgency = Urgency.Today, DateTimeOffset? DueAt = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Instruction>.References => [new Reference(ReferenceKind.TeamMember, PhysicianId)];

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        var (by, physician) = (situation.By, situation.Known.People[PhysicianId]);
        if (state.Issued is not null)
        {
            return Decision.Refuse("instruction.already_issued");
        }

        if (DueAt < situation.Now)
        {
            return Decision.Invalid("instruction.due_in_past", "dueAt");
        }

        if (physician.Profession != Profession.Physician)
        {
            return Decision.Invalid("instruction.not_a_physician", "physicianId");
        }

        if (!InstructionTakers.MayTake(Kind, by.Profession))
        {
            return Decision.Invalid("instruction.not_for_profession", "kind");
        }

        return !ReadBack ? Decision.Invalid("instruction.not_read_back", "readBack") : Decision.Accept(
            new InstructionIssued(
                InstructionId, PatientId, Kind, Text, Order, Urgency, DueAt, new Addressee(AddresseeKind.Person, by.PersonId), by.Name, PhysicianId,
                new InstructionTerms { Verbal = new VerbalOrder(by.PersonId, by.Name, physician.Name) }),
            new InstructionTaken(InstructionId, PatientId, by.PersonId, Order, null, by.Name));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<EnterVerbalOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.PhysicianId).NotEmpty();
            RuleFor(c => c.Kind).IsInEnum().Must(k => !k.IsRequest()).WithErrorCode("field.not_a_choice");
            RuleFor(c => c.Text).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Urgency).IsInEnum();
            RuleFor(c => c.Order!).SetValidator(new MedicineOrderRules()).When(c => c.Order is not null);
            RuleFor(c => c.Order).NotNull().WithErrorCode("instruction.order_missing").When(c => c.Kind == InstructionKind.Medicine);
        }
    }
}

/// <summary>Confirm what was entered as said by oneself.</summary>
public sealed record ConfirmVerbalOrder(Guid InstructionId) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.Issued!.Terms?.Verbal is null ? Decision.Refuse("instruction.not_verbal")
        : state.Issued.IssuerId != situation.By.PersonId ? Decision.Forbid("instruction.said_by_another")
        : !state.IsUnconfirmed ? Decision.AlreadySo
        : Decision.Accept(new VerbalOrderConfirmed(InstructionId, state.Issued.PatientId));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<ConfirmVerbalOrder>
    {
        /// <summary/>
        public Rules() => RuleFor(c => c.InstructionId).NotEmpty();
    }
}

/// <summary>Say that what was entered was not said so. It ends there; whoever entered it is told.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Reason">What was meant, at most 2,000 characters.</param>
public sealed record RejectVerbalOrder(Guid InstructionId, string Reason) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.Issued!.Terms?.Verbal is not { } verbal ? Decision.Refuse("instruction.not_verbal")
        : state.Issued.IssuerId != situation.By.PersonId ? Decision.Forbid("instruction.said_by_another")
        : !state.IsUnconfirmed ? Decision.Refuse("instruction.already_confirmed")
        : Decision.Accept(new VerbalOrderRejected(InstructionId, state.Issued.PatientId, Reason, verbal.EnteredById));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RejectVerbalOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(2000);
        }
    }
}
