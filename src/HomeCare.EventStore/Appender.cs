using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// Commits commands together: whatever has arrived while the last transaction was committing goes into the next one. Answers
/// are given only after the commit.
/// </summary>
internal sealed class Appender : IAsyncDisposable
{
    private readonly NpgsqlDataSource db;
    private readonly IReadOnlyList<IView> views;
    private readonly TimeProvider time;
    private readonly EventStoreOptions options;
    private readonly Action<long> committed;
    private readonly Channel<Pending> queue;
    private readonly Task writing;
    private NpgsqlConnection? connection;
    private AppendStatements? statements;

    /// <param name="committed">told the highest sequence after each commit; must not throw</param>
    public Appender(NpgsqlDataSource db, IReadOnlyList<IView> views, TimeProvider time, EventStoreOptions options, Action<long> committed)
    {
        this.db = db;
        this.views = views;
        this.time = time;
        this.options = options;
        this.committed = committed;
        queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        writing = Task.Run(WriteAllAsync);
    }

    public int Queued => queue.Reader.Count;

    public async Task<AppendResult> AppendAsync(Pending pending, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Telemetry.Arrived();
        if (!queue.Writer.TryWrite(pending))
            await WaitForAPlaceAsync(pending, ct);
        return await pending.Answer.WaitAsync(ct);
    }

