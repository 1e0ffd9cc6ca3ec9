using System.Security.Cryptography;
using System.Text;

namespace HomeCare;

/// <summary>Identifiers that come out the same for the same words.</summary>
public static class Ids
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) from the SHA-256 of the parts, so that two machines name the same thing alike.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
