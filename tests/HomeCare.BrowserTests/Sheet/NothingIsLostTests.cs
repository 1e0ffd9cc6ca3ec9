using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>The promise of the visit sheet: nothing typed on a tablet is lost, doubled or put under another's name.</summary>
public sealed class NothingIsLostTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    /// <summary>Not at the border of a day, where a second more or less is another day.</summary>
    private static readonly TimeSpan Year = TimeSpan.FromHours((365 * 24) + 2.5);

    [Fact]
    public async Task what_is_written_without_the_network_is_kept_over_a_killed_browser_and_arrives_once()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();

        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await Expect(tablet.Page.Locator(".sheet-state .chip-warn").First).ToBeVisibleAsync(Soon);
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "37.4");
        const string Half = "killed 1: half a sent";
        await tablet.Page.Locator("[data-field=objective]").PressSequentiallyAsync(Half, new() { Delay = 30 });

        // In the middle of typing: of the last keys one may not have reached the device.
        await tablet.TabAsync();
        await tablet.OpenAsync(patient);
        await Expect(tablet.Page.Locator("[data-field=temperature]")).ToHaveValueAsync("37.4", new() { Timeout = 30_000 });
        Half.ShouldStartWith(await tablet.Page.Locator("[data-field=objective]").InputValueAsync());
        (await tablet.Page.Locator("[data-field=objective]").InputValueAsync()).Length.ShouldBeGreaterThanOrEqualTo(Half.Length - 2);
        await tablet.TypeAsync("objective", "killed 1: half a sentence, and the rest");
        await tablet.TypeAsync("pulse", "81");
        await tablet.SavedAsync();

        await tablet.KillBrowserAsync();
        await tablet.OpenAsync(patient);
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveValueAsync("killed 1: half a sentence, and the rest", new() { Timeout = 30_000 });
        (await tablet.Page.Locator("[data-field=temperature]").InputValueAsync()).ShouldBe("37.4");
        await tablet.FinishAsync();
        await Expect(tablet.Page.Locator("article[data-entry] [data-state=kept]")).ToBeVisibleAsync(Soon);
        await tablet.KillBrowserAsync();
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("article[data-entry][data-state=kept]")).ToBeVisibleAsync(Soon);

        network.Treat(Fault.None);
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToContainTextAsync("#", new() { Timeout = 90_000 });
        var recorded = (await Recorded.OfAsync(town.ConnectionString, "killed 1")).ShouldHaveSingleItem();
        recorded.Words.ShouldBe("killed 1: half a sentence, and the rest");
        recorded.Temperature.ShouldBe(37.4m);
    }

    [Fact]
    public async Task an_answer_cut_in_its_middle_by_a_server_that_is_killed_is_asked_for_again_and_written_once()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "36.9");
        await tablet.TypeAsync("objective", "cut 1");
        // The commands arrive; of each answer only half comes back.
        var cut = 0;
        network.Treat(() => Interlocked.Increment(ref cut) <= 40 && cut % 2 == 0 ? Fault.CutAnswer : Fault.None);
        await tablet.FinishAsync();
        network.Treat(Fault.CutAnswer);
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        town.Host.Kill();
        await town.Host.StartAsync();
        network.Treat(Fault.None);
        await tablet.ReceivedAsync();
        (await Recorded.OfAsync(town.ConnectionString, "cut 1")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task two_people_at_one_tablet_send_under_their_own_names_and_see_nothing_of_each_other()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        await tablet.SignInAsync("dr.sato");
        await tablet.TakeAlongAsync();
        var physician = await PersonAsync(tablet);
        await tablet.LockAsync();
        await tablet.UnlockAsync("田中 美咲");

        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "two people: the nurse's");
        await tablet.FinishAsync();
        await tablet.LockAsync();
        await Expect(tablet.Page.Locator("#sheet")).Not.ToContainTextAsync("the nurse's");
        await tablet.UnlockAsync("佐藤 健一");
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("#sheet")).Not.ToContainTextAsync("the nurse's");
        await Expect(tablet.Page.Locator(".sheet-state")).ToContainTextAsync("ほかの人の送信待ち", new() { Timeout = 30_000 });

        network.Treat(Fault.None);
        await tablet.OpenAsync(patient);
        (await PersonAsync(tablet)).ShouldBe(physician, "the PIN has made the session the physician's");
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        (await Recorded.OfAsync(town.ConnectionString, "two people")).ShouldBeEmpty("the nurse's entry waits for the nurse");

        await tablet.LockAsync();
        await tablet.UnlockAsync("田中 美咲");
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        (await Recorded.OfAsync(town.ConnectionString, "two people")).ShouldHaveSingleItem().Author.ShouldBe(nurse);
    }

    [Fact]
    public async Task five_hundred_entries_drain_in_the_order_in_which_they_were_finished()
    {
        // A day of five hundred visits is taken along nowhere else: this town is its own.
        await using var own = new DemoTown(town.Chromium);
        await own.InitializeAsync();
        await using var network = new FaultProxy(own.Host.Address);
        await using var tablet = new Tablet(own, network.Address);
        await tablet.StartAsync();
        await tablet.SignInAsync("ns.tanaka");
        var (patient, nurse) = await Plans.NextAsync(own, tablet);
        await tablet.OpenAsync("/visits");
        network.Treat(Fault.Refuse);
        await tablet.Page.EvaluateAsync(
            """
            async ({ person, patient }) => {
              const { finish } = await import('/js/visit/store.js');
              const { newId } = await import('/js/visit/api.js');
              const at = new Date(Date.now() - 3600_000).toISOString();
              await finish(Array.from({ length: 500 }, (_, i) => { const visitId = newId(); return { id: newId(), personId: person, personName: '', patientId: patient, patientName: '', command: 'record-visit', visitId,
                body: { visitId, patientId: patient, startedAt: at, endedAt: new Date(Date.now() - 1800_000).toISOString(), kind: 'regular', teamOnly: false, note: { objective: `queue ${String(i).padStart(3, '0')}` } },
                state: 'kept', madeAt: Date.now(), tries: 0, notBefore: 0 }; }), null);
            }
            """, new { person = nurse.ToString(), patient = patient.Split('/')[2] });
        network.Treat(() => Random.Shared.Next(40) switch { 0 => Fault.DropRequest, 1 => Fault.CutAnswer, 2 => Fault.Delay, _ => Fault.None });
        await tablet.UntilAsync("async (person) => (await (await import('/js/visit/store.js')).entriesOf(person)).filter((e) => e.state === 'received').length === 500", nurse.ToString(), 600);
        string.Join(' ', (await Recorded.OfAsync(own.ConnectionString, "queue ")).Select(r => r.Words[6..])).ShouldBe(string.Join(' ', Enumerable.Range(0, 500).Select(i => $"{i:000}")));
        await Expect(tablet.Page.Locator("article[data-entry]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        TestContext.Current.TestOutputHelper?.WriteLine($"{network.Spoiled} requests were spoiled");
    }

    [Fact]
    public async Task a_clock_a_year_fast_is_said_and_the_record_has_the_right_time()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network, Year);
        var (patient, _) = await NextAsync(tablet);
        await tablet.OpenAsync(patient);
        await Expect(tablet.Page.Locator(".sheet-notices .banner-warn")).ToContainTextAsync("365日", new() { Timeout = 30_000 });
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "36.6");
        await tablet.TypeAsync("objective", "clock 1");
        await tablet.FinishAsync();
        await tablet.ReceivedAsync();
        var recorded = (await Recorded.OfAsync(town.ConnectionString, "clock 1")).ShouldHaveSingleItem();
        (TimeProvider.System.GetUtcNow() - recorded.MeasuredAt!.Value).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(10));
        recorded.Data.GetProperty("Clock").GetProperty("AheadSeconds").GetDecimal().ShouldBeInRange((decimal)Year.TotalSeconds - 1000, (decimal)Year.TotalSeconds + 1000);
        recorded.Data.GetProperty("Clock").GetProperty("Corrected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task what_was_written_without_the_network_by_a_clock_a_year_slow_is_asked_about_before_it_is_sent()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network, -Year);
        var (patient, _) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.KillBrowserAsync();
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "36.4");
        await tablet.TypeAsync("objective", "clock 2");
        await tablet.FinishAsync();

        network.Treat(Fault.None);
        var held = tablet.Page.Locator("article[data-entry][data-state=refused]");
        await Expect(held).ToContainTextAsync("365日", new() { Timeout = 90_000 });
        (await Recorded.OfAsync(town.ConnectionString, "clock 2")).ShouldBeEmpty("nothing is moved silently");
        await held.Locator(".form-actions .button-primary").ClickAsync();
        await tablet.ReceivedAsync();
        var recorded = (await Recorded.OfAsync(town.ConnectionString, "clock 2")).ShouldHaveSingleItem();
        (TimeProvider.System.GetUtcNow() - recorded.MeasuredAt!.Value).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(10));
        recorded.Data.GetProperty("Clock").GetProperty("Corrected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_sheet_too_old_for_the_server_says_so_keeps_everything_and_sends_it_once_it_has_been_opened_anew()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        // As the sheet of an earlier version, which names the number by which it speaks.
        await tablet.Context.AddInitScriptAsync(
            """
            const real = globalThis.fetch, earlier = localStorage.getItem('earlier');
            globalThis.fetch = (what, how) => real(what, earlier && how?.headers ? { ...how, headers: { ...how.headers, Sheet: '0' } } : how);
            """);
        await tablet.OpenAsync("/visits");
        await tablet.Page.EvaluateAsync("() => localStorage.setItem('earlier', '1')");
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "36.2");
        await tablet.TypeAsync("objective", "old 1");
        await tablet.FinishAsync();
        var said = tablet.Page.Locator(".sheet-notices .banner-warn");
        await Expect(said).ToContainTextAsync("古い版", new() { Timeout = 60_000 });
        await Expect(tablet.Page.Locator("article[data-entry] [data-state=kept]")).ToBeVisibleAsync(Soon);
        (await Recorded.OfAsync(town.ConnectionString, "old 1")).ShouldBeEmpty();

        // Half a draft beside it is there after the sheet has been opened anew.
        var (second, _) = await NextAsync(tablet);
        await tablet.OpenAsync(second);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "old 2: half");
        await tablet.SavedAsync();
        await Expect(said).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await tablet.Page.EvaluateAsync("() => localStorage.removeItem('earlier')");
        await said.Locator(".button-primary").ClickAsync();
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveValueAsync("old 2: half", new() { Timeout = 60_000 });
        await Expect(said).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await tablet.FinishAsync();
        await tablet.ReceivedAsync();
        (await Recorded.OfAsync(town.ConnectionString, "old ")).Select(r => r.Words).ShouldBe(["old 1", "old 2: half"]);
    }

    [Fact]
    public async Task a_visit_that_a_colleague_recorded_meanwhile_is_shown_with_both_sides_and_sent_as_one_of_its_own()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "conflict: mine");
        await tablet.FinishAsync();

        await using (var physician = await town.VisitAsync("dr.sato"))
        {
            var now = TimeProvider.System.GetUtcNow();
            (await physician.CommandAsync("record-visit", new
            {
                visitId = patient.Split('=')[1], patientId = patient.Split('/')[2], startedAt = now.AddMinutes(-50), endedAt = now.AddMinutes(-20), kind = "regular", teamOnly = false,
                note = new { objective = "conflict: the physician's" },
            })).Status.ShouldBe(200);
        }

        network.Treat(Fault.None);
        var card = tablet.Page.Locator("article[data-entry][data-state=refused]");
        await Expect(card).ToContainTextAsync("conflict: mine", new() { Timeout = 60_000 });
        await Expect(card).ToContainTextAsync("conflict: the physician's", new() { Timeout = 30_000 });
        await Expect(card).ToContainTextAsync("佐藤 健一");
        await using (var office = await town.VisitAsync("ns.tanaka"))
        {
            for (var i = 0; i < 20 && await office.Page.Locator("#unsent-t").CountAsync() == 0; i++)
            {
                await office.OpenAsync("/");
            }

            await Expect(office.Page.Locator("#unsent-t")).ToBeVisibleAsync(Soon);
        }

        await card.Locator(".button-primary").ClickAsync();
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveValueAsync("conflict: mine", new() { Timeout = 30_000 });
        await tablet.FinishAsync();
        await tablet.ReceivedAsync();
        (await Recorded.OfAsync(town.ConnectionString, "conflict")).Select(r => r.Words).ShouldBe(["conflict: the physician's", "conflict: mine"]);
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("article[data-entry]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task an_instruction_that_was_withdrawn_meanwhile_and_a_person_who_left_the_team_are_shown_and_nothing_is_dropped()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        var home = patient.Split('/')[2];
        await using var physician = await town.VisitAsync("dr.sato");
        var instruction = Guid.CreateVersion7();
        (await physician.CommandAsync("issue-instruction", new
        {
            instructionId = instruction, patientId = home, kind = "observation", text = "Measure SpO2 again", urgency = "routine", addressee = new { kind = "whoeverVisitsNext" },
        })).Status.ShouldBe(200);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.Page.Locator($"[data-instruction='{instruction}'] .button-primary").ClickAsync();
        await tablet.Page.Locator("dialog textarea").FillAsync("93 % at rest");
        await tablet.Page.Locator("dialog button[type=submit]").ClickAsync();
        await Expect(tablet.Page.Locator("dialog")).ToHaveCountAsync(0);
        await tablet.TypeAsync("objective", "left 1");
        await tablet.FinishAsync();

        (await physician.CommandAsync("close-instruction", new { instructionId = instruction, comment = "withdrawn by telephone" })).Status.ShouldBe(200);
        network.Treat(Fault.None);
        await tablet.ReceivedAsync();
        await tablet.OpenAsync("/visits");
        var refused = tablet.Page.Locator("article[data-entry][data-state=refused]");
        await Expect(refused).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Expect(refused.Last).ToContainTextAsync("93 % at rest");
        await Expect(refused.Last).ToContainTextAsync("withdrawn by telephone", new() { Timeout = 30_000 });
        (await Recorded.OfAsync(town.ConnectionString, "left 1")).ShouldHaveSingleItem("the record itself is not held up");
        await refused.Last.Locator(".button-quiet").Last.ClickAsync();
        await tablet.Page.Locator("dialog .button-stop").ClickAsync();
        await Expect(refused).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        // Off the team: nothing can be sent any more, and nothing goes by itself.
        var (next, _) = await NextAsync(tablet);
        var lost = next.Split('/')[2];
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync("/visits");
        network.Treat(Fault.None);
        await tablet.OpenAsync(next);
        network.Treat(Fault.Refuse);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "left 2");
        await tablet.FinishAsync();
        var own = (await physician.GetAsync("api/me"))["organisationId"]!.GetValue<Guid>();
        foreach (var member in (await physician.GetAsync($"api/patients/{lost}"))["team"]!.AsArray().Select(m => m!))
        {
            if (member["personId"]?.GetValue<Guid>() == nurse || (member["organisationId"]?.GetValue<Guid>() is { } organisation && organisation != own))
            {
                (await physician.CommandAsync("leave-care-team", new { patientId = lost, memberId = member["memberId"]!.GetValue<Guid>(), reason = "moved" })).Status.ShouldBe(200);
            }
        }

        network.Treat(Fault.None);
        await tablet.OpenAsync("/visits");
        var held = tablet.Page.Locator("article[data-entry][data-state=refused]").Filter(new() { HasText = "left 2" });
        await Expect(held).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(held).ToContainTextAsync("この人の記録はないか、見ることができません");
        (await Recorded.OfAsync(town.ConnectionString, "left 2")).ShouldBeEmpty();
        await tablet.UntilAsync("async ([person, patient]) => (await (await import('/js/visit/store.js')).takenBy(person)).every((t) => t.patientId !== patient)", new[] { nurse.ToString(), lost });
    }

    [Fact]
    public async Task a_full_tablet_says_so_and_the_entry_goes_straight_to_the_server()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("temperature", "36.5");
        await tablet.SavedAsync();
        // As the browser does when the disk is full.
        await tablet.Page.EvaluateAsync(
            "() => { IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
        await tablet.TypeAsync("objective", "full 1");
        await Expect(tablet.Page.Locator(".banner-stop")).ToContainTextAsync("空き", new() { Timeout = 30_000 });
        await tablet.FinishAsync();
        await tablet.ReceivedAsync();
        (await Recorded.OfAsync(town.ConnectionString, "full 1")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_sheet_open_in_a_second_tab_is_written_in_one_of_them()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "tabs 1");
        await tablet.SavedAsync();
        var second = await tablet.Context.NewPageAsync();
        await second.GotoAsync(patient);
        await second.Locator("main .button-primary").ClickAsync(new() { Timeout = 30_000 });
        await Expect(second.Locator("[data-field=objective]")).ToHaveValueAsync("tabs 1", new() { Timeout = 30_000 });
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await second.Locator("[data-record]").ClickAsync();
        await second.Locator("article[data-state=received]").WaitForAsync(new() { Timeout = 60_000 });
        (await Recorded.OfAsync(town.ConnectionString, "tabs 1")).ShouldHaveSingleItem();
    }

    private Task<Tablet> TabletAsync(FaultProxy network, TimeSpan ahead = default) => Tablet.OfNurseAsync(town, network, ahead);

    /// <summary>The sheet of a new visit planned for now, and the person at work.</summary>
    private Task<(string Path, Guid Person)> NextAsync(Tablet tablet) => Plans.NextAsync(town, tablet);

    private static async Task<Guid> PersonAsync(Tablet tablet) => (await Plans.GetAsync(tablet, "api/me"))["personId"]!.GetValue<Guid>();
}
