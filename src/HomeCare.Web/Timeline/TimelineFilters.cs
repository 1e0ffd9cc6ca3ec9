using HomeCare.Timeline;

namespace HomeCare.Web.Timeline;

/// <summary>What a timeline is filtered by, as its address says it.</summary>
/// <param name="Key">Kind of entry.</param>
/// <param name="ByKey">Whose entries.</param>
public sealed record TimelineFilters(string Key, string ByKey)
{
    /// <summary>The kinds, in the order of their tabs.</summary>
    public static IReadOnlyList<KeyValuePair<string, EntryGroups>> Groups { get; } =
    [
        new("all", EntryGroups.Lines), new("visits", EntryGroups.Visits), new("vitals", EntryGroups.Vitals),
        new("instructions", EntryGroups.Instructions), new("medicines", EntryGroups.Medicines),
    ];

    /// <summary>Whose entries, by trade.</summary>
    public static IReadOnlyDictionary<string, Profession[]> Writers { get; } = new Dictionary<string, Profession[]>
    {
        ["all"] = [],
        ["physician"] = [Profession.Physician, Profession.Dentist],
        ["nurse"] = [Profession.Nurse, Profession.PublicHealthNurse, Profession.Midwife, Profession.AssistantNurse],
        ["pharmacist"] = [Profession.Pharmacist],
        ["care-manager"] = [Profession.CareManager],
        ["helper"] = [Profession.Helper],
        ["therapist"] = [Profession.PhysicalTherapist, Profession.OccupationalTherapist, Profession.SpeechTherapist],
        ["family"] = [Profession.Family, Profession.Patient],
        ["import"] = [Profession.Import],
    };

    /// <summary>What the address asks for; what it does not know shows everything.</summary>
    public static TimelineFilters Of(string? show, string? by) => new(
        Groups.Any(g => g.Key == show) ? show! : "all",
        by is not null && Writers.ContainsKey(by) ? by : "all");

    /// <summary>As it is read.</summary>
    public TimelineFilter Filter => new(Groups.First(g => g.Key == Key).Value, Writers[ByKey]);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsEverything => (Key, ByKey) == ("all", "all");

    /// <summary>The address's query; empty when nothing is left out.</summary>
    public string Query => (Key, ByKey) switch
    {
        ("all", "all") => "",
        ("all", _) => $"?by={ByKey}",
        (_, "all") => $"?show={Key}",
        _ => $"?show={Key}&by={ByKey}",
    };
}
