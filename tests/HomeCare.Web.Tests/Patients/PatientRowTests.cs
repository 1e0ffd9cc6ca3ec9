using Bunit;
using HomeCare.Patients;
using HomeCare.Web.Patients;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Patients;

public sealed class PatientRowTests
{
    public static PatientLine Line { get; } = new(
        Samples.Patient, "岡本 フミ", "オカモト フミ", new DateOnly(1938, 4, 3), Sex.Female, CareLevel.Care4, ["ペニシリン系"], ["心不全", "褥瘡", "糖尿病"],
        new LastChange(12, Samples.Now.AddHours(-2), "visit-recorded", "田中 美咲"), 2, new NextVisit(Samples.Subject, Samples.Now.AddDays(1), "田中 美咲"), 1, 1, 0, 0, [], []);

    private static string Text(PatientLine line, string language = "ja")
    {
        using var pages = new Pages(language);
        return string.Join(' ', pages.Render<PatientRow>(p => p.Add(r => r.Line, line)).Find("a.row").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void a_row_says_who_it_is_what_must_be_known_and_what_is_new()
    {
        var text = Text(Line);
        text.ShouldStartWith("オカモト フミ");
        text.ShouldContain("岡本 フミ 88歳 女性 要介護4・心不全・褥瘡 ペニシリン系");
        text.ShouldContain("指示受け待ち 1");
        text.ShouldContain("新着 2");
        text.ShouldContain("次回 明日 14:36");
    }

    [Fact]
    public void what_is_overdue_takes_the_place_of_what_only_waits()
    {
        var text = Text(Line with { OverdueInstructions = 1 }, "en");
        text.ShouldContain("1 overdue");
        text.ShouldNotContain("to be taken");
    }

    [Fact]
    public void nothing_new_has_no_mark() => Text(Line with { Unread = 0 }).ShouldNotContain("新着");

    [Fact]
    public void a_hundred_and_more_are_not_counted() => Text(Line with { Unread = 100 }).ShouldContain("新着 99+");

    [Theory]
    [InlineData("おか", "オカ")]
    [InlineData("ｵｶﾓﾄ", "オカモト")]
    [InlineData("もとふ", "モト フ")]
    public void what_was_searched_for_is_marked_whatever_the_width_and_kana(string query, string marked)
    {
        using var pages = new Pages();
        pages.Render<Found>(p => p.Add(f => f.Text, "オカモト フミ").Add(f => f.Query, query)).Find("mark").TextContent.ShouldBe(marked);
    }

    [Fact]
    public void where_it_is_not_found_nothing_is_marked()
    {
        using var pages = new Pages();
        var found = pages.Render<Found>(p => p.Add(f => f.Text, "岡本 フミ").Add(f => f.Query, "おか"));
        found.FindAll("mark").ShouldBeEmpty();
        found.Markup.Trim().ShouldBe("岡本 フミ");
    }

    [Theory]
    [InlineData(Profession.Physician, "patient")]
    [InlineData(Profession.Pharmacist, "patient")]
    [InlineData(Profession.Nurse, "client")]
    [InlineData(Profession.CareManager, "client")]
    [InlineData(Profession.Family, "home")]
    public void each_profession_has_its_own_word(Profession profession, string word) => Who.Word(profession).ShouldBe(word);
}
