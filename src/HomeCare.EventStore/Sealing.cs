using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>Where the tenants' chains end: <c>hc_heads</c>, written by every append.</summary>
internal static class Heads
{
    /// <summary>A head that was lost is taken from the events again.</summary>
    public static NpgsqlBatchCommand Select(string[] tenants) => new("""
        select asked.tenant_id, coalesce(h.place, last.hc_place), coalesce(h.sequence, last.seq_id), coalesce(h.hash, last.hc_log_hash)
        from unnest($1) as asked (tenant_id)
        left join hc_heads h on h.tenant_id = asked.tenant_id
        left join lateral (
            select e.hc_place, e.seq_id, e.hc_log_hash from mt_events e
            where h.tenant_id is null and e.tenant_id = asked.tenant_id and e.hc_place is not null
            order by e.hc_place desc limit 1) last on true
        where h.tenant_id is not null or last.hc_place is not null
        """)
    {
        Parameters = { Parameters.Array(tenants, NpgsqlDbType.Varchar) },
    };

    public static async Task ReadAsync(NpgsqlDataReader row, Dictionary<string, ChainHead> into)
    {
        while (await row.ReadAsync())
            into[row.GetString(0)] = new(row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? EventSeal.Nothing : row.GetFieldValue<byte[]>(3));
    }

    public static NpgsqlBatchCommand Upsert(IReadOnlyList<(string Tenant, ChainHead Head)> heads, DateTimeOffset at) => new("""
        insert into hc_heads (tenant_id, place, sequence, hash, at)
        select given.*, $5 from unnest($1, $2, $3, $4) as given (tenant_id, place, sequence, hash)
        on conflict (tenant_id) do update set place = excluded.place, sequence = excluded.sequence, hash = excluded.hash, at = excluded.at
        """)
    {
        Parameters =
        {
            Parameters.Array<string>([.. heads.Select(h => h.Tenant)], NpgsqlDbType.Varchar),
            Parameters.Array<long>([.. heads.Select(h => h.Head.Place)], NpgsqlDbType.Bigint),
            Parameters.Array<long>([.. heads.Select(h => h.Head.Sequence)], NpgsqlDbType.Bigint),
            Parameters.Array<byte[]>([.. heads.Select(h => h.Head.Hash)], NpgsqlDbType.Bytea),
            Parameters.Of(at.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        },
    };
}

/// <summary>An event as the evidence sees it: its columns, its seal, and the hash of the event before it in its stream.</summary>
internal sealed record SealedRow(SealedFields Fields, long? Place, byte[]? Hash, byte[]? LogHash, bool HasPrevious, byte[]? PreviousHash, bool HiddenAsItsStream)
{
    public const string Select = """
        select e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.mt_dotnet_type, e.correlation_id,
            e.causation_id, e.headers, e.user_name, e.hc_place, e.hc_hash, e.hc_log_hash, previous.seq_id is not null, previous.hc_hash,
            coalesce(e.is_archived, false) = coalesce(s.is_archived, false)
        from mt_events e
        left join mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        left join mt_events previous
            on previous.tenant_id = e.tenant_id and previous.stream_id = e.stream_id and previous.version = e.version - 1
        """;

    public byte[] ComputedHash => EventSeal.HashOf(Fields, PreviousHash ?? EventSeal.Nothing);

    public static SealedRow Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        byte[]? Bytes(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
        var headers = Bytes(11);
        return new(
            new(row.GetString(2), row.GetInt64(0), row.GetGuid(1), Text(3), row.GetInt64(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(7),
                Text(8), Text(9), Text(10), Text(12), headers is null ? null : CanonicalJson.Hash(headers), CanonicalJson.Hash(Bytes(6)!)),
            row.IsDBNull(13) ? null : row.GetInt64(13), Bytes(14), Bytes(15), row.GetBoolean(16), Bytes(17), row.GetBoolean(18));
    }

    public static async Task<List<SealedRow>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var read = new List<SealedRow>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            read.Add(Read(rows));
        return read;
    }
}

/// <summary>Gives a seal to events that have none: another program appended them, or they are older than seals.</summary>
internal static class Sealing
{
    private const int Page = 1000;

    /// <summary>Seals the first thousand, within a transaction that holds the append lock; says how many they were.</summary>
    /// <param name="tenantId">null: of all tenants</param>
    /// <param name="streamId">null: of all streams</param>
    public static async Task<int> SealPageAsync(NpgsqlConnection connection, string? tenantId, string? streamId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            $"""
            {SealedRow.Select}
            where e.hc_place is null and e.tenant_id is not null and ($1 is null or e.tenant_id = $1) and ($2 is null or e.stream_id = $2)
            order by e.seq_id limit {Page}
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Varchar, Value = (object?)tenantId ?? DBNull.Value },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Varchar, Value = (object?)streamId ?? DBNull.Value },
            },
        };
        var rows = await SealedRow.ReadAsync(select, ct);
        if (rows.Count == 0)
            return 0;

        var heads = new Dictionary<string, ChainHead>(StringComparer.Ordinal);
        await using (var ask = new NpgsqlBatch(connection) { BatchCommands = { Heads.Select([.. rows.Select(r => r.Fields.TenantId).Distinct(StringComparer.Ordinal)]) } })
        await using (var answer = await ask.ExecuteReaderAsync(ct))
            await Heads.ReadAsync(answer, heads);

        var hashes = new Dictionary<(string, string?, long), byte[]>();
        foreach (var row in rows.OrderBy(r => r.Fields.Version))
        {
            var e = row.Fields;
            hashes[(e.TenantId, e.StreamId, e.Version)] =
                EventSeal.HashOf(e, hashes.GetValueOrDefault((e.TenantId, e.StreamId, e.Version - 1)) ?? row.PreviousHash ?? EventSeal.Nothing);
        }

        var sealedRows = rows.ConvertAll(row =>
        {
            var e = row.Fields;
            var hash = hashes[(e.TenantId, e.StreamId, e.Version)];
            var head = heads.GetValueOrDefault(e.TenantId, ChainHead.None);
            head = new(head.Place + 1, e.Sequence, EventSeal.Link(head.Hash, hash));
            heads[e.TenantId] = head;
            return (e.Sequence, Hash: hash, Head: head);
        });
        await using var write = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    update mt_events e set hc_place = given.place, hc_hash = given.hash, hc_log_hash = given.log_hash
                    from unnest($1, $2, $3, $4) as given (seq_id, place, hash, log_hash) where e.seq_id = given.seq_id
                    """)
                {
                    Parameters =
                    {
                        Parameters.Array<long>([.. sealedRows.Select(r => r.Sequence)], NpgsqlDbType.Bigint),
                        Parameters.Array<long>([.. sealedRows.Select(r => r.Head.Place)], NpgsqlDbType.Bigint),
                        Parameters.Array<byte[]>([.. sealedRows.Select(r => r.Hash)], NpgsqlDbType.Bytea),
                        Parameters.Array<byte[]>([.. sealedRows.Select(r => r.Head.Hash)], NpgsqlDbType.Bytea),
                    },
                },
                Heads.Upsert([.. heads.Select(h => (h.Key, h.Value))], rows.Max(r => r.Fields.RecordedAt)),
            },
        };
        await write.ExecuteNonQueryAsync(ct);
        return rows.Count;
    }
}
