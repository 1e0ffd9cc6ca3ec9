using HomeCare.Patients;

namespace HomeCare.Web.Instructions;

/// <summary>Which telephone reaches somebody of a care team: that of the organisation they act for.</summary>
public static class Calls
{
    /// <summary>The telephone as dialled; null when none is known.</summary>
    /// <param name="team">The care team.</param>
    /// <param name="personId">Whom to reach.</param>
    /// <param name="organisation">Name of the organisation they act for.</param>
    public static string? To(IReadOnlyList<TeamMember> team, Guid? personId, string? organisation) =>
        (team.FirstOrDefault(m => organisation is not null && m.OrganisationId is not null && m.Name == organisation && m.Telephone is not null)
            ?? team.FirstOrDefault(m => personId is not null && m.PersonId == personId && m.Telephone is not null))?.Telephone;

    /// <summary>The address that a telephone dials: digits and a leading plus.</summary>
    public static string Address(string telephone) => "tel:" + string.Concat(telephone.Where(c => char.IsAsciiDigit(c) || c == '+'));
}
