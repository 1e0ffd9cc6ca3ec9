using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>
/// Turns views' statements into prepared commands: equal inserts of single rows become one insert of all of them. The types of the
/// parameters are asked of PostgreSQL once for each text, so that one text is one prepared statement whatever is null in it.
/// </summary>
internal sealed class ViewWriter
{
    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <param name="connection">inside the transaction that is going to write</param>
    /// <exception cref="PostgresException">the text is not one that PostgreSQL can prepare</exception>
    public async Task AddAsync(NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<ViewStatement> statements, CancellationToken ct)
    {
        // Rows that wait for more of their kind. A view's statements keep the order of the log: whatever else names the same table
        // finds the rows before it written.
        var waiting = new List<Rows>();
        foreach (var (sql, values) in statements)
        {
            if (!known.TryGetValue(sql, out var text))
                known[sql] = text = new(sql, await AskTypesAsync(connection, sql, ct));
            if (text.Types.Length != values.Length)
                throw new ArgumentException($"The view statement takes {text.Types.Length} parameters and was given {values.Length}: {sql}");
            var mine = waiting.Find(w => ReferenceEquals(w.Text, text));
            for (var i = waiting.Count - 1; i >= 0; i--)
            {
                if (waiting[i] == mine || !text.Names.Contains(waiting[i].Text.Insert!.Table))
                    continue;
                batch.BatchCommands.Add(waiting[i].Command());
                waiting.RemoveAt(i);
            }

            if (mine is not null)
                mine.Add(values);
            else if (text.Insert is not null)
                waiting.Add(new(text, values));
            else
                batch.BatchCommands.Add(text.Command(values));
        }

        foreach (var rows in waiting)
            batch.BatchCommands.Add(rows.Command());
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

    /// <summary>A statement's text with what is known of it.</summary>
    private sealed class Known(string sql, string[] types)
    {
        public string[] Types => types;

        /// <summary>Null: it goes out by itself each time.</summary>
        public RowInsert? Insert { get; } = RowInsert.Of(sql, types);

        /// <summary>The words in it, table names among them.</summary>
        public IReadOnlySet<string> Names { get; } = RowInsert.WordsOf(sql);

        public NpgsqlBatchCommand Command(object?[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new NpgsqlParameter { DataTypeName = types[i], Value = values[i] ?? DBNull.Value });
            return command;
        }
    }

    /// <summary>Rows for one insert.</summary>
    private sealed class Rows(Known text, object?[] first)
    {
        private readonly List<object?[]> rows = [first];

        public Known Text => text;

        public void Add(object?[] values) => rows.Add(values);

        public NpgsqlBatchCommand Command() => text.Insert!.LastOfEachKey(rows) is { Count: > 1 } all ? text.Insert.Command(all) : text.Command(rows[^1]);
    }
}

internal static class Parameters
{
    public static NpgsqlParameter Of<T>(T value, NpgsqlDbType type) => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    public static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType element) => Of(values, NpgsqlDbType.Array | element);
}