    private async Task WaitForAPlaceAsync(Pending pending, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.QueueWait);
        try
        {
            await queue.Writer.WriteAsync(pending, patience.Token);
        }
        catch (OperationCanceledException tired)
        {
            Telemetry.Busy();
            ct.ThrowIfCancellationRequested();
            throw new StoreBusy(tired);
        }
        catch (ChannelClosedException closed)
        {
            Telemetry.Busy();
            throw new ObjectDisposedException("The event store is closed.", closed);
        }
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Pending>(options.LargestBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var bytes = 0L;
            while (batch.Count < options.LargestBatch && queue.Reader.TryPeek(out var next)
                   && (batch.Count == 0 || bytes + next.Bytes <= options.LargestBatchBytes)
                   && queue.Reader.TryRead(out next))
            {
                batch.Add(next);
                bytes += next.Bytes;
            }

            try
            {
                await WriteAsync(new ArraySegment<Pending>([.. batch]));
            }
            catch (Exception fault)
            {
                // A mistake of the appender itself must not leave writers waiting for ever.
                await DropConnectionAsync();
                foreach (var pending in batch)
                    pending.Fail(fault);
            }
        }
    }

    /// <summary>Writes a batch and answers each of its commands. A batch that cannot be written is halved until only the bad one is left.</summary>
    private async Task WriteAsync(ArraySegment<Pending> batch)
    {
        using var trace = Telemetry.Source.StartActivity("commit", ActivityKind.Internal, parentContext: default, links: Telemetry.Source.HasListeners() ? Links(batch) : null);
        var started = time.GetTimestamp();
        var attempts = 0;
        for (var outages = 1; ; outages++)
        {
            AppendPlan? sent = null;
            Exception fault;
            bool lost;
            try
            {
                await ConnectAsync();
                var plan = new AppendPlan(batch, views, time.GetUtcNow());
                await statements!.ReadUnderLockAsync(batch, plan);
                if (plan.Unsealed.Count > 0)
                {
                    await statements.SealAndCommitAsync(plan.Unsealed);
                    Telemetry.Sealed(plan.Unsealed.Count);
                    continue;
                }

                plan.Decide();
                if (plan.WritesNothing)
                {
                    await statements.RollBackAsync();
                }
                else
                {
                    sent = plan;
                    await statements.WriteAndCommitAsync(plan);
                }

                Telemetry.Committed(batch.Count, plan.Events.Count, time.GetElapsedTime(started));
                trace?.SetTag("homecare.commands", batch.Count).SetTag("homecare.events", plan.Events.Count);
                Answer(batch, plan);
                return;
            }
            catch (Exception e)
            {
                fault = e;
                lost = !await KeepConnectionAsync(e);
                if (lost)
                    Telemetry.Lost();
            }

            if (lost && sent is null)
            {
                // Lost before anything was sent to be written: an outage. Wait for its end.
                if (time.GetElapsedTime(started) >= options.OutageWait)
                {
                    FailAll(batch, new StoreUnavailable(outcomeUnknown: false, fault));
                    return;
                }

                await PauseAsync(outages);
                continue;
            }

            if (lost)
            {
                var written = await WasCommittedAsync(sent!, started);
                if (written is true)
                {
                    Answer(batch, sent!);
                    return;
                }

                if (written is null)
                {
                    FailAll(batch, new StoreUnavailable(outcomeUnknown: true, fault));
                    return;
                }
            }

            // From here on it is certain that nothing was written. What broke the connection once may have been an
            // accident; what breaks it again is in the batch.
            attempts++;
            if (lost ? attempts <= 2 : attempts <= 3 && batch.Count == 1 && WorthAnotherTry(fault))
                continue;
            if (batch.Count == 1)
            {
                batch[0].Fail(fault);
                return;
            }

            var half = batch.Count / 2;
            await WriteAsync(batch[..half]);
            await WriteAsync(batch[half..]);
            return;
        }
    }

    private static IEnumerable<ActivityLink> Links(ArraySegment<Pending> batch) => batch.Where(p => p.Trace != default).Select(p => new ActivityLink(p.Trace));

    private void Answer(ArraySegment<Pending> batch, AppendPlan plan)
    {
        if (plan.Events.Count > 0)
            committed(plan.Events[^1].Event.Sequence);
        for (var i = 0; i < batch.Count; i++)
        {
            if (plan.Results[i] is { } result)
                batch[i].Complete(result);
            else
                batch[i].Fail(plan.Faults[i]!);
        }
    }

    private static void FailAll(ArraySegment<Pending> batch, Exception fault)
    {
        foreach (var pending in batch)
            pending.Fail(fault);
    }

    /// <summary>Null: the database could not be asked for as long as the store waits.</summary>
    private async Task<bool?> WasCommittedAsync(AppendPlan plan, long started)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ConnectAsync();
                return await statements!.WasCommittedAsync(plan);
            }
            catch (Exception)
            {
                await DropConnectionAsync();
                if (time.GetElapsedTime(started) >= options.OutageWait)
                    return null;
                await PauseAsync(attempt);
            }
        }
    }

    /// <summary>
    /// Keeps the connection when PostgreSQL itself refused a statement, which also rolls back: the commit is the last
    /// statement. Anything else (a broken socket, a time-out, a terminated session) drops it.
    /// </summary>
    private async Task<bool> KeepConnectionAsync(Exception fault)
    {
        if (connection is null)
            return false;
        var refused = fault is PostgresException || fault is not (NpgsqlException or IOException or TimeoutException or OperationCanceledException);
        if (refused && connection.FullState == System.Data.ConnectionState.Open)
        {
            try
            {
                await statements!.RollBackAsync();
                return true;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                // Dropped below.
            }
        }

        await DropConnectionAsync();
        return false;
    }

    private async Task ConnectAsync()
    {
        if (connection is not null)
            return;
        var opened = await db.OpenConnectionAsync();
        connection = opened;
        // The writer looks up by key only. While tables are small or not yet analysed, a cached plan could settle on
        // reading them whole and keep doing so when they have grown. Its statements know one good plan, whatever is in their
        // arrays: to plan each anew would cost more than to run it.
        // A node that vanishes between its two round trips must not keep the lock until TCP notices, which may be hours.
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
                set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off; set plan_cache_mode = force_generic_plan;
                set idle_in_transaction_session_timeout = {(long)options.LongestPause.TotalMilliseconds}
                """), opened);
        await command.ExecuteNonQueryAsync();
        statements = new(opened);
    }

    private async Task DropConnectionAsync()
    {
        if (connection is not { } broken)
            return;
        connection = null;
        statements = null;
        try
        {
            await broken.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // It was broken before.
        }
    }

    private static Task PauseAsync(int attempt) => Task.Delay(TimeSpan.FromMilliseconds(Math.Min(500, 20 * attempt)));

    /// <summary>
    /// A key that somebody else wrote meanwhile (a program that does not take the lock), a deadlock, a serialisation
    /// failure: the next attempt reads anew.
    /// </summary>
    private static bool WorthAnotherTry(Exception fault) => fault is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable,
    };

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
        await DropConnectionAsync();
    }
}
