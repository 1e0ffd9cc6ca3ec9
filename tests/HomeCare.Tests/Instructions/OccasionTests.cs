using HomeCare.Instructions;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Instructions;

/// <summary>What calls for a standing order, to the digit and to the minute, on PostgreSQL with a clock of the test's own.</summary>
public sealed class OccasionTests(CareDatabase database) : IClassFixture<CareDatabase>, IAsyncLifetime
{
    /// <summary>A Wednesday noon.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(9));

    private Community c = null!;

    public async ValueTask InitializeAsync()
    {
        database.Time.Now = Noon;
        c = await database.FoundAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Guid> StandAsync(StandingOrder standing)
    {
        var order = c.Instruct("ブドウ糖 10 g") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId), Standing = standing };
        await c.Must(c.Physician, order);
        return order.InstructionId;
    }

    private Task MeasureAsync(Glucose glucose, DateTimeOffset? at = null) =>
        c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(at ?? database.Time.Now) { Glucose = glucose, Confirmed = [VitalSign.Glucose] }));

    /// <summary>After a round a while later: the occasions, the last opened first.</summary>
    private async Task<IReadOnlyList<InstructionCard>> RoundAsync(int minutesLater = 1)
    {
        database.Time.Now = database.Time.Now.AddMinutes(minutesLater);
        await new Escalations(database.Source, database.Care, database.Time).AskAsync(Ct);
        return [.. (await c.Instructions.OfPatientAsync(c.Physician, c.Patient, closedToo: true, Ct))!.Where(i => i.Terms?.Occasion is not null)];
    }

    [Theory]
    [InlineData(70, null, 70, false), InlineData(70, null, 69, true), InlineData(null, 300, 300, false), InlineData(null, 300, 301, true)]
    [InlineData(70, 300, 185, false), InlineData(70, 300, 69, true), InlineData(70, 300, 301, true)]
    public async Task a_value_at_the_bound_calls_for_nothing_and_one_beyond_it_does(int? below, int? above, int value, bool calls)
    {
        await StandAsync(new StandingOrder(Noon.AddDays(30), new OrderCondition(VitalSign.Glucose, below, above)));
        await MeasureAsync(new Glucose(value));
        (await RoundAsync()).Select(o => o.Terms!.Occasion!.Value).ShouldBe(calls ? [value] : []);
    }

    [Theory]
    [InlineData(70, null, MeterReading.Lo, true), InlineData(70, null, MeterReading.Hi, false)]
    [InlineData(null, 300, MeterReading.Hi, true), InlineData(null, 300, MeterReading.Lo, false)]
    public async Task what_a_meter_shows_without_a_number_lies_beyond_the_bound_on_its_side_alone(int? below, int? above, MeterReading shown, bool calls)
    {
        await StandAsync(new StandingOrder(Noon.AddDays(30), new OrderCondition(VitalSign.Glucose, below, above)));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(database.Time.Now) { Glucose = new Glucose(null, shown) }));
        (await RoundAsync()).Count.ShouldBe(calls ? 1 : 0);
    }

    [Fact]
    public async Task what_was_measured_before_the_order_or_after_its_end_calls_for_nothing_and_what_was_seen_late_does()
    {
        await MeasureAsync(new Glucose(40), Noon.AddMinutes(-30));
        await StandAsync(new StandingOrder(Noon.AddHours(1), new OrderCondition(VitalSign.Glucose, Below: 70)));
        (await RoundAsync()).ShouldBeEmpty("it was measured before");

        // Nobody went round for two hours: both are found in one round, which also ends the order.
        database.Time.Now = Noon.AddHours(2);
        await MeasureAsync(new Glucose(41), Noon.AddMinutes(90));
        (await RoundAsync()).ShouldBeEmpty("the order had ended");
    }

    [Fact]
    public async Task what_was_measured_before_the_end_and_found_after_it_is_caught_up()
    {
        await StandAsync(new StandingOrder(Noon.AddHours(1), new OrderCondition(VitalSign.Glucose, Below: 70)));
        database.Time.Now = Noon.AddHours(2);
        await MeasureAsync(new Glucose(58), Noon.AddMinutes(50));
        (await RoundAsync()).ShouldHaveSingleItem().Terms!.Occasion!.At.ShouldBe(Noon.AddMinutes(50));
    }

    [Fact]
    public async Task a_set_time_after_the_end_is_not_opened_although_it_is_near()
    {
        await StandAsync(new StandingOrder(Noon.AddHours(5), Every: new OrderSchedule([new TimeOnly(13, 0), new TimeOnly(18, 0)], [])));
        (await RoundAsync((4 * 60) + 30)).ShouldHaveSingleItem().DueAt.ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public async Task an_order_that_was_declined_calls_no_more()
    {
        var order = await StandAsync(new StandingOrder(Noon.AddDays(30), new OrderCondition(VitalSign.Glucose, Below: 70)));
        await c.Must(c.Nurse, new DeclineInstruction(order, "血糖測定器がない"));
        await MeasureAsync(new Glucose(58));
        (await RoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_reading_from_before_the_last_occasion_was_over_belongs_to_it_although_it_arrives_later()
    {
        await StandAsync(new StandingOrder(Noon.AddDays(30), new OrderCondition(VitalSign.Glucose, Below: 70)));
        await MeasureAsync(new Glucose(58));
        var first = (await RoundAsync()).ShouldHaveSingleItem();
        database.Time.Now = Noon.AddMinutes(20);
        await c.Must(c.Nurse, new TakeInstruction(first.InstructionId));
        await c.Must(c.Nurse, new CompleteInstruction(first.InstructionId, "ブドウ糖 10 g", database.Time.Now));
        await MeasureAsync(new Glucose(61), Noon.AddMinutes(15));
        (await RoundAsync()).ShouldHaveSingleItem();
        await MeasureAsync(new Glucose(62));
        (await RoundAsync()).Count.ShouldBe(2, "what is measured after it calls anew");
    }
}
