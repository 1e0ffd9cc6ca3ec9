using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Report an instruction carried out. Only what was taken can be, by the one who took it.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Evidence">What shows it, in words, at most 2,000 characters.</param>
/// <param name="DoneAt">When; not in the future.</param>
/// <param name="VisitId">The visit during which it was done, if one. Its readings show it as well; it may be recorded later.</param>
/// <param name="Links">What of the person's record shows it, from after the instruction was issued; at most ten.</param>
public sealed record CompleteInstruction(
    Guid InstructionId, string Evidence, DateTimeOffset DoneAt, Guid? VisitId = null, IReadOnlyList<EvidenceSource>? Links = null) : ICommand<Instruction>
{
    IEnumerable<Reference> ICommand<Instruction>.References => Links is not { Count: > 0 } ? []
        : [new Reference(ReferenceKind.Instruction, InstructionId), .. Links.Select(l => new Reference(ReferenceKind.Evidence, l.Id)).Distinct()];

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
        { AwaitsCountersign: true } => Decision.Refuse("instruction.not_countersigned"),
        _ when situation.IsFuture(DoneAt) => Decision.Invalid("time.in_future", "doneAt"),
        _ when Links?.Any(l => EvidenceOf(l, situation.Known) is null) == true => Decision.Invalid("instruction.evidence_unknown", "links"),
        _ when Links?.Any(l => IsBeforeIssue(l, situation.Known)) == true => Decision.Invalid("instruction.evidence_before_issue", "links"),
        _ => Decision.Accept(new InstructionCompleted(
            InstructionId, state.Issued!.PatientId, Evidence, VisitId, DoneAt,
            Links is { Count: > 0 } ? [.. Links.Distinct().Select(l => EvidenceOf(l, situation.Known)!)] : null)),
    };

    private static EvidenceLink? EvidenceOf(EvidenceSource source, Known known) => known.Evidence.FirstOrDefault(e => e.Kind == source.Kind && e.Id == source.Id);

    /// <summary>What was measured or seen before shows nothing. A note is written after it, though what it tells of may have begun before.</summary>
    private bool IsBeforeIssue(EvidenceSource source, Known known)
    {
        var (evidence, issued) = (EvidenceOf(source, known)!, known.Issued[InstructionId]);
        return source.Kind == EvidenceKind.Entry ? evidence.Sequence <= issued.Sequence : evidence.At < issued.At - Situation.ClockTolerance;
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CompleteInstruction>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.InstructionId).NotEmpty();
            RuleFor(c => c.Evidence).NotEmpty().MaximumLength(2000);
            RuleFor(c => c.Links).Must(l => l is null || (l.Count <= 10 && l.All(one => one is not null))).WithErrorCode("instruction.evidence_many");
            RuleForEach(c => c.Links).ChildRules(link =>
            {
                link.RuleFor(l => l.Kind).IsInEnum().NotEqual(EvidenceKind.Visit).WithErrorCode("field.not_a_choice");
                link.RuleFor(l => l.Id).NotEmpty();
            }).When(c => c.Links is { Count: <= 10 });
            RuleFor(c => c.DoneAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
        }
    }
}
