using HomeCare.Communities;

namespace HomeCare.Instructions;

/// <summary>Whose turn the next step of an instruction is: a named person, or visibly nobody's.</summary>
/// <param name="PersonId">Who; null: nobody.</param>
/// <param name="Name">Their name now.</param>
/// <param name="Why">Why nobody; null where somebody has it or nothing more is expected.</param>
/// <param name="Since">From when it has been theirs, or nobody's.</param>
public sealed record Owner(Guid? PersonId, string? Name, Unowned? Why, DateTimeOffset Since)
{
    /// <summary>Whether it is nobody's although something is expected.</summary>
    public bool IsNobody => Why is not null;

    /// <summary>Who has it. Pure: the same instruction, team, cover and time give the same.</summary>
    /// <param name="card">The instruction as it stands.</param>
    /// <param name="standing">The care team, who visits next and who is on call.</param>
    public static Owner Of(InstructionCard card, Standing standing)
    {
        var since = Escalation.StepBegan(card);
        if (card.Status == InstructionStatus.Closed)
        {
            return new Owner(null, null, null, since);
        }

        // Whoever was asked last has it, until they or somebody else take the step or the next is asked.
        if (card.Escalation is { } asked)
        {
            return asked.ToPersonId is not { } to ? Nobody(Unowned.NobodyLeft, asked.At)
                : standing.Person(to) is { } person ? new Owner(to, person.Name, null, asked.At) : Nobody(Unowned.LeftTheTeam, asked.At);
        }

        if (Named(card) is { } named)
        {
            return standing.Person(named) is { } person ? new Owner(named, person.Name, null, since) : Nobody(Unowned.LeftTheTeam, since);
        }

        // To a profession or to whoever comes next: the next planned visitor who may, else whoever is on call and may. A countersignature need
        // not be given at the bedside: else it is the first of the team's who may.
        var candidates = card.AwaitsCountersign ? standing.OnCall.Concat(standing.Team.Select(p => p.PersonId))
            : (card.Addressee.Kind == AddresseeKind.WhoeverVisitsNext ? standing.NextVisitors : []).Concat(standing.OnCall);
        var first = candidates.Select(standing.Person).FirstOrDefault(p => p is not null && MayBeAsked(card, p));
        return first is null ? Nobody(Unowned.NobodyNamed, since) : new Owner(first.PersonId, first.Name, null, since);

        static Owner Nobody(Unowned why, DateTimeOffset since) => new(null, null, why, since);
    }

    /// <summary>Whom the instruction itself names for its next step; null: nobody by name.</summary>
    internal static Guid? Named(InstructionCard card) => card switch
    {
        { AwaitsCountersign: true } => card.Countersign!.PersonId,
        { Status: InstructionStatus.Questioned or InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired } => card.IssuerId,
        { TakenBy: { } taker } => taker,
        { FormerTaker: { } former } => former,
        _ => card.Addressee.PersonId,
    };

    /// <summary>Whether the person's profession may take the next step, and the instruction is for such as they are.</summary>
    internal static bool MayBeAsked(InstructionCard card, TeamPerson person) => Escalation.StepOf(card) switch
    {
        LedgerStep.Close when card.Kind.IsRequest() => person.PersonId == card.IssuerId || Permissions.Allows(Act.RaiseRequest, person.Profession),
        LedgerStep.Answer or LedgerStep.Close when !card.Kind.IsRequest() => Permissions.Allows(Act.AnswerInstruction, person.Profession) && (person.Profession == Profession.Physician || person.PersonId == card.IssuerId),
        LedgerStep.Countersign => card.Countersign!.CouldBe(person.PersonId, person.Profession, card.IssuerId, card.TakenBy),
        null => false,
        _ => card.Countersign?.PersonId != person.PersonId && InstructionTakers.MayTake(card.Kind, person.Profession)
            && (card.Addressee.Kind != AddresseeKind.Profession || InstructionTakers.SameTrade(card.Addressee.Profession, person.Profession)),
    };
}

