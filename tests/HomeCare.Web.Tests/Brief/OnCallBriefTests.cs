using Bunit;
using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;
using HomeCare.Web.Brief;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Brief;

/// <summary>Five questions, answered from the record.</summary>
public sealed class OnCallBriefTests
{
    private static readonly Guid Medicine = Guid.CreateVersion7();
    private static readonly Guid Allergy = Guid.CreateVersion7();
    private static readonly Actor Physician = new("town", Samples.Card.IssuerId, "佐藤 健一", Profession.Physician);

    private static Reading Reading(VitalSign sign, decimal value, int hoursAgo, AlertSide? alert = null) =>
        new(sign, Samples.Now.AddHours(-hoursAgo), value, null, alert, alert is null ? null : 90, alert is null ? null : true, Samples.Subject);

    internal static OnCallBrief Brief { get; } = new(
        new PatientSummary(
            Samples.Patient, new PatientDetails("岡本", "フミ", "オカモト", "フミ", new DateOnly(1938, 4, 3), Sex.Female), [new Contact("岡本 陽子", "長女", "090-0000-9269")], null, Samples.Now.AddDays(-90),
            [new RecordedCondition(Guid.CreateVersion7(), new Condition("慢性心不全", null, ConditionStatus.Active, Note: "在宅酸素 1 L/分"))],
            [new RecordedAllergy(Allergy, new Allergy("ペニシリン系", null, AllergyKind.Medicine, AllergySeverity.Severe, "全身の発疹", AllergyStatus.Active))], [], [],
            [new TakenMedicine(Medicine, PrescriptionStatus.Active, new Prescription("フロセミド錠20mg", null, "1回1錠 1日1回 朝食後", null, new DateOnly(2026, 8, 1), null, null, null, PrescriptionStatus.Active))]),
        [
            Samples.Entry(Samples.Visit, 30, occurredAt: Samples.Now.AddHours(-2)),
            Samples.Entry(new MedicineStopped(Medicine, Samples.Patient, "アムロジピン錠5mg", new DateOnly(2026, 11, 20), "低血圧"), 20, occurredAt: Samples.Now.AddDays(-2)),
            Samples.Entry(new TargetRangeSet(Samples.Patient, new TargetRange(VitalSign.SpO2, 90, null, new DateOnly(2026, 11, 1), null), null), 19, occurredAt: Samples.Now.AddDays(-3)) with { SubjectId = null },
            Samples.Entry(Samples.Visit with { SoftSigns = [SoftSign.Fell] }, 18, occurredAt: Samples.Now.AddDays(-1)) with { State = EntryState.EnteredInError },
        ],
        true, [Reading(VitalSign.SpO2, 89, 2, AlertSide.Below), Reading(VitalSign.Pulse, 40, 24 * 9, AlertSide.Below), Reading(VitalSign.Weight, 47.8m, 2)],
        [Reading(VitalSign.Weight, 45.7m, 160), Reading(VitalSign.Weight, 46.5m, 72), Reading(VitalSign.Weight, 47.8m, 2), Reading(VitalSign.Pulse, 80, 90), Reading(VitalSign.Pulse, 80, 2)],
        [], [Samples.Card], News2Acts.None, Samples.Now);

    [Fact]
    public void what_is_wrong_is_what_lies_outside_this_week_and_not_what_did_before() =>
        Brief.Outside.ShouldHaveSingleItem().Sign.ShouldBe(VitalSign.SpO2);

    [Fact]
    public void what_was_entered_in_error_says_nothing()
    {
        Brief.SoftSigns.ShouldHaveSingleItem().Sequence.ShouldBe(30);
        Brief.Visits.ShouldBe(1);
        Brief.LastAssessment!.Sequence.ShouldBe(30);
    }

    [Fact]
    public void a_change_is_said_from_the_weeks_first_to_its_last_reading_and_what_stayed_is_not()
    {
        var (first, last) = Brief.Changes.ShouldHaveSingleItem();
        (first.Sign, first.Value, last.Value).ShouldBe((VitalSign.Weight, 45.7m, 47.8m));
    }

