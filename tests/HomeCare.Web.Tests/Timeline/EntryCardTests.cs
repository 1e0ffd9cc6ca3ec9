using System.Text.RegularExpressions;
using Bunit;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Timeline;

public sealed partial class EntryCardTests
{
    public static TheoryData<string, string> KindsAndLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var sample in Samples.All)
        {
            data.Add(sample.GetType().Name, "ja");
            data.Add(sample.GetType().Name, "en");
        }

        return data;
    }

    [Fact]
    public void there_is_a_sample_of_every_kind_that_a_timeline_can_hold() =>
        CareEvents.Types().All.Values.Where(t => t.IsAssignableTo(typeof(IPatientEvent))).Except(Samples.All.Select(s => s.GetType())).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public void every_kind_of_entry_is_said_in_words(string kind, string language)
    {
        using var pages = new Pages(language);
        var sample = Samples.All.Single(s => s.GetType().Name == kind);

        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(sample)) { Card = sample is HomeCare.Instructions.InstructionIssued ? Samples.Card : null }));

        var article = card.Find("article.entry");
        article.GetAttribute("data-sequence").ShouldBe("1041");
        article.GetAttribute("data-kind").ShouldBe(CareEvents.Types().AliasOf(sample.GetType()).Replace('_', '-'));
        var said = card.Find(".entry-card").TextContent;
        said.ShouldContain("田中 美咲");
        Key().IsMatch(said).ShouldBeFalse(said);
        said.ShouldNotContain(language == "ja" ? "この版では" : "This version cannot");
        said.Trim().Length.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("ja", "創部の写真 2", "を大きく見る")]
    [InlineData("en", "Photograph 2 of the wound", "Enlarge")]
    public void a_photograph_of_a_wound_comes_when_it_is_scrolled_to_is_named_and_can_be_enlarged(string language, string unnamed, string enlarge)
    {
        using var pages = new Pages(language);
        var visit = Samples.Visit with
        {
            Photos =
            [
                new WoundPhoto(Guid.CreateVersion7(), new string('a', 64), 9, "image/jpeg", 800, 600, Samples.Visit.EndedAt, "仙骨部"),
                new WoundPhoto(Guid.CreateVersion7(), new string('b', 64), 9, "image/jpeg", 800, 600, Samples.Visit.EndedAt),
            ],
        };
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(visit))));

        var images = card.FindAll("figure.photo-card img");
        images.Select(i => i.GetAttribute("alt")).ShouldBe(["仙骨部", unnamed]);
        images.ShouldAllBe(i => i.GetAttribute("loading") == "lazy");
        images.Select(i => i.GetAttribute("src")).ShouldBe(visit.Photos.Select(p => $"/api/patients/{visit.PatientId}/photos/{p.PhotoId}"));
        card.FindAll("a.photo-link").ShouldAllBe(a => a.GetAttribute("aria-label")!.Contains(enlarge));
        pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(Samples.Visit)))).FindAll(".photo-row").ShouldBeEmpty();
    }

    [Fact]
    public void a_reading_beyond_the_physicians_bound_is_said_beside_the_figure_and_as_a_sentence()
    {
        using var pages = new Pages();
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(Samples.Visit)) { Call = new Call("佐藤クリニック", "03-0000-0000") }));

        var vital = card.Find(".vital.is-stop");
        vital.QuerySelector("dt")!.TextContent.ShouldBe("SpO₂(O₂ 1 L)");
        vital.QuerySelector(".vital-value")!.TextContent.ShouldBe("89");
        vital.QuerySelector(".vital-note")!.TextContent.ShouldBe("▼ 医師の下限 90");
        card.Find(".reason span").TextContent.ShouldBe("SpO₂ 89 % は医師の下限 90 % を下回っています(酸素 1 L/分)");
        card.Find("a.reason-call").GetAttribute("href").ShouldBe("tel:0300000000");
    }

    [Fact]
    public void a_sign_that_was_declined_says_so_in_place_of_a_figure()
    {
        using var pages = new Pages("en");
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(Samples.Visit))));
        var missing = card.FindAll(".vital.is-missing").Single(v => v.QuerySelector("dt")!.TextContent == "Glucose");
        missing.TextContent.ShouldContain("Declined");
        missing.TextContent.ShouldContain("採血を嫌がる");
    }

    [Fact]
    public void the_value_before_stands_beneath_the_figure()
    {
        using var pages = new Pages();
        var before = new Dictionary<VitalSign, decimal> { [VitalSign.Temperature] = 36.8m, [VitalSign.Systolic] = 142, [VitalSign.Diastolic] = 84 };
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(Samples.Visit)) { Before = before }));
        card.FindAll(".vital-note").Select(n => n.TextContent).ShouldBe(["前回 36.8", "前回 142/84", "▼ 医師の下限 90", "採血を嫌がる"]);
    }

    [Fact]
    public void what_is_new_and_what_is_not_are_told_apart_by_a_word()
    {
        using var pages = new Pages();
        var entry = Samples.Entry(Samples.Visit);
        pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(entry) { Unread = true })).Find("article.is-unread").TextContent.ShouldContain("新着");
        pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(entry))).Find(".entry-marks").TextContent.ShouldNotContain("新着");
    }

    [Fact]
    public void what_was_entered_in_error_is_struck_out_and_said()
    {
        using var pages = new Pages();
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(Samples.Visit) with { State = EntryState.EnteredInError })));
        card.Find("article.is-withdrawn .entry-marks").TextContent.ShouldContain("誤入力として取消");
    }

    [Fact]
    public void a_late_entry_gives_both_times()
    {
        using var pages = new Pages();
        var visit = Samples.Visit;
        var late = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(visit, recordedAt: visit.EndedAt.AddHours(4)))));
        late.FindAll(".entry-card > .entry-source")[^1].TextContent.ShouldContain("11月22日(日) 14:26 / 記録 11月22日(日) 18:26");
        var prompt = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(visit, recordedAt: visit.EndedAt.AddMinutes(10)))));
        prompt.FindAll(".entry-card > .entry-source").Where(s => s.TextContent.Contains("測定・観察")).ShouldBeEmpty();
    }

    [Fact]
    public void a_correction_shows_what_was_and_what_is()
    {
        using var pages = new Pages();
        var corrected = new VitalsCorrected(Samples.Subject, Samples.Patient, Samples.Vitals with { Temperature = 36.4m }, [], "読み違い");
        var card = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(Samples.Entry(corrected)) { Replaced = Samples.Vitals }));
        card.FindAll(".changes li").ShouldHaveSingleItem().TextContent.ShouldBe("体温 37.4 → 36.4 ℃");
    }

    [Fact]
    public void the_button_to_correct_is_there_for_those_who_may()
    {
        using var pages = new Pages();
        TimelineEntry? asked = null;
        var entry = Samples.Entry(Samples.Visit);
        var mine = pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(entry) { MayCorrect = true }).Add(c => c.OnCorrect, (TimelineEntry e) => asked = e));
        mine.Find("button.entry-edit").Click();
        asked.ShouldBeSameAs(entry);
        pages.Render<EntryCard>(p => p.Add(c => c.View, new EntryView(entry)).Add(c => c.OnCorrect, (TimelineEntry e) => asked = e)).FindAll("button.entry-edit").ShouldBeEmpty();
    }

    /// <summary>A key that no language has would be shown as it is.</summary>
    [GeneratedRegex(@"\b[a-z]+\.[a-z_]{3,}\b")]
    private static partial Regex Key();
}
