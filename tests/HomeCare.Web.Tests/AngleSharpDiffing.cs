using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HomeCare.Web.Tests;

/// <summary>
/// bUnit asks for a newer assembly version of AngleSharp.Diffing than the registry copies serve. The runtime refuses a lower
/// version by itself, so the copy beside the tests is handed to it by hand.
/// </summary>
internal static class AngleSharpDiffing
{
    [ModuleInitializer]
    internal static void Resolve() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name == "AngleSharp.Diffing"
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
                : null;
}
