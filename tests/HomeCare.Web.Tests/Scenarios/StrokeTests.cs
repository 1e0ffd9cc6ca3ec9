using System.Net;
using System.Text.Json.Nodes;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>Story 8: stroke, a man of 79 with a gastrostomy.</summary>
public sealed class StrokeTests(StoryHost host) : StoryTests(host)
{
    private readonly Guid ordinary = Guid.CreateVersion7();
    private readonly Guid suction = Guid.CreateVersion7();
    private readonly Guid infusion = Guid.CreateVersion7();
    private readonly Guid feeding = Guid.CreateVersion7();
    private readonly Guid valsartan = Guid.CreateVersion7();
    private readonly Guid nutrient = Guid.CreateVersion7();

    [Fact]
    public async Task fed_by_a_carer_nine_points_feeding_stopped_before_noon_infused_admitted_discharged_and_ordered_anew()
    {
        await BeginAsync(new DateOnly(Year, 4, 5), "清水", "義男", 79, Sex.Male, Profession.Physician, Profession.Nurse, Profession.Pharmacist, Profession.Helper, Profession.CareManager, Profession.Family);
        await HeIsKnownAsync();
        await FeedingIsOrderedAndTheHelperLogsItAsync();
        await NinePointsAsync();
        await StopFeedingReachesTheHelperBeforeNoonAsync();
        await SevenDaysOfInfusionAsync();
        await HeIsAdmittedAsync();
        await HeComesHomeAndTheMedicinesAreReconciledAsync();
        await TheOrderIsRenewedAsync();
    }

    private NursingOrderContent Order(Guid station) => new(station, Day(1))
    {
        Consent = true, ExaminedOn = Day(1), Diagnoses = [new OrderDiagnosis("脳梗塞後遺症", "I69.3")], State = "左片麻痺、嚥下障害", EmergencyContact = "みなと内科 03-0000-0001",
        Devices = [new OrderDevice(OrderDeviceKind.TubeFeeding, "胃瘻", "20 Fr", 180)],
    };

