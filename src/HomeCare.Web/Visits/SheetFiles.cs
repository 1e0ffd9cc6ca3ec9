using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HomeCare.Web.Words;
using Microsoft.Extensions.FileProviders;

namespace HomeCare.Web.Visits;

/// <summary>What the visit sheet is made of, and the service worker that keeps it on the device: one version, taken whole or not at all.</summary>
public sealed class SheetFiles(IWebHostEnvironment environment, SheetLanguage language)
{
    /// <summary>The page without anybody's data.</summary>
    public const string Shell = "/visit-shell";

    /// <summary>The header with which a sheet says by which number it speaks (api.js).</summary>
    public const string SpokenHeader = "Sheet";

    /// <summary>The oldest number that is still understood. Raise it when commands change so that an old sheet would say something else than
    /// it means; one that is kept on a device then keeps what was written until it has been opened anew.</summary>
    public const int Spoken = 1;

    private const string Modules = "js/visit";
    private const string Worker = "worker.js";

    /// <summary>Styles of the sheet, in order.</summary>
    public static IReadOnlyList<string> Styles { get; } =
    [
        "/fonts/biz-udpgothic/400.css", "/fonts/biz-udpgothic/700.css", "/css/tokens.css", "/css/app.css", "/css/text.css", "/css/parts.css",
        "/css/state.css", "/css/timeline.css", "/css/forms.css", "/css/visit.css", "/css/board.css",
    ];

    private readonly Lazy<string> script = new(() => Make(environment.WebRootFileProvider, language));

    /// <summary>The service worker, with the names of all files and a version that changes with any of them.</summary>
    public string ServiceWorker => script.Value;

    /// <summary>Whether what comes is from a sheet that is too old to be understood.</summary>
    internal static bool IsTooOld(HttpRequest request) =>
        request.Headers[SpokenHeader] is [{ } number] && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var spoken) || spoken < Spoken);

    private static string Make(IFileProvider files, SheetLanguage language)
    {
        var modules = files.GetDirectoryContents(Modules).Where(f => !f.IsDirectory && f.Name.EndsWith(".js", StringComparison.Ordinal) && f.Name != Worker)
            .Select(f => $"/{Modules}/{f.Name}").Order(StringComparer.Ordinal);
        string[] assets = [.. modules, "/lib/idb/idb.js", .. Styles, "/css/print.css", "/icons.svg", "/favicon.svg", "/fonts/figures/400.otf", "/fonts/figures/700.otf"];
        var worker = Text(files, $"{Modules}/{Worker}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(worker));
        foreach (var asset in assets)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(asset));
            hash.AppendData(Bytes(files, asset));
        }

        foreach (var culture in Languages.All)
        {
            hash.AppendData(language.Of(culture));
        }

        var version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
        string[] all = [Shell, .. Languages.All.Select(SheetLanguage.Path), .. assets];
        return $"const VERSION = '{version}';\nconst FILES = [\n{string.Concat(all.Select(f => $"  '{f}',\n"))}];\n{worker}";
    }

    private static string Text(IFileProvider files, string path) => Encoding.UTF8.GetString(Bytes(files, path));

    private static byte[] Bytes(IFileProvider files, string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists)
        {
            return [];
        }

        using var stream = file.CreateReadStream();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
