using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>Makes the tables, and fills views from the log.</summary>
internal sealed class ViewTables(NpgsqlDataSource db, EventReader reader, IReadOnlyList<IView> views, EventStoreOptions options)
{
    private const string RebuildSchema = "hc_rebuild";

    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using (var tables = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct))
        {
            await ExecuteAsync(connection, Schema.TakeMigrationLock, ct);
            // "if not exists" says so each time, which nobody wants to read at every start.
            await ExecuteAsync(connection, "set local client_min_messages = warning", ct);
            await ExecuteAsync(connection, Schema.Ddl, ct);
            await tables.CommitAsync(ct);
        }

        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        await ExecuteAsync(connection, Schema.TakeMigrationLock, ct);
        var stored = await StoredViewsAsync(connection, ct);
        var changed = views.Where(v => !stored.TryGetValue(v.Name, out var s) || s.Revision != v.Revision).ToList();
        if (changed.Count == 0)
            return;
        await ExecuteAsync(connection, "set local client_min_messages = warning", ct);
        await ExecuteAsync(connection, Schema.TakeAppendLock, ct);
        foreach (var view in changed)
            await MakeAgainAsync(connection, view, stored.TryGetValue(view.Name, out var old) ? old.Tables : view.Tables, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task RebuildAsync(string viewName, string? tenantId, CancellationToken ct)
    {
        var view = views.FirstOrDefault(v => v.Name == viewName)
            ?? throw new ArgumentException($"There is no view '{viewName}'.", nameof(viewName));
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        await ExecuteAsync(connection, Schema.TakeMigrationLock, ct);
        await ExecuteAsync(connection, Schema.TakeAppendLock, ct);
        if (tenantId is null)
        {
            await ExecuteAsync(connection, "set local client_min_messages = warning", ct);
            await MakeAgainAsync(connection, view, view.Tables, ct);
        }
        else
        {
            foreach (var table in view.Tables.Reverse())
                await ExecuteAsync(connection, $"delete from {Schema.Quote(table)} where tenant_id = $1", ct, tenantId);
            await ProjectAllAsync(connection, view, tenantId, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Reads a page of the log over the connection given, inside its transaction if it has one.</summary>
    public async Task<List<StoredEvent>> ReadPageAsync(NpgsqlConnection connection, long afterSequence, int limit, string? tenantId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            tenantId is null
                ? $"select {EventReader.Columns} from mt_events where seq_id > $1 order by seq_id limit $2"
                : $"select {EventReader.Columns} from mt_events where seq_id > $1 and tenant_id = $3 order by seq_id limit $2",
            connection)
        {
            Parameters = { Parameters.Of(afterSequence, NpgsqlDbType.Bigint), Parameters.Of(limit, NpgsqlDbType.Integer) },
        };
        if (tenantId is not null)
            command.Parameters.Add(Parameters.Of(tenantId, NpgsqlDbType.Varchar));
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(rows, ct);
    }

    /// <summary>
    /// Fills new tables in a schema of their own, then puts them in the place of the old ones: readers never see a half-made
    /// view, and nothing is left of the old one's dead rows.
    /// </summary>
    private async Task MakeAgainAsync(NpgsqlConnection connection, IView view, IReadOnlyList<string> oldTables, CancellationToken ct)
    {
        var schema = (string)(await ScalarAsync(connection, "select current_schema()::text", ct))!;
        var path = (string)(await ScalarAsync(connection, "show search_path", ct))!;
        var old = new List<string>();
        foreach (var table in oldTables.Union(view.Tables, StringComparer.Ordinal))
        {
            if (await ScalarAsync(connection, "select to_regclass($1)::text", ct, $"{Schema.Quote(schema)}.{Schema.Quote(table)}") is string)
                old.Add(table);
        }

        if (old.Count == 0)
        {
            await ExecuteAsync(connection, view.Ddl, ct);
            await ProjectAllAsync(connection, view, tenantId: null, ct);
        }
        else
        {
            await ExecuteAsync(connection, $"create schema {RebuildSchema}; set local search_path = {RebuildSchema}, {path}", ct);
            await ExecuteAsync(connection, view.Ddl, ct);
            await ProjectAllAsync(connection, view, tenantId: null, ct);
            await ExecuteAsync(connection, $"set local search_path = {path}", ct);
            foreach (var table in old)
                await ExecuteAsync(connection, $"drop table {Schema.Quote(schema)}.{Schema.Quote(table)} cascade", ct);
            foreach (var table in view.Tables)
                await ExecuteAsync(connection, $"alter table {RebuildSchema}.{Schema.Quote(table)} set schema {Schema.Quote(schema)}", ct);
            await ExecuteAsync(connection, $"drop schema {RebuildSchema}", ct);
        }

        await using var command = new NpgsqlCommand(
            """
            insert into hc_views (name, revision, tables) values ($1, $2, $3)
            on conflict (name) do update set revision = excluded.revision, tables = excluded.tables, rebuilt_at = now()
            """,
            connection)
        {
            Parameters =
            {
                Parameters.Of(view.Name, NpgsqlDbType.Varchar),
                Parameters.Of(view.Revision, NpgsqlDbType.Integer),
                Parameters.Array<string>([.. view.Tables], NpgsqlDbType.Varchar),
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Projects the log from its beginning. Pages come over a second connection and are read ahead: under the append lock
    /// everything that will be in them is committed.
    /// </summary>
    private async Task ProjectAllAsync(NpgsqlConnection connection, IView view, string? tenantId, CancellationToken ct)
    {
        IReadOnlyList<IView> only = [view];
        var writer = new ViewWriter();
        await using var log = await db.OpenConnectionAsync(ct);
        var statements = new ViewBatch();
        var page = await ReadPageAsync(log, 0, options.RebuildPage, tenantId, ct);
        while (page.Count > 0)
        {
            var ahead = ReadPageAsync(log, page[^1].Sequence, options.RebuildPage, tenantId, ct);
            try
            {
                statements.Clear();
                foreach (var e in page)
                    Projecting.Project(only, e, statements);
                if (statements.Statements.Count > 0)
                    await WriteAsync(connection, writer, statements, ct);
            }
            catch
            {
                await ahead.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                throw;
            }

            page = await ahead;
        }
    }

    private static async Task WriteAsync(NpgsqlConnection connection, ViewWriter writer, ViewBatch statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        await writer.AddAsync(connection, batch, statements.Statements, ct);
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<Dictionary<string, (int Revision, IReadOnlyList<string> Tables)>> StoredViewsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var stored = new Dictionary<string, (int, IReadOnlyList<string>)>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, revision, tables from hc_views", connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            stored[rows.GetString(0)] = (rows.GetInt32(1), rows.GetFieldValue<string[]>(2));
        return stored;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params string[] parameters)
    {
        // Waiting for another node's rebuild may take long; the caller's token is the limit.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params string[] parameters) =>
        await ScalarAsync(connection, sql, ct, parameters);
}
