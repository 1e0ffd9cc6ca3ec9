using System.Collections.Immutable;
using HomeCare.Organisations;
using Npgsql;

namespace HomeCare.Cover;

/// <summary>Reads the rotas, for those who belong to the community.</summary>
public sealed class CoverReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>How far ahead an empty rota is told of.</summary>
    public static TimeSpan Ahead { get; } = TimeSpan.FromDays(7);

    /// <summary>The rota of every organisation that has staff and belongs to some care team, with who is on call and the times to come at which nobody is.
    /// Staff see their own organisation's alone.</summary>
    public async Task<IReadOnlyList<RotaLine>> ListAsync(Actor by, CancellationToken ct = default)
    {
        if (!Permissions.Allows(Act.KeepRota, by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return [];
        }

        return await LinesAsync(by.TenantId, by.Profession == Profession.Administrator ? null : by.OrganisationId, related: null, ct);
    }

    /// <summary>Organisations on care teams of people whom the reader may see that have nobody on call at some time within <see cref="Ahead"/>.</summary>
    public async Task<IReadOnlyList<RotaLine>> EmptyAsync(Actor by, CancellationToken ct = default)
    {
        if (by.Profession != Profession.Administrator && !Permissions.SeesTeamOnly(by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return [];
        }

        return [.. (await LinesAsync(by.TenantId, null, by.Profession == Profession.Administrator ? null : by, ct)).Where(l => l.Gaps.Count > 0)];
    }

    /// <summary>Who is asked, in which order, for one person, as set for them; empty: the team's organisations. Null for those who may neither see the
    /// record nor keep the teams.</summary>
    public async Task<IReadOnlyList<CoverStep>?> OfPatientAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        var keeps = by.Profession == Profession.Administrator && await access.BelongsAsync(by, ct);
        return !keeps && !await access.MaySeeAsync(by, patientId, ct) ? null
            : await Query.RowsAsync(database, "select steps from patient_cover where tenant_id = $1 and patient_id = $2",
                r => Query.FromJson<List<CoverStep>>(r, 0)!, ct, by.TenantId, patientId) is [var steps] ? steps : [];
    }

    private async Task<IReadOnlyList<RotaLine>> LinesAsync(string tenantId, Guid? only, Actor? related, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var batch = database.CreateBatch();
        AddRotas(batch, tenantId, now);
        // Whom people telephone at night: the offices that answer for treatment. Others are called by day, and may keep a rota of their own will.
        batch.BatchCommands.Add(Sql.Command(
            $"""
            select o.organisation_id, o.name, o.kind, ($2::uuid is null or o.organisation_id = $2) and (($2::uuid is not null) or exists (select 1 from rotas r where r.tenant_id = o.tenant_id and r.organisation_id = o.organisation_id)
                or (o.kind in ('Clinic', 'NursingStation') and exists (select 1 from care_team t where t.tenant_id = o.tenant_id and t.organisation_id = o.organisation_id)))
              and ($3::uuid is null or exists (select 1 from care_team x where x.tenant_id = o.tenant_id and x.organisation_id = o.organisation_id and {Access.RelatedSql("x", "$3", "$4", "$5")}))
            from organisations o where o.tenant_id = $1 order by o.kind, o.name limit 2000
            """,
            tenantId, Sql.Nullable(only), Sql.Nullable(related?.PersonId), Sql.Nullable(related?.OrganisationId), Sql.Instant(now)));
        batch.BatchCommands.Add(Sql.Command(
            "select m.organisation_id, p.person_id, p.name, m.profession from memberships m join people p on p.tenant_id = m.tenant_id and p.person_id = m.person_id and p.active where m.tenant_id = $1 order by p.name",
            tenantId));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rotas = await ReadRotasAsync(reader, ct);
        var organisations = await Query.NextAsync(reader, r => (Id: r.GetGuid(0), Name: r.GetString(1), Kind: Query.Choice<OrganisationKind>(r, 2), Listed: r.GetBoolean(3)), ct);
        var names = organisations.ToDictionary(o => o.Id, o => o.Name);
        var staff = await Query.NextAsync(reader, r => (Organisation: r.GetGuid(0), Person: new RotaPerson(r.GetGuid(1), r.GetString(2), Query.Choice<Profession>(r, 3))), ct);
        var people = staff.Select(s => s.Person).DistinctBy(p => p.PersonId).ToDictionary(p => p.PersonId);
        return
        [
            .. organisations.Where(o => o.Listed).Select(o => new RotaLine(
                o.Id, o.Name, o.Kind, [.. rotas.ByOrganisation.GetValueOrDefault(o.Id, Rota.Initial).Turns],
                [.. rotas.ByOrganisation.GetValueOrDefault(o.Id, Rota.Initial).HandedOver.Where(h => h.Until > now)],
                [.. rotas.OnCall(o.Id, now).Select(id => people.GetValueOrDefault(id)).OfType<RotaPerson>()],
                [.. staff.Where(s => s.Organisation == o.Id).Select(s => s.Person)],
                rotas.Gaps(o.Id, now, now + Ahead, people.ContainsKey),
                rotas.ByOrganisation.GetValueOrDefault(o.Id, Rota.Initial).Turns.Select(t => t.OrganisationId).OfType<Guid>().Distinct().ToDictionary(id => id, id => names.GetValueOrDefault(id, "—")))),
        ];
    }

    /// <summary>Adds what <see cref="ReadRotasAsync"/> reads: two statements.</summary>
    internal static void AddRotas(NpgsqlBatch batch, string tenantId, DateTimeOffset now)
    {
        batch.BatchCommands.Add(Sql.Command("select organisation_id, turns from rotas where tenant_id = $1", tenantId));
        batch.BatchCommands.Add(Sql.Command(
            "select organisation_id, to_person, from_at, until_at, note from rota_hand_overs where tenant_id = $1 and until_at > $2 order by sequence", tenantId, Sql.Instant(now)));
    }

    /// <summary>Reads the rotas where the reader stands before their two results: at the begin, or after another result.</summary>
    internal static async Task<Rotas> ReadRotasAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (reader.FieldCount != 2 || reader.GetName(1) != "turns")
        {
            await reader.NextResultAsync(ct);
        }

        var turns = await Query.RowsAsync(reader, r => (Organisation: r.GetGuid(0), Turns: Query.FromJson<List<RotaTurn>>(r, 1)!), ct);
        var handed = (await Query.NextAsync(reader, r => (Organisation: r.GetGuid(0),
            Duty: new DutyTaken(r.GetGuid(1), Sql.Instant(r, 2), Sql.Instant(r, 3), Sql.Text(r, 4))), ct)).ToLookup(h => h.Organisation, h => h.Duty);
        return new Rotas(turns.Select(t => t.Organisation).Concat(handed.Select(h => h.Key)).Distinct().ToDictionary(o => o, o => new Rota(
            [.. turns.Where(t => t.Organisation == o).SelectMany(t => t.Turns)], [.. handed[o]])));
    }
}

/// <summary>An organisation's rota as it stands.</summary>
/// <param name="OrganisationId">Whose.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Turns">Its lines.</param>
/// <param name="HandedOver">Duty handed over, now or to come.</param>
/// <param name="OnCall">Who is on call now, the first to be called first.</param>
/// <param name="Staff">Its people.</param>
/// <param name="Gaps">Times to come at which nobody is on call.</param>
/// <param name="Others">Names of the organisations whose rotas stand in.</param>
public sealed record RotaLine(
    Guid OrganisationId, string Name, OrganisationKind Kind, IReadOnlyList<RotaTurn> Turns, IReadOnlyList<DutyTaken> HandedOver,
    IReadOnlyList<RotaPerson> OnCall, IReadOnlyList<RotaPerson> Staff, IReadOnlyList<Gap> Gaps,
    IReadOnlyDictionary<Guid, string> Others);

/// <summary>Somebody whom a rota names.</summary>
public sealed record RotaPerson(Guid PersonId, string Name, Profession Profession);
