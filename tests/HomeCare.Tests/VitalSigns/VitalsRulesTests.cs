using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>The table "Vital signs" of the care rules, cell by cell.</summary>
public sealed class VitalsRulesTests
{
    private static readonly Guid Id = Ids.Of("measurement");

    public static TheoryData<VitalSign, string, string> ImpossibleEnds => new()
    {
        { VitalSign.Temperature, "24.9", "45.1" }, { VitalSign.Pulse, "9", "301" }, { VitalSign.Respiration, "-1", "121" },
        { VitalSign.Diastolic, "9", "201" }, { VitalSign.SpO2, "29", "101" }, { VitalSign.OxygenFlow, "-0.25", "15.25" },
        { VitalSign.Glucose, "9", "1001" }, { VitalSign.Weight, "0.2", "300.1" }, { VitalSign.Pain, "-1", "11" },
        { VitalSign.Intake, "-1", "5001" }, { VitalSign.Output, "-1", "5001" }, { VitalSign.Stool, "0", "8" },
    };

    public static TheoryData<VitalSign, string, string> PossibleEnds => new()
    {
        { VitalSign.Temperature, "25.0", "45.0" }, { VitalSign.Pulse, "10", "300" }, { VitalSign.Respiration, "0", "120" },
        { VitalSign.SpO2, "30", "100" }, { VitalSign.OxygenFlow, "0", "15" }, { VitalSign.Glucose, "10", "1000" },
        { VitalSign.Weight, "0.3", "300" }, { VitalSign.Pain, "0", "10" }, { VitalSign.Intake, "0", "5000" }, { VitalSign.Stool, "1", "7" },
    };

    public static TheoryData<VitalSign, string, string> UsualEnds => new()
    {
        { VitalSign.Temperature, "33.9", "41.1" }, { VitalSign.Pulse, "39", "151" }, { VitalSign.Respiration, "7", "41" },
        { VitalSign.SpO2, "79", "79" }, { VitalSign.OxygenFlow, "7.25", "7.25" }, { VitalSign.Glucose, "49", "501" }, { VitalSign.Intake, "2001", "2001" },
    };

    [Theory, MemberData(nameof(ImpossibleEnds))]
    public void what_cannot_be_is_refused_even_when_confirmed(VitalSign sign, string low, string high)
    {
        foreach (var value in new[] { low, high })
        {
            When(Of(sign, value) with { Confirmed = [sign] }).IsInvalid(Field(sign), "vitals.impossible");
        }
    }

    [Theory, MemberData(nameof(PossibleEnds))]
    public void the_ends_of_what_can_be_are_taken_once_confirmed(VitalSign sign, string low, string high)
    {
        foreach (var value in new[] { low, high })
        {
            When(Of(sign, value) with { Confirmed = [sign] }).Accepted<VitalsRecorded>();
        }
    }

    [Theory, MemberData(nameof(UsualEnds))]
    public void the_unusual_asks_to_look_again_and_is_taken_once_confirmed(VitalSign sign, string low, string high)
    {
        foreach (var value in new[] { low, high })
        {
            When(Of(sign, value)).IsInvalid(Field(sign), "vitals.look_again");
            When(Of(sign, value) with { Confirmed = [sign] }).Accepted<VitalsRecorded>();
        }
    }

    [Fact]
    public void confirming_one_sign_does_not_confirm_another() =>
        When(new Vitals(Clock.Ago(5)) { Pulse = 160, SpO2 = 75, Confirmed = [VitalSign.Pulse] }).IsInvalid("vitals.spO2", "vitals.look_again");

    [Fact]
    public void systolic_stands_above_diastolic() =>
        When(new Vitals(Clock.Ago(5)) { Systolic = 80, Diastolic = 80 }).IsInvalid("vitals.systolic", "vitals.systolic_not_above_diastolic");

    [Fact]
    public void a_finer_step_than_is_recorded_is_refused() =>
        When(new Vitals(Clock.Ago(5)) { Temperature = 36.55m }).IsInvalid("vitals.temperature", "vitals.too_fine");

    [Fact]
    public void nothing_measured_and_nothing_said_is_no_measurement() =>
        When(new Vitals(Clock.Ago(5))).IsInvalid("vitals", "vitals.empty");

    [Fact]
    public void could_not_measure_is_something_said() =>
        When(new Vitals(Clock.Ago(5)) { NotMeasured = [new(VitalSign.SpO2, NotMeasuredWhy.CouldNotMeasure, "末梢冷感")] }).Accepted<VitalsRecorded>();

