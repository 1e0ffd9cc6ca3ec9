using HomeCare.Medicines;

namespace HomeCare.Tests.Medicines;

/// <summary>Medicines recorded and stopped.</summary>
public sealed class MedicineTests
{
    private static readonly Guid Id = Ids.Of("medicine");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly SourceIdentifier Source = new("fhir", "MedicationRequest/1");
    private static readonly Prescription Furosemide = new("フロセミド錠20mg", null, "1回1錠 1日1回 朝食後", "内服", new DateOnly(2026, 11, 1), 28, "28錠", "佐藤 健一", PrescriptionStatus.Active);

    [Fact]
    public void a_prescription_is_recorded_once()
    {
        Given.Nothing<Medicine>().By(People.Physician).When(new RecordMedicine(Id, Patient, Furosemide)).Happens(new MedicineRecorded(Id, Patient, Furosemide, null));
        var known = Given.Events<Medicine>(new MedicineRecorded(Id, Patient, Furosemide, null)).By(People.Physician);
        known.When(new RecordMedicine(Id, Patient, Furosemide)).IsAlreadySo();
        known.When(new RecordMedicine(Id, Patient, Furosemide with { Days = 14 })).IsRefused("medicine.already_recorded");
    }

    [Fact]
    public void its_source_changes_it_and_not_for_another_person()
    {
        var known = Given.Events<Medicine>(new MedicineRecorded(Id, Patient, Furosemide, Source));
        known.When(new RecordMedicine(Id, Patient, Furosemide with { Status = PrescriptionStatus.Completed }, Source)).Accepted<MedicineRecorded>();
        known.When(new RecordMedicine(Id, Ids.Of("test", "spouse"), Furosemide, Source)).IsRefused("medicine.already_recorded");
    }

    [Fact]
    public void a_medicine_is_not_stopped_before_it_began()
    {
        var known = Given.Events<Medicine>(new MedicineRecorded(Id, Patient, Furosemide, null)).By(People.Physician);
        known.When(new StopMedicine(Id, new DateOnly(2026, 10, 31), "浮腫改善")).IsInvalid("stoppedOn", "time.ends_before_start");
        known.When(new StopMedicine(Id, new DateOnly(2026, 11, 22), "浮腫改善")).Accepted<MedicineStopped>().Name.ShouldBe("フロセミド錠20mg");
    }

    [Fact]
    public void the_days_of_a_prescription_are_countable() =>
        Given.Nothing<Medicine>().By(People.Physician).When(new RecordMedicine(Id, Patient, Furosemide with { Days = 0 })).IsInvalid("prescription.days", "medicine.days");

    [Fact]
    public void a_medicine_still_taken_today_is_not_stopped_yet() =>
        Given.Events<Medicine>(new MedicineRecorded(Id, Patient, Furosemide, null)).By(People.Physician)
            .When(new StopMedicine(Id, new DateOnly(2026, 11, 23), "週末で終了")).IsInvalid("stoppedOn", "time.in_future");

    [Fact]
    public void a_last_day_that_no_calendar_has_is_refused() =>
        Given.Nothing<Medicine>().By(People.Physician).When(new RecordMedicine(Id, Patient, Furosemide with { StartOn = DateOnly.MaxValue }))
            .IsInvalid("prescription.startOn", "time.too_far_ahead");
}
