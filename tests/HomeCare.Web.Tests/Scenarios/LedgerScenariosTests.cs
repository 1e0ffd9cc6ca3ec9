using System.Net;
using System.Text.Json.Nodes;
using HomeCare.Instructions;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>What people do about an instruction in the stories of the synthetic people, through the API, each as who they are.</summary>
public sealed class LedgerScenariosTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Physician = Town.Of(Profession.Physician);
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task DoneAsync(Profession by, string command, object body)
    {
        using var response = await (await host.AsAsync(by)).CommandAsync(command, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{command}: {await response.Content.ReadAsStringAsync(Ct)}");
    }

    /// <summary>The answer's key, and the keys of its fields.</summary>
    private async Task<string> RefusedAsync(Profession by, string command, object body, HttpStatusCode status)
    {
        using var response = await (await host.AsAsync(by)).CommandAsync(command, body);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        return text;
    }

    private async Task<InstructionCard> CardAsync(Guid id) =>
        (await host.Services.GetRequiredService<InstructionReader>().SomeAsync(Physician, Town.Patient, [id], Ct))!.ShouldHaveSingleItem();

    private async Task<IReadOnlyList<InstructionCard>> OpenAsync() =>
        (await host.Services.GetRequiredService<InstructionReader>().OfPatientAsync(Physician, Town.Patient, closedToo: false, Ct))!;

    private async Task<JsonNode> TimelineAsync(Profession by)
    {
        using var response = await (await host.AsAsync(by)).GetAsync(new Uri($"/api/patients/{Town.Patient}/timeline?limit=200", UriKind.Relative), Ct);
        return await response.JsonAsync();
    }

    [Fact]
    public async Task heart_failure_an_urgent_question_an_order_read_back_its_tasks_and_its_end()
    {
        // The nurse at the bedside asks; the physician answers and orders; what follows from the change of medicine is somebody's.
        var question = new RaiseRequest(Guid.CreateVersion7(), Town.Patient, InstructionKind.Question, "37.4/102/24/148、SpO₂ 89 %(1 L)、1週間で+2.1 kg", new Addressee(AddresseeKind.Profession, null, Profession.Physician), Urgency.Urgent);
        await DoneAsync(Profession.Nurse, "raise-request", question);
        await DoneAsync(Profession.Physician, "mark-instruction-read", new MarkInstructionRead(question.RequestId));
        await DoneAsync(Profession.Physician, "answer-request", new AnswerRequest(question.RequestId, "利尿薬を増やします。酸素は2 Lに"));
        await DoneAsync(Profession.Nurse, "close-request", new CloseRequest(question.RequestId));

        var order = new MedicineOrder("フロセミド錠", 40, "mg", "内服", null, "朝食後・3日間");
        var issue = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Medicine, "フロセミドを増量します", new Addressee(AddresseeKind.Person, Nurse.PersonId), Urgency.Urgent,
            Now.AddHours(2), order, ChangesMedicine: true);
        await DoneAsync(Profession.Physician, "issue-instruction", issue);
        (await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(issue.InstructionId), HttpStatusCode.UnprocessableEntity)).ShouldContain("instruction.read_back_missing");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(issue.InstructionId, order));
        await DoneAsync(Profession.Physician, "finish-medicine-task", new FinishMedicineTask(issue.InstructionId, MedicineTask.Prescribe));
        await RefusedAsync(Profession.Nurse, "finish-medicine-task", new FinishMedicineTask(issue.InstructionId, MedicineTask.Dispense), HttpStatusCode.Forbidden);
        await DoneAsync(Profession.Pharmacist, "finish-medicine-task", new FinishMedicineTask(issue.InstructionId, MedicineTask.Dispense, "3日分"));
        await DoneAsync(Profession.Pharmacist, "finish-medicine-task", new FinishMedicineTask(issue.InstructionId, MedicineTask.Repack));
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(issue.InstructionId, "内服確認 16:05、37.2/98/22/142/92 %", Now.AddMinutes(-1)));
        (await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(issue.InstructionId), HttpStatusCode.Conflict)).ShouldContain("instruction.tasks_open");
        await DoneAsync(Profession.Nurse, "finish-medicine-task", new FinishMedicineTask(issue.InstructionId, MedicineTask.TellFamily, "長女へ電話"));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(issue.InstructionId));
        var card = await CardAsync(issue.InstructionId);
        (card.Status, card.Outcome, card.Withdrawn).ShouldBe((InstructionStatus.Closed, "内服確認 16:05、37.2/98/22/142/92 %", false));
    }

    [Fact]
    public async Task cancer_a_tenfold_read_back_is_refused()
    {
        var order = new MedicineOrder("モルヒネ塩酸塩注 10 mg/mL", 0.07m, "mL/h", "持続皮下注", null, "本日から");
        var issue = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Medicine, "PCA を 0.07 mL/h に", new Addressee(AddresseeKind.Profession, null, Profession.Nurse), Urgency.Urgent, null, order);
        await DoneAsync(Profession.Physician, "issue-instruction", issue);
        (await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(issue.InstructionId, order with { Dose = 0.7m }), HttpStatusCode.UnprocessableEntity))
            .ShouldContain("instruction.read_back_differs");
        (await CardAsync(issue.InstructionId)).TakenBy.ShouldBeNull();
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(issue.InstructionId, order));
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(Nurse.PersonId);
    }

    [Fact]
    public async Task diabetes_the_condition_fires_a_nurse_owns_it_and_the_dose_is_changed_with_the_old_kept()
    {
        var insulin = new MedicineOrder("インスリン グラルギン", 12, "単位", "皮下注", null, "朝食前");
        var standing = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Medicine, "毎朝 12 単位", new Addressee(AddresseeKind.Person, Nurse.PersonId), Order: insulin,
            Standing: new StandingOrder(Now.AddDays(60)));
        (await RefusedAsync(Profession.Physician, "issue-instruction", standing with { Order = insulin with { Unit = "" } }, HttpStatusCode.UnprocessableEntity)).ShouldContain("instruction.unit_missing");
        await DoneAsync(Profession.Physician, "issue-instruction", standing);
        var low = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Treatment, "ブドウ糖 10 g、15分後に再測定", new Addressee(AddresseeKind.Person, Nurse.PersonId),
            Standing: new StandingOrder(Now.AddDays(60), new OrderCondition(VitalSign.Glucose, Below: 70)));
        await DoneAsync(Profession.Physician, "issue-instruction", low);
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(low.InstructionId));

        // The diary says 58, and Hi stays Hi.
        await DoneAsync(Profession.Patient, "record-vitals", new RecordVitals(Guid.CreateVersion7(), Town.Patient, new Vitals(Now) { Glucose = new Glucose(58) }));
        await host.Services.GetRequiredService<Escalations>().RoundAsync(Ct);
        var occasion = (await OpenAsync()).Single(c => c.Terms?.Occasion?.OfInstructionId == low.InstructionId);
        (occasion.Owner!.PersonId, occasion.Urgency, occasion.Terms!.Occasion!.Value).ShouldBe((Nurse.PersonId, Urgency.Urgent, 58));
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(occasion.InstructionId));
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(occasion.InstructionId, "ブドウ糖 10 g、15分後 96", Now));
        await DoneAsync(Profession.Patient, "record-vitals", new RecordVitals(Guid.CreateVersion7(), Town.Patient, new Vitals(Now) { Glucose = new Glucose(null, MeterReading.Hi) }));
        (await TimelineAsync(Profession.Nurse)).AsArray().First(e => e!["kind"]!.GetValue<string>() == "vitals-recorded")!["data"]!["vitals"]!["glucose"]!["meter"]!.GetValue<string>().ShouldBe("hi");

        await DoneAsync(Profession.Physician, "change-instruction", new ChangeInstruction(standing.InstructionId, "毎朝 10 単位", "低血糖", insulin with { Dose = 10 }));
        var changed = await CardAsync(standing.InstructionId);
        (changed.Order!.Dose, changed.Former.ShouldHaveSingleItem().Order!.Dose, changed.Former[0].Text).ShouldBe((10, 12, "毎朝 12 単位"));
        (await RefusedAsync(Profession.Nurse, "take-instruction", new TakeInstruction(standing.InstructionId, insulin), HttpStatusCode.UnprocessableEntity)).ShouldContain("instruction.read_back_differs");
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(standing.InstructionId, insulin with { Dose = 10 }));
    }

    [Fact]
    public async Task pressure_ulcer_an_order_said_over_the_telephone_is_done_at_once_and_confirmed_afterwards()
    {
        var verbal = new EnterVerbalOrder(Guid.CreateVersion7(), Town.Patient, Physician.PersonId, InstructionKind.Treatment, "仙骨部を洗浄し、ドレッシング材を毎日交換", ReadBack: true);
        (await RefusedAsync(Profession.Nurse, "enter-verbal-order", verbal with { ReadBack = false }, HttpStatusCode.UnprocessableEntity)).ShouldContain("instruction.not_read_back");
        await RefusedAsync(Profession.AssistantNurse, "enter-verbal-order", verbal, HttpStatusCode.Forbidden);
        await DoneAsync(Profession.Nurse, "enter-verbal-order", verbal);
        (await CardAsync(verbal.InstructionId)).AwaitsMe(Physician).ShouldBeTrue();
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(verbal.InstructionId, "D3-e3s8i1G4n0p0、写真あり", Now));
        (await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(verbal.InstructionId), HttpStatusCode.Conflict)).ShouldContain("instruction.not_confirmed");
        await DoneAsync(Profession.Physician, "confirm-verbal-order", new ConfirmVerbalOrder(verbal.InstructionId));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(verbal.InstructionId));
    }

    [Fact]
    public async Task stroke_stop_feeding_reaches_the_helper_at_the_door()
    {
        var stop = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Care, "注入を中止してください", new Addressee(AddresseeKind.Profession, null, Profession.Helper), Urgency.Urgent, StopOrder: true);
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Care, "口腔ケア", new Addressee(AddresseeKind.WhoeverVisitsNext)));
        await DoneAsync(Profession.Physician, "issue-instruction", stop);

        // Whoever opens a sheet sees it first, whomever it is addressed to.
        foreach (var visitor in new[] { Profession.Helper, Profession.Nurse })
        {
            using var response = await (await host.AsAsync(visitor)).GetAsync(new Uri($"/api/patients/{Town.Patient}/visit-sheet", UriKind.Relative), Ct);
            var first = (await response.JsonAsync())["instructions"]!.AsArray()[0]!["card"]!;
            (first["instructionId"]!.GetValue<Guid>(), first["terms"]!["stopOrder"]!.GetValue<bool>()).ShouldBe((stop.InstructionId, true));
        }

        await DoneAsync(Profession.Helper, "mark-instruction-read", new MarkInstructionRead(stop.InstructionId));
        await DoneAsync(Profession.Helper, "take-instruction", new TakeInstruction(stop.InstructionId));
        await DoneAsync(Profession.Helper, "complete-instruction", new CompleteInstruction(stop.InstructionId, "昼の注入はしていません", Now));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(stop.InstructionId));
    }
}
