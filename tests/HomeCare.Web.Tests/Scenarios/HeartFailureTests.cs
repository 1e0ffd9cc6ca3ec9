using System.Net;
using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>Story 1: heart failure, a woman of 88 on oxygen 1 L.</summary>
public sealed class HeartFailureTests(StoryHost host) : StoryTests(host)
{
    private static readonly MedicineOrder Doubled = new("フロセミド錠", 40, "mg", "内服", null, "朝食後・3日間");

    private static readonly MedicineOrder Usual = Doubled with { Dose = 20, Timing = "朝食後" };

    private readonly Guid question = Guid.CreateVersion7();
    private readonly Guid doubled = Guid.CreateVersion7();
    private readonly Guid oxygen = Guid.CreateVersion7();

    [Fact]
    public async Task weary_in_the_morning_eight_points_at_ten_a_home_call_at_four_and_the_old_dose_on_day_four()
    {
        await BeginAsync(new DateOnly(Year, 5, 11), "岡本", "フミ", 88, Sex.Female, Profession.Physician, Profession.Nurse, Profession.Pharmacist, Profession.Helper, Profession.Family);
        await SheIsKnownAsync();
        await TheHelperNotesThatSheIsWearyAsync();
        await TheNurseFindsEightPointsAndTwoKilogramsMoreAsync();
        await TheNurseAsksUrgentlyAndTelephonesAsync();
        await TheOrderIsReadBackAndSuppliedAsync();
        await TheHomeCallAtFourAsync();
        await TheWishToStayAtHomeIsConfirmedAsync();
        await OnTheNextDayThreePointsAsync();
        await OnDayFourTheOldDoseAgainAndEverythingClosedAsync();
    }

    /// <summary>The week before ends with day 7; the story's own day 1 is the eighth.</summary>
    private async Task SheIsKnownAsync()
    {
        var clinic = Guid.CreateVersion7();
        await DoneAsync(Profession.Administrator, "register-organisation", new RegisterOrganisation(clinic, "みなと内科", OrganisationKind.Clinic, "03-0000-0001"));
        await DoneAsync(Profession.Nurse, "join-care-team", new JoinCareTeam(Patient, OrganisationId: clinic));
        await DoneAsync(Profession.Physician, "record-condition", new RecordCondition(Patient, Guid.CreateVersion7(), new Condition("慢性心不全", [new Code("http://hl7.org/fhir/sid/icd-10", "I50.9")], ConditionStatus.Active)));
        await VisitAsync(Profession.Nurse, At(1, 13), 40, v => v with { Vitals = new Vitals(At(1, 13, 10)) { Weight = 45.7m, SpO2 = 94, Oxygen = new Oxygen(1) } });
        (await PointedOutAsync(Profession.Nurse)).ShouldBeEmpty();
    }

    private async Task TheHelperNotesThatSheIsWearyAsync()
    {
        ItIs(8, 8, 20);
        await using var nurse = await ListenAsync(Profession.Nurse);
        var visit = await VisitAsync(Profession.Helper, At(8, 8, 30), 30, v => v with { SoftSigns = [SoftSign.Weary], Note = new VisitNote("「だるい」と横になっておられます") });

        await HeardAsync(nurse, "visit-recorded", visit);
        (await PointedOutAsync(Profession.Nurse)).ShouldBe(["soft/Weary"]);
        (await PointedOutAsync(Profession.Family)).ShouldBeEmpty("what is pointed out is the team's");
    }

