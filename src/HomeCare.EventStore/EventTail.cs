using System.Runtime.CompilerServices;

namespace HomeCare.EventStore;

/// <summary>
/// The ordered tail of the whole log, of all tenants. Nothing is ever stepped over: sequence numbers are drawn under the lock
/// that commits hold, so what is read after a sequence is all there will ever be up to the last one read.
/// </summary>
public sealed class EventTail
{
    private readonly EventStore store;
    private readonly Wakeups wakeups;
    private readonly EventStoreOptions options;

    internal EventTail(EventStore store, Wakeups wakeups, EventStoreOptions options)
    {
        this.store = store;
        this.wakeups = wakeups;
        this.options = options;
    }

    /// <summary>
    /// Everything after a sequence, then everything that follows, in order, each event once; never an empty page. The
    /// reader sets the pace. A database that goes away makes it wait, not end.
    /// </summary>
    /// <exception cref="OperationCanceledException">the only way it ends by itself</exception>
    /// <exception cref="UnreadableEvent">a body does not fit its class</exception>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken ct)
    {
        wakeups.Listen();
        var cursor = afterSequence;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var hinted = wakeups.Head;
            IReadOnlyList<StoredEvent> events;
            try
            {
                events = await store.ReadAllAsync(cursor, options.TailPage, tenantId: null, includeArchived: true, ct);
            }
            catch (Exception e) when (Wakeups.IsOutage(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
                continue;
            }

            if (events.Count > 0)
            {
                cursor = events[^1].Sequence;
                Telemetry.Tailed(wakeups.Head - cursor);
                yield return events;
                continue;
            }

            await wakeups.WaitAsync(Math.Max(cursor, hinted), ct);
        }
    }
}
