using Npgsql;

namespace HomeCare.VitalSigns;

/// <summary>One reading of one sign.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="MeasuredAt">When.</param>
/// <param name="Value">In the unit of <see cref="VitalSignTable"/>.</param>
/// <param name="Oxygen">L/min given while SpO₂ was measured; null: not said.</param>
/// <param name="Alert">Which way it lay outside, judged when it was recorded; null: inside, or not judged.</param>
/// <param name="Bound">The bound it broke.</param>
/// <param name="ByPhysician">Whether the bound was the physician's.</param>
/// <param name="SourceId">The visit or measurement it belongs to.</param>
public sealed record Reading(
    VitalSign Sign, DateTimeOffset MeasuredAt, decimal Value, decimal? Oxygen, AlertSide? Alert, decimal? Bound, bool? ByPhysician, Guid SourceId);

/// <summary>A set of readings and its score.</summary>
/// <param name="SourceId">The visit or measurement it belongs to.</param>
/// <param name="MeasuredAt">When.</param>
/// <param name="Score">As judged when it was recorded or corrected.</param>
/// <param name="Sequence">The entry that says it.</param>
public sealed record ScoredSet(Guid SourceId, DateTimeOffset MeasuredAt, News2 Score, long Sequence);

/// <summary>Reads readings for somebody who may see them.</summary>
public sealed class ReadingsReader(NpgsqlDataSource database, Access access)
{
    /// <summary>The most readings a chart gets.</summary>
    public const int MostReadings = 20_000;

    private const string Columns = "sign, measured_at, value, oxygen, alert, bound, by_physician, source_id";

    /// <summary>Readings of a period, oldest first. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<Reading>?> SeriesAsync(Actor by, Guid patientId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            $"""
            select {Columns} from readings where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and measured_at >= $4 and measured_at < $5
            order by measured_at, sign, source_id limit {MostReadings}
            """,
            Read, ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), Sql.Instant(from), Sql.Instant(until));

    /// <summary>The latest reading of each sign before a moment. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<Reading>?> LatestAsync(Actor by, Guid patientId, DateTimeOffset? before = null, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            $"""
            select r.* from unnest($4::text[]) s cross join lateral (
                select {Columns} from readings where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and sign = s and ($5::timestamptz is null or measured_at < $5)
                order by measured_at desc, source_id desc limit 1) r
            """,
            Read, ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), Enum.GetNames<VitalSign>(), Sql.Instant(before));

    /// <summary>Scores of a period with why there was none, oldest first. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<ScoredSet>?> News2Async(Actor by, Guid patientId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            $"""
            select source_id, measured_at, news2, sequence from vital_sets where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and news2 is not null
                and measured_at >= $4 and measured_at < $5
            order by measured_at, sequence limit {MostReadings}
            """,
            r => new ScoredSet(r.GetGuid(0), Sql.Instant(r, 1), Query.FromJson<News2>(r, 2)!, r.GetInt64(3)), ct,
            by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), Sql.Instant(from), Sql.Instant(until));

    private static Reading Read(NpgsqlDataReader r) => new(
        Query.Choice<VitalSign>(r, 0), Sql.Instant(r, 1), r.GetDecimal(2), Sql.Value<decimal>(r, 3), Query.ChoiceOrNull<AlertSide>(r, 4),
        Sql.Value<decimal>(r, 5), Sql.Value<bool>(r, 6), r.GetGuid(7));
}