    [Fact]
    public void who_is_switched_off_has_no_score_in_the_brief()
    {
        var set = new ScoredSet(Samples.Subject, Samples.Now, News2Rule.Of(new Vitals(Samples.Now) { SpO2 = 80 }, Brief.Summary.Card)!, 1);
        (Brief with { Scores = [set] }).Score.ShouldBe(set);
        (Brief with { Scores = [set], Summary = Brief.Summary with { News2Off = new News2Off(News2OffReason.EndOfLife, new DateOnly(2026, 11, 1)) } }).Score.ShouldBeNull();
    }

    [Fact]
    public void what_awaits_the_reader_stands_first()
    {
        var mine = Samples.Card with { InstructionId = Guid.CreateVersion7(), Status = InstructionStatus.Questioned, Question = "何 mg ですか", IssuedAt = Samples.Now.AddDays(-3) };
        (Brief with { Open = [Samples.Card, mine] }).Asked(Physician).Select(c => c.InstructionId).ShouldBe([mine.InstructionId, Samples.Card.InstructionId]);
    }

    [Theory]
    [InlineData("ja"), InlineData("en")]
    public void all_five_questions_are_answered_and_every_line_leads_to_its_source(string language)
    {
        using var pages = new Pages(language);
        var body = pages.Render<BriefBody>(p => p.Add(b => b.Brief, Brief).Add(b => b.Reader, Physician));
        body.FindAll("section h2").Count.ShouldBe(5);
        body.FindAll(".brief-lines > li").Where(li => !li.ClassList.Contains("muted")).ShouldAllBe(li => li.QuerySelector("a") != null);
        var links = body.FindAll(".brief-lines a").Select(a => a.GetAttribute("href")).ToList();
        links.ShouldContain($"/patients/{Samples.Patient}/source/{Allergy}");
        links.ShouldContain($"/patients/{Samples.Patient}/source/{Medicine}");
        links.ShouldContain($"/patients/{Samples.Patient}/source/{Samples.Card.InstructionId}");
        links.ShouldContain($"/patients/{Samples.Patient}/entry/19");
        links.ShouldContain("tel:09000009269");
        body.Words().ShouldContain("45.7 → 47.8");
    }

    private static readonly Guid WishesId = Guid.CreateVersion7();

    internal static RecordedWishes Known(int version, bool confirmed = true, Wishes? wishes = null) => new(
        version, version == 2 ? WishesId : Guid.CreateVersion7(), wishes ?? Samples.Wishes, Samples.Now.AddDays(-6), Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse)
    {
        ConfirmedAt = confirmed ? Samples.Now.AddDays(-5) : null, ConfirmedBy = confirmed ? "佐藤 健一" : null,
    };

    internal static OnCallBrief Wishing(params RecordedWishes[] versions) => Brief with { Summary = Brief.Summary with { WishesVersions = versions } };

    internal static OnCallBrief Wishing(bool confirmed = true) => Wishing(Known(2, confirmed), Known(1));

    [Theory]
    [InlineData("ja", "本人の意思 第2版 佐藤 健一が確認(2026年11月17日) 心肺蘇生 望まない 挿管・呼吸器 望まない 入院 本人が望むときのみ (肺炎のときは相談) 人工栄養 未定 場所 自宅 2026年11月15日の話し合い・記録:看護師 田中 美咲・代弁者 岡本 陽子(長女)")]
    [InlineData("en", "Wishes Version 2 Confirmed by 佐藤 健一, 17 Nov 2026 CPR: Not wanted Ventilator: Not wanted Admission: Only if they ask (肺炎のときは相談) Feeding: Undecided Place: Home Talk of 15 Nov 2026 · Recorded by 田中 美咲, Nurse · 岡本 陽子 (長女) speaks for them")]
    public void the_wishes_in_force_stand_in_the_first_card_and_lead_to_their_source(string language, string said)
    {
        using var pages = new Pages(language);
        var body = pages.Render<BriefBody>(p => p.Add(b => b.Brief, Wishing()).Add(b => b.Reader, Physician));
        body.Words().ShouldContain(said);
        body.Find("section:first-of-type [data-wishes] a").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/source/{WishesId}");
        body.FindAll("[data-wishes] .chip-warn").ShouldBeEmpty();
        // Who speaks is a contact already, and is not listed twice.
        body.FindAll("a[href='tel:09000009269']").Count.ShouldBe(1);
        body.Words().ShouldNotContain(language == "ja" ? "記録がありません。家族か" : "None on record. Ask");
    }

