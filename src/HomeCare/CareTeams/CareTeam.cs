using System.Collections.Immutable;

namespace HomeCare.CareTeams;

/// <summary>Who cares for a person: organisations with all their staff, and single people such as relatives.</summary>
/// <param name="PatientId">Whose team; null before anybody joined.</param>
/// <param name="Members">Those who belong now, by person or organisation.</param>
public sealed record CareTeam(Guid? PatientId, ImmutableDictionary<Guid, CareTeamJoined> Members) : IState<CareTeam>
{
    /// <summary>The team's stream.</summary>
    public static string StreamOf(Guid patientId) => $"care-team-{patientId}";

    /// <inheritdoc/>
    public static CareTeam Initial { get; } = new(null, ImmutableDictionary<Guid, CareTeamJoined>.Empty);

    /// <inheritdoc/>
    public static string StreamType => "care_team";

    /// <summary>When the actor's own place ends; null when it does not, or when they keep the team without belonging to it. Who stands in for a time
    /// does not lengthen that time, and does not send others away.</summary>
    internal DateTimeOffset? EndOf(Actor by, DateTimeOffset now)
    {
        var own = Members.Values.Where(m => (m.PersonId == by.PersonId || (m.OrganisationId is not null && m.OrganisationId == by.OrganisationId)) && !(m.Until <= now));
        return own.Any(m => m.Until is null) ? null : own.Max(m => m.Until);
    }

    /// <inheritdoc/>
    public CareTeam Apply(object e) => e switch
    {
        CareTeamJoined joined => new(joined.PatientId, Members.SetItem(joined.MemberId, joined)),
        CareTeamLeft left => this with { Members = Members.Remove(left.MemberId) },
        _ => this,
    };
}

/// <summary>A person or an organisation joined a care team.</summary>
/// <param name="PatientId">Whose team.</param>
/// <param name="PersonId">The person; null for an organisation.</param>
/// <param name="OrganisationId">The organisation; null for a person.</param>
/// <param name="Name">Name at the time.</param>
/// <param name="Profession">The person's profession; null for an organisation.</param>
/// <param name="Role">What for, in the team's words: 主治医, 長女.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when; null: until they leave.</param>
public sealed record CareTeamJoined(
    Guid PatientId, Guid? PersonId, Guid? OrganisationId, string Name, Profession? Profession, string? Role, DateTimeOffset From, DateTimeOffset? Until) : IPatientEvent
{
    /// <summary>The person or the organisation.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid MemberId => PersonId ?? OrganisationId ?? Guid.Empty;
}

/// <summary>A person or an organisation left a care team; from this moment they see nothing of the record.</summary>
public sealed record CareTeamLeft(Guid PatientId, Guid MemberId, string Name, string? Reason) : IPatientEvent;
