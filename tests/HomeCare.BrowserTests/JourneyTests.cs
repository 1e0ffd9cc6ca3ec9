using HomeCare.BrowserTests.Support;
using HomeCare.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>What people do beside the main job, each in a browser of their own.</summary>
public sealed class JourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "今日", "利用者名とパスワードを確かめてください")]
    [InlineData("en", "Today", "Check the user name and password")]
    public async Task a_wrong_password_is_said_and_the_right_one_leads_to_the_page_that_was_asked_for(string language, string today, string refused)
    {
        await using var visitor = await town.VisitAsync(null, new Look(language));
        await visitor.Page.GotoAsync($"/instructions?culture={language}");
        await visitor.Page.Locator("#user").FillAsync("ns.tanaka");
        await visitor.Page.Locator("#password").FillAsync("not-the-password-1");
        await visitor.Page.Locator("#password").PressAsync("Enter");
        await Expect(visitor.Page.Locator(".banner[role=alert]")).ToContainTextAsync(refused);
        await visitor.Page.Locator("#user").FillAsync("ns.tanaka");
        await visitor.Page.Locator("#password").FillAsync("demo-homecare-2026");
        await visitor.Page.Locator("#password").PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/instructions**");
        await visitor.LiveAsync();
        await visitor.Page.Locator(".rail-item").First.ClickAsync();
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(today);
        await visitor.OpenAsync("/settings");
        await visitor.Page.Locator("form[action='/account/sign-out'] button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in**");
        await visitor.Page.GotoAsync("/patients");
        await visitor.Page.WaitForURLAsync("**/sign-in**");
    }

    [Theory]
    [InlineData("岡本")]
    [InlineData("オカモト フミ")]
    [InlineData("おかもと")]
    [InlineData("ｵｶﾓﾄ")]
    [InlineData("　岡本　フミ")]
    public async Task a_person_is_found_by_kanji_and_kana_of_any_width(string typed)
    {
        await using var nurse = await (await town.VisitAsync("ns.tanaka")).OpenAsync("/patients");
        await nurse.Page.Locator("#q").PressSequentiallyAsync(typed);
        await Expect(nurse.Page.Locator("ul.rows > li")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("ul.rows > li")).ToContainTextAsync("岡本 フミ");
    }

    [Fact]
    public async Task whoever_leaves_the_team_loses_the_open_page_and_finds_nothing_any_more()
    {
        await using var helper = await town.VisitAsync("hp.kondo");
        await using var manager = await town.VisitAsync("cm.yamada");
        var patient = await helper.PatientAsync("小野");
        await helper.OpenAsync($"/patients/{patient}");
        await Expect(helper.Page.Locator("article.entry").First).ToBeVisibleAsync(Soon);

        var summary = await manager.GetAsync($"api/patients/{patient}");
        var office = summary["team"]!.AsArray().Single(m => m!["name"]!.GetValue<string>() == "あおぞら介護")!;
        var left = await manager.CommandAsync("leave-care-team", new { patientId = patient, memberId = office["memberId"]!.GetValue<Guid>(), reason = "終了" });
        left.Status.ShouldBe(200, await left.TextAsync());

        await Expect(helper.Page.Locator("article.entry")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await Expect(helper.Page.Locator(".page-body[role=alert]")).ToBeVisibleAsync(Soon);
        helper.Missing = true;
        await helper.Page.ReloadAsync();
        await Expect(helper.Page.Locator("article.entry")).ToHaveCountAsync(0);
        (await helper.GetAsync("api/patients?query=" + Uri.EscapeDataString("小野")))["patients"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task what_was_typed_is_there_again_after_the_server_was_killed()
    {
        await using var own = new DemoTown(town.Chromium);
        await own.InitializeAsync();
        await using var physician = await own.VisitAsync("dr.sato");
        await using var nurse = await own.VisitAsync("ns.tanaka");
        var patient = await physician.PatientAsync("岡本");
        await physician.OpenAsync($"/patients/{patient}/instruct");
        await physician.Page.Locator("#text").PressSequentiallyAsync("浮腫が増えたら夜間でも電話してください");
        await nurse.OpenAsync("/instructions");
        await nurse.OpenDialogAsync("[data-step=Question]");
        await nurse.Dialog.Locator("textarea").First.PressSequentiallyAsync("体重の目標は何 kg ですか");

        physician.ServerMayBeAway = nurse.ServerMayBeAway = true;
        own.Host.Kill();
        await Expect(physician.Page.Locator("html.is-cut")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Expect(nurse.Page.Locator("html.is-cut")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await physician.Page.Locator("#text").PressSequentiallyAsync("。");
        await own.Host.StartAsync();

        await physician.LiveAsync();
        await Expect(physician.Page.Locator("#text")).ToHaveValueAsync("浮腫が増えたら夜間でも電話してください。", new() { Timeout = 30_000 });
        await nurse.LiveAsync();
        await nurse.OpenDialogAsync("[data-step=Question]");
        await Expect(nurse.Dialog.Locator("textarea").First).ToHaveValueAsync("体重の目標は何 kg ですか", new() { Timeout = 30_000 });
        await nurse.SubmitAsync();
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task the_keyboard_alone_signs_in_reads_and_takes_an_instruction_with_its_read_back(string language)
    {
        await using var physician = await town.VisitAsync("dr.sato");
        await using var nurse = await town.VisitAsync(null, new Look(language));
        var patient = await physician.PatientAsync("岡本");
        var asked = $"keyboard {language}";
        var issued = await physician.CommandAsync("issue-instruction", new
        {
            instructionId = Guid.CreateVersion7(), patientId = patient, kind = "medicine", text = asked, urgency = "urgent",
            addressee = new { kind = "whoeverVisitsNext" },
            order = new { drug = "フロセミド錠", dose = 20, unit = "mg", route = "経口", timing = "朝食後" },
        });
        issued.Status.ShouldBe(200, await issued.TextAsync());

        await nurse.Page.GotoAsync($"/sign-in?culture={language}");
        var keys = nurse.Page.Keyboard;
        await keys.TypeAsync("ns.tanaka");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("demo-homecare-2026");
        await keys.PressAsync("Enter");
        await nurse.Page.WaitForURLAsync("**/");
        await nurse.LiveAsync();
        await TabToAsync(nurse, ".rail-item[href='/instructions']");
        await keys.PressAsync("Enter");
        var card = nurse.Page.Locator("article.ask").Filter(new() { HasText = asked });
        await Expect(card).ToBeVisibleAsync(Soon);
        var id = await card.GetAttributeAsync("data-instruction");
        await TabToAsync(nurse, $"[data-instruction='{id}'] [data-step=Read]");
        await keys.PressAsync("Enter");
        await Expect(card.Locator("[data-step=Read]")).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        await TabToAsync(nurse, $"[data-instruction='{id}'] [data-step=Question]");
        await keys.PressAsync("Enter");
        await nurse.Dialog.WaitForAsync();
        await keys.PressAsync("Escape");
        await Expect(nurse.Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        (await nurse.Page.EvaluateAsync<string?>("document.activeElement.dataset.step")).ShouldBe("Question", "the focus did not come back to the button");

        await TabToAsync(nurse, $"[data-instruction='{id}'] [data-step=Take]");
        await keys.PressAsync("Enter");
        await nurse.Dialog.WaitForAsync();
        await TabToAsync(nurse, "dialog input");
        foreach (var said in new[] { "フロセミド錠", "200", "mg", "経口", "朝食後" })
        {
            await keys.TypeAsync(said);
            await keys.PressAsync("Tab");
        }

        // Read back as ten times the dose: refused, with the reason, and nothing typed is lost.
        await TabToAsync(nurse, "dialog button[type=submit]");
        await keys.PressAsync("Enter");
        await Expect(nurse.Dialog.Locator("[role=alert]")).ToBeVisibleAsync(Soon);
        await TabToAsync(nurse, "dialog input[id$=-Dose]");
        await keys.PressAsync("Control+a");
        await keys.TypeAsync("20");
        await keys.PressAsync("Enter");
        await Expect(nurse.Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await Expect(card.Locator("[data-step=Complete]")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task what_another_system_recorded_stands_on_the_timeline_once_however_often_it_is_imported()
    {
        var files = Directory.GetFiles(SharedTestData.Path("jp-core-examples"), "*.json").Order(StringComparer.Ordinal).ToList();
        var environment = new Dictionary<string, string?> { ["ConnectionStrings__HomeCare"] = town.ConnectionString, ["HOMECARE_DEMO"] = "1" };
        await using var nurse = await town.VisitAsync("ns.tanaka");
        var counts = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            await Script.RunAsync("dotnet", [Path.Combine(await PublishedHost.FolderAsync(), "HomeCare.Web.dll"), "import", .. files], environment: environment);
            var patient = await nurse.PatientAsync("山田 太郎");
            var entries = (await nurse.GetAsync($"api/patients/{patient}/timeline?limit=200")).AsArray();
            counts.Add(entries.Count);
            await nurse.OpenAsync($"/patients/{patient}");
            foreach (var kind in entries.Select(e => e!["kind"]!.GetValue<string>()).Distinct())
            {
                await Expect(nurse.Entries(kind).First).ToBeVisibleAsync(Soon);
            }
        }

        counts[0].ShouldBeGreaterThan(3);
        counts[1].ShouldBe(counts[0]);
    }

    /// <summary>Presses Tab until the element that has the focus is the one that is wanted.</summary>
    internal static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var i = 0; i < 150; i++)
        {
            if (await visitor.Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
            {
                return;
            }

            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The keyboard does not reach {selector}.");
    }
}
