using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>A visit as it is written when all is well, by touch, by keyboard, and as it is looked at.</summary>
public sealed class JourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    /// <summary>Taps beside the digits that a visit with full vitals and a note may take.</summary>
    private const int MostTaps = 12;

    [Fact]
    public async Task a_visit_with_full_vitals_and_a_note_takes_at_most_twelve_taps_beside_the_digits()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka");
        var page = nurse.Page;
        // From each touch to the next picture, as the browser itself measures it.
        await page.AddInitScriptAsync(
            """
            window.answers = new Map();
            new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.interactionId) window.answers.set(e.interactionId, Math.max(window.answers.get(e.interactionId) ?? 0, e.duration)); })
              .observe({ type: 'event', durationThreshold: 16, buffered: true });
            """);
        await page.GotoAsync(await PlannedAsync(nurse));
        var (taps, digits) = (0, 0);
        async Task Tap(string selector)
        {
            taps++;
            await page.Locator(selector).First.ClickAsync(new() { Timeout = 30_000 });
        }

        async Task Digits(string figure)
        {
            foreach (var key in figure)
            {
                digits++;
                await page.Locator($"[data-key='{key}']").ClickAsync();
            }
        }

        await Tap(".identity .button-primary");
        await Expect(page.Locator(".tile-input").First).ToHaveValueAsync("");
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["temperature"] = "36.7", ["pulse"] = "72", ["respiration"] = "16", ["systolic"] = "128", ["diastolic"] = "76", ["spO2"] = "97", ["weight"] = "52.4",
            ["oxygenFlow"] = "1", // where the person has oxygen
        };
        var figures = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.tile-input')].map(i => i.dataset.field)");
        foreach (var (field, i) in figures.Select((f, i) => (f, i)))
        {
            await Digits(values[field]);
            if (i < figures.Length - 1)
            {
                await Tap("[data-key=next]");
            }
        }

        await Tap("[data-field=acvpu][value=alert]");
        await Tap("[aria-controls=phrases]");
        await Tap(".phrase");
        await Tap("[data-record]");
        await Expect(page.Locator("article[data-entry][data-state=received]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var answers = await page.EvaluateAsync<double[]>("() => [...window.answers.values()]");
        // The Keystroke-Level Model (Card, Moran, Newell 1980): 1.1 s to point and 0.2 s to press for each tap, 1.35 s to decide for each thing that is chosen:
        // whose home it is, how awake the person is, what the words are, that it is done.
        var hand = (taps * (1.1 + 0.2)) + (4 * 1.35);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{taps} taps beside {digits} digits; the hand {hand:0.0} s by the model, the sheet {answers.Sum() / 1000:0.0} s in {answers.Length} answers, the slowest {answers.DefaultIfEmpty().Max():0} ms"));
        taps.ShouldBeLessThanOrEqualTo(MostTaps);
        var text = await page.Locator("article[data-entry]").InnerTextAsync();
        foreach (var value in figures.Select(f => values[f]).Concat(["清明", "変わりないとのこと"]))
        {
            text.ShouldContain(value);
        }
    }

    [Fact]
    public async Task the_whole_visit_can_be_written_with_the_keyboard_alone()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka");
        var page = nurse.Page;
        await page.GotoAsync(await PlannedAsync(nurse));
        await page.Locator(".identity .button-primary").WaitForAsync(new() { Timeout = 30_000 });
        async Task Until(string selector)
        {
            for (var i = 0; i < 80 && !await page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector); i++)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            (await page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector)).ShouldBeTrue($"{selector} is reached with Tab");
        }

        await Until(".identity .button-primary");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-field=temperature]")).ToBeFocusedAsync();
        foreach (var figure in new[] { "36.7", "72", "16", "128", "76", "97" })
        {
            await page.Keyboard.TypeAsync(figure);
            await page.Keyboard.PressAsync("Enter");
        }

        await Expect(page.Locator("[data-field=weight]")).ToBeFocusedAsync();
        await Until("[data-field=acvpu]");
        await page.Keyboard.PressAsync("Space");
        await Until("[data-field=objective]");
        await page.Keyboard.TypeAsync("keyboard 1");
        await Until("[data-record]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("article[data-entry][data-state=received]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        (await Recorded.OfAsync(town.ConnectionString, "keyboard 1")).ShouldHaveSingleItem().Temperature.ShouldBe(36.7m);
    }

    [Theory]
    [InlineData("ja", false)]
    [InlineData("en", true)]
    public async Task every_state_of_the_sheet_is_accessible(string language, bool dark)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language, dark));
        var page = nurse.Page;
        var path = await PlannedAsync(nurse);
        await page.GotoAsync($"{path}&culture={language}");
        await page.Locator(".identity").WaitForAsync(new() { Timeout = 30_000 });
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        await AxeAsync(nurse, "identity");
        await page.Locator(".identity .button-primary").ClickAsync();
        await page.Locator("[data-field=temperature]").FillAsync("42");
        await page.Locator("[data-field=spO2]").FillAsync("84");
        await page.Locator("[data-field=pulse]").FillAsync("900");
        await page.Locator("[aria-controls=phrases]").ClickAsync();
        await page.Locator("[aria-controls=how]").ClickAsync();
        await Camera.TakeAsync(page, await Camera.PhotoAsync(page, 1200, 900));
        await AxeAsync(nurse, "sheet");
        await page.Locator("[data-field=respiration]").FocusAsync();
        await page.Locator(".pad-alt .button").Nth(1).ClickAsync();
        await page.Locator("dialog[open]").WaitForAsync();
        await AxeAsync(nurse, "could-not-measure");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.Locator("[data-record]").ClickAsync();
        await page.Locator(".banner-stop").WaitForAsync();
        await AxeAsync(nurse, "sheet-refused");
        await page.Locator(".tile-button").First.ClickAsync();
        await page.Locator("[data-field=pulse]").FillAsync("88");
        while (await page.Locator(".tile-button[data-sign]").CountAsync() > 0)
        {
            await page.Locator(".tile-button[data-sign]").First.ClickAsync();
        }

        await nurse.Context.SetOfflineAsync(true);
        nurse.ServerMayBeAway = true;
        await page.Locator("[data-record]").ClickAsync();
        await page.Locator("article[data-entry]").WaitForAsync();
        await AxeAsync(nurse, "entry-kept");
        await nurse.Context.SetOfflineAsync(false);
        await page.Locator("article[data-entry][data-state=received]").WaitForAsync(new() { Timeout = 60_000 });
        await page.GotoAsync($"/visits?culture={language}");
        await page.Locator(".take-along button").ClickAsync(new() { Timeout = 30_000 });
        await AxeAsync(nurse, "pin");
        await page.Locator("#pin-1").FillAsync(Tablet.Pin);
        await page.Locator("#pin-2").FillAsync(Tablet.Pin);
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await AxeAsync(nurse, "visits");
        await page.Locator("header button").Last.ClickAsync();
        await page.Locator("#pin").WaitForAsync(new() { Timeout = 30_000 });
        await AxeAsync(nurse, "lock");
    }

    [Theory]
    [InlineData("hp.kondo")]
    [InlineData("fm.kato")]
    public async Task helpers_and_relatives_write_their_short_sheet_with_the_same_promise(string user)
    {
        await using var visitor = await town.VisitAsync(user);
        var patient = (await visitor.GetAsync("api/patients"))["patients"]![0]!["patientId"]!.GetValue<Guid>();
        await visitor.Page.GotoAsync($"/patients/{patient}/visit");
        if (user == "hp.kondo")
        {
            await visitor.Page.Locator(".identity .button-primary").ClickAsync(new() { Timeout = 30_000 });
            (await visitor.Page.Locator("[data-field=respiration], [data-field=glucose]").CountAsync()).ShouldBe(0, "a helper measures what the rules allow");
        }

        await visitor.Page.Locator("[data-field=temperature]").FillAsync("36.4", new() { Timeout = 30_000 });
        await visitor.Page.Locator("[data-record]").ClickAsync();
        await Expect(visitor.Page.Locator("article[data-entry][data-state=received]")).ToContainTextAsync("36.4", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task an_instruction_is_taken_and_carried_out_on_the_sheet_in_this_order()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka");
        await using var physician = await town.VisitAsync("dr.sato");
        var path = await PlannedAsync(nurse);
        var instruction = Guid.CreateVersion7();
        (await physician.CommandAsync("issue-instruction", new
        {
            instructionId = instruction, patientId = path.Split('/')[2], kind = "observation", text = "夕方にSpO₂を再測定", urgency = "routine", addressee = new { kind = "whoeverVisitsNext" },
        })).Status.ShouldBe(200);
        await nurse.Page.GotoAsync(path);
        await nurse.Page.Locator(".identity .button-primary").ClickAsync(new() { Timeout = 30_000 });
        var card = nurse.Page.Locator($"[data-instruction='{instruction}']");
        await card.Locator(".button-primary").ClickAsync();
        await nurse.Dialog.Locator("textarea").FillAsync("再測定 93%");
        await nurse.SubmitAsync();
        await Expect(card.Locator(".chip-ok")).ToContainTextAsync("再測定 93%");
        var status = "";
        for (var i = 0; i < 60 && status != "completed"; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var timeline = (await physician.GetAsync($"api/patients/{path.Split('/')[2]}/timeline?limit=50")).AsArray();
            status = timeline.Any(e => e!["kind"]!.GetValue<string>() == "instruction-completed" && e["data"]!["instructionId"]!.GetValue<Guid>() == instruction) ? "completed" : "";
        }

        status.ShouldBe("completed");
    }

    private static async Task AxeAsync(Visitor visitor, string state)
    {
        await visitor.PictureAsync($"visit-{state}");
        var result = await visitor.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        string.Join('\n', result.Violations.Select(v => $"{state}: {v.Id} {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")).ShouldBeEmpty();
    }

    private static async Task<string> PlannedAsync(Visitor nurse)
    {
        var me = (await nurse.GetAsync("api/me"))["personId"]!.GetValue<Guid>();
        var visit = Guid.CreateVersion7();
        var patient = (await nurse.GetAsync("api/patients"))["patients"]!.AsArray().Select(p => p!["patientId"]!.GetValue<Guid>()).ElementAt(Random.Shared.Next(10));
        (await nurse.CommandAsync("plan-visit", new { visitId = visit, patientId = patient, plannedAt = TimeProvider.System.GetUtcNow(), minutes = 30, visitorId = me, kind = "regular" })).Status.ShouldBe(200);
        return $"/patients/{patient}/visit?visit={visit}";
    }
}
