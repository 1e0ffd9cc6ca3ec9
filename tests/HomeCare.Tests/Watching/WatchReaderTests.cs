using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Tests.Watching;

/// <summary>What is pointed out, by the way of every record: commands, events, views, readers, on PostgreSQL.</summary>
public sealed class WatchReaderTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    [Fact]
    public async Task the_board_and_the_patients_page_say_the_same_and_it_ends_when_the_next_reading_is_normal()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Physician, new RecordCondition(c.Patient, Guid.CreateVersion7(), new Condition("慢性心不全", null, ConditionStatus.Active)));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Now.AddDays(-6)) { Weight = 45.5m }));
        var visit = c.Visit("苦しい", Records.All(20, 37.4m, 102, 24, 148, 89, 1) with { Weight = 47.6m }) with { SoftSigns = [SoftSign.Weary] };
        await c.Must(c.Nurse, visit);

        var line = (await c.Patients.LineAsync(c.Nurse, c.Patient))!;
        line.Alerts.Select(i => (i.Cause, i.Level)).ShouldBe([(AlertCause.Vitals, AlertLevel.Now), (AlertCause.Fluid, AlertLevel.Today), (AlertCause.SoftSigns, AlertLevel.Today)]);
        line.Alerts.SelectMany(i => i.Alerts).SelectMany(a => a.Evidence).Select(e => e.SourceId).ShouldContain(visit.VisitId);
        line.AlertsChangeAt.ShouldBe(Clock.Ago(20).AddHours(24));
        Text((await Watch(c).OfPatientAsync(c.Nurse, c.Patient))!.Open).ShouldBe(Text(line.Alerts));

        await c.Must(c.Nurse, c.Visit("楽になった", Records.All(6, 36.8m, 78, 16, 126, 97, 0) with { Weight = 46 }));
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.Select(i => i.Cause).ShouldBe([AlertCause.SoftSigns]);
        (await Watch(c).OfPatientAsync(c.Nurse, c.Patient))!.Items.Where(i => !i.IsOpen).Select(i => i.ClosedAt).ShouldAllBe(at => at == Clock.Ago(6));
    }

    [Fact]
    public async Task the_person_and_relatives_strangers_and_administrators_are_shown_nothing()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, Low(c, 85));
        (await c.Patients.LineAsync(c.Daughter, c.Patient))!.ShouldSatisfyAllConditions(l => l.Alerts.ShouldBeEmpty(), l => l.Call.ShouldBeNull());
        (await Watch(c).OfPatientAsync(c.Daughter, c.Patient)).ShouldBeNull();
        (await Watch(c).OfPatientAsync(c.OtherNurse, c.Patient)).ShouldBeNull();
        (await Watch(c).OfPatientAsync(c.Admin, c.Patient)).ShouldBeNull();
        (await Watch(c).RateAsync(c.Daughter)).ShouldBeNull();
        await c.Refused(c.Daughter, Acknowledge(c), RefusalKind.Forbidden, "act.not_permitted");
        await c.Refused(c.OtherNurse, Acknowledge(c), RefusalKind.NotFound, "patient.unknown");
        await c.Must(c.Nurse, Acknowledge(c));
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, 0, 100, TestContext.Current.CancellationToken))!.ShouldNotContain(e => e.Data is IAlertAct);
    }

    [Fact]
    public async Task a_correction_and_an_entry_in_error_judge_anew_and_say_why()
    {
        var c = await database.FoundAsync();
        var (typed, another) = (Low(c, 58), Low(c, 84));
        await c.Must(c.Nurse, typed);
        await c.Must(c.Nurse, new CorrectMeasurement(typed.MeasurementId, typed.Vitals with { SpO2 = 98, Confirmed = null }, "打ち間違い"));
        await c.Must(c.Nurse, another);
        await c.Must(c.Nurse, new EnterVitalsInError(another.MeasurementId, "別の方の値"));
        var watched = (await Watch(c).OfPatientAsync(c.Nurse, c.Patient))!;
        watched.Items.ShouldBeEmpty();
        watched.Struck.Select(s => (s.Why.Reason, s.Why.Replaced, s.Why.ByName)).ShouldBe([("打ち間違い", true, c.Nurse.Name), ("別の方の値", false, c.Nurse.Name)], ignoreOrder: true);

        // Corrected to what lies outside, it is pointed out.
        await c.Must(c.Nurse, new CorrectMeasurement(typed.MeasurementId, typed.Vitals with { SpO2 = 86 }, "やはり低い"));
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldHaveSingleItem().Alerts[0].Evidence[0].Corrected.ShouldBeTrue();
    }

    [Fact]
    public async Task an_item_is_taken_up_once_by_the_same_command_and_asks_again_when_something_else_joins_it()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, Low(c, 88));
        var command = Guid.CreateVersion7();
        await c.Must(c.Nurse, Acknowledge(c), command);
        (await c.Must(c.Nurse, Acknowledge(c), command)).Repeated.ShouldBeTrue();
        var item = (await c.Patients.LineAsync(c.Physician, c.Patient))!.Alerts.ShouldHaveSingleItem();
        item.ShouldSatisfyAllConditions(
            i => i.Asks.ShouldBeFalse(), i => i.Answer!.ByName.ShouldBe(c.Nurse.Name), i => i.Answer!.Words.ShouldBe("電話する"), i => i.HeldUntil.ShouldBe(Clock.Now.AddHours(1)));

        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(1)) { Pulse = 120 }));
        (await c.Patients.LineAsync(c.Physician, c.Patient))!.Alerts.ShouldHaveSingleItem().Asks.ShouldBeTrue();
    }

    [Fact]
    public async Task a_missed_visit_is_pointed_out_by_the_clock_alone_and_is_gone_once_there_is_a_record_that_day()
    {
        var c = await database.FoundAsync();
        var planned = Guid.CreateVersion7();
        await c.Must(c.Nurse, new PlanVisit(planned, c.Patient, Clock.Now.AddHours(1), 60, c.Nurse.PersonId));
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.ShouldSatisfyAllConditions(l => l.Alerts.ShouldBeEmpty(), l => l.AlertsChangeAt.ShouldBe(Clock.Now.AddHours(4)));
        database.Time.Now = Clock.Now.AddHours(4);
        try
        {
            (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldHaveSingleItem().Alerts.ShouldHaveSingleItem().Key.ShouldBe($"missed/{planned}");
            await c.Must(c.Nurse, new RecordVisit(Guid.CreateVersion7(), c.Patient, Clock.Now.AddHours(1), Clock.Now.AddHours(2)) { Note = new VisitNote("予定と別に記録") });
            (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldBeEmpty();
        }
        finally
        {
            database.Time.Now = Clock.Now;
        }
    }

    [Fact]
    public async Task an_overdue_instruction_is_one_item_until_it_is_done()
    {
        var c = await database.FoundAsync();
        var order = c.Instruct("被覆材を替える") with { DueAt = Clock.Now.AddMinutes(30) };
        await c.Must(c.Physician, order);
        database.Time.Now = Clock.Now.AddMinutes(31);
        try
        {
            (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                i => i.Cause.ShouldBe(AlertCause.Instructions), i => i.OpenedAt.ShouldBe(Clock.Now.AddMinutes(30), TimeSpan.FromSeconds(1)));
            await c.Must(c.Nurse, new TakeInstruction(order.InstructionId));
            await c.Must(c.Nurse, new CompleteInstruction(order.InstructionId, "替えた", Clock.Now.AddMinutes(31)));
            (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldBeEmpty();
        }
        finally
        {
            database.Time.Now = Clock.Now;
        }
    }

    [Fact]
    public async Task the_rate_and_the_share_judged_useful_are_shown_to_the_team_for_its_people_and_to_the_administrator_for_all_as_numbers()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, Low(c, 88));
        var item = (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldHaveSingleItem();
        await c.Must(c.Nurse, new JudgeAlert(c.Patient, item.Cause, item.ItemId, Useful: true));
        await c.Must(c.Physician, new JudgeAlert(c.Patient, item.Cause, item.ItemId, Useful: false));
        await c.Refused(c.Nurse, new JudgeAlert(c.Patient, item.Cause, item.ItemId, Useful: false), RefusalKind.Conflict, "alert.judged_already");
        (await Watch(c).RateAsync(c.Nurse)).ShouldBe(new AlertRate(30, 1, 1, 2, 1));
        var all = (await Watch(c).RateAsync(c.Admin)).ShouldNotBeNull();
        all.ShouldBe(new AlertRate(30, 2, 1, 2, 1));
        (all.PerPatientDay, all.UsefulShare).ShouldBe((1m / 60, 0.5m));
        (await Watch(c).OfPatientAsync(c.Nurse, c.Patient))!.Open.ShouldHaveSingleItem().Judgements.Count.ShouldBe(2);
    }

    private static RecordVitals Low(Community c, int spO2) =>
        new(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(20)) { SpO2 = spO2, Oxygen = new(0), Confirmed = spO2 < 80 ? [VitalSign.SpO2] : null });

    private static AcknowledgeAlert Acknowledge(Community c) =>
        new(c.Patient, AlertCause.Vitals, ["range/SpO2/Below", "news2/SingleThree"], "電話する", Clock.Now.AddHours(1));

    private WatchReader Watch(Community c) => new(database.Source, database.Access, database.Time);

    private static string Text<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, Json.Options);
}
