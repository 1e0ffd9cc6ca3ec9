using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Issue an instruction.</summary>
/// <param name="InstructionId">Chosen by the sender.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">In words, at most 4,000 characters.</param>
/// <param name="Addressee">To whom.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="DueAt">By when; not in the past.</param>
/// <param name="Order">The medicine, where it orders one.</param>
/// <param name="StopOrder">Whether something is stopped (中止指示): it is shown first to whoever is next at the door.</param>
/// <param name="Standing">Until when it holds, and what calls for it; null: it is carried out once.</param>
/// <param name="ChangesMedicine">Whether it changes a medicine: prescribing, dispensing, repacking and telling the family follow as tasks.</param>
public sealed record IssueInstruction(
    Guid InstructionId, Guid PatientId, InstructionKind Kind, string Text, Addressee Addressee, Urgency Urgency = Urgency.Routine,
    DateTimeOffset? DueAt = null, MedicineOrder? Order = null, bool? StopOrder = null, StandingOrder? Standing = null, bool? ChangesMedicine = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Instruction>.References =>
        Addressee.PersonId is { } person ? [new Reference(ReferenceKind.TeamMember, person)] : [];

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        if (state.Issued is not null)
        {
            return Decision.Refuse("instruction.already_issued");
        }

        if (DueAt < situation.Now)
        {
            return Decision.Invalid("instruction.due_in_past", "dueAt");
        }

        if (Standing is { } standing && (standing.Until <= situation.Now || standing.Until > JapanTime.StartOf(JapanTime.DayOf(situation.Now).AddMonths(6).AddDays(1))))
        {
            return Decision.Invalid(standing.Until <= situation.Now ? "instruction.due_in_past" : "instruction.standing_too_long", "standing.until");
        }

        // Dentists order within dentistry: treatment, medicine and tests of the mouth; not the nursing and care of the whole person.
        if (situation.By.Profession == Profession.Dentist && Kind is not (InstructionKind.Treatment or InstructionKind.Medicine or InstructionKind.Test or InstructionKind.Observation))
        {
            return Decision.Forbid("instruction.not_dental");
        }

        var person = Addressee.PersonId is { } id ? situation.Known.People[id] : null;
        var taker = person?.Profession ?? Addressee.Profession;
        return taker is { } profession && !InstructionTakers.MayTake(Kind, profession)
            ? Decision.Invalid("instruction.addressee_may_not_take", "addressee")
            : Decision.Accept(new InstructionIssued(
                InstructionId, PatientId, Kind, Text, Order, Urgency, DueAt, Addressee, person?.Name, situation.By.PersonId, Terms));
    }

    private InstructionTerms? Terms => (StopOrder, Standing, ChangesMedicine) is (null or false, null, null or false) ? null
        : new InstructionTerms { StopOrder = StopOrder == true ? true : null, Standing = Standing, ChangesMedicine = ChangesMedicine == true ? true : null };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<IssueInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Kind).IsInEnum().Must(k => !k.IsRequest()).WithErrorCode("field.not_a_choice");
            RuleFor(c => c.Text).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Urgency).IsInEnum();
            RuleFor(c => c.Addressee).NotNull();
            RuleFor(c => c.Addressee).ChildRules(addressee =>
            {
                addressee.RuleFor(a => a.Kind).IsInEnum();
                addressee.RuleFor(a => a.Profession).IsInEnum();
                addressee.RuleFor(a => a.PersonId).Must((a, id) => a.Kind == AddresseeKind.Person == id is not null).WithErrorCode("instruction.addressee_incomplete");
                addressee.RuleFor(a => a.Profession).Must((a, p) => a.Kind == AddresseeKind.Profession == p is not null).WithErrorCode("instruction.addressee_incomplete");
            }).When(c => c.Addressee is not null);
            RuleFor(c => c.Order!).SetValidator(new MedicineOrderRules()).When(c => c.Order is not null);
            RuleFor(c => c.Order).NotNull().WithErrorCode("instruction.order_missing").When(c => c.Kind == InstructionKind.Medicine);
            RuleFor(c => c.Order).NotNull().WithErrorCode("instruction.order_missing").When(c => c.ChangesMedicine == true);
            RuleFor(c => c.Standing!).SetValidator(new StandingOrderRules()).When(c => c.Standing is not null);
        }
    }
}

/// <summary>What must hold of a medicine order. A dose without a unit, or without a route, is none.</summary>
public sealed class MedicineOrderRules : AbstractValidator<MedicineOrder>
{
    /// <summary/>
    public MedicineOrderRules()
    {
        RuleFor(o => o.Drug).NotEmpty().MaximumLength(100);
        RuleFor(o => o.Dose).Must(dose => dose is > 0 and <= 100_000).WithErrorCode("instruction.dose");
        RuleFor(o => o.Unit).NotEmpty().WithErrorCode("instruction.unit_missing").MaximumLength(20);
        RuleFor(o => o.Route).NotEmpty().MaximumLength(50);
        RuleFor(o => o.Rate).MaximumLength(50);
        RuleFor(o => o.Timing).MaximumLength(100);
    }
}
