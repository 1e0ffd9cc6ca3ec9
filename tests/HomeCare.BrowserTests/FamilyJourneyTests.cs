using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A daughter on her telephone tells what she noticed; it stands on the nurse's open page, among what is pointed out.</summary>
public sealed class FamilyJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "Swelling", "むくみ"), InlineData("en", "DrinkingLess", "Drinking less")]
    public async Task what_a_daughter_ticks_is_pointed_out_live_and_goes_when_she_takes_it_back(string language, string sign, string said)
    {
        await using var daughter = await town.VisitAsync("fm.kato", new Look(language).Phone());
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language, Dark: true));
        var patient = await nurse.PatientAsync("加藤 はな");
        await nurse.OpenAsync($"/patients/{patient}");
        await nurse.RememberAsync();
        await Expect(nurse.Page.Locator("[data-alert=SoftSigns] .alert-reasons li", new() { HasText = said })).ToHaveCountAsync(0);

        await daughter.OpenAsync($"/patients/{patient}");
        await daughter.Page.Locator("a[href$='/tell']").ClickAsync();
        var tick = daughter.Page.Locator($"input[value={sign}]");
        await Expect(tick).ToBeVisibleAsync(Soon);
        await daughter.LiveAsync();
        await tick.CheckAsync();
        await daughter.Page.Locator("#tell-words").FillAsync($"今朝からです {language}");
        await daughter.PictureAsync("tell");
        await daughter.Page.Locator("form button[type=submit]").ClickAsync();
        var told = daughter.Page.Locator("article[data-kind=bedside-note-written]", new() { HasText = $"今朝からです {language}" });
        await Expect(told).ToBeVisibleAsync(Soon);

        var seen = nurse.Page.Locator("article[data-kind=bedside-note-written]", new() { HasText = $"今朝からです {language}" });
        await Expect(seen).ToBeVisibleAsync(Soon);
        var pointed = nurse.Page.Locator("[data-alert=SoftSigns] .alert-reasons li", new() { HasText = said });
        await Expect(pointed).ToBeVisibleAsync(Soon);
        (await nurse.IsStillHereAsync()).ShouldBeTrue("the nurse's page was loaded anew");

        await told.Locator(".entry-edit").ClickAsync();
        await daughter.Dialog.Locator("#correct-reason").FillAsync("思い違いでした");
        await daughter.SubmitAsync();
        await Expect(nurse.Page.Locator("article[data-kind=bedside-note-taken-back]", new() { HasText = "思い違いでした" }).First).ToBeVisibleAsync(Soon);
        await Expect(pointed).ToHaveCountAsync(0, new() { Timeout = 15_000 });
    }
}
