using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Before which step a countersignature is needed.</summary>
public enum CountersignBefore
{
    /// <summary>実施前: a second pair of eyes before it is carried out.</summary>
    Do,
    /// <summary>終了前: after it was carried out, before it is closed.</summary>
    Close,
}

/// <summary>A countersignature as it is asked for: of one person, or of a profession.</summary>
/// <param name="Before">Before what.</param>
/// <param name="PersonId">Of whom, where a person is named; of the care team.</param>
/// <param name="Profession">Of which profession, where no person is named.</param>
public sealed record CountersignRequest(CountersignBefore Before, Guid? PersonId = null, Profession? Profession = null)
{
    internal static IEnumerable<Reference> ReferencesOf(CountersignRequest? asked) => asked?.PersonId is { } person ? [new Reference(ReferenceKind.TeamMember, person)] : [];

    /// <summary>Why it cannot be asked for so, or null.</summary>
    /// <param name="issuerId">Who issues the instruction.</param>
    /// <param name="takerId">Who is to carry it out, where that is known.</param>
    /// <param name="known">Those named.</param>
    internal Decision? Refusal(Guid issuerId, Guid? takerId, Known known) =>
        PersonId is { } person && (person == issuerId || person == takerId) ? Decision.Invalid("instruction.countersign_own", "countersign")
        : !Permissions.Allows(Act.CountersignInstruction, Of(known).Profession) ? Decision.Invalid("instruction.countersigner_may_not", "countersign")
        : null;

    internal Countersign Of(Known known) => PersonId is { } id
        ? new Countersign(Before, InstructionTakers.TradeOf(known.People[id].Profession), id, known.People[id].Name)
        : new Countersign(Before, InstructionTakers.TradeOf(Profession!.Value));
}

/// <summary>Whose countersignature an instruction needs.</summary>
/// <param name="Before">Before what.</param>
/// <param name="Profession">Of which profession: whoever of it stands in where the person named does not come.</param>
/// <param name="PersonId">The person; null: anybody of the profession.</param>
/// <param name="Name">By name at the time.</param>
public sealed record Countersign(CountersignBefore Before, Profession Profession, Guid? PersonId = null, string? Name = null)
{
    /// <summary>Whether it is its turn, as the instruction stands. What was not carried out needs none.</summary>
    internal bool IsDue(InstructionStatus status, Guid? takenBy) => Before == CountersignBefore.Close
        ? status == InstructionStatus.Completed
        : takenBy is not null && status is InstructionStatus.Taken or InstructionStatus.Answered;

    /// <summary>Whether a person could give it: of the trade, and neither who issued the instruction nor who carries it out.</summary>
    internal bool CouldBe(Guid person, Profession profession, Guid issuerId, Guid? takenBy) =>
        person != issuerId && person != takenBy && Permissions.Allows(Act.CountersignInstruction, profession) && InstructionTakers.SameTrade(Profession, profession);

    /// <summary>Whether it is this actor's to give: named, or of the profession where nobody is named, or asked because the one named did not come.</summary>
    internal bool IsOpenTo(Actor by, Instruction state) =>
        CouldBe(by.PersonId, by.Profession, state.Issued!.IssuerId, state.TakenBy) && (PersonId is null || PersonId == by.PersonId || state.Asked.Contains(by.PersonId));
}

/// <summary>What concerns countersignatures of an instruction's terms.</summary>
internal static class CountersignTerms
{
    /// <summary>The countersignature that an instruction itself needs: a standing order leaves it to its occasions.</summary>
    public static Countersign? CountersignOf(this InstructionTerms? terms) => terms?.Standing is { HasOccasions: true } ? null : terms?.Countersign;
}

/// <summary>What must hold of a countersignature that is asked for.</summary>
public sealed class CountersignRules : AbstractValidator<CountersignRequest>
{
    /// <summary/>
    public CountersignRules()
    {
        RuleFor(c => c.Before).IsInEnum();
        RuleFor(c => c.Profession).IsInEnum();
        RuleFor(c => c.Profession).Must((c, p) => c.PersonId is null == p is not null).WithErrorCode("instruction.countersign_incomplete");
    }
}

/// <summary>Countersign (連署): a second person, who neither issued the instruction nor carries it out, stands for it, as was asked for when it was issued or taken.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Comment">In words, at most 1,000 characters.</param>
public sealed record CountersignInstruction(Guid InstructionId, string? Comment = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        var by = situation.By.PersonId;
        if (state.Countersign is not { } asked)
        {
            return Decision.Refuse("instruction.no_countersign");
        }

        if (state.Issued!.IssuerId == by || state.TakenBy == by)
        {
            return Decision.Forbid("instruction.countersign_own");
        }

        if (state.CountersignedBy is { } already)
        {
            return already == by ? Decision.AlreadySo
                : new Decision.Refused(RefusalKind.Conflict, "instruction.countersigned_by_another") { Who = state.CountersignerName };
        }

        return !asked.IsOpenTo(situation.By, state) ? Decision.Forbid("instruction.countersign_for_another")
            : state.Status == InstructionStatus.Questioned ? Decision.Refuse("instruction.question_open")
            : state.AwaitsCountersign ? Decision.Accept(new InstructionCountersigned(InstructionId, state.Issued.PatientId, by, situation.By.Name, Comment))
            : state.IsOver && (asked.Before == CountersignBefore.Do || state.Status != InstructionStatus.Completed) ? Decision.Refuse("instruction.over")
            : Decision.Refuse(asked.Before == CountersignBefore.Do ? "instruction.not_taken" : "instruction.not_done_yet");
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CountersignInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(1000);
        }
    }
}
