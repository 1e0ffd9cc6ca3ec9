namespace HomeCare.Testing;

/// <summary>Where the sources of this build lie.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>HomeCare.sln</c>, found upwards from the running assembly.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside a checkout.</exception>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file or folder given relative to <see cref="Root"/>.</summary>
    public static string Path(params ReadOnlySpan<string> parts) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, .. parts]));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "HomeCare.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds HomeCare.sln.");
    }
}
