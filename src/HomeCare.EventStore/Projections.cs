using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>How an asynchronous view stands.</summary>
/// <param name="Position">up to where in the log its rows go</param>
/// <param name="Behind">how many sequence numbers the log is ahead of it</param>
/// <param name="StoppedAt">the event that it cannot get over; null: it goes on</param>
/// <param name="Reason">why not, for an operator</param>
public sealed record ProjectionState(string Name, long Position, long Behind, long? StoppedAt, string? Reason, DateTimeOffset? StoppedSince)
{
    public bool IsStopped => StoppedAt is not null;
}

/// <summary>
/// Writes the views that follow the log at some distance. Of all nodes one works at each view; when it dies another takes over. Rows and
/// checkpoint are committed together. An event that a view cannot take stops that view, before the event, until somebody starts it again.
/// </summary>
public sealed class Projections
{
    private readonly NpgsqlDataSource db;
    private readonly EventReader reader;
    private readonly IReadOnlyList<IView> views;
    private readonly Wakeups wakeups;
    private readonly EventStoreOptions options;

    internal Projections(NpgsqlDataSource db, EventReader reader, IReadOnlyList<IView> views, Wakeups wakeups, EventStoreOptions options)
    {
        this.db = db;
        this.reader = reader;
        this.views = views;
        this.wakeups = wakeups;
        this.options = options;
    }

    /// <summary>Works, or waits to take over, until it is cancelled. A database that goes away makes it wait, not end.</summary>
    /// <param name="failed">told of a view whose work broke off for a reason that lies in no event; it is taken up again a little later</param>
    public async Task RunAsync(CancellationToken ct, Action<string, Exception>? failed = null)
    {
        if (views.Count == 0)
            return;
        wakeups.Listen();
        await Task.WhenAll(views.Select(v => RunAsync(v, failed, ct)));
    }

