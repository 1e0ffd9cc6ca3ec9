using Npgsql;
using NpgsqlTypes;

namespace HomeCare;

/// <summary>Typed parameters and reads for the few hand-written queries.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    public static NpgsqlParameter Nullable(Guid? value) => Typed(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Nullable(decimal? value) => Typed(value, NpgsqlDbType.Numeric);

    public static NpgsqlParameter Nullable(DateOnly? value) => Typed(value, NpgsqlDbType.Date);

    public static NpgsqlParameter Nullable(string? value) => Typed(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Instant(DateTimeOffset? value) => Typed(value?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Json(string? value) => Typed(value, NpgsqlDbType.Jsonb);

    public static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static T? Value<T>(NpgsqlDataReader reader, int column) where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static DateTimeOffset Instant(NpgsqlDataReader reader, int column) =>
        new(reader.GetFieldValue<DateTime>(column), TimeSpan.Zero);

    private static NpgsqlParameter Typed(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
