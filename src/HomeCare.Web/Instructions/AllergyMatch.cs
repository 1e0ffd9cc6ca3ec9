using HomeCare.Patients;

namespace HomeCare.Web.Instructions;

/// <summary>Whether words name a substance that a person is recorded as allergic to. It compares names only: it knows no classes of
/// medicine and no interactions, and says so where it is shown.</summary>
public static class AllergyMatch
{
    private static readonly string[] Endings = ["アレルギー", "過敏症", "抗菌薬", "抗生物質", "製剤", "系"];

    /// <summary>The allergies that the words name.</summary>
    public static IReadOnlyList<Allergy> Of(string? words, IEnumerable<Allergy> allergies)
    {
        var said = SearchText.Of(words);
        return said.Length < 2 ? [] : [.. allergies.Where(a => a.Status == AllergyStatus.Active && Names(said, Stem(a.Substance)))];
    }

    private static bool Names(string said, string substance) =>
        substance.Length > 1 && (said.Contains(substance, StringComparison.Ordinal) || substance.Contains(said, StringComparison.Ordinal));

    private static string Stem(string substance)
    {
        // One after the other, from the outside in: ペニシリン系抗菌薬 is ペニシリン.
        var stem = SearchText.Of(substance);
        foreach (var ending in Endings.Select(e => SearchText.Of(e)))
        {
            stem = stem.EndsWith(ending, StringComparison.Ordinal) ? stem[..^ending.Length] : stem;
        }

        return stem;
    }
}
