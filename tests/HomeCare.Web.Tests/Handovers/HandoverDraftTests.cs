using Bunit;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.Web.Brief;
using HomeCare.Web.Handovers;
using HomeCare.Web.Tests.Brief;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.Words;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Tests.Handovers;

/// <summary>A handover as the record proposes it.</summary>
public sealed class HandoverDraftTests
{
    private static readonly VisitCard Next = new(
        Guid.CreateVersion7(), Samples.Patient, "岡本 フミ", null, VisitStage.Planned, VisitKind.Regular, Samples.Now.AddHours(20), 60, null, null, Samples.Nurse.PersonId, "田中 美咲", null, null, []);

    private static readonly HomeCare.Author Daughter = Samples.Nurse with { Name = "岡本 陽子", Profession = Profession.Family, OrganisationName = null };

    private static HandoverDraft Draft(OnCallBrief brief, VisitCard? next = null, string language = "ja")
    {
        using var pages = new Pages(language);
        return HandoverDraft.Of(brief, next, pages.Services.GetRequiredService<IStringLocalizer<Common>>(), pages.Services.GetRequiredService<IStringLocalizer<WordsA>>(), pages.Services.GetRequiredService<IStringLocalizer<WatchWords>>());
    }

    [Fact]
    public void each_step_is_taken_from_the_record_and_each_line_names_what_it_stands_on()
    {
        var brief = OnCallBriefTests.Brief;
        var draft = Draft(brief, Next);
        var low = draft.Situation.First(l => l.Text.Contains("SpO₂ 89 %", StringComparison.Ordinal));
        low.SourceId.ShouldBe(Samples.Subject);
        draft.Situation.ShouldNotContain(l => l.Text.Contains("40", StringComparison.Ordinal), "a pulse of nine days ago is no situation");
        HandoverDraft.TextOf(draft.Background).ShouldContain("慢性心不全");
        HandoverDraft.TextOf(draft.Background).ShouldContain("ペニシリン系");
        HandoverDraft.TextOf(draft.Background).ShouldContain("アムロジピン錠5mg");
        draft.Background.ShouldContain(l => l.Text.Contains("45.7 → 47.8 kg", StringComparison.Ordinal));
        draft.Assessment.ShouldHaveSingleItem().Text.ShouldContain(((VisitRecorded)brief.LastAssessment!.Data).Note!.Assessment!);
        draft.Recommendation[0].ShouldBe(new DraftLine(draft.Recommendation[0].Text, Samples.Card.InstructionId));
        draft.Recommendation[^1].Text.ShouldContain("田中 美咲");
        draft.Situation.Concat(draft.Background).Concat(draft.Assessment).ShouldAllBe(l => l.SourceId != null);
        Draft(brief, Next, "en").Recommendation[^1].Text.ShouldStartWith("Next visit");
    }

    [Theory]
    [InlineData("ja", "転んだ、トイレの前で(岡本 陽子"), InlineData("en", "Fell, トイレの前で (岡本 陽子")]
    public void what_the_family_noticed_is_said_in_signs_and_words(string language, string line)
    {
        var written = new HomeCare.Watching.BedsideNoteWritten(Samples.Subject, Samples.Patient, Samples.Now.AddHours(-2), [SoftSign.Fell], "トイレの前で", Samples.Nurse.PersonId);
        var brief = OnCallBriefTests.Brief with { Week = [Samples.Entry(written, 40, Daughter, occurredAt: Samples.Now.AddHours(-2)), Samples.Entry(written with { SoftSigns = [], Words = "咳が続く" }, 41, Daughter, occurredAt: Samples.Now.AddHours(-3))] };
        Draft(brief, language: language).Situation.ShouldContain(l => l.Text.StartsWith(line, StringComparison.Ordinal));
        Draft(brief, language: language).Situation.ShouldContain(l => l.Text.StartsWith("咳が続く", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ja", "本人の意思(第2版、2026年11月15日の話し合い):心肺蘇生 望まない、挿管・呼吸器 望まない、入院 本人が望むときのみ(肺炎のときは相談)、人工栄養 未定、場所 自宅(記録:看護師 田中 美咲)")]
    [InlineData("en", "Wishes (version 2, talk of 15 Nov 2026): CPR: Not wanted, Ventilator: Not wanted, Admission: Only if they ask (肺炎のときは相談), Feeding: Undecided, Place: Home (Recorded by 田中 美咲, Nurse)")]
    public void the_background_says_what_the_person_wishes(string language, string line)
    {
        var brief = OnCallBriefTests.Wishing();
        Draft(brief, language: language).Background.ShouldContain(new DraftLine(line, brief.Summary.Wishes!.WishesId));
    }

    [Theory]
    [InlineData("ja", "(医師の確認待ち・本人に確かめられず推定・見直し期限超過(2026年11月20日)・記録:家族 岡本 陽子)", "確認済みの前の版(第1版、2026年11月15日の話し合い):心肺蘇生 望まない", "本人の意思:第3版は取り消されました")]
    [InlineData("en", " (Not yet confirmed by a physician · Presumed: the person could not decide · Review overdue (20 Nov 2026) · Recorded by 岡本 陽子, Family)", "Confirmed version before (version 1, talk of 15 Nov 2026): CPR: Not wanted", "Wishes: version 3 was withdrawn")]
    public void what_a_relative_wrote_does_not_hide_what_a_physician_confirmed(string language, string remarks, string before, string withdrawn)
    {
        var presumed = Samples.Wishes with { Capacity = HomeCare.Patients.DecisionCapacity.Presumed, ReviewOn = new DateOnly(2026, 11, 20) };
        var relative = OnCallBriefTests.Known(2, confirmed: false, presumed) with { ByName = "岡本 陽子", ByProfession = Profession.Family };
        var confirmed = OnCallBriefTests.Known(1);
        var mistake = OnCallBriefTests.Known(3) with { WithdrawnAt = Samples.Now, Reason = "別の人" };
        var lines = Draft(OnCallBriefTests.Wishing(mistake, relative, confirmed), language: language).Background.SkipWhile(l => l.SourceId != relative.WishesId).Take(3).ToList();
        lines.Select(l => l.SourceId).ShouldBe([relative.WishesId, confirmed.WishesId, mistake.WishesId]);
        lines[0].Text.ShouldEndWith(remarks);
        lines[1].Text.ShouldStartWith(before);
        lines[2].Text.ShouldBe(withdrawn);
    }

    [Fact]
    public void where_nothing_stands_out_it_says_so_and_what_is_over_is_not_proposed()
    {
        var calm = OnCallBriefTests.Brief with { Latest = [], Scores = [], Week = [], Readings = [], Open = [Samples.Card with { Status = InstructionStatus.Closed }] };
        var draft = Draft(calm);
        draft.Situation.ShouldHaveSingleItem().ShouldBe(new DraftLine("範囲外の値や気づきはありません", null));
        (draft.Assessment.Count, draft.Recommendation.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void a_long_week_is_cut_to_what_a_step_holds()
    {
        var text = HandoverDraft.TextOf(Enumerable.Repeat(new DraftLine(new string('あ', 300), null), 20));
        text.Length.ShouldBe(Sbar.Longest);
        text.ShouldEndWith("…");
    }
}
