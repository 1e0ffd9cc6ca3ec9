using System.Diagnostics;
using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Support;

/// <summary>A tablet: a browser with a folder of its own, which outlives the browser. It can be killed and started again.</summary>
public sealed class Tablet(DemoTown town, Uri address) : IAsyncDisposable
{
    /// <summary>The PIN that everybody at it chooses.</summary>
    public const string Pin = "135790";

    private const float Patience = 60_000;

    private static readonly LocatorWaitForOptions Soon = new() { Timeout = Patience };
    private static readonly LocatorWaitForOptions Attached = new() { State = WaitForSelectorState.Attached, Timeout = Patience };
    private readonly string folder = Directory.CreateTempSubdirectory("homecare-tablet-").FullName;
    private IBrowserContext? context;
    private IPage? page;

    /// <summary>What its pages said went wrong in themselves; a network that is away is none of it.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The browser.</summary>
    public IBrowserContext Context => context!;

    /// <summary>The open tab.</summary>
    public IPage Page => page!;

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>A tablet in the network, turned on, with the nurse signed in.</summary>
    public static async Task<Tablet> OfNurseAsync(DemoTown town, FaultProxy network, TimeSpan ahead = default, string? name = null)
    {
        // A passkey belongs to a name, and not to a number.
        var tablet = new Tablet(town, name is null ? network.Address : new UriBuilder(network.Address) { Host = name }.Uri) { ClockAhead = ahead };
        await tablet.StartAsync();
        await tablet.SignInAsync("ns.tanaka");
        return tablet;
    }

    /// <summary>Turns the tablet on.</summary>
    public async Task StartAsync()
    {
        context = await town.Chromium.StartWithFolderAsync(folder, new()
        {
            BaseURL = address.ToString(), ViewportSize = new() { Width = 1180, Height = 820 }, Locale = "ja-JP", TimezoneId = "Asia/Tokyo", ReducedMotion = ReducedMotion.Reduce,
        });
        if (ClockAhead != TimeSpan.Zero)
        {
            await context.AddInitScriptAsync(
                $$"""
                (() => { const R = Date, by = {{(long)ClockAhead.TotalMilliseconds}};
                  globalThis.Date = class extends R { constructor(...a) { if (a.length) super(...a); else super(R.now() + by); } static now() { return R.now() + by; } }; })();
                """);
        }

        await TabAsync();
    }

    /// <summary>A new tab, instead of the one that is open.</summary>
    public async Task TabAsync()
    {
        var before = page;
        page = await context!.NewPageAsync();
        page.PageError += (_, error) => Errors.Add(error);
        if (before is { IsClosed: false })
        {
            await before.CloseAsync(new() { RunBeforeUnload = false });
        }
    }

    /// <summary>Ends the browser at once, as an empty battery would, and starts it again.</summary>
    public async Task KillBrowserAsync()
    {
        foreach (var process in Process.GetProcesses().Where(IsMine))
        {
            process.Kill();
        }

        try
        {
            await context!.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // It is gone, as it was meant to be.
        }

        File.Delete(Path.Combine(folder, "SingletonLock"));
        page = null;
        await StartAsync();
    }

    /// <summary>Signs in with a password, over the API whose cookie the pages share; the page's own form would tell the device that somebody else is at
    /// work now, so it is told here.</summary>
    public async Task SignInAsync(string user)
    {
        await town.SignInAsync(Context.APIRequest, user, address);
        if (Page.Url.StartsWith(address.ToString(), StringComparison.Ordinal))
        {
            await Page.EvaluateAsync("async () => (await import('/js/visit/store.js')).keepSetting('current', undefined)");
        }
    }

    /// <summary>Opens a page of the sheet, the person's PIN before it where it is asked for.</summary>
    public async Task OpenAsync(string path, string? person = null)
    {
        await Page.GotoAsync(path, new() { Timeout = Patience });
        await Page.Locator("#pin, html[data-live=yes]").First.WaitForAsync(Attached);
        if (await Page.Locator("#pin").IsVisibleAsync())
        {
            await UnlockAsync(person);
        }
    }

    /// <summary>Opens the lock.</summary>
    public async Task UnlockAsync(string? person = null, string pin = Pin)
    {
        if (person is not null)
        {
            await Page.GetByRole(AriaRole.Radio, new() { Name = person }).CheckAsync(new() { Force = true });
        }

        await Page.Locator("#pin").FillAsync(pin);
        await Page.Locator("form button[type=submit]").ClickAsync();
        await Page.Locator("html[data-live=yes]").WaitForAsync(Attached);
    }

    /// <summary>Locks it, for the next person.</summary>
    public async Task LockAsync()
    {
        await Page.Locator("header button").Last.ClickAsync();
        await Page.Locator("#pin").WaitForAsync(Soon);
    }

    /// <summary>Takes today's visits along, under a new PIN.</summary>
    public async Task TakeAlongAsync(bool passkey = false)
    {
        await OpenAsync("/visits");
        await Page.Locator(".take-along button").ClickAsync();
        await Page.Locator("#pin-1").FillAsync(Pin);
        await Page.Locator("#pin-2").FillAsync(Pin);
        if (passkey)
        {
            await Page.Locator("#pin-passkey").CheckAsync();
        }

        await Page.Locator("dialog button[type=submit]").ClickAsync();
        await Page.Locator(".take-along[data-state=taken]").WaitForAsync(Soon);
        // The sheet itself must be on the device too.
        await Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
    }

    /// <summary>Confirms who the person is.</summary>
    public Task BeginAsync() => Page.Locator(".identity .button-primary").ClickAsync();

    /// <summary>Types a figure or words as the keyboard would.</summary>
    public Task TypeAsync(string field, string value) => Page.Locator($"[data-field={field}]").FillAsync(value);

    /// <summary>Finishes the record; the entry is on the device when this returns.</summary>
    public async Task FinishAsync()
    {
        await Page.Locator("[data-record]").ClickAsync();
        await Page.Locator("article[data-entry]").WaitForAsync(Soon);
    }

    /// <summary>Waits until what stands on the sheet is on the device.</summary>
    public Task SavedAsync() => UntilAsync(
        """
        async () => {
          const { openDB } = await import('/lib/idb/idb.js');
          const db = await openDB('homecare-visit');
          const drafts = await db.getAll('drafts');
          db.close();
          const typed = [...document.querySelectorAll('[data-field=objective], .tile-input')].filter((x) => x.value);
          return drafts.some((d) => typed.every((x) => d.fields[x.dataset.field] === x.value));
        }
        """);

    /// <summary>Waits until something holds on the open page.</summary>
    public async Task UntilAsync(string condition, object? argument = null, int seconds = 60)
    {
        for (var i = 0; i < seconds * 5; i++)
        {
            if (await Page.EvaluateAsync<bool>(condition, argument))
            {
                return;
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Not within {seconds} s: {condition}");
    }

    /// <summary>Waits until the entry in sight has arrived.</summary>
    public Task ReceivedAsync() => Page.Locator("article[data-entry][data-state=received]").WaitForAsync(Soon);

    /// <summary>The network on the browser's own side.</summary>
    public Task CutAsync(bool away) => Context.SetOfflineAsync(away);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (context is not null)
        {
            await context.CloseAsync();
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The browser is still putting its things away.
        }

        Errors.ShouldBeEmpty();
    }

    private bool IsMine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
