using System.Buffers.Binary;

namespace HomeCare.Visits;

/// <summary>Looks at a picture's bytes: whether they are what they are said to be, and carry nothing but the picture.</summary>
/// <remarks>Sources: ITU-T T.81 annex B (JPEG), PNG third edition section 5 and 11, the WebP container specification (RFC 9649).</remarks>
public static class PhotoFormat
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The media types that are taken.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "image/jpeg", "image/webp", "image/png" };

    /// <summary>Why a file is not taken: <c>photo.not_an_image</c>, <c>photo.too_large</c> (more pixels than allowed), <c>photo.has_metadata</c> (place,
    /// device or words beside the picture); null when it is.</summary>
    public static string? Refusal(ReadOnlySpan<byte> file, string type) => type switch
    {
        "image/jpeg" => Jpeg(file),
        "image/png" => Png(file),
        "image/webp" => WebP(file),
        _ => "photo.not_an_image",
    };

    private static string? Jpeg(ReadOnlySpan<byte> file)
    {
        if (file is not [0xFF, 0xD8, 0xFF, ..] || file is not [.., 0xFF, 0xD9])
        {
            return "photo.not_an_image";
        }

        string? size = "photo.not_an_image";
        for (var at = 2; at + 4 <= file.Length;)
        {
            var marker = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (file[at] != 0xFF || length < 2 || at + 2 + length > file.Length)
            {
                return "photo.not_an_image";
            }

            var segment = file.Slice(at + 4, length - 2);
            switch (marker)
            {
                // Exif and XMP, IPTC, a comment.
                case 0xE1 or 0xED or 0xFE:
                    return "photo.has_metadata";
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    size = segment.Length < 5 ? "photo.not_an_image"
                        : Size(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]));
                    break;
                case 0xDA:
                    return size;
            }

            at += 2 + length;
        }

        return "photo.not_an_image";
    }

    private static string? Png(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngSignature))
        {
            return "photo.not_an_image";
        }

        string? size = "photo.not_an_image";
        for (var at = PngSignature.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                break;
            }

            var data = file.Slice(at + 8, (int)length);
            var name = file.Slice(at + 4, 4);
            if (name.SequenceEqual("IHDR"u8))
            {
                size = data.Length < 8 ? "photo.not_an_image" : Size(BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            }
            else if (name.SequenceEqual("eXIf"u8) || name.SequenceEqual("tEXt"u8) || name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8) || name.SequenceEqual("tIME"u8))
            {
                return "photo.has_metadata";
            }
            else if (name.SequenceEqual("IEND"u8))
            {
                return size;
            }

            at += 12 + (int)length;
        }

        return "photo.not_an_image";
    }

    private static string? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 20 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8) || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) > file.Length - 8)
        {
            return "photo.not_an_image";
        }

        string? size = "photo.not_an_image";
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8)
            {
                return "photo.not_an_image";
            }

            var data = file.Slice(at + 8, (int)length);
            var name = file.Slice(at, 4);
            if (name.SequenceEqual("EXIF"u8) || name.SequenceEqual("XMP "u8))
            {
                return "photo.has_metadata";
            }

            if (name.SequenceEqual("VP8X"u8) && data.Length >= 10)
            {
                size = Size(1 + Three(data[4..]), 1 + Three(data[7..]));
            }
            else if (name.SequenceEqual("VP8 "u8) && data.Length >= 10)
            {
                size = Size(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFFu);
            }
            else if (name.SequenceEqual("VP8L"u8) && data.Length >= 5)
            {
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                size = Size((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
            }

            at += 8 + (int)length + (int)(length & 1);
        }

        return size;
    }

    private static uint Three(ReadOnlySpan<byte> bytes) => bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);

    private static string? Size(uint width, uint height) =>
        width == 0 || height == 0 ? "photo.not_an_image" : width > WoundPhoto.WidestSide || height > WoundPhoto.WidestSide ? "photo.too_large" : null;
}
