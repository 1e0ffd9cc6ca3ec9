namespace HomeCare.EventStore.Tests.Kills;

/// <summary>What a run left behind: what was sent, what was answered, what subscribers were given, and what the database holds.</summary>
/// <param name="Writers">each writer's own lines, in the order in which it wrote them down</param>
/// <param name="Log">the events in order of sequence</param>
/// <param name="Subscribers">by name, what each was given, over all its lives, in order</param>
internal sealed record History(
    IReadOnlyList<IReadOnlyList<WriterLine>> Writers, IReadOnlyList<LogEvent> Log, IReadOnlyDictionary<string, IReadOnlyList<LogEvent>> Subscribers);

internal readonly record struct LogEvent(long Sequence, string Stream, long Version, Guid Command, DateTimeOffset RecordedAt);

internal enum Said
{
    /// <summary>Written down before the command is given; again, under the same id, when it was not answered.</summary>
    Sent,

    /// <summary>The store answered with a receipt: written now or before.</summary>
    Acknowledged,

    /// <summary>The store answered that nothing was written.</summary>
    Refused,
}

/// <param name="Stream">of <see cref="Said.Sent"/>: the first stream</param>
/// <param name="Second">of <see cref="Said.Sent"/>: another stream of the same command, or null</param>
/// <param name="Expected">of <see cref="Said.Sent"/>: the version that the first stream must be at, or null</param>
/// <param name="Sequence">of <see cref="Said.Acknowledged"/>, as are version and moment</param>
internal sealed record WriterLine(
    Said Said, Guid Command, string? Stream = null, string? Second = null, long? Expected = null, long Sequence = 0, long Version = 0, DateTimeOffset RecordedAt = default)
{
    public int Events => Second is null ? 1 : 2;
}
