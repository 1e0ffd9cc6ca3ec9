using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// Reads together what is asked at the same time: whatever has arrived while the last group was being read is read in one
/// round trip. An ask that comes alone is read at once, alone. Each ask is answered from a read that began after it was asked.
/// </summary>
/// <param name="read">
/// Answers of a group, one an ask and in its order. The connection plans each statement once for all groups, by index, not anew for each:
/// planning would cost more than reading.
/// </param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose.")]
public sealed class GatheredReads<TAsk, TAnswer>(NpgsqlDataSource database, Func<NpgsqlConnection, IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> read)
{
    private const string OnePlan =
        "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off";

    /// <summary>Groups read at the same time: while one is on its way, the next is put together and sent.</summary>
    private const int Lanes = 2;

    private const int LargestGroup = 256;

    /// <summary>How long a lane keeps its connection when nothing is asked.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    private readonly Queue<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> waiting = new();
    private readonly SemaphoreSlim wake = new(0);
    private int lanes;
    private int idle;

    /// <summary>What is asked; a cancelled wait does not disturb the others of the group.</summary>
    public Task<TAnswer> AskAsync(TAsk ask, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue((ask, answer));
            if (idle > 0)
            {
                idle--;
                wake.Release();
            }
            else if (lanes < Lanes)
            {
                lanes++;
                // A group is nobody's own: it must not run under the trace or the culture of whoever came first.
                using var flow = ExecutionContext.SuppressFlow();
                _ = Task.Run(ReadAllAsync, CancellationToken.None);
            }
        }

        return answer.Task.WaitAsync(ct);
    }

    private async Task ReadAllAsync()
    {
        var group = new List<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)>();
        NpgsqlConnection? connection = null;
        while (true)
        {
            group.Clear();
            lock (waiting)
            {
                while (group.Count < LargestGroup && waiting.TryDequeue(out var next))
                    group.Add(next);
                if (group.Count == 0)
                    idle++;
            }

            if (group.Count > 0)
                connection = await ReadAsync(group, connection);
            else if (!await wake.WaitAsync(Linger))
            {
                if (HasEnded())
                    break;
                await wake.WaitAsync();
            }
        }

        if (connection is not null)
            await connection.DisposeAsync();
    }

    private bool HasEnded()
    {
        lock (waiting)
        {
            if (idle == 0)
                return false; // woken at the last moment
            idle--;
            lanes--;
            return true;
        }
    }

    /// <returns>the connection to go on with, if it is still good</returns>
    private async Task<NpgsqlConnection?> ReadAsync(List<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> group, NpgsqlConnection? connection)
    {
        var isFresh = connection is null;
        try
        {
            connection ??= await OpenAsync();
            var answers = await read(connection, [.. group.Select(g => g.Ask)]);
            for (var i = 0; i < group.Count; i++)
                group[i].Answer.SetResult(answers[i]);
            return connection;
        }
        catch (Exception fault)
        {
            if (connection is not null)
                await connection.DisposeAsync();

            // It may have been lost while it waited for asks.
            if (!isFresh)
                return await ReadAsync(group, null);
            if (group.Count == 1 || fault is NpgsqlException and not PostgresException)
            {
                // Alone, or the database is away, for all of them alike.
                foreach (var (_, answer) in group)
                    answer.TrySetException(fault);
                return null;
            }
        }

        // One of them is at fault: the others must not suffer.
        NpgsqlConnection? next = null;
        foreach (var one in group)
            next = await ReadAsync([one], next);
        return next;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await database.OpenConnectionAsync();
        try
        {
            await using var command = new NpgsqlCommand(OnePlan, connection);
            await command.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
