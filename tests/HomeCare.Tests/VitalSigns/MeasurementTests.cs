using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>Vital signs recorded by themselves, corrected, and taken back.</summary>
public sealed class MeasurementTests
{
    private static readonly Guid Id = Ids.Of("measurement");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly SourceIdentifier Source = new("fhir", "Observation/1");
    private static readonly Vitals First = new(Clock.Ago(30)) { Pulse = 80 };
    private static readonly VitalsRecorded Recorded = new(Id, Patient, First, [], null, null, null, null);

    [Fact]
    public void what_was_measured_is_recorded_with_what_lay_outside() =>
        Given.Nothing<Measurement>().When(new RecordVitals(Id, Patient, new Vitals(Clock.Ago(5)) { SpO2 = 88 }))
            .Accepted<VitalsRecorded>().Alerts.ShouldHaveSingleItem().Bound.ShouldBe(90);

    [Fact]
    public void the_same_identifier_for_another_measurement_is_refused() =>
        Given.Events<Measurement>(Recorded).When(new RecordVitals(Id, Patient, First with { Pulse = 90 })).IsRefused("vitals.already_recorded");

    [Fact]
    public void the_same_source_with_other_values_corrects() =>
        Given.Events<Measurement>(Recorded with { Source = Source }).By(Actor.Importing("test", "fhir"))
            .When(new RecordVitals(Id, Patient, First with { Pulse = 90 }, Source: Source)).Accepted<VitalsCorrected>().Vitals.Pulse.ShouldBe(90);

    [Fact]
    public void the_same_source_with_the_same_values_changes_nothing() =>
        Given.Events<Measurement>(Recorded with { Source = Source }).When(new RecordVitals(Id, Patient, First, Source: Source)).IsAlreadySo();

    [Fact]
    public void a_correction_is_judged_anew() =>
        Given.Events<Measurement>(Recorded).When(new CorrectMeasurement(Id, First with { Pulse = 120 }, "入力誤り"))
            .Accepted<VitalsCorrected>().Alerts.ShouldHaveSingleItem().Sign.ShouldBe(VitalSign.Pulse);

    [Fact]
    public void a_correction_says_why() =>
        Given.Events<Measurement>(Recorded).When(new CorrectMeasurement(Id, First with { Pulse = 120 }, "")).IsInvalid("reason", "field.required");

    [Fact]
    public void what_was_entered_in_error_is_not_corrected() =>
        Given.Events<Measurement>(Recorded, new VitalsEnteredInError(Id, Patient, "別の方")).When(new CorrectMeasurement(Id, First with { Pulse = 70 }, "再測定"))
            .IsRefused("vitals.entered_in_error");

    [Fact]
    public void taking_back_twice_is_harmless() =>
        Given.Events<Measurement>(Recorded, new VitalsEnteredInError(Id, Patient, "別の方")).When(new EnterVitalsInError(Id, "別の方")).IsAlreadySo();

    [Theory]
    [InlineData(Profession.Helper)]
    [InlineData(Profession.Family)]
    [InlineData(Profession.Patient)]
    public void helpers_relatives_and_the_person_correct_and_take_back_their_own_readings_only(Profession profession)
    {
        var actor = People.As(profession);
        var others = Given.Events<Measurement>(Recorded with { RecorderId = People.Nurse.PersonId }).By(actor);
        others.When(new CorrectMeasurement(Id, First with { Pulse = 70 }, "違います")).IsForbidden("vitals.of_another");
        others.When(new EnterVitalsInError(Id, "違います")).IsForbidden("vitals.of_another");
        var own = Given.Nothing<Measurement>().By(actor).When(new RecordVitals(Id, Patient, First)).Accepted<VitalsRecorded>();
        Given.Events<Measurement>(own).By(actor).When(new CorrectMeasurement(Id, First with { Pulse = 70 }, "読み違い")).Accepted<VitalsCorrected>();
        Given.Events<Measurement>(own).By(actor).When(new EnterVitalsInError(Id, "読み違い")).Accepted<VitalsEnteredInError>();
    }

    [Fact]
    public void only_the_source_itself_corrects_by_sending_again() =>
        Given.Events<Measurement>(Recorded with { Source = Source }).By(People.As(Profession.Family))
            .When(new RecordVitals(Id, Patient, First with { Pulse = 90 }, Source: Source)).IsRefused("vitals.already_recorded");

    [Fact]
    public void what_people_struck_out_stays_so_when_its_source_sends_it_changed()
    {
        var struck = Given.Events<Measurement>(Recorded with { Source = Source }, new VitalsEnteredInError(Id, Patient, "別の方")).By(Actor.Importing("test", "fhir"));
        struck.When(new RecordVitals(Id, Patient, First with { Pulse = 90 }, Source: Source)).IsRefused("vitals.entered_in_error");
        struck.When(new RecordVitals(Id, Patient, First, Source: Source)).IsAlreadySo();
    }
}
