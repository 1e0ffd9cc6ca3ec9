using HomeCare.Patients;
using Npgsql;

namespace HomeCare;

/// <summary>Who may see and do what, from what is on record at this moment. Fails closed: what is not there is refused.</summary>
public sealed class Access(NpgsqlDataSource database, TimeProvider time)
{
    private readonly FactsReader facts = new(database);

    /// <summary>A record that was granted before, as it stands now: its past is read under that. Null: each time it is asked anew.</summary>
    internal Guid? Granted { get; init; }

    /// <summary>The relation of a person to a record, as SQL over a row that has <c>tenant_id</c> and <c>patient_id</c>.
    /// Family and the person cared for are related by name only; staff also through their organisation.</summary>
    /// <param name="row">Alias of the table whose rows are asked about.</param>
    /// <param name="person">Parameter holding the person.</param>
    /// <param name="organisation">Parameter holding the organisation acted for, or null.</param>
    /// <param name="now">Parameter holding the instant.</param>
    public static string RelatedSql(string row, string person, string organisation, string now) =>
        $"""
        exists (select 1 from care_team t where t.tenant_id = {row}.tenant_id and t.patient_id = {row}.patient_id
                and t.from_at <= {now} and (t.until_at is null or t.until_at > {now})
                and (t.person_id = {person} or t.organisation_id = {organisation}))
        """;

    /// <summary>Everything a command's authorisation and decision need to know, in one round trip shared by those who ask at the same moment.</summary>
    public Task<Facts> FactsAsync(
        Actor by, Guid? patientId, IReadOnlyList<Reference> references, DateTimeOffset now, (DateTimeOffset At, Guid SourceId)? measured = null, CancellationToken ct = default) =>
        facts.ReadAsync(new(by, patientId, references, now, measured), ct);

    /// <summary>Whether the actor may see the person's record at this moment.</summary>
    public async Task<bool> MaySeeAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        if (Granted is { } granted)
        {
            return granted == patientId && Permissions.SeesRecords(by.Profession);
        }

        var found = await FactsAsync(by, patientId, [], time.GetUtcNow(), ct: ct);
        return found is { Belongs: true, Related: true, Patient: not null } && Permissions.SeesRecords(by.Profession);
    }

    /// <summary>Whether the actor still holds the place in the community it claims.</summary>
    public async Task<bool> BelongsAsync(Actor by, CancellationToken ct = default) =>
        Granted is not null || (await FactsAsync(by, null, [], time.GetUtcNow(), ct: ct)).Belongs;

    /// <summary>Whether a person belongs to the community and to the care team at this moment, by name or through an organisation.</summary>
    public async Task<bool> IsReachableAsync(string tenantId, Guid personId, Guid patientId, CancellationToken ct = default) => (await Query.RowsAsync(database,
        """
        select 1 from care_team t left join memberships m on m.tenant_id = t.tenant_id and m.organisation_id = t.organisation_id
        join people p on p.tenant_id = t.tenant_id and p.person_id = coalesce(t.person_id, m.person_id) and p.active
        where t.tenant_id = $1 and p.person_id = $2 and t.patient_id = $3 and t.from_at <= $4 and (t.until_at is null or t.until_at > $4) limit 1
        """,
        r => r.GetInt32(0), ct, tenantId, personId, patientId, Sql.Instant(time.GetUtcNow()))).Count > 0;

    /// <summary>When the actor's relation to a record ends by itself, as things stand now; null when it does not end by itself.</summary>
    public async Task<DateTimeOffset?> EndsAtAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        await Query.RowsAsync(database,
            """
            select case when bool_or(t.until_at is null) then null else max(t.until_at) end from care_team t
            where t.tenant_id = $1 and t.patient_id = $2 and t.from_at <= $5 and (t.until_at is null or t.until_at > $5)
              and (t.person_id = $3 or t.organisation_id = $4)
            """,
            r => Query.InstantOrNull(r, 0), ct, by.TenantId, patientId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow())) is [{ } end] ? end : null;

    /// <summary>The records that the actor may see now, and when the first of them is lost by itself (null: none is).</summary>
    public async Task<(IReadOnlySet<Guid> Patients, DateTimeOffset? ChangesAt)> VisibleAsync(Actor by, CancellationToken ct = default)
    {
        if (!Permissions.SeesRecords(by.Profession) || !await BelongsAsync(by, ct))
        {
            return (new HashSet<Guid>(), null);
        }

        var rows = await Query.RowsAsync(database,
            """
            select t.patient_id, t.until_at from care_team t
            where t.tenant_id = $1 and t.from_at <= $4 and (t.until_at is null or t.until_at > $4) and (t.person_id = $2 or t.organisation_id = $3)
            """,
            r => (Patient: r.GetGuid(0), Until: Query.InstantOrNull(r, 1)), ct,
            by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()));
        return (rows.Select(r => r.Patient).ToHashSet(), rows.Min(r => r.Until));
    }

    /// <summary>Why an act may not be done, or null. A record that the actor may not see is as if it were not there.</summary>
    internal static Outcome.Refused? Refusal(Act act, Actor by, Guid? patientId, Facts facts)
    {
        if (!Permissions.IsNobody(by.Profession) && !facts.Belongs)
        {
            return new Outcome.Refused(RefusalKind.Forbidden, "person.no_longer_member");
        }

        if (Permissions.NeedsPatient(act))
        {
            var related = facts.Related || Permissions.WithoutRelation(act, by.Profession);
            if (patientId is null || facts.Patient is null || !related)
            {
                return new Outcome.Refused(RefusalKind.NotFound, "patient.unknown");
            }
        }

        return Permissions.Allows(act, by.Profession) ? null : new Outcome.Refused(RefusalKind.Forbidden, "act.not_permitted");
    }
}

/// <summary>What is on record about an actor's standing towards one person's record.</summary>
/// <param name="Belongs">The actor holds the place in the community that it claims.</param>
/// <param name="Related">The actor belongs to the care team now, in person or through the organisation.</param>
/// <param name="Patient">The person cared for, if registered.</param>
/// <param name="Known">Those the command names who exist.</param>
public sealed record Facts(bool Belongs, bool Related, PatientCard? Patient, Known Known)
{
    internal bool Knows(Reference reference) => reference.Kind switch
    {
        ReferenceKind.Person => Known.People.ContainsKey(reference.Id),
        ReferenceKind.TeamMember => Known.Team.Contains(reference.Id),
        ReferenceKind.Organisation => Known.Organisations.ContainsKey(reference.Id),
        ReferenceKind.OrderFile => Known.OrderFiles.ContainsKey(reference.Id),
        ReferenceKind.Instruction => Known.Issued.ContainsKey(reference.Id),
        ReferenceKind.Evidence => true,
        _ => false,
    };
}
