using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A score from the set of readings to the board, and a physician's decision about it.</summary>
public sealed class WatchingTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "太田 実", "7点以上:緊急", "15分後")]
    [InlineData("en", "小野 久子", "7 or more: emergency", "15分後")]
    public async Task a_worse_person_rises_on_the_open_board_with_the_score_and_the_timeline_says_why_and_what_is_done(
        string language, string name, string emergency, string otherAct)
    {
        await using var manager = await town.VisitAsync("cm.yamada", new Look(language));
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        var patient = await nurse.PatientAsync(name);
        await manager.OpenAsync("/board");
        var row = manager.Page.Locator($"[data-patient='{patient}']");
        await Expect(row).ToBeVisibleAsync(Soon);
        await manager.RememberAsync();

        var recorded = await nurse.CommandAsync("record-vitals", new
        {
            measurementId = Guid.CreateVersion7(),
            patientId = patient,
            vitals = new
            {
                measuredAt = TimeProvider.System.GetUtcNow().AddMinutes(-1), temperature = 38.3, pulse = 112, respiration = 22, systolic = 104, diastolic = 60, spO2 = 95,
                oxygen = new { litresPerMinute = 0 }, consciousness = new { acvpu = "confusion" },
            },
        });
        recorded.Status.ShouldBe(200, await recorded.TextAsync());

        await Expect(row.Locator(".news2-high")).ToHaveTextAsync("10", new() { Timeout = 15_000 });
        (await manager.IsStillHereAsync()).ShouldBeTrue("the board was loaded anew");

        await nurse.OpenAsync($"/patients/{patient}");
        var entry = nurse.Entries("vitals-recorded").First;
        await Expect(entry.Locator(".score.is-stop")).ToContainTextAsync(emergency, new() { Timeout = 15_000 });
        await Expect(entry.Locator(".score-act")).ToContainTextAsync("その場で主治医へ電話する");
        await Expect(entry.Locator(".score-act")).Not.ToContainTextAsync(otherAct);
        await Expect(entry.Locator("a[href^='tel:']").First).ToBeVisibleAsync();
        await entry.Locator(".score-more summary").ClickAsync();
        await Expect(entry.Locator(".score-more dl > div")).ToHaveCountAsync(7);
        await Expect(nurse.Page.Locator("[aria-labelledby=aside-news2] .news2-high")).ToHaveTextAsync("10");

        // The care manager takes it up on the board, and the nurse's open page says so.
        await manager.OpenDialogAsync($"[data-patient='{patient}'] .board-acts button");
        await manager.Dialog.Locator("#acknowledge-intention").FillAsync("家族へ電話する");
        await manager.SubmitAsync();
        await Expect(row.Locator(".board-answer")).ToContainTextAsync("家族へ電話する", new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("[data-alert=Vitals] .alert-answer")).ToContainTextAsync("家族へ電話する", new() { Timeout = 15_000 });
    }

    [Theory]
    [InlineData("ja", "岡本 フミ", "使用しない(看取り期)")]
    [InlineData("en", "小林 正夫", "not used (End of life)")]
    public async Task a_physician_switches_the_score_off_and_everybodys_open_page_says_so(string language, string name, string said)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        var patient = await physician.PatientAsync(name);
        await nurse.OpenAsync($"/patients/{patient}/profile");
        await Expect(nurse.Page.Locator("[aria-labelledby=profile-news2] button")).ToHaveCountAsync(0);
        await physician.OpenAsync($"/patients/{patient}/profile");
        await physician.OpenDialogAsync("[data-news2=off]");
        await physician.Dialog.Locator("#news2-reason").SelectOptionAsync("EndOfLife");
        await physician.SubmitAsync();
        await Expect(physician.Page.Locator("[aria-labelledby=profile-news2]")).ToContainTextAsync(said, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("[aria-labelledby=profile-news2]")).ToContainTextAsync(said, new() { Timeout = 15_000 });
        await nurse.OpenAsync($"/patients/{patient}");
        await Expect(nurse.Page.Locator("[aria-labelledby=aside-news2]")).ToContainTextAsync(said, new() { Timeout = 15_000 });
    }

    [Theory]
    [InlineData("ja", "頼まれていること")]
    [InlineData("en", "What was I asked")]
    public async Task a_physician_on_call_reads_the_brief_and_every_line_opens_what_it_stands_on(string language, string asked)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var patient = await physician.PatientAsync("井上 由紀子");
        await physician.OpenAsync($"/patients/{patient}");
        await physician.Page.Locator($".page-actions a[href='/patients/{patient}/brief']").ClickAsync();
        await Expect(physician.Page.Locator(".brief section")).ToHaveCountAsync(5, new() { Timeout = 15_000 });
        await Expect(physician.Page.Locator("#brief-asked")).ToHaveTextAsync(asked);
        var links = await physician.Page.Locator(".brief a[href*='/source/'], .brief a[href*='/entry/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(a => a.getAttribute('href')))]");
        links.Length.ShouldBeGreaterThan(5);
        foreach (var link in links)
        {
            (await physician.Context.APIRequest.GetAsync(link.TrimStart('/'))).Status.ShouldBe(200, link);
        }

        await physician.OpenAsync(links[0]);
        await Expect(physician.Page.Locator("article.entry").First).ToBeVisibleAsync(Soon);
    }
}
