using Bunit;
using HomeCare.Medicines;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Profile;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Profile;

/// <summary>What a profile shows, and to whom it offers what.</summary>
public sealed class SectionsTests
{
    private static readonly Guid Station = Guid.CreateVersion7();

    private static PatientSummary Summary { get; } = new(
        Samples.Patient,
        new PatientDetails("岡本", "フミ", "オカモト", "フミ", new DateOnly(1938, 4, 3), Sex.Female, "108-0014", "東京都港区芝1-2-3", ["03-0000-0001", "090-0000-0002"]),
        [new Contact("岡本 陽子", "長女", "090-0000-9269", "平日は18時以降"), new Contact("佐藤クリニック", "主治医", "03-0000-1101")],
        new CareLevelPeriod(CareLevel.Care4, new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)), Samples.Now.AddDays(-90),
        [
            new RecordedCondition(Guid.CreateVersion7(), new Condition("胃がん", null, ConditionStatus.Active, new DateOnly(2026, 6, 1)), TeamOnly: true),
            new RecordedCondition(Guid.CreateVersion7(), new Condition("肺炎", null, ConditionStatus.Resolved)),
        ],
        [new RecordedAllergy(Guid.CreateVersion7(), new Allergy("ペニシリン系", null, AllergyKind.Medicine, AllergySeverity.Severe, "全身の発疹", AllergyStatus.Active))],
        [new TargetRange(VitalSign.SpO2, 90, null, new DateOnly(2026, 1, 1), null), new TargetRange(VitalSign.Pulse, 50, 100, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1))],
        [
            new TeamMember(Station, null, Station, "みなと訪問看護", null, "訪問看護", OrganisationKind.NursingStation, "03-0000-1201", Samples.Now.AddDays(-90)),
            new TeamMember(Samples.Subject, Samples.Subject, null, "代わり 医子", Profession.Physician, null, null, null, Samples.Now.AddDays(-1), Samples.Now.AddDays(6), "森クリニック", "03-0000-1102"),
        ],
        [new TakenMedicine(Guid.CreateVersion7(), PrescriptionStatus.OnHold, new Prescription("フロセミド錠20mg", null, "1回1錠 1日1回 朝食後", null, new DateOnly(2026, 8, 1), null, null, "佐藤 健一", PrescriptionStatus.OnHold))]);

    private static Actor By(Profession profession) => new("town", Guid.CreateVersion7(), "読む人", profession, Station, "みなと訪問看護");

    private static int Buttons<T>(IRenderedComponent<T> page) where T : Microsoft.AspNetCore.Components.IComponent => page.FindAll("button").Count;

    [Fact]
    public void it_says_who_the_person_is_and_whom_to_call_first()
    {
        using var pages = new Pages();
        var page = pages.Render<IdentitySections>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, By(Profession.Family)));
        page.Words().ShouldContain("氏名 岡本 フミ オカモト フミ 生年月日 1938年4月3日(88歳)");
        page.Words().ShouldContain("要介護4 2026年4月1日〜2027年3月31日");
        page.FindAll("a[href^='tel:']").Select(a => a.GetAttribute("href")).ShouldBe(["tel:0300000001", "tel:09000000002", "tel:09000009269", "tel:0300001101"]);
    }

    [Theory]
    [InlineData(Profession.Physician, 4), InlineData(Profession.Nurse, 0), InlineData(Profession.Family, 0)]
    public void only_a_physician_is_offered_the_decisions_about_the_score_and_all_read_them(Profession profession, int buttons)
    {
        using var pages = new Pages();
        var decided = Summary with
        {
            News2Off = new News2Off(News2OffReason.Ventilated, new DateOnly(2026, 9, 1), "気管切開"), Scale2 = new Scale2Decision("PaCO₂ 58 mmHg", 88, 92, new DateOnly(2026, 8, 1)),
        };
        var page = pages.Render<News2Section>(p => p.Add(s => s.Summary, decided).Add(s => s.By, By(profession)));
        Buttons(page).ShouldBe(buttons);
        page.Words().ShouldContain("使用しない(人工呼吸中) 2026年9月1日 から・気管切開");
        page.Words().ShouldContain("SpO₂はスケール2(目標 88〜92%) 2026年8月1日 から・PaCO₂ 58 mmHg");
        pages.Render<News2Section>(p => p.Add(s => s.Summary, Summary with { Details = Summary.Details with { BirthDate = null } }).Add(s => s.By, By(profession)))
            .Words().ShouldContain("算出しません(生年月日が不明)");
    }

    [Fact]
    public void what_is_not_known_is_said_to_be_unknown()
    {
        using var pages = new Pages("en");
        var bare = Summary with { Details = new PatientDetails("岡本", "", null, null, null, Sex.Unknown), Contacts = [], CareLevel = null, Allergies = [], Conditions = [], Medicines = [], Ranges = [] };
        pages.Render<IdentitySections>(p => p.Add(s => s.Summary, bare).Add(s => s.By, By(Profession.Nurse))).Words().ShouldContain("No contact is on record.");
        var clinical = pages.Render<ClinicalSections>(p => p.Add(s => s.Summary, bare).Add(s => s.By, By(Profession.Nurse))).Words();
        clinical.ShouldContain("No allergy on record");
        clinical.ShouldContain("No condition is on record.");
        clinical.ShouldContain("No medicine is on record.");
        pages.Render<RangesSection>(p => p.Add(s => s.Summary, bare).Add(s => s.By, By(Profession.Nurse))).Words().ShouldContain("usual ranges for adults");
    }

    [Fact]
    public void an_undisclosed_condition_says_so_and_a_resolved_one_too()
    {
        using var pages = new Pages("en");
        var rows = pages.Render<ClinicalSections>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, By(Profession.Nurse))).FindAll("[aria-labelledby=profile-conditions] .row");
        rows[0].TextContent.ShouldContain("胃がん");
        rows[0].TextContent.ShouldContain("Team only");
        rows[1].TextContent.ShouldContain("Resolved");
        rows[1].TextContent.ShouldNotContain("Team only");
    }

    [Fact]
    public void a_range_that_no_longer_holds_is_not_shown()
    {
        using var pages = new Pages("en");
        var page = pages.Render<RangesSection>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, By(Profession.Physician)));
        page.FindAll(".row").ShouldHaveSingleItem().TextContent.ShouldContain("90 % or more");
        page.Find("a").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/vitals");
    }

    [Fact]
    public void a_medicine_that_ended_by_its_days_is_called_completed()
    {
        using var pages = new Pages("en");
        var past = new PastMedicine(Guid.CreateVersion7(), PrescriptionStatus.Active, Summary.Medicines[0].Prescription with { Name = "アモキシシリン", Days = 7 }, new DateOnly(2026, 8, 7));
        var page = pages.Render<ClinicalSections>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, By(Profession.Nurse)).Add(s => s.Past, [past]));
        page.Find("details").TextContent.ShouldContain("Medicines no longer taken: 1");
        page.Find("details .row").TextContent.ShouldContain("Completed");
        page.Find("details .row").TextContent.ShouldContain("until 7 Aug 2026");
    }

    [Theory]
    [InlineData(Profession.Physician, 3, 5, 3)]
    [InlineData(Profession.Nurse, 3, 5, 3)]
    [InlineData(Profession.Pharmacist, 0, 5, 0)]
    [InlineData(Profession.CareManager, 3, 0, 3)]
    [InlineData(Profession.Helper, 0, 0, 0)]
    [InlineData(Profession.Family, 0, 0, 0)]
    [InlineData(Profession.Patient, 0, 0, 0)]
    public void a_button_stands_only_where_the_profession_may(Profession profession, int identity, int conditions, int team)
    {
        using var pages = new Pages();
        var by = By(profession);
        Buttons(pages.Render<IdentitySections>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, by))).ShouldBe(identity);
        var clinical = pages.Render<ClinicalSections>(p => p.Add(s => s.Summary, Summary).Add(s => s.By, by));
        clinical.FindAll("[aria-labelledby=profile-allergies] button, [aria-labelledby=profile-conditions] button").Count.ShouldBe(conditions);
        clinical.FindAll("[aria-labelledby=profile-medicines] button").Count.ShouldBe(Permissions.Allows(Act.RecordMedicine, profession) ? 2 : 0);
        Buttons(pages.Render<TeamSection>(p => p.Add(s => s.PatientId, Samples.Patient).Add(s => s.Team, Summary.Team).Add(s => s.By, by))).ShouldBe(team);
        Buttons(pages.Render<PlannedSection>(p => p.Add(s => s.PatientId, Samples.Patient).Add(s => s.Planned, [Planned]).Add(s => s.By, by))).ShouldBe(Permissions.Allows(Act.PlanVisit, profession) ? 3 : 0);
    }

    private static VisitCard Planned { get; } = new(
        Guid.CreateVersion7(), Samples.Patient, "岡本 フミ", null, VisitStage.Planned, VisitKind.Regular, Samples.Now.AddDays(1), 45, null, null, Samples.Subject, "田中 美咲", "創処置", null, []);

    [Fact]
    public void a_team_says_since_when_until_when_from_where_and_by_which_telephone()
    {
        using var pages = new Pages();
        var rows = pages.Render<TeamSection>(p => p.Add(s => s.PatientId, Samples.Patient).Add(s => s.Team, Summary.Team).Add(s => s.By, By(Profession.Family))).FindAll(".row");
        rows[0].TextContent.ShouldContain("訪問看護・訪問看護ステーション");
        rows[0].TextContent.ShouldContain("から");
        rows[0].QuerySelector("a")!.GetAttribute("href").ShouldBe("tel:0300001201");
        rows[1].TextContent.ShouldContain("医師・森クリニック");
        rows[1].TextContent.ShouldContain("期限あり");
        rows[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("tel:0300001102");
    }

    [Fact]
    public void nobody_on_the_team_and_nothing_planned_are_said()
    {
        using var pages = new Pages("en");
        pages.Render<TeamSection>(p => p.Add(s => s.PatientId, Samples.Patient).Add(s => s.Team, []).Add(s => s.By, By(Profession.Family))).Find(".empty-title").TextContent.ShouldBe("Nobody is on the team yet");
        pages.Render<PlannedSection>(p => p.Add(s => s.PatientId, Samples.Patient).Add(s => s.Planned, []).Add(s => s.By, By(Profession.Family))).Find(".empty-title").TextContent.ShouldBe("Nothing is planned.");
    }
}
