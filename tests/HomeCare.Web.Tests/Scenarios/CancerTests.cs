using System.Net;
using HomeCare.Cover;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>Story 3: cancer, a man of 67 with a PCA pump.</summary>
public sealed class CancerTests(StoryHost host) : StoryTests(host)
{
    private static readonly MedicineOrder Pump = new("モルヒネ塩酸塩注 10 mg/mL", 0.05m, "mL/h", "持続皮下注", "0.05 mL/h", "ボーラス 0.05 mL・ロックアウト 15分");

    private static readonly MedicineOrder More = Pump with { Dose = 0.07m, Rate = "0.07 mL/h" };

    private readonly Guid begin = Guid.CreateVersion7();
    private readonly Guid more = Guid.CreateVersion7();
    private readonly Guid stop = Guid.CreateVersion7();
    private readonly Guid watch = Guid.CreateVersion7();

    private Guid morphine;

    [Fact]
    public async Task a_pump_read_back_and_counted_a_tenfold_read_back_a_breath_too_slow_at_night_and_the_residue_returned()
    {
        await BeginAsync(new DateOnly(Year, 6, 1), "山口", "隆", 67, Sex.Male,
            Profession.Physician, Profession.Nurse, Profession.PublicHealthNurse, Profession.AssistantNurse, Profession.Pharmacist, Profession.Helper, Profession.Family);
        await HeIsNoLongerScoredAsync();
        await ThePumpIsReadBackInEveryPartAsync();
        await FiftyMillilitresAreSuppliedAsync();
        await AfterADayAndNineBolusesTheResidueIsCountedAsync();
        await AtPainSevenMoreIsOrderedAndReadBackTenfoldAsync();
        await AtNightHeIsDrowsyAndBreathesEightTimesAsync();
        await HeDiesAndTheResidueGoesBackToThePharmacyAsync();
    }

    private async Task HeIsNoLongerScoredAsync()
    {
        var off = new SwitchNews2Off(Patient, new News2Off(News2OffReason.EndOfLife, Day(1), "症状と本人の希望で評価する"));
        await RefusedAsync(Profession.Nurse, "switch-news2-off", off, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Physician, "switch-news2-off", off);
        (await SummaryAsync(Profession.Nurse))["news2Off"]!.Text("reason").ShouldBe("endOfLife");
    }

