using Bunit;
using HomeCare.Communities;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Web.Board;
using HomeCare.Web.Tests.Patients;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.Timeline;
using HomeCare.Web.VitalSigns;

namespace HomeCare.Web.Tests.VitalSigns;

/// <summary>How a score is said.</summary>
public sealed class News2ViewTests
{
    private static readonly PatientCard Okamoto = new(Samples.Patient, "岡本 フミ", new DateOnly(1938, 4, 3), Sex.Female, []);

    private static readonly Vitals Worse = new(Samples.Now)
    {
        Temperature = 37.4m, Pulse = 102, Respiration = 24, Systolic = 148, SpO2 = 89, Oxygen = new(1), Consciousness = new(Acvpu.Alert),
    };

    private static readonly News2Acts Acts = new(null, "主治医へ30分以内に電話", "その場で主治医へ電話");

    private static News2 Score(Vitals vitals, PatientCard? patient = null) => News2Rule.Of(vitals, patient ?? Okamoto)!;

    private static string Said(News2 score, News2Acts? acts = null, string language = "ja", Call? call = null)
    {
        using var pages = new Pages(language);
        return pages.Render<News2View>(p => p.Add(v => v.Score, score).Add(v => v.Call, call).AddCascadingValue(acts ?? Acts)).Markup;
    }

    [Fact]
    public void a_total_is_said_with_its_band_the_communitys_act_and_the_telephone_call_that_ends_it()
    {
        var said = Said(Score(Worse), call: new Call("佐藤クリニック", "03-0000-0000"));
        said.ShouldContain("news2-high");
        said.ShouldContain("7点以上:緊急");
        said.ShouldContain("その場で主治医へ電話");
        said.ShouldContain("tel:0300000000");
        said.ShouldContain("英国王立内科医協会");
    }

    [Theory]
    [InlineData("ja", "少なくとも8点", "測定のない項目:体温"), InlineData("en", "at least 8", "Not measured: Temperature")]
    public void a_partial_score_never_looks_like_a_total(string language, string atLeast, string missing)
    {
        var said = Said(Score(Worse with { Temperature = null }), language: language);
        said.ShouldContain("≥8");
        said.ShouldContain(atLeast);
        said.ShouldContain(missing);
    }

    [Theory]
    [InlineData("ja", "16歳未満"), InlineData("en", "under 16")]
    public void who_is_not_scored_is_told_why_and_nothing_is_asked_for(string language, string why)
    {
        var said = Said(Score(Worse, Okamoto with { BirthDate = new DateOnly(2022, 5, 1) }), language: language);
        said.ShouldContain(why);
        said.ShouldNotContain("score-act");
        said.ShouldNotContain("is-stop");
    }

    [Theory]
    [InlineData("ja", "まだ決められていません"), InlineData("en", "Not defined yet")]
    public void an_act_that_the_community_has_not_defined_is_said_to_be_missing(string language, string words) =>
        Said(Score(Worse), News2Acts.None, language).ShouldContain(words);

    [Fact]
    public void each_sign_stands_with_its_reading_and_points_and_where_another_set_gave_it_with_the_time()
    {
        var half = Worse with { Pulse = null };
        var said = Said(Score(half, Okamoto with { Nearby = [new Vitals(Samples.Now.AddMinutes(-12)) { Pulse = 102 }] }));
        said.ShouldContain("89 %");
        said.ShouldContain("SpO₂(スケール1)");
        said.ShouldContain($"{Show(Samples.Now.AddMinutes(-12))} の測定");

        static string Show(DateTimeOffset at) => HomeCare.Web.Words.Show.Time(at);
    }

    [Fact]
    public void a_correction_says_what_was_judged_before_and_which_signs_points_changed()
    {
        using var pages = new Pages();
        var (was, now) = (Score(Worse), Score(Worse with { SpO2 = 98 }));
        var entry = Samples.Entry(new VitalsCorrected(Samples.Subject, Samples.Patient, Worse with { SpO2 = 98 }, [], "読み違い", News2: now));
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(entry) { Replaced = Worse, ReplacedScore = was }));
        var changes = card.FindAll(".changes")[1].TextContent;
        changes.ShouldContain("NEWS2 8 → 5");
        changes.ShouldContain("SpO₂ 3 → 0");
        changes.ShouldNotContain("脈拍");
    }

    [Fact]
    public void the_timeline_remembers_the_score_that_a_correction_replaces()
    {
        TimelineEntry[] newestFirst =
        [
            Samples.Entry(new VitalsCorrected(Samples.Subject, Samples.Patient, Worse with { SpO2 = 98 }, [], "読み違い", News2: Score(Worse with { SpO2 = 98 })), 2),
            Samples.Entry(new VitalsRecorded(Samples.Subject, Samples.Patient, Worse, [], null, null, null, null, News2: Score(Worse)), 1),
        ];
        var views = EntryView.Of(newestFirst, new Actor("t", Guid.CreateVersion7(), "x", Profession.Nurse), 0, new HashSet<long>(), new Dictionary<Guid, HomeCare.Instructions.InstructionCard>(), _ => null);
        views[0].ReplacedScore!.Points.ShouldBe(8);
    }

    [Theory]
    [InlineData(1, Need.Now), InlineData(30, Need.Today), InlineData(24 * 8, Need.None)]
    public void on_the_board_a_score_that_asks_for_review_lifts_the_row_and_an_older_one_less(int hours, Need need)
    {
        var line = PatientRowTests.Line with { Latest = [], UnownedInstructions = 0, News2 = new News2Line(Samples.Now.AddHours(-hours), Score(Worse), []) };
        BoardRow.Of(line, Samples.Now).Need.ShouldBe(need);
        BoardRow.Of(line with { News2 = null }, Samples.Now).Need.ShouldBe(Need.None);
    }

    [Theory]
    [InlineData("ja", "▲ 3から8"), InlineData("en", "▲ 3 to 8")]
    public void a_boards_row_shows_the_figure_and_where_it_came_from(string language, string course)
    {
        using var pages = new Pages(language);
        var line = PatientRowTests.Line with { News2 = new News2Line(Samples.Now, Score(Worse), [new(Samples.Now.AddDays(-1), 3), new(Samples.Now, 8)]) };
        var row = pages.Render<RowView>(p => p.Add(r => r.Row, BoardRow.Of(line, Samples.Now)).Add(r => r.Today, JapanTime.DayOf(Samples.Now)));
        row.Find(".board-score .news2-high").TextContent.ShouldBe("8");
        row.Find(".board-score .board-note").TextContent.ShouldBe(course);
        row.FindAll(".board-order").ShouldBeEmpty();
    }
}
