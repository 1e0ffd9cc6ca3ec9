using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>
/// Fills a view's tables anew from the log in a schema of their own, page by page and each page committed, while writers and readers
/// go on with the live ones; then, for the last page and the swap alone, holds up the view's writers.
/// </summary>
internal sealed class ViewRebuild(NpgsqlDataSource db, EventReader reader, EventStoreOptions options)
{
    private const string Beside = "hc_rebuild";

    /// <summary>How often the log may outrun the rebuild before its last part is done with the writers held up.</summary>
    private const int Rounds = 20;

    /// <summary>Makes the whole view again; the connection holds the migration lock.</summary>
    /// <param name="isAsync">its rows go as far as its checkpoint, not to the end of the log</param>
    /// <exception cref="ViewFailed">the view threw; the old content stays</exception>
    public Task MakeAgainAsync(NpgsqlConnection connection, IView view, bool isAsync, IReadOnlyList<string> oldTables, CancellationToken ct) =>
        BesideAsync(connection, view, isAsync, tenantId: null, async schema =>
        {
            foreach (var table in await ExistingAsync(connection, schema, oldTables.Union(view.Tables, StringComparer.Ordinal), ct))
                await Sql.ScalarAsync(connection, $"drop table {table} cascade", ct);
            foreach (var table in view.Tables)
                await Sql.ScalarAsync(connection, $"alter table {Beside}.{Schema.Quote(table)} set schema {Schema.Quote(schema)}", ct);
            await RememberAsync(connection, view, ct);
        }, oldTables.Union(view.Tables, StringComparer.Ordinal), ct);

    /// <summary>Makes one tenant's rows again; the connection holds the migration lock.</summary>
    /// <exception cref="ViewFailed">the view threw; the old content stays</exception>
    public Task MakeAgainAsync(NpgsqlConnection connection, IView view, bool isAsync, string tenantId, CancellationToken ct) =>
        BesideAsync(connection, view, isAsync, tenantId, async schema =>
        {
            foreach (var table in view.Tables.Reverse())
                await Sql.ScalarAsync(connection, $"delete from {Schema.Quote(schema)}.{Schema.Quote(table)} where tenant_id = $1", ct, tenantId);
            foreach (var table in view.Tables)
                await Sql.ScalarAsync(connection, $"insert into {Schema.Quote(schema)}.{Schema.Quote(table)} select * from {Beside}.{Schema.Quote(table)}", ct);
        }, [], ct);