    /// <summary>Each asynchronous view's state, as the database has it.</summary>
    public async Task<IReadOnlyList<ProjectionState>> StatesAsync(CancellationToken ct = default)
    {
        if (views.Count == 0)
            return [];
        await using var command = db.CreateCommand("""
            select asked.name, coalesce(p.last_seq_id, 0), greatest((select coalesce(max(seq_id), 0) from mt_events) - coalesce(p.last_seq_id, 0), 0),
                s.sequence, s.reason, s.since
            from unnest($1, $2) as asked (name, checkpoint)
            left join mt_event_progression p on p.name = asked.checkpoint
            left join hc_stopped s on s.name = asked.name
            order by 1
            """);
        command.Parameters.Add(Parameters.Array<string>([.. views.Select(v => v.Name)], NpgsqlDbType.Varchar));
        command.Parameters.Add(Parameters.Array<string>([.. views.Select(CheckpointOf)], NpgsqlDbType.Varchar));
        var states = new List<ProjectionState>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            states.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3),
                row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)));
        }

        return states;
    }

    /// <summary>Lets a stopped view try again from the event it stopped at, after its cause was mended.</summary>
    /// <exception cref="ArgumentException">there is no such asynchronous view</exception>
    public async Task StartAgainAsync(string viewName, CancellationToken ct = default)
    {
        if (views.All(v => v.Name != viewName))
            throw new ArgumentException($"There is no asynchronous view '{viewName}'.", nameof(viewName));
        await using var connection = await db.OpenConnectionAsync(ct);
        await Sql.ScalarAsync(connection, "delete from hc_stopped where name = $1", ct, viewName);
    }

    internal const string MakeCheckpoint = "insert into mt_event_progression (name, last_seq_id) values ($1, 0) on conflict do nothing";

    /// <summary>Marten's name for a projection's place in <c>mt_event_progression</c>.</summary>
    internal static string CheckpointOf(IView view) => $"{view.Name}:All";

    private async Task RunAsync(IView view, Action<string, Exception>? failed, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await db.OpenConnectionAsync(ct);
                // The lock is the session's, and the session ends soon after its node: at once when the process dies, by
                // unanswered packets when the machine does, by silence when the process hangs.
                await Sql.ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"""
                    set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3;
                    set idle_session_timeout = {(long)options.LongestPause.TotalMilliseconds};
                    set idle_in_transaction_session_timeout = {(long)options.LongestPause.TotalMilliseconds}
                    """), ct);
                while (!await TryLeadAsync(connection, view, ct))
                    await Task.Delay(options.PollEvery, ct);
                try
                {
                    await new Work(this, connection, view).WorkAsync(ct);
                }
                finally
                {
                    if (connection.FullState == System.Data.ConnectionState.Open)
                        await Sql.ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_unlock({LeadOf(view)})"), CancellationToken.None);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Wakeups.IsOutage(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                failed?.Invoke(view.Name, e);
                await Task.Delay(options.PollEvery, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<bool> TryLeadAsync(NpgsqlConnection connection, IView view, CancellationToken ct) =>
        await Sql.ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_try_advisory_lock({LeadOf(view)})"), ct) is true;

    private static long LeadOf(IView view) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"homecare projection {view.Name}")));

    /// <summary>One view's work over the connection that holds its lock: without the session nothing of it can be committed.</summary>
    private sealed class Work(Projections all, NpgsqlConnection connection, IView view)
    {
        private readonly IReadOnlyList<IView> only = [view];
        private readonly ViewWriter writer = new();
        private readonly ViewBatch statements = new();
        private readonly string checkpoint = CheckpointOf(view);

        public async Task WorkAsync(CancellationToken ct)
        {
            await Sql.ScalarAsync(connection, MakeCheckpoint, ct, checkpoint);
            while (true)
            {
                var hinted = all.wakeups.Head;
                // Asked each time: a rebuild or an operator may have changed it, and silence would end the session.
                var position = await Sql.ScalarAsync(connection, """
                    select p.last_seq_id from mt_event_progression p where p.name = $1 and not exists (select from hc_stopped s where s.name = $2)
                    """, ct, checkpoint, view.Name) as long?;
                if (position is not { } cursor)
                {
                    await Task.Delay(all.options.PollEvery, ct);
                    continue;
                }

                Telemetry.Projected(view.Name, hinted - cursor);
                var page = await ReadAsync(cursor, ct);
                if (page is { Count: 0 })
                    await all.wakeups.WaitAsync(Math.Max(cursor, hinted), ct);
                else if (page is not null)
                    await ApplyAsync(page, cursor, ct);
            }
        }

        /// <summary>Null: the next event cannot be read, and the view stopped.</summary>
        private async Task<IReadOnlyList<StoredEvent>?> ReadAsync(long cursor, CancellationToken ct)
        {
            try
            {
                return await all.reader.ReadPageAsync(connection, cursor, all.options.TailPage, tenantId: null, upTo: long.MaxValue, ct);
            }
            catch (UnreadableEvent unreadable)
            {
                var before = await all.reader.ReadPageAsync(connection, cursor, all.options.TailPage, tenantId: null, unreadable.Sequence - 1, ct);
                if (before.Count > 0)
                    return before;
                await StopAsync(unreadable.Sequence, unreadable, ct);
                return null;
            }
        }

        /// <summary>Writes a page, or the part of it before the event that the view cannot take.</summary>
        /// <returns>false: it was not written to its end</returns>
        private async Task<bool> ApplyAsync(IReadOnlyList<StoredEvent> page, long cursor, CancellationToken ct)
        {
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
            try
            {
                await using (var move = new NpgsqlCommand("update mt_event_progression set last_seq_id = $3, last_updated = now() where name = $1 and last_seq_id = $2", connection)
                {
                    Parameters = { Parameters.Of(checkpoint, NpgsqlDbType.Varchar), Parameters.Of(cursor, NpgsqlDbType.Bigint), Parameters.Of(page[^1].Sequence, NpgsqlDbType.Bigint) },
                })
                {
                    if (await move.ExecuteNonQueryAsync(ct) == 0)
                        return false;
                }

                statements.Clear();
                foreach (var e in page)
                    Projecting.Project(only, e, statements);
                if (statements.Statements.Count > 0)
                    await writer.WriteAsync(connection, statements, ct);
                await transaction.CommitAsync(ct);
                return true;
            }
            catch (Exception e) when (!Wakeups.IsOutage(e) && e is not OperationCanceledException && connection.FullState == System.Data.ConnectionState.Open)
            {
                await transaction.RollbackAsync(ct);
                if (page.Count == 1)
                {
                    await StopAsync(page[0].Sequence, e, ct);
                    return false;
                }
            }

            var half = page.Count / 2;
            return await ApplyAsync([.. page.Take(half)], cursor, ct) && await ApplyAsync([.. page.Skip(half)], page[half - 1].Sequence, ct);
        }

        private async Task StopAsync(long sequence, Exception reason, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand("insert into hc_stopped (name, sequence, reason) values ($1, $2, $3) on conflict do nothing", connection)
            {
                Parameters =
                {
                    Parameters.Of(view.Name, NpgsqlDbType.Varchar),
                    Parameters.Of(sequence, NpgsqlDbType.Bigint),
                    Parameters.Of(StorableText.Of(reason.Message.Replace("\0", "", StringComparison.Ordinal)), NpgsqlDbType.Varchar),
                },
            };
            await command.ExecuteNonQueryAsync(ct);
            Telemetry.Stopped(view.Name);
        }
    }
}
