using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HomeCare.EventStore;

/// <summary>An append on its way: checked and serialised on the caller's own thread, then answered by the appender.</summary>
internal sealed class Pending
{
    private static readonly JsonSerializerOptions HeaderJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TaskCompletionSource<AppendResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly long arrived = Stopwatch.GetTimestamp();

    private Pending(Append append, IReadOnlyList<PendingStream> streams, byte[]? headers)
    {
        Append = append;
        Streams = streams;
        Headers = headers;
        HeadersHash = headers is null ? null : CanonicalJson.Hash(headers);
        EventCount = streams.Sum(s => s.Events.Count);
        Bytes = streams.Sum(s => s.Events.Sum(e => (long)e.Body.Length));
    }

    public Append Append { get; }

    public IReadOnlyList<PendingStream> Streams { get; }

    public byte[]? Headers { get; }

    public byte[]? HeadersHash { get; }

    public int EventCount { get; }

    public long Bytes { get; }

    public Task<AppendResult> Answer => answer.Task;

    /// <summary>The trace it came with.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public void Complete(AppendResult result)
    {
        Telemetry.Answered(
            result switch
            {
                AppendResult.Appended => "appended",
                AppendResult.Repeated => "repeated",
                AppendResult.CommandReused => "command_reused",
                AppendResult.StreamArchived => "stream_archived",
                _ => "conflict",
            },
            Stopwatch.GetElapsedTime(arrived));
        answer.TrySetResult(result);
    }

    public void Fail(Exception exception)
    {
        Telemetry.Answered(exception is StoreUnavailable ? "unavailable" : "failed", Stopwatch.GetElapsedTime(arrived));
        answer.TrySetException(exception);
    }

    /// <exception cref="ArgumentException">the append asks for nothing, or for an event that is not mapped</exception>
    /// <exception cref="InvalidEventBody">something in it cannot be stored</exception>
    public static Pending Of(Append append, EventTypes types, EventStoreOptions options)
    {
        if (append.Streams.Count == 0 && (append.Command is null || append.Found is null))
            throw new ArgumentException("An append without streams needs a command id and the receipt it found.", nameof(append));
        if (append.Streams.Count > 0 && append.Streams[0].Events.Count == 0)
            throw new ArgumentException("The first stream of an append needs events.", nameof(append));
        StorableText.Check(append.TenantId, "tenant");
        StorableText.Check(append.UserName, "user name");
        StorableText.Check(append.CorrelationId, "correlation id");
        StorableText.Check(append.CausationId, "causation id");
        StorableText.Check(append.Command?.Person, "person");
        foreach (var (name, value) in append.Headers)
        {
            StorableText.Check(name, "header name");
            StorableText.Check(value, "header");
        }

        var streams = new List<PendingStream>(append.Streams.Count);
        foreach (var stream in append.Streams)
        {
            ArgumentException.ThrowIfNullOrEmpty(stream.StreamId, nameof(append));
            StorableText.Check(stream.StreamId, "stream id");
            StorableText.Check(stream.StreamType, "stream type");
            if (stream.Events.Count == 0 && stream.Expected.Kind == Expect.Any)
                throw new ArgumentException($"The stream '{stream.StreamId}' is given neither events nor an expectation.", nameof(append));
            if (stream.Events.SkipLast(1).Any(e => e is Archived))
                throw new ArgumentException($"The stream '{stream.StreamId}' is given events after it was archived.", nameof(append));
            streams.Add(new(stream, [.. stream.Events.Select(e => Serialise(e, types, options))]));
        }

        return new(append, streams, append.Headers.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(append.Headers, HeaderJson));
    }

    private static PendingEvent Serialise(object e, EventTypes types, EventStoreOptions options)
    {
        var type = e.GetType();
        var alias = types.AliasOf(type);
        byte[] body;
        try
        {
            body = JsonSerializer.SerializeToUtf8Bytes(e, type, types.Json);
        }
        catch (Exception inner) when (inner is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidEventBody($"The event '{alias}' cannot be written as JSON: {inner.Message}", inner);
        }

        if (body.Length > options.LongestBody)
            throw new InvalidEventBody($"The event '{alias}' is {body.Length} bytes long; at most {options.LongestBody} can be stored.");
        if (HoldsNul(body))
            throw new InvalidEventBody($"The event '{alias}' holds the character U+0000, which PostgreSQL cannot store.");
        try
        {
            return new(e, alias, types.DotnetTypeOf(type), body, CanonicalJson.Hash(body));
        }
        catch (Exception inner) when (inner is JsonException or InvalidOperationException)
        {
            throw new InvalidEventBody($"The event '{alias}' cannot be stored as JSON: {inner.Message}", inner);
        }
    }

    /// <summary>Whether JSON holds the escape of U+0000 (an even number of backslashes before it would make it plain text).</summary>
    private static bool HoldsNul(ReadOnlySpan<byte> json)
    {
        var from = 0;
        while (json[from..].IndexOf("\\u0000"u8) is var found and >= 0)
        {
            var at = from + found;
            var backslashes = 0;
            while (at - backslashes > 0 && json[at - backslashes - 1] == (byte)'\\')
                backslashes++;
            if (backslashes % 2 == 0)
                return true;
            from = at + 1;
        }

        return false;
    }
}

internal sealed record PendingStream(StreamAppend Asked, IReadOnlyList<PendingEvent> Events);

internal sealed record PendingEvent(object Data, string Alias, string DotnetType, byte[] Body, byte[] BodyHash);
