using System.Collections.Frozen;

namespace HomeCare.EventStore;

/// <summary>What the writer expects of a stream at the moment of writing.</summary>
public enum Expect
{
    Any,

    /// <summary>The stream must not exist.</summary>
    New,

    /// <summary>The stream's last version must be the one given; 0 is a stream that does not exist.</summary>
    Version,
}

public readonly record struct ExpectedVersion(Expect Kind, long Value)
{
    public static ExpectedVersion Any => new(Expect.Any, 0);

    public static ExpectedVersion New => new(Expect.New, 0);

    public static ExpectedVersion Exactly(long version) => new(Expect.Version, version);

    internal bool Admits(long actual) => Kind switch
    {
        Expect.Any => true,
        Expect.New => actual == 0,
        Expect.Version => actual == Value,
        _ => throw new InvalidOperationException($"No such expectation: {Kind}."),
    };
}

/// <summary>
/// Events for the end of one stream. Without events, a stream append after the first one only guards: the whole append is
/// refused unless that stream is at the expected version.
/// </summary>
/// <param name="StreamType">the alias of the aggregate, kept with the stream; may be null</param>
public sealed record StreamAppend(string StreamId, string? StreamType, ExpectedVersion Expected, IReadOnlyList<object> Events);

/// <summary>What makes a command the same command when it comes again.</summary>
/// <param name="Id">made by the client</param>
/// <param name="Person">who gave the command; the same id from another person is refused</param>
/// <param name="Fingerprint">SHA-256 of the command's name and canonical body</param>
public sealed record CommandKey(Guid Id, string Person, byte[] Fingerprint)
{
    internal bool IsOf(string person, ReadOnlySpan<byte> fingerprint) =>
        string.Equals(Person, person, StringComparison.Ordinal) && fingerprint.SequenceEqual(Fingerprint);
}

/// <summary>Everything one command writes: all of it in one transaction, or none.</summary>
public sealed record Append(string TenantId, IReadOnlyList<StreamAppend> Streams)
{
    public CommandKey? Command { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    public string? UserName { get; init; }

    public string? CorrelationId { get; init; }

    public string? CausationId { get; init; }

    /// <summary>Null: the store's clock at the moment of writing. Given for history that was recorded elsewhere.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>For a command that changes nothing (no streams): its id is remembered with this receipt.</summary>
    public Receipt? Found { get; init; }
}

/// <summary>What the writer gets back: of the last event of the first stream of an append.</summary>
public readonly record struct Receipt(long Sequence, long Version, DateTimeOffset RecordedAt);

public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Committed. No events when the append only remembered a command id.</summary>
    public sealed record Appended(Receipt Receipt, IReadOnlyList<StoredEvent> Events) : AppendResult;

    /// <summary>The same command id, person and fingerprint came before: nothing was written, this is what it gave.</summary>
    public sealed record Repeated(Receipt Receipt) : AppendResult;

    /// <summary>The command id was used before by another person or for another body: nothing was written.</summary>
    public sealed record CommandReused : AppendResult;

    /// <summary>A stream is not at the expected version: nothing was written.</summary>
    public sealed record Conflict(string StreamId, long Actual) : AppendResult;

    /// <summary>A stream that was to get events is archived: nothing was written.</summary>
    public sealed record StreamArchived(string StreamId) : AppendResult;
}
