using HomeCare.Communities;
using HomeCare.EventStore;
using HomeCare.Organisations;

namespace HomeCare.People;

/// <summary>Who belongs to the community: people, their organisations and professions. Access rests on it.</summary>
public sealed class PeopleView : IView
{
    /// <inheritdoc/>
    public string Name => "people";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["communities", "organisations", "people", "memberships"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table communities (tenant_id text primary key, name text not null);
        create table organisations (tenant_id text not null, organisation_id uuid not null, name text not null, kind text not null,
            telephone text, primary key (tenant_id, organisation_id));
        create table people (tenant_id text not null, person_id uuid not null, name text not null, kana text, profession text not null,
            licence text, organisation_id uuid, organisation_name text, active boolean not null, primary key (tenant_id, person_id));
        create table memberships (tenant_id text not null, person_id uuid not null, organisation_id uuid not null, organisation_name text not null,
            profession text not null, joined_sequence bigint not null, primary key (tenant_id, person_id, organisation_id));
        create index memberships_by_organisation on memberships (tenant_id, organisation_id);
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var tenant = e.TenantId;
        switch (e.Data)
        {
            case CommunityFounded founded:
                batch.Add("insert into communities values ($1, $2) on conflict (tenant_id) do update set name = excluded.name", tenant, founded.Name);
                break;
            case OrganisationRegistered o:
                batch.Add(
                    """
                    insert into organisations values ($1, $2, $3, $4, $5)
                    on conflict (tenant_id, organisation_id) do update set name = excluded.name, kind = excluded.kind, telephone = excluded.telephone
                    """,
                    tenant, o.OrganisationId, o.Name, o.Kind.ToString(), o.Telephone);
                break;
            case PersonRegistered p:
                batch.Add(
                    """
                    insert into people (tenant_id, person_id, name, kana, profession, licence, active) values ($1, $2, $3, $4, $5, $6, true)
                    on conflict (tenant_id, person_id) do update set name = excluded.name, kana = excluded.kana, profession = excluded.profession, licence = excluded.licence
                    """,
                    tenant, p.PersonId, p.Name, p.Kana, p.Profession.ToString(), p.Licence);
                break;
            case OrganisationJoined j:
                batch.Add(
                    """
                    insert into memberships values ($1, $2, $3, $4, $5, $6)
                    on conflict (tenant_id, person_id, organisation_id) do update set organisation_name = excluded.organisation_name, profession = excluded.profession
                    """,
                    tenant, j.PersonId, j.OrganisationId, j.OrganisationName, j.Profession.ToString(), e.Sequence);
                FirstMembership(tenant, j.PersonId);
                break;
            case OrganisationLeft l:
                batch.Add("delete from memberships where tenant_id = $1 and person_id = $2 and organisation_id = $3", tenant, l.PersonId, l.OrganisationId);
                FirstMembership(tenant, l.PersonId);
                break;
            case PersonDeactivated d:
                batch.Add("update people set active = false where tenant_id = $1 and person_id = $2", tenant, d.PersonId);
                break;
        }

        // The organisation shown beside a name is the one joined first of those that remain.
        void FirstMembership(string tenantId, Guid person) => batch.Add(
            """
            update people p set (organisation_id, organisation_name) =
                (select m.organisation_id, m.organisation_name from memberships m
                 where m.tenant_id = $1 and m.person_id = $2 order by m.joined_sequence limit 1)
            where p.tenant_id = $1 and p.person_id = $2
            """,
            tenantId, person);
    }
}
