using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HomeCare.Testing;

/// <summary>Small picture files as cameras and browsers write them, byte by byte; what the picture shows is noise.</summary>
public static class Pictures
{
    /// <summary>A JPEG file.</summary>
    /// <param name="bytes">How long it is to be.</param>
    /// <param name="beside">A segment beside the picture: its marker and content.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static byte[] Jpeg(int bytes = 1000, (byte Marker, byte[] Content)? beside = null, ushort width = 800, ushort height = 600)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (beside is var (marker, content))
        {
            Segment(marker, content);
        }

        Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        var noise = new byte[Math.Max(0, bytes - file.Count - 2)];
        new Random(bytes).NextBytes(noise);
        // In the picture's own data an FF is followed by 00; here there is none.
        file.AddRange(noise.Select(b => b == 0xFF ? (byte)0xFE : b));
        file.AddRange([0xFF, 0xD9]);
        return [.. file];

        void Segment(byte name, byte[] data)
        {
            file.AddRange([0xFF, name, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2)]);
            file.AddRange(data);
        }
    }

    /// <summary>A PNG file with further chunks.</summary>
    public static byte[] Png(uint width = 800, uint height = 600, params (string Name, byte[] Data)[] beside)
    {
        var file = new List<byte> { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A };
        var head = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(head, width);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), height);
        foreach (var (name, data) in (IEnumerable<(string, byte[])>)[("IHDR", head), .. beside, ("IDAT", [1, 2, 3]), ("IEND", [])])
        {
            var length = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)data.Length);
            file.AddRange([.. length, .. System.Text.Encoding.ASCII.GetBytes(name), .. data, 0, 0, 0, 0]);
        }

        return [.. file];
    }

    /// <summary>A WebP file with further chunks.</summary>
    public static byte[] WebP(ushort width = 800, ushort height = 600, params (string Name, byte[] Data)[] beside)
    {
        byte[] picture = [0x30, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 7, 7];
        var chunks = new List<byte>();
        foreach (var (name, data) in (IEnumerable<(string, byte[])>)[("VP8 ", picture), .. beside])
        {
            var length = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)data.Length);
            chunks.AddRange([.. System.Text.Encoding.ASCII.GetBytes(name), .. length, .. data, .. new byte[data.Length & 1]]);
        }

        var whole = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(whole, (uint)(chunks.Count + 4));
        return [.. "RIFF"u8, .. whole, .. "WEBP"u8, .. chunks];
    }

    /// <summary>SHA-256, as records name it.</summary>
    public static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
