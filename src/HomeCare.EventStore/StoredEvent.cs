namespace HomeCare.EventStore;

/// <summary>An event as it lies in the log.</summary>
/// <param name="Sequence">the place in the log of all tenants; the order of sequences is the order of commits; holes are normal</param>
/// <param name="Version">the place in its stream, from 1, without holes</param>
/// <param name="Type">the alias of <see cref="EventTypes"/>; of an upcast event what it is read as</param>
/// <param name="Data">the event itself, or an <see cref="UnknownEvent"/></param>
/// <param name="RecordedAt">UTC, in whole microseconds, by the store's clock; not the time of what happened to the patient</param>
public sealed record StoredEvent(
    long Sequence,
    Guid Id,
    string TenantId,
    string StreamId,
    long Version,
    string Type,
    object Data,
    DateTimeOffset RecordedAt,
    IReadOnlyDictionary<string, string> Headers,
    string? UserName,
    string? CorrelationId,
    string? CausationId,
    bool IsArchived);

/// <summary>The events of one stream that were asked for, in the order of their versions.</summary>
public sealed record EventStream(string StreamId, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The version of the last event read; 0 when there is none.</summary>
    public long Version => Events.Count == 0 ? 0 : Events[^1].Version;

    /// <summary>What a decision on this stream wants written: refused when the stream has gone on meanwhile.</summary>
    /// <param name="streamType">the alias of the aggregate; may be null</param>
    public StreamAppend Then(string? streamType, IReadOnlyList<object> events) =>
        new(StreamId, streamType, Version == 0 ? ExpectedVersion.New : ExpectedVersion.Exactly(Version), events);

    /// <summary>Of the last event read; null when there is none.</summary>
    public Receipt? Last => Events.Count == 0 ? null : new(Events[^1].Sequence, Events[^1].Version, Events[^1].RecordedAt);
}
