using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Admin;

/// <summary>Which people of the list are shown.</summary>
public enum PeopleShow
{
    /// <summary>Those with a place in the community.</summary>
    Active,
    /// <summary>Those who cannot sign in: no account, or no organisation to sign in for.</summary>
    Unable,
    /// <summary>Those whose sign-in is locked at the moment.</summary>
    Locked,
    /// <summary>Those who lost their place.</summary>
    Deactivated,
}

/// <summary>A person and what they sign in with.</summary>
/// <param name="Member">The person.</param>
/// <param name="Accounts">Their accounts; as a rule one.</param>
public sealed record PersonLine(Member Member, IReadOnlyList<AccountLine> Accounts)
{
    private readonly string search = SearchText.Of([Member.Name, Member.Kana, .. Member.Places.Select(p => p.Name), .. Accounts.Select(a => a.User)]);

    /// <summary>Whether the person holds no organisation although their profession acts for one.</summary>
    public bool WithoutPlace => Member.Places.Count == 0 && !IsByName(Member.Profession);

    /// <summary>Whether sign-in is locked at the moment.</summary>
    public bool Locked => Accounts.Any(a => a.Locked);

    /// <summary>Everybody with their accounts.</summary>
    public static IReadOnlyList<PersonLine> Of(IReadOnlyList<Member> members, IReadOnlyList<AccountLine> accounts)
    {
        var byPerson = accounts.ToLookup(a => a.PersonId);
        return [.. members.Select(m => new PersonLine(m, [.. byPerson[m.PersonId]]))];
    }

    /// <summary>Whether a profession has a place of its own, without an organisation.</summary>
    public static bool IsByName(Profession profession) =>
        profession is Profession.Family or Profession.Patient or Profession.Administrator or Profession.Ambulance;

    /// <summary>Whether it belongs to what is shown.</summary>
    public bool Is(PeopleShow show) => show switch
    {
        PeopleShow.Active => Member.Active,
        PeopleShow.Unable => Member.Active && (Accounts.Count == 0 || WithoutPlace),
        PeopleShow.Locked => Member.Active && Locked,
        _ => !Member.Active,
    };

    /// <summary>Whether a name, a reading, an organisation or a sign-in name holds the text.</summary>
    public bool Matches(string? query) => string.IsNullOrWhiteSpace(query) || search.Contains(SearchText.Of(query), StringComparison.Ordinal);
}