    private async Task TheNurseFindsEightPointsAndTwoKilogramsMoreAsync()
    {
        var visit = await VisitAsync(Profession.Nurse, At(8, 10, 20), 40, v => v with
        {
            Kind = VisitKind.Urgent, Vitals = Signs(At(8, 10, 25), 37.4m, 102, 24, 148, 89, oxygen: 1) with { Weight = 47.8m }, SoftSigns = [SoftSign.ShortOfBreath, SoftSign.Swelling],
        });

        (await ScoreAsync(visit)).ShouldBe((8, true));
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["news2/Emergency", "range/SpO2/Below", "soft/ShortOfBreath", "soft/Swelling", "soft/Weary", "weight"]);
        var gained = (await RowAsync(Profession.Physician)).List("alerts").SelectMany(i => i.List("alerts")).Single(a => a.Text("key") == "weight");
        (gained.Number("amount"), gained.List("evidence")[0].Number("value"), gained.List("evidence")[1].Number("value")).ShouldBe((2.1m, 45.7m, 47.8m));
    }

    private async Task TheNurseAsksUrgentlyAndTelephonesAsync()
    {
        ItIs(8, 11, 2);
        await using var physician = await ListenAsync(Profession.Physician);
        await DoneAsync(Profession.Nurse, "raise-request", new RaiseRequest(
            question, Patient, InstructionKind.Question, "37.4/102/24/148、SpO₂ 89 %(1 L)、1週間で+2.1 kg。利尿薬と酸素の指示をお願いします", To(Profession.Physician), Urgency.Urgent, At(8, 12)));
        await HeardAsync(physician, "instruction-issued", question);
        (await RowAsync(Profession.Physician)).Number("openInstructions").ShouldBe(1);

        // The row names the telephone; who took it up, and what they will do, stands there for the others. A helper sees it and does not take it up.
        var row = await RowAsync(Profession.Nurse);
        row["call"]!.Text("telephone").ShouldBe("03-0000-0001");
        var call = new AcknowledgeAlert(Patient, AlertCause.Vitals, ["news2/Emergency", "range/SpO2/Below"], "主治医へ電話で報告する", At(8, 12));
        await RefusedAsync(Profession.Helper, "acknowledge-alert", call, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Nurse, "acknowledge-alert", call);
        var vitals = (await RowAsync(Profession.Physician)).List("alerts").Single(i => i.Text("cause") == "vitals");
        (vitals["answer"]!.Text("words"), vitals.Time("heldUntil")).ShouldBe(("主治医へ電話で報告する", At(8, 12)));
        (await TimelineAsync(Profession.Family)).ShouldNotContain(e => e.Text("kind") == "alert-acknowledged");

        ItIs(8, 11, 20);
        await DoneAsync(Profession.Physician, "mark-instruction-read", new MarkInstructionRead(question));
        await RefusedAsync(Profession.Pharmacist, "answer-request", new AnswerRequest(question, "増量でよいと思います"), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await DoneAsync(Profession.Physician, "answer-request", new AnswerRequest(question, "利尿薬を3日間倍にします。16時に往診します"));
        await DoneAsync(Profession.Nurse, "close-request", new CloseRequest(question));
        (await LifeAsync(question)).ShouldBe(["issued", "read", "completed", "closed"]);
    }

    private async Task TheOrderIsReadBackAndSuppliedAsync()
    {
        ItIs(8, 11, 25);
        await using var nurse = await ListenAsync(Profession.Nurse);
        var issue = new IssueInstruction(doubled, Patient, InstructionKind.Medicine, "フロセミドを3日間、20 mg から 40 mg へ増量してください", To(Nurse), Urgency.Urgent, At(8, 14), Doubled, ChangesMedicine: true);
        await RefusedAsync(Profession.Nurse, "issue-instruction", issue, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Physician, "issue-instruction", issue);
        await HeardAsync(nurse, "instruction-issued", doubled);

        var sheet = await OnSheetAsync(Profession.Nurse, doubled);
        sheet["owner"]!.Id("personId").ShouldBe(Nurse.PersonId);
        await DoneAsync(Profession.Nurse, "mark-instruction-read", new MarkInstructionRead(doubled));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(doubled), HttpStatusCode.UnprocessableEntity, "instruction.read_back_missing");
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(doubled, Doubled with { Dose = 20 }), HttpStatusCode.UnprocessableEntity, "instruction.read_back_differs");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(doubled, Doubled));
        ItIs(8, 12, 10);
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(doubled, "本日の追加分を内服", At(8, 12, 5)));

        await DoneAsync(Profession.Physician, "finish-medicine-task", new FinishMedicineTask(doubled, MedicineTask.Prescribe));
        await RefusedAsync(Profession.Nurse, "finish-medicine-task", new FinishMedicineTask(doubled, MedicineTask.Dispense), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        ItIs(8, 14, 50);
        await DoneAsync(Profession.Pharmacist, "finish-medicine-task", new FinishMedicineTask(doubled, MedicineTask.Dispense, "3日分を届けた"));
        await DoneAsync(Profession.Pharmacist, "finish-medicine-task", new FinishMedicineTask(doubled, MedicineTask.Repack, "服薬カレンダーへセット"));
        await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(doubled), HttpStatusCode.Conflict, "instruction.tasks_open");
        await DoneAsync(Profession.Nurse, "finish-medicine-task", new FinishMedicineTask(doubled, MedicineTask.TellFamily, "長女へ電話"));
        (await LifeAsync(doubled)).ShouldBe(["issued", "delivered", "read", "taken", "completed", .. Enumerable.Repeat("medicine-task-finished", 4)]);
    }

    private async Task TheHomeCallAtFourAsync()
    {
        ItIs(8, 16, 10);
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(oxygen, Patient, InstructionKind.Treatment, "酸素は安静時 2 L/分としてください", To(Profession.Nurse), Urgency.Today, At(9, 12)));
        await RefusedAsync(Profession.Helper, "take-instruction", new TakeInstruction(oxygen), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(oxygen));
        var call = await VisitAsync(Profession.Physician, At(8, 16, 5), 30, v => v with { Kind = VisitKind.Urgent, Vitals = Signs(At(8, 16, 25), 37.2m, 98, 22, 142, 92, oxygen: 2) });

        var entry = await EntryAsync(Profession.Family, "visit-recorded", call);
        (entry.Time("occurredAt"), entry["author"]!.Text("profession"), entry["data"]!.Text("kind")).ShouldBe((At(8, 16, 5), "physician", "urgent"));
        (await ScoreAsync(call)).ShouldBe((7, true));
        (await PointedOutAsync(Profession.Nurse)).ShouldContain("news2/Emergency");
        (await PointedOutAsync(Profession.Nurse)).ShouldNotContain("range/SpO2/Below");
    }

    private async Task TheWishToStayAtHomeIsConfirmedAsync()
    {
        var wishes = new Wishes(
            Day(8), ["本人", "長女", "主治医"], DecisionCapacity.CanDecide, new(TreatmentWish.Undecided), new(TreatmentWish.Undecided), new(AdmissionWish.DoesNotWish), new(TreatmentWish.Undecided),
            new(PlaceWish.Home), "病院には行かず、家で過ごしたい");
        await RefusedAsync(Profession.Helper, "record-wishes", new RecordWishes(Patient, Guid.CreateVersion7(), 1, wishes), HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Family, "record-wishes", new RecordWishes(Patient, Guid.CreateVersion7(), 1, wishes));
        await RefusedAsync(Profession.Nurse, "confirm-wishes", new ConfirmWishes(Patient, 1), HttpStatusCode.Forbidden, "act.not_permitted");
        (await SummaryAsync(Profession.Nurse)).List("wishesVersions").ShouldHaveSingleItem().Has("confirmedAt").ShouldBeFalse();
        await DoneAsync(Profession.Physician, "confirm-wishes", new ConfirmWishes(Patient, 1));

        foreach (var reader in new[] { Profession.Nurse, Profession.Helper, Profession.Family })
        {
            var known = (await SummaryAsync(reader)).List("wishesVersions").ShouldHaveSingleItem();
            (known["wishes"]!["place"]!.Text("choice"), known["wishes"]!["admission"]!.Text("choice"), known.Text("confirmedBy")).ShouldBe(("home", "doesNotWish", Physician.Name));
        }
    }

    private async Task OnTheNextDayThreePointsAsync()
    {
        var visit = await VisitAsync(Profession.Nurse, At(9, 14), 40, v => v with { Vitals = Signs(At(9, 14, 5), 36.8m, 88, 20, 138, 94, oxygen: 2) with { Weight = 46.9m } });

        (await ScoreAsync(visit)).ShouldBe((3, true));
        (await PointedOutAsync(Profession.Nurse)).ShouldNotContain(k => k.StartsWith("news2/", StringComparison.Ordinal) || k == "weight");
        var weights = (await SheetAsync(Profession.Nurse)).List("readings").Where(r => r.Text("sign") == "weight").Select(r => r.Number("value")).ToList();
        weights.ShouldBe([45.7m, 47.8m, 46.9m]);
        (weights[^1] - weights[^2]).ShouldBe(-0.9m);
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(oxygen, "2 L/分で安静時 94 %", At(9, 14, 5), visit));
    }

    private async Task OnDayFourTheOldDoseAgainAndEverythingClosedAsync()
    {
        ItIs(11, 11, 20);
        var usual = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(
            usual, Patient, InstructionKind.Medicine, "フロセミドは明日から元の 20 mg へ戻してください", To(Nurse), Urgency.Today, At(11, 18), Usual, ChangesMedicine: true));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(usual, Doubled), HttpStatusCode.UnprocessableEntity, "instruction.read_back_differs");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(usual, Usual));
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(usual, "服薬カレンダーを元の量に戻した", At(11, 11, 20)));
        foreach (var (by, task) in new[] { (Profession.Physician, MedicineTask.Prescribe), (Profession.Pharmacist, MedicineTask.Dispense), (Profession.Nurse, MedicineTask.Repack), (Profession.Nurse, MedicineTask.TellFamily) })
        {
            await DoneAsync(by, "finish-medicine-task", new FinishMedicineTask(usual, task));
        }

        (await RowAsync(Profession.Nurse)).Number("openInstructions").ShouldBe(3);
        foreach (var instruction in new[] { doubled, oxygen, usual })
        {
            await RefusedAsync(Profession.Nurse, "close-instruction", new CloseInstruction(instruction), HttpStatusCode.Forbidden, "act.not_permitted");
            await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(instruction));
            (await EntryAsync(Profession.Family, "instruction-closed", instruction))["data"]!["withdrawn"]!.GetValue<bool>().ShouldBeFalse();
        }

        (await RowAsync(Profession.Nurse)).Number("openInstructions").ShouldBe(0);
        (await PointedOutAsync(Profession.Nurse)).ShouldBeEmpty();
    }
}
