using System.Net;
using System.Net.Http.Headers;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Testing;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>Story 7: a pressure ulcer, a woman of 90.</summary>
public sealed class PressureUlcerTests(StoryHost host) : StoryTests(host)
{
    private static readonly Actor OtherNurse = Town.Of(Profession.PublicHealthNurse);

    private static readonly NursingOrderContent Ordinary = Examples.Order(Nurse.OrganisationId!.Value) with
    {
        From = new DateOnly(Year, 3, 1), Until = August(31), ExaminedOn = new DateOnly(Year, 3, 1), Diagnoses = [new OrderDiagnosis("仙骨部褥瘡", "L89.3")], State = "仙骨部の褥瘡", Ulcer = UlcerDepth.D3, WoundCare = "洗浄し、ドレッシング材を毎日交換",
    };

    private static readonly NursingOrderContent Special = Ordinary with { From = August(1), ExaminedOn = August(1), Until = August(14), Reason = "褥瘡が急に悪化し、毎日の処置を要する" };

    private readonly Guid photo = Guid.CreateVersion7();

    private static DateOnly August(int day) => new(Year, 8, day);

    [Fact]
    public async Task sixteen_points_two_special_orders_in_august_two_nurses_ten_points_and_a_visit_after_the_order()
    {
        await BeginAsync(new DateOnly(Year, 3, 1), "渡辺", "千代", 90, Sex.Female, Profession.Physician, Profession.Nurse, Profession.PublicHealthNurse, Profession.AssistantNurse, Profession.Family);
        await OrderAsync(NursingOrderKind.Ordinary, Ordinary);
        await TheSpecialOrderOfFourteenDaysAsync();
        await SixteenPointsAndAPhotographTakenOfflineAsync();
        await TheDressingIsOrderedByTelephoneAsync();
        await TheSecondSpecialOrderFromTheTwentiethAsync();
        await TwoNursesScoreDifferentlyAsync();
        await TenPointsWithThePhotographThatShowsThemAsync();
        await TheVisitAfterTheLastDayIsFlaggedAsync();
    }

