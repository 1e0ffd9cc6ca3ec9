using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A nurse writes down what the person wishes; the physician, who has the profile open, confirms it; whoever is called reads it first.</summary>
public sealed class WishesJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    [Theory]
    [InlineData("ja", "岡本", "主治医の確認待ち", "心肺蘇生 望まない", "佐藤 健一が確認")]
    [InlineData("en", "小林", "Not yet confirmed by the physician", "CPR Does not wish", "Confirmed by 佐藤 健一")]
    public async Task what_was_talked_about_is_written_down_confirmed_and_read_by_whoever_is_called(string language, string name, string waits, string cpr, string confirmed)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language, Dark: true).Phone());
        var patient = await nurse.PatientAsync(name);
        await physician.OpenAsync($"/patients/{patient}/profile");
        await physician.RememberAsync();

        // The brief says that nothing is on record, and leads to the form's place.
        await nurse.OpenAsync($"/patients/{patient}/brief");
        await nurse.Page.Locator($".brief a[href='/patients/{patient}/profile#wishes']").ClickAsync();
        await nurse.Page.Locator("#wishes").WaitForAsync();
        await nurse.LiveAsync();

        // By the keyboard alone.
        await nurse.Page.Locator("[data-wishes=record]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await nurse.Dialog.WaitForAsync();
        await nurse.Dialog.Locator("#wishes-part").FocusAsync();
        await nurse.Page.Keyboard.TypeAsync("本人");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await nurse.Page.Keyboard.TypeAsync("長女");
        await nurse.Dialog.Locator("#wishes-resuscitation-Undecided").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("ArrowRight");
        await nurse.Page.Keyboard.PressAsync("ArrowRight");
        await nurse.Dialog.Locator("#wishes-words").FocusAsync();
        var words = $"ここで暮らしたい {language}";
        await nurse.Page.Keyboard.TypeAsync(words);
        // Whether the person could decide was forgotten; nothing typed is lost.
        await nurse.Dialog.Locator("button[type=submit]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Dialog.Locator("#wishes-capacity-e")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(nurse.Dialog.Locator("#wishes-words")).ToHaveValueAsync(words);
        await nurse.Dialog.Locator("#wishes-capacity-CanDecide").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Space");
        await nurse.Dialog.Locator("button[type=submit]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("#wishes")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("#wishes")).ToContainTextAsync(waits);
        await Expect(nurse.Page.Locator("[data-wishes=confirm]")).ToHaveCountAsync(0);

        // At once on the physician's open page.
        await Expect(physician.Page.Locator("#wishes")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await physician.Page.Locator("[data-wishes=confirm]").ClickAsync();
        await Expect(physician.Page.Locator("#wishes")).ToContainTextAsync(confirmed, new() { Timeout = 15_000 });
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");
        await Expect(nurse.Page.Locator("#wishes")).ToContainTextAsync(confirmed, new() { Timeout = 15_000 });

        await physician.OpenAsync($"/patients/{patient}/brief");
        var wishes = physician.Page.Locator(".brief [data-wishes]");
        await Expect(wishes).ToContainTextAsync(cpr);
        await Expect(wishes).ToContainTextAsync(confirmed);
        await wishes.Locator("a").First.ClickAsync();
        await Expect(physician.Page.Locator("article[data-kind='wishes-recorded']")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await Expect(physician.Page.Locator("article[data-kind='wishes-confirmed']")).ToHaveCountAsync(1);
    }
}
