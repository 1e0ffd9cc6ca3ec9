using Bunit;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Web.Board;
using HomeCare.Web.Tests.Patients;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.Timeline;
using HomeCare.Web.Watching;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Watching;

/// <summary>How an item looks, on a card and in the board's row.</summary>
public sealed class AlertCardTests
{
    private static readonly Guid Source = new("0190a000-0000-8000-8000-000000000031");

    private static readonly Actor Helper = new("minato", new Guid("0190a000-0000-8000-8000-000000000032"), "近藤 直子", Profession.Helper);

    private static readonly AlertItem Low = Item(AlertCause.Vitals, new Alert(AlertRule.VitalRange, 1, "range/SpO2/Below", AlertLevel.Now, [new Evidence(Source, Samples.Now.AddMinutes(-30), 4, 88)])
    {
        Sign = VitalSign.SpO2, Bound = 92, Side = AlertSide.Below, ByPhysician = true,
    });

    private static readonly AlertItem Weary = Item(AlertCause.SoftSigns, new Alert(AlertRule.SoftSign, 1, "soft/Weary", AlertLevel.Today, [new Evidence(Source, Samples.Now.AddHours(-2), 4, Words: "近藤 直子")]) { Noticed = SoftSign.Weary });

    private static readonly AlertAct Taken = new(
        9, Samples.Now.AddMinutes(-5), AlertActKind.Acknowledged, AlertCause.Vitals, ["range/SpO2/Below"], Samples.Now.AddHours(1), "主治医へ電話する", null, null, Samples.Nurse.PersonId, Samples.Nurse.Name);

    [Theory]
    [InlineData("ja", "SpO₂ 88%(医師の設定 92 を下回る)", "佐藤クリニックへ電話", "すぐ確認")]
    [InlineData("en", "SpO₂ 88% (below the physician’s limit of 92)", "Call 佐藤クリニック", "Look now")]
    public void what_is_urgent_says_the_reading_the_bound_its_source_and_the_call_that_ends_it(string language, string says, string call, string level)
    {
        using var pages = new Pages(language);
        var card = Card(pages, Low, Samples.Reader);
        var reason = card.Find(".alert-reasons a");
        reason.TextContent.ShouldBe(says);
        reason.GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/source/{Source}");
        card.Find("a[href='tel:0312345678']").TextContent.ShouldBe(call);
        card.Find(".chip-stop").TextContent.ShouldBe(level);
    }

    [Fact]
    public void what_is_not_urgent_has_no_call()
    {
        using var pages = new Pages();
        var card = Card(pages, Weary, Samples.Reader);
        card.FindAll("a[href^='tel:']").ShouldBeEmpty();
        card.Find(".alert-reasons a").TextContent.ShouldBe("だるい(近藤 直子)");
    }

    [Fact]
    public void what_somebody_has_taken_up_says_who_with_what_intention_and_until_when_and_no_longer_asks()
    {
        using var pages = new Pages();
        var card = Card(pages, Low with { Answer = Taken, HeldUntil = Taken.Until }, Samples.Reader);
        card.Find(".alert-answer").TextContent.ShouldContain("田中 美咲さん:主治医へ電話する(今日 15:36まで)");
        card.FindAll(".chip-stop, a[href^='tel:'], .is-stop").ShouldBeEmpty();
        card.FindAll(".alert-buttons button").ShouldHaveSingleItem();

        var again = Card(pages, Low with { Answer = Taken with { Until = Samples.Now.AddMinutes(-1) } }, Samples.Reader);
        again.Find(".alert-answer strong").TextContent.ShouldBe("時刻を過ぎました");
        again.FindAll(".chip-stop").ShouldHaveSingleItem();
        Card(pages, Low with { Answer = Taken }, Samples.Reader).Find(".alert-answer strong").TextContent.ShouldBe("新しく加わったことがあります");
    }

