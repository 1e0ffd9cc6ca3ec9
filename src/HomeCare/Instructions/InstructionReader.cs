using HomeCare.Communities;
using Npgsql;

namespace HomeCare.Instructions;

/// <summary>An instruction as it stands.</summary>
public sealed record InstructionCard(
    Guid InstructionId, Guid PatientId, string PatientName, InstructionStatus Status, InstructionKind Kind, string Text, MedicineOrder? Order, Urgency Urgency,
    DateTimeOffset? DueAt, Addressee Addressee, string? AddresseeName, Guid IssuerId, string IssuerName, string? IssuerOrganisation, DateTimeOffset IssuedAt,
    Guid? TakenBy, string? TakenByName, DateTimeOffset? TakenAt, string? Question, string? QuestionedByName, DateTimeOffset? QuestionedAt,
    string? Answer, DateTimeOffset? AnsweredAt, string? Outcome, DateTimeOffset? OverAt, DateTimeOffset? ClosedAt, bool? Withdrawn, IReadOnlyList<InstructionReader.Read> Reads)
{
    /// <summary>What is particular about it.</summary>
    public InstructionTerms? Terms { get; init; }

    /// <summary>What it said before, the oldest first.</summary>
    public IReadOnlyList<FormerWording> Former { get; init; } = [];

    /// <summary>Who had taken it before it was changed.</summary>
    public Guid? FormerTaker { get; init; }

    /// <summary>When the physician confirmed what was entered as said.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>What was done of what follows from a change of medicine.</summary>
    public IReadOnlyList<TaskDone> TasksDone { get; init; } = [];

    /// <summary>Whose each task is that is still to be done; empty where that was not read.</summary>
    public IReadOnlyList<OpenTask> Tasks { get; init; } = [];

    /// <summary>The tasks that are still to be done.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<MedicineTask> OpenTasks => Terms?.ChangesMedicine == true ? Enum.GetValues<MedicineTask>().Except(TasksDone.Select(t => t.Task)) : [];

    /// <summary>Whether it was entered as said by a physician who has not confirmed it yet.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsUnconfirmed => Terms?.Verbal is not null && ConfirmedAt is null;

    /// <summary>Whose countersignature it needs; null: nobody's, or each of its occasions by itself.</summary>
    public Countersign? Countersign { get; init; }

    /// <summary>Who countersigned.</summary>
    public Guid? CountersignedBy { get; init; }

    /// <summary>By name.</summary>
    public string? CountersignedByName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CountersignedAt { get; init; }

    /// <summary>What was said with it.</summary>
    public string? CountersignComment { get; init; }

    /// <summary>Whether the next step is a countersignature.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool AwaitsCountersign => Countersign is { } asked && CountersignedAt is null && asked.IsDue(Status, TakenBy);

    /// <summary>What shows that it was carried out, each with its place on the timeline.</summary>
    public IReadOnlyList<EvidenceLink> Evidence { get; init; } = [];

    /// <summary>How many steps were done.</summary>
    public int Phase { get; init; }

    /// <summary>Who was asked within the present phase, in order; an empty identifier: nobody was left.</summary>
    public IReadOnlyList<Guid> Asked { get; init; } = [];

    /// <summary>Who was asked last, because a due time passed; null: nobody yet.</summary>
    public Asking? Escalation { get; init; }

    /// <summary>Whom it has reached, as it reads now, the first first; empty for the person cared for and relatives.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>Whether it waits for this actor and has not reached them yet.</summary>
    public bool IsToArriveAt(Actor by) => !IsOver && IssuerId != by.PersonId && Deliveries.All(d => d.PersonId != by.PersonId) && AwaitsMe(by);

    /// <summary>Whose turn it is; null where that was not read.</summary>
    public Owner? Owner { get; init; }

    /// <summary>By when its present step is due, as the community has settled it; null where that was not read or nothing is waited for.</summary>
    public DateTimeOffset? StepDueAt { get; init; }

    /// <summary>Whether nothing more is expected of those who carry out.</summary>
    public bool IsOver => Status is InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired or InstructionStatus.Closed;

    /// <summary>Whether its due time has passed undone.</summary>
    public bool IsOverdue(DateTimeOffset now) => !IsOver && DueAt < now;

    /// <summary>Whether somebody should look after it: it is nobody's, or a step of it is overdue.</summary>
    public bool NeedsLookingAfter(DateTimeOffset now) => Status != InstructionStatus.Closed && (Owner is { IsNobody: true } || Tasks.Any(t => t.Owner.IsNobody) || IsOverdue(now) || StepDueAt < now || Escalation is not null);

    /// <summary>Whether this actor may take it, as things stand.</summary>
    public bool IsFor(Actor by) =>
        InstructionTakers.MayTake(Kind, by.Profession) && Countersign?.PersonId != by.PersonId
        && ((TakenBy ?? FormerTaker) == by.PersonId || (TakenBy is null && IsAddressedTo(by)) || (Asked.Contains(by.PersonId) && !AwaitsCountersign));

    private bool IsAddressedTo(Actor by) => Addressee.Kind switch
    {
        AddresseeKind.Person => Addressee.PersonId == by.PersonId,
        AddresseeKind.Profession => InstructionTakers.SameTrade(Addressee.Profession, by.Profession),
        AddresseeKind.WhoeverVisitsNext => true,
        _ => false,
    };

    /// <summary>Whether this actor may countersign it now.</summary>
    public bool MayCountersign(Actor by) => AwaitsCountersign && Countersign!.CouldBe(by.PersonId, by.Profession, IssuerId, TakenBy)
        && (Countersign.PersonId is null || Countersign.PersonId == by.PersonId || Asked.Contains(by.PersonId));

    /// <summary>Whether the next step is this actor's: to take, to carry out, to answer or to close.</summary>
    public bool AwaitsMe(Actor by) => Escalation?.ToPersonId == by.PersonId || (IsUnconfirmed && IssuerId == by.PersonId) || Tasks.Any(t => t.Owner.PersonId == by.PersonId) || Status switch
    {
        _ when AwaitsCountersign => MayCountersign(by),
        InstructionStatus.Issued or InstructionStatus.Answered or InstructionStatus.Taken => IsFor(by) && !(Kind.IsRequest() && IssuerId == by.PersonId),
        InstructionStatus.Questioned or InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired => IssuerId == by.PersonId,
        _ => false,
    };
}

