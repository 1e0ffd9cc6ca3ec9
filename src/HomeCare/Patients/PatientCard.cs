using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>What decisions need to know of the person cared for.</summary>
/// <param name="PatientId">Who.</param>
/// <param name="Name">Name in kanji.</param>
/// <param name="BirthDate">Birth date; null when unknown.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Ranges">The physician's ranges, of any period.</param>
public sealed record PatientCard(Guid PatientId, string Name, DateOnly? BirthDate, Sex Sex, IReadOnlyList<TargetRange> Ranges)
{
    /// <summary>The physician's decision not to score with NEWS2; null: the person is scored.</summary>
    public News2Off? News2Off { get; init; }

    /// <summary>The physician's decision for SpO₂ scale 2; null: scale 1.</summary>
    public Scale2Decision? Scale2 { get; init; }

    /// <summary>Other sets of readings, as they stand, measured within <see cref="News2Rule.Within"/> of the one that is judged.</summary>
    public IReadOnlyList<Vitals> Nearby { get; init; } = [];

    /// <summary>Age in whole years; null when the birth date is unknown. Born on 29 February, a year is complete on 1 March.</summary>
    public int? AgeOn(DateOnly day) => BirthDate is { } birth ? Age.On(birth, day) : null;
}

/// <summary>Age in whole years.</summary>
public static class Age
{
    /// <summary>Whole years from birth to the day.</summary>
    public static int On(DateOnly birth, DateOnly day) =>
        day.Year - birth.Year - (day.Month < birth.Month || (day.Month == birth.Month && day.Day < birth.Day) ? 1 : 0);
}

/// <summary>Administrative sex, as FHIR's administrative-gender.</summary>
public enum Sex
{
    /// <summary>女性</summary>
    Female,
    /// <summary>男性</summary>
    Male,
    /// <summary>その他</summary>
    Other,
    /// <summary>不明</summary>
    Unknown,
}
