using HomeCare.EventStore;

namespace HomeCare.CareTeams;

/// <summary>Who belongs to whose care team, from when until when. Access rests on it.</summary>
public sealed class CareTeamsView : IView
{
    /// <inheritdoc/>
    public string Name => "care_teams";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["care_team"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table care_team (tenant_id text not null, patient_id uuid not null, member_id uuid not null, person_id uuid, organisation_id uuid,
            name text not null, profession text, role text, from_at timestamptz not null, until_at timestamptz, primary key (tenant_id, patient_id, member_id));
        create index care_team_by_person on care_team (tenant_id, person_id) where person_id is not null;
        create index care_team_by_organisation on care_team (tenant_id, organisation_id) where organisation_id is not null;
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        switch (e.Data)
        {
            case CareTeamJoined j:
                batch.Add(
                    """
                    insert into care_team values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    on conflict (tenant_id, patient_id, member_id) do update set name = excluded.name, profession = excluded.profession,
                        role = excluded.role, from_at = excluded.from_at, until_at = excluded.until_at
                    """,
                    e.TenantId, j.PatientId, j.MemberId, j.PersonId, j.OrganisationId, j.Name,
                    j.Profession?.ToString(), j.Role, j.From, j.Until);
                break;
            case CareTeamLeft l:
                batch.Add("delete from care_team where tenant_id = $1 and patient_id = $2 and member_id = $3", e.TenantId, l.PatientId, l.MemberId);
                break;
        }
    }
}
