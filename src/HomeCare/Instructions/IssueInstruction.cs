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
/// <param name="Countersign">Whose countersignature it needs, and before what; null: nobody's.</param>
public sealed record IssueInstruction(
    Guid InstructionId, Guid PatientId, InstructionKind Kind, string Text, Addressee Addressee, Urgency Urgency = Urgency.Routine,
    DateTimeOffset? DueAt = null, MedicineOrder? Order = null, bool? StopOrder = null, StandingOrder? Standing = null, bool? ChangesMedicine = null,
    CountersignRequest? Countersign = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Instruction>.References => [.. Addressee.References, .. CountersignRequest.ReferencesOf(Countersign)];

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

        if (!Addressee.MayTake(Kind, situation.Known))
        {
            return Decision.Invalid("instruction.addressee_may_not_take", "addressee");
        }

        if (Countersign?.Refusal(situation.By.PersonId, Addressee.PersonId, situation.Known) is { } refused)
        {
            return refused;
        }

        return Decision.Accept(new InstructionIssued(
            InstructionId, PatientId, Kind, Text, Order, Urgency, DueAt, Addressee, Addressee.NameIn(situation.Known), situation.By.PersonId, TermsFor(situation.Known)));
    }

    private InstructionTerms? TermsFor(Known known) => (StopOrder, Standing, ChangesMedicine, Countersign) is (null or false, null, null or false, null) ? null
        : new InstructionTerms
        {
            StopOrder = StopOrder == true ? true : null, Standing = Standing, ChangesMedicine = ChangesMedicine == true ? true : null, Countersign = Countersign?.Of(known),
        };

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
            RuleFor(c => c.Addressee).NotNull().SetValidator(new AddresseeRules());
            RuleFor(c => c.Countersign!).SetValidator(new CountersignRules()).When(c => c.Countersign is not null);
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
