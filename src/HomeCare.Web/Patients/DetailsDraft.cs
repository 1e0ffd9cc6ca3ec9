using HomeCare.Patients;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Patients;

/// <summary>Identity and address while they are typed.</summary>
public sealed class DetailsDraft
{
    /// <summary>The most telephones.</summary>
    public const int MostTelephones = 5;

    private readonly Dictionary<string, string?> typed = [];
    private readonly List<string?> telephones;
    private readonly PatientDetails? known;

    /// <summary>Begins empty.</summary>
    public DetailsDraft() => telephones = [null];

    /// <summary>Begins with what is known, and room for one more telephone.</summary>
    public DetailsDraft(PatientDetails known)
    {
        this.known = known;
        Sex = known.Sex;
        (this["family"], this["given"], this["familyKana"], this["givenKana"]) = (known.Family, known.Given, known.FamilyKana, known.GivenKana);
        (this["birthDate"], this["postalCode"], this["address"]) = (LocalTime.OfDay(known.BirthDate), known.PostalCode, known.Address);
        telephones = [.. known.Telephones ?? []];
        if (telephones.Count < MostTelephones)
        {
            telephones.Add(null);
        }
    }

    /// <summary>A field as typed, by its name in <see cref="PatientDetails"/>.</summary>
    public string? this[string field]
    {
        get => typed.GetValueOrDefault(field);
        set => typed[field] = value;
    }

    /// <summary>Administrative sex.</summary>
    public Sex Sex { get; set; } = Sex.Unknown;

    /// <summary>How many telephones there is room for.</summary>
    public int Telephones => telephones.Count;

    /// <summary>A telephone as typed.</summary>
    public string? Telephone(int index) => telephones[index];

    /// <summary>Types a telephone.</summary>
    public void Telephone(int index, string? text) => telephones[index] = text;

    /// <summary>What was typed. Numbers by which others know the person stay as they are.</summary>
    public PatientDetails Details
    {
        get
        {
            List<string> dialled = [.. telephones.Select(Typed.Text).OfType<string>()];
            return new PatientDetails(
                Typed.Text(this["family"]) ?? "", Typed.Text(this["given"]) ?? "", Typed.Text(this["familyKana"]), Typed.Text(this["givenKana"]),
                LocalTime.ParseDay(this["birthDate"]), Sex, Typed.Text(this["postalCode"]), Typed.Text(this["address"]),
                dialled.Count > 0 ? dialled : null, known?.Identifiers);
        }
    }
}
