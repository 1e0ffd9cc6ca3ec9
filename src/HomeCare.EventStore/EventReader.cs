using System.Collections.Frozen;
using System.Text.Json;
using Npgsql;

namespace HomeCare.EventStore;

/// <summary>Rows of <c>mt_events</c> to events.</summary>
internal sealed class EventReader(EventTypes types)
{
    public const string Columns =
        "seq_id, id, tenant_id, stream_id, version, type, data, timestamp, headers, user_name, correlation_id, causation_id, is_archived";

    public async Task<List<StoredEvent>> ReadAsync(NpgsqlDataReader row, CancellationToken ct)
    {
        var events = new List<StoredEvent>();
        while (await row.ReadAsync(ct))
            events.Add(Read(row));
        return events;
    }

    /// <exception cref="UnreadableEvent">the body does not fit the class its name is mapped to</exception>
    private StoredEvent Read(NpgsqlDataReader row)
    {
        var sequence = row.GetInt64(0);
        var alias = row.GetString(5);
        return new(
            sequence,
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            row.GetInt64(4),
            alias,
            Data(sequence, alias, row.GetFieldValue<byte[]>(6)),
            row.GetFieldValue<DateTimeOffset>(7),
            row.IsDBNull(8) ? FrozenDictionary<string, string>.Empty : Headers(row.GetString(8)),
            Text(row, 9),
            Text(row, 10),
            Text(row, 11),
            !row.IsDBNull(12) && row.GetBoolean(12));
    }

    private object Data(long sequence, string alias, byte[] body)
    {
        try
        {
            return types.TryGetType(alias, out var type)
                ? JsonSerializer.Deserialize(body, type, types.Json) ?? throw new JsonException("The body is null.")
                : new UnknownEvent(alias, JsonElement.Parse(body));
        }
        catch (Exception inner) when (inner is JsonException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            throw new UnreadableEvent(sequence, alias, inner);
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
