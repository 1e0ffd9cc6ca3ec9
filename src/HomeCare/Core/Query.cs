using System.Text.Json;
using Npgsql;

namespace HomeCare;

/// <summary>One statement and the rows it gives.</summary>
internal static class Query
{
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params object?[] parameters)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(sql, parameters));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await RowsAsync(reader, row, ct);
    }

    public static async Task<IReadOnlyList<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public static async Task<IReadOnlyList<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        return await RowsAsync(reader, row, ct);
    }

    public static DateTimeOffset? InstantOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Sql.Instant(reader, column);

    public static T? FromJson<T>(NpgsqlDataReader reader, int column) where T : class =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(reader.GetString(column), Json.Options);

    public static T Choice<T>(NpgsqlDataReader reader, int column) where T : struct, Enum => Enum.Parse<T>(reader.GetString(column));

    public static T? ChoiceOrNull<T>(NpgsqlDataReader reader, int column) where T : struct, Enum =>
        reader.IsDBNull(column) ? null : Enum.Parse<T>(reader.GetString(column));
}
