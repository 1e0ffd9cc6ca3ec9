using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Visits;

/// <summary>A visit from plan to record to correction.</summary>
public sealed class VisitTests
{
    private static readonly Guid Id = Ids.Of("visit");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly VisitPlanned Planned = new(Id, Patient, Clock.Ago(60), 60, People.Nurse.PersonId, People.Nurse.Name, VisitKind.Regular, null);
    private static readonly VisitStarted Started = new(Id, Patient, Clock.Ago(40), People.Nurse.PersonId, VisitKind.Regular);

    private static readonly VisitRecorded Recorded = new(
        Id, Patient, Clock.Ago(40), Clock.Ago(5), People.Nurse.PersonId, VisitKind.Regular, null, null, new Vitals(Clock.Ago(35)) { Pulse = 80 }, [],
        new VisitNote("変わりない"), [], [], null, null, null, TeamOnly: false);

    private static RecordVisit Record => new(Id, Patient, Clock.Ago(40), Clock.Ago(5))
    {
        Vitals = new Vitals(Clock.Ago(35)) { Temperature = 37.4m, Pulse = 102, SpO2 = 89, Oxygen = new(1) },
        Note = new VisitNote("だるい", "下腿浮腫 2+", "心不全増悪の疑い", "医師に報告"),
        SoftSigns = [SoftSign.ShortOfBreath, SoftSign.Swelling, SoftSign.Swelling],
    };

    [Fact]
    public void an_unplanned_visit_is_recorded_whole()
    {
        var recorded = Given.Nothing<Visit>().When(Record).Accepted<VisitRecorded>();
        recorded.VisitorId.ShouldBe(People.Nurse.PersonId);
        recorded.SoftSigns.ShouldBe([SoftSign.ShortOfBreath, SoftSign.Swelling]);
        recorded.Alerts.ShouldHaveSingleItem().ShouldBe(new VitalAlert(VitalSign.SpO2, 89, 90, AlertSide.Below, ByPhysician: false));
    }

    [Fact]
    public void a_planned_visit_is_started_once()
    {
        Given.Events<Visit>(Planned).When(new StartVisit(Id, Patient, Clock.Ago(2))).Accepted<VisitStarted>();
        Given.Events<Visit>(Planned, Started).When(new StartVisit(Id, Patient, Clock.Ago(2))).IsAlreadySo();
        Given.Events<Visit>(Planned, Started).By(People.OtherNurse).When(new StartVisit(Id, Patient, Clock.Ago(2))).IsRefused("visit.already_started");
    }

    [Fact]
    public void a_visit_that_another_started_is_not_recorded_over() =>
        Given.Events<Visit>(Started).By(People.OtherNurse).When(Record).IsRefused("visit.started_by_another");

    [Fact]
    public void a_recorded_visit_is_not_recorded_again() => Given.Events<Visit>(Recorded).When(Record).IsRefused("visit.already_recorded");

    [Fact]
    public void a_visit_belongs_to_one_home() =>
        Given.Events<Visit>(Planned).When(Record with { PatientId = Ids.Of("test", "spouse") }).IsRefused("visit.other_patient");

    [Fact]
    public void a_cancelled_visit_that_took_place_is_recorded() =>
        Given.Events<Visit>(Planned, new VisitCancelled(Id, Patient, "入院")).When(Record).Accepted<VisitRecorded>();

    [Fact]
    public void a_visit_ends_after_it_began() => Given.Nothing<Visit>().When(Record with { EndedAt = Clock.Ago(40) }).IsInvalid("endedAt", "time.ends_before_start");

    [Fact]
    public void a_visit_lasts_at_most_a_day() => Given.Nothing<Visit>().When(Record with { StartedAt = Clock.Ago(5 + (24 * 60) + 1) }).IsInvalid("endedAt", "visit.too_long");

    [Fact]
    public void a_visit_of_exactly_a_day_is_taken() =>
        Given.Nothing<Visit>().When(Record with { StartedAt = Clock.Ago(5 + (24 * 60)) }).Accepted<VisitRecorded>();

    [Fact]
    public void the_future_is_not_recorded()
    {
        Given.Nothing<Visit>().When(Record with { EndedAt = Clock.Now.AddHours(1) }).IsInvalid("endedAt", "time.in_future");
        Given.Nothing<Visit>().When(Record with { Vitals = new Vitals(Clock.Now.AddHours(1)) { Pulse = 80 } }).IsInvalid("vitals.measuredAt", "time.in_future");
        Given.Nothing<Visit>().When(new StartVisit(Id, Patient, Clock.Now.AddHours(1))).IsInvalid("startedAt", "time.in_future");
    }

