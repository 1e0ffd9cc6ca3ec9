using Npgsql;

namespace HomeCare.Visits;

/// <summary>A visit as it stands.</summary>
public sealed record VisitCard(
    Guid VisitId, Guid PatientId, string PatientName, string? PatientKana, VisitStage Stage, VisitKind Kind, DateTimeOffset? PlannedAt, int? Minutes,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Guid VisitorId, string VisitorName, string? Purpose, string? Address, IReadOnlyList<string> Allergies);

/// <summary>Reads visits for somebody who may see them.</summary>
public sealed class VisitReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    private const string CardSql =
        """
        select v.visit_id, v.patient_id, p.name, p.kana, v.stage, v.kind, v.planned_at, v.minutes, v.started_at, v.ended_at, v.visitor_id, v.visitor_name, v.purpose,
            p.details->>'address',
            array(select a.data->>'substance' from patient_allergies a where a.tenant_id = p.tenant_id and a.patient_id = p.patient_id and a.status = 'Active' order by a.sequence)
        from visits v join patients p on p.tenant_id = v.tenant_id and p.patient_id = v.patient_id
        """;

    /// <summary>The reader's own visits of a day, planned, under way and recorded, by time. Of more than 200 those that are over are left out first.</summary>
    public async Task<IReadOnlyList<VisitCard>> OfDayAsync(Actor by, DateOnly day, CancellationToken ct = default)
    {
        if (!Permissions.SeesRecords(by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return [];
        }

        var visits = await Query.RowsAsync(database,
            CardSql + $"""
             where v.tenant_id = $1 and v.visitor_id = $2 and v.stage in ('Planned', 'Started', 'Recorded')
                and coalesce(v.started_at, v.planned_at) >= $5 and coalesce(v.started_at, v.planned_at) < $6 and {Access.RelatedSql("v", "$2", "$3", "$4")}
            order by v.stage = 'Recorded', coalesce(v.started_at, v.planned_at) limit 200
            """,
            ReadCard, ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()),
            Sql.Instant(JapanTime.StartOf(day)), Sql.Instant(JapanTime.StartOf(day.AddDays(1))));
        return [.. visits.OrderBy(v => v.StartedAt ?? v.PlannedAt)];
    }

    /// <summary>What is planned at one person's home from now on, by anybody, soonest first. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<VisitCard>?> PlannedAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            CardSql + " where v.tenant_id = $1 and v.patient_id = $2 and v.stage = 'Planned' and v.planned_at >= $3 order by v.planned_at limit 20",
            ReadCard, ct, by.TenantId, patientId, Sql.Instant(time.GetUtcNow().AddHours(-2)));

    /// <summary>One visit; null when there is none, or the reader may not see the record.</summary>
    public async Task<VisitCard?> OneAsync(Actor by, Guid visitId, CancellationToken ct = default)
    {
        var cards = await Query.RowsAsync(database, CardSql + " where v.tenant_id = $1 and v.visit_id = $2", ReadCard, ct, by.TenantId, visitId);
        return cards is [var card] && await access.MaySeeAsync(by, card.PatientId, ct) ? card : null;
    }

    /// <summary>The reader's own visit under way at one person's home; null when there is none.</summary>
    public async Task<VisitCard?> UnderWayAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        await access.MaySeeAsync(by, patientId, ct) && await Query.RowsAsync(database,
            CardSql + " where v.tenant_id = $1 and v.patient_id = $2 and v.visitor_id = $3 and v.stage = 'Started' order by v.started_at desc limit 1",
            ReadCard, ct, by.TenantId, patientId, by.PersonId) is [var card] ? card : null;

    private static VisitCard ReadCard(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetString(2), Sql.Text(r, 3), Query.Choice<VisitStage>(r, 4), Query.Choice<VisitKind>(r, 5), Query.InstantOrNull(r, 6),
        Sql.Value<int>(r, 7), Query.InstantOrNull(r, 8), Query.InstantOrNull(r, 9), r.GetGuid(10), r.GetString(11), Sql.Text(r, 12), Sql.Text(r, 13),
        r.GetFieldValue<string[]>(14));
}
