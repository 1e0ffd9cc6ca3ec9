using HomeCare.Organisations;
using Npgsql;

namespace HomeCare.People;

/// <summary>Reads who belongs to the community.</summary>
public sealed class PeopleReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The places that a person holds: one for each organisation, or one of their own for family and administrators. Empty once deactivated.</summary>
    public async Task<IReadOnlyList<Actor>> ActorsAsync(string tenantId, Guid personId, CancellationToken ct = default) =>
        await Query.RowsAsync(database,
            """
            select p.name, coalesce(m.profession, p.profession), m.organisation_id, m.organisation_name
            from people p left join memberships m on m.tenant_id = p.tenant_id and m.person_id = p.person_id
            where p.tenant_id = $1 and p.person_id = $2 and p.active
              and (m.person_id is not null or p.profession in ('Family', 'Patient', 'Administrator', 'Ambulance'))
            order by m.joined_sequence
            """,
            r => new Actor(tenantId, personId, r.GetString(0), Query.Choice<Profession>(r, 1), Sql.Value<Guid>(r, 2), Sql.Text(r, 3)), ct, tenantId, personId);

    /// <summary>The community's name; null before it is founded.</summary>
    public async Task<string?> CommunityAsync(string tenantId, CancellationToken ct = default) =>
        await Query.RowsAsync(database, "select name from communities where tenant_id = $1", r => r.GetString(0), ct, tenantId) is [var name] ? name : null;

    /// <summary>People whom an instruction or a visit for this person can name: the team's people and the staff of its organisations. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<KnownPerson>?> ReachableAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : [.. (await Query.RowsAsync(database, ReachableSql, ReadReachable, ct, by.TenantId, new[] { patientId }, Sql.Instant(time.GetUtcNow()))).Select(r => r.Person)];

    /// <summary>The care teams of some people, and who is reached through each; those whom this reader may not see are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, (IReadOnlyList<Patients.TeamMember> Team, IReadOnlyList<KnownPerson> Reachable)>> TeamsAroundAsync(
        Actor by, IReadOnlyCollection<Guid> patientIds, CancellationToken ct = default)
    {
        var visible = patientIds.Count == 0 ? [] : patientIds.Where((await access.VisibleAsync(by, ct)).Patients.Contains).Distinct().ToArray();
        if (visible.Length == 0)
        {
            return new Dictionary<Guid, (IReadOnlyList<Patients.TeamMember>, IReadOnlyList<KnownPerson>)>();
        }

        var now = time.GetUtcNow();
        var members = (await Query.RowsAsync(database, Patients.TeamMember.OfAny + " and t.patient_id = any($2) and from_at <= $3 and (until_at is null or until_at > $3) order by from_at, t.name",
            r => (Patient: r.GetGuid(12), Member: Patients.TeamMember.Read(r)), ct, by.TenantId, visible, Sql.Instant(now))).ToLookup(m => m.Patient, m => m.Member);
        var people = (await Query.RowsAsync(database, ReachableSql, ReadReachable, ct, by.TenantId, visible, Sql.Instant(now))).ToLookup(r => r.Patient, r => r.Person);
        return visible.ToDictionary(p => p, p => ((IReadOnlyList<Patients.TeamMember>)[.. members[p]], (IReadOnlyList<KnownPerson>)[.. people[p]]));
    }

    private const string ReachableSql =
        """
        select r.* from unnest($2::uuid[]) w(patient_id) cross join lateral (
            select distinct p.person_id, p.name, coalesce(m.profession, p.profession) as profession, coalesce(m.organisation_name, p.organisation_name) as organisation, t.patient_id
            from care_team t
            left join memberships m on m.tenant_id = t.tenant_id and m.organisation_id = t.organisation_id
            join people p on p.tenant_id = t.tenant_id and p.person_id = coalesce(t.person_id, m.person_id) and p.active
            where t.tenant_id = $1 and t.patient_id = w.patient_id and t.from_at <= $3 and (t.until_at is null or t.until_at > $3)
            order by 3, 2 limit 200) r
        """;

    private static (Guid Patient, KnownPerson Person) ReadReachable(Npgsql.NpgsqlDataReader r) =>
        (r.GetGuid(4), new KnownPerson(r.GetGuid(0), r.GetString(1), Query.Choice<Profession>(r, 2), Sql.Text(r, 3)));

    /// <summary>Everybody, for an administrator; nobody for others.</summary>
    public async Task<IReadOnlyList<Member>> MembersAsync(Actor by, CancellationToken ct = default) =>
        !await KeepsCommunityAsync(by, ct) ? [] : await Query.RowsAsync(database,
            """
            select p.person_id, p.name, p.kana, p.profession, p.active,
                (select jsonb_agg(jsonb_build_object('organisationId', m.organisation_id, 'name', m.organisation_name,
                        'profession', lower(left(m.profession, 1)) || substr(m.profession, 2)) order by m.joined_sequence)
                    from memberships m where m.tenant_id = p.tenant_id and m.person_id = p.person_id)
            from people p where p.tenant_id = $1 order by p.active desc, p.kana nulls last, p.name limit 2000
            """,
            r => new Member(r.GetGuid(0), r.GetString(1), Sql.Text(r, 2), Query.Choice<Profession>(r, 3), r.GetBoolean(4), Query.FromJson<List<MemberPlace>>(r, 5) ?? []), ct, by.TenantId);

    /// <summary>People whom one who keeps a care team may add to it, by name or kana; nobody for others. Relatives and the people cared for are found by
    /// their whole name alone: that somebody has a place here may already say that somebody in the family is cared for.</summary>
    /// <param name="by">Who looks.</param>
    /// <param name="query">Two characters and more; width, kana kind and case make no difference.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<KnownPerson>> FindAsync(Actor by, string query, CancellationToken ct = default)
    {
        var wanted = Patients.SearchText.Of(query);
        if (wanted.Length < 2 || !Permissions.Allows(Act.ManageCareTeam, by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return [];
        }

        var active = await Query.RowsAsync(database,
            "select person_id, name, kana, profession, organisation_name from people where tenant_id = $1 and active order by kana nulls last, name limit 5000",
            r => (Person: new KnownPerson(r.GetGuid(0), r.GetString(1), Query.Choice<Profession>(r, 3), Sql.Text(r, 4)), Kana: Sql.Text(r, 2)), ct, by.TenantId);
        return [.. active.Where(p => Permissions.SeesRecords(p.Person.Profession) && new[] { p.Person.Name, p.Kana }.Select(n => Patients.SearchText.Of(n)).Any(n =>
            p.Person.Profession is Profession.Family or Profession.Patient ? n == wanted : n.Contains(wanted, StringComparison.Ordinal))).Select(p => p.Person).Take(20)];
    }

    /// <summary>All organisations, for those who keep the community or a care team; none for others.</summary>
    public async Task<IReadOnlyList<OrganisationLine>> OrganisationsAsync(Actor by, CancellationToken ct = default) =>
        !Permissions.Allows(Act.ManageCareTeam, by.Profession) || !await access.BelongsAsync(by, ct) ? [] : await Query.RowsAsync(database,
            """
            select o.organisation_id, o.name, o.kind, o.telephone,
                (select count(*)::int from memberships m where m.tenant_id = o.tenant_id and m.organisation_id = o.organisation_id)
            from organisations o where o.tenant_id = $1 order by o.kind, o.name limit 2000
            """,
            r => new OrganisationLine(r.GetGuid(0), r.GetString(1), Query.Choice<OrganisationKind>(r, 2), Sql.Text(r, 3), r.GetInt32(4)), ct, by.TenantId);

    /// <summary>Everybody cared for, by name only, with the size of the team, for an administrator who keeps the teams; nobody for others.</summary>
    public async Task<IReadOnlyList<TeamLine>> TeamsAsync(Actor by, string? query, CancellationToken ct = default) =>
        !await KeepsCommunityAsync(by, ct) ? [] : await Query.RowsAsync(database,
            """
            select p.patient_id, p.name, p.kana, (select count(*)::int from care_team t where t.tenant_id = p.tenant_id and t.patient_id = p.patient_id)
            from patients p where p.tenant_id = $1 and ($2::text is null or p.search like $2) order by p.kana nulls last, p.name limit 200
            """,
            r => new TeamLine(r.GetGuid(0), r.GetString(1), Sql.Text(r, 2), r.GetInt32(3)), ct,
            by.TenantId, Sql.Nullable(string.IsNullOrWhiteSpace(query) ? null : Patients.SearchText.Pattern(query)));

    /// <summary>One person cared for, by name only, for an administrator; null for others and where there is no such person.</summary>
    public async Task<TeamLine?> TeamLineAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        await KeepsCommunityAsync(by, ct) && await Query.RowsAsync(database,
            """
            select p.patient_id, p.name, p.kana, (select count(*)::int from care_team t where t.tenant_id = p.tenant_id and t.patient_id = p.patient_id)
            from patients p where p.tenant_id = $1 and p.patient_id = $2
            """,
            r => new TeamLine(r.GetGuid(0), r.GetString(1), Sql.Text(r, 2), r.GetInt32(3)), ct, by.TenantId, patientId) is [var line] ? line : null;

    /// <summary>One person's care team, for those on it and for an administrator; null for others.</summary>
    public async Task<IReadOnlyList<Patients.TeamMember>?> TeamAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await KeepsCommunityAsync(by, ct) && !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            Patients.TeamMember.Sql + " order by from_at, t.name", Patients.TeamMember.Read, ct, by.TenantId, patientId);

    private async Task<bool> KeepsCommunityAsync(Actor by, CancellationToken ct) =>
        by.Profession == Profession.Administrator && await access.BelongsAsync(by, ct);
}

/// <summary>A person of the community.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Kana">Reading in kana.</param>
/// <param name="Profession">Profession, or the tie to the person cared for.</param>
/// <param name="Active">False once deactivated.</param>
/// <param name="Places">Organisations worked for, the first joined first.</param>
public sealed record Member(Guid PersonId, string Name, string? Kana, Profession Profession, bool Active, IReadOnlyList<MemberPlace> Places);

/// <summary>An organisation that a person works for, and as what.</summary>
public sealed record MemberPlace(Guid OrganisationId, string Name, Profession Profession);

/// <summary>An organisation of the community.</summary>
public sealed record OrganisationLine(Guid OrganisationId, string Name, OrganisationKind Kind, string? Telephone, int People);

/// <summary>A person cared for, as one who keeps the teams sees them.</summary>
public sealed record TeamLine(Guid PatientId, string Name, string? Kana, int Members);
