using System.Text;

namespace HomeCare.Interop;

/// <summary>One JSON document of a file: all of it, or a line of NDJSON.</summary>
/// <param name="Utf8">Its bytes; they last until the next document is asked for.</param>
/// <param name="LinesBefore">Lines of the file that stand before it.</param>
internal readonly record struct FhirDocument(ReadOnlyMemory<byte> Utf8, long LinesBefore);

/// <summary>Takes a file apart into JSON documents, in memory for one document at a time.</summary>
/// <remarks>A file is NDJSON when its name ends in .ndjson or .jsonl, or when its first line is a JSON object and more follows.</remarks>
internal static class FhirDocuments
{
    /// <summary>The longest document, in bytes; NDJSON files may be of any length.</summary>
    public const int LongestDocument = 100 << 20;

    /// <exception cref="FileRefused">The file cannot be read, or a document is too long.</exception>
    public static IEnumerable<FhirDocument> Read(ImportFile file)
    {
        var lines = file.Name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            || LooksLikeLines(file);
        if (!lines)
        {
            using var stream = Open(file);
            using var whole = new MemoryStream();
            CopyAtMost(stream, whole, file);
            yield return new FhirDocument(whole.GetBuffer().AsMemory(0, (int)whole.Length), 0);
            yield break;
        }

        using var open = Open(file);
        foreach (var line in Lines(open, file))
        {
            if (!line.Utf8.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return line;
            }
        }
    }

    private static bool LooksLikeLines(ImportFile file)
    {
        using var stream = Open(file);
        var first = true;
        foreach (var line in Lines(stream, file))
        {
            if (line.Utf8.Span.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            if (!first)
            {
                return true;
            }

            if (JsonCheck.FirstFault(line.Utf8.Span) is not null)
            {
                return false;
            }

            first = false;
        }

        return false;
    }

    private static IEnumerable<FhirDocument> Lines(Stream stream, ImportFile file)
    {
        var buffer = new byte[1 << 16];
        int start = 0, end = 0, scanned = 0;
        long line = 0;
        for (var atEnd = false; ;)
        {
            var found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var length = scanned + found - start;
                yield return new FhirDocument(buffer.AsMemory(start, length), line++);
                start = scanned = start + length + 1;
                continue;
            }

            scanned = end;
            if (atEnd)
            {
                if (end > start)
                {
                    yield return new FhirDocument(buffer.AsMemory(start, end - start), line);
                }

                yield break;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end, scanned) = (0, end - start, end - start);
            }

            if (end == buffer.Length)
            {
                if (buffer.Length >= LongestDocument)
                {
                    throw TooLong(file, line);
                }

                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, LongestDocument));
            }

            var read = Guarded(file, () => stream.Read(buffer, end, buffer.Length - end));
            atEnd = read == 0;
            end += read;
        }
    }

    private static void CopyAtMost(Stream from, MemoryStream to, ImportFile file)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = Guarded(file, () => from.Read(buffer))) > 0)
        {
            if (to.Length + read > LongestDocument)
            {
                throw TooLong(file, null);
            }

            to.Write(buffer, 0, read);
        }
    }

    /// <summary>Opens the file after its byte order mark; UTF-16 with a mark is read as UTF-8.</summary>
    private static Stream Open(ImportFile file) => Guarded(file, () =>
    {
        var stream = file.Open();
        Span<byte> mark = stackalloc byte[3];
        var read = stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false);
        var (skip, encoding) = mark[..read] switch
        {
            [0xEF, 0xBB, 0xBF] => (3, null),
            [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
            [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
            _ => (0, (Encoding?)null),
        };
        stream.Position = skip;
        return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(false));
    });

    private static T Guarded<T>(ImportFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileRefused(new FileFault(file.Name, null, null, "file.missing"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FileRefused(new FileFault(file.Name, null, null, "file.unreadable"));
        }
    }

    private static FileRefused TooLong(ImportFile file, long? line) =>
        new(new FileFault(file.Name, line + 1, line is null ? null : 1, "file.too_long", LongestDocument >> 20));
}