    [Theory]
    [InlineData("ja", "SpO₂ 88%(医師の設定 92 を下回る) ほか1件"), InlineData("en", "SpO₂ 88% (below the physician’s limit of 92) and 1 more")]
    public void above_a_timeline_on_a_narrow_screen_stands_what_asks_first_and_leads_to_the_rest(string language, string words)
    {
        using var pages = new Pages(language);
        IRenderedComponent<AlertsJump> Jump(params AlertItem[] items) =>
            pages.Render<AlertsJump>(p => p.Add(j => j.PatientId, Samples.Patient).Add(j => j.Watched, new Watched(items, null, [])));

        var line = Jump(Low, Weary).Find("a.is-stop");
        line.TextContent.Trim().ShouldBe(words);
        line.GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}#aside-alerts");
        Jump(Weary).FindAll("a.is-warn").ShouldHaveSingleItem();
        Jump(Low with { Answer = Taken, HeldUntil = Taken.Until }).FindAll("a").ShouldBeEmpty("somebody has it in hand");
        Jump().FindAll("a").ShouldBeEmpty();
    }

    [Fact]
    public void a_helper_sees_it_and_has_nothing_to_press()
    {
        using var pages = new Pages();
        Card(pages, Low, Helper, detailed: true).FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void each_person_is_asked_once_whether_it_was_useful()
    {
        using var pages = new Pages();
        Card(pages, Low with { ClosedAt = Samples.Now }, Samples.Reader, detailed: true).FindAll(".alert-judge button").Count.ShouldBe(2);
        var mine = Taken with { Kind = AlertActKind.Judged, Useful = true, ById = Samples.Reader.PersonId };
        var card = Card(pages, Low with { Judgements = [mine, mine with { ById = Samples.Nurse.PersonId, Useful = false }] }, Samples.Reader, detailed: true);
        card.FindAll(".alert-judge button").ShouldBeEmpty();
        card.Find(".alert-judge").TextContent.ShouldContain("役に立った 1/2");
    }

    [Fact]
    public void with_details_it_names_the_rule_and_its_revision()
    {
        using var pages = new Pages();
        Card(pages, Low, Samples.Reader, detailed: true).Find(".alert-rule").TextContent.ShouldContain("範囲外の値(第1版)");
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void every_rule_says_a_sentence(string language)
    {
        using var pages = new Pages(language);
        foreach (var rule in Enum.GetValues<AlertRule>())
        {
            var alert = Low.Alerts[0] with { Rule = rule, Band = News2Band.Urgent, Amount = 5, IsTotal = true, Noticed = rule is AlertRule.SoftSign or AlertRule.MedicineLeft ? SoftSign.Weary : null };
            var text = Card(pages, Low with { Alerts = [alert] }, Samples.Reader).Find(".alert-reasons a").TextContent;
            text.ShouldNotContain("alert.");
            text.ShouldNotContain("{");
            text.Length.ShouldBeGreaterThan(4);
        }
    }

    [Fact]
    public void on_the_board_a_row_says_what_it_does_not_say_already_and_who_has_taken_up_the_rest()
    {
        using var pages = new Pages();
        var reading = new LatestReading(VitalSign.SpO2, 88, Samples.Now.AddMinutes(-30), AlertSide.Below, 92, true, null);
        var line = PatientRowTests.Line with { Latest = [reading], UnownedInstructions = 0, Alerts = [Low, Weary], Call = new TeamCall("佐藤クリニック", "03-1234-5678") };
        var row = Row(pages, line);
        row.FindAll(".board-alert").ShouldHaveSingleItem().TextContent.ShouldBe("だるい(近藤 直子)");
        row.Find(".board-acts a[href='tel:0312345678']").GetAttribute("aria-label").ShouldBe("佐藤クリニックへ電話");
        row.FindAll(".board-acts button").Count.ShouldBe(2);
        BoardRow.Of(line, Samples.Now).Need.ShouldBe(Need.Now);

        var held = line with { Alerts = [Low with { Answer = Taken, HeldUntil = Taken.Until }] };
        BoardRow.Of(held, Samples.Now).Need.ShouldBe(Need.Today);
        Row(pages, held).ShouldSatisfyAllConditions(
            r => r.Find(".board-answer").TextContent.ShouldContain("主治医へ電話する"), r => r.FindAll(".board-acts").ShouldBeEmpty());
    }

    [Fact]
    public void on_the_board_what_is_due_today_lifts_the_row_and_what_is_set_aside_does_not()
    {
        var line = PatientRowTests.Line with { Latest = [], UnownedInstructions = 0, OpenQuestions = 0, Alerts = [Weary] };
        BoardRow.Of(line, Samples.Now).Need.ShouldBe(Need.Today);
        BoardRow.Of(line with { Alerts = [Weary with { Answer = Taken with { Kind = AlertActKind.Snoozed }, HeldUntil = Samples.Now.AddHours(4) }] }, Samples.Now).Need.ShouldBe(Need.None);
    }

    private static AlertItem Item(AlertCause cause, Alert alert) => new(Ids.Of("item", $"{cause}"), Samples.Patient, cause, Samples.Now.AddHours(-2), null, [alert]);

    private static IRenderedComponent<AlertCard> Card(Pages pages, AlertItem item, Actor by, bool detailed = false) => pages.Render<AlertCard>(p => p
        .Add(c => c.Item, item).Add(c => c.By, by).Add(c => c.Detailed, detailed).Add(c => c.Call, new Call("佐藤クリニック", "03-1234-5678")));

    private static IRenderedComponent<RowView> Row(Pages pages, PatientLine line) =>
        pages.Render<RowView>(p => p.Add(r => r.Row, BoardRow.Of(line, Samples.Now)).Add(r => r.Today, JapanTime.DayOf(Samples.Now)).Add(r => r.MayAnswer, true));
}

/// <summary>Items answered and judged on the pages, over the host's own services.</summary>
public sealed class AlertPagesTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task a_nurse_takes_up_an_item_with_an_intention_and_judges_it_once_and_the_list_and_the_figures_say_so()
    {
        var nurse = Town.Of(Profession.Nurse);
        await host.MustAsync(nurse, new RecordVitals(Guid.CreateVersion7(), Town.Patient, new Vitals(TimeProvider.System.GetUtcNow().AddMinutes(-10)) { SpO2 = 85, Oxygen = new Oxygen(0) }));
        await using var pages = new LivePages(host, nurse, "en");
        var page = pages.Render<PatientAlertsPage>(p => p.Add(a => a.Id, Town.Patient));
        page.WaitForAssertion(() => page.FindAll("[data-alert=Vitals] .chip-stop").Count.ShouldBe(1), LivePages.Patience);
        Rendered.Again(() => page.Find("[data-alert=Vitals] .alert-buttons button").Click());
        page.WaitForElement("form", LivePages.Patience);
        await page.SendAsync();
        page.Wrong("acknowledge-intention").ShouldNotBeNullOrEmpty();
        page.Type("acknowledge-intention", "Telephone the physician");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Find("[data-alert=Vitals] .alert-answer").TextContent.ShouldContain("Telephone the physician"), LivePages.Patience);
        page.FindAll("[data-alert=Vitals] .chip-stop").ShouldBeEmpty();
        Rendered.Again(() => page.Find("[data-alert=Vitals] .alert-judge button").Click());
        page.WaitForAssertion(() => page.Find("[data-alert=Vitals] .alert-judge").TextContent.ShouldContain("useful 1 of 1"), LivePages.Patience);

        await using var others = new LivePages(host, Town.Of(Profession.CareManager), "en");
        var list = others.Render<AlertsPage>();
        list.WaitForAssertion(() => list.Words().ShouldContain("Telephone the physician"), LivePages.Patience);
        list.WaitForAssertion(() => list.Words().ShouldContain("100%"), LivePages.Patience);

        await using var administration = new LivePages(host, Town.Of(Profession.Administrator), "en");
        var figures = administration.Render<AlertsPage>();
        figures.WaitForAssertion(() => figures.Words().ShouldContain("100%"), LivePages.Patience);
        figures.Words().ShouldNotContain("岡本");
    }

    public static TheoryData<Profession> Professions => [.. Town.Professions];

    [Theory, MemberData(nameof(Professions))]
    public async Task the_page_is_for_the_team_alone(Profession profession)
    {
        using var response = await (await host.AsAsync(Town.Of(profession))).GetAsync(new Uri($"/patients/{Town.Patient}/alerts", UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(Permissions.SeesTeamOnly(profession) ? 200 : 404);
        using var stranger = await (await host.AsAsync(Town.Of(profession, related: false))).GetAsync(new Uri($"/patients/{Town.Patient}/alerts", UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)stranger.StatusCode).ShouldBe(404);
    }
}
