using HomeCare.Patients;
using HomeCare.VitalSigns;
using Npgsql;

namespace HomeCare.Watching;

/// <summary>How many alerts there were, and what they were worth.</summary>
/// <param name="Days">Over how many days.</param>
/// <param name="Patients">Of how many people.</param>
/// <param name="Items">Items that began in that time.</param>
/// <param name="Judged">Judgements given in that time.</param>
/// <param name="Useful">Of these, useful.</param>
public sealed record AlertRate(int Days, int Patients, int Items, int Judged, int Useful)
{
    /// <summary>Items for each person and day; null: nobody.</summary>
    public decimal? PerPatientDay => Patients == 0 ? null : decimal.Divide(Items, Patients * Days);

    /// <summary>The share judged useful, of 1; null: nothing was judged.</summary>
    public decimal? UsefulShare => Judged == 0 ? null : decimal.Divide(Useful, Judged);
}

/// <summary>Reads what is pointed out, for those of the team: the person and relatives see none of it.</summary>
public sealed class WatchReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>How far back a list of items goes.</summary>
    public static TimeSpan Shown { get; } = TimeSpan.FromDays(14);

    /// <summary>Over how long the rate is taken.</summary>
    public const int RateDays = 30;

    /// <summary>All that the rules look at as one JSON document, for a row that has tenant_id and patient_id.</summary>
    /// <param name="row">Alias of the table whose rows are asked about.</param>
    /// <param name="now">Parameter holding the instant.</param>
    /// <param name="days">How far back.</param>
    internal static string RecordSql(string row, string now, int days) =>
        $"""
        jsonb_build_object('patientId', {row}.patient_id,
            'sets', coalesce((select jsonb_agg(case when f.struck is null then f.data else f.data || jsonb_build_object('struck', f.struck) end) from (
                (select data, struck from watch_facts where tenant_id = {row}.tenant_id and patient_id = {row}.patient_id and kind = 'Readings' and at > {now} - interval '{days} days')
                union all (select data, struck from watch_facts where tenant_id = {row}.tenant_id and patient_id = {row}.patient_id and kind = 'Readings' and pressure and struck is null
                    and at <= {now} - interval '{days} days' and at > {now} - interval '60 days' order by at desc limit 7)) f), '[]'),
            'signs', coalesce((select jsonb_agg(data) from watch_facts where tenant_id = {row}.tenant_id and patient_id = {row}.patient_id and kind = 'Signs' and struck is null
                and at > {now} - interval '{days} days'), '[]'),
            'visits', coalesce((select jsonb_agg(jsonb_build_object('visitId', w.visit_id, 'plannedAt', w.planned_at, 'minutes', coalesce(w.minutes, 0), 'visitorName', w.visitor_name))
                from visits w where w.tenant_id = {row}.tenant_id and w.patient_id = {row}.patient_id and w.stage = 'Planned'
                and w.planned_at > {now} - interval '{days} days' and w.planned_at < {now} + interval '2 days'
                -- What took place that day under another record is not missed.
                and not exists (select 1 from visits d where d.tenant_id = w.tenant_id and d.patient_id = w.patient_id and d.stage = 'Recorded' and d.visitor_id = w.visitor_id
                    and (d.started_at at time zone 'Asia/Tokyo')::date = (w.planned_at at time zone 'Asia/Tokyo')::date)
                and not exists (select 1 from visits d where d.tenant_id = w.tenant_id and d.patient_id = w.patient_id and d.stage = 'Started' and d.visitor_id = w.visitor_id
                    and (d.started_at at time zone 'Asia/Tokyo')::date = (w.planned_at at time zone 'Asia/Tokyo')::date)), '[]'),
            'instructions', coalesce((select jsonb_agg(jsonb_build_object('instructionId', o.instruction_id, 'text', left(o.text, 60), 'dueAt', o.due_at,
                    'overAt', case when o.status in ('Completed', 'Declined', 'Expired', 'Closed') then coalesce(o.over_at, o.closed_at, o.changed_at) end))
                from instructions o where o.tenant_id = {row}.tenant_id and o.patient_id = {row}.patient_id and o.due_at < {now} + interval '2 days'
                and (o.status not in ('Completed', 'Declined', 'Expired', 'Closed') or coalesce(o.over_at, o.closed_at, o.changed_at) > {now} - interval '{days} days')), '[]'),
            'ranges', coalesce((select jsonb_agg(jsonb_build_object('sign', lower(left(g.sign, 1)) || substr(g.sign, 2), 'low', g.low, 'high', g.high, 'from', g.from_on, 'until', g.until_on))
                from patient_ranges g where g.tenant_id = {row}.tenant_id and g.patient_id = {row}.patient_id and g.sign in ('Systolic', 'Diastolic')), '[]'),
            'conditions', coalesce((select jsonb_agg(c.data) from patient_conditions c where c.tenant_id = {row}.tenant_id and c.patient_id = {row}.patient_id and c.status = 'Active'), '[]'),
            'news2Off', {row}.news2_off is not null,
            'acts', coalesce((select jsonb_agg(a.data) from watch_acts a where a.tenant_id = {row}.tenant_id and a.patient_id = {row}.patient_id and a.at > {now} - interval '{days} days'), '[]'))
        """;

    /// <summary>Days of facts that the rules look at: bowels speak until ten days after a stool that had three others in the ten days before it.</summary>
    internal const int Known = 21;

    private static readonly string OneSql = $"select {RecordSql("p", "$3", Known)} from patients p where p.tenant_id = $1 and p.patient_id = $2";

    private static readonly string RateSql = $"select {RecordSql("p", "$2", RateDays + 8)} from patients p where p.tenant_id = $1";

    /// <summary>What is and was pointed out about one person. Null when the reader may not see it.</summary>
    public async Task<Watched?> OfPatientAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        if (!Permissions.SeesTeamOnly(by.Profession) || !await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var records = await Query.RowsAsync(database, OneSql, r => Query.FromJson<WatchRecord>(r, 0)!, ct, by.TenantId, patientId, Sql.Instant(now));
        return records is [var record] ? AlertItems.Of(record, now) : null;
    }

    /// <summary>How many alerts there were: of the people this reader may see, or, for an administrator, of the whole community, as numbers alone.
    /// Null when the reader may not know.</summary>
    public async Task<AlertRate?> RateAsync(Actor by, CancellationToken ct = default)
    {
        var whole = by.Profession == Profession.Administrator;
        if ((!whole && !Permissions.SeesTeamOnly(by.Profession)) || !await access.BelongsAsync(by, ct))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var since = now.AddDays(-RateDays);
        var records = whole
            ? await Query.RowsAsync(database, RateSql, Read, ct, by.TenantId, Sql.Instant(now))
            : await Query.RowsAsync(database, RateSql + $" and {Access.RelatedSql("p", "$3", "$4", "$2")}", Read, ct, by.TenantId, Sql.Instant(now), by.PersonId, Sql.Nullable(by.OrganisationId));
        return new AlertRate(RateDays, records.Count, records.Sum(r => r.Items), records.Sum(r => r.Judged), records.Sum(r => r.Useful));

        (int Items, int Judged, int Useful) Read(NpgsqlDataReader r)
        {
            var record = Query.FromJson<WatchRecord>(r, 0)!;
            var judged = record.Acts.Where(a => a.Kind == AlertActKind.Judged && a.At >= since).ToList();
            return (AlertItems.Of(record, now).Items.Count(i => i.OpenedAt >= since), judged.Count, judged.Count(a => a.Useful == true));
        }
    }
}