    [Fact]
    public void a_note_has_a_longest() =>
        Given.Nothing<Visit>().When(Record with { Note = new VisitNote(new string('あ', VisitNoteRules.LongestPart + 1)) }).IsInvalid("note.subjective", "field.too_long");

    [Fact]
    public void a_record_without_anything_in_it_is_refused() =>
        Given.Nothing<Visit>().When(new RecordVisit(Id, Patient, Clock.Ago(40), Clock.Ago(5)) { Note = new VisitNote("  ") }).IsInvalid("note", "visit.empty");

    [Fact]
    public void impossible_readings_are_refused_with_the_visit() =>
        Given.Nothing<Visit>().When(Record with { Vitals = new Vitals(Clock.Ago(35)) { Respiration = 400 } }).IsInvalid("vitals.respiration", "vitals.impossible");

    [Fact]
    public void the_next_visit_is_not_before_this_one() =>
        Given.Nothing<Visit>().When(Record with { NextVisitOn = new DateOnly(2026, 11, 21) }).IsInvalid("nextVisitOn", "visit.next_before_this");

    [Fact]
    public void a_started_visit_is_completed_by_its_visitor()
    {
        Given.Events<Visit>(Started).When(new CompleteVisit(Id, Clock.Ago(1))).Happens(new VisitCompleted(Id, Patient, Started.StartedAt, Clock.Ago(1)));
        Given.Events<Visit>(Started).By(People.OtherNurse).When(new CompleteVisit(Id, Clock.Ago(1))).IsRefused("visit.started_by_another");
        Given.Events<Visit>(Planned).When(new CompleteVisit(Id, Clock.Ago(1))).IsRefused("visit.not_started");
        Given.Events<Visit>(Started).When(new CompleteVisit(Id, Clock.Ago(40))).IsInvalid("endedAt", "time.ends_before_start");
    }

    [Fact]
    public void readings_are_corrected_after_the_record_and_not_before()
    {
        var vitals = new Vitals(Clock.Ago(35)) { Pulse = 88 };
        Given.Events<Visit>(Recorded).When(new CorrectVitals(Id, vitals, "入力誤り")).Happens(new VitalsCorrected(
            Id, Patient, vitals, [], "入力誤り", News2: News2Rule.Of(vitals, People.Okamoto)));
        Given.Events<Visit>(Started).When(new CorrectVitals(Id, vitals, "入力誤り")).IsRefused("visit.not_recorded");
        Given.Events<Visit>(Recorded).When(new CorrectVitals(Id, Recorded.Vitals!, "入力誤り")).IsAlreadySo();
    }

    [Fact]
    public void a_note_is_changed_by_who_wrote_it()
    {
        Given.Events<Visit>(Recorded).When(new CorrectVisitNote(Id, new VisitNote("だるい"), "書き漏れ")).Accepted<VisitNoteCorrected>();
        Given.Events<Visit>(Recorded).By(People.OtherNurse).When(new CorrectVisitNote(Id, new VisitNote("だるい"), "書き漏れ")).IsForbidden("visit.note_of_another");
    }

    [Fact]
    public void what_was_for_the_team_only_stays_so_through_corrections()
    {
        var hidden = Recorded with { TeamOnly = true };
        Given.Events<Visit>(hidden).When(new CorrectVisitNote(Id, new VisitNote("あざ"), "追記")).Accepted<VisitNoteCorrected>().TeamOnly.ShouldBeTrue();
        Given.Events<Visit>(hidden).When(new CorrectVitals(Id, new Vitals(Clock.Ago(35)) { Pulse = 90 }, "訂正")).Accepted<VitalsCorrected>().TeamOnly.ShouldBeTrue();
        Given.Events<Visit>(hidden).When(new EnterVisitInError(Id, "別の方")).Accepted<VisitEnteredInError>().TeamOnly.ShouldBeTrue();
    }