    public static async Task RememberAsync(NpgsqlConnection connection, IView view, CancellationToken ct)
    {
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

    /// <param name="swap">puts the new rows in the place of the old ones, inside the last transaction; given the live schema</param>
    /// <param name="replaced">tables that the swap drops</param>
    private async Task BesideAsync(
        NpgsqlConnection connection, IView view, bool isAsync, string? tenantId, Func<string, Task> swap, IEnumerable<string> replaced, CancellationToken ct)
    {
        var schema = (string)(await Sql.ScalarAsync(connection, "select current_schema()::text", ct))!;
        var path = (string)(await Sql.ScalarAsync(connection, "show search_path", ct))!;
        try
        {
            // What a rebuild left behind that was killed; and nothing of this one needs to survive a crash before its last commit.
            await Sql.ScalarAsync(connection, $"""
                set client_min_messages = warning;
                drop schema if exists {Beside} cascade;
                create schema {Beside};
                set search_path = {Beside}, {path};
                set synchronous_commit = off
                """, ct);
            await Sql.ScalarAsync(connection, view.Ddl, ct);
            await using var filling = new Filling(db, reader, connection, view, tenantId, options.RebuildPage);
            for (var round = 0; round < Rounds && await filling.FillAsync(await EndAsync(connection, view, isAsync, ct), ct) > options.RebuildPage; round++)
            {
            }

            await Sql.ScalarAsync(connection, "reset synchronous_commit", ct);
            while (!await SwapAsync())
            {
                await Task.Delay(options.SwapWait, ct);
                await filling.FillAsync(await EndAsync(connection, view, isAsync, ct), ct);
            }

            async Task<bool> SwapAsync()
            {
                await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
                if (isAsync)
                {
                    await Sql.ScalarAsync(connection, Projections.MakeCheckpoint, ct, Projections.CheckpointOf(view));
                    await Sql.ScalarAsync(connection, "select from mt_event_progression where name = $1 for update", ct, Projections.CheckpointOf(view));
                }
                else
                {
                    await Sql.ScalarAsync(connection, Schema.TakeAppendLock, ct);
                }

                try
                {
                    // A reader that takes its time with an old table must not make all writers wait for it.
                    await Sql.ScalarAsync(connection, $"set local lock_timeout = {(long)options.SwapWait.TotalMilliseconds}", ct);
                    foreach (var table in await ExistingAsync(connection, schema, replaced, ct))
                        await Sql.ScalarAsync(connection, $"lock table {table} in access exclusive mode", ct);
                    await Sql.ScalarAsync(connection, "set local lock_timeout = 0", ct);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    return false;
                }

                await filling.FillAsync(await EndAsync(connection, view, isAsync, ct), ct);
                await Sql.ScalarAsync(connection, $"set local search_path = {path}", ct);
                await swap(schema);
                await transaction.CommitAsync(ct);
                return true;
            }
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
                await Sql.ScalarAsync(connection, $"set search_path = {path}; drop schema if exists {Beside} cascade; reset synchronous_commit", CancellationToken.None);
        }
    }

    /// <summary>How far the view's rows go: a view written along with the log to its end, another to its checkpoint.</summary>
    private static async Task<long> EndAsync(NpgsqlConnection connection, IView view, bool isAsync, CancellationToken ct) => isAsync
        ? await Sql.ScalarAsync(connection, "select last_seq_id from mt_event_progression where name = $1", ct, Projections.CheckpointOf(view)) as long? ?? 0
        : (long)(await Sql.ScalarAsync(connection, "select coalesce(max(seq_id), 0) from mt_events", ct))!;

    private static async Task<IReadOnlyList<string>> ExistingAsync(NpgsqlConnection connection, string schema, IEnumerable<string> tables, CancellationToken ct)
    {
        var existing = new List<string>();
        foreach (var table in tables)
        {
            var name = $"{Schema.Quote(schema)}.{Schema.Quote(table)}";
            if (await Sql.ScalarAsync(connection, "select to_regclass($1)::text", ct, name) is string)
                existing.Add(name);
        }

        return existing;
    }
}

/// <summary>Projects the log into the tables that the connection's search path finds first. Pages come over a second connection and are read ahead.</summary>
internal sealed class Filling(NpgsqlDataSource db, EventReader reader, NpgsqlConnection connection, IView view, string? tenantId, int pageSize) : IAsyncDisposable
{
    private readonly IReadOnlyList<IView> only = [view];
    private readonly ViewWriter writer = new();
    private NpgsqlConnection? log;
    private long position;

    /// <summary>Goes on up to a sequence that is committed, and with it all before it; says how many events that were.</summary>
    public async Task<long> FillAsync(long upTo, CancellationToken ct)
    {
        log ??= await db.OpenConnectionAsync(ct);
        var count = 0L;
        var writing = Task.CompletedTask;
        var reading = reader.ReadPageAsync(log, position, pageSize, tenantId, upTo, ct);
        try
        {
            while (await reading is { Count: > 0 } page)
            {
                // One page is read and one written while the one between them is projected.
                reading = reader.ReadPageAsync(log, page[^1].Sequence, pageSize, tenantId, upTo, ct);
                var statements = new ViewBatch();
                foreach (var e in page)
                    Projecting.Project(only, e, statements);
                await writing;
                writing = statements.Statements.Count > 0 ? writer.WriteAsync(connection, statements, ct) : Task.CompletedTask;
                count += page.Count;
            }
        }
        finally
        {
            // The connections must be at rest for whoever takes them next, also when one of the two has failed.
            await Task.WhenAll(reading, writing).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await writing;
        position = Math.Max(position, upTo);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        if (log is not null)
            await log.DisposeAsync();
    }
}
