using System.Text;
using System.Text.Json;

namespace HomeCare.Interop;

/// <summary>Looks for the first fault of a JSON document and says where it is, before anything of it is used.</summary>
/// <remarks>A name that occurs twice in one object is a fault: readers disagree about which value counts, and a record must not depend on that.
/// FHIR R4 (section 2.6.2) forbids it too.</remarks>
internal static class JsonCheck
{
    /// <summary>Bundles of documents nest deeply; beyond this it is no record.</summary>
    public const int MaxDepth = 128;

    /// <summary>A fault at a byte of the document.</summary>
    public readonly record struct Fault(long Offset, string Key, object[] Arguments);

    /// <summary>The first fault, or null.</summary>
    /// <param name="utf8">One whole document.</param>
    public static Fault? FirstFault(ReadOnlySpan<byte> utf8)
    {
        if (FirstInvalidUtf8(utf8) is { } invalid)
        {
            return new Fault(invalid, "file.not_utf8", []);
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var objects = new Stack<Level>();
        string? property = null;
        var any = false;
        try
        {
            while (reader.Read())
            {
                if (!any)
                {
                    any = true;
                    if (reader.TokenType != JsonTokenType.StartObject)
                    {
                        return new Fault(reader.TokenStartIndex, "file.not_fhir", []);
                    }
                }

                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        objects.Push(new Level(reader.TokenStartIndex, IsResource: objects.Count == 0 || property is "resource" or "contained"));
                        break;
                    case JsonTokenType.EndObject:
                        var closed = objects.Pop();
                        if (closed.IsResource && !closed.HasType)
                        {
                            return new Fault(closed.Start, "file.not_fhir", []);
                        }

                        property = null;
                        break;
                    case JsonTokenType.EndArray:
                        property = null;
                        break;
                    case JsonTokenType.PropertyName:
                        property = reader.GetString()!;
                        if (!objects.Peek().Names.Add(property))
                        {
                            return new Fault(reader.TokenStartIndex, "json.name_twice", [property]);
                        }

                        break;
                    case JsonTokenType.String:
                        if (property == "resourceType")
                        {
                            objects.Peek().HasType = true;
                        }

                        if (reader.ValueIsEscaped)
                        {
                            _ = reader.GetString();
                        }

                        break;
                }
            }
        }
        catch (JsonException broken)
        {
            var offset = OffsetOf(utf8, broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
            return new Fault(offset, offset >= utf8.TrimEnd(" \t\r\n"u8).Length ? "json.ends_early" : "json.broken", []);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text.
            return new Fault(reader.TokenStartIndex, "json.broken", []);
        }

        return any ? null : new Fault(0, "json.ends_early", []);
    }

    /// <summary>Line and column (in characters) of a byte, both from 1.</summary>
    public static (long Line, long Column) PositionOf(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)Math.Min(offset, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private static long OffsetOf(ReadOnlySpan<byte> utf8, long line, long inLine)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            var next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            start += next + 1;
        }

        return Math.Min(start + inLine, utf8.Length);
    }

    private static long? FirstInvalidUtf8(ReadOnlySpan<byte> utf8)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return null;
        }

        for (var at = 0; at < utf8.Length;)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out _, out var taken) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += taken;
        }

        return null;
    }

    private sealed record Level(long Start, bool IsResource)
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool HasType { get; set; }
    }
}
