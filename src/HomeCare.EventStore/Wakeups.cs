using System.Globalization;
using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// Hints that the log has grown: at once within this process, by NOTIFY to other nodes. The notification goes over a
/// connection of its own after the commit, because inside the append's transaction it would serialise all commits, and
/// several commits share one. A lost hint costs a tail no more than its next poll.
/// </summary>
internal sealed class Wakeups : IAsyncDisposable
{
    private readonly NpgsqlDataSource db;
    private readonly EventStoreOptions options;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim toNotify = new(0, 1);
    private readonly Lock gate = new();
    private readonly Task notifying;
    private Task? listening;
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long head;
    private long committedHere;

    public Wakeups(NpgsqlDataSource db, EventStoreOptions options)
    {
        this.db = db;
        this.options = options;
        notifying = Task.Run(NotifyAsync);
    }

    /// <summary>The highest sequence that a hint has named.</summary>
    public long Head => Interlocked.Read(ref head);

    public void Committed(long sequence)
    {
        Grow(sequence);
        lock (gate)
        {
            committedHere = Math.Max(committedHere, sequence);
            if (toNotify.CurrentCount == 0)
                toNotify.Release();
        }
    }

    /// <summary>Waits until a hint names more than <paramref name="sequence"/>, for at most <see cref="EventStoreOptions.PollEvery"/>.</summary>
    public async Task WaitAsync(long sequence, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var poll = Task.Delay(options.PollEvery, stop.Token);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (head > sequence)
                    break;
                next = grown.Task;
            }

            if (await Task.WhenAny(next, poll) == poll)
                break;
        }

        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Starts hearing other nodes; called by the first tail.</summary>
    public void Listen()
    {
        lock (gate)
            listening ??= Task.Run(ListenAsync);
    }

    private void Grow(long sequence)
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            if (sequence <= head)
                return;
            head = sequence;
            woken = grown;
            grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.TrySetResult();
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await db.OpenConnectionAsync(stopping.Token);
                connection.Notification += (_, told) =>
                {
                    if (long.TryParse(told.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                        Grow(sequence);
                };
                await using (var listen = new NpgsqlCommand($"listen {Schema.NotificationChannel}", connection))
                    await listen.ExecuteNonQueryAsync(stopping.Token);
                while (true)
                    await connection.WaitAsync(stopping.Token);
            }
            catch (Exception e) when (IsOutage(e) || stopping.IsCancellationRequested)
            {
                await PauseAsync(options.PollEvery);
            }
        }
    }

    private async Task NotifyAsync()
    {
        NpgsqlConnection? connection = null;
        try
        {
            while (true)
            {
                await toNotify.WaitAsync(stopping.Token);
                try
                {
                    connection ??= await OpenToNotifyAsync();
                    await using var command = new NpgsqlCommand("select pg_notify($1, $2)", connection)
                    {
                        Parameters =
                        {
                            new() { Value = Schema.NotificationChannel },
                            new() { Value = Interlocked.Read(ref committedHere).ToString(CultureInfo.InvariantCulture) },
                        },
                    };
                    await command.ExecuteNonQueryAsync(stopping.Token);
                }
                catch (Exception e) when (IsOutage(e) && !stopping.IsCancellationRequested)
                {
                    // The others poll.
                    if (connection is not null)
                        await connection.DisposeAsync();
                    connection = null;
                }

                await PauseAsync(options.NotifyEvery);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The store is being closed.
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    /// <summary>A hint need not survive a crash, so its commit does not wait for the disk.</summary>
    private async Task<NpgsqlConnection> OpenToNotifyAsync()
    {
        var connection = await db.OpenConnectionAsync(stopping.Token);
        await using var command = new NpgsqlCommand("set synchronous_commit = off", connection);
        await command.ExecuteNonQueryAsync(stopping.Token);
        return connection;
    }

    public static bool IsOutage(Exception e) => e switch
    {
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    private async Task PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await notifying;
        if (listening is not null)
            await listening;
        stopping.Dispose();
        toNotify.Dispose();
    }
}
