namespace HomeCare.EventStore;

public sealed record EventStoreOptions
{
    /// <summary>How many commands share a transaction at most.</summary>
    public int LargestBatch { get; init; } = 256;

    /// <summary>How many bytes of bodies share a transaction at most (one larger append still goes alone).</summary>
    public long LargestBatchBytes { get; init; } = 8 << 20;

    /// <summary>How many commands may wait to be written.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>How long a writer waits for a place in a full queue before <see cref="StoreBusy"/>.</summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the store keeps trying to reach a database that went away before <see cref="StoreUnavailable"/>.</summary>
    public TimeSpan OutageWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a node may be silent while it holds the append lock before PostgreSQL takes the lock from it.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one event's JSON at most.</summary>
    public int LongestBody { get; init; } = 4 << 20;

    /// <summary>How often a tail looks by itself, whether or not it was woken.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time between two notifications to other nodes.</summary>
    public TimeSpan NotifyEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many events a tail hands out at once at most.</summary>
    public int TailPage { get; init; } = 500;

    /// <summary>How long writers wait at most for a reader of the old tables when a rebuilt view is put in their place; then it is tried again.</summary>
    public TimeSpan SwapWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many events a rebuild projects at a time.</summary>
    public int RebuildPage { get; init; } = 2000;
}
