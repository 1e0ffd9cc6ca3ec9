using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A nurse hands a person over: drafted from the record, edited, sent; the next person finds it at the door and takes over; the sender sees it.</summary>
public sealed class HandoverJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "確認し、引き受けました")]
    [InlineData("en", "took over")]
    public async Task what_is_handed_over_is_drafted_from_the_record_found_at_the_door_and_taken_over(string language, string taken)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language, Dark: true).Phone());
        var patient = await nurse.PatientAsync("岡本");
        await physician.OpenAsync($"/patients/{patient}");
        await physician.RememberAsync();

        // By the keyboard alone; the record has proposed each step.
        await nurse.OpenAsync($"/patients/{patient}/handover/new");
        await Expect(nurse.Page.Locator("#handover-b")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("慢性心不全"), new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("#handover-s")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("SpO₂ 89"));
        await nurse.Page.Locator("#handover-to").SelectOptionAsync(new SelectOptionValue { Label = await nurse.Page.Locator("#handover-to option", new() { HasText = "佐藤 健一" }).First.InnerTextAsync() });
        await nurse.Page.Locator("#handover-r").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Control+A");
        var words = $"夕方の往診で下肢の浮腫を {language}";
        await nurse.Page.Keyboard.TypeAsync(words);
        await nurse.PictureAsync("handover-new");
        await nurse.Page.Locator(".composer button[type=submit]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("article.handover")).ToContainTextAsync(words, new() { Timeout = 15_000 });

        // At once on the physician's open page.
        var notice = physician.Page.Locator(".handover-notice").First;
        await Expect(notice).ToBeVisibleAsync(Soon);
        await notice.Locator("a").ClickAsync();
        await Expect(physician.Page.Locator("article.handover")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await physician.Page.Locator("#handover-comment").FillAsync("17時に伺います");
        await physician.Page.Locator("form.card button[type=submit]").ClickAsync();
        await Expect(physician.Page.Locator("[data-taken]")).ToContainTextAsync(taken, new() { Timeout = 15_000 });
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");

        await Expect(nurse.Page.Locator("[data-taken]")).ToContainTextAsync("17時に伺います", new() { Timeout = 15_000 });
        await nurse.PictureAsync("handover");
        await physician.OpenAsync($"/patients/{patient}");
        await Expect(physician.Page.Locator($".handover-notice", new() { HasText = words })).ToHaveCountAsync(0);
    }
}