    private async Task HeIsKnownAsync()
    {
        await DoneAsync(Profession.Nurse, "set-contacts", new SetContacts(Patient, [new Contact("清水 和子", "妻", "03-0000-0008", "同居"), new Contact("清水 亮", "長男", "090-0000-0008")]));
        await DoneAsync(Profession.Nurse, "record-allergy", new RecordAllergy(Patient, Guid.CreateVersion7(), new Allergy("ヨード造影剤", null, AllergyKind.Medicine, AllergySeverity.Severe, "発疹", AllergyStatus.Active)));
        await DoneAsync(Profession.Physician, "record-condition", new RecordCondition(Patient, Guid.CreateVersion7(), new Condition("脳梗塞後遺症", null, ConditionStatus.Active)));
        await TakesAsync(valsartan, "バルサルタン錠40mg", "1回1錠 1日1回 朝", 1);
        await TakesAsync(nutrient, "経腸栄養剤", "1回400 mL 1日3回", 1);
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(ordinary, Patient, NursingOrderKind.Ordinary, Order(Nurse.OrganisationId!.Value)));
        await IssueAsync(ordinary, 1);
        (await OrderCardAsync(ordinary)).Text("lastDay").ShouldBe($"{Day(1).AddMonths(1).AddDays(-1):yyyy-MM-dd}", "a blank period is one month");
    }

    private async Task FeedingIsOrderedAndTheHelperLogsItAsync()
    {
        // The written order to the carers' office says what is fed; without that it is none.
        var acts = new SuctionPart { Acts = [CarerAct.Gastrostomy] };
        var draft = new DraftNursingOrder(suction, Patient, NursingOrderKind.Suction, Order(Helper.OrganisationId!.Value) with { Until = Day(1).AddMonths(3), Suction = acts });
        await RefusedAsync(Profession.Nurse, "draft-nursing-order", draft, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Physician, "draft-nursing-order", draft);
        await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(suction, Patient), HttpStatusCode.Conflict, "order.incomplete");
        await DoneAsync(Profession.Physician, "draft-nursing-order", draft with { Content = draft.Content with { Suction = acts with { Feeding = "経腸栄養剤 400 mL を60分、1日3回。終了後60分は30度以上" } } });
        await IssueAsync(suction, 1);
        (await OrderCardAsync(suction, Profession.Helper))["content"]!["suction"]!.Text("feeding").ShouldStartWith("経腸栄養剤 400 mL");

        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(
            feeding, Patient, InstructionKind.Care, "経管栄養:1回 400 mL を60分", To(Helper), Standing: new StandingOrder(At(90, 0))));
        await RefusedAsync(Profession.CareManager, "take-instruction", new TakeInstruction(feeding), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await DoneAsync(Profession.Helper, "take-instruction", new TakeInstruction(feeding));
        var fed = await VisitAsync(Profession.Helper, At(2, 11, 30), 90, v => v with
        {
            CareGiven = [CareGiven.Nutrition], Vitals = new Vitals(At(2, 13)) { Intake = new Fluid(400, "胃瘻") }, Note = new VisitNote("12時から400 mLを60分かけて注入。むせなし"),
        });
        var entry = await EntryAsync(Profession.Nurse, "visit-recorded", fed);
        (entry["author"]!.Id("personId"), entry["data"]!["vitals"]!["intake"]!.Number("millilitres"), entry["data"]!["vitals"]!["intake"]!.Text("route")).ShouldBe((Helper.PersonId, 400, "胃瘻"));
    }

    private async Task NinePointsAsync()
    {
        var visit = await VisitAsync(Profession.Nurse, At(8, 9), 60, v => v with { Kind = VisitKind.Urgent, CareGiven = [CareGiven.Suction], Vitals = Signs(At(8, 9, 10), 38.6m, 118, 26, 112, 91) });
        (await ScoreAsync(visit)).ShouldBe((9, true));
        (await PointedOutAsync(Profession.Physician)).ShouldBe(["news2/Emergency", "range/Pulse/Above", "range/Respiration/Above", "range/Temperature/Above"]);
        (await PointedOutAsync(Profession.Helper)).ShouldContain("news2/Emergency", "a helper sees it as well");
    }

    private async Task StopFeedingReachesTheHelperBeforeNoonAsync()
    {
        ItIs(8, 10, 15);
        await using var phone = await ListenAsync(Profession.Helper);
        var mouth = Guid.CreateVersion7();
        var stop = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(mouth, Patient, InstructionKind.Care, "口腔ケア", new Addressee(AddresseeKind.WhoeverVisitsNext)));
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(
            stop, Patient, InstructionKind.Care, "本日12時からの経管栄養を中止してください", To(Profession.Helper), Urgency.Urgent, At(8, 12), StopOrder: true));
        await HeardAsync(phone, "instruction-issued", stop);

        // Whoever opens a sheet sees it first, whomever it is addressed to; from then on it has arrived.
        foreach (var visitor in new[] { Profession.Helper, Profession.Nurse })
        {
            var first = (await SheetAsync(visitor)).List("instructions")[0]["card"]!;
            (first.Id("instructionId"), first["terms"]!["stopOrder"]!.GetValue<bool>()).ShouldBe((stop, true));
        }

        ItIs(8, 10, 21);
        await DoneAsync(Profession.Helper, "mark-instruction-read", new MarkInstructionRead(stop));
        await RefusedAsync(Profession.CareManager, "take-instruction", new TakeInstruction(stop), HttpStatusCode.Forbidden, "instruction.not_for_profession");
        await DoneAsync(Profession.Helper, "take-instruction", new TakeInstruction(stop));
        foreach (var step in new[] { "delivered", "read", "taken" })
        {
            var entry = (await TimelineAsync(Profession.Physician)).First(e => e.Text("kind") == $"instruction-{step}" && e.Id("subjectId") == stop);
            (entry["author"]!.Id("personId"), entry.Time("recordedAt") < At(8, 12)).ShouldBe((Helper.PersonId, true), step);
        }

        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(feeding, "誤嚥のおそれがあり、いったん終了"));
        await RefusedAsync(Profession.Helper, "complete-instruction", new CompleteInstruction(feeding, "400 mL を注入", At(8, 10, 20)), HttpStatusCode.Conflict, "instruction.over");
        ItIs(8, 12, 5);
        await DoneAsync(Profession.Helper, "complete-instruction", new CompleteInstruction(stop, "昼の注入はしていません", At(8, 12, 5)));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(stop));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(mouth, "入院を相談中"));
    }

    private async Task SevenDaysOfInfusionAsync()
    {
        var content = Order(Nurse.OrganisationId!.Value) with
        {
            From = Day(8), ExaminedOn = Day(8), Until = Day(15), State = "誤嚥性肺炎", Infusion = new OrderInfusion([new InfusionDrug("維持液", "500 mL", "点滴静注"), new InfusionDrug("セフトリアキソン", "1 g", "点滴静注")], 7, Peripheral: true),
        };
        var draft = new DraftNursingOrder(infusion, Patient, NursingOrderKind.Infusion, content);
        await RefusedAsync(Profession.Physician, "draft-nursing-order", draft, HttpStatusCode.UnprocessableEntity, "order.over_seven_days");
        (await GetAsync(Profession.Nurse, $"/patients/{Patient}/nursing-orders")).AsArray().Count.ShouldBe(2, "eight days are no order");
        await DoneAsync(Profession.Physician, "draft-nursing-order", draft with { Content = content with { Until = Day(14) } });
        await IssueAsync(infusion, 8);
        var card = await OrderCardAsync(infusion);
        (card.Text("status"), card.Text("lastDay")).ShouldBe(("signed", $"{Day(14):yyyy-MM-dd}"));
        (await GetAsync(Profession.Nurse, "/nursing-orders")).AsArray().Select(o => o!.Id("orderId")).ShouldContain(infusion);
    }

    private async Task HeIsAdmittedAsync()
    {
        await VisitAsync(Profession.Physician, At(9, 12, 10), 30, v => v with { Kind = VisitKind.Urgent, Note = new VisitNote("妻「ゆうべも熱が下がりません」", null, "在宅での継続は難しい", "本人と家族の希望により入院") });
        await RefusedAsync(Profession.Physician, "withdraw-nursing-order", new WithdrawNursingOrder(infusion, Patient), HttpStatusCode.UnprocessableEntity, "order.withdrawal_needs_reason");
        await DoneAsync(Profession.Physician, "withdraw-nursing-order", new WithdrawNursingOrder(infusion, Patient, "入院"));
        (await OrderCardAsync(infusion)).Text("lastDay").ShouldBe($"{Day(9):yyyy-MM-dd}");

        // What those who take him over must know stands in one place, for the team; for a crew that does not belong to it he is not there.
        var known = await SummaryAsync(Profession.Nurse);
        known.List("contacts").Select(c => (c.Text("relation"), c.Text("telephone"))).ShouldBe([("妻", "03-0000-0008"), ("長男", "090-0000-0008")]);
        known.List("allergies").ShouldHaveSingleItem()["allergy"]!.Text("substance").ShouldBe("ヨード造影剤");
        Names(known).ShouldBe(["バルサルタン錠40mg:1回1錠 1日1回 朝", "経腸栄養剤:1回400 mL 1日3回"], ignoreOrder: true);
        (await OrderCardAsync(ordinary))["content"]!.List("devices").ShouldHaveSingleItem().Text("kind").ShouldBe("tubeFeeding");
        (await StatusAsync(Profession.Ambulance, $"/patients/{Patient}")).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task HeComesHomeAndTheMedicinesAreReconciledAsync()
    {
        var home = await VisitAsync(Profession.Nurse, At(20, 13), 60, v => v with
        {
            Kind = VisitKind.DischargeDay, MedicinesChecked = true, Note = new VisitNote(Objective: "退院時の薬と自宅の薬を照合。バルサルタンは入院中に中止、栄養は1回 300 mL から"),
        });
        var entry = (await EntryAsync(Profession.Pharmacist, "visit-recorded", home))["data"]!;
        (entry.Text("kind"), entry["medicinesChecked"]!.GetValue<bool>()).ShouldBe(("dischargeDay", true));

        var stopped = new StopMedicine(valsartan, Day(20), "入院中に血圧低下。退院時に中止を確認");
        await RefusedAsync(Profession.Nurse, "stop-medicine", stopped, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Physician, "stop-medicine", stopped);
        await DoneAsync(Profession.Physician, "stop-medicine", new StopMedicine(nutrient, Day(20), "量を改める"));
        await TakesAsync(Guid.CreateVersion7(), "経腸栄養剤", "1回300 mL 1日3回", 20);
        foreach (var reader in new[] { Profession.Nurse, Profession.Pharmacist, Profession.Helper, Profession.Family })
        {
            Names(await SummaryAsync(reader)).ShouldBe(["経腸栄養剤:1回300 mL 1日3回"], reader.ToString());
        }

        (await EntryAsync(Profession.Pharmacist, "medicine-stopped", valsartan))["data"]!.Text("reason").ShouldBe("入院中に血圧低下。退院時に中止を確認");
    }

    private async Task TheOrderIsRenewedAsync()
    {
        // The carers' order is changed with the amount; what it said before holds no more.
        ItIs(20, 18, 30);
        await DoneAsync(Profession.Physician, "withdraw-nursing-order", new WithdrawNursingOrder(suction, Patient, "退院後の量に改める"));
        var anew = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(anew, Patient, NursingOrderKind.Suction, Order(Helper.OrganisationId!.Value) with
        {
            From = Day(20), ExaminedOn = Day(20), Until = Day(20).AddMonths(3), Suction = new SuctionPart { Acts = [CarerAct.Gastrostomy], Feeding = "経腸栄養剤 300 mL を90分、1日3回" },
        }, suction));
        await IssueAsync(anew, 20);
        var again = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(again, Patient, InstructionKind.Care, "経管栄養を1回 300 mL で再開します", To(Helper), Urgency.Today, At(21, 18)));
        await DoneAsync(Profession.Helper, "take-instruction", new TakeInstruction(again));

        // The nurses' order goes on from the day after its last, for six months at most.
        var renewed = Guid.CreateVersion7();
        var next = Order(Nurse.OrganisationId!.Value) with { From = Day(20), ExaminedOn = Day(20), Until = Day(20).AddMonths(6).AddDays(-1) };
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(renewed, Patient, NursingOrderKind.Ordinary, next, ordinary));
        await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(renewed, Patient), HttpStatusCode.Conflict, "order.overlaps");
        next = next with { From = Day(1).AddMonths(1) };
        await RefusedAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(renewed, Patient, NursingOrderKind.Ordinary, next with { Until = next.From.AddMonths(6) }, ordinary), HttpStatusCode.UnprocessableEntity, "order.over_six_months");
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(renewed, Patient, NursingOrderKind.Ordinary, next, ordinary));
        await IssueAsync(renewed, 20);
        var card = await OrderCardAsync(renewed);
        (card.Text("status"), card.Id("renews"), card["content"]!.Text("from")).ShouldBe(("signed", ordinary, $"{Day(1).AddMonths(1):yyyy-MM-dd}"));
        (await OrderCardAsync(anew, Profession.Helper)).Id("renews").ShouldBe(suction);

        // On the first day of the renewed order a visit stands on it.
        ItIs(At(Day(1).AddMonths(1), 9));
        (await SheetAsync(Profession.Nurse)).Has("orderExpiredOn").ShouldBeFalse();
    }

    private Task TakesAsync(Guid medicine, string name, string dosage, int from) => DoneAsync(Profession.Physician, "record-medicine",
        new RecordMedicine(medicine, Patient, new Prescription(name, null, dosage, "胃瘻", Day(from), null, null, Physician.Name, PrescriptionStatus.Active)));

    private static IEnumerable<string> Names(JsonNode summary) => summary.List("medicines").Select(m => m["prescription"]!).Select(p => $"{p.Text("name")}:{p.Text("dosage")}");

    private async Task<JsonNode> OrderCardAsync(Guid order, Profession by = Profession.Nurse) =>
        (await GetAsync(by, $"/patients/{Patient}/nursing-orders")).AsArray().Select(o => o!).Single(o => o.Id("orderId") == order);

    /// <summary>The physician confirms it, and it is signed on paper.</summary>
    private async Task IssueAsync(Guid order, int day)
    {
        await DoneAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(order, Patient));
        await DoneAsync(Profession.Nurse, "sign-nursing-order", new SignNursingOrder(order, Patient, Day(day)));
    }
}