    private async Task ThePumpIsReadBackInEveryPartAsync()
    {
        ItIs(1, 12, 50);
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(begin, Patient, InstructionKind.Medicine, "PCA ポンプでモルヒネの持続皮下注を始めてください", To(Nurse), Urgency.Today, At(1, 19), Pump));
        foreach (var misread in new[] { Pump with { Drug = "モルヒネ塩酸塩注 40 mg/mL" }, Pump with { Dose = 0.5m }, Pump with { Unit = "mL" }, Pump with { Timing = "ボーラス 0.5 mL・ロックアウト 15分" }, Pump with { Timing = "ボーラス 0.05 mL・ロックアウト 5分" } })
        {
            await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(begin, misread), HttpStatusCode.UnprocessableEntity, "instruction.read_back_differs");
        }

        await RefusedAsync(Profession.Helper, "take-instruction", new TakeInstruction(begin, Pump), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        (await LifeAsync(begin)).ShouldBe(["issued"], "nobody has taken it");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(begin, Pump));
        var taken = (await EntryAsync(Profession.Physician, "instruction-taken", begin))["data"]!["readBack"]!;
        (taken.Text("drug"), taken.Number("dose"), taken.Text("unit"), taken.Text("timing")).ShouldBe(("モルヒネ塩酸塩注 10 mg/mL", 0.05m, "mL/h", "ボーラス 0.05 mL・ロックアウト 15分"));
    }

    private async Task FiftyMillilitresAreSuppliedAsync()
    {
        var supply = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(supply, Patient, InstructionKind.PharmacistVisit, "モルヒネ注 50 mL のカセットを17時までに届けてください", To(Pharmacist), Urgency.Today, At(1, 17)));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(supply), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await DoneAsync(Profession.Pharmacist, "take-instruction", new TakeInstruction(supply));
        ItIs(1, 16, 40);
        morphine = Guid.CreateVersion7();
        var prescribed = new RecordMedicine(morphine, Patient, new Prescription("モルヒネ塩酸塩注 10 mg/mL", null, "0.05 mL/h、ボーラス 0.05 mL、ロックアウト 15分", "持続皮下注", Day(1), null, "50 mL", Physician.Name, PrescriptionStatus.Active));
        await RefusedAsync(Profession.Nurse, "record-medicine", prescribed, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Pharmacist, "record-medicine", prescribed);
        await DoneAsync(Profession.Pharmacist, "complete-instruction", new CompleteInstruction(supply, "50 mL を交付", At(1, 16, 40)));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(supply));
        (await SummaryAsync(Profession.Nurse)).List("medicines").ShouldHaveSingleItem()["prescription"]!.Text("quantity").ShouldBe("50 mL");

        var visit = await VisitAsync(Profession.Nurse, At(1, 17, 30), 60, v => v with { CareGiven = [CareGiven.Infusion, CareGiven.DeviceCare], Vitals = new Vitals(At(1, 18)) { Pain = 5, Respiration = 18 } });
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(begin, "18:00 に始めた", At(1, 18), visit));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(begin));
    }

    /// <summary>What is expected and what is counted stands in the nurse's words.</summary>
    private async Task AfterADayAndNineBolusesTheResidueIsCountedAsync()
    {
        const string counted = "24時間でボーラス9回。残液は計算上 48.35 mL、実測 48.3 mL";
        var visit = await VisitAsync(Profession.Nurse, At(2, 17, 45), 40, v => v with { Note = new VisitNote(Objective: counted), Vitals = new Vitals(At(2, 18)) { Pain = 3, Respiration = 16 } });
        foreach (var reader in new[] { Profession.Physician, Profession.Pharmacist })
        {
            (await EntryAsync(reader, "visit-recorded", visit))["data"]!["note"]!.Text("objective").ShouldBe(counted);
        }

        (await PointedOutAsync(Profession.Physician)).ShouldBeEmpty();
    }

    private async Task AtPainSevenMoreIsOrderedAndReadBackTenfoldAsync()
    {
        await VisitAsync(Profession.Nurse, At(7, 17, 20), 20, v => v with { SoftSigns = [SoftSign.InPain], Vitals = new Vitals(At(7, 17, 25)) { Pain = 7, Respiration = 20 } });
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["range/Pain/Above", "soft/InPain"]);
        var question = Guid.CreateVersion7();
        await DoneAsync(Profession.Nurse, "raise-request", new RaiseRequest(question, Patient, InstructionKind.Question, "NRS 7。持続量を増やしますか", To(Profession.Physician), Urgency.Urgent, At(7, 18)));
        ItIs(7, 17, 50);
        await DoneAsync(Profession.Physician, "answer-request", new AnswerRequest(question, "0.07 mL/h に増やします"));
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(more, Patient, InstructionKind.Medicine, "持続量を 0.05 から 0.07 mL/h へ上げてください", To(Nurse), Urgency.Urgent, At(7, 19), More));
        await DoneAsync(Profession.Nurse, "close-request", new CloseRequest(question));

        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(more, More with { Dose = 0.7m, Rate = "0.7 mL/h" }), HttpStatusCode.UnprocessableEntity, "instruction.read_back_differs");
        (await OnSheetAsync(Profession.Nurse, more)).Text("status").ShouldBe("issued");
        await DoneAsync(Profession.Nurse, "question-instruction", new QuestionInstruction(more, "電話では 0.7 と聞こえました。0.07 mL/h で間違いありませんか"));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(more, More), HttpStatusCode.Conflict, "instruction.question_open");
        await DoneAsync(Profession.Physician, "answer-question", new AnswerQuestion(more, "0.07 mL/h です"));
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(more, More));
        (await OnSheetAsync(Profession.Nurse, more))["owner"]!.Id("personId").ShouldBe(Nurse.PersonId);
        ItIs(7, 18, 58);
        var after = Guid.CreateVersion7();
        await DoneAsync(Profession.Nurse, "record-vitals", new RecordVitals(after, Patient, new Vitals(At(7, 18, 55)) { Pain = 3, Respiration = 16 }));
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(more, "18:00 に 0.07 mL/h へ変更", At(7, 18), null, [new EvidenceSource(EvidenceKind.Vitals, after)]));
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["soft/InPain"]);
        (await LifeAsync(more)).ShouldBe(["issued", "delivered", "questioned", "question-answered", "taken", "completed"]);
    }

    private async Task AtNightHeIsDrowsyAndBreathesEightTimesAsync()
    {
        ItIs(11, 19);
        var night = Town.Of(Profession.PublicHealthNurse);
        await DoneAsync(Profession.Nurse, "set-patient-cover", new SetPatientCover(Patient, [new CoverStep(PersonId: night.PersonId)]));
        ItIs(11, 21, 40);
        await using var onCall = await ListenAsync(Profession.PublicHealthNurse);
        var told = new WriteBedsideNote(Guid.CreateVersion7(), Patient, At(11, 21, 38), [SoftSign.Drowsy], "声をかけても、すぐ眠ってしまいます");
        await DoneAsync(Profession.Family, "write-bedside-note", told);
        await HeardAsync(onCall, "bedside-note-written", told.NoteId);

        var visit = await VisitAsync(Profession.PublicHealthNurse, At(11, 21, 50), 10, v => v with
        {
            Kind = VisitKind.Urgent, Vitals = new Vitals(At(11, 21, 52)) { Respiration = 8, Consciousness = new Consciousness(Acvpu.Voice, 10) },
        });
        (await EntryAsync(Profession.Physician, "visit-recorded", visit))["data"]!["news2"]!.Text("notScored").ShouldBe("switchedOff");
        (await RowAsync(Profession.Physician)).Has("news2").ShouldBeFalse();
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["range/Respiration/Below", "soft/Drowsy"]);
        var slow = (await RowAsync(Profession.Physician)).List("alerts").SelectMany(i => i.List("alerts")).Single(a => a.Text("key") == "range/Respiration/Below");
        (slow.Text("level"), slow.List("evidence")[0].Number("value")).ShouldBe(("now", 8));

        // The physician says it by telephone; the nurse at the bedside does it at once, and it is pending until it is confirmed.
        ItIs(11, 22, 4);
        var said = new EnterVerbalOrder(stop, Patient, Physician.PersonId, InstructionKind.Treatment, "持続を止め、呼吸数が12以上に戻ったら電話を", ReadBack: true, Urgency: Urgency.Urgent);
        await RefusedAsync(Profession.PublicHealthNurse, "enter-verbal-order", said with { ReadBack = false }, HttpStatusCode.UnprocessableEntity, "instruction.not_read_back");
        await RefusedAsync(Profession.AssistantNurse, "enter-verbal-order", said, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.PublicHealthNurse, "enter-verbal-order", said);
        ItIs(11, 22, 6);
        await DoneAsync(Profession.PublicHealthNurse, "complete-instruction", new CompleteInstruction(stop, "22:05 に止めた", At(11, 22, 5)));
        await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(stop), HttpStatusCode.Conflict, "instruction.not_confirmed");
        await RefusedAsync(Profession.PublicHealthNurse, "confirm-verbal-order", new ConfirmVerbalOrder(stop), HttpStatusCode.Forbidden, "act.not_permitted");

        // What is ordered of "the nurse" at night is whose turn it is to be called, and not the nurse of the day.
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(watch, Patient, InstructionKind.Observation, "30分ごとに呼吸数を数えてください", To(Profession.Nurse), Urgency.Urgent, At(11, 23, 30)));
        (await OnSheetAsync(Profession.Nurse, watch))["owner"]!.Id("personId").ShouldBe(night.PersonId);
        await DoneAsync(Profession.PublicHealthNurse, "take-instruction", new TakeInstruction(watch));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(watch), HttpStatusCode.Conflict, "instruction.taken_by_another");
        ItIs(11, 22, 50);
        var breath = Guid.CreateVersion7();
        await DoneAsync(Profession.PublicHealthNurse, "record-vitals", new RecordVitals(breath, Patient, new Vitals(At(11, 22, 50)) { Respiration = 13 }));
        await DoneAsync(Profession.PublicHealthNurse, "complete-instruction", new CompleteInstruction(watch, "呼吸数13、会話ができる", At(11, 22, 50), null, [new EvidenceSource(EvidenceKind.Vitals, breath)]));
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["soft/Drowsy"]);

        ItIs(12, 8, 30);
        await DoneAsync(Profession.Physician, "confirm-verbal-order", new ConfirmVerbalOrder(stop));
        (await LifeAsync(stop)).ShouldBe(["issued", "taken", "completed", "verbal-order-confirmed"]);
    }

    /// <summary>The death itself is told by the physician's visit; what is open ends by the physician's hand.</summary>
    private async Task HeDiesAndTheResidueGoesBackToThePharmacyAsync()
    {
        var open = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(open, Patient, InstructionKind.Medicine, "0.05 mL/h で再開してください", To(Nurse), Urgency.Today, At(12, 12), Pump));
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(open, Pump));
        await VisitAsync(Profession.Physician, At(15, 4, 0), 40, v => v with { Kind = VisitKind.EndOfLife, Note = new VisitNote("妻・長男が見守る", "呼吸停止、心停止、対光反射なし", "死亡を確認した") });
        await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(open), HttpStatusCode.UnprocessableEntity, "instruction.withdrawal_needs_reason");
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(open, "死亡"));
        (await EntryAsync(Profession.Nurse, "instruction-closed", open))["data"]!.Text("comment").ShouldBe("死亡");
        await DoneAsync(Profession.Physician, "stop-medicine", new StopMedicine(morphine, Day(15), "死亡"));

        ItIs(15, 9, 10);
        var back = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(back, Patient, InstructionKind.PharmacistVisit, "モルヒネ注の残液を引き取り、帳簿と合わせてください", To(Pharmacist), Urgency.Today, At(15, 17)));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(back), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await RefusedAsync(Profession.Pharmacist, "complete-instruction", new CompleteInstruction(back, "引き取った", At(15, 9)), HttpStatusCode.Conflict, "instruction.not_taken");
        await DoneAsync(Profession.Pharmacist, "take-instruction", new TakeInstruction(back));
        ItIs(15, 15);
        await DoneAsync(Profession.Pharmacist, "complete-instruction", new CompleteInstruction(back, "残液を薬局へ引き取り、帳簿と一致した", At(15, 14, 30)));
        foreach (var instruction in new[] { more, stop, watch, back })
        {
            await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(instruction));
        }

        (await LifeAsync(back)).ShouldBe(["issued", "taken", "completed", "closed"]);
        (await SummaryAsync(Profession.Nurse)).List("medicines").ShouldBeEmpty();
        (await RowAsync(Profession.Physician)).Number("openInstructions").ShouldBe(0);
    }
}
