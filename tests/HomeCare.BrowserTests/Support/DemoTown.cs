using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HomeCare.Testing;
using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Support;

/// <summary>The published host on a copy of the demo community of its own.</summary>
public class DemoTown(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "demo-homecare-2026";

    /// <summary>Nothing is passed up while a journey looks on.</summary>
    internal static IReadOnlyDictionary<string, string?> Still { get; } = new Dictionary<string, string?> { ["HOMECARE_TIMERS"] = "0" };

    /// <summary>The host's environment beside the usual.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Environment => Still;

    private TestDatabase database = null!;
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<Cookie>>>> sessions = new();
    private string? longRecord;

    /// <summary>The host, which can be killed and started again.</summary>
    public PublishedHost Host { get; private set; } = null!;

    /// <summary>The browser.</summary>
    public Chromium Chromium => chromium;

    /// <summary>Where the database is.</summary>
    public string ConnectionString => database.ConnectionString;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(await chromium.DemoAsync());
        Host = await PublishedHost.StartAsync(database.ConnectionString, demo: true, Environment);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody at a browser of their own, signed in unless no name is given.</summary>
    public async Task<Visitor> VisitAsync(string? user, Look? look = null)
    {
        look ??= new Look();
        var context = await chromium.Browser.NewContextAsync(look.Options(Host.Address));
        var visitor = new Visitor(context, await context.NewPageAsync(), look);
        if (user is not null)
        {
            await context.AddCookiesAsync((await sessions.GetOrAdd(user, name => new Lazy<Task<IReadOnlyList<Cookie>>>(() => SessionAsync(name))).Value));
        }

        return visitor;
    }

    /// <summary>The first person of the scenarios, whose record is long and has everything in it.</summary>
    public async Task<string> LongRecordAsync()
    {
        if (longRecord is null)
        {
            await using var nurse = await VisitAsync("ns.tanaka");
            longRecord = (await nurse.PatientAsync("岡本")).ToString();
        }

        return longRecord;
    }

    /// <summary>One session a person is enough for all their browsers: signing in is slow on purpose.</summary>
    private async Task<IReadOnlyList<Cookie>> SessionAsync(string user)
    {
        await using var context = await chromium.Browser.NewContextAsync(new Look().Options(Host.Address));
        await SignInAsync(context.APIRequest, user);
        return [.. (await context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = Host.Address.ToString(), HttpOnly = c.HttpOnly, SameSite = c.SameSite })];
    }

    /// <summary>Signs in over the API, whose cookie the pages share.</summary>
    public async Task SignInAsync(IAPIRequestContext api, string user, Uri? address = null)
    {
        var answer = await api.PostAsync(new Uri(address ?? Host.Address, "api/session").ToString(), new()
        {
            DataObject = new { user, password = Password },
            Headers = [new("Idempotency-Key", Guid.CreateVersion7().ToString())],
        });
        answer.Status.ShouldBe(200, await answer.TextAsync());
    }
}

/// <summary>How somebody looks at the pages.</summary>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Dark">Whether the device is dark.</param>
/// <param name="Width">Of the window.</param>
/// <param name="Height">Of the window.</param>
public sealed record Look(string Language = "ja", bool Dark = false, int Width = 1180, int Height = 820)
{
    /// <summary>A tablet held upright.</summary>
    public Look Upright() => this with { Width = 820, Height = 1180 };

    /// <summary>A phone.</summary>
    public Look Phone() => this with { Width = 390, Height = 844 };

    internal BrowserNewContextOptions Options(Uri address) => new()
    {
        BaseURL = address.ToString(),
        ViewportSize = new() { Width = Width, Height = Height },
        Locale = Language == "ja" ? "ja-JP" : "en-GB",
        TimezoneId = "Asia/Tokyo",
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
    };
}

/// <summary>The answers of the API as a page's session gets them.</summary>
internal static class Asking
{
    public static async Task<JsonNode> GetAsync(this Visitor visitor, string path)
    {
        var answer = await visitor.Context.APIRequest.GetAsync(path);
        answer.Status.ShouldBe(200, $"{path}: {await answer.TextAsync()}");
        return JsonNode.Parse(await answer.TextAsync())!;
    }

    public static async Task<IAPIResponse> CommandAsync(this Visitor visitor, string name, object body) =>
        await visitor.Context.APIRequest.PostAsync($"api/commands/{name}", new()
        {
            DataObject = body,
            Headers = [new("Idempotency-Key", Guid.CreateVersion7().ToString())],
        });

    /// <summary>The first person cared for whom a name finds.</summary>
    public static async Task<Guid> PatientAsync(this Visitor visitor, string name) =>
        (await visitor.GetAsync($"api/patients?query={Uri.EscapeDataString(name)}"))["patients"]![0]!["patientId"]!.GetValue<Guid>();
}
