using HomeCare.Conversations;
using HomeCare.Instructions;
using Npgsql;

namespace HomeCare.Handovers;

/// <summary>A handover as it stands.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PatientName">By name.</param>
/// <param name="SenderId">Who handed over.</param>
/// <param name="SenderName">By name at the time.</param>
/// <param name="SenderProfession">Under which profession.</param>
/// <param name="SenderOrganisation">For which organisation.</param>
/// <param name="To">To whom.</param>
/// <param name="ToName">The person's name at the time; null for a profession.</param>
/// <param name="Sbar">What is to be known.</param>
/// <param name="SentAt">When.</param>
public sealed record HandoverCard(
    Guid HandoverId, Guid PatientId, string PatientName, Guid SenderId, string SenderName, Profession SenderProfession, string? SenderOrganisation, Addressee To, string? ToName,
    Sbar Sbar, DateTimeOffset SentAt)
{
    /// <summary>Who took over; null: nobody yet.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What they said to it.</summary>
    public string? Comment { get; init; }

    /// <summary>When the sender took it back; null: it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The person to whom it is sent belongs to the care team no longer, or to the community: nobody will acknowledge it.</summary>
    public bool ToHasLeft { get; init; }

    /// <summary>Nobody has taken over yet, and it was not taken back.</summary>
    public bool IsOpen => AcknowledgedAt is null && WithdrawnAt is null;

    /// <summary>Whether it waits for this reader to acknowledge it.</summary>
    public bool AwaitsMe(Actor by) => IsOpen && SenderId != by.PersonId
        && (To.PersonId is { } person ? person == by.PersonId : InstructionTakers.SameTrade(To.Profession, by.Profession));
}

/// <summary>Reads handovers for somebody of the care team who may see them; for the person and relatives there are none.</summary>
public sealed class HandoverReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The most handovers a list shows.</summary>
    public const int Most = 100;

    private static readonly string CardSql =
        $"""
        select h.handover_id, h.patient_id, p.name, h.sender_id, h.sender_name, h.sender_profession, h.sender_organisation, h.to_person, h.to_profession, h.to_name, h.sbar, h.sent_at,
            h.acknowledged_by, h.acknowledged_at, h.comment, h.withdrawn_at, h.reason,
            h.to_person is not null and not exists (select 1 from people q where q.tenant_id = h.tenant_id and q.person_id = h.to_person and q.active
                and exists (select 1 from care_team t left join memberships m on m.tenant_id = t.tenant_id and m.organisation_id = t.organisation_id
                    where t.tenant_id = h.tenant_id and t.patient_id = h.patient_id and t.from_at <= $2 and (t.until_at is null or t.until_at > $2)
                        and coalesce(t.person_id, m.person_id) = h.to_person))
        from handovers h join patients p on p.tenant_id = h.tenant_id and p.patient_id = h.patient_id
        where h.tenant_id = $1
        """;

    /// <summary>A person's handovers, the latest first. Null when the reader may not see them.</summary>
    public async Task<IReadOnlyList<HandoverCard>?> OfPatientAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MaySeeAsync(by, patientId, ct) ? null
            : await Query.RowsAsync(database, $"{CardSql} and h.patient_id = $3 order by h.sequence desc limit {Most}", Read, ct, by.TenantId, Now, patientId);

    /// <summary>One handover. Null when the reader may not see it, or there is none.</summary>
    public async Task<HandoverCard?> OneAsync(Actor by, Guid patientId, Guid handoverId, CancellationToken ct = default) =>
        await MaySeeAsync(by, patientId, ct)
        && await Query.RowsAsync(database, $"{CardSql} and h.patient_id = $3 and h.handover_id = $4", Read, ct, by.TenantId, Now, patientId, handoverId) is [var card] ? card : null;

    /// <summary>Handovers about one person that wait for the reader to acknowledge them, the latest first.</summary>
    public async Task<IReadOnlyList<HandoverCard>> WaitingAboutAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MaySeeAsync(by, patientId, ct) ? [] : [.. (await Query.RowsAsync(database,
            $"{CardSql} and h.patient_id = $3 and h.acknowledged_at is null and h.withdrawn_at is null order by h.sequence desc limit {Most}", Read, ct, by.TenantId, Now, patientId))
            .Where(c => c.AwaitsMe(by))];

    /// <summary>Handovers about anybody that wait for the reader, then those the reader sent that nobody has acknowledged yet; the latest first.</summary>
    public async Task<IReadOnlyList<HandoverCard>> OpenAsync(Actor by, CancellationToken ct = default) =>
        !Permissions.SeesTeamOnly(by.Profession) || !await access.BelongsAsync(by, ct) ? [] : [.. (await Query.RowsAsync(database,
            $"""
            {CardSql} and h.acknowledged_at is null and h.withdrawn_at is null and (h.to_person = $3 or h.to_profession = any($4) or h.sender_id = $3)
                and {Access.RelatedSql("h", "$3", "$5", "$2")} order by h.sequence desc limit {Most}
            """, Read, ct, by.TenantId, Now, by.PersonId, ConversationReader.Trades(by.Profession), Sql.Nullable(by.OrganisationId)))
            .OrderByDescending(c => c.AwaitsMe(by))];

    private object Now => Sql.Instant(time.GetUtcNow());

    private async Task<bool> MaySeeAsync(Actor by, Guid patientId, CancellationToken ct) =>
        Permissions.SeesTeamOnly(by.Profession) && await access.MaySeeAsync(by, patientId, ct);

    private static HandoverCard Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetGuid(3), r.GetString(4), Query.Choice<Profession>(r, 5), Sql.Text(r, 6),
        r.IsDBNull(7) ? new Addressee(AddresseeKind.Profession, null, Query.Choice<Profession>(r, 8)) : new Addressee(AddresseeKind.Person, r.GetGuid(7)), Sql.Text(r, 9),
        Query.FromJson<Sbar>(r, 10)!, Sql.Instant(r, 11))
    {
        AcknowledgedBy = Sql.Text(r, 12),
        AcknowledgedAt = Query.InstantOrNull(r, 13),
        Comment = Sql.Text(r, 14),
        WithdrawnAt = Query.InstantOrNull(r, 15),
        Reason = Sql.Text(r, 16),
        ToHasLeft = r.GetBoolean(17),
    };
}