/// <summary>What an instruction said before it was changed.</summary>
/// <param name="Text">In words.</param>
/// <param name="Order">The medicine.</param>
/// <param name="ChangedAt">When it was changed.</param>
/// <param name="ByName">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record FormerWording(string Text, MedicineOrder? Order, DateTimeOffset ChangedAt, string ByName, string Reason);

/// <summary>Somebody whom an instruction has reached.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Name">By name.</param>
/// <param name="Device">On which device first: "iPad Safari".</param>
/// <param name="At">When.</param>
public sealed record Delivery(Guid PersonId, string Name, string Device, DateTimeOffset At);

/// <summary>A task that was done.</summary>
public sealed record TaskDone(MedicineTask Task, string ByName, DateTimeOffset At, string? Note);

/// <summary>A task that is still to be done, and whose it is.</summary>
public sealed record OpenTask(MedicineTask Task, Owner Owner);

/// <summary>Reads instructions for somebody who may see them.</summary>
public sealed class InstructionReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The most instructions a list shows.</summary>
    public const int Most = 200;

    private const string CardSql =
        """
        select i.instruction_id, i.patient_id, p.name, i.status, i.kind, i.text, i.medicine, i.urgency, i.due_at, i.addressee_kind, i.addressee_person, i.addressee_profession,
            i.addressee_name, i.issuer_id, i.issuer_name, i.issuer_organisation, i.issued_at, i.taken_by, i.taken_by_name, i.taken_at, i.question, i.questioned_by_name,
            i.questioned_at, i.answer, i.answered_at, i.outcome, i.over_at, i.closed_at, i.withdrawn, i.phase, i.asked, i.rung, i.escalated_step, i.escalated_reason,
            i.escalated_to, i.escalated_to_name, i.escalated_at, i.terms, i.former, i.former_taker, i.confirmed_at, i.tasks_done, i.countersign, i.countersigned_by, i.countersigned_by_name,
            i.countersigned_at, i.countersign_comment,
            -- The visit during which it was carried out is often recorded after it.
            i.evidence || coalesce((select jsonb_agg(jsonb_build_object('kind', 'visit', 'id', t.subject_id, 'at', t.occurred_at, 'sequence', t.sequence)) from timeline t
                where t.tenant_id = i.tenant_id and t.patient_id = i.patient_id and t.subject_id = i.done_in_visit and t.kind = 'visit-recorded'
                and not t.team_only and t.state <> 'EnteredInError'), '[]'),
            (select jsonb_agg(jsonb_build_object('personId', r.person_id, 'name', r.name, 'profession', lower(left(r.profession, 1)) || substr(r.profession, 2), 'at', r.read_at) order by r.read_at)
                from instruction_reads r where r.tenant_id = i.tenant_id and r.instruction_id = i.instruction_id),
            i.deliveries
        from instructions i join patients p on p.tenant_id = i.tenant_id and p.patient_id = i.patient_id
        """;

    /// <summary>Whether the next step is a countersignature, as <see cref="InstructionCard.AwaitsCountersign"/> says.</summary>
    private const string CountersignDue =
        """
        i.countersign is not null and i.countersigned_at is null and case i.countersign ->> 'before' when 'close' then i.status = 'Completed'
            else i.taken_by is not null and i.status in ('Taken', 'Answered') end
        """;

    /// <summary>Who read an instruction, and when.</summary>
    public sealed record Read(Guid PersonId, string Name, Profession Profession, DateTimeOffset At);

    /// <summary>A person's instructions: those that are open, newest first, and then, if asked for, the latest of those that are closed. Null when the reader
    /// may not see the record.</summary>
    public async Task<IReadOnlyList<InstructionCard>?> OfPatientAsync(Actor by, Guid patientId, bool closedToo, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await OwnedAsync(by, await Query.RowsAsync(database,
            OfPatientSql(by, closed: false) + (closedToo ? " union all " + OfPatientSql(by, closed: true) : ""), ReadCard, ct, by.TenantId, patientId), ct);

    private static string OfPatientSql(Actor by, bool closed) =>
        $"({CardSql} where i.tenant_id = $1 and i.patient_id = $2 and i.status {(closed ? "=" : "<>")} 'Closed'{Hidden(by)} order by i.issued_sequence desc limit {Most})";

    /// <summary>Some of a person's instructions as they stand. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<InstructionCard>?> SomeAsync(Actor by, Guid patientId, IReadOnlyCollection<Guid> instructionIds, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await OwnedAsync(by, await Query.RowsAsync(database,
            CardSql + " where i.tenant_id = $1 and i.patient_id = $2 and i.instruction_id = any($3)" + Hidden(by),
            ReadCard, ct, by.TenantId, patientId, instructionIds.ToArray()), ct);

    /// <summary>Those of the instructions that this reader may see that await them; whose turn each is otherwise is not read.</summary>
    public async Task<IReadOnlyList<InstructionCard>> AwaitingAsync(Actor by, CancellationToken ct = default) => [.. (await OpenAsync(by, owners: false, ct)).Where(c => c.AwaitsMe(by))];

    /// <summary>Instructions not yet closed of everybody this reader may see: those that await the reader first, then urgent and due ones.</summary>
    public Task<IReadOnlyList<InstructionCard>> OpenAsync(Actor by, CancellationToken ct = default) => OpenAsync(by, owners: true, ct);

    private async Task<IReadOnlyList<InstructionCard>> OpenAsync(Actor by, bool owners, CancellationToken ct)
    {
        if (!Permissions.SeesRecords(by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return [];
        }

        var now = time.GetUtcNow();
        var cards = await Query.RowsAsync(database,
            CardSql + $"""
             where i.tenant_id = $1 and i.status <> 'Closed' and {Access.RelatedSql("i", "$2", "$3", "$4")}{Hidden(by)}
            order by case i.status when 'Questioned' then 0 when 'Completed' then 2 when 'Declined' then 2 when 'Expired' then 2 else 1 end,
                case i.urgency when 'Urgent' then 0 when 'Today' then 1 else 2 end, i.due_at nulls last, i.issued_sequence desc limit {Most}
            """,
            ReadCard, ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(now));
        cards = owners ? await OwnedAsync(by, cards, ct) : cards;
        return
        [
            .. cards.OrderByDescending(c => c.AwaitsMe(by)).ThenByDescending(c => c.IsOverdue(now)).ThenByDescending(c => c.Urgency)
                .ThenBy(c => c.DueAt ?? DateTimeOffset.MaxValue).ThenByDescending(c => c.IssuedAt),
        ];
    }

    /// <summary>What is asked within the team's conversations is not there for the person and relatives.</summary>
    private static string Hidden(Actor by) => Permissions.SeesTeamOnly(by.Profession) ? "" : " and i.terms -> 'conversation' is null";

    /// <summary>Adds whose turn each is, and by when; leaves out what is the team's.</summary>
    private async Task<IReadOnlyList<InstructionCard>> OwnedAsync(Actor by, IReadOnlyList<InstructionCard> cards, CancellationToken ct)
    {
        if (!Permissions.SeesTeamOnly(by.Profession))
        {
            cards = [.. cards.Select(c => c with { Deliveries = [] })];
        }

        var open = cards.Where(c => c.Status != InstructionStatus.Closed).Select(c => c.PatientId).Distinct().ToList();
        if (open.Count == 0)
        {
            return cards;
        }

        var standings = await StandingReader.OfAsync(database, by.TenantId, open, time.GetUtcNow(), ct);
        var rules = await CommunityReader.EscalationAsync(database, by.TenantId, ct);
        return [.. cards.Select(c => c with
        {
            Owner = Owner.Of(c, standings.GetValueOrDefault(c.PatientId, Standing.Nobody)),
            StepDueAt = Instructions.Escalation.StepDueAt(c, rules),
            Tasks = [.. c.OpenTasks.Select(t => new OpenTask(t, MedicineTasks.OwnerOf(t, c, standings.GetValueOrDefault(c.PatientId, Standing.Nobody))))],
        })];
    }

    /// <summary>Everything that is open in every community, for the product's own timer.</summary>
    internal static async Task<IReadOnlyList<(string TenantId, InstructionCard Card, bool HolderGone)>> EverythingOpenAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct) =>
        await Query.RowsAsync(database,
            $"""
            select x.*, x.holder is not null and not exists (
                select 1 from people h where h.tenant_id = x.tenant_id and h.person_id = x.holder and h.active and exists (
                    select 1 from care_team t where t.tenant_id = x.tenant_id and t.patient_id = x.patient_id and t.from_at <= $1 and (t.until_at is null or t.until_at > $1)
                      and (t.person_id = h.person_id or exists (select 1 from memberships m
                        where m.tenant_id = x.tenant_id and m.person_id = h.person_id and m.organisation_id = t.organisation_id))))
            from ({CardSql.Replace("from instructions i", $"""
                , i.tenant_id, case when i.escalated_at is not null then i.escalated_to
                    when i.status = 'Questioned' then i.issuer_id when {CountersignDue} then (i.countersign ->> 'personId')::uuid when i.status in ('Completed', 'Declined', 'Expired') then i.issuer_id
                    else coalesce(i.taken_by, i.former_taker, i.addressee_person) end as holder
                from instructions i
                """, StringComparison.Ordinal)} where i.status <> 'Closed') x
            """,
            r => (r.GetString(50), ReadCard(r), r.GetBoolean(52)), ct, Sql.Instant(now));

    private static InstructionCard ReadCard(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetString(2), Query.Choice<InstructionStatus>(r, 3), Query.Choice<InstructionKind>(r, 4), r.GetString(5),
        Query.FromJson<MedicineOrder>(r, 6), Query.Choice<Urgency>(r, 7), Query.InstantOrNull(r, 8),
        new Addressee(Query.Choice<AddresseeKind>(r, 9), Sql.Value<Guid>(r, 10), Query.ChoiceOrNull<Profession>(r, 11)), Sql.Text(r, 12),
        r.GetGuid(13), r.GetString(14), Sql.Text(r, 15), Sql.Instant(r, 16), Sql.Value<Guid>(r, 17), Sql.Text(r, 18), Query.InstantOrNull(r, 19),
        Sql.Text(r, 20), Sql.Text(r, 21), Query.InstantOrNull(r, 22), Sql.Text(r, 23), Query.InstantOrNull(r, 24), Sql.Text(r, 25), Query.InstantOrNull(r, 26),
        Query.InstantOrNull(r, 27), Sql.Value<bool>(r, 28), Query.FromJson<List<Read>>(r, 48) ?? [])
    {
        Terms = Query.FromJson<InstructionTerms>(r, 37),
        Former = Query.FromJson<List<FormerWording>>(r, 38)!,
        FormerTaker = Sql.Value<Guid>(r, 39),
        ConfirmedAt = Query.InstantOrNull(r, 40),
        TasksDone = Query.FromJson<List<TaskDone>>(r, 41)!,
        Countersign = Query.FromJson<Countersign>(r, 42),
        CountersignedBy = Sql.Value<Guid>(r, 43),
        CountersignedByName = Sql.Text(r, 44),
        CountersignedAt = Query.InstantOrNull(r, 45),
        CountersignComment = Sql.Text(r, 46),
        Evidence = Query.FromJson<List<EvidenceLink>>(r, 47)!,
        Deliveries = Query.FromJson<List<Delivery>>(r, 49)!,
        Phase = r.GetInt32(29),
        Asked = r.GetFieldValue<Guid[]>(30),
        Escalation = Query.InstantOrNull(r, 36) is { } at
            ? new Asking(r.GetInt32(31), Query.Choice<LedgerStep>(r, 32), Query.Choice<EscalationReason>(r, 33), Sql.Value<Guid>(r, 34), Sql.Text(r, 35), at)
            : null,
    };
}
