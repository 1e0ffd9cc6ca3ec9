using Bunit;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Patients;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.Today;

namespace HomeCare.Web.Tests.Today;

public sealed class DayTests
{
    private static VisitCard Visit(int hour, VisitStage stage) => new(
        Guid.CreateVersion7(), Samples.Patient, "岡本 フミ", "オカモト フミ", stage, VisitKind.Regular, Samples.Now.AddHours(hour), 60,
        stage == VisitStage.Planned ? null : Samples.Now.AddHours(hour), stage == VisitStage.Recorded ? Samples.Now.AddHours(hour).AddMinutes(50) : null,
        Samples.Nurse.PersonId, Samples.Nurse.Name, "褥瘡処置", "港区田町 1-2-3", ["ペニシリン系"]);

    private static Day Day(params VisitCard[] visits) => new(visits, [], [], Samples.Now);

    [Fact]
    public void the_visit_under_way_comes_before_the_first_that_is_planned()
    {
        var (planned, started) = (Visit(-1, VisitStage.Planned), Visit(0, VisitStage.Started));
        Day(Visit(-3, VisitStage.Recorded), planned, started).Next.ShouldBe(started);
        Day(Visit(-3, VisitStage.Recorded), planned).Next.ShouldBe(planned);
        Day(Visit(-3, VisitStage.Recorded)).Next.ShouldBeNull();
    }

    [Fact]
    public void what_waits_is_sorted_by_what_is_asked_of_me()
    {
        var (question, result, todo) = (
            Samples.Card with { Status = InstructionStatus.Questioned }, Samples.Card with { Status = InstructionStatus.Completed }, Samples.Card);
        var day = new Day([], [todo, question, result], [], Samples.Now);
        day.Questions.ShouldBe([question]);
        day.Results.ShouldBe([result]);
        day.ToDo.ShouldBe([todo]);
    }

    [Fact]
    public void people_in_need_come_by_need_and_old_readings_do_not_count()
    {
        LatestReading Low(int hoursAgo) => new(VitalSign.SpO2, 89, Samples.Now.AddHours(-hoursAgo), AlertSide.Below, 90, true, 1);
        var quiet = PatientRowTests.Line with { UnownedInstructions = 0 };
        var (waiting, low, overdue, old) = (
            quiet with { Name = "waiting", UnownedInstructions = 1 }, quiet with { Name = "low", Latest = [Low(3)] },
            quiet with { Name = "overdue", Latest = [Low(3)], OverdueInstructions = 1 }, quiet with { Name = "old", Latest = [Low(72)] });
        new Day([], [], [quiet, waiting, old, low, overdue], Samples.Now).InNeed(Samples.Now).Select(n => n.Line.Name).ShouldBe(["overdue", "low", "waiting"]);
    }

    [Fact]
    public void the_next_visit_has_the_one_filled_button_and_says_what_must_be_known_at_the_door()
    {
        using var pages = new Pages();
        var visit = Visit(1, VisitStage.Planned);
        var plan = pages.Render<VisitPlan>(p => p.Add(v => v.Visit, visit).Add(v => v.Line, PatientRowTests.Line).Add(v => v.IsNext, true));
        plan.Find(".plan-time").TextContent.ShouldContain("15:36");
        plan.Find(".chip-stop").TextContent.ShouldBe("ペニシリン系");
        plan.Find(".row-note").TextContent.ShouldBe("港区田町 1-2-3・定期・褥瘡処置");
        plan.Find("a.button-primary").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/visit?visit={visit.VisitId}");
        pages.Render<VisitPlan>(p => p.Add(v => v.Visit, visit)).FindAll("a.button-primary").ShouldBeEmpty();
    }

    [Fact]
    public void a_recorded_visit_has_nothing_to_press()
    {
        using var pages = new Pages();
        var plan = pages.Render<VisitPlan>(p => p.Add(v => v.Visit, Visit(-3, VisitStage.Recorded)));
        plan.FindAll("a.button").ShouldBeEmpty();
        plan.Find(".chip-ok").TextContent.ShouldBe("記録済み 12:26");
    }

    [Theory]
    [InlineData("ja", "11月22日(日)")]
    [InlineData("en", "Sun 22 Nov")]
    public void the_family_sees_who_comes_next_and_when(string language, string day)
    {
        using var pages = new Pages(language);
        var line = PatientRowTests.Line with { NextVisit = new NextVisit(Samples.Subject, Samples.Now.AddHours(1), "田中 美咲") };
        var home = pages.Render<HomeDay>(p => p.Add(h => h.Day, new Day([], [], [line], Samples.Now)));
        home.Find(".plan-time").TextContent.ShouldBe("15:36" + day);
        home.Find(".plan .person-name").TextContent.ShouldContain("田中 美咲");
    }

    [Fact]
    public void a_family_without_a_record_is_told_whom_to_ask()
    {
        using var pages = new Pages();
        pages.Render<HomeDay>(p => p.Add(h => h.Day, Day())).Markup.ShouldContain("家族として加えてもらってください");
    }
}
