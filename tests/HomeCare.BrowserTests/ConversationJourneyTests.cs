using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>The team talks: asked on one page, seen and answered on another, settled where it was asked; each page live.</summary>
public sealed class ConversationJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "佐藤 健一", "解決")]
    [InlineData("en", "佐藤 健一", "Settled")]
    public async Task a_nurse_asks_the_physician_sees_it_live_and_answers_and_the_nurse_settles_it(string language, string whom, string settled)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language, Dark: true).Phone());
        var patient = await nurse.PatientAsync("岡本");
        var topic = $"夜間の吸引 {language}";
        await physician.OpenAsync($"/patients/{patient}");
        await physician.RememberAsync();
        var waits = physician.Page.Locator(".page-head [data-talks]");
        var before = await waits.CountAsync() == 0 ? 0 : int.Parse((await waits.GetAttributeAsync("data-talks"))!, System.Globalization.CultureInfo.InvariantCulture);

        // Written by the keyboard alone.
        await nurse.OpenAsync($"/patients/{patient}/talk/new");
        await nurse.Page.Locator("#talk-topic").FocusAsync();
        await nurse.Page.Keyboard.TypeAsync(topic);
        await nurse.Page.Keyboard.PressAsync("Tab");
        await nurse.Page.Keyboard.TypeAsync("回数を増やしますか");
        await nurse.Page.Locator(".choice", new() { HasText = whom }).Locator("input").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Space");
        await nurse.Page.Locator("input[name=talk-need]").First.FocusAsync();
        await nurse.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(nurse.Page.Locator("#talk-by")).ToBeVisibleAsync(Soon);
        await nurse.Page.Locator("#talk-text").FocusAsync();
        await nurse.Page.Locator(".composer button[type=submit]").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("#post-1")).ToContainTextAsync("回数を増やしますか", new() { Timeout = 15_000 });

        // It is on the physician's open page at once: counted, and in sight.
        await Expect(waits).ToHaveAttributeAsync("data-talks", $"{before + 1}", new() { Timeout = 15_000 });
        await physician.Page.Locator("article.entry[data-kind=post-written] a", new() { HasText = topic }).First.ClickAsync();
        var post = physician.Page.Locator("#post-1");
        await Expect(post).ToBeVisibleAsync(Soon);
        // Looked at, it is read, and the writer sees by whom.
        await Expect(nurse.Page.Locator("#post-1 .post-read")).ToContainTextAsync(whom, new() { Timeout = 15_000 });
        await physician.Step("Reply", post).ClickAsync();
        await physician.Dialog.Locator("textarea").FillAsync("1時間ごとにしてください");
        await physician.SubmitAsync();
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");

        var asked = nurse.Page.Locator("#post-1 .post-answer");
        await Expect(asked).ToContainTextAsync("1時間ごとにしてください", new() { Timeout = 15_000 });
        await nurse.PictureAsync("conversation");
        await nurse.Step("Close", asked).ClickAsync();
        await Expect(asked).ToContainTextAsync(settled, new() { Timeout = 15_000 });
        await Expect(post.Locator(".post-answer")).ToContainTextAsync(settled, new() { Timeout = 15_000 });
        await physician.PictureAsync("conversation");
    }
}
