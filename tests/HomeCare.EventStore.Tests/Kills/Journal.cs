using System.Text;
using System.Text.Json;

namespace HomeCare.EventStore.Tests.Kills;

/// <summary>
/// A file of lines that outlives a killed process: each call hands its lines to the operating system before it returns. What
/// the kill cut short is not a line.
/// </summary>
internal sealed class Journal<T> : IDisposable
{
    private readonly FileStream file;

    public Journal(string path)
    {
        file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        file.SetLength(bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        file.Seek(0, SeekOrigin.End);
    }

    public void Write(params IEnumerable<T> lines)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(bytes, line);
            bytes.WriteByte((byte)'\n');
        }

        file.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public static IReadOnlyList<T> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<T>(l)!)];
    }

    public void Dispose() => file.Dispose();
}
