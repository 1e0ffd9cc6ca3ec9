using System.Diagnostics;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>The main job: a visit reaches the physician, an instruction the nurse, and the answer comes back; also after the server was killed.</summary>
public sealed class MainJobTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "加藤 はな")]
    [InlineData("en", "小野 久子")]
    public async Task a_visit_an_instruction_and_its_answer_go_to_and_fro_and_again_after_the_server_was_killed(string language, string patient)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var id = await nurse.PatientAsync(patient);
        await physician.OpenAsync($"/patients/{id}");
        (await physician.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);

        await ExchangeAsync(nurse, physician, id, "94", "SpO2 94 %");

        nurse.ServerMayBeAway = physician.ServerMayBeAway = true;
        await nurse.RememberAsync();
        town.Host.Kill();
        await Expect(physician.Page.Locator("#components-reconnect-modal.components-reconnect-show")).ToBeVisibleAsync(Soon);
        await town.Host.StartAsync();
        // Nobody touches the pages: they come back by themselves.
        foreach (var page in new[] { nurse, physician })
        {
            await page.LiveAsync();
        }

        await ExchangeAsync(nurse, physician, id, "93", "SpO2 93 %");
    }

    [Theory]
    [InlineData("ja", "柴田"), InlineData("en", "清水")]
    public async Task a_medicine_is_ordered_read_taken_with_its_read_back_asked_about_answered_and_done(string language, string patient)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language).Phone());
        var id = await nurse.PatientAsync(patient);
        var text = $"夕食後から増やします {language}";
        await nurse.OpenAsync($"/patients/{id}");
        await nurse.RememberAsync();
        await physician.OpenAsync($"/patients/{id}");
        await physician.Page.Locator("a[href$='/instruct']").First.ClickAsync();
        await physician.Page.Locator("input[name=kind][value=Medicine]").CheckAsync(new() { Force = true });
        foreach (var (part, value) in new[] { ("Drug", "フロセミド錠"), ("Dose", "40"), ("Unit", "mg"), ("Route", "経口"), ("Timing", "夕食後") })
        {
            await physician.Page.Locator($"#o-{part}").FillAsync(value);
        }

        await physician.Page.Locator("#text").FillAsync(text);
        await physician.Page.Locator("#to").SelectOptionAsync((await physician.Page.Locator("#to option", new() { HasText = "田中 美咲" }).First.GetAttributeAsync("value"))!);
        await physician.Page.Locator("form button[type=submit]").ClickAsync();
        var theirs = physician.Entries("instruction-issued").Filter(new() { HasText = text });
        await Expect(theirs).ToBeVisibleAsync(Soon);
        await physician.RememberAsync();

        var hers = nurse.Entries("instruction-issued").Filter(new() { HasText = text });
        await Expect(hers).ToBeVisibleAsync(Soon);
        await nurse.Step("Read", hers).ClickAsync();

        // Ten times the dose, misheard: it cannot be taken, and the field says what was ordered.
        await nurse.Step("Take", hers).ClickAsync(new() { Timeout = 15_000 });
        foreach (var (part, value) in new[] { ("Drug", "フロセミド錠"), ("Dose", "400"), ("Unit", "mg"), ("Route", "経口"), ("Timing", "夕食後") })
        {
            await nurse.Dialog.Locator($"input[id$='-{part}']").FillAsync(value);
        }

        await Expect(nurse.Dialog.Locator(".is-different")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await nurse.Dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(nurse.Dialog.Locator(".banner-stop")).ToBeVisibleAsync(Soon);
        await nurse.Dialog.Locator("input[id$='-Dose']").FillAsync("40");
        await Expect(nurse.Dialog.Locator(".is-same")).ToHaveCountAsync(5, new() { Timeout = 15_000 });
        await nurse.SubmitAsync();
        await Expect(theirs.Locator(".step.is-done").Filter(new() { HasText = "田中 美咲" })).ToBeVisibleAsync(Soon);

        // Taken, and a question comes up at the bedside.
        await SayAsync(nurse, "Question", hers, "血圧 92 でも飲みますか");
        await SayAsync(physician, "Answer", theirs, "100 未満なら飲まずに電話を");
        await Expect(hers).ToContainTextAsync("100 未満なら飲まずに電話を", new() { Timeout = 15_000 });
        await SayAsync(nurse, "Complete", hers, "血圧 118、服用を確認");
        await Expect(theirs).ToContainTextAsync("血圧 118、服用を確認", new() { Timeout = 15_000 });
        await physician.Step("Close", theirs).ClickAsync();
        await Expect(hers.Locator(".step.is-done")).ToHaveCountAsync(6, new() { Timeout = 15_000 });
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");
        (await nurse.IsStillHereAsync()).ShouldBeTrue("the nurse's page was loaded anew");
    }

    private static async Task ExchangeAsync(Visitor nurse, Visitor physician, Guid patient, string oxygen, string name)
    {
        // The physician's page is open; from here on nobody loads it anew.
        await physician.RememberAsync();
        await VisitSheet.OpenAsync(nurse, patient);
        await VisitSheet.FillAsync(nurse, temperature: "36.8", pulse: "84", respiration: "18", systolic: "128", diastolic: "76", oxygen, note: $"{name}, sleeps well");
        await VisitSheet.SendAsync(nurse);
        var sent = Stopwatch.GetTimestamp();
        var visit = physician.Entries("visit-recorded").Filter(new() { HasText = $"{name}, sleeps well" });
        await Expect(visit).ToBeVisibleAsync(Soon);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stopwatch.GetElapsedTime(sent).TotalMilliseconds:F0} ms after the nurse had her receipt the visit was seen on the physician's page");
        await Expect(visit).ToContainTextAsync(oxygen);

        // An instruction to the nurse by name; what she has open is the timeline.
        await nurse.OpenAsync($"/patients/{patient}");
        await nurse.RememberAsync();
        var text = $"Watch for breathlessness ({name})";
        await InstructAsync(physician, text);
        var hers = nurse.Entries("instruction-issued").Filter(new() { HasText = text });
        var theirs = physician.Entries("instruction-issued").Filter(new() { HasText = text });
        await Expect(hers).ToBeVisibleAsync(Soon);

        // Arrived by itself, read in one tap, asked about, answered, taken, carried out, closed: each seen by the other.
        await nurse.Step("Read", hers).ClickAsync();
        await Expect(theirs.Locator(".step.is-done")).ToHaveCountAsync(3, new() { Timeout = 15_000 });
        await SayAsync(nurse, "Question", hers, "At which rate shall I telephone?");
        await SayAsync(physician, "Answer", theirs, "From 25 a minute");
        await Expect(hers).ToContainTextAsync("From 25 a minute", new() { Timeout = 15_000 });
        await nurse.Step("Take", hers).ClickAsync();
        await nurse.SubmitAsync();
        await SayAsync(nurse, "Complete", hers, "Respiration 18, calm");
        await Expect(theirs).ToContainTextAsync("Respiration 18, calm", new() { Timeout = 15_000 });
        await physician.Step("Close", theirs).ClickAsync();
        await Expect(hers.Locator(".step.is-done")).ToHaveCountAsync(6, new() { Timeout = 15_000 });
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");
        (await nurse.IsStillHereAsync()).ShouldBeTrue("the nurse's page was loaded anew");
    }

    private static async Task InstructAsync(Visitor physician, string text)
    {
        var page = physician.Page;
        await page.Locator("a[href$='/instruct']").First.ClickAsync();
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#to").SelectOptionAsync((await page.Locator("#to option", new() { HasText = "田中 美咲" }).First.GetAttributeAsync("value"))!);
        await page.Locator("form button[type=submit]").ClickAsync();
        await Expect(physician.Entries("instruction-issued").Filter(new() { HasText = text })).ToBeVisibleAsync(Soon);
    }

    private static async Task SayAsync(Visitor who, string step, ILocator card, string text)
    {
        await who.Step(step, card).ClickAsync(new() { Timeout = 15_000 });
        await who.Dialog.Locator("textarea").First.FillAsync(text);
        await who.SubmitAsync();
    }
}
