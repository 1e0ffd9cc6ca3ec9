using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A nurse writes down what the person wishes; the physician, who has the profile open, confirms it; whoever is called reads it first.</summary>
public sealed class WishesJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    [Theory]
    [InlineData("ja", "岡本", "医師の確認待ち", "心肺蘇生 望まない", "佐藤 健一が確認")]
    [InlineData("en", "小林", "Not yet confirmed by a physician", "CPR: Not wanted", "Confirmed by 佐藤 健一")]
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

        // By the keyboard alone: no pointer, and no element is given the focus by the test.
        await JourneyTests.TabToAsync(nurse, "[data-wishes=record]");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Dialog.Locator("#wishes-talked")).ToBeFocusedAsync(new() { Timeout = 15_000 });
        // The first of January, in whichever order the browser has year, month and day.
        foreach (var key in new[] { "ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp" })
        {
            await nurse.Page.Keyboard.PressAsync(key);
        }

        await JourneyTests.TabToAsync(nurse, "#wishes-part");
        await nurse.Page.Keyboard.TypeAsync("本人");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await nurse.Page.Keyboard.TypeAsync("長女");
        await JourneyTests.TabToAsync(nurse, "#wishes-resuscitation-Undecided");
        await nurse.Page.Keyboard.PressAsync("ArrowRight");
        await nurse.Page.Keyboard.PressAsync("ArrowRight");
        await JourneyTests.TabToAsync(nurse, "#wishes-words");
        var words = $"ここで暮らしたい {language}";
        await nurse.Page.Keyboard.TypeAsync(words);
        // Whether the person could decide was forgotten; nothing typed is lost.
        await JourneyTests.TabToAsync(nurse, "dialog button[type=submit]");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Dialog.Locator("#wishes-capacity-e")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(nurse.Dialog.Locator("#wishes-words")).ToHaveValueAsync(words);
        await JourneyTests.TabToAsync(nurse, "#wishes-capacity-CanDecide");
        await nurse.Page.Keyboard.PressAsync("Space");
        await JourneyTests.TabToAsync(nurse, "dialog button[type=submit]");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("#wishes")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("#wishes")).ToContainTextAsync(waits);
        await Expect(nurse.Page.Locator("[data-wishes=confirm]")).ToHaveCountAsync(0);

        // At once on the physician's open page.
        await Expect(physician.Page.Locator("#wishes")).ToContainTextAsync(words, new() { Timeout = 15_000 });
        await physician.Page.Locator("[data-wishes=read]").ClickAsync();
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

    [Fact]
    public async Task what_was_typed_over_an_older_version_is_put_back_after_a_reload_with_the_newer_one_beside_it()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look("en"));
        await using var physician = await town.VisitAsync("dr.sato", new Look("en"));
        var patient = await nurse.PatientAsync("石川");
        await nurse.OpenAsync($"/patients/{patient}/profile");
        await nurse.OpenDialogAsync("[data-wishes=record]");
        await nurse.Dialog.Locator("#wishes-words").FillAsync("What the nurse heard");

        await physician.OpenAsync($"/patients/{patient}/profile");
        await physician.OpenDialogAsync("[data-wishes=record]");
        await physician.Dialog.Locator("#wishes-talked").FillAsync(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await physician.Dialog.Locator("#wishes-part").FillAsync("本人");
        await physician.Dialog.Locator("label:has(#wishes-capacity-CanDecide)").ClickAsync();
        await physician.Dialog.Locator("#wishes-words").FillAsync("What the physician heard");
        await physician.SubmitAsync();
        await Expect(nurse.Dialog.Locator(".wishes-newer")).ToContainTextAsync("What the physician heard", new() { Timeout = 15_000 });

        // As when the connection is lost for good: the page keeps what was typed, and is loaded anew.
        await nurse.Page.Locator("#blazor-error-ui .reload").DispatchEventAsync("click");
        await Expect(nurse.Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await nurse.LiveAsync();
        await nurse.OpenDialogAsync("[data-wishes=record]");
        await Expect(nurse.Dialog.Locator("#wishes-words")).ToHaveValueAsync("What the nurse heard", new() { Timeout = 15_000 });
        await Expect(nurse.Dialog.Locator(".wishes-newer")).ToContainTextAsync("What the physician heard", new() { Timeout = 15_000 });
    }
}
