using System.Collections.Frozen;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>Rows of <c>mt_events</c> to events.</summary>
internal sealed class EventReader(EventTypes types)
{
    public const string Columns =
        "seq_id, id, tenant_id, stream_id, version, type, data, timestamp, headers, user_name, correlation_id, causation_id, is_archived";

    /// <summary>For queries that leave archived events out.</summary>
    public const string NotArchived = "and is_archived is not true";

    /// <summary>A page of the log, in order, after a sequence and up to another.</summary>
    /// <param name="tenantId">null: of all tenants</param>
    public async Task<List<StoredEvent>> ReadPageAsync(NpgsqlConnection connection, long afterSequence, int limit, string? tenantId, long upTo, CancellationToken ct, bool includeArchived = true)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from mt_events where seq_id > $1 and seq_id <= $3 {(tenantId is null ? "" : "and tenant_id = $4")} {(includeArchived ? "" : NotArchived)} order by seq_id limit $2",
            connection)
        {
            Parameters = { Parameters.Of(afterSequence, NpgsqlDbType.Bigint), Parameters.Of(limit, NpgsqlDbType.Integer), Parameters.Of(upTo, NpgsqlDbType.Bigint) },
        };
        if (tenantId is not null)
            command.Parameters.Add(Parameters.Of(tenantId, NpgsqlDbType.Varchar));
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(rows, ct);
    }

    /// <summary>Streams to decide on, each with what its command's id gave before, in one round trip for all.</summary>
    public async Task<IReadOnlyList<(IReadOnlyList<StoredEvent> Events, (CommandKey Key, Receipt Receipt)? Earlier)>> ReadForWritingAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Tenant, string Stream, Guid Command)> asks)
    {
        var tenants = asks.Select(a => a.Tenant).ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"""
                    select {Columns}, place
                    from unnest($1, $2) with ordinality as asked (asked_tenant, asked_stream, place)
                    join mt_events on tenant_id = asked_tenant and stream_id = asked_stream {NotArchived}
                    order by place, version
                    """)
                {
                    Parameters =
                    {
                        Parameters.Array(tenants, NpgsqlDbType.Varchar),
                        Parameters.Array<string>([.. asks.Select(a => a.Stream)], NpgsqlDbType.Varchar),
                    },
                },
                // The ids last: whoever sees what a command wrote then also sees its id.
                new("""
                    select c.command_id, c.person, c.fingerprint, c.sequence, c.version, c.recorded_at, asked.place
                    from unnest($1, $2) with ordinality as asked (tenant_id, command_id, place)
                    join hc_commands c on c.tenant_id = asked.tenant_id and c.command_id = asked.command_id
                    """)
                {
                    Parameters =
                    {
                        Parameters.Array(tenants, NpgsqlDbType.Varchar),
                        Parameters.Array<Guid>([.. asks.Select(a => a.Command)], NpgsqlDbType.Uuid),
                    },
                },
            },
        };
        await batch.PrepareAsync();
        await using var row = await batch.ExecuteReaderAsync();
        var events = new List<StoredEvent>?[asks.Count];
        while (await row.ReadAsync())
            (events[row.GetInt64(13) - 1] ??= []).Add(Read(row));
        await row.NextResultAsync();
        var earlier = new (CommandKey, Receipt)?[asks.Count];
        while (await row.ReadAsync())
            earlier[row.GetInt64(6) - 1] = StoredCommands.Read(row, first: 0);
        return [.. asks.Select((_, i) => ((IReadOnlyList<StoredEvent>)(events[i] ?? []), earlier[i]))];
    }

    public async Task<List<StoredEvent>> ReadAsync(NpgsqlDataReader row, CancellationToken ct)
    {
        var events = new List<StoredEvent>();
        while (await row.ReadAsync(ct))
            events.Add(Read(row));
        return events;
    }

    /// <exception cref="UnreadableEvent">the body does not fit the class its name is mapped to</exception>
    public StoredEvent Read(NpgsqlDataReader row)
    {
        var sequence = row.GetInt64(0);
        var (alias, data) = Data(sequence, row.GetString(5), row.GetFieldValue<byte[]>(6));
        return new(
            sequence,
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            row.GetInt64(4),
            alias,
            data,
            row.GetFieldValue<DateTimeOffset>(7),
            row.IsDBNull(8) ? FrozenDictionary<string, string>.Empty : Headers(row.GetString(8)),
            Text(row, 9),
            Text(row, 10),
            Text(row, 11),
            !row.IsDBNull(12) && row.GetBoolean(12));
    }

    private (string Alias, object Data) Data(long sequence, string stored, byte[] body)
    {
        try
        {
            var (alias, json) = types.Upcast(stored, body);
            if (types.TryGetType(alias, out var type))
                return (alias, JsonSerializer.Deserialize(json, type, types.Json) ?? throw new JsonException("The body is null."));
            Telemetry.Unknown(stored);
            return (stored, new UnknownEvent(stored, JsonElement.Parse(body)));
        }
        catch (Exception inner)
        {
            throw new UnreadableEvent(sequence, stored, inner);
        }
    }

    /// <summary>Marten allows any JSON as a header's value; what is not a string is kept as its JSON.</summary>
    private static Dictionary<string, string> Headers(string json)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in document.RootElement.EnumerateObject())
                headers[header.Name] = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText();
        }

        return headers;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
