using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// Reads together what is asked at the same time: whatever has arrived while the last group was being read is read in one
/// round trip. An ask that comes alone is read at once, alone. Each ask is answered from a read that began after it was asked.
/// </summary>
/// <param name="read">answers of a group, one an ask and in its order</param>
public sealed class GatheredReads<TAsk, TAnswer>(Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> read)
{
    /// <summary>Groups read at the same time: while one is on its way, the next is put together and sent.</summary>
    private const int Lanes = 2;

    private const int LargestGroup = 256;

    private readonly Queue<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> waiting = new();
    private int lanes;

    /// <summary>What is asked; a cancelled wait does not disturb the others of the group.</summary>
    public Task<TAnswer> AskAsync(TAsk ask, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue((ask, answer));
            if (lanes < Lanes)
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
        while (true)
        {
            group.Clear();
            lock (waiting)
            {
                while (group.Count < LargestGroup && waiting.TryDequeue(out var next))
                    group.Add(next);
                if (group.Count == 0)
                {
                    lanes--;
                    return;
                }
            }

            await ReadAsync(group);
        }
    }

    private async Task ReadAsync(List<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> group)
    {
        try
        {
            var answers = await read([.. group.Select(g => g.Ask)]);
            for (var i = 0; i < group.Count; i++)
                group[i].Answer.SetResult(answers[i]);
        }
        catch (Exception fault) when (group.Count == 1 || fault is NpgsqlException and not PostgresException)
        {
            // Alone, or the database is away, for all of them alike.
            foreach (var (_, answer) in group)
                answer.TrySetException(fault);
        }
        catch (Exception)
        {
            // One of them is at fault: the others must not suffer.
            foreach (var one in group)
                await ReadAsync([one]);
        }
    }
}
