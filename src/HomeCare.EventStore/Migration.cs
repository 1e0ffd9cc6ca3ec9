using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>Makes the tables, and the views that are missing or have changed.</summary>
internal sealed class Migration(NpgsqlDataSource db, ViewRebuild rebuild, IReadOnlyList<IView> inlineViews, IReadOnlyList<IView> asyncViews)
{
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var one = await MigrationLock.TakeAsync(connection, ct);
        await using var quiet = new NpgsqlCommand("set client_min_messages = warning", connection); // "if not exists" says so each time
        await quiet.ExecuteNonQueryAsync(ct);
        bool unsealed;
        await using (var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct))
        {
            unsealed = await Sql.ScalarAsync(connection, Schema.HasNoSeals, ct) is true;
            if (unsealed)
                await Sql.ScalarAsync(connection, Schema.AddSeals, ct);
            await Sql.ScalarAsync(connection, Schema.Ddl, ct);
            await transaction.CommitAsync(ct);
        }

        // A log from before there were seals gets them once; what comes without one later is for an operator to judge.
        if (unsealed)
            await new Evidence(db).SealAsync(tenantId: null, ct);
        var stored = await StoredViewsAsync(connection, ct);
        var changed = inlineViews.Concat(asyncViews).Where(v => !stored.TryGetValue(v.Name, out var s) || s.Revision != v.Revision).ToList();
        if (changed.Count == 0 || await MakeFirstAsync(connection, changed, ct))
            return;
        foreach (var view in changed)
            await rebuild.MakeAgainAsync(connection, view, asyncViews.Contains(view), stored.TryGetValue(view.Name, out var old) ? old.Tables : view.Tables, ct);
    }

    /// <summary>In a log without events the views need no rebuild; says whether that was so.</summary>
    private static async Task<bool> MakeFirstAsync(NpgsqlConnection connection, IReadOnlyList<IView> views, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        await Sql.ScalarAsync(connection, Schema.TakeAppendLock, ct);
        if (await Sql.ScalarAsync(connection, "select exists (select from mt_events)", ct) is true)
            return false;
        foreach (var view in views)
        {
            foreach (var table in view.Tables)
            {
                if (await Sql.ScalarAsync(connection, "select to_regclass($1)::text", ct, Schema.Quote(table)) is string)
                    return false;
            }
        }

        foreach (var view in views)
        {
            await Sql.ScalarAsync(connection, view.Ddl, ct);
            await ViewRebuild.RememberAsync(connection, view, ct);
        }

        await transaction.CommitAsync(ct);
        return true;
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
}

/// <summary>One at a time migrates or rebuilds. The lock is the session's, so that what is done under it can be committed in pieces.</summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private MigrationLock(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<MigrationLock> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await Sql.ScalarAsync(connection, Schema.TakeMigrationLock, ct);
        return new(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
            await Sql.ScalarAsync(connection, Schema.ReleaseMigrationLock, CancellationToken.None);
    }
}

internal static class Sql
{
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params string[] parameters)
    {
        // Waiting for another node's rebuild may take long; the caller's token is the limit.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(ct);
    }
}
