using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>
/// The tamper evidence of the log: verifies it, tells where it ends, seals what other programs appended. Whoever holds full rights to
/// the database can compute hashes as well; a head that was kept elsewhere finds that too.
/// </summary>
public sealed class Evidence
{
    private const int Page = 1000;

    private readonly NpgsqlDataSource db;

    internal Evidence(NpgsqlDataSource db) => this.db = db;

    /// <summary>All tenants that have ever had an event or a stream, in order.</summary>
    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken ct = default)
    {
        await using var command = db.CreateCommand(
            "select tenant_id from mt_streams union select tenant_id from hc_heads union select tenant_id from mt_events where hc_place is null and tenant_id is not null order by 1");
        command.CommandTimeout = 0;
        var tenants = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            tenants.Add(rows.GetString(0));
        return tenants;
    }

    /// <summary>Where the tenants' logs end, to be kept outside the database.</summary>
    public async Task<IReadOnlyList<LogHead>> HeadsAsync(string? tenantId = null, CancellationToken ct = default)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await HeadsAsync(connection, tenantId, ct);
    }

    /// <summary>Gives a seal to each event that has none, in pages; writers go on between them.</summary>
    /// <param name="tenantId">null: of all tenants</param>
    /// <returns>how many were sealed</returns>
    public async Task<long> SealAsync(string? tenantId = null, CancellationToken ct = default)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        for (var count = 0L; ;)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
            await using (var take = new NpgsqlCommand(Schema.TakeAppendLock, connection))
                await take.ExecuteNonQueryAsync(ct);
            var page = await Sealing.SealPageAsync(connection, tenantId, streamId: null, ct);
            await transaction.CommitAsync(ct);
            if (page == 0)
                return count;
            count += page;
        }
    }

    /// <summary>
    /// Follows a tenant's chain from its first event to its head, page by page, and looks for what is missing at its ends and beside
    /// it. Writers go on meanwhile; what they append is left for the next time.
    /// </summary>
    /// <param name="kept">a head of the same tenant that was kept outside the database</param>
    /// <exception cref="ArgumentException">the kept head is another tenant's</exception>
    public async Task<Verification> VerifyAsync(string tenantId, LogHead? kept = null, CancellationToken ct = default)
    {
        if (kept is not null && kept.Tenant != tenantId)
            throw new ArgumentException($"The head is of '{kept.Tenant}', not of '{tenantId}'.", nameof(kept));
        await using var connection = await db.OpenConnectionAsync(ct);
        var head = (await HeadsAsync(connection, tenantId, ct)).SingleOrDefault();
        var broken = new List<BrokenPlace>();
        var walk = new ChainWalk(connection, tenantId);
        if (await walk.FollowAsync(head?.Count ?? long.MaxValue, ct) is { } inside)
            broken.Add(inside);
        else if (AtTheEnd(head, walk) is { } end)
            broken.Add(end);
        if (kept is not null && await DiffersAsync(connection, kept, ct) is { } rewritten)
            broken.Add(rewritten);
        if (await BehindTheHeadAsync(connection, tenantId, ct) is { } beyond)
            broken.Add(beyond);
        if (await StreamThatDiffersAsync(connection, tenantId, ct) is { } stream)
            broken.Add(stream);
        var (unsealed, first) = await UnsealedAsync(connection, tenantId, ct);
        if (first is not null)
            broken.Add(first);
        return new(tenantId, walk.Place, unsealed, head, broken);
    }

    private static BrokenPlace? AtTheEnd(LogHead? head, ChainWalk walk)
    {
        if (head is null)
        {
            return walk.Place == 0 ? null : new(Break.Truncated, walk.Sequence, null, null,
                $"The head of the log is gone; what came after event {walk.Sequence}, if anything, cannot be told.");
        }

        if (walk.Place < head.Count)
            return new(Break.Truncated, walk.Sequence, null, null, $"The log was cut off after event {walk.Sequence}: {head.Count - walk.Place} of its events are gone, the last of them event {head.Sequence}.");
        return Convert.ToHexStringLower(walk.Hash) == head.Hash && walk.Sequence == head.Sequence
            ? null
            : new(Break.Changed, walk.Sequence, null, null, $"The head of the log is not that of its last event, {walk.Sequence}.");
    }

    private static async Task<IReadOnlyList<LogHead>> HeadsAsync(NpgsqlConnection connection, string? tenantId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select tenant_id, sequence, place, hash, at from hc_heads where $1 is null or tenant_id = $1 order by 1", connection)
        {
            Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Varchar, Value = (object?)tenantId ?? DBNull.Value } },
        };
        var heads = new List<LogHead>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            heads.Add(new(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(3)), rows.GetFieldValue<DateTimeOffset>(4)));
        return heads;
    }

    private static async Task<BrokenPlace?> DiffersAsync(NpgsqlConnection connection, LogHead kept, CancellationToken ct)
    {
        if (kept.Count == 0)
            return null;
        await using var command = Command(connection,
            "select seq_id, hc_log_hash, stream_id, version from mt_events where tenant_id = $1 and hc_place = $2", kept.Tenant, kept.Count);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return new(Break.Truncated, kept.Sequence, null, null, $"The kept head of {kept.Time:u} ends at event {kept.Sequence}, the {kept.Count}th of the log; the log has no such place any more.");
        var same = row.GetInt64(0) == kept.Sequence && !row.IsDBNull(1) && Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)) == kept.Hash;
        return same ? null : new(Break.Changed, row.GetInt64(0), row.GetString(2), row.GetInt64(3),
            $"The log up to event {kept.Sequence} is not the one whose head was kept on {kept.Time:u}: it was written anew after that.");
    }

    /// <summary>Sealed events that the head does not know.</summary>
    private static async Task<BrokenPlace?> BehindTheHeadAsync(NpgsqlConnection connection, string tenantId, CancellationToken ct)
    {
        await using var command = Command(connection, """
            select e.seq_id, e.stream_id, e.version from hc_heads h join mt_events e on e.tenant_id = h.tenant_id and e.hc_place > h.place
            where h.tenant_id = $1 order by e.hc_place limit 1
            """, tenantId);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(Break.Inserted, row.GetInt64(0), row.GetString(1), row.GetInt64(2), $"Event {row.GetInt64(0)} stands behind the head of the log.")
            : null;
    }

    private static async Task<BrokenPlace?> StreamThatDiffersAsync(NpgsqlConnection connection, string tenantId, CancellationToken ct)
    {
        await using var command = Command(connection, """
            select s.id, s.version, coalesce(last.version, 0), coalesce(last.seq_id, 0)
            from mt_streams s
            left join lateral (
                select e.version, e.seq_id, e.type from mt_events e where e.tenant_id = s.tenant_id and e.stream_id = s.id order by e.version desc limit 1) last on true
            where s.tenant_id = $1 and (s.version is distinct from coalesce(last.version, 0) or coalesce(s.is_archived, false) <> (last.type is not distinct from 'archived'))
            order by s.id limit 1
            """, tenantId);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        var (stream, kept, last) = (row.GetString(0), row.GetInt64(1), row.GetInt64(2));
        if (kept == last)
            return new(Break.Archived, row.GetInt64(3), stream, last, $"The stream '{stream}' is hidden as archived without having been archived, or the other way round.");
        return kept > last
            ? new(Break.Truncated, row.GetInt64(3), stream, last + 1, $"The stream '{stream}' had {kept} events and ends at {last}.")
            : new(Break.Inserted, row.GetInt64(3), stream, kept + 1, $"The stream '{stream}' had {kept} events and has {last}.");
    }

    private static async Task<(long Count, BrokenPlace? First)> UnsealedAsync(NpgsqlConnection connection, string tenantId, CancellationToken ct)
    {
        await using var command = Command(connection, """
            select seq_id, stream_id, version, count(*) over () from mt_events where hc_place is null and tenant_id = $1 order by seq_id limit 1
            """, tenantId);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? (row.GetInt64(3), new(Break.Unsealed, row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2),
                $"{row.GetInt64(3)} events have no seal, the first is event {row.GetInt64(0)}: another program appended them, or somebody inserted them."))
            : (0, null);
    }

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string tenantId, params ReadOnlySpan<long> numbers)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { Parameters.Of(tenantId, NpgsqlDbType.Varchar) } };
        foreach (var number in numbers)
            command.Parameters.Add(Parameters.Of(number, NpgsqlDbType.Bigint));
        return command;
    }
}
