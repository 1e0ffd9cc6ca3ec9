using System.Net;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>Story 6: diabetes, a man of 74 who lives alone and injects insulin himself.</summary>
public sealed class DiabetesTests(StoryHost host) : StoryTests(host)
{
    private static readonly MedicineOrder Twelve = new("インスリン グラルギン", 12, "単位", "皮下注", null, "毎朝 朝食前");

    private static readonly MedicineOrder Ten = Twelve with { Dose = 10 };

    private readonly Guid insulin = Guid.CreateVersion7();
    private readonly Guid low = Guid.CreateVersion7();

    [Fact]
    public async Task a_low_reading_calls_a_nurse_hi_stays_hi_a_helper_reads_the_dial_and_does_not_inject_and_twelve_becomes_ten()
    {
        await BeginAsync(new DateOnly(Year, 7, 5), "木村", "勇", 74, Sex.Male, Profession.Physician, Profession.Nurse, Profession.PublicHealthNurse, Profession.Helper, Profession.Patient);
        await TwelveUnitsStandAndSoDoesWhatHoldsBelowSeventyAsync();
        await TheDiarySaysFiftyEightAsync();
        await TheMeterSaysHiAsync();
        await TheHelperReadsTheDialAndDoesNotInjectAsync();
        await TwelveBecomesTenAndTheOldTextStaysAsync();
    }

