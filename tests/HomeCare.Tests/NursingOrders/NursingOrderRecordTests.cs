using System.Text;
using HomeCare.NursingOrders;
using HomeCare.Timeline;
using Npgsql;
using static HomeCare.NursingOrders.NursingOrderKind;

namespace HomeCare.Tests.NursingOrders;

/// <summary>Orders on a real database: what the view shows, to whom, and the files they are signed with.</summary>
public sealed class NursingOrderRecordTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly DateOnly Today = JapanTime.DayOf(Clock.Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NursingOrderReader Reader => new(database.Source, database.Access, database.Time);

    private OrderFiles Files => new(database.Source, database.Access, database.Time);

    private static NursingOrderContent Content(Community c, NursingOrderKind kind, DateOnly from, DateOnly? until) =>
        Orders.Content(kind, from, until) with { StationId = c.Nurse.OrganisationId!.Value };

    private static async Task<Guid> InForceAsync(Community c, NursingOrderKind kind, DateOnly from, DateOnly? until)
    {
        var order = Guid.CreateVersion7();
        await c.Must(c.Physician, new DraftNursingOrder(order, c.Patient, kind, Content(c, kind, from, until)));
        await c.Must(c.Physician, new IssueNursingOrder(order, c.Patient));
        await c.Must(c.Physician, new SignNursingOrder(order, c.Patient, Today));
        return order;
    }

    [Fact]
    public async Task an_order_goes_from_draft_to_force_to_withdrawal_and_its_team_reads_it()
    {
        var c = await database.FoundAsync();
        var order = Guid.CreateVersion7();
        await c.Must(c.Physician, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null)));
        (await Reader.OneAsync(c.Nurse, c.Patient, order, Ct))!.Status.ShouldBe(NursingOrderStatus.Draft);
        await c.Must(c.Physician, new IssueNursingOrder(order, c.Patient));
        await c.Must(c.Nurse, new SignNursingOrder(order, c.Patient, Today));
        var card = (await Reader.OfPatientAsync(c.Nurse, c.Patient, Ct))!.ShouldHaveSingleItem();
        (card.Status, card.LastDay, card.SignedByName, card.PhysicianName, card.StationName).ShouldBe(
            (NursingOrderStatus.Signed, NursingOrderLimits.LastDayOfMonths(Today, 1), c.Nurse.Name, c.Physician.Name, "みなと訪問看護"));
        card.HoldsOn(Today).ShouldBeTrue();
        await c.Must(c.Physician, new WithdrawNursingOrder(order, c.Patient, "入院"));
        card = (await Reader.OneAsync(c.Nurse, c.Patient, order, Ct))!;
        (card.Status, card.LastDay, card.WithdrawnReason).ShouldBe((NursingOrderStatus.Withdrawn, Today, "入院"));
    }

    [Fact]
    public async Task relatives_strangers_and_nurses_without_relation_see_no_order_and_no_entry_of_one()
    {
        var c = await database.FoundAsync();
        await InForceAsync(c, Ordinary, Today, null);
        foreach (var by in new[] { c.Daughter, c.OtherNurse, c.Admin })
        {
            (await Reader.OfPatientAsync(by, c.Patient, Ct)).ShouldBeNull();
            (await Reader.CurrentAsync(by, ct: Ct)).ShouldBeEmpty();
            (await Reader.CoverageAsync(by, c.Patient, Ct)).Periods.ShouldBeEmpty();
            (await Reader.BeyondAsync(by, c.Patient, Ct)).ShouldBeNull();
        }

        var lines = (await c.Timeline.PageAsync(c.Nurse, c.Patient, TimelineFilter.Everything, limit: 200, ct: Ct))!.Entries.Select(e => e.Kind).ToList();
        lines.ShouldContain("nursing-order-issued");
        lines.ShouldContain("nursing-order-signed");
        lines.ShouldNotContain("nursing-order-drafted", "a draft is no line of its own");
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldAllBe(e => !e.Kind.StartsWith("nursing-order", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_nurse_writes_no_order_and_an_order_to_an_unknown_station_is_none()
    {
        var c = await database.FoundAsync();
        var order = Guid.CreateVersion7();
        await c.Refused(c.Nurse, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null)), RefusalKind.Forbidden, "act.not_permitted");
        await c.Refused(c.Physician, new DraftNursingOrder(order, c.Stranger, Ordinary, Content(c, Ordinary, Today, null)), RefusalKind.NotFound, "patient.unknown");
        await c.Refused(c.Physician, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null) with { StationId = Guid.CreateVersion7() }), RefusalKind.NotFound, "reference.unknown");
        await c.Refused(c.Physician, new IssueNursingOrder(order, c.Patient), RefusalKind.NotFound, "order.unknown");
    }

    [Fact]
    public async Task one_identifier_for_orders_of_two_people_is_two_orders()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new HomeCare.CareTeams.JoinCareTeam(c.Stranger, OrganisationId: c.Physician.OrganisationId));
        var order = Guid.CreateVersion7();
        await c.Must(c.Physician, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null)));
        await c.Must(c.Physician, new DraftNursingOrder(order, c.Stranger, Psychiatric, Content(c, Psychiatric, Today, null)));
        (await Reader.OneAsync(c.Physician, c.Patient, order, Ct))!.Kind.ShouldBe(Ordinary);
        (await Reader.OneAsync(c.Physician, c.Stranger, order, Ct))!.Kind.ShouldBe(Psychiatric);
    }

    [Fact]
    public async Task the_pressure_ulcer_of_scenario_seven_gets_her_orders_and_the_visit_after_the_last_day_is_flagged()
    {
        var c = await database.FoundAsync();
        await InForceAsync(c, Ordinary, new(2026, 6, 1), new(2026, 10, 31));
        var fifteen = Content(c, Special, new(2026, 10, 1), new(2026, 10, 15));
        (await c.DoAsync(c.Physician, new DraftNursingOrder(Guid.CreateVersion7(), c.Patient, Special, fifteen))).ShouldBeOfType<Outcome.Invalid>()
            .Errors.ShouldHaveSingleItem().Key.ShouldBe("order.over_fourteen_days");
        await InForceAsync(c, Special, new(2026, 10, 1), new(2026, 10, 14));
        var second = Guid.CreateVersion7();
        var content = Content(c, Special, new(2026, 10, 20), new(2026, 11, 2));
        await c.Must(c.Physician, new DraftNursingOrder(second, c.Patient, Special, content));
        await c.Refused(c.Physician, new IssueNursingOrder(second, c.Patient), RefusalKind.Conflict, "order.second_special");
        await c.Must(c.Physician, new DraftNursingOrder(second, c.Patient, Special, content with { SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis }));
        await c.Must(c.Physician, new IssueNursingOrder(second, c.Patient));

        (await Reader.BeyondAsync(c.Nurse, c.Patient, Ct))!.ShouldBeEmpty();
        var within = JapanTime.At(new DateOnly(2026, 10, 31), new TimeOnly(23, 50));
        await c.Must(c.Nurse, c.Visit("期限の日") with { StartedAt = within, EndedAt = within.AddMinutes(5) });
        var beyond = JapanTime.At(new DateOnly(2026, 11, 1), new TimeOnly(0, 10));
        var visit = c.Visit("期限の翌日") with { StartedAt = beyond, EndedAt = beyond.AddMinutes(20) };
        await c.Must(c.Nurse, visit);
        await c.Must(c.Physician, c.Visit("医師の訪問は指示書によらない") with { StartedAt = beyond, EndedAt = beyond.AddMinutes(20) });
        var flagged = (await Reader.BeyondAsync(c.Nurse, c.Patient, Ct))!.ShouldHaveSingleItem();
        (flagged.VisitId, flagged.ExpiredOn, flagged.Planned).ShouldBe((visit.VisitId, new DateOnly(2026, 10, 31), false));
    }

    [Fact]
    public async Task of_two_orders_confirmed_at_once_for_the_same_days_one_is_refused()
    {
        var c = await database.FoundAsync();
        var orders = new[] { Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7() };
        foreach (var order in orders)
        {
            await c.Must(c.Physician, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null)));
        }

        var outcomes = await Task.WhenAll(orders.Select(o => c.DoAsync(c.Physician, new IssueNursingOrder(o, c.Patient))));
        outcomes.OfType<Outcome.Done>().ShouldHaveSingleItem();
        outcomes.OfType<Outcome.Refused>().ShouldAllBe(r => r.Key == "order.overlaps");
    }

    [Fact]
    public async Task a_signed_file_is_kept_with_its_hash_and_read_again_by_the_team_alone()
    {
        var c = await database.FoundAsync();
        var order = Guid.CreateVersion7();
        await c.Must(c.Physician, new DraftNursingOrder(order, c.Patient, Ordinary, Content(c, Ordinary, Today, null)));
        await c.Must(c.Physician, new IssueNursingOrder(order, c.Patient));
        var (file, bytes) = (Guid.CreateVersion7(), Encoding.UTF8.GetBytes("%PDF-1.7 signed"));
        var kept = (await Files.AddAsync(c.Physician, c.Patient, order, file, "../指示書\"署名済み.pdf", bytes, Ct)).File.ShouldNotBeNull();
        (kept.Name, kept.Type, kept.Bytes).ShouldBe(("指示書署名済み.pdf", "application/pdf", bytes.Length));
        kept.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        (await Files.AddAsync(c.Physician, c.Patient, order, file, "again.pdf", bytes, Ct)).File.ShouldBe(kept);
        (await Files.AddAsync(c.Physician, c.Patient, order, file, "other.pdf", Encoding.UTF8.GetBytes("%PDF-1.7 other"), Ct)).Refusal.ShouldBe("file.id_reused");

        await c.Refused(c.Physician, new SignNursingOrder(order, c.Patient, Today, Guid.CreateVersion7()), RefusalKind.NotFound, "reference.unknown");
        await c.Must(c.Physician, new SignNursingOrder(order, c.Patient, Today, file));
        (await Reader.OneAsync(c.Nurse, c.Patient, order, Ct))!.File.ShouldBe(kept);
        (await Files.ReadAsync(c.Nurse, c.Patient, file, Ct))!.Content.ShouldBe(bytes);
        foreach (var by in new[] { c.Daughter, c.OtherNurse, c.Admin })
        {
            (await Files.ReadAsync(by, c.Patient, file, Ct)).ShouldBeNull();
            (await Files.AddAsync(by, c.Patient, order, Guid.CreateVersion7(), "x.pdf", bytes, Ct)).Refusal.ShouldBe("patient.unknown");
        }

        await using var edit = database.Source.CreateCommand("update order_files set content = 'x' where file_id = $1");
        edit.Parameters.Add(new() { Value = file });
        await edit.ExecuteNonQueryAsync(Ct);
        (await Files.ReadAsync(c.Nurse, c.Patient, file, Ct))!.Intact.ShouldBeFalse();
    }

    [Fact]
    public async Task a_file_of_another_order_signs_nothing_and_other_files_are_not_taken()
    {
        var c = await database.FoundAsync();
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await c.Must(c.Physician, new DraftNursingOrder(one, c.Patient, Ordinary, Content(c, Ordinary, Today, null)));
        await c.Must(c.Physician, new DraftNursingOrder(other, c.Patient, Psychiatric, Content(c, Psychiatric, Today, null)));
        await c.Must(c.Physician, new IssueNursingOrder(one, c.Patient));
        var file = Guid.CreateVersion7();
        (await Files.AddAsync(c.Physician, c.Patient, other, file, "a.pdf", "%PDF-"u8.ToArray(), Ct)).File.ShouldNotBeNull();
        await c.Refused(c.Physician, new SignNursingOrder(one, c.Patient, Today, file), RefusalKind.NotFound, "reference.unknown");
        (await Files.AddAsync(c.Physician, c.Patient, one, Guid.CreateVersion7(), "a.exe", "MZ\u0090"u8.ToArray(), Ct)).Refusal.ShouldBe("file.type");
        (await Files.AddAsync(c.Physician, c.Patient, one, Guid.CreateVersion7(), "a.html", "<html>"u8.ToArray(), Ct)).Refusal.ShouldBe("file.type");
        (await Files.AddAsync(c.Physician, c.Patient, one, Guid.CreateVersion7(), "a.pdf", [], Ct)).Refusal.ShouldBe("file.empty");
        (await Files.AddAsync(c.Physician, c.Patient, one, Guid.CreateVersion7(), "a.pdf", [.. "%PDF-"u8, .. new byte[OrderFiles.Longest]], Ct)).Refusal.ShouldBe("file.too_large");
        (await Files.AddAsync(c.Physician, c.Patient, Guid.CreateVersion7(), Guid.CreateVersion7(), "a.pdf", "%PDF-"u8.ToArray(), Ct)).Refusal.ShouldBe("order.unknown");
        OrderFiles.TypeOf([0x30, 0x82, 0x0a, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x82, 0x0a, 0x0b, 0x30, 0x82]).ShouldBe("application/pkcs7-mime");
        OrderFiles.TypeOf("<?xml version=\"1.0\"?>"u8).ShouldBe("application/xml");
    }

    [Fact]
    public async Task a_draft_is_put_together_from_the_record_and_asks_for_the_consent_anew()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Physician, new HomeCare.Patients.RecordCondition(c.Patient, Guid.CreateVersion7(), new HomeCare.Patients.Condition("慢性心不全", [new Code("http://hl7.org/fhir/sid/icd-10", "I50.9")], HomeCare.Patients.ConditionStatus.Active)));
        await c.Must(c.Physician, new HomeCare.Patients.RecordAllergy(c.Patient, Guid.CreateVersion7(), new HomeCare.Patients.Allergy("ペニシリン", null, HomeCare.Patients.AllergyKind.Medicine, null, "発疹", HomeCare.Patients.AllergyStatus.Active)));
        await c.Must(c.Physician, new HomeCare.Medicines.RecordMedicine(Guid.CreateVersion7(), c.Patient, new HomeCare.Medicines.Prescription("フロセミド錠20mg", null, "1日1回朝食後", "内服", Today, 28, null, null, HomeCare.Medicines.PrescriptionStatus.Active)));
        await c.Must(c.Physician, new HomeCare.Patients.SetContacts(c.Patient, [new HomeCare.Patients.Contact("岡本 恵子", "長女", "090-0000-0000")]));
        var summary = (await c.Patients.SummaryAsync(c.Physician, c.Patient, Ct))!;
        var content = NursingOrderPrefill.Of(Ordinary, summary, [], null, c.Physician, Today)!;
        content.StationId.ShouldBe(c.Nurse.OrganisationId!.Value);
        content.Diagnoses.ShouldBe([new OrderDiagnosis("慢性心不全", "I50.9")]);
        content.Drugs.ShouldBe([new OrderDrug("フロセミド錠20mg", "1日1回朝食後 内服")]);
        content.SpecialNotes.ShouldBe("アレルギー: ペニシリン(発疹)");
        content.EmergencyContact.ShouldNotBeNull().ShouldContain("岡本 恵子(長女) 090-0000-0000");
        content.Consent.ShouldBeFalse();
        content.Until.ShouldBe(NursingOrderLimits.LastDayOfMonths(Today, 6));

        var former = await InForceAsync(c, Ordinary, Today.AddDays(-20), Today.AddDays(5));
        var orders = (await Reader.OfPatientAsync(c.Physician, c.Patient, Ct))!;
        var renewal = NursingOrderPrefill.Of(Ordinary, summary, orders, orders.Single(o => o.OrderId == former), c.Physician, Today)!;
        (renewal.From, renewal.State, renewal.Consent).ShouldBe((Today.AddDays(6), "下腿の浮腫が続く", false));
        renewal.Drugs.ShouldBe(content.Drugs, "medicines as they are now, not as they were");
        var draft = Guid.CreateVersion7();
        await c.Must(c.Physician, new DraftNursingOrder(draft, c.Patient, Ordinary, renewal, former));
        (await Reader.OneAsync(c.Physician, c.Patient, draft, Ct))!.Renews.ShouldBe(former);
    }
}
