using HomeCare.BrowserTests.Support;
using HomeCare.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace HomeCare.BrowserTests.Support;

/// <summary>One browser for all tests, and the demo community made once, to be copied.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<TestDatabase>> demo = new(MakeDemoAsync);
    private IPlaywright playwright = null!;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Starts another browser, for tests that kill it. With a folder, what it stores stays there.</summary>
    public Task<IBrowserContext> StartWithFolderAsync(string folder, BrowserTypeLaunchPersistentContextOptions options)
    {
        options.ExecutablePath = Program;
        options.Args = Switches;
        return playwright.Chromium.LaunchPersistentContextAsync(folder, options);
    }

    /// <summary>A database with the demo community in it, to copy.</summary>
    public Task<TestDatabase> DemoAsync() => demo.Value;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Switches });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        if (demo.IsValueCreated)
        {
            await (await demo.Value).DisposeAsync();
        }
    }

    private static string Program => Environment.GetEnvironmentVariable("HOMECARE_CHROMIUM") is { Length: > 0 } given && given.Contains('/', StringComparison.Ordinal)
        ? given : "/usr/bin/" + (Environment.GetEnvironmentVariable("HOMECARE_CHROMIUM") ?? "chromium");

    private static async Task<TestDatabase> MakeDemoAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await using var host = await PublishedHost.StartAsync(database.ConnectionString, demo: true, DemoTown.Still);
        await host.StopAsync();
        return database;
    }
}
