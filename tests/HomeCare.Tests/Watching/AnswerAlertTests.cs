using HomeCare.Watching;

namespace HomeCare.Tests.Watching;

/// <summary>What people do about an item.</summary>
public sealed class AnswerAlertTests
{
    private static readonly Guid Patient = People.Okamoto.PatientId;

    private static readonly string[] Covers = ["range/SpO2/Below"];

    private static readonly AcknowledgeAlert Acknowledge = new(Patient, AlertCause.Vitals, Covers, " 主治医へ電話する ", Clock.Now.AddHours(1));

    private static readonly SnoozeAlert Snooze = new(Patient, AlertCause.SoftSigns, ["soft/Weary"], Clock.Now.AddDays(1));

    private static readonly JudgeAlert Judge = new(Patient, AlertCause.Vitals, Ids.Of("item"), Useful: true, " 早く気づけた ");

    [Fact]
    public void an_item_is_taken_up_with_what_one_will_do_and_by_when() =>
        Given.Nothing<Watch>().When(Acknowledge).Happens(new AlertAcknowledged(Patient, AlertCause.Vitals, Covers, "主治医へ電話する", Clock.Now.AddHours(1)));

    [Fact]
    public void without_an_intention_or_with_nothing_that_it_covers_it_is_refused()
    {
        Given.Nothing<Watch>().When(Acknowledge with { Intention = " " }).IsInvalid("intention", "field.required");
        Given.Nothing<Watch>().When(Acknowledge with { Covers = [] }).IsInvalid("covers", "field.required");
        Given.Nothing<Watch>().When(Acknowledge with { Intention = new string('あ', 501) }).IsInvalid("intention", "field.too_long");
    }

    [Fact]
    public void an_intention_lies_ahead_and_not_too_far()
    {
        Given.Nothing<Watch>().When(Acknowledge with { DueAt = Clock.Now }).IsInvalid("dueAt", "alert.due_passed");
        Given.Nothing<Watch>().When(Acknowledge with { DueAt = Clock.Now.AddDays(14).AddMinutes(1) }).IsInvalid("dueAt", "alert.due_too_far");
    }

    [Fact]
    public void an_item_is_set_aside_for_at_most_7_days()
    {
        Given.Nothing<Watch>().When(Snooze).Happens(new AlertSnoozed(Patient, AlertCause.SoftSigns, ["soft/Weary"], Clock.Now.AddDays(1)));
        Given.Nothing<Watch>().When(Snooze with { Until = Clock.Now.AddDays(7).AddMinutes(1) }).IsInvalid("until", "alert.snooze_too_long");
        Given.Nothing<Watch>().When(Snooze with { Until = Clock.Ago(1) }).IsInvalid("until", "alert.due_passed");
    }

    [Fact]
    public void each_person_judges_an_item_once()
    {
        var judged = new AlertJudged(Patient, AlertCause.Vitals, Judge.ItemId, true, "早く気づけた", People.Nurse.PersonId);
        Given.Nothing<Watch>().When(Judge).Happens(judged);
        Given.Events<Watch>(judged).When(Judge).IsAlreadySo();
        Given.Events<Watch>(judged).When(Judge with { Useful = false }).IsRefused("alert.judged_already");
        Given.Events<Watch>(judged).By(People.Physician).When(Judge with { Useful = false }).Accepted<AlertJudged>().JudgeId.ShouldBe(People.Physician.PersonId);
        Given.Events<Watch>(judged).When(Judge with { ItemId = Ids.Of("another") }).Accepted<AlertJudged>();
    }

    [Fact]
    public void what_people_did_is_the_teams_own()
    {
        foreach (var command in new ICommand<Watch>[] { Acknowledge, Snooze, Judge })
        {
            Given.Nothing<Watch>().When(command).Accepted().ShouldHaveSingleItem().ShouldBeAssignableTo<ITeamOnly>()!.TeamOnly.ShouldBeTrue();
        }
    }
}
