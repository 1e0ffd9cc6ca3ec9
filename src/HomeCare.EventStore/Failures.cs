namespace HomeCare.EventStore;

/// <summary>An event, id or header that PostgreSQL cannot hold (U+0000, NaN, too long). Nothing was queued or written.</summary>
public sealed class InvalidEventBody(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More is being written than the store keeps up with. Nothing was queued; try again a little later.</summary>
public sealed class StoreBusy(Exception? inner = null)
    : Exception("The event store has more to write than it keeps up with; nothing was queued.", inner);

/// <summary>The database could not be reached for as long as the store waits.</summary>
/// <param name="outcomeUnknown">
/// true: the connection broke while committing and could not be asked since; the same command id may be sent again safely
/// </param>
public sealed class StoreUnavailable(bool outcomeUnknown, Exception inner)
    : Exception(outcomeUnknown ? "The database went away while committing." : "The database cannot be reached.", inner)
{
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}

/// <summary>A view threw, or gave a value that cannot be stored. The append (or the rebuild) it belongs to was not written.</summary>
public sealed class ViewFailed(string view, long sequence, Exception inner)
    : Exception($"The view '{view}' failed at event {sequence}: {inner.Message}", inner)
{
    public string View { get; } = view;

    public long Sequence { get; } = sequence;
}

/// <summary>A stored body does not fit the class its name is mapped to.</summary>
public sealed class UnreadableEvent(long sequence, string alias, Exception inner)
    : Exception($"Event {sequence} ('{alias}') cannot be read: {inner.Message}", inner)
{
    public long Sequence { get; } = sequence;

    public string Alias { get; } = alias;
}
