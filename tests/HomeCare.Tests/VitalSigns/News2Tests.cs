using FsCheck;
using FsCheck.Fluent;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>NEWS2 as the Royal College of Physicians has it (2017): every cell of the table, when it scores and when it must not.</summary>
public sealed class News2Tests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Clock.Now);

    private static readonly Scale2Decision Scale2 = new("PaCO₂ 58 mmHg", 88, 92, new DateOnly(2026, 1, 1));

    private static Vitals Well { get; } = new(Clock.Now)
    {
        Respiration = 16, SpO2 = 97, Oxygen = new(0), Systolic = 126, Pulse = 78, Consciousness = new(Acvpu.Alert), Temperature = 36.5m,
    };

    [Theory]
    [InlineData(0, 3), InlineData(8, 3), InlineData(9, 1), InlineData(11, 1), InlineData(12, 0), InlineData(20, 0), InlineData(21, 2), InlineData(24, 2), InlineData(25, 3), InlineData(120, 3)]
    public void respiration(int value, int points) => Part(Well with { Respiration = value }, News2Input.Respiration).ShouldBe(points);

    [Theory]
    [InlineData(30, 3), InlineData(91, 3), InlineData(92, 2), InlineData(93, 2), InlineData(94, 1), InlineData(95, 1), InlineData(96, 0), InlineData(100, 0)]
    public void saturation_on_scale_1_with_or_without_oxygen(int value, int points)
    {
        Part(Well with { SpO2 = value }, News2Input.SpO2).ShouldBe(points);
        Part(Well with { SpO2 = value, Oxygen = new(1) }, News2Input.SpO2).ShouldBe(points);
    }

    [Theory]
    [InlineData(30, 3), InlineData(83, 3), InlineData(84, 2), InlineData(85, 2), InlineData(86, 1), InlineData(87, 1), InlineData(88, 0), InlineData(92, 0), InlineData(93, 0), InlineData(95, 0), InlineData(97, 0), InlineData(100, 0)]
    public void saturation_on_scale_2_on_air(int value, int points) => Part(Well with { SpO2 = value }, News2Input.SpO2, OnScale2).ShouldBe(points);

    [Theory]
    [InlineData(83, 3), InlineData(84, 2), InlineData(85, 2), InlineData(86, 1), InlineData(87, 1), InlineData(88, 0), InlineData(92, 0), InlineData(93, 1), InlineData(94, 1), InlineData(95, 2), InlineData(96, 2), InlineData(97, 3), InlineData(100, 3)]
    public void saturation_on_scale_2_on_oxygen(int value, int points) =>
        Part(Well with { SpO2 = value, Oxygen = new(0.25m) }, News2Input.SpO2, OnScale2).ShouldBe(points);

    [Theory]
    [InlineData(0, 0), InlineData(0.25, 2), InlineData(15, 2)]
    public void air_or_oxygen(double flow, int points) => Part(Well with { Oxygen = new((decimal)flow) }, News2Input.Oxygen).ShouldBe(points);

    [Theory]
    [InlineData(30, 3), InlineData(90, 3), InlineData(91, 2), InlineData(100, 2), InlineData(101, 1), InlineData(110, 1), InlineData(111, 0), InlineData(219, 0), InlineData(220, 3), InlineData(300, 3)]
    public void systolic(int value, int points) => Part(Well with { Systolic = value }, News2Input.Systolic).ShouldBe(points);

    [Theory]
    [InlineData(10, 3), InlineData(40, 3), InlineData(41, 1), InlineData(50, 1), InlineData(51, 0), InlineData(90, 0), InlineData(91, 1), InlineData(110, 1), InlineData(111, 2), InlineData(130, 2), InlineData(131, 3), InlineData(300, 3)]
    public void pulse(int value, int points) => Part(Well with { Pulse = value }, News2Input.Pulse).ShouldBe(points);

    [Theory]
    [InlineData(Acvpu.Alert, 0), InlineData(Acvpu.Confusion, 3), InlineData(Acvpu.Voice, 3), InlineData(Acvpu.Pain, 3), InlineData(Acvpu.Unresponsive, 3)]
    public void consciousness(Acvpu level, int points) => Part(Well with { Consciousness = new(level) }, News2Input.Consciousness).ShouldBe(points);

    [Theory]
    [InlineData(25.0, 3), InlineData(35.0, 3), InlineData(35.1, 1), InlineData(36.0, 1), InlineData(36.1, 0), InlineData(38.0, 0), InlineData(38.1, 1), InlineData(39.0, 1), InlineData(39.1, 2), InlineData(45.0, 2)]
    public void temperature(double value, int points) => Part(Well with { Temperature = (decimal)value }, News2Input.Temperature).ShouldBe(points);

    /// <summary>Per sign, with the oxygen fixed, moving away from the band of 0 points never lowers that sign's points.</summary>
    [Fact]
    public void moving_away_from_the_zero_band_never_lowers_a_signs_points()
    {
        (News2Input Input, VitalSign Sign)[] signs =
        [
            (News2Input.Respiration, VitalSign.Respiration), (News2Input.SpO2, VitalSign.SpO2), (News2Input.Systolic, VitalSign.Systolic),
            (News2Input.Pulse, VitalSign.Pulse), (News2Input.Temperature, VitalSign.Temperature),
        ];
        Prop.ForAll(Gen.Elements(signs).ToArbitrary(), Gen.Choose(0, 600).Two().ToArbitrary(), Gen.Elements((1, false), (1, true), (2, false), (2, true)).ToArbitrary(), (sign, steps, look) =>
        {
            var rule = VitalSignTable.Of(sign.Sign);
            var (lowest, highest) = (rule.Possible.Low!.Value, rule.Possible.High!.Value);
            var values = Enumerable.Range(0, (int)((highest - lowest) / rule.Step) + 1).Select(i => lowest + (i * rule.Step)).ToList();
            int Points(decimal value) => News2Rule.PointsOf(sign.Input, value, null, look.Item1, look.Item2);
            var zero = values.Where(v => Points(v) == 0).ToList();
            decimal At(int step) => values[Math.Min(step, values.Count - 1)];
            var (near, far) = At(steps.Item1) <= At(steps.Item2) ? (At(steps.Item1), At(steps.Item2)) : (At(steps.Item2), At(steps.Item1));
            // Above the band upwards, below it downwards.
            return (near < zero[^1] || Points(far) >= Points(near)) && (far > zero[0] || Points(near) >= Points(far));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(Acvpu.Alert, 16, News2Band.None), InlineData(Acvpu.Voice, 16, News2Band.SingleThree), InlineData(Acvpu.Voice, 22, News2Band.Urgent), InlineData(Acvpu.Voice, 25, News2Band.Urgent)]
    public void a_single_three_and_five_or_six_ask_for_urgent_review(Acvpu level, int respiration, News2Band band) =>
        Score(Well with { Consciousness = new(level), Respiration = respiration })!.Band.ShouldBe(band);

    [Fact]
    public void four_without_a_three_asks_for_nothing_and_seven_is_an_emergency()
    {
        Score(Well with { Respiration = 22, SpO2 = 93 })!.ShouldSatisfyAllConditions(s => s.Points.ShouldBe(4), s => s.Band.ShouldBe(News2Band.None));
        Score(Well with { Respiration = 22, SpO2 = 93, Oxygen = new(1), Pulse = 95 })!.ShouldSatisfyAllConditions(s => s.Points.ShouldBe(7), s => s.Band.ShouldBe(News2Band.Emergency));
    }

    [Fact]
    public void a_set_that_lacks_an_input_is_partial_and_says_what_is_missing()
    {
        var score = Score(Well with { Consciousness = null, Respiration = 24, SpO2 = 89 })!;
        score.IsTotal.ShouldBeFalse();
        score.Points.ShouldBe(5);
        score.Missing.ShouldBe([News2Input.Consciousness]);
        score.Band.ShouldBe(News2Band.Urgent);
    }

    [Fact]
    public void oxygen_that_was_not_said_is_missing_and_never_taken_for_air()
    {
        Score(Well with { Oxygen = null })!.Missing.ShouldBe([News2Input.Oxygen]);
        Score(Well with { Oxygen = null, SpO2 = 97 }, OnScale2)!.Missing.ShouldBe([News2Input.SpO2, News2Input.Oxygen]);
        Score(Well with { Oxygen = null, SpO2 = 86 }, OnScale2)!.Missing.ShouldBe([News2Input.Oxygen]);
    }

    [Fact]
    public void a_set_without_any_input_is_not_judged_at_all() => Score(new Vitals(Clock.Now) { Weight = 45 }).ShouldBeNull();

    [Fact]
    public void breaths_that_a_ventilator_makes_are_no_input() =>
        Score(Well with { Ventilated = true })!.Missing.ShouldBe([News2Input.Respiration]);

    [Fact]
    public void the_japan_coma_scale_beside_it_changes_nothing()
    {
        Score(Well with { Consciousness = new(Acvpu.Alert, 1) })!.Points.ShouldBe(0);
        Score(Well with { Consciousness = new(Acvpu.Confusion, 1) })!.Points.ShouldBe(3);
    }

    [Fact]
    public void inputs_of_other_sets_within_30_minutes_make_a_total_and_older_ones_do_not()
    {
        var half = new Vitals(Clock.Now) { SpO2 = 97, Oxygen = new(0), Consciousness = new(Acvpu.Alert) };
        var rest = Well with { SpO2 = 80, Oxygen = null, Consciousness = null };
        News2? With(params int[] minutes) => Score(half, People.Okamoto with { Nearby = [.. minutes.Select(m => rest with { MeasuredAt = Clock.Now.AddMinutes(m) })] });

        var total = With(-30)!;
        total.IsTotal.ShouldBeTrue();
        total.Points.ShouldBe(0, "the set's own saturation counts, not the other's");
        total.Parts.Single(p => p.Input == News2Input.Pulse).MeasuredAt.ShouldBe(Clock.Now.AddMinutes(-30));
        total.Parts.Single(p => p.Input == News2Input.SpO2).MeasuredAt.ShouldBeNull();
        With(30)!.IsTotal.ShouldBeTrue("a set that arrives late is completed by what was measured after it");
        With(-31)!.IsTotal.ShouldBeFalse();
        With(31)!.IsTotal.ShouldBeFalse();
    }

    [Fact]
    public void sets_before_and_after_are_not_put_together_over_more_than_30_minutes()
    {
        var one = new Vitals(Clock.Now) { SpO2 = 97, Oxygen = new(0), Consciousness = new(Acvpu.Alert) };
        var score = Score(one, People.Okamoto with
        {
            Nearby = [new Vitals(Clock.Ago(25)) { Respiration = 16, Temperature = 36.5m }, new Vitals(Clock.Ago(-25)) { Systolic = 126, Pulse = 78 }],
        });
        score!.IsTotal.ShouldBeFalse();
    }

    [Fact]
    public void the_nearest_of_two_sets_counts() =>
        Score(new Vitals(Clock.Now) { SpO2 = 97 }, People.Okamoto with { Nearby = [new Vitals(Clock.Ago(20)) { Pulse = 140 }, new Vitals(Clock.Ago(5)) { Pulse = 80 }] })!
            .Parts.Single(p => p.Input == News2Input.Pulse).Value.ShouldBe(80);

    [Fact]
    public void a_child_is_not_scored_and_a_person_is_from_the_sixteenth_birthday_on()
    {
        Score(Well, People.Child)!.NotScored.ShouldBe(News2NotScored.Under16);
        var born = People.Child with { BirthDate = Today.AddYears(-16) };
        News2Rule.Of(Well with { MeasuredAt = JapanTime.At(Today, new TimeOnly(0, 1)) }, born)!.IsTotal.ShouldBeTrue();
        News2Rule.Of(Well with { MeasuredAt = JapanTime.At(Today.AddDays(-1), new TimeOnly(23, 59)) }, born)!.NotScored.ShouldBe(News2NotScored.Under16);
    }

    [Fact]
    public void without_a_birth_date_nobody_is_scored()
    {
        var score = Score(Well with { SpO2 = 80 }, People.Okamoto with { BirthDate = null })!;
        score.NotScored.ShouldBe(News2NotScored.BirthDateUnknown);
        score.Parts.ShouldBeEmpty();
        score.Band.ShouldBe(News2Band.None);
        score.IsTotal.ShouldBeFalse();
    }

    [Theory]
    [InlineData(News2OffReason.EndOfLife), InlineData(News2OffReason.Ventilated), InlineData(News2OffReason.SpinalCordInjury), InlineData(News2OffReason.Pregnancy), InlineData(News2OffReason.Other)]
    public void whom_the_physician_switched_off_is_not_scored_from_that_day_on(News2OffReason reason)
    {
        var off = People.Okamoto with { News2Off = new News2Off(reason, Today) };
        Score(Well, off)!.NotScored.ShouldBe(News2NotScored.SwitchedOff);
        News2Rule.Of(Well with { MeasuredAt = Clock.Now.AddDays(-1) }, off)!.NotScored.ShouldBeNull();
    }

    [Fact]
    public void scale_2_holds_from_the_day_of_the_decision_on()
    {
        var patient = People.Okamoto with { Scale2 = Scale2 with { DecidedOn = Today } };
        Score(Well, patient)!.Scale.ShouldBe(2);
        News2Rule.Of(Well with { MeasuredAt = Clock.Now.AddDays(-1) }, patient)!.Scale.ShouldBe(1);
    }

    [Theory]
    [InlineData(87, 0, AlertSide.Below), InlineData(88, 0, null), InlineData(96, 0, null), InlineData(92, 1, null), InlineData(93, 1, AlertSide.Above)]
    public void on_scale_2_too_much_saturation_on_oxygen_stands_out_as_well(int value, int flow, AlertSide? side) =>
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = value, Oxygen = new(flow) }, OnScale2).Select(a => (AlertSide?)a.Side).ShouldBe(side is null ? [] : [side]);

    private static PatientCard OnScale2 => People.Okamoto with { Scale2 = Scale2 };

    private static News2? Score(Vitals vitals, PatientCard? patient = null) => News2Rule.Of(vitals, patient ?? People.Okamoto);

    private static int Part(Vitals vitals, News2Input input, PatientCard? patient = null) => Score(vitals, patient)!.Parts.Single(p => p.Input == input).Points;
}
