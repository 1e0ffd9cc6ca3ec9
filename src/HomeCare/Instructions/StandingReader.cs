using HomeCare.Cover;
using Npgsql;

namespace HomeCare.Instructions;

/// <summary>Reads how things stand around people cared for. It asks nobody's leave: what it gives is used for the product's own decisions, and
/// for readers whose leave was asked.</summary>
internal static class StandingReader
{
    /// <summary>Visits further ahead name nobody yet.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    /// <summary>A visit that should have begun longer ago than this is not what comes next.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(6);

    public static async Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(
        NpgsqlDataSource database, string tenantId, IReadOnlyCollection<Guid> patients, DateTimeOffset now, CancellationToken ct)
    {
        if (patients.Count == 0)
        {
            return new Dictionary<Guid, Standing>();
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(
            """
            select t.patient_id, p.person_id, p.name, coalesce(m.profession, p.profession), coalesce(t.organisation_id, p.organisation_id), t.from_at
            from care_team t
            left join memberships m on m.tenant_id = t.tenant_id and m.organisation_id = t.organisation_id
            join people p on p.tenant_id = t.tenant_id and p.person_id = coalesce(t.person_id, m.person_id) and p.active
            where t.tenant_id = $1 and t.patient_id = any($2) and t.from_at <= $3 and (t.until_at is null or t.until_at > $3)
            order by t.from_at, t.name, p.name
            """,
            tenantId, patients.ToArray(), Sql.Instant(now)));
        batch.BatchCommands.Add(Sql.Command(
            """
            select patient_id, visitor_id from visits where tenant_id = $1 and patient_id = any($2) and stage = 'Planned' and planned_at between $3 and $4
            order by planned_at
            """,
            tenantId, patients.ToArray(), Sql.Instant(now - Late), Sql.Instant(now + Ahead)));
        batch.BatchCommands.Add(Sql.Command("select patient_id, steps from patient_cover where tenant_id = $1 and patient_id = any($2)", tenantId, patients.ToArray()));
        CoverReader.AddRotas(batch, tenantId, now);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var team = await Query.RowsAsync(reader, r => (Patient: r.GetGuid(0),
            Person: new TeamPerson(r.GetGuid(1), r.GetString(2), Query.Choice<Profession>(r, 3), Sql.Value<Guid>(r, 4))), ct);
        var visitors = (await Query.NextAsync(reader, r => (Patient: r.GetGuid(0), Visitor: r.GetGuid(1)), ct)).ToLookup(v => v.Patient, v => v.Visitor);
        var steps = (await Query.NextAsync(reader, r => (Patient: r.GetGuid(0), Steps: Query.FromJson<List<CoverStep>>(r, 1)!), ct)).ToDictionary(s => s.Patient, s => s.Steps);
        var rotas = await CoverReader.ReadRotasAsync(reader, ct);

        var teams = team.ToLookup(t => t.Patient, t => t.Person);
        return patients.Distinct().ToDictionary(p => p, patient =>
        {
            // A person may belong by name and through an organisation; the first place counts.
            var people = teams[patient].DistinctBy(p => p.PersonId).ToList();
            IEnumerable<CoverStep> cover = steps.GetValueOrDefault(patient) is { Count: > 0 } own ? own
                : teams[patient].Select(p => p.OrganisationId).OfType<Guid>().Distinct().Select(o => new CoverStep(OrganisationId: o));
            var onCall = cover.SelectMany(s => s.PersonId is { } person ? [person] : rotas.OnCall(s.OrganisationId!.Value, now));
            return new Standing(people, [.. visitors[patient].Distinct()], [.. onCall.Distinct()]);
        });
    }
}
