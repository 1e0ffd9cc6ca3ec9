using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>What was known at a moment: what was written later is not in it, and what stood then still does.</summary>
public sealed class KnownJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    [Theory]
    [InlineData("ja", "の時点で分かっていたこと")]
    [InlineData("en", "What was known at")]
    public async Task a_moment_is_chosen_and_what_came_later_is_absent_until_one_goes_back_to_now(string language, string banner)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        var patient = await nurse.PatientAsync("岡本");
        var before = TimeProvider.System.GetUtcNow();
        var words = $"夜から息苦しい {language}";
        var answer = await nurse.Page.Context.APIRequest.PostAsync("api/commands/record-visit", new()
        {
            DataObject = new { visitId = Guid.CreateVersion7(), patientId = patient, startedAt = before.AddHours(-30), endedAt = before.AddHours(-29), note = new { subjective = words } },
            Headers = [new("Idempotency-Key", Guid.CreateVersion7().ToString())],
        });
        answer.Status.ShouldBe(200, await answer.TextAsync());

        // From the timeline, by the keyboard: yesterday at this time is proposed.
        await nurse.OpenAsync($"/patients/{patient}");
        await Expect(nurse.Page.Locator(".timeline")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await nurse.Page.Locator($"a[href='/patients/{patient}/known']").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await nurse.Page.Locator("#known-at").WaitForAsync();
        await nurse.Page.Locator(".known-moment button[type=submit]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator(".known-banner")).ToContainTextAsync(banner, new() { Timeout = 15_000 });
        (await nurse.Page.Locator("article.entry").CountAsync()).ShouldBeGreaterThan(3);
        await Expect(nurse.Page.Locator(".timeline")).Not.ToContainTextAsync(words);
        // Nothing can be done on it.
        (await nurse.Page.Locator(".as-known article button").CountAsync()).ShouldBe(0);
        await nurse.PictureAsync("known");

        await nurse.KnownAsync("brief");
        await Expect(nurse.Page.Locator(".brief")).ToBeVisibleAsync();
        await nurse.KnownAsync("board");
        await Expect(nurse.Page.Locator(".board-row")).ToHaveCountAsync(1);
        await nurse.Page.Locator(".patient-head .page-actions a").ClickAsync();
        await Expect(nurse.Page.Locator(".timeline")).ToContainTextAsync(words, new() { Timeout = 15_000 });
    }
}
