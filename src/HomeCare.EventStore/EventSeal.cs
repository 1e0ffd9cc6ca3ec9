using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HomeCare.EventStore;

/// <summary>What an event's hash covers: every column that says something, but for whether it is archived.</summary>
internal readonly record struct SealedFields(
    string TenantId, long Sequence, Guid Id, string? StreamId, long Version, string Type, DateTimeOffset RecordedAt, string? DotnetType,
    string? CorrelationId, string? CausationId, string? UserName, byte[]? HeadersHash, byte[] BodyHash);

/// <summary>Where a tenant's chain ends: at its <c>Place</c>th event.</summary>
internal readonly record struct ChainHead(long Place, long Sequence, byte[] Hash)
{
    public static ChainHead None => new(0, 0, EventSeal.Nothing);
}

/// <summary>
/// The two hashes of an event (SHA-256): <c>hc_hash</c> of all that it says and of the event before it in its stream, and
/// <c>hc_log_hash</c> of that and of the event before it in the tenant's log.
/// </summary>
internal static class EventSeal
{
    /// <summary>Before the first.</summary>
    public static readonly byte[] Nothing = new byte[32];

    /// <param name="before">the hash of the stream's event before this one</param>
    public static byte[] HashOf(in SealedFields e, ReadOnlySpan<byte> before)
    {
        // Every text has its length before it, so that no two events give the same bytes.
        var longest = 256 + Longest(e.TenantId) + Longest(e.StreamId) + Longest(e.Type) + Longest(e.DotnetType) + Longest(e.CorrelationId)
            + Longest(e.CausationId) + Longest(e.UserName);
        Span<byte> bytes = longest <= 4096 ? stackalloc byte[4096] : new byte[longest];
        var rest = bytes;
        Put(ref rest, "homecare.event.1"u8);
        Put(ref rest, e.Sequence);
        Put(ref rest, e.Version);
        Put(ref rest, (e.RecordedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        e.Id.TryWriteBytes(rest, bigEndian: true, out var written);
        rest = rest[written..];
        Put(ref rest, e.TenantId);
        Put(ref rest, e.StreamId);
        Put(ref rest, e.Type);
        Put(ref rest, e.DotnetType);
        Put(ref rest, e.CorrelationId);
        Put(ref rest, e.CausationId);
        Put(ref rest, e.UserName);
        Put(ref rest, e.HeadersHash ?? Nothing);
        Put(ref rest, e.BodyHash);
        Put(ref rest, before);
        return SHA256.HashData(bytes[..^rest.Length]);
    }

    /// <param name="before">the log hash of the tenant's event before this one</param>
    public static byte[] Link(ReadOnlySpan<byte> before, ReadOnlySpan<byte> hash)
    {
        Span<byte> both = stackalloc byte[64];
        before.CopyTo(both);
        hash.CopyTo(both[32..]);
        return SHA256.HashData(both);
    }

    private static int Longest(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length);

    private static void Put(ref Span<byte> rest, string? text)
    {
        var written = text is null ? -1 : Encoding.UTF8.GetBytes(text, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest, written);
        rest = rest[(sizeof(int) + Math.Max(0, written))..];
    }

    private static void Put(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, value);
        rest = rest[sizeof(long)..];
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> value)
    {
        value.CopyTo(rest);
        rest = rest[value.Length..];
    }
}
