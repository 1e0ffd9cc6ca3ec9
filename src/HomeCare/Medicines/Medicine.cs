namespace HomeCare.Medicines;

/// <summary>A medicine that a person takes or took.</summary>
/// <param name="Recorded">What is known of it; null before.</param>
/// <param name="Stopped">Whether it was stopped.</param>
public sealed record Medicine(MedicineRecorded? Recorded, bool Stopped) : IState<Medicine>
{
    /// <summary>The medicine's stream.</summary>
    public static string StreamOf(Guid id) => $"medicine-{id}";

    /// <inheritdoc/>
    public static Medicine Initial { get; } = new(null, false);

    /// <inheritdoc/>
    public static string StreamType => "medicine";

    /// <inheritdoc/>
    public Medicine Apply(object e) => e switch
    {
        MedicineRecorded recorded => new(recorded, recorded.Prescription.Status is PrescriptionStatus.Stopped),
        MedicineStopped => this with { Stopped = true },
        _ => this,
    };
}

/// <summary>A prescription line as written.</summary>
/// <param name="Name">Name of the medicine, at most 200 characters.</param>
/// <param name="Codes">From published lists (YJ, HOT, 厚生労働省一般名).</param>
/// <param name="Dosage">How it is taken, in words: 1回1錠 1日3回 毎食後; at most 500 characters.</param>
/// <param name="Route">Way of taking, at most 50 characters.</param>
/// <param name="StartOn">First day.</param>
/// <param name="Days">For how many days, 1–3,650; null: open.</param>
/// <param name="Quantity">Amount supplied, in words; at most 50 characters.</param>
/// <param name="Prescriber">Who prescribed, by name; at most 100 characters.</param>
/// <param name="Status">Whether it is taken now.</param>
public sealed record Prescription(
    string Name, IReadOnlyList<Code>? Codes, string? Dosage, string? Route, DateOnly StartOn, int? Days, string? Quantity, string? Prescriber, PrescriptionStatus Status);

/// <summary>Whether a medicine is taken now.</summary>
public enum PrescriptionStatus
{
    /// <summary>服用中</summary>
    Active,
    /// <summary>終了</summary>
    Completed,
    /// <summary>中止</summary>
    Stopped,
    /// <summary>保留</summary>
    OnHold,
    /// <summary>誤記</summary>
    EnteredInError,
}

/// <summary>A medicine was recorded, or recorded anew as its source now has it.</summary>
public sealed record MedicineRecorded(Guid MedicineId, Guid PatientId, Prescription Prescription, SourceIdentifier? Source) : IPatientEvent;

/// <summary>A medicine was stopped.</summary>
public sealed record MedicineStopped(Guid MedicineId, Guid PatientId, string Name, DateOnly StoppedOn, string Reason) : IPatientEvent;
