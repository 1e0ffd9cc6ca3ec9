using System.Net;
using Bunit;
using HomeCare.Conversations;
using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.Web.Accounts;
using HomeCare.Web.Settings;
using HomeCare.Web.Shell;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Alerts;

/// <summary>What calls somebody to the page, and that what arrived is said.</summary>
public sealed class AlertTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Physician = Town.Of(Profession.Physician);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", "iPad Safari")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Android Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Windows Edge")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux Firefox")]
    [InlineData("curl/8.0", "Browser")]
    [InlineData(null, "Browser")]
    public void a_device_is_called_by_its_kind_and_browser(string? said, string name) => DeviceName.Of(said).ShouldBe(name);

    [Fact]
    public void what_is_told_says_its_kind_and_whether_it_is_urgent_and_is_new_with_each_step()
    {
        var card = Samples.Card with { Urgency = Urgency.Urgent };
        WaitingCalls.Of(Samples.Reader, [card]).Calls.ShouldHaveSingleItem().What.ShouldBe(CallKind.UrgentInstruction);
        WaitingCalls.Of(Samples.Reader, [card with { Urgency = Urgency.Today }]).Calls[0].ShouldSatisfyAllConditions(c => c.What.ShouldBe(CallKind.Instruction), c => c.Urgent.ShouldBeFalse());
        WaitingCalls.Of(Samples.Reader, [card with { Kind = InstructionKind.Consultation }]).Calls[0].What.ShouldBe(CallKind.UrgentMessage);
        WaitingCalls.Of(Samples.Reader, [card with { Status = InstructionStatus.Completed }]).Calls[0].ShouldSatisfyAllConditions(c => c.What.ShouldBe(CallKind.Reply), c => c.Urgent.ShouldBeTrue());
        WaitingCalls.Of(Samples.Reader, [card]).Calls[0].Key.ShouldBe(WaitingCalls.Of(Samples.Reader, [card with { Reads = [new(Samples.Nurse.PersonId, "田中", Profession.Nurse, Samples.Now)] }]).Calls[0].Key);
        WaitingCalls.Of(Samples.Reader, [card with { Status = InstructionStatus.Taken, TakenBy = Samples.Reader.PersonId }]).ShouldSatisfyAllConditions(w => w.Count.ShouldBe(1), w => w.Calls.ShouldBeEmpty());
        WaitingCalls.Of(Samples.Reader, [card]).Calls[0].Key.ShouldNotBe(WaitingCalls.Of(Samples.Reader, [card with { Phase = 1 }]).Calls[0].Key);

        // Where an answer is mine, the ledger tells of it; the conversation is counted and tells no second time.
        var line = new ConversationLine(Samples.Subject, Samples.Patient, "岡本 フミ", "入浴", 2, "…", "田中", Samples.Now, 1, 0, true, false);
        WaitingCalls.Of([line]).Calls.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.What.ShouldBe(CallKind.Message), c => c.Urgent.ShouldBeFalse());
        var mine = WaitingCalls.Of([line with { AnswerIsMine = true }]);
        (mine.Count, mine.Calls.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task an_open_page_is_told_without_a_name_and_the_instruction_has_arrived_there()
    {
        var therapist = Town.Of(Profession.OccupationalTherapist);
        await using var pages = new LivePages(host, therapist);
        pages.Js.Setup<string?>("homecare.device").SetResult("Mozilla/5.0 (iPad) Version/19.0 Safari/604.1");
        var calls = pages.Js.SetupVoid("homecare.call", _ => true);
        calls.SetVoidResult();
        var rail = pages.Render<RailCount>(p => p.Add(r => r.By, therapist));
        // What waits already when the page is first read is counted and not told.
        rail.WaitForState(() => rail.RenderCount > 1, LivePages.Patience);
        var issue = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Rehabilitation, "今日から座位訓練", new Addressee(AddresseeKind.Person, therapist.PersonId), Urgency.Urgent);
        await host.MustAsync(Physician, issue);
        rail.WaitForElement(".rail-count", LivePages.Patience);
        await UntilAsync(() => Task.FromResult(calls.Invocations.Count > 0));
        calls.Invocations.Count.ShouldBe(1);
        var told = System.Text.Json.JsonSerializer.Serialize(calls.Invocations.First().Arguments[0], Json.Options);
        told.ShouldContain("\"urgent\":true");
        told.ShouldContain("至急の指示があります");
        told.ShouldContain("\"url\":\"/instructions\"");
        foreach (var secret in new[] { "岡本", "フミ", "座位", Town.Patient.ToString(), therapist.Name, Physician.Name })
        {
            told.ShouldNotContain(secret);
        }

        var instructions = host.Services.GetRequiredService<InstructionReader>();
        IReadOnlyList<HomeCare.Instructions.Delivery> deliveries = [];
        await UntilAsync(async () => (deliveries = (await instructions.SomeAsync(Physician, Town.Patient, [issue.InstructionId], Ct))![0].Deliveries).Count > 0);
        deliveries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.PersonId.ShouldBe(therapist.PersonId), d => d.Device.ShouldBe("iPad Safari"));

        // Its own arrival is nothing new, nor is what the reader does; an answer is.
        await host.MustAsync(therapist, new MarkInstructionRead(issue.InstructionId));
        await host.MustAsync(therapist, new TakeInstruction(issue.InstructionId));
        await host.MustAsync(therapist, new QuestionInstruction(issue.InstructionId, "何分まで"));
        await host.MustAsync(Physician, new AnswerQuestion(issue.InstructionId, "10分まで"));
        await UntilAsync(() => Task.FromResult(calls.Invocations.Count > 1));
        System.Text.Json.JsonSerializer.Serialize(calls.Invocations.Last().Arguments[0], Json.Options).ShouldContain("回答や報告が届きました");
    }

    [Fact]
    public async Task what_comes_between_the_first_drawing_and_the_live_page_is_counted_and_told()
    {
        var therapist = Town.Of(Profession.SpeechTherapist);
        await host.MustAsync(Physician, new IssueInstruction(
            Guid.CreateVersion7(), Town.Patient, InstructionKind.Rehabilitation, "飲み込みの評価", new Addressee(AddresseeKind.Person, therapist.PersonId), Urgency.Routine));
        await using var pages = new LivePages(host, therapist);
        var calls = pages.Js.SetupVoid("homecare.call", _ => true);
        calls.SetVoidResult();
        // Drawn before that instruction was known.
        pages.Carry("rail-count", new WaitingCalls(0, [], []) { At = -1 });
        var rail = pages.Render<RailCount>(p => p.Add(r => r.By, therapist));
        rail.WaitForElement(".rail-count", LivePages.Patience);
        await UntilAsync(() => Task.FromResult(calls.Invocations.Count > 0));
    }

    [Fact]
    public async Task all_screens_of_one_person_share_a_reading_until_something_is_written_that_could_change_it()
    {
        var (waiting, manager) = (host.Services.GetRequiredService<WaitingReader>(), Town.Of(Profession.CareManager));
        await waiting.OfAsync(manager, false);
        await UntilAsync(async () =>
        {
            var before = await waiting.OfAsync(manager, false);
            await host.MustAsync(Town.Of(Profession.Nurse), new HomeCare.VitalSigns.RecordVitals(Guid.CreateVersion7(), Town.Patient, Examples.Vitals));
            return ReferenceEquals(before, await waiting.OfAsync(manager, false));
        });
        var known = await waiting.OfAsync(manager, false);
        (await waiting.OfAsync(manager, false, anew: true)).ShouldNotBeSameAs(known, "places in a team are looked at anew");
        await host.MustAsync(Physician, new IssueInstruction(
            Guid.CreateVersion7(), Town.Patient, InstructionKind.Coordination, "担当者会議の日程", new Addressee(AddresseeKind.Person, manager.PersonId), Urgency.Routine));
        await UntilAsync(async () => (await waiting.OfAsync(manager, false)).Count == known.Count + 1);
        WaitingReader.Concerns(new InstructionDelivered(Guid.Empty, Town.Patient, manager.PersonId, "iPad Safari")).ShouldBeFalse();
        WaitingReader.Concerns(new InstructionRead(Guid.Empty, Town.Patient, manager.PersonId)).ShouldBeTrue();
        WaitingReader.Concerns(new HomeCare.CareTeams.CareTeamLeft(Town.Patient, Guid.Empty, "みなと訪問看護", null)).ShouldBeTrue();
    }

    [Fact]
    public async Task what_a_tablet_takes_along_has_arrived_on_it()
    {
        var nurse = Town.Of(Profession.Midwife);
        var issue = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Treatment, "踵の除圧", new Addressee(AddresseeKind.Person, nurse.PersonId));
        await host.MustAsync(Physician, issue);
        var client = await host.AsAsync(nurse);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/patients/{Town.Patient}/visit-sheet");
            request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (Linux; Android 15; K) Chrome/140.0.0.0 Safari/537.36");
            using var response = await client.SendAsync(request, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var card = (await host.Services.GetRequiredService<InstructionReader>().SomeAsync(Physician, Town.Patient, [issue.InstructionId], Ct))![0];
        (card.Deliveries.ShouldHaveSingleItem().Device, card.Reads.Count).ShouldBe(("Android Chrome", 0));
    }

    [Fact]
    public async Task the_settings_are_off_and_nothing_is_asked_before_a_button_is_pressed()
    {
        using var pages = new Pages();
        var settings = pages.Render<AlertSettings>(p => p.Add(s => s.By, Samples.Reader));
        settings.FindAll("input[data-alert]").ShouldAllBe(i => i.HasAttribute("disabled") && !i.HasAttribute("checked"));
        await settings.InvokeAsync(() => settings.Instance.ShowAsync(new AlertSettings.Choice(true, false, "denied")));
        settings.Find("[data-alert=sound]").HasAttribute("checked").ShouldBeTrue();
        settings.Find("[data-alert=notify]").HasAttribute("checked").ShouldBeFalse();
        settings.Find("[role=status]").TextContent.ShouldContain("通知が止められています");
        await settings.InvokeAsync(() => settings.Instance.ShowAsync(new AlertSettings.Choice(false, false, "none")));
        settings.Find("[data-alert=notify]").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void an_instructions_life_says_that_it_arrived_before_it_was_read()
    {
        using var pages = new Pages("en");
        var card = Samples.Card with { Deliveries = [new HomeCare.Instructions.Delivery(Samples.Nurse.PersonId, Samples.Nurse.Name, "iPad Safari", Samples.Now)] };
        pages.Render<HomeCare.Web.Timeline.InstructionLife>(p => p.Add(l => l.Card, card)).FindAll(".step").Select(s => s.TextContent.Trim()).Skip(1).First().ShouldStartWith("Delivered iPad Safari");
        pages.Render<HomeCare.Web.Timeline.InstructionLife>(p => p.Add(l => l.Card, Samples.Card)).Markup.ShouldNotContain("Delivered");
    }

    /// <summary>What follows the drawing draws nothing that could be waited for.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var left = 600; !await isSo(); left--)
        {
            left.ShouldBeGreaterThan(0);
            await Task.Delay(100, Ct);
        }
    }
}