    [Fact]
    public void a_record_entered_in_error_takes_no_more()
    {
        var inError = new VisitEnteredInError(Id, Patient, "別の方", TeamOnly: false);
        Given.Events<Visit>(Recorded).When(new EnterVisitInError(Id, "別の方")).Happens(inError);
        Given.Events<Visit>(Recorded, inError).When(new EnterVisitInError(Id, "別の方")).IsAlreadySo();
        Given.Events<Visit>(Recorded, inError).When(Record).IsRefused("visit.entered_in_error");
        Given.Events<Visit>(Recorded, inError).When(new CorrectVitals(Id, new Vitals(Clock.Ago(35)) { Pulse = 90 }, "訂正")).IsRefused("visit.entered_in_error");
    }

    [Fact]
    public void a_plan_names_its_visitor_and_moves_until_the_visit_begins()
    {
        var plan = new PlanVisit(Id, Patient, Clock.Now.AddDays(1), 60, People.Nurse.PersonId);
        Given.Nothing<Visit>().Knowing(People.Nurse.Known()).When(plan).Accepted<VisitPlanned>().VisitorName.ShouldBe("田中 美咲");
        Given.Events<Visit>(Planned).Knowing(People.Nurse.Known()).When(plan).Accepted<VisitPlanned>().PlannedAt.ShouldBe(Clock.Now.AddDays(1));
        Given.Events<Visit>(Started).Knowing(People.Nurse.Known()).When(plan).IsRefused("visit.already_started");
        Given.Nothing<Visit>().Knowing(People.Nurse.Known()).When(plan with { PlannedAt = Clock.Now.AddYears(3) }).IsInvalid("plannedAt", "time.too_far_ahead");
        Given.Nothing<Visit>().When(plan with { Minutes = 0 }).IsInvalid("minutes", "visit.minutes");
    }

    [Fact]
    public void only_a_plan_is_cancelled()
    {
        Given.Events<Visit>(Planned).When(new CancelVisit(Id, "入院")).Happens(new VisitCancelled(Id, Patient, "入院"));
        Given.Events<Visit>(Started).When(new CancelVisit(Id, "入院")).IsRefused("visit.already_started");
        Given.Events<Visit>(Planned, new VisitCancelled(Id, Patient, "入院")).When(new CancelVisit(Id, "入院")).IsAlreadySo();
    }

    [Fact]
    public void a_visit_started_in_error_is_taken_back_by_who_started_it()
    {
        Given.Events<Visit>(Started).When(new EnterVisitInError(Id, "別の方")).Happens(new VisitEnteredInError(Id, Patient, "別の方", TeamOnly: false));
        Given.Events<Visit>(Started).By(People.OtherNurse).When(new EnterVisitInError(Id, "別の方")).IsForbidden("visit.note_of_another");
        Given.Events<Visit>(Planned).When(new EnterVisitInError(Id, "別の方")).IsRefused("visit.not_recorded");
    }

    [Fact]
    public void a_care_manager_records_a_visit_and_no_readings()
    {
        Given.Nothing<Visit>().By(People.CareManager).When(Record).IsForbidden("vitals.not_for_profession");
        Given.Nothing<Visit>().By(People.CareManager).When(Record with { Vitals = null }).Accepted<VisitRecorded>();
        Given.Events<Visit>(Recorded).By(People.CareManager).When(new CorrectVitals(Id, new Vitals(Clock.Ago(35)) { Pulse = 70 }, "訂正")).IsForbidden("vitals.not_for_profession");
    }

    [Fact]
    public void a_helper_gives_no_injection_and_a_nurse_does()
    {
        var injected = Record with { Vitals = null, CareGiven = [CareGiven.Observation, CareGiven.Infusion] };
        Given.Nothing<Visit>().By(People.Helper).When(injected).IsForbidden("visit.injection_not_for_helpers");
        Given.Nothing<Visit>().By(People.Helper).When(injected with { CareGiven = [CareGiven.MedicineSupport] }).Accepted<VisitRecorded>();
        Given.Nothing<Visit>().By(People.Nurse).When(injected).Accepted<VisitRecorded>();
    }

    [Fact]
    public void a_helper_corrects_readings_of_the_own_visit_only()
    {
        var correct = new CorrectVitals(Id, new Vitals(Clock.Ago(35)) { Pulse = 70 }, "訂正");
        Given.Events<Visit>(Recorded).By(People.Helper).When(correct).IsForbidden("vitals.of_another");
        Given.Events<Visit>(Recorded with { VisitorId = People.Helper.PersonId }).By(People.Helper).When(correct).Accepted<VitalsCorrected>();
    }
}
