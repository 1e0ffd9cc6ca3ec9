using HomeCare.Communities;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>The ten people's scores by the way of every record: commands, events, views, readers, on PostgreSQL.</summary>
public sealed class News2RecordTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly DateOnly Today = JapanTime.DayOf(Clock.Now);

    private static readonly Scale2Decision PaCO2 = new("動脈血ガス PaCO₂ 58 mmHg", 88, 92, new DateOnly(2026, 9, 1));

    /// <summary>Temperature, pulse, respiration, systolic, SpO₂, oxygen, consciousness, scale, and the score that the scenario has.</summary>
    public static TheoryData<string, double, int, int, int, int, int, Acvpu, bool, int> Scenarios => new()
    {
        { "heart failure, the visit", 37.4, 102, 24, 148, 89, 1, Acvpu.Alert, false, 8 },
        { "heart failure, the home call", 37.2, 98, 22, 142, 92, 2, Acvpu.Alert, false, 7 },
        { "heart failure, day 2", 36.8, 88, 20, 138, 94, 1, Acvpu.Alert, false, 3 },
        { "COPD on scale 2", 36.6, 84, 20, 128, 90, 1, Acvpu.Alert, true, 2 },
        { "COPD, were it on scale 1", 36.6, 84, 20, 128, 90, 1, Acvpu.Alert, false, 5 },
        { "COPD, oxygen raised", 36.8, 96, 10, 132, 96, 3, Acvpu.Voice, true, 9 },
        { "COPD, back to 1 L", 36.8, 92, 14, 130, 90, 1, Acvpu.Alert, true, 3 },
        { "dementia, as usual", 36.5, 78, 16, 126, 97, 0, Acvpu.Alert, false, 0 },
        { "dementia, fever and new confusion", 38.3, 112, 22, 104, 95, 0, Acvpu.Confusion, false, 10 },
        { "stroke, aspiration", 38.6, 118, 26, 112, 91, 0, Acvpu.Alert, false, 9 },
    };

    [Theory, MemberData(nameof(Scenarios))]
    public async Task the_scenarios_come_out_as_told(
        string told, double temperature, int pulse, int respiration, int systolic, int spO2, int oxygen, Acvpu acvpu, bool scale2, int score)
    {
        var c = await database.FoundAsync();
        if (scale2)
        {
            await c.Must(c.Physician, new UseSpO2Scale2(c.Patient, PaCO2));
        }

        await c.Must(c.Nurse, c.Visit(told, Signs(temperature, pulse, respiration, systolic, spO2, oxygen, acvpu)));

        var recorded = await RecordedAsync(c);
        recorded.IsTotal.ShouldBeTrue();
        recorded.Points.ShouldBe(score, told);
        var line = (await c.Patients.LineAsync(c.Nurse, c.Patient))!.News2.ShouldNotBeNull();
        line.Score.ShouldBe(recorded);
        line.Totals.ShouldHaveSingleItem().Value.ShouldBe(score);
        (await SetsAsync(c)).ShouldHaveSingleItem().Score.ShouldBe(recorded);
    }

    [Fact]
    public async Task a_child_is_not_scored_and_the_reason_is_kept_and_the_board_shows_none()
    {
        var c = await database.FoundAsync();
        await BornAsync(c, new DateOnly(2022, 5, 1));
        await c.Must(c.Nurse, c.Visit("気管切開", Signs(37.8, 128, 32, 92, 95, 0)));
        (await RecordedAsync(c)).NotScored.ShouldBe(News2NotScored.Under16);
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.News2.ShouldBeNull();
    }

    [Fact]
    public async Task on_the_sixteenth_birthday_a_person_is_scored_and_not_the_day_before()
    {
        var c = await database.FoundAsync();
        await BornAsync(c, Today.AddYears(-16));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, Signs(36.5, 78, 16, 126, 97, 0) with { MeasuredAt = Clock.Now.AddDays(-1) }));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, Signs(36.5, 78, 16, 126, 97, 0)));
        (await SetsAsync(c)).Select(s => s.Score.NotScored).ShouldBe([News2NotScored.Under16, null]);
    }

    [Fact]
    public async Task without_a_birth_date_nobody_is_scored()
    {
        var c = await database.FoundAsync();
        await BornAsync(c, null);
        await c.Must(c.Nurse, c.Visit("生年月日が不明", Signs(38.6, 118, 26, 112, 91, 0)));
        (await RecordedAsync(c)).NotScored.ShouldBe(News2NotScored.BirthDateUnknown);
    }

    [Theory]
    [InlineData(News2OffReason.Ventilated), InlineData(News2OffReason.EndOfLife)]
    public async Task the_ventilated_and_the_dying_are_not_scored_but_still_raise_alerts_and_are_scored_again_once_it_is_switched_on(News2OffReason reason)
    {
        var c = await database.FoundAsync();
        await c.Must(c.Physician, new SwitchNews2Off(c.Patient, new News2Off(reason, Today)));
        await c.Must(c.Nurse, c.Visit("うとうと", Signs(36.5, 78, 8, 126, 97, 0)));
        (await RecordedAsync(c)).NotScored.ShouldBe(News2NotScored.SwitchedOff);
        (await VisitAsync(c)).Alerts.ShouldHaveSingleItem().Sign.ShouldBe(VitalSign.Respiration);
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.News2.ShouldBeNull();
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient))!.News2Off!.Reason.ShouldBe(reason);

        await c.Must(c.Physician, new SwitchNews2On(c.Patient));
        await c.Must(c.Nurse, c.Visit("うとうと", Signs(36.5, 78, 8, 126, 97, 0)));
        (await RecordedAsync(c)).Points.ShouldBe(3);
    }

    [Fact]
    public async Task a_half_measured_set_is_partial_and_the_other_half_within_30_minutes_makes_it_a_total()
    {
        var c = await database.FoundAsync();
        var all = Signs(37.4, 102, 24, 148, 89, 1);
        var first = all with { Respiration = null, SpO2 = null, Oxygen = null, Consciousness = null, MeasuredAt = Clock.Ago(50) };
        var second = new Vitals(Clock.Ago(25)) { Respiration = all.Respiration, SpO2 = all.SpO2, Oxygen = all.Oxygen, Consciousness = all.Consciousness };
        var (earlier, later) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await c.Must(c.Nurse, new RecordVitals(earlier, c.Patient, first));
        await c.Must(c.Nurse, new RecordVitals(later, c.Patient, second));

        var sets = await SetsAsync(c);
        sets.Select(s => (s.SourceId, s.Score.IsTotal, s.Score.Points)).ShouldBe([(earlier, false, 1), (later, true, 8)]);
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.News2!.Totals.ShouldHaveSingleItem().Value.ShouldBe(8);

        // Recorded the other way round, as a tablet that was offline does.
        var d = await database.FoundAsync();
        await d.Must(d.Nurse, new RecordVitals(Guid.CreateVersion7(), d.Patient, second));
        await d.Must(d.Nurse, new RecordVitals(Guid.CreateVersion7(), d.Patient, first));
        (await SetsAsync(d)).Select(s => s.Score.IsTotal).ShouldBe([true, false]);
    }

    [Fact]
    public async Task a_time_at_the_end_of_all_times_is_refused_and_no_failure()
    {
        var c = await database.FoundAsync();
        (await c.DoAsync(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(DateTimeOffset.MaxValue) { Pulse = 80 })))
            .ShouldBeOfType<Outcome.Invalid>().Errors.ShouldHaveSingleItem().Key.ShouldBe("time.in_future");
    }

    [Fact]
    public async Task a_correction_is_judged_anew_and_what_was_judged_before_stays_readable()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("息切れ", Signs(37.4, 102, 24, 148, 89, 1));
        await c.Must(c.Nurse, visit);
        await c.Must(c.Nurse, new CorrectVitals(visit.VisitId, visit.Vitals! with { SpO2 = 98 }, "読み違い"));

        var entries = (await c.Timeline.OfSubjectAsync(c.Nurse, c.Patient, visit.VisitId))!;
        ((VisitRecorded)entries[0].Data).News2!.Points.ShouldBe(8);
        ((VitalsCorrected)entries[1].Data).News2!.Points.ShouldBe(5);
        (await SetsAsync(c)).ShouldHaveSingleItem().Score.Points.ShouldBe(5);
    }

    [Fact]
    public async Task what_was_entered_in_error_scores_no_longer()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("息切れ", Signs(37.4, 102, 24, 148, 89, 1));
        await c.Must(c.Nurse, visit);
        await c.Must(c.Nurse, new EnterVisitInError(visit.VisitId, "別の方"));
        (await SetsAsync(c)).ShouldBeEmpty();
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.News2.ShouldBeNull();
    }

    [Fact]
    public async Task a_score_for_the_team_only_is_not_shown_to_relatives_and_scores_nothing_of_theirs()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("傷", Signs(37.4, 102, 24, 148, 89, 1), teamOnly: true));
        (await c.Readings.News2Async(c.Daughter, c.Patient, Clock.Now.AddDays(-1), Clock.Now))!.ShouldBeEmpty();
        (await c.Patients.LineAsync(c.Daughter, c.Patient))!.News2.ShouldBeNull();
        await c.Must(c.Daughter, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(20)) { Pulse = 80 }));
        (await c.Readings.News2Async(c.Daughter, c.Patient, Clock.Now.AddDays(-1), Clock.Now))!.ShouldHaveSingleItem().Score.Parts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task only_a_physician_of_the_team_decides_on_the_score()
    {
        var c = await database.FoundAsync();
        await c.Refused(c.Nurse, new SwitchNews2Off(c.Patient, new News2Off(News2OffReason.EndOfLife, Today)), RefusalKind.Forbidden, "act.not_permitted");
        await c.Refused(c.Nurse, new UseSpO2Scale2(c.Patient, PaCO2), RefusalKind.Forbidden, "act.not_permitted");
        await c.Refused(c.Physician, new UseSpO2Scale2(c.Stranger, PaCO2), RefusalKind.NotFound, "patient.unknown");
    }

    [Fact]
    public async Task the_administrator_defines_what_is_done_and_everybody_of_the_community_reads_it()
    {
        var c = await database.FoundAsync();
        (await new CommunityReader(database.Source, database.Access).News2ActsAsync(c.Nurse)).ShouldBe(News2Acts.None);
        var acts = new News2Acts(null, "訪問看護が主治医へ電話する", "主治医へ電話し、本人の希望に沿って救急要請を相談する");
        await c.Must(c.Admin, new DefineNews2Acts(acts));
        (await new CommunityReader(database.Source, database.Access).News2ActsAsync(c.Nurse)).ShouldBe(acts);
        await c.Refused(c.Physician, new DefineNews2Acts(acts), RefusalKind.Forbidden, "act.not_permitted");
        var other = await database.FoundAsync();
        (await new CommunityReader(database.Source, database.Access).News2ActsAsync(other.Nurse)).ShouldBe(News2Acts.None);
        (await new CommunityReader(database.Source, database.Access).News2ActsAsync(c.Nurse with { PersonId = Guid.CreateVersion7() })).ShouldBe(News2Acts.None);
    }

    private static Vitals Signs(double temperature, int pulse, int respiration, int systolic, int spO2, int oxygen, Acvpu acvpu = Acvpu.Alert) => new(Clock.Ago(30))
    {
        Temperature = (decimal)temperature, Pulse = pulse, Respiration = respiration, Systolic = systolic, SpO2 = spO2, Oxygen = new(oxygen), Consciousness = new(acvpu),
    };

    private static Task BornAsync(Community c, DateOnly? birthDate) =>
        c.Must(c.Nurse, new CorrectPatientDetails(c.Patient, Community.Details("岡本", "フミ", "オカモト", "フミ") with { BirthDate = birthDate }));

    private static async Task<VisitRecorded> VisitAsync(Community c) =>
        (VisitRecorded)(await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 50))!.First(e => e.Data is VisitRecorded).Data;

    private static async Task<News2> RecordedAsync(Community c) => (await VisitAsync(c)).News2.ShouldNotBeNull();

    private static async Task<IReadOnlyList<ScoredSet>> SetsAsync(Community c) =>
        (await c.Readings.News2Async(c.Nurse, c.Patient, Clock.Now.AddDays(-30), Clock.Now.AddMinutes(1))).ShouldNotBeNull();
}
