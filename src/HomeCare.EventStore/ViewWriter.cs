using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>
/// Turns a view's statements into prepared commands. The types of the parameters are asked of PostgreSQL once for each
/// text, so that one text is one prepared statement whatever is null in it.
/// </summary>
internal sealed class ViewWriter
{
    private readonly Dictionary<string, string[]> parameterTypes = new(StringComparer.Ordinal);

    /// <param name="connection">inside the transaction that is going to write</param>
    /// <exception cref="PostgresException">the text is not one that PostgreSQL can prepare</exception>
    public async Task AddAsync(NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<ViewStatement> statements, CancellationToken ct)
    {
        foreach (var (sql, values) in statements)
        {
            if (!parameterTypes.TryGetValue(sql, out var types))
                parameterTypes[sql] = types = await AskTypesAsync(connection, sql, ct);
            if (types.Length != values.Length)
                throw new ArgumentException($"The view statement takes {types.Length} parameters and was given {values.Length}: {sql}");
            var command = new NpgsqlBatchCommand(sql);
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new NpgsqlParameter { DataTypeName = types[i], Value = values[i] ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Writes the statements in one round trip, in the connection's transaction or, without one, in one of their own.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, ViewBatch statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        await AddAsync(connection, batch, statements.Statements, ct);
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<string[]> AskTypesAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"prepare hc_ask as {sql}"),
                new("""
                    select coalesce(element.typname || '[]', own.typname)
                    from pg_prepared_statements asked
                    cross join unnest(asked.parameter_types) with ordinality as parameter (type, place)
                    join pg_type own on own.oid = parameter.type
                    left join pg_type element on element.oid = own.typelem and own.typcategory = 'A'
                    where asked.name = 'hc_ask'
                    order by parameter.place
                    """),
                new("deallocate hc_ask"),
            },
        };
        var types = new List<string>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
                types.Add(reader.GetString(0));
        }
        while (await reader.NextResultAsync(ct));
        return [.. types];
    }
}

internal static class Parameters
{
    public static NpgsqlParameter Of<T>(T value, NpgsqlDbType type) => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    public static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType element) => Of(values, NpgsqlDbType.Array | element);
}
