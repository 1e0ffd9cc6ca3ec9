using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Visits;

/// <summary>What a visit sheet is opened with.</summary>
/// <param name="Person">Whose home.</param>
/// <param name="Readings">Readings of the last 60 days, oldest first.</param>
/// <param name="Visit">The planned or started visit, if there is one.</param>
/// <param name="Instructions">Instructions that this visitor can take or carry out.</param>
public sealed record Sheet(PatientSummary Person, IReadOnlyList<Reading> Readings, VisitCard? Visit, IReadOnlyList<InstructionCard> Instructions)
{
    /// <summary>The readings of a sign, newest first.</summary>
    public IEnumerable<Reading> Of(VitalSign sign) => Readings.Where(r => r.Sign == sign).Reverse();

    /// <summary>Whether the person is on oxygen, as far as is known: the last SpO₂ was measured on it.</summary>
    public bool OnOxygen => Of(VitalSign.SpO2).FirstOrDefault()?.Oxygen > 0;
}

/// <summary>One tile of the sheet: a sign, or the two of the pressure.</summary>
/// <param name="Key">Name of the tile: <c>pressure</c>, or the sign's field.</param>
/// <param name="Signs">Its signs, in the order of entry.</param>
public sealed record Tile(string Key, IReadOnlyList<VitalSign> Signs)
{
    private static Tile Of(VitalSign sign) => new(VisitDraft.FieldOf(sign), [sign]);

    private static Tile Pressure { get; } = new("pressure", [VitalSign.Systolic, VitalSign.Diastolic]);

    /// <summary>The tiles that always stand on a sheet. A helper measures temperature, automatic pressure with its pulse, and SpO₂.</summary>
    public static IReadOnlyList<Tile> Always(Profession profession) => profession switch
    {
        Profession.Helper => [Of(VitalSign.Temperature), Pressure, Of(VitalSign.Pulse), Of(VitalSign.SpO2)],
        Profession.Family or Profession.Patient => [Pressure, Of(VitalSign.Pulse), Of(VitalSign.Temperature), Of(VitalSign.Weight), Of(VitalSign.Glucose), Of(VitalSign.SpO2)],
        _ => [Of(VitalSign.Temperature), Of(VitalSign.Pulse), Of(VitalSign.Respiration), Pressure, Of(VitalSign.SpO2), Of(VitalSign.Weight)],
    };

    /// <summary>The tiles that are added when needed.</summary>
    public static IReadOnlyList<Tile> More(Profession profession) => profession switch
    {
        Profession.Helper => [Of(VitalSign.Weight), Of(VitalSign.Intake), Of(VitalSign.Output), Of(VitalSign.Stool)],
        Profession.Family or Profession.Patient => [Of(VitalSign.Intake), Of(VitalSign.Stool)],
        _ => [Of(VitalSign.OxygenFlow), Of(VitalSign.Glucose), Of(VitalSign.Pain), Of(VitalSign.Intake), Of(VitalSign.Output), Of(VitalSign.Stool), Of(VitalSign.Height)],
    };

    /// <summary>Whether anything is typed or said of it.</summary>
    public bool IsUsed(VisitDraft draft) => Signs.Any(s => draft[VisitDraft.FieldOf(s)] is not null || draft.SkippedOf(s) is not null)
        || (Signs.Contains(VitalSign.Glucose) && draft["glucoseMeter"] is not null);
}