/// <summary>Why an instruction is nobody's.</summary>
public enum Unowned
{
    /// <summary>宛先に当たる人がいない: it names nobody, and nobody who may is planned to come or on call.</summary>
    NobodyNamed,
    /// <summary>チームを離れた: whose it was belongs to the care team no longer.</summary>
    LeftTheTeam,
    /// <summary>当番も全員応答なし: everybody of the cover was asked.</summary>
    NobodyLeft,
}

/// <summary>The step that an instruction waits for.</summary>
public enum LedgerStep
{
    /// <summary>既読</summary>
    Read,
    /// <summary>指示受け</summary>
    Take,
    /// <summary>実施</summary>
    Do,
    /// <summary>回答</summary>
    Answer,
    /// <summary>確認・終了</summary>
    Close,
    /// <summary>連署</summary>
    Countersign,
}

/// <summary>How things stand around one person cared for: who could take a step now.</summary>
/// <param name="Team">Everybody of the care team, by name or through an organisation, who is active.</param>
/// <param name="NextVisitors">Visitors of planned visits, the soonest first.</param>
/// <param name="OnCall">Who is on call for this person now, the first to be called first.</param>
public sealed record Standing(IReadOnlyList<TeamPerson> Team, IReadOnlyList<Guid> NextVisitors, IReadOnlyList<Guid> OnCall)
{
    /// <summary>Nobody.</summary>
    public static Standing Nobody { get; } = new([], [], []);

    /// <summary>The person, where they belong to the team now.</summary>
    public TeamPerson? Person(Guid id) => Team.FirstOrDefault(p => p.PersonId == id);
}

/// <summary>Somebody of a care team.</summary>
public sealed record TeamPerson(Guid PersonId, string Name, Profession Profession, Guid? OrganisationId);

/// <summary>When the next person is to be asked, and whom. Pure.</summary>
public static class Escalation
{
    /// <summary>The step that an instruction waits for; null: none.</summary>
    public static LedgerStep? StepOf(InstructionCard card) => card.Status switch
    {
        InstructionStatus.Questioned => LedgerStep.Answer,
        _ when card.AwaitsCountersign => LedgerStep.Countersign,
        InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired => LedgerStep.Close,
        InstructionStatus.Closed => null,
        _ when card.TakenBy is not null => LedgerStep.Do,
        InstructionStatus.Issued when card.Reads.Count == 0 => LedgerStep.Read,
        _ when card.Kind.IsRequest() => LedgerStep.Answer,
        _ => LedgerStep.Take,
    };

    /// <summary>When the step that it waits for began to be waited for.</summary>
    public static DateTimeOffset StepBegan(InstructionCard card)
    {
        var began = StatusBegan(card);
        return card.CountersignedAt > began ? card.CountersignedAt.Value : began;
    }

    private static DateTimeOffset StatusBegan(InstructionCard card) => card.Status switch
    {
        InstructionStatus.Questioned => card.QuestionedAt ?? card.IssuedAt,
        InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired => card.OverAt ?? card.IssuedAt,
        InstructionStatus.Closed => card.ClosedAt ?? card.IssuedAt,
        InstructionStatus.Answered => card.AnsweredAt ?? card.IssuedAt,
        InstructionStatus.Taken => card.TakenAt ?? card.IssuedAt,
        _ => card.Former.Count > 0 ? card.Former[^1].ChangedAt : card.IssuedAt,
    };

    /// <summary>By when the step is due; null: nothing is waited for. Where the instruction names a time, that is when it is carried out by.</summary>
    public static DateTimeOffset? StepDueAt(InstructionCard card, EscalationRules rules)
    {
        var limits = rules.Of(card.Urgency);
        var began = StepBegan(card);
        return StepOf(card) switch
        {
            // Nobody can carry out what nobody has taken: its due time is the latest for that as well.
            LedgerStep.Read => Sooner(began.AddMinutes(limits.Read), card.DueAt),
            LedgerStep.Take => Sooner(began.AddMinutes(limits.Take), card.DueAt),
            // A standing order is in force until its end, and its occasions are carried out each by itself.
            LedgerStep.Do when card.Terms?.Standing is not null => null,
            LedgerStep.Do => card.DueAt ?? began.AddMinutes(limits.Do),
            LedgerStep.Answer => Sooner(began.AddMinutes(limits.Answer), card.DueAt > began ? card.DueAt : null),
            // Somebody waits for the second pair of eyes as for an answer.
            LedgerStep.Countersign => Sooner(began.AddMinutes(limits.Answer), card.DueAt > began ? card.DueAt : null),
            LedgerStep.Close => began.AddMinutes(limits.Close),
            _ => null,
        };

        static DateTimeOffset Sooner(DateTimeOffset limit, DateTimeOffset? due) => due < limit ? due.Value : limit;
    }