    [Fact]
    public void a_meter_that_says_Hi_is_kept_as_Hi() =>
        When(new Vitals(Clock.Ago(5)) { Glucose = new(null, MeterReading.Hi) }).Accepted<VitalsRecorded>().Vitals.Glucose!.Meter.ShouldBe(MeterReading.Hi);

    [Fact]
    public void a_meter_says_a_number_or_Hi_and_not_both() =>
        When(new Vitals(Clock.Ago(5)) { Glucose = new(400, MeterReading.Hi) }).IsInvalid("vitals.glucose", "vitals.glucose_number_or_meter");

    [Fact]
    public void the_coma_scale_has_ten_values()
    {
        When(new Vitals(Clock.Ago(5)) { Consciousness = new(Acvpu.Voice, 15) }).IsInvalid("vitals.consciousness.jcs", "field.not_a_choice");
        When(new Vitals(Clock.Ago(5)) { Consciousness = new(Acvpu.Voice, 20) }).Accepted<VitalsRecorded>();
    }

    [Fact]
    public void a_time_to_come_is_refused_beyond_what_clocks_differ()
    {
        When(new Vitals(Clock.Now.AddMinutes(6)) { Pulse = 80 }).IsInvalid("vitals.measuredAt", "time.in_future");
        When(new Vitals(Clock.Now.AddMinutes(4)) { Pulse = 80 }).Accepted<VitalsRecorded>();
    }

    [Fact]
    public void a_helper_measures_temperature_pressure_and_saturation_and_no_more()
    {
        When(new Vitals(Clock.Ago(5)) { Temperature = 36.8m, Systolic = 130, Diastolic = 70, Pulse = 80, SpO2 = 97 }, People.Helper).Accepted<VitalsRecorded>();
        When(new Vitals(Clock.Ago(5)) { Glucose = new(120) }, People.Helper).IsForbidden("vitals.not_for_helpers");
        When(new Vitals(Clock.Ago(5)) { Respiration = 18 }, People.Helper).IsForbidden("vitals.not_for_helpers");
    }

    [Fact]
    public void a_helper_reads_the_oxygen_flow_off_the_device_and_no_glucose_meter_at_all()
    {
        When(new Vitals(Clock.Ago(5)) { SpO2 = 89, Oxygen = new(1) }, People.Helper).Accepted<VitalsRecorded>();
        When(new Vitals(Clock.Ago(5)) { Glucose = new(null, MeterReading.Hi) }, People.Helper).IsForbidden("vitals.not_for_helpers");
    }

    [Fact]
    public void a_list_holds_neither_nothing_nor_more_than_there_are_signs()
    {
        When(new Vitals(Clock.Ago(5)) { Pulse = 80, NotMeasured = [null!] }).IsInvalid("vitals.notMeasured[0]", "field.required");
        When(new Vitals(Clock.Ago(5)) { Pulse = 80, Confirmed = [.. Enumerable.Repeat(VitalSign.Pulse, 15)] }).IsInvalid("vitals.confirmed", "field.too_many");
    }

    private static Then When(Vitals vitals, Actor? by = null) =>
        Given.Nothing<Measurement>().By(by ?? People.Nurse).When(new RecordVitals(Id, People.Okamoto.PatientId, vitals));

    private static string Field(VitalSign sign) => sign switch
    {
        VitalSign.OxygenFlow => "vitals.oxygen.litresPerMinute",
        VitalSign.Glucose => "vitals.glucose.milligramsPerDecilitre",
        VitalSign.Intake => "vitals.intake.millilitres",
        VitalSign.Output => "vitals.output.millilitres",
        VitalSign.Stool => "vitals.stool.bristol",
        VitalSign.SpO2 => "vitals.spO2",
        _ => "vitals." + char.ToLowerInvariant(sign.ToString()[0]) + sign.ToString()[1..],
    };

    private static Vitals Of(VitalSign sign, string text)
    {
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var at = new Vitals(Clock.Ago(5));
        return sign switch
        {
            VitalSign.Temperature => at with { Temperature = value },
            VitalSign.Pulse => at with { Pulse = value },
            VitalSign.Respiration => at with { Respiration = value },
            VitalSign.Diastolic => at with { Systolic = 210, Diastolic = value },
            VitalSign.SpO2 => at with { SpO2 = value },
            VitalSign.OxygenFlow => at with { Oxygen = new(value) },
            VitalSign.Glucose => at with { Glucose = new(value) },
            VitalSign.Weight => at with { Weight = value },
            VitalSign.Pain => at with { Pain = value },
            VitalSign.Intake => at with { Intake = new(value) },
            VitalSign.Output => at with { Output = new(value) },
            VitalSign.Stool => at with { Stool = new(value) },
            _ => throw new ArgumentOutOfRangeException(nameof(sign)),
        };
    }
}
