using Xunit;

namespace HomeCare.Testing;

/// <summary>Test material that others wrote and that lies beside the repository, in <c>../shared/testdata</c>.</summary>
public static class SharedTestData
{
    /// <summary>
    /// The absolute path of a file or folder of that material. Where it is absent, the calling test is skipped with a message.
    /// </summary>
    public static string Path(params ReadOnlySpan<string> parts)
    {
        var path = System.IO.Path.Combine([Repository.Path("..", "shared", "testdata"), .. parts]);
        Assert.SkipUnless(
            File.Exists(path) || Directory.Exists(path),
            $"This test reads ../shared/testdata/{string.Join('/', parts.ToArray())}, which does not lie beside this checkout.");
        return path;
    }
}
