using System.Text.Json;
using Npgsql;

namespace HomeCare.BrowserTests.Support;

/// <summary>A visit as it stands in the log.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Author">Who wrote it, by the event's own header.</param>
/// <param name="PatientId">Whose home.</param>
/// <param name="Words">What was found (O).</param>
/// <param name="MeasuredAt">When it was measured.</param>
/// <param name="Temperature">℃.</param>
/// <param name="Data">The event.</param>
public sealed record Recorded(long Sequence, Guid Author, Guid PatientId, string Words, DateTimeOffset? MeasuredAt, decimal? Temperature, JsonElement Data)
{
    /// <summary>The photographs that it names.</summary>
    public IReadOnlyList<(Guid Id, string Sha256)> Photos { get; } = Data.TryGetProperty(nameof(Photos), out var photos) && photos.ValueKind == JsonValueKind.Array
        ? [.. photos.EnumerateArray().Select(p => (p.GetProperty("PhotoId").GetGuid(), p.GetProperty("Sha256").GetString()!))] : [];

    /// <summary>The hashes of the pictures that are there, as PostgreSQL reckons them.</summary>
    public static async Task<Dictionary<Guid, string>> PhotosAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand("select photo_id, encode(sha256(data), 'hex') from wound_photo_files");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, string>();
        while (await rows.ReadAsync())
        {
            found[rows.GetGuid(0)] = rows.GetString(1);
        }

        return found;
    }

    /// <summary>The recorded visits whose words begin so, in the order of the log.</summary>
    public static async Task<IReadOnlyList<Recorded>> OfAsync(string connectionString, string words)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            "select seq_id, headers::text, data::text from mt_events where type = 'visit_recorded' and data->'Note'->>'Objective' like $1 order by seq_id");
        command.Parameters.Add(new() { Value = words + "%" });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<Recorded>();
        while (await rows.ReadAsync())
        {
            var headers = JsonDocument.Parse(rows.GetString(1)).RootElement;
            var data = JsonDocument.Parse(rows.GetString(2)).RootElement;
            JsonElement? vitals = data.TryGetProperty("Vitals", out var v) && v.ValueKind == JsonValueKind.Object ? v : null;
            found.Add(new Recorded(
                rows.GetInt64(0), headers.GetProperty("person_id").GetGuid(), data.GetProperty(nameof(PatientId)).GetGuid(), data.GetProperty("Note").GetProperty("Objective").GetString()!,
                vitals?.GetProperty(nameof(MeasuredAt)).GetDateTimeOffset(),
                vitals is { } some && some.TryGetProperty(nameof(Temperature), out var t) && t.ValueKind == JsonValueKind.Number ? t.GetDecimal() : null, data));
        }

        return found;
    }
}
