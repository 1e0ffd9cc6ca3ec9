using Npgsql;

namespace HomeCare.NursingOrders;

/// <summary>Reads written orders for the team; for the person and relatives there are none.</summary>
public sealed class NursingOrderReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The most orders a list shows.</summary>
    public const int Most = 500;

    private const string CardSql =
        """
        select n.order_id, n.patient_id, coalesce(n.patient_name, p.name), coalesce(n.birth_date, p.birth_date), n.kind, n.form_version, n.status, n.last_day, n.station_name,
            n.physician_id, n.physician_name, n.institution_name, n.content, n.renews, n.drafted_at, n.issued_on, n.signed_on, n.signed_by_name, n.file,
            n.withdrawn_on, n.withdrawn_by_name, n.withdrawn_reason
        from nursing_orders n join patients p on p.tenant_id = n.tenant_id and p.patient_id = n.patient_id
        """;

    /// <summary>Japan's day.</summary>
    public DateOnly Today => JapanTime.DayOf(time.GetUtcNow());

    /// <summary>A person's orders, the last to begin first. Null when the reader may not see them.</summary>
    public async Task<IReadOnlyList<NursingOrderCard>?> OfPatientAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MayAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            CardSql + $" where n.tenant_id = $1 and n.patient_id = $2 order by n.from_on desc, n.sequence desc limit {Most}", ReadCard, ct, by.TenantId, patientId);

    /// <summary>One order; null when there is none, or the reader may not see it.</summary>
    public async Task<NursingOrderCard?> OneAsync(Actor by, Guid patientId, Guid orderId, CancellationToken ct = default) =>
        await MayAsync(by, patientId, ct) && await Query.RowsAsync(database,
            CardSql + " where n.tenant_id = $1 and n.patient_id = $2 and n.order_id = $3", ReadCard, ct, by.TenantId, patientId, orderId) is [var card] ? card : null;

    /// <summary>Orders of everybody this reader may see that are drafts, wait for a signature, are in force, or ended not long ago; the first to end first.</summary>
    /// <param name="by">Who looks.</param>
    /// <param name="of">Of these people alone; null: of everybody.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<NursingOrderCard>> CurrentAsync(Actor by, IReadOnlyCollection<Guid>? of = null, int most = Most, CancellationToken ct = default) =>
        !Permissions.SeesTeamOnly(by.Profession) || !await access.BelongsAsync(by, ct) ? [] : await Query.RowsAsync(database,
            CardSql + $"""
             where n.tenant_id = $1 and n.status <> 'Withdrawn' and (n.status <> 'Signed' or n.last_day >= $5) and ($6::uuid[] is null or n.patient_id = any($6)) and {Access.RelatedSql("n", "$2", "$3", "$4")}
            order by n.last_day, n.sequence limit $7
            """,
            ReadCard, ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()), Sql.Nullable(Today.AddDays(-OrderWarnings.SpokenOfFor)),
            of?.ToArray() ?? (object)DBNull.Value, most);

    /// <summary>On which days visits stand on an order. <see cref="OrderCoverage.None"/> when the reader may not see orders.</summary>
    public async Task<OrderCoverage> CoverageAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await MayAsync(by, patientId, ct) ? OrderCoverage.None : new OrderCoverage(await Query.RowsAsync(database,
            """
            select from_on, last_day from nursing_orders where tenant_id = $1 and patient_id = $2 and signed_on is not null and kind in ('Ordinary', 'Psychiatric')
                and last_day >= from_on order by from_on limit 500
            """,
            r => new OrderPeriod(r.GetFieldValue<DateOnly>(0), r.GetFieldValue<DateOnly>(1)), ct, by.TenantId, patientId));

    /// <summary>Visits by nurses and therapists that stand on no order because the last one had run out: of the last 180 days and those planned. Null when the
    /// reader may not see them.</summary>
    public async Task<IReadOnlyList<VisitBeyondOrder>?> BeyondAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        if (!await MayAsync(by, patientId, ct))
        {
            return null;
        }

        var coverage = await CoverageAsync(by, patientId, ct);
        if (coverage.Periods.Count == 0)
        {
            return [];
        }

        var visits = await Query.RowsAsync(database,
            """
            select v.visit_id, coalesce(v.started_at, v.planned_at), v.visitor_name, v.stage, coalesce(
                (select m.profession from memberships m where m.tenant_id = v.tenant_id and m.person_id = v.visitor_id order by m.joined_sequence limit 1), p.profession)
            from visits v join people p on p.tenant_id = v.tenant_id and p.person_id = v.visitor_id
            where v.tenant_id = $1 and v.patient_id = $2 and v.stage in ('Planned', 'Started', 'Recorded') and coalesce(v.started_at, v.planned_at) >= $3
            order by 2 limit 1000
            """,
            r => (Visit: r.GetGuid(0), At: Sql.Instant(r, 1), Visitor: r.GetString(2), Planned: r.GetString(3) == "Planned", Profession: Query.Choice<Profession>(r, 4)), ct,
            by.TenantId, patientId, Sql.Instant(JapanTime.StartOf(Today.AddDays(-180))));
        return
        [
            .. from v in visits
               where OrderCoverage.Concerns(v.Profession)
               let expired = coverage.ExpiredBefore(JapanTime.DayOf(v.At))
               where expired is not null
               select new VisitBeyondOrder(v.Visit, v.At, v.Visitor, v.Planned, expired.Value),
        ];
    }

    private async Task<bool> MayAsync(Actor by, Guid patientId, CancellationToken ct) =>
        Permissions.SeesTeamOnly(by.Profession) && await access.MaySeeAsync(by, patientId, ct);

    private static NursingOrderCard ReadCard(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetString(2), Sql.Value<DateOnly>(r, 3), Query.Choice<NursingOrderKind>(r, 4), r.GetString(5), Query.Choice<NursingOrderStatus>(r, 6),
        r.GetFieldValue<DateOnly>(7), r.GetString(8), r.GetGuid(9), r.GetString(10), Sql.Text(r, 11), Query.FromJson<NursingOrderContent>(r, 12)!, Sql.Value<Guid>(r, 13),
        Sql.Instant(r, 14), Sql.Value<DateOnly>(r, 15), Sql.Value<DateOnly>(r, 16), Sql.Text(r, 17), Query.FromJson<OrderFile>(r, 18),
        Sql.Value<DateOnly>(r, 19), Sql.Text(r, 20), Sql.Text(r, 21));
}
