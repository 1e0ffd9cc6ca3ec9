using System.Globalization;
using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Support;

/// <summary>Somebody at a browser. Whatever the browser complains of fails the test when they leave.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    internal Visitor(IBrowserContext context, IPage page, Look look)
    {
        Context = context;
        Page = page;
        Look = look;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) =>
        {
            if (!IsExpected(error))
            {
                complaints.Add(error);
            }
        };
    }

    /// <summary>Their browser: cookies and storage of their own.</summary>
    public IBrowserContext Context { get; }

    /// <summary>Their page.</summary>
    public IPage Page { get; }

    /// <summary>How they look at it.</summary>
    public Look Look { get; }

    /// <summary>While the server is down on purpose, the browser says that it does not answer.</summary>
    public bool ServerMayBeAway { get; set; }

    /// <summary>The page that is asked for does not exist, and the browser says so.</summary>
    public bool Missing { get; set; }

    /// <summary>Opens a page and waits until it is live; sign-in needs no live connection.</summary>
    public async Task<Visitor> OpenAsync(string path)
    {
        await Page.GotoAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}culture={Look.Language}");
        // Plain pages, drawn once, never become live.
        if (!path.StartsWith("/sign-in", StringComparison.Ordinal) && !path.Contains("/known", StringComparison.Ordinal))
        {
            await LiveAsync();
        }

        return this;
    }

    /// <summary>Turns the device, or darkens it, without opening the page anew; the language stays.</summary>
    public async Task TurnAsync(Look look)
    {
        await Page.SetViewportSizeAsync(look.Width, look.Height);
        await Page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        // Rows that are not on screen keep the colours they had; all are drawn, so that all are judged.
        await Page.EvaluateAsync("() => { const all = new CSSStyleSheet(); all.replaceSync('* { content-visibility: visible !important }'); document.adoptedStyleSheets = [...document.adoptedStyleSheets, all]; }");
        // Until it is laid out anew, what is measured may lie half-way.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => Promise.allSettled(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < 2000).map(a => a.finished)).then(() => requestAnimationFrame(() => done(true))))))");
    }

    /// <summary>Waits until the page answers.</summary>
    public Task LiveAsync() => Page.Locator("html[data-live=yes]:not(.is-cut)").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

    /// <summary>The entries of the open timeline of a kind, newest first.</summary>
    public ILocator Entries(string kind) => Page.Locator($"article[data-kind='{kind}']");

    /// <summary>A button of an instruction's card.</summary>
    public ILocator Step(string step, ILocator? within = null) => (within ?? Page.Locator("#main")).Locator($"[data-step={step}]").First;

    /// <summary>The open dialog.</summary>
    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>Sends the open dialog and waits until it is gone.</summary>
    public async Task SubmitAsync()
    {
        await Dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });
    }

    /// <summary>Remembers the page, so that a reload would be noticed.</summary>
    public async Task RememberAsync() => await Page.EvaluateAsync("window.stillHere = true");

    /// <summary>Whether it is still the page that was remembered.</summary>
    public Task<bool> IsStillHereAsync() => Page.EvaluateAsync<bool>("window.stillHere === true");

    /// <summary>Keeps a picture beside the test results, for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Testing.Repository.Path("artifacts", "pictures");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{Look.Width}x{Look.Height}-{Look.Language}-{(Look.Dark ? "dark" : "light")}.png")),
        });
    }

    /// <summary>Fails when the browser complained.</summary>
    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }

    private bool IsExpected(string text) => (Missing && text.Contains("404", StringComparison.Ordinal)) || (ServerMayBeAway
        && (text.Contains("ERR_CONNECTION", StringComparison.Ordinal) || text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal) || text.Contains("ERR_FAILED", StringComparison.Ordinal)
            || text.Contains("WebSocket", StringComparison.Ordinal)
            || text.Contains("Failed to complete negotiation", StringComparison.Ordinal) || text.Contains("HubConnection", StringComparison.Ordinal)
            || text.Contains("Connection disconnected", StringComparison.Ordinal) || text.Contains("Failed to start the", StringComparison.Ordinal)
            || text.Contains("Cannot send data if the connection is not in the 'Connected' State", StringComparison.Ordinal)
            || text.Contains("error occurred when fetching the script", StringComparison.Ordinal)
            || text.Contains("502", StringComparison.Ordinal) || text.Contains("503", StringComparison.Ordinal)));
}
