using HomeCare.Organisations;
using HomeCare.Patients;

namespace HomeCare.Web.Timeline;

/// <summary>Somebody to telephone.</summary>
/// <param name="Name">Whom.</param>
/// <param name="Telephone">As dialled.</param>
public sealed record Call(string Name, string Telephone)
{
    /// <summary>The address that dials.</summary>
    public string Address => "tel:" + string.Concat(Telephone.Where(c => char.IsAsciiDigit(c) || c == '+'));

    /// <summary>Whom this reader calls about something that an author has written: the clinic, and where that is the reader's own,
    /// the organisation that wrote. Null when no telephone is known.</summary>
    public static Call? About(Author author, Actor by, IReadOnlyList<TeamMember> team)
    {
        var reachable = team.Where(m => m.Telephone is { Length: > 0 } && (m.OrganisationId is null || m.OrganisationId != by.OrganisationId)).ToList();
        var member = by.Profession is Profession.Physician
            ? reachable.FirstOrDefault(m => m.OrganisationId is not null && m.OrganisationId == author.OrganisationId)
            : reachable.FirstOrDefault(m => m.Profession == Profession.Physician) ?? reachable.FirstOrDefault(m => m.OrganisationKind == OrganisationKind.Clinic);
        return member is null ? null : new Call(member.Name, member.Telephone!);
    }

    /// <summary>Whom this reader calls about something urgent: the clinic, and a physician of the clinic the nursing station. Null when no telephone is known.</summary>
    public static Call? Urgent(Actor by, IReadOnlyList<TeamMember> team) =>
        team.Where(m => m is { Telephone.Length: > 0, OrganisationKind: OrganisationKind.Clinic or OrganisationKind.NursingStation } && m.OrganisationId != by.OrganisationId)
            .MinBy(m => m.OrganisationKind) is { } office ? new Call(office.Name, office.Telephone!) : null;
}
