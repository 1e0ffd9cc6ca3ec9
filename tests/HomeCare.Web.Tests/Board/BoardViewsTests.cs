using Bunit;
using HomeCare.Patients;
using HomeCare.Web.Board;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Board;

/// <summary>Groups of a board, and the ways of looking at it that each person keeps.</summary>
public sealed class BoardViewsTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(9));

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    private BoardViews Views => host.Services.GetRequiredService<BoardViews>();

    private static PatientLine Line(string name, CareLevel? level = null, DateTimeOffset? next = null, int overdue = 0) => new(
        Ids.Of(name), name, name, null, Sex.Female, level, [], [], null, 0, next is { } at ? new NextVisit(Ids.Of(name, "visit"), at, "田中 美咲") : null, 0, 0, 0, overdue, [], []);

    private static BoardList Of(params PatientLine[] lines)
    {
        var list = new BoardList();
        list.Take(lines, Now);
        return list;
    }

    private static IEnumerable<string> Words(BoardList list) => list.Groups().Select(g => $"{g.Heading.Need}{g.Heading.Level}{g.Heading.Day:MM-dd}{(g.Heading.Without ? "-" : null)}: {string.Join(' ', g.Rows.Select(r => r.Line.Name))}");

    [Fact]
    public void groups_stand_by_need_by_day_or_by_care_level_and_who_has_none_stands_last()
    {
        var list = Of(Line("ア", CareLevel.Care2, Now.AddDays(1)), Line("イ", CareLevel.Care5, Now.AddHours(2), overdue: 1), Line("ウ"), Line("エ", CareLevel.Care2, Now.AddHours(1)));
        Words(list).ShouldBe(["Now: イ", "None: ア ウ エ"]);
        list.Grouping = BoardGrouping.CareLevel;
        Words(list).ShouldBe(["Care5: イ", "Care2: ア エ", "-: ウ"]);
        (list.Grouping, list.Order) = (BoardGrouping.Day, BoardOrder.NextVisit);
        Words(list).ShouldBe(["11-27: エ イ", "11-28: ア", "-: ウ"]);
        list.Grouping = BoardGrouping.None;
        Words(list).ShouldHaveSingleItem().ShouldBe(": エ イ ア ウ");
    }

    [Fact]
    public void a_change_that_puts_somebody_into_another_group_moves_the_row()
    {
        var list = Of(Line("ア", CareLevel.Care2, Now.AddDays(1)), Line("イ", CareLevel.Care2));
        (list.Grouping, list.Order) = (BoardGrouping.CareLevel, BoardOrder.Name);
        list.Take(Ids.Of("ア"), Line("ア", CareLevel.Care2, Now.AddDays(2)), Now).ShouldBeFalse();
        list.Take(Ids.Of("ア"), Line("ア", CareLevel.Care3, Now.AddDays(2)), Now).ShouldBeTrue();
        Words(list).ShouldBe(["Care3: ア", "Care2: イ"]);
    }

    [Fact]
    public async Task a_view_is_its_owners_alone_replaced_by_name_and_there_are_not_too_many()
    {
        var (by, other) = (Town.Of(Profession.Nurse), Town.Of(Profession.CareManager));
        var view = new BoardView("午前", BoardOrder.NextVisit, BoardGrouping.Day, BoardFilter.Today, "岡本");
        (await Views.KeepAsync(by, view, Ct)).ShouldBeNull();
        (await Views.KeepAsync(by, view with { Query = null }, Ct)).ShouldBeNull();
        (await Views.OfAsync(by, Ct)).ShouldBe([view with { Query = null }]);
        (await Views.OfAsync(other, Ct)).ShouldBeEmpty();
        await Views.ForgetAsync(other, "午前", Ct);
        (await Views.OfAsync(by, Ct)).Count.ShouldBe(1);
        (await Views.KeepAsync(by, view with { Name = " " }, Ct)).ShouldBe("board.views.name_wrong");
        (await Views.KeepAsync(by, view with { Name = new string('あ', BoardViews.LongestName + 1) }, Ct)).ShouldBe("board.views.name_wrong");
        for (var i = 1; i < BoardViews.Most; i++)
        {
            (await Views.KeepAsync(by, view with { Name = $"{i}" }, Ct)).ShouldBeNull();
        }

        (await Views.KeepAsync(by, view with { Name = "もう一つ" }, Ct)).ShouldBe("board.views.too_many");
        (await Views.KeepAsync(by, view, Ct)).ShouldBeNull("one that is there is replaced however many there are");
        foreach (var each in await Views.OfAsync(by, Ct))
        {
            await Views.ForgetAsync(by, each.Name, Ct);
        }
    }

    [Fact]
    public async Task a_view_that_is_chosen_puts_order_groups_filter_and_search_as_they_were_kept()
    {
        var by = Town.Of(Profession.Dentist);
        await Views.KeepAsync(by, new BoardView("未読", BoardOrder.Unread, BoardGrouping.CareLevel, BoardFilter.Unread, "岡本"), Ct);
        await using var pages = new LivePages(host, by);
        pages.Js.SetupModule("/js/board.js").Mode = JSRuntimeMode.Loose;
        var page = pages.Render<BoardPage>();
        await page.WaitForElement("[data-view=未読]", LivePages.Patience).ClickAsync(new());
        page.WaitForElement("[data-view=未読][aria-pressed=true]", LivePages.Patience);
        page.FindAll(".page-actions select").Select(s => s.GetAttribute("value")).ShouldBe(["Unread", "CareLevel"]);
        page.Find("#board-q").GetAttribute("value").ShouldBe("岡本");
        page.FindAll(".figure").Select(f => f.GetAttribute("aria-pressed")).ShouldBe(["false", "false", "false", "true"]);
    }

    [Fact]
    public async Task a_view_is_kept_under_a_name_chosen_again_and_removed()
    {
        var by = Town.Of(Profession.Physician);
        await using var pages = new LivePages(host, by);
        var list = Of(Line("ア"));
        BoardView? chosen = null;
        var bar = pages.Render<ViewsBar>(p => p.Add(b => b.By, by).Add(b => b.List, list).Add(b => b.OnChosen, v => chosen = v));
        bar.FindAll(".board-views").ShouldBeEmpty("as everybody finds it there is nothing to keep");

        list.Grouping = BoardGrouping.CareLevel;
        bar.Render();
        await bar.Find("[data-view-keep]").ClickAsync(new());
        await bar.Find("dialog form").SubmitAsync();
        bar.Find("#view-name-e").TextContent.ShouldContain("30文字まで");
        await bar.Find("#view-name").InputAsync(new() { Value = "介護度で" });
        await bar.Find("dialog form").SubmitAsync();
        bar.WaitForElement("[data-view=介護度で]", LivePages.Patience).GetAttribute("aria-pressed").ShouldBe("true");

        list.Grouping = BoardGrouping.Need;
        bar.Render();
        bar.Find("[data-view=介護度で]").GetAttribute("aria-pressed").ShouldBe("false");
        await bar.Find("[data-view=介護度で]").ClickAsync(new());
        chosen!.Grouping.ShouldBe(BoardGrouping.CareLevel);
        list.Grouping = BoardGrouping.CareLevel;
        bar.Render();
        await bar.Find("[data-view-forget]").ClickAsync(new());
        bar.WaitForAssertion(() => bar.FindAll("[data-view]").ShouldBeEmpty(), LivePages.Patience);
    }
}
