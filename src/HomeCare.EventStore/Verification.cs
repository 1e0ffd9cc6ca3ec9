namespace HomeCare.EventStore;

/// <summary>What was done to the log at the place where it first does not hold.</summary>
public enum Break
{
    /// <summary>The event does not say what it said when it was written.</summary>
    Changed,

    /// <summary>An event that was there is gone; others of its stream or the log come after it.</summary>
    Deleted,

    /// <summary>The event stands where another stood.</summary>
    Reordered,

    /// <summary>An event that the store did not write there.</summary>
    Inserted,

    /// <summary>The end of the log, or of a stream, is gone.</summary>
    Truncated,

    /// <summary>An event without a seal: another program appended it.</summary>
    Unsealed,

    /// <summary>An event, or a stream, is hidden as archived and was not archived by the store, or the other way round.</summary>
    Archived,
}

/// <summary>A place where the log does not hold.</summary>
/// <param name="Sequence">of the event; of one that is gone, of the event before it (0: it was the first)</param>
/// <param name="StreamId">null: not to be told any more</param>
/// <param name="Version">in its stream; null: not to be told any more</param>
/// <param name="Sentence">what was found, in English, for an operator</param>
public sealed record BrokenPlace(Break Kind, long Sequence, string? StreamId, long? Version, string Sentence);

/// <summary>What verifying one tenant's log found.</summary>
/// <param name="Sealed">how many events the chain was followed over, up to its first broken place</param>
/// <param name="Unsealed">how many events have no seal</param>
/// <param name="Head">the chain's end as the database keeps it; null: the tenant has none</param>
/// <param name="Broken">the first broken place of the chain, then of what lies beside it; empty: the log holds</param>
public sealed record Verification(string TenantId, long Sealed, long Unsealed, LogHead? Head, IReadOnlyList<BrokenPlace> Broken)
{
    public bool Holds => Broken.Count == 0;
}

/// <summary>
/// The end of a tenant's log at some time. Kept outside the database, it proves later that nothing up to it was changed: the
/// hash follows from every event before it.
/// </summary>
/// <param name="Sequence">of the last event</param>
/// <param name="Count">how many events the chain holds</param>
/// <param name="Hash">SHA-256, hexadecimal</param>
public sealed record LogHead(string Tenant, long Sequence, long Count, string Hash, DateTimeOffset Time);
