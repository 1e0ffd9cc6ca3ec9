using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Testing;
using HomeCare.Visits;
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
    public async Task pressure_ulcer_special_orders_two_nurses_scores_a_photograph_as_evidence_and_the_visit_after_the_order()
    {
        // The last August that is over, so that its days are what the story says.
        var today = JapanTime.DayOf(Now);
        var year = today > new DateOnly(today.Year, 9, 2) ? today.Year : today.Year - 1;
        DateOnly August(int day) => new(year, 8, day);
        DateTimeOffset At(DateOnly day, int hour, int minute = 0) => JapanTime.At(day, new TimeOnly(hour, minute));

        // The ordinary order holds until the 31st; the special one stands on it.
        var station = Nurse.OrganisationId!.Value;
        var content = Examples.Order(station) with { From = new DateOnly(year, 3, 1), Until = August(31), ExaminedOn = new DateOnly(year, 3, 1), Ulcer = UlcerDepth.D3, WoundCare = "洗浄し、ドレッシング材を毎日交換" };
        await OrderAsync(NursingOrderKind.Ordinary, content);
        var special = content with { From = August(1), ExaminedOn = August(1), Until = August(14), Reason = "仙骨部の褥瘡が急に悪化し、毎日の処置を要する" };
        (await RefusedAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(Guid.CreateVersion7(), Town.Patient, NursingOrderKind.Special, special with { Until = August(15) }),
            HttpStatusCode.UnprocessableEntity)).ShouldContain("order.over_fourteen_days");
        await OrderAsync(NursingOrderKind.Special, special);

        // 16 points, and a photograph that was taken without a network: the words come first, the picture after them.
        var file = Pictures.Jpeg(100_000);
        var photo = new WoundPhoto(Guid.CreateVersion7(), Pictures.Hash(file), file.Length, "image/jpeg", 800, 600, At(August(2), 10, 20), "仙骨部");
        var first = new RecordVisit(Guid.CreateVersion7(), Town.Patient, At(August(2), 10), At(August(2), 11))
        {
            Note = new VisitNote(Objective: "仙骨部 DESIGN-R2020:D3-e3s8i1G4n0p0 = 16点"), Photos = [photo], Clock = new DeviceClock(0, At(August(2), 9)),
        };
        await DoneAsync(Profession.Nurse, "record-visit", first);
        (await PhotoAsync(photo.PhotoId)).ShouldBe(HttpStatusCode.NoContent, "it is on the tablet still");
        await PieceAsync(photo.PhotoId, 1, file[WoundPhoto.PieceSize..]);
        await PieceAsync(photo.PhotoId, 0, file[..WoundPhoto.PieceSize]);
        (await PhotoAsync(photo.PhotoId)).ShouldBe(HttpStatusCode.OK);

        // A second special order in the month needs the depth of the ulcer; a third there is not.
        var second = special with { From = August(20), ExaminedOn = August(20), Until = August(30) };
        var secondId = await DraftAsync(NursingOrderKind.Special, second);
        (await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(secondId, Town.Patient), HttpStatusCode.Conflict)).ShouldContain("order.second_special");
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(secondId, Town.Patient, NursingOrderKind.Special, second with { SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis }));
        await IssueAsync(secondId, August(20));
        var third = await DraftAsync(NursingOrderKind.Special, second with { From = August(31), ExaminedOn = August(31), Until = new DateOnly(year, 9, 2), SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis });
        (await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(third, Town.Patient), HttpStatusCode.Conflict)).ShouldContain("order.third_special");

        // Two nurses score differently on the same day: both stand, each with its writer.
        await DoneAsync(Profession.Nurse, "record-visit", Scored(August(25), 10, "D3-e1s6i0g3n0p0 = 10点"));
        await DoneAsync(Profession.PublicHealthNurse, "record-visit", Scored(August(25), 16, "D3-e1s8i0g3n0p0 = 12点(大きさの測り方が午前と異なる)"));
        var scores = (await TimelineAsync(Profession.Physician)).AsArray().Where(e => e!["data"]?["note"] is JsonObject note && note["objective"]?.GetValue<string>().Contains("e1s", StringComparison.Ordinal) == true).ToList();
        scores.Select(e => e!["author"]!["personId"]!.GetValue<Guid>()).ShouldBe([Town.Of(Profession.PublicHealthNurse).PersonId, Nurse.PersonId], ignoreOrder: true);

        // The physician asks for the wound to be measured on the common line; what shows it is the visit's photograph.
        var measure = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Observation, "基準線を決めて創を測り、写真を撮ってください", new Addressee(AddresseeKind.Person, Nurse.PersonId));
        await DoneAsync(Profession.Physician, "issue-instruction", measure);
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(measure.InstructionId));
        (await RefusedAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(measure.InstructionId, "10点", Now, null, [new EvidenceSource(EvidenceKind.Photo, photo.PhotoId)]),
            HttpStatusCode.UnprocessableEntity)).ShouldContain("instruction.evidence_before_issue");
        var shown = photo with { PhotoId = Guid.CreateVersion7(), TakenAt = Now };
        var visit = new RecordVisit(Guid.CreateVersion7(), Town.Patient, Now.AddMinutes(-30), Now) { Note = new VisitNote(Objective: "D3-e1s6i0g3n0p0 = 10点"), Photos = [shown] };
        await DoneAsync(Profession.Nurse, "record-visit", visit);
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(
            measure.InstructionId, "10点", Now, visit.VisitId, [new EvidenceSource(EvidenceKind.Photo, shown.PhotoId)]));
        var card = await CardAsync(measure.InstructionId);
        card.Evidence.Select(e => (e.Kind, e.Id)).ShouldBe([(EvidenceKind.Photo, shown.PhotoId), (EvidenceKind.Visit, visit.VisitId)]);
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(measure.InstructionId));

        // The order ended on the 31st: the visit of the next day stands on none, and says so; that of the 31st does.
        var (last, beyond) = (Scored(August(31), 10, "10点"), Scored(new DateOnly(year, 9, 1), 10, "10点"));
        await DoneAsync(Profession.Nurse, "record-visit", last);
        await DoneAsync(Profession.Nurse, "record-visit", beyond);
        (await ExpiredAsync(last.VisitId)).ShouldBeNull();
        (await ExpiredAsync(beyond.VisitId)).ShouldBe(August(31));

        RecordVisit Scored(DateOnly day, int hour, string score) => new(Guid.CreateVersion7(), Town.Patient, At(day, hour), At(day, hour, 40)) { Note = new VisitNote(Objective: $"仙骨部 DESIGN-R2020:{score}") };

        async Task<Guid> DraftAsync(NursingOrderKind kind, NursingOrderContent of)
        {
            var id = Guid.CreateVersion7();
            await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(id, Town.Patient, kind, of));
            return id;
        }

        async Task IssueAsync(Guid order, DateOnly signed)
        {
            await DoneAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(order, Town.Patient));
            await DoneAsync(Profession.Nurse, "sign-nursing-order", new SignNursingOrder(order, Town.Patient, signed));
        }

        async Task OrderAsync(NursingOrderKind kind, NursingOrderContent of) => await IssueAsync(await DraftAsync(kind, of), of.From);

        async Task<HttpStatusCode> PhotoAsync(Guid id)
        {
            using var answer = await (await host.AsAsync(Profession.Physician)).GetAsync(new Uri($"/api/patients/{Town.Patient}/photos/{id}", UriKind.Relative), Ct);
            return answer.StatusCode;
        }

        async Task PieceAsync(Guid id, int number, byte[] piece)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/patients/{Town.Patient}/photos/{id}/pieces/{number}") { Content = new ByteArrayContent(piece) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Headers.TryAddWithoutValidation("Author", Nurse.PersonId.ToString());
            using var answer = await (await host.AsAsync(Nurse)).SendAsync(request, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        async Task<DateOnly?> ExpiredAsync(Guid visitId)
        {
            using var answer = await (await host.AsAsync(Profession.Nurse)).GetAsync(new Uri($"/api/patients/{Town.Patient}/visit-sheet?visit={visitId}", UriKind.Relative), Ct);
            return (await answer.JsonAsync())["orderExpiredOn"] is { } day ? DateOnly.Parse(day.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) : null;
        }
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