    [Theory]
    [InlineData("ja", "医師の確認待ち", "確認済みの前の版(第1版)", "見直し期限超過(2026年11月20日)")]
    [InlineData("en", "Not yet confirmed by a physician", "Confirmed version before (Version 1)", "Review overdue (20 Nov 2026)")]
    public void wishes_that_no_physician_confirmed_say_so_with_what_was_confirmed_before_and_a_review_that_is_due(string language, string waits, string before, string overdue)
    {
        using var pages = new Pages(language);
        var old = Samples.Wishes with { ReviewOn = new DateOnly(2026, 11, 20), Spokesperson = new Spokesperson("岡本 進", "長男", "090-0000-1111") };
        var body = pages.Render<BriefBody>(p => p.Add(b => b.Brief, Wishing(Known(2, confirmed: false, old), Known(1))).Add(b => b.Reader, Physician));
        foreach (var words in new[] { waits, before, overdue })
        {
            body.Words().ShouldContain(words);
        }

        body.FindAll("[data-wishes] .chip-warn").Count.ShouldBe(2);
        body.FindAll("a[href='tel:09000001111']").Count.ShouldBe(1);
        // At a past moment, the day of that moment is asked.
        var past = Wishing(Known(2, confirmed: false, old), Known(1)) with { ReadAt = Samples.Now.AddDays(-3) };
        pages.Render<BriefBody>(p => p.Add(b => b.Brief, past).Add(b => b.Reader, Physician)).FindAll("[data-wishes] .chip-warn").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ja", "本人の意思:第3版は取り消されました"), InlineData("en", "Wishes: version 3 was withdrawn")]
    public void that_a_newer_version_was_withdrawn_is_said_beside_the_one_in_force_and_where_none_is(string language, string said)
    {
        using var pages = new Pages(language);
        var withdrawn = Known(3) with { WithdrawnAt = Samples.Now, Reason = "別の人" };
        foreach (var brief in new[] { Wishing(withdrawn, Known(2), Known(1)), Wishing(withdrawn) })
        {
            var body = pages.Render<BriefBody>(p => p.Add(b => b.Brief, brief).Add(b => b.Reader, Physician));
            body.Words().ShouldContain(said);
            body.Find("[data-withdrawn='3'] a").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/source/{withdrawn.WishesId}");
        }

        // A newer version that stands makes the old mistake history.
        pages.Render<BriefBody>(p => p.Add(b => b.Brief, Wishing(Known(4), withdrawn, Known(2))).Add(b => b.Reader, Physician)).FindAll("[data-withdrawn]").ShouldBeEmpty();
    }

    [Fact]
    public void a_withdrawn_version_is_not_in_force()
    {
        var withdrawn = Known(3) with { WithdrawnAt = Samples.Now, Reason = "別の人" };
        Wishing(withdrawn, Known(2), Known(1)).Summary.Wishes!.Version.ShouldBe(2);
        Wishing(withdrawn).Summary.Wishes.ShouldBeNull();
        Wishing(withdrawn).Summary.NewestWishes.ShouldBe(3);
    }

    [Theory]
    [InlineData("ja", "未完了の指示や照会はありません"), InlineData("en", "No open instruction or question")]
    public void what_is_not_on_record_is_said(string language, string none)
    {
        using var pages = new Pages(language);
        var bare = Brief with { Week = [], Latest = [], Readings = [], Open = [], Summary = Brief.Summary with { Conditions = [], Allergies = [], Medicines = [], Contacts = [] } };
        var words = pages.Render<BriefBody>(p => p.Add(b => b.Brief, bare).Add(b => b.Reader, Physician)).Words();
        words.ShouldContain(none);
        words.ShouldContain(language == "ja" ? "記録がありません。家族か主治医に" : "None on record. Ask");
        words.ShouldContain(language == "ja" ? "薬の記録がありません" : "No medicine on record");
        pages.Render<BriefBody>(p => p.Add(b => b.Brief, bare).Add(b => b.Reader, Physician)).FindAll($"a[href='/patients/{Samples.Patient}/profile#wishes']").Count.ShouldBe(1);
    }
}
