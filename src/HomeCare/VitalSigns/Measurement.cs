namespace HomeCare.VitalSigns;

/// <summary>Vital signs recorded by themselves, outside a visit's own record.</summary>
/// <param name="Recorded">As first recorded; null before.</param>
/// <param name="Vitals">As they stand after corrections.</param>
/// <param name="InError">True once marked as entered in error.</param>
public sealed record Measurement(VitalsRecorded? Recorded, Vitals? Vitals, bool InError) : IState<Measurement>
{
    /// <summary>Whether this actor may correct it or take it back: clinical staff whatever the team measured;
    /// a helper, the person and relatives what they recorded themselves.</summary>
    internal bool IsCorrectedBy(Actor by) =>
        by.Profession is not (Profession.Helper or Profession.Family or Profession.Patient) || Recorded?.RecorderId == by.PersonId;

    /// <summary>The measurement's stream.</summary>
    public static string StreamOf(Guid id) => $"vitals-{id}";

    /// <inheritdoc/>
    public static Measurement Initial { get; } = new(null, null, false);

    /// <inheritdoc/>
    public static string StreamType => "measurement";

    /// <inheritdoc/>
    public Measurement Apply(object e) => e switch
    {
        VitalsRecorded recorded => this with { Recorded = recorded, Vitals = recorded.Vitals },
        VitalsCorrected corrected => this with { Vitals = corrected.Vitals },
        VitalsEnteredInError => this with { InError = true },
        _ => this,
    };
}

/// <summary>Vital signs were recorded.</summary>
/// <param name="MeasurementId">The measurement.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Vitals">What was measured.</param>
/// <param name="Alerts">What lay outside, judged when it was recorded.</param>
/// <param name="VisitId">The visit during which it was measured, if one.</param>
/// <param name="Comment">In words.</param>
/// <param name="Source">Where it came from, if from another system.</param>
/// <param name="MeasuredBy">Who measured, where the source says and it is somebody else than the one who recorded.</param>
/// <param name="RecorderId">Who recorded.</param>
/// <param name="Clock">How the clock stood by which the time was taken.</param>
/// <param name="News2">The score, judged when it was recorded; null: nothing that scores was measured, or recorded before scores were.</param>
public sealed record VitalsRecorded(
    Guid MeasurementId, Guid PatientId, Vitals Vitals, IReadOnlyList<VitalAlert> Alerts, Guid? VisitId, string? Comment,
    SourceIdentifier? Source, string? MeasuredBy, Guid? RecorderId = null, DeviceClock? Clock = null, News2? News2 = null) : IPatientEvent;

/// <summary>Vital signs were corrected; those before stay readable in the stream.</summary>
/// <param name="SourceId">The visit or measurement they belong to.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Vitals">As they should have been, whole.</param>
/// <param name="Alerts">What lies outside now.</param>
/// <param name="Reason">Why.</param>
/// <param name="TeamOnly">Not shown to the person and relatives.</param>
/// <param name="News2">The score of the corrected readings, judged when they were corrected.</param>
public sealed record VitalsCorrected(Guid SourceId, Guid PatientId, Vitals Vitals, IReadOnlyList<VitalAlert> Alerts, string Reason, bool TeamOnly = false,
    News2? News2 = null)
    : IPatientEvent, ITeamOnly;

/// <summary>A measurement should never have been there.</summary>
public sealed record VitalsEnteredInError(Guid MeasurementId, Guid PatientId, string Reason) : IPatientEvent;