    private static int LimitOf(LedgerStep step, StepLimits limits) => step switch
    {
        LedgerStep.Do => limits.Do,
        LedgerStep.Answer or LedgerStep.Countersign => limits.Answer,
        LedgerStep.Close => limits.Close,
        _ => limits.Take,
    };

    /// <summary>Whether the next person is to be asked now.</summary>
    /// <param name="card">The instruction as it stands.</param>
    /// <param name="rules">The community's times.</param>
    /// <param name="holderGone">Whether the one whose turn it is belongs to the team no longer.</param>
    /// <param name="now">Now.</param>
    public static bool IsDue(InstructionCard card, EscalationRules rules, bool holderGone, DateTimeOffset now) =>
        StepOf(card) is not null
        && (card.Urgency == Urgency.Urgent || !rules.IsQuiet(now))
        && (holderGone || (card.Escalation is { } last ? last.ToPersonId is null || last.At.AddMinutes(rules.Of(card.Urgency).Again) <= now : StepDueAt(card, rules) <= now));

    /// <summary>Whom to ask next; null: nobody is left. The cover in its order, then the one who issued it, then the team's physicians. Once nobody
    /// is left, whoever comes to be on call is asked at once, and the others again when the step's time has passed once more.</summary>
    public static TeamPerson? Next(InstructionCard card, Standing standing, EscalationRules rules, DateTimeOffset now)
    {
        var everybody = card.Asked is [.., var latest] && latest == Guid.Empty
            && card.Escalation is { } last && last.At.AddMinutes(LimitOf(last.Step, rules.Of(card.Urgency))) > now;
        var round = card.Asked.ToList().LastIndexOf(Guid.Empty) + 1;
        var asked = (everybody || round == 0 ? card.Asked : card.Asked.Skip(round)).ToHashSet();
        if (round == 0 && Owner.Named(card) is { } named)
        {
            asked.Add(named);
        }

        // Who is on call and may do it; then the issuer, and then any physician of the team, who may withdraw it or address it anew.
        var able = card.AwaitsCountersign ? standing.OnCall.Concat(standing.Team.Select(p => p.PersonId)) : standing.OnCall;
        var may = able.Select(standing.Person).Where(p => p is not null && Owner.MayBeAsked(card, p));
        var decide = standing.Team.Where(p => p.PersonId == card.IssuerId).Concat(standing.Team.Where(p => p.Profession == Profession.Physician));
        return may.Concat(card.Kind.IsRequest() && card.IsOver ? [] : decide.Where(p => !card.Kind.IsRequest() || p.PersonId != card.IssuerId)).FirstOrDefault(p => !asked.Contains(p!.PersonId));
    }
}

/// <summary>Who was asked last within the present step.</summary>
/// <param name="Rung">The how-manieth it is within the step.</param>
/// <param name="Step">For which step.</param>
/// <param name="Reason">Why.</param>
/// <param name="ToPersonId">Who; null: nobody was left.</param>
/// <param name="ToName">By name.</param>
/// <param name="At">When.</param>
public sealed record Asking(int Rung, LedgerStep Step, EscalationReason Reason, Guid? ToPersonId, string? ToName, DateTimeOffset At);

/// <summary>Why the next person is asked.</summary>
public enum EscalationReason
{
    /// <summary>期限を過ぎた</summary>
    Overdue,
    /// <summary>担当者がチームを離れた</summary>
    LeftTheTeam,
}
