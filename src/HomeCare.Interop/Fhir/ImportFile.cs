namespace HomeCare.Interop;

/// <summary>A file to import; it is opened several times, because what refers to something may stand before it.</summary>
/// <param name="Name">As shown in the report.</param>
/// <param name="Open">Opens it anew, at its beginning.</param>
public sealed record ImportFile(string Name, Func<Stream> Open)
{
    /// <summary>A file on disk.</summary>
    public static ImportFile At(string path) =>
        new(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan));
}

/// <summary>Why a file was refused whole.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Line of the fault, from 1; null when it is about the whole file.</param>
/// <param name="Column">Column of the fault in characters, from 1.</param>
/// <param name="Key">What is wrong, as a key of <see cref="ImportWords"/>.</param>
/// <param name="Arguments">What the sentence needs.</param>
public sealed record FileFault(string File, long? Line, long? Column, string Key, params IReadOnlyList<object> Arguments);

/// <summary>A file that cannot be read, or not read again.</summary>
public sealed class FileRefused(FileFault fault) : Exception(fault.Key)
{
    /// <summary>Why.</summary>
    public FileFault Fault { get; } = fault;
}
