using Bunit;
using HomeCare.People;
using HomeCare.Web.Accounts;
using HomeCare.Web.Admin;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Admin;

public sealed class PeopleListTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Admin = Town.Of(Profession.Administrator);
    private static readonly Member Nurse = new(
        Guid.CreateVersion7(), "田中 美咲", "タナカ ミサキ", Profession.Nurse, true, [new MemberPlace(Guid.CreateVersion7(), "みなと訪問看護", Profession.Nurse)]);

    private static PersonLine Line(Member member, params AccountLine[] accounts) => new(member, accounts);

    private static AccountLine Account(bool locked = false) => new(Nurse.PersonId, "ns.tanaka", false, locked);

    [Theory]
    [InlineData("田中")]
    [InlineData("たなか")]
    [InlineData("ﾀﾅｶ")]
    [InlineData("みなと")]
    [InlineData("NS.TANAKA")]
    [InlineData(" ")]
    public void somebody_is_found_by_name_kana_organisation_and_sign_in_name(string query) => Line(Nurse, Account()).Matches(query).ShouldBeTrue();

    [Fact]
    public void nobody_is_found_by_anything_else() => Line(Nurse, Account()).Matches("佐藤").ShouldBeFalse();

    [Fact]
    public void who_has_no_account_or_no_organisation_cannot_sign_in()
    {
        Line(Nurse, Account()).Is(PeopleShow.Unable).ShouldBeFalse();
        Line(Nurse).Is(PeopleShow.Unable).ShouldBeTrue();
        Line(Nurse with { Places = [] }, Account()).Is(PeopleShow.Unable).ShouldBeTrue();
        Line(Nurse with { Places = [], Profession = Profession.Family }, Account()).Is(PeopleShow.Unable).ShouldBeFalse();
    }

    [Fact]
    public void who_is_deactivated_is_shown_as_nothing_else()
    {
        var gone = Line(Nurse with { Active = false }, Account(locked: true));
        Enum.GetValues<PeopleShow>().Where(gone.Is).ShouldBe([PeopleShow.Deactivated]);
        Line(Nurse, Account(locked: true)).Is(PeopleShow.Locked).ShouldBeTrue();
    }

    [Fact]
    public void a_state_is_a_word_not_a_colour()
    {
        using var pages = new Pages("en");
        pages.Render<PersonState>(p => p.Add(s => s.Line, Line(Nurse with { Places = [] }))).Words().ShouldBe("No account No organisation");
        pages.Render<PersonState>(p => p.Add(s => s.Line, Line(Nurse, Account(locked: true)))).Words().ShouldBe("Locked");
        pages.Render<PersonState>(p => p.Add(s => s.Line, Line(Nurse with { Active = false }))).Words().ShouldBe("Deactivated");
        pages.Render<PersonState>(p => p.Add(s => s.Line, Line(Nurse, Account()))).Words().ShouldBeEmpty();
    }

    [Fact]
    public async Task the_list_says_who_it_is_where_they_work_and_how_they_sign_in()
    {
        await using var pages = new LivePages(host, Admin);
        var page = pages.Render<PeopleList>(p => p.Add(l => l.By, Admin));
        page.WaitForElement(".person-line", LivePages.Patience);
        page.Find("#people-q").Input("pharmacist.in");
        page.WaitForAssertion(() => page.FindAll(".person-line").Count.ShouldBe(1), LivePages.Patience);
        var row = page.Find(".person-line");
        row.TextContent.ShouldContain("薬剤師・Pharmacist in office");
        row.GetAttribute("href").ShouldBe($"/admin/people/{Town.Of(Profession.Pharmacist).PersonId}");
        page.Find("#people-q").Input("nobody at all");
        page.WaitForElement(".empty-title", LivePages.Patience);
        page.FindAll(".person-line").ShouldBeEmpty();
        page.Find(".empty-title").TextContent.ShouldBe("見つかりません");
    }

    [Fact]
    public async Task teams_are_listed_by_name_alone()
    {
        await using var pages = new LivePages(host, Admin, "en");
        var page = pages.Render<TeamsList>(p => p.Add(l => l.By, Admin).Add(l => l.Query, "おかもと"));
        page.WaitForElement("a.row", LivePages.Patience).GetAttribute("href").ShouldBe($"/admin/teams/{Town.Patient}");
        page.FindAll("a.row").Count.ShouldBe(1);
        page.Words().ShouldNotContain("1938");
        page.Render(p => p.Add(l => l.Query, "石井"));
        page.WaitForAssertion(() => page.Find("a.row").TextContent.ShouldContain("No team"), LivePages.Patience);
    }
}
