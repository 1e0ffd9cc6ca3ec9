using FsCheck;
using FsCheck.Fluent;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>Which readings are pointed out.</summary>
public sealed class VitalAlertsTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Clock.Now);

    [Theory]
    [InlineData(35.0, true)]
    [InlineData(35.1, false)]
    [InlineData(37.9, false)]
    [InlineData(38.0, true)]
    public void temperature_by_default(double value, bool alert) => Alerted(new Vitals(Clock.Now) { Temperature = (decimal)value }).ShouldBe(alert);

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    [InlineData(109, false)]
    [InlineData(110, true)]
    public void pulse_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { Pulse = value }).ShouldBe(alert);

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void respiration_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { Respiration = value }).ShouldBe(alert);

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    [InlineData(179, false)]
    [InlineData(180, true)]
    public void systolic_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { Systolic = value, Diastolic = 60 }).ShouldBe(alert);

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    [InlineData(100, false)]
    public void saturation_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { SpO2 = value }).ShouldBe(alert);

    [Theory]
    [InlineData(69, true)]
    [InlineData(70, false)]
    [InlineData(299, false)]
    [InlineData(300, true)]
    public void glucose_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { Glucose = new(value) }).ShouldBe(alert);

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void pain_by_default(int value, bool alert) => Alerted(new Vitals(Clock.Now) { Pain = value }).ShouldBe(alert);

    [Fact]
    public void a_meter_at_its_end_is_pointed_out()
    {
        VitalAlerts.Of(new Vitals(Clock.Now) { Glucose = new(null, MeterReading.Hi) }, People.Okamoto).ShouldHaveSingleItem().Side.ShouldBe(AlertSide.Above);
        VitalAlerts.Of(new Vitals(Clock.Now) { Glucose = new(null, MeterReading.Lo) }, People.Okamoto).ShouldHaveSingleItem().Side.ShouldBe(AlertSide.Below);
    }

    [Fact]
    public void the_physicians_range_takes_the_place_of_the_default_and_says_so()
    {
        var patient = People.Okamoto.With(new TargetRange(VitalSign.SpO2, 88, 92, Today.AddDays(-10), null));
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = 89 }, patient).ShouldBeEmpty();
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = 96 }, patient).ShouldHaveSingleItem()
            .ShouldBe(new VitalAlert(VitalSign.SpO2, 96, 92, AlertSide.Above, ByPhysician: true));
    }

    [Fact]
    public void a_range_holds_only_in_its_period()
    {
        var over = People.Okamoto.With(new TargetRange(VitalSign.SpO2, 85, null, Today.AddDays(-10), Today.AddDays(-1)));
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = 88 }, over).ShouldHaveSingleItem().ByPhysician.ShouldBeFalse();
    }

    [Fact]
    public void a_temporary_range_takes_the_place_of_the_standing_one_for_its_days()
    {
        var patient = People.Okamoto.With(
            new TargetRange(VitalSign.SpO2, 88, null, Today.AddDays(-90), null), new TargetRange(VitalSign.SpO2, 92, null, Today.AddDays(-1), Today));
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = 90 }, patient).ShouldHaveSingleItem().Bound.ShouldBe(92);
        VitalAlerts.Of(new Vitals(Clock.Now.AddDays(-2)) { SpO2 = 90 }, patient).ShouldBeEmpty();
        VitalAlerts.Of(new Vitals(Clock.Now.AddDays(1)) { SpO2 = 90 }, patient).ShouldBeEmpty();
    }

    [Fact]
    public void a_child_is_held_against_the_physicians_range_only()
    {
        VitalAlerts.Of(new Vitals(Clock.Now) { Pulse = 128, Respiration = 32 }, People.Child).ShouldBeEmpty();
        VitalAlerts.Of(new Vitals(Clock.Now) { SpO2 = 88 }, People.Child.With(new TargetRange(VitalSign.SpO2, 92, null, Today, null)))
            .ShouldHaveSingleItem().Bound.ShouldBe(92);
    }

    [Fact]
    public void on_the_sixteenth_birthday_the_default_holds_and_not_the_day_before()
    {
        var birthday = new DateOnly(2026, 11, 22);
        var patient = People.Child with { BirthDate = birthday.AddYears(-16) };
        VitalAlerts.Of(new Vitals(JapanTime.At(birthday, new TimeOnly(0, 1))) { Pulse = 120 }, patient).ShouldNotBeEmpty();
        VitalAlerts.Of(new Vitals(JapanTime.At(birthday.AddDays(-1), new TimeOnly(23, 59))) { Pulse = 120 }, patient).ShouldBeEmpty();
    }

    [Fact]
    public void moving_further_outside_never_silences_an_alert()
    {
        var rules = VitalSignTable.All.Where(r => r.Quiet is not null && r.Sign is not (VitalSign.Glucose or VitalSign.Systolic)).ToArray();
        Prop.ForAll(Gen.Elements(rules).ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (rule, start, further) =>
        {
            var quiet = rule.Quiet!.Value;
            var from = quiet.High is { } high ? high + (start * rule.Step) : quiet.Low!.Value - (start * rule.Step);
            var to = quiet.High is not null ? from + (further * rule.Step) : from - (further * rule.Step);
            return !Alerted(Of(rule.Sign, from)) || Alerted(Of(rule.Sign, to));
        }).QuickCheckThrowOnFailure();
    }

    private static Vitals Of(VitalSign sign, decimal value) => sign switch
    {
        VitalSign.Temperature => new(Clock.Now) { Temperature = value },
        VitalSign.Pulse => new(Clock.Now) { Pulse = value },
        VitalSign.Respiration => new(Clock.Now) { Respiration = value },
        VitalSign.SpO2 => new(Clock.Now) { SpO2 = value },
        VitalSign.Pain => new(Clock.Now) { Pain = value },
        _ => throw new ArgumentOutOfRangeException(nameof(sign)),
    };

    private static bool Alerted(Vitals vitals) => VitalAlerts.Of(vitals, People.Okamoto).Count > 0;
}
