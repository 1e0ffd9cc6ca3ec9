using HomeCare.CareTeams;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Handovers;

/// <summary>What waits for whom, on a real database.</summary>
public sealed class HandoverRecordTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Sbar Words = new("昨夜から咳", null, "感染の始まりか", "明朝の体温");

    private static SendHandover To(Community c, Actor person) => new(Guid.CreateVersion7(), c.Patient, new Addressee(AddresseeKind.Person, person.PersonId), Words);

    private static async Task<(int About, int Open)> WaitsAsync(Community c, Actor by)
    {
        var about = await c.Handovers.WaitingAboutAsync(by, c.Patient, Ct);
        about.ShouldAllBe(h => h.AwaitsMe(by));
        return (about.Count, (await c.Handovers.OpenAsync(by, Ct)).Count);
    }

    [Fact]
    public async Task it_waits_for_whom_it_is_sent_to_and_stays_in_sight_of_its_sender_until_somebody_takes_over()
    {
        var c = await database.FoundAsync();
        var sent = To(c, c.Physician);
        await c.Must(c.Nurse, sent);
        (await WaitsAsync(c, c.Physician)).ShouldBe((1, 1));
        (await WaitsAsync(c, c.Nurse)).ShouldBe((0, 1));

        await c.Must(c.Physician, new AcknowledgeHandover(sent.HandoverId, "承知しました"));
        (await WaitsAsync(c, c.Physician)).ShouldBe((0, 0));
        (await WaitsAsync(c, c.Nurse)).ShouldBe((0, 0));
        var card = (await c.Handovers.OneAsync(c.Nurse, c.Patient, sent.HandoverId, Ct))!;
        (card.AcknowledgedBy, card.Comment, card.IsOpen, card.Sbar, card.SenderName, card.ToName).ShouldBe((c.Physician.Name, "承知しました", false, Words, c.Nurse.Name, c.Physician.Name));
        (await c.Handovers.OfPatientAsync(c.Physician, c.Patient, Ct))!.ShouldHaveSingleItem().HandoverId.ShouldBe(sent.HandoverId);
    }

    [Fact]
    public async Task what_was_sent_stays_as_it_was_sent_however_the_record_goes_on()
    {
        var c = await database.FoundAsync();
        var measured = new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(20)) { SpO2 = 88 });
        await c.Must(c.Nurse, measured);
        var sent = To(c, c.Physician);
        await c.Must(c.Nurse, sent);
        var before = (await c.Handovers.OneAsync(c.Physician, c.Patient, sent.HandoverId, Ct))!;
        await c.Must(c.Nurse, new CorrectMeasurement(measured.MeasurementId, measured.Vitals with { SpO2 = 98 }, "読み違い"));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(5)) { SpO2 = 84 }));
        await c.Must(c.Nurse, c.Visit("その後の訪問"));
        (await c.Handovers.OneAsync(c.Physician, c.Patient, sent.HandoverId, Ct)).ShouldBe(before);
        (await c.DoAsync(c.Nurse, sent with { Sbar = Words with { Situation = "解熱" } })).ShouldBeOfType<Outcome.Refused>().Key.ShouldBe("handover.already_sent");
        (await c.Handovers.OneAsync(c.Physician, c.Patient, sent.HandoverId, Ct))!.Sbar.ShouldBe(Words);
    }

    [Fact]
    public async Task two_of_a_profession_who_take_over_at_once_are_one_and_a_refusal()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        var sent = new SendHandover(Guid.CreateVersion7(), c.Patient, new Addressee(AddresseeKind.Profession, null, Profession.Nurse), Words);
        await c.Must(c.Physician, sent);
        (await WaitsAsync(c, c.Nurse)).ShouldBe((1, 1));
        (await WaitsAsync(c, c.OtherNurse)).ShouldBe((1, 1));
        var outcomes = await Task.WhenAll(c.DoAsync(c.Nurse, new AcknowledgeHandover(sent.HandoverId)), c.DoAsync(c.OtherNurse, new AcknowledgeHandover(sent.HandoverId)));
        outcomes.Count(o => o is Outcome.Done).ShouldBe(1);
        outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem().Key.ShouldBe("handover.taken_by_another");
    }

    [Fact]
    public async Task an_addressee_who_leaves_is_said_and_sees_it_no_longer()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        var sent = To(c, c.OtherNurse);
        await c.Must(c.Nurse, sent);
        (await c.Handovers.OneAsync(c.Nurse, c.Patient, sent.HandoverId, Ct))!.ToHasLeft.ShouldBeFalse();
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.OrganisationId!.Value));
        (await WaitsAsync(c, c.OtherNurse)).ShouldBe((0, 0));
        (await c.Handovers.OneAsync(c.OtherNurse, c.Patient, sent.HandoverId, Ct)).ShouldBeNull();
        (await c.DoAsync(c.OtherNurse, new AcknowledgeHandover(sent.HandoverId))).ShouldBeOfType<Outcome.Refused>().Kind.ShouldBe(RefusalKind.NotFound);
        var open = (await c.Handovers.OpenAsync(c.Nurse, Ct)).ShouldHaveSingleItem();
        (open.ToHasLeft, open.IsOpen).ShouldBe((true, true));
        await c.Must(c.Nurse, new WithdrawHandover(sent.HandoverId, "退職のため"));
        (await c.Handovers.OpenAsync(c.Nurse, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task relatives_and_strangers_see_nothing_of_it_and_nobody_finds_it_under_another_person()
    {
        var c = await database.FoundAsync();
        var sent = To(c, c.Physician);
        await c.Must(c.Nurse, sent);
        (await c.Handovers.OfPatientAsync(c.Daughter, c.Patient, Ct)).ShouldBeNull();
        (await c.Handovers.OneAsync(c.Daughter, c.Patient, sent.HandoverId, Ct)).ShouldBeNull();
        (await c.Handovers.OpenAsync(c.Daughter, Ct)).ShouldBeEmpty();
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldAllBe(e => e.Kind != "handover-sent");
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 200, Ct))!.ShouldContain(e => e.Kind == "handover-sent");
        (await c.Handovers.OfPatientAsync(c.OtherNurse, c.Patient, Ct)).ShouldBeNull();
        (await c.Handovers.OneAsync(c.Nurse, Guid.CreateVersion7(), sent.HandoverId, Ct)).ShouldBeNull();
    }
}
