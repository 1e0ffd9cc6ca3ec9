using Bunit;
using HomeCare.NursingOrders;
using HomeCare.Web.NursingOrders;
using HomeCare.Web.Tests.Timeline;
using static HomeCare.NursingOrders.NursingOrderKind;

namespace HomeCare.Web.Tests.NursingOrders;

/// <summary>The paper, the form in which it is written, and the list.</summary>
public sealed class OrderPartsTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Samples.Now);

    internal static NursingOrderContent Whole { get; } = new(Samples.Subject, new DateOnly(2026, 11, 1), new DateOnly(2027, 4, 30))
    {
        ExaminedOn = new DateOnly(2026, 11, 1), Consent = true, Address = "東京都港区", Telephone = "03-0000-0000", Facility = "自宅",
        Diagnoses = [new("慢性心不全", "I50.9"), new("高血圧症", "I10")], State = "浮腫が続く", Reason = "急性増悪", SecondReason = SecondSpecialReason.TrachealCannula,
        Drugs = [new("フロセミド錠20mg", "1日1回朝食後")], Bedridden = BedriddenLevel.B1, Dementia = DementiaLevel.IIa, CareLevel = HomeCare.Patients.CareLevel.Care3, Ulcer = UlcerDepth.D3,
        Devices = [new(OrderDeviceKind.Oxygen, "1 L/分"), new(OrderDeviceKind.IndwellingCatheter, "膀胱", "14Fr", 14)], CareNotes = "塩分に注意", Therapy = new([Profession.PhysicalTherapist], 40, 2, "歩行"),
        WoundCare = "洗浄", DeviceCare = "カテーテルの管理", OtherCare = "なし", Infusion = new([new("ソルデム3A", "500 mL", "点滴")], 5, true),
        Psychiatric = new()
        {
            Disclosed = true, Acceptance = "良好", SeveralVisitors = true, SeveralVisitorsReasons = [SeveralVisitorsReason.Physical], ShortVisits = true, ShortVisitsReason = "疲れやすい", SeveralVisitsADay = false,
            Points = [new(PsychiatricPoint.Rhythm, "起床")], Observations = [new(PsychiatricObservation.Mental, "幻聴")], Exchange = "電話",
        },
        Suction = new SuctionPart
        {
            DisabilityLevel = 6, Acts = [CarerAct.Cannula, CarerAct.Gastrostomy], Suction = "20 kPa 以下", Feeding = "半固形 300 g", ForCarers = "腹部の張り", ForNurses = "手技の確認",
            Devices = [new OrderPoint<CarerDevice>(CarerDevice.StomaCatheter, "ボタン型 20Fr")],
        },
        EmergencyContact = "佐藤クリニック", WhenAbsent = "電話する", SpecialNotes = "ペニシリンアレルギー", OtherStation = "しば訪問看護", SuctionOffice = "あおぞら介護",
        InstitutionAddress = "港区", InstitutionTelephone = "03-0000-0001", InstitutionFax = "03-0000-0002",
    };

    internal static NursingOrderCard Card(NursingOrderKind kind, NursingOrderStatus status = NursingOrderStatus.Draft) => new(
        Samples.Subject, Samples.Patient, "岡本 フミ", new DateOnly(1938, 4, 3), kind, "2024-06", status, new DateOnly(2027, 4, 30), "みなと訪問看護", Samples.Reader.PersonId, "佐藤 健一", "佐藤クリニック", Whole, null,
        Samples.Now, status == NursingOrderStatus.Draft ? null : Today, status == NursingOrderStatus.Signed ? Today : null, status == NursingOrderStatus.Signed ? "佐藤 健一" : null, null, null, null, null);

    public static TheoryData<NursingOrderKind> Kinds => [.. Enum.GetValues<NursingOrderKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void every_form_says_draft_until_it_is_signed(NursingOrderKind kind)
    {
        using var pages = new Pages("en");
        pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(kind)).Add(c => c.Today, Today)).Find(".paper-draft").TextContent.ShouldBe("下書き");
        pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(kind, NursingOrderStatus.Issued)).Add(c => c.Today, Today)).Find(".paper-draft").TextContent.ShouldBe("下書き");
        pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(kind, NursingOrderStatus.Signed)).Add(c => c.Today, Today)).FindAll(".paper-draft").ShouldBeEmpty();
    }

    [Fact]
    public void the_ordinary_form_holds_every_field_that_was_filled_in()
    {
        using var pages = new Pages();
        var paper = pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(Ordinary, NursingOrderStatus.Issued)).Add(c => c.Today, Today));
        var said = paper.Find(".paper-sheet").TextContent;
        foreach (var words in new[]
                 {
                     "岡本 フミ", "昭和13年4月3日(88歳)", "東京都港区", "03-0000-0000", "慢性心不全", "I50.9", "浮腫が続く", "フロセミド錠20mg", "1日1回朝食後", "塩分に注意", "歩行", "洗浄", "カテーテルの管理",
                     "佐藤クリニック", "電話する", "ペニシリンアレルギー", "しば訪問看護", "あおぞら介護", "港区", "03-0000-0001", "03-0000-0002", "佐藤 健一", "みなと訪問看護　殿",
                     "令和8年11月1日　〜　令和9年4月30日", "サイズ 14Fr", "14日に1回交換", "令和8年11月22日",
                 })
        {
            said.ShouldContain(words);
        }

        paper.FindAll(".paper-title .is-chosen").ShouldHaveSingleItem().TextContent.ShouldBe("訪問看護指示書");
        paper.FindAll(".paper-pick .is-chosen").Select(e => e.TextContent).ShouldBe(["B1", "Ⅱa", "要介護3", "D3", "理学療法士", "有", "有"]);
        paper.FindAll(".paper-devices .is-chosen").Select(e => e.TextContent).ShouldBe(["酸素療法(l/min)", "留置カテーテル"]);
    }

    [Fact]
    public void the_other_forms_hold_what_is_their_own()
    {
        using var pages = new Pages();
        string Of(NursingOrderKind kind) => pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(kind)).Add(c => c.Today, Today)).Find(".paper-sheet").TextContent;
        Of(Special).ShouldContain("急性増悪");
        Of(Special).ShouldContain("月2回目の交付:気管カニューレ");
        Of(Infusion).ShouldContain("ソルデム3A　500 mL　点滴");
        Of(Infusion).ShouldNotContain("急性増悪");
        Of(Psychiatric).ShouldContain("起床");
        Of(Psychiatric).ShouldContain("疲れやすい");
        Of(PsychiatricSpecial).ShouldContain("幻聴");
        var suction = pages.Render<OrderPaper>(p => p.Add(c => c.Card, Card(Suction)).Add(c => c.Today, Today));
        suction.FindAll(".paper-pick .is-chosen").Select(e => e.TextContent).ShouldBe(["気管カニューレ内部の喀痰吸引", "胃ろうによる経管栄養"]);
        foreach (var words in new[] { "20 kPa 以下", "半固形 300 g", "腹部の張り", "手技の確認", "ボタン型 20Fr", "区分6", "要介護3", "慢性心不全", "別紙様式34" })
        {
            suction.Find(".paper-sheet").TextContent.ShouldContain(words);
        }

        suction.Find(".paper-sheet").TextContent.ShouldNotContain("点滴");
    }

    [Fact]
    public void a_form_of_before_the_codes_has_no_place_for_them_and_a_blank_period_is_said()
    {
        using var pages = new Pages();
        var old = Card(Ordinary) with { FormVersion = "2022-04", Content = Whole with { Until = null } };
        var said = pages.Render<OrderPaper>(p => p.Add(c => c.Card, old).Add(c => c.Today, Today)).Find(".paper-sheet").TextContent;
        said.ShouldNotContain("傷病名コード");
        said.ShouldNotContain("I50.9");
        said.ShouldContain("記載なし・1か月");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void what_is_written_comes_back_as_it_was_and_fields_of_other_forms_are_left_out(NursingOrderKind kind)
    {
        var once = new OrderDraft(kind, Whole).Content();
        new OrderDraft(kind, once).Content().ShouldSatisfyAllConditions(twice => Json.Same(twice, once).ShouldBeTrue());
        once.EmergencyContact.ShouldBe(Whole.EmergencyContact);
        (once.Infusion is not null).ShouldBe(kind == Infusion);
        (once.Psychiatric is not null).ShouldBe(kind is Psychiatric or PsychiatricSpecial);
        (once.Devices.Count > 0).ShouldBe(kind == Ordinary);
        (once.Diagnoses.Count > 0).ShouldBe(kind is Ordinary or Psychiatric or Suction);
        (once.Suction is not null).ShouldBe(kind == Suction);
        if (kind == Ordinary)
        {
            Json.Same(once, Whole with { Infusion = null, Psychiatric = null, Suction = null, Reason = null, SecondReason = null, Facility = null }).ShouldBeTrue();
        }
    }

    [Fact]
    public void a_number_that_is_none_is_pointed_out_before_it_is_sent()
    {
        var draft = new OrderDraft(Ordinary, Whole);
        draft["minutes"] = "四十";
        draft.Unreadable.ShouldBe("content.therapy.minutesADay");
        draft["minutes"] = "40";
        draft["from"] = "";
        draft.Unreadable.ShouldBe("content.from");
    }

    [Fact]
    public void the_list_sorts_what_runs_out_what_is_drafted_and_what_waits_for_the_signature()
    {
        var ending = Card(Ordinary, NursingOrderStatus.Signed) with { LastDay = Today.AddDays(5) };
        var draft = Card(Ordinary) with { OrderId = Guid.CreateVersion7(), Renews = ending.OrderId };
        var another = Card(Ordinary) with { OrderId = Guid.CreateVersion7(), PhysicianId = Guid.CreateVersion7(), PatientId = Guid.CreateVersion7() };
        var unsigned = Card(Special, NursingOrderStatus.Issued) with { OrderId = Guid.CreateVersion7() };
        var sheet = new OrderSheet([ending, draft, another, unsigned], Today, Samples.Reader);
        sheet.Of(OrderPart.Expiring).ShouldBe([ending]);
        sheet.WarningOf(ending).ShouldBe(OrderWarning.Week);
        sheet.MayRenew(ending).ShouldBeFalse("a draft follows it already");
        sheet.Of(OrderPart.Drafts).ShouldBe([draft]);
        sheet.Of(OrderPart.Unsigned).ShouldBe([unsigned]);
        sheet.Of(OrderPart.Current).ShouldBe([ending]);
        new OrderSheet([ending, draft, another], Today, Samples.Reader with { Profession = Profession.Nurse }).Of(OrderPart.Drafts).ShouldBe([draft, another]);
        new OrderSheet([ending], Today, Samples.Reader).MayRenew(ending).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ja", 5, "残り5日")]
    [InlineData("en", 0, "Ends today")]
    [InlineData("ja", -1, "期限切れ")]
    public void a_warning_is_said_in_words(string language, int left, string words)
    {
        using var pages = new Pages(language);
        pages.Render<OrderWarningChip>(p => p.Add(c => c.Warning, left < 0 ? OrderWarning.Expired : OrderWarning.Week).Add(c => c.LastDay, Today.AddDays(left)).Add(c => c.Today, Today)).Find(".chip-stop").TextContent.ShouldContain(words);
    }
}