    private async Task TheSpecialOrderOfFourteenDaysAsync()
    {
        ItIs(At(August(1), 12));
        await RefusedAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(Guid.CreateVersion7(), Patient, NursingOrderKind.Special, Special with { Until = August(15) }), HttpStatusCode.UnprocessableEntity, "order.over_fourteen_days");
        await RefusedAsync(Profession.Nurse, "draft-nursing-order", new DraftNursingOrder(Guid.CreateVersion7(), Patient, NursingOrderKind.Special, Special), HttpStatusCode.Forbidden, "act.not_permitted");
        await OrderAsync(NursingOrderKind.Special, Special);
        (await OrdersAsync()).ShouldBe([("special", "signed", August(14)), ("ordinary", "signed", August(31))]);
    }

    private async Task SixteenPointsAndAPhotographTakenOfflineAsync()
    {
        // The words come when the network is back, the picture after them, in pieces and in any order.
        var file = Pictures.Jpeg(100_000);
        var taken = new WoundPhoto(photo, Pictures.Hash(file), file.Length, "image/jpeg", 800, 600, At(August(2), 10, 20), "仙骨部");
        ItIs(At(August(2), 15, 30));
        var visit = new RecordVisit(Guid.CreateVersion7(), Patient, At(August(2), 10), At(August(2), 11))
        {
            Note = new VisitNote(Objective: "仙骨部 DESIGN-R2020:D3-e3s8i1G4n0p0 = 16点"), Photos = [taken], Clock = new DeviceClock(0, At(August(2), 9)),
        };
        await DoneAsync(Profession.Nurse, "record-visit", visit);
        var entry = await EntryAsync(Profession.Physician, "visit-recorded", visit.VisitId);
        (entry.Time("occurredAt"), entry.Time("recordedAt") >= At(August(2), 15, 30)).ShouldBe((At(August(2), 10), true), "both times are kept");
        entry["data"]!["note"]!.Text("objective").ShouldEndWith("D3-e3s8i1G4n0p0 = 16点");
        entry["data"]!.List("photos").ShouldHaveSingleItem().Time("takenAt").ShouldBe(At(August(2), 10, 20));
        (await StatusAsync(Profession.Physician, $"/patients/{Patient}/photos/{photo}")).ShouldBe(HttpStatusCode.NoContent, "it is on the tablet still");
        await PieceAsync(1, file[WoundPhoto.PieceSize..]);
        await PieceAsync(0, file[..WoundPhoto.PieceSize]);
        (await StatusAsync(Profession.Physician, $"/patients/{Patient}/photos/{photo}")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task TheDressingIsOrderedByTelephoneAsync()
    {
        var verbal = new EnterVerbalOrder(Guid.CreateVersion7(), Patient, Physician.PersonId, InstructionKind.Treatment, "仙骨部を洗浄し、ドレッシング材を毎日交換", ReadBack: true);
        await RefusedAsync(Profession.Nurse, "enter-verbal-order", verbal with { ReadBack = false }, HttpStatusCode.UnprocessableEntity, "instruction.not_read_back");
        await RefusedAsync(Profession.AssistantNurse, "enter-verbal-order", verbal, HttpStatusCode.Forbidden, "act.not_permitted");
        await DoneAsync(Profession.Nurse, "enter-verbal-order", verbal);
        (await OnSheetAsync(Profession.Nurse, verbal.InstructionId))["terms"]!["verbal"]!.Text("physicianName").ShouldBe(Physician.Name);
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(verbal.InstructionId, "本日から交換", At(August(2), 15, 30)));
        await RefusedAsync(Profession.Physician, "close-instruction", new CloseInstruction(verbal.InstructionId), HttpStatusCode.Conflict, "instruction.not_confirmed");
        await DoneAsync(Profession.Physician, "confirm-verbal-order", new ConfirmVerbalOrder(verbal.InstructionId));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(verbal.InstructionId));
    }

    private async Task TheSecondSpecialOrderFromTheTwentiethAsync()
    {
        ItIs(At(August(20), 12));
        var second = Special with { From = August(20), ExaminedOn = August(20), Until = August(30) };
        var id = await DraftAsync(NursingOrderKind.Special, second);
        await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(id, Patient), HttpStatusCode.Conflict, "order.second_special");
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(id, Patient, NursingOrderKind.Special, second with { SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis }));
        await IssueAsync(id, August(20));
        (await OrdersAsync()).ShouldBe([("special", "signed", August(30)), ("special", "signed", August(14)), ("ordinary", "signed", August(31))]);
    }

    private async Task TwoNursesScoreDifferentlyAsync()
    {
        var morning = await ScoredAsync(Profession.Nurse, August(25), 10, "D3-e1s6i0g3n0p0 = 10点");
        var afternoon = await ScoredAsync(Profession.PublicHealthNurse, August(25), 16, "D3-e1s8i0g3n0p0 = 12点(大きさの測り方が午前と異なる)");
        foreach (var (visit, by, score) in new[] { (morning, Nurse, "10点"), (afternoon, OtherNurse, "12点") })
        {
            var entry = await EntryAsync(Profession.Physician, "visit-recorded", visit);
            (entry["author"]!.Id("personId"), entry.Text("state")).ShouldBe((by.PersonId, "asWritten"), "both stand, each with its writer");
            entry["data"]!["note"]!.Text("objective").ShouldContain(score);
        }

        await RefusedAsync(Profession.Nurse, "correct-visit-note", new CorrectVisitNote(afternoon, new VisitNote(Objective: "10点"), "測り方"), HttpStatusCode.Forbidden, "visit.note_of_another");
    }

    private async Task TenPointsWithThePhotographThatShowsThemAsync()
    {
        ItIs(At(August(27), 9));
        var measure = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "issue-instruction", new IssueInstruction(measure, Patient, InstructionKind.Observation, "基準線を決めて創を測り、写真を撮ってください", To(Nurse)));
        await DoneAsync(Profession.Nurse, "take-instruction", new TakeInstruction(measure));
        await RefusedAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(measure, "10点", At(August(27), 9), null, [new EvidenceSource(EvidenceKind.Photo, photo)]), HttpStatusCode.UnprocessableEntity, "instruction.evidence_before_issue");
        var shown = new WoundPhoto(Guid.CreateVersion7(), Pictures.Hash(Pictures.Jpeg(100_000)), 100_000, "image/jpeg", 800, 600, At(August(27), 10, 20), "仙骨部");
        var visit = await VisitAsync(Profession.Nurse, At(August(27), 10), 40, v => v with { Note = new VisitNote(Objective: "D3-e1s6i0g3n0p0 = 10点"), Photos = [shown] });
        await DoneAsync(Profession.Nurse, "complete-instruction", new CompleteInstruction(measure, "D3-e1s6i0g3n0p0 = 10点", At(August(27), 10, 30), visit, [new EvidenceSource(EvidenceKind.Photo, shown.PhotoId)]));
        var done = (await EntryAsync(Profession.Physician, "instruction-completed", measure))["data"]!;
        (done.Text("evidence"), done.Id("visitId"), done.List("links").ShouldHaveSingleItem().Id("id")).ShouldBe(("D3-e1s6i0g3n0p0 = 10点", visit, shown.PhotoId));
        await DoneAsync(Profession.Physician, "close-instruction", new CloseInstruction(measure));
    }

    private async Task TheVisitAfterTheLastDayIsFlaggedAsync()
    {
        // A third special order there is not, whatever the depth.
        ItIs(At(August(31), 8));
        var third = await DraftAsync(NursingOrderKind.Special, Special with { From = August(31), ExaminedOn = August(31), Until = new DateOnly(Year, 9, 2), SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis });
        await RefusedAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(third, Patient), HttpStatusCode.Conflict, "order.third_special");

        var last = await ScoredAsync(Profession.Nurse, August(31), 10, "10点");
        (await SheetOfAsync(last)).ShouldBeNull();
        ItIs(At(new DateOnly(Year, 9, 1), 9, 50));
        (await SheetOfAsync(null)).ShouldBe($"{August(31):yyyy-MM-dd}", "the nurse sees it at the door");
        var beyond = await ScoredAsync(Profession.Nurse, new DateOnly(Year, 9, 1), 10, "10点");
        (await SheetOfAsync(beyond)).ShouldBe($"{August(31):yyyy-MM-dd}");
        (await SheetOfAsync(last)).ShouldBeNull("the visit of the 31st stood on the order");
    }

    private Task<Guid> ScoredAsync(Profession by, DateOnly day, int hour, string score) => VisitAsync(by, At(day, hour), 40, v => v with { Note = new VisitNote(Objective: $"仙骨部 DESIGN-R2020:{score}") });

    /// <summary>The last day of the order that had run out, as the nurse's sheet says it.</summary>
    private async Task<string?> SheetOfAsync(Guid? visit) => (await GetAsync(Profession.Nurse, $"/patients/{Patient}/visit-sheet{(visit is { } id ? $"?visit={id}" : "")}"))["orderExpiredOn"]?.GetValue<string>();

    private async Task<IReadOnlyList<(string Kind, string Status, DateOnly LastDay)>> OrdersAsync() =>
        [.. (await GetAsync(Profession.Nurse, $"/patients/{Patient}/nursing-orders")).AsArray().Select(o => (o!.Text("kind"), o!.Text("status"), DateOnly.Parse(o!.Text("lastDay"), System.Globalization.CultureInfo.InvariantCulture)))];

    private async Task<Guid> DraftAsync(NursingOrderKind kind, NursingOrderContent content)
    {
        var id = Guid.CreateVersion7();
        await DoneAsync(Profession.Physician, "draft-nursing-order", new DraftNursingOrder(id, Patient, kind, content));
        return id;
    }

    private async Task IssueAsync(Guid order, DateOnly signed)
    {
        await DoneAsync(Profession.Physician, "issue-nursing-order", new IssueNursingOrder(order, Patient));
        await DoneAsync(Profession.Nurse, "sign-nursing-order", new SignNursingOrder(order, Patient, signed));
    }

    private async Task OrderAsync(NursingOrderKind kind, NursingOrderContent content) => await IssueAsync(await DraftAsync(kind, content), content.From);

    private async Task PieceAsync(int number, byte[] piece)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/patients/{Patient}/photos/{photo}/pieces/{number}") { Content = new ByteArrayContent(piece) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TryAddWithoutValidation("Author", Nurse.PersonId.ToString());
        using var answer = await (await SessionAsync(Profession.Nurse)).SendAsync(request, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
