using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Take an instruction (指示受け). One that orders a medicine is read back: drug, dose, unit, route, rate and timing, each as ordered.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="ReadBack">The order as understood; needed where there is an order.</param>
/// <param name="Comment">In words, at most 1,000 characters.</param>
/// <param name="Countersign">Whose countersignature whoever takes it asks for, where the instruction itself asks for none.</param>
public sealed record TakeInstruction(Guid InstructionId, MedicineOrder? ReadBack = null, string? Comment = null, CountersignRequest? Countersign = null) : ICommand<Instruction>
{
    IEnumerable<Reference> ICommand<Instruction>.References => CountersignRequest.ReferencesOf(Countersign);

    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        if (state.Issued!.Kind.IsRequest())
        {
            return Decision.Refuse("instruction.is_request");
        }

        if (state.NotFor(situation.By) is { } refused)
        {
            return refused;
        }

        if (state.Status == InstructionStatus.Taken && state.TakenBy == situation.By.PersonId)
        {
            return Decision.AlreadySo;
        }

        if (state.IsOver)
        {
            return Decision.Refuse("instruction.over");
        }

        if (state.Status == InstructionStatus.Questioned)
        {
            return Decision.Refuse("instruction.question_open");
        }

        // A question may come after the taking; only the one who took it takes it again, or the cover that was asked because they did not answer.
        if (state.TakenFrom(situation.By) is { } anothers)
        {
            return anothers;
        }

        if (Countersign is not null)
        {
            // What was said by word of mouth is countersigned by the physician who said it: that is its confirmation.
            if (state.Countersign is not null || state.Issued.Terms is { Standing.HasOccasions: true } or { Verbal: not null })
            {
                return Decision.Invalid("instruction.countersign_settled", "countersign");
            }

            if (Countersign.Refusal(state.Issued.IssuerId, situation.By.PersonId, situation.Known) is { } settled)
            {
                return settled;
            }
        }

        return (state.Issued.Order, ReadBack) switch
        {
            ({ }, null) => Decision.Invalid("instruction.read_back_missing", "readBack"),
            ({ } order, { } back) when !order.SaysTheSame(back) => Decision.Invalid("instruction.read_back_differs", "readBack"),
            _ => Decision.Accept(new InstructionTaken(InstructionId, state.Issued.PatientId, situation.By.PersonId, ReadBack, Comment, situation.By.Name, Countersign?.Of(situation.Known))),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<TakeInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(1000);
            RuleFor(c => c.Countersign!).SetValidator(new CountersignRules()).When(c => c.Countersign is not null);
            RuleFor(c => c.ReadBack!).SetValidator(new MedicineOrderRules()).When(c => c.ReadBack is not null);
        }
    }
}