    private async Task TwelveUnitsStandAndSoDoesWhatHoldsBelowSeventyAsync()
    {
        ItIs(1, 13, 30);
        var standing = new IssueInstruction(insulin, Patient, InstructionKind.Medicine, "インスリンは毎朝 12 単位", To(Nurse), Order: Twelve, Standing: new StandingOrder(At(61, 0)));
        await RefusedAsync(Profession.Physician, "issue-instruction", standing with { Order = Twelve with { Unit = "" } }, HttpStatusCode.UnprocessableEntity, "instruction.unit_missing");
        (await SheetAsync(Profession.Nurse)).List("instructions").ShouldBeEmpty("an order without a unit is none");
        await DoneAsync(Profession.Physician, "issue-instruction", standing);
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(insulin, Twelve));

        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(low, Patient, InstructionKind.Treatment, "血糖 70 未満:ブドウ糖 10 g、15分後に再検", To(Nurse),
            Standing: new StandingOrder(At(61, 0), new OrderCondition(VitalSign.Glucose, Below: 70))));
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(low));
        await RefusedAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(low, "済み", At(1, 13, 30)), HttpStatusCode.Conflict, "instruction.done_by_occasions");

        await DiaryAsync(2, 7, 20, 132);
        await TimerAsync();
        (await SheetAsync(Profession.Nurse)).List("instructions").Count.ShouldBe(2, "132 calls for nothing");
    }

    private async Task TheDiarySaysFiftyEightAsync()
    {
        ItIs(8, 7);
        await using var nurse = await ListenAsync(Profession.Nurse);
        await DiaryAsync(8, 7, 5, 58);
        await TimerAsync();

        var occasion = (await SheetAsync(Profession.Nurse)).List("instructions").Select(i => i["card"]!).Single(c => c["terms"]!.Has("occasion"));
        await HeardAsync(nurse, "instruction-issued", occasion.Id("instructionId"));
        (occasion["owner"]!.Id("personId"), occasion.Text("text"), occasion.Text("urgency")).ShouldBe((Nurse.PersonId, "血糖 70 未満:ブドウ糖 10 g、15分後に再検", "urgent"));
        (occasion["terms"]!["occasion"]!.Id("ofInstructionId"), occasion["terms"]!["occasion"]!.Number("value")).ShouldBe((low, 58));
        (await PointedOutAsync(Profession.Physician)).ShouldContain("range/Glucose/Below");

        var id = occasion.Id("instructionId");
        await RefusedAsync(Profession.PublicHealthNurse, "take-instruction", new TakeInstruction(id), HttpStatusCode.Forbidden, "instruction.for_another");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(id));
        var again = await DiaryAsync(8, 7, 21, 96);
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(id, "ブドウ糖 10 g、15分後 96", At(8, 7, 21), null, [new EvidenceSource(EvidenceKind.Vitals, again)]));
        (await EntryAsync(Profession.Physician, "instruction-completed", id))["data"]!.List("links").ShouldHaveSingleItem().Id("id").ShouldBe(again);
        await TimerAsync();
        (await SheetAsync(Profession.Nurse)).List("instructions").Select(i => i["card"]!.Id("instructionId")).ShouldBe([insulin, low], ignoreOrder: true, "96 calls for nothing, and 58 has been answered");
        (await PointedOutAsync(Profession.Physician)).ShouldBeEmpty();
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(id, "条件の指示は続ける"));
    }

    private async Task TheMeterSaysHiAsync()
    {
        ItIs(11, 21, 6);
        var hi = Guid.CreateVersion7();
        await RefusedAsync(Profession.Patient, "record-vitals", new RecordVitals(hi, Patient, new Vitals(At(11, 21, 5)) { Glucose = new Glucose(600, MeterReading.Hi) }), HttpStatusCode.UnprocessableEntity, "vitals.glucose_number_or_meter");
        await DoneAsync(Profession.Patient, "record-vitals", new RecordVitals(hi, Patient, new Vitals(At(11, 21, 5)) { Glucose = new Glucose(null, MeterReading.Hi, GlucoseTiming.Bedtime) }));

        foreach (var reader in new[] { Profession.Nurse, Profession.Patient })
        {
            var glucose = (await EntryAsync(reader, "vitals-recorded", hi))["data"]!["vitals"]!["glucose"]!;
            (glucose.Text("meter"), glucose.Has("milligramsPerDecilitre")).ShouldBe(("hi", false));
        }

        (await PointedOutAsync(Profession.Physician)).ShouldBe(["range/Glucose/Above"]);
        await TimerAsync();
        (await SheetAsync(Profession.Nurse)).List("instructions").Count.ShouldBe(2, "Hi is not below 70");
    }

    private async Task TheHelperReadsTheDialAndDoesNotInjectAsync()
    {
        var visit = await VisitAsync(Profession.Helper, At(13, 8), 45, v => v with
        {
            Note = new VisitNote("朝食のあと、ご本人が注射されました。目盛りが「12」になっているのを一緒に見ました"), CareGiven = [CareGiven.Nutrition, CareGiven.MedicineSupport],
        });
        var entry = await EntryAsync(Profession.Nurse, "visit-recorded", visit);
        (entry["author"]!.Text("profession"), entry["data"]!["note"]!.Text("subjective")).ShouldBe(("helper", "朝食のあと、ご本人が注射されました。目盛りが「12」になっているのを一緒に見ました"));

        var injected = new RecordVisit(Guid.CreateVersion7(), Patient, At(13, 8), At(13, 8, 45)) { CareGiven = [CareGiven.Infusion], Note = new VisitNote("12 単位を注射しました") };
        await RefusedAsync(Profession.Helper, "record-visit", injected, HttpStatusCode.Forbidden, "visit.injection_not_for_helpers");
        await RefusedAsync(Profession.Helper, "take-instruction", new TakeInstruction(insulin, Twelve), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await RefusedAsync(Profession.Helper, "complete-instruction", new CompleteInstruction(insulin, "12 単位を注射しました", At(13, 8, 10)), HttpStatusCode.Conflict, "instruction.taken_by_another");
        await RefusedAsync(Profession.Helper, "record-vitals", new RecordVitals(Guid.CreateVersion7(), Patient, new Vitals(At(13, 8)) { Glucose = new Glucose(120) }), HttpStatusCode.Forbidden, "vitals.not_for_helpers");
        (await TimelineAsync(Profession.Nurse)).Where(e => e["author"]!.Id("personId") == Helper.PersonId).ShouldHaveSingleItem("the dial is all that the helper has on record");
    }

    private async Task TwelveBecomesTenAndTheOldTextStaysAsync()
    {
        ItIs(14, 18, 32);
        var change = new ChangeInstruction(insulin, "インスリンは毎朝 10 単位", "低血糖(58)があったため", Ten);
        await RefusedAsync(Profession.Nurse, "change-instruction", change, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Physician, "change-instruction", change);

        var card = await OnSheetAsync(Profession.Nurse, insulin);
        (card.Text("text"), card["order"]!.Number("dose"), card.Text("status")).ShouldBe(("インスリンは毎朝 10 単位", 10, "issued"), "it is to be taken anew");
        var former = card.List("former").ShouldHaveSingleItem();
        (former.Text("text"), former["order"]!.Number("dose"), former["order"]!.Text("unit"), former.Text("reason")).ShouldBe(("インスリンは毎朝 12 単位", 12, "単位", "低血糖(58)があったため"));
        await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(insulin, Twelve), HttpStatusCode.UnprocessableEntity, "instruction.read_back_differs");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(insulin, Ten));
        (await LifeAsync(insulin)).Where(k => k is not "delivered").ShouldBe(["issued", "taken", "changed", "taken"]);

        // He reads it too: what holds now, and what held before.
        (await EntryAsync(Profession.Patient, "instruction-issued", insulin))["data"]!["order"]!.Number("dose").ShouldBe(12);
        (await EntryAsync(Profession.Patient, "instruction-changed", insulin))["data"]!["order"]!.Number("dose").ShouldBe(10);
    }

    /// <summary>What he measures and writes down himself before breakfast.</summary>
    private async Task<Guid> DiaryAsync(int day, int hour, int minute, int glucose)
    {
        var id = Guid.CreateVersion7();
        ItIs(day, hour, minute);
        await DoneAsync(Profession.Patient, "record-vitals", new RecordVitals(id, Patient, new Vitals(At(day, hour, minute)) { Glucose = new Glucose(glucose, null, GlucoseTiming.Fasting) }));
        return id;
    }
}
