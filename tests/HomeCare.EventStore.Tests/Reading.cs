namespace HomeCare.EventStore.Tests;

/// <summary>A subscriber that writes down what it is given. When its tail fails, so does the test.</summary>
internal sealed class Reading : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<StoredEvent> events = [];
    private readonly Lock gate = new();
    private readonly Task reading;

    /// <param name="restarts">when given, the tail is left after as many pages and taken up again from the last event seen</param>
    public Reading(EventStore store, long afterSequence = 0, Func<int>? restarts = null) =>
        reading = Task.Run(() => ReadAsync(store, afterSequence, restarts));

    public IReadOnlyList<StoredEvent> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public IEnumerable<long> Sequences => Events.Select(e => e.Sequence);

    /// <summary>Waits until the subscriber has seen a sequence, at most twenty seconds.</summary>
    public async Task ReachesAsync(long sequence)
    {
        for (var i = 0; i < 4000; i++)
        {
            lock (gate)
            {
                if (sequence == 0 || events.Count > 0 && events[^1].Sequence >= sequence)
                    return;
            }

            if (reading.IsCompleted)
                await reading;
            await Task.Delay(5);
        }

        throw new TimeoutException($"The subscriber did not reach {sequence}: it is at {(Events.Count == 0 ? 0 : Events[^1].Sequence)}.");
    }

    private async Task ReadAsync(EventStore store, long afterSequence, Func<int>? restarts)
    {
        var cursor = afterSequence;
        while (true)
        {
            var pagesLeft = restarts?.Invoke() ?? int.MaxValue;
            await foreach (var page in store.Tail.ReadAsync(cursor, stopping.Token))
            {
                lock (gate)
                    events.AddRange(page);
                cursor = page[^1].Sequence;
                if (--pagesLeft <= 0)
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // Its only way to end.
        }

        stopping.Dispose();
    }
}
