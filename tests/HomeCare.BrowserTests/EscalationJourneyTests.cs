using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A demo town whose host asks the cover, and whose clock the test moves.</summary>
public sealed class TownWithClock(Chromium chromium) : DemoTown(chromium)
{
    private readonly string clock = Path.Combine(Path.GetTempPath(), $"homecare-clock-{Guid.CreateVersion7():n}");

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(TownWithClock).Assembly.Location,
        ["HOMECARE_TEST_CLOCK"] = clock,
    };

    /// <summary>From now on the host's clock is so much ahead.</summary>
    public Task MoveAheadAsync(int minutes) => File.WriteAllTextAsync(clock, $"{minutes}");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(clock);
        GC.SuppressFinalize(this);
    }
}

/// <summary>An instruction that nobody reads is passed up, and the cover takes it: seen live by both.</summary>
public sealed class EscalationJourneyTests(TownWithClock town) : IClassFixture<TownWithClock>
{
    /// <summary>A round comes every quarter of a minute, and at the first after the clock has moved the whole town is overdue: on a busy machine it takes its time.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 150_000 };

    [Theory]
    [InlineData("ja", "加藤 はな")]
    [InlineData("en", "小野 久子")]
    public async Task unread_and_urgent_it_goes_to_whoever_is_on_call_who_takes_it(string language, string patient)
    {
        await using var admin = await town.VisitAsync("admin", new Look(language));
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        await using var cover = await town.VisitAsync("ns.tanaka", new Look(language).Upright());

        // Duty of the station goes to 田中 for the night.
        await admin.OpenAsync("/admin?show=cover");
        await Expect(admin.Page.Locator("[data-rota]").First).ToBeVisibleAsync(Soon);
        await admin.Page.Locator("[data-rota]", new() { HasText = "みなと訪問看護" }).Locator("[data-cover=hand-over]").ClickAsync();
        var to = admin.Dialog.Locator("#duty-to");
        await to.SelectOptionAsync((await to.Locator("option", new() { HasText = "田中 美咲" }).GetAttributeAsync("value"))!);
        await admin.SubmitAsync();

        // To a colleague who does not look.
        var id = await physician.PatientAsync(patient);
        var text = $"Suction at once ({language})";
        await physician.OpenAsync($"/patients/{id}/instruct");
        await physician.Page.Locator("#text").FillAsync(text);
        await physician.Page.Locator("input[name=urgency][value=Urgent]").CheckAsync(new() { Force = true });
        var addressee = physician.Page.Locator("#to");
        await addressee.SelectOptionAsync((await addressee.Locator("option", new() { HasText = "長谷川 文" }).GetAttributeAsync("value"))!);
        await physician.Page.Locator("form button[type=submit]").ClickAsync();
        var theirs = physician.Entries("instruction-issued").Filter(new() { HasText = text });
        await Expect(theirs).ToBeVisibleAsync(Soon);

        await cover.OpenAsync("/instructions");
        await cover.RememberAsync();
        var asked = cover.Page.Locator("article.ask").Filter(new() { HasText = text });
        await Expect(asked).ToHaveCountAsync(0);
        await town.MoveAheadAsync(language == "ja" ? 11 : 30);
        await Expect(asked).ToBeVisibleAsync(Soon);
        await Expect(asked.Locator(".owner")).ToContainTextAsync("田中 美咲", new() { Timeout = Soon.Timeout });
        await cover.PictureAsync("escalated");
        await cover.Step("Take", asked).ClickAsync();
        await cover.SubmitAsync();
        await Expect(theirs.Locator(".step.is-done", new() { HasText = "田中 美咲" })).ToBeVisibleAsync(Soon);
        (await cover.IsStillHereAsync()).ShouldBeTrue("the page of the cover was loaded anew");
    }
}
