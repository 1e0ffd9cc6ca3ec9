using HomeCare.EventStore;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.VitalSigns;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare;

/// <summary>Reads what is on record for authorisation and decisions: for all who ask at the same moment in one round trip.</summary>
internal sealed class FactsReader
{
    private static readonly string Standing =
        $"""
        select exists (select 1 from people p where p.tenant_id = x.tenant_id and p.person_id = x.person_id and p.active
                and ((x.organisation_id is null and p.profession = x.profession and p.profession in ('Family', 'Patient', 'Administrator', 'Ambulance'))
                  or exists (select 1 from memberships m where m.tenant_id = x.tenant_id and m.person_id = x.person_id and m.organisation_id = x.organisation_id
                    and m.profession = x.profession))),
            {Access.RelatedSql("x", "x.person_id", "x.organisation_id", "x.now")},
            r.name, r.birth_date, r.sex, r.news2_off, r.scale2
        from unnest($1, $2, $3, $4, $5, $6) with ordinality as x (tenant_id, person_id, organisation_id, profession, patient_id, now, place)
        left join patients r on r.tenant_id = x.tenant_id and r.patient_id = x.patient_id
        order by x.place
        """;

    private const string Ranges =
        """
        select r.sign, r.low, r.high, r.from_on, r.until_on, x.place
        from unnest($1, $2) with ordinality as x (tenant_id, patient_id, place)
        join patient_ranges r on r.tenant_id = x.tenant_id and r.patient_id = x.patient_id
        """;

    private const string People =
        """
        select p.person_id, p.name, p.profession, p.organisation_name, exists (select 1 from care_team t
            where t.tenant_id = p.tenant_id and t.patient_id = x.patient_id and t.from_at <= x.now and (t.until_at is null or t.until_at > x.now)
              and (t.person_id = p.person_id or exists (select 1 from memberships m
                where m.tenant_id = p.tenant_id and m.person_id = p.person_id and m.organisation_id = t.organisation_id))), x.place
        from unnest($1, $2, $3, $4, $5) as x (tenant_id, person_id, patient_id, now, place)
        join people p on p.tenant_id = x.tenant_id and p.person_id = x.person_id and p.active
        """;

    private const string Organisations =
        """
        select o.organisation_id, o.name, x.place
        from unnest($1, $2, $3) as x (tenant_id, organisation_id, place)
        join organisations o on o.tenant_id = x.tenant_id and o.organisation_id = x.organisation_id
        """;

    private const string Files =
        """
        select f.file_id, f.order_id, f.name, f.type, octet_length(f.content), f.sha256, x.place
        from unnest($1, $2, $3, $4) as x (tenant_id, file_id, patient_id, place)
        join order_files f on f.tenant_id = x.tenant_id and f.patient_id = x.patient_id and f.file_id = x.file_id
        """;

    private const string Issued =
        """
        select i.instruction_id, i.issued_at, i.issued_sequence, x.place
        from unnest($1, $2, $3, $4) as x (tenant_id, instruction_id, patient_id, place)
        join instructions i on i.tenant_id = x.tenant_id and i.patient_id = x.patient_id and i.instruction_id = x.instruction_id
        """;

    // Relatives see the instruction: what only the team sees is no evidence of it.
    private static readonly string Evidence =
        $"""
        select e.kind, x.id, e.at, e.sequence, x.place
        from unnest($1, $2, $3, $4) as x (tenant_id, id, patient_id, place)
        cross join lateral (
            select 'Vitals' kind, s.measured_at at, s.sequence from vital_sets s where s.tenant_id = x.tenant_id and s.patient_id = x.patient_id and s.source_id = x.id and not s.team_only
            union all
            select 'Photo', p.taken_at, p.sequence from wound_photos p join timeline w on w.tenant_id = p.tenant_id and w.patient_id = p.patient_id and w.sequence = p.sequence
                and w.state <> 'EnteredInError' and not w.team_only where p.tenant_id = x.tenant_id and p.patient_id = x.patient_id and p.photo_id = x.id
            union all
            (select 'Entry', t.occurred_at, t.sequence from timeline t where t.tenant_id = x.tenant_id and t.patient_id = x.patient_id and t.subject_id = x.id
                and t.kind in {EvidenceReader.Telling} and t.state <> 'EnteredInError' and not t.team_only order by t.sequence desc limit 1)) e
        """;

    // What only the team sees does not score what others see. The sum is PostgreSQL's: a time at the end of all times is refused later.
    private const string Nearby =
        """
        select near.vitals, x.place
        from unnest($1, $2, $3, $4, $5) as x (tenant_id, patient_id, measured_at, source_id, place)
        cross join lateral (
            select s.vitals, s.measured_at, s.sequence from vital_sets s
            where s.tenant_id = x.tenant_id and s.patient_id = x.patient_id and s.measured_at between x.measured_at - $6::interval and x.measured_at + $6::interval
              and s.source_id <> x.source_id and not s.team_only
            order by s.measured_at desc, s.sequence desc limit 50) near
        order by x.place, near.measured_at desc, near.sequence desc
        """;

    private readonly GatheredReads<Ask, Facts> gathered;

    public FactsReader(NpgsqlDataSource database) => gathered = new(database, ReadAsync);

    public Task<Facts> ReadAsync(Ask ask, CancellationToken ct) => gathered.AskAsync(ask, ct);

    private static async Task<IReadOnlyList<Facts>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<Ask> asks)
    {
        var answers = asks.Select(_ => new Answer()).ToArray();
        var people = Named(asks, ReferenceKind.Person, ReferenceKind.TeamMember);
        var organisations = Named(asks, ReferenceKind.Organisation);
        var files = Named(asks, ReferenceKind.OrderFile);
        var instructions = Named(asks, ReferenceKind.Instruction);
        var evidence = Named(asks, ReferenceKind.Evidence);
        var measured = asks.Select((a, i) => (Ask: a, Place: i)).Where(a => a.Ask.Measured is not null).ToArray();

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(Standing,
            Texts(asks, a => a.By.TenantId), Array(asks, a => a.By.PersonId, NpgsqlDbType.Uuid), Array(asks, a => a.By.OrganisationId, NpgsqlDbType.Uuid),
            Texts(asks, a => a.By.Profession.ToString()), Array(asks, a => a.PatientId, NpgsqlDbType.Uuid), Instants(asks, a => a.Now)));
        batch.BatchCommands.Add(Sql.Command(Ranges, Texts(asks, a => a.By.TenantId), Array(asks, a => a.PatientId, NpgsqlDbType.Uuid)));
        if (people.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(People,
                Texts(people, p => p.Ask.By.TenantId), Array(people, p => p.Id, NpgsqlDbType.Uuid), Array(people, p => p.Ask.PatientId, NpgsqlDbType.Uuid),
                Instants(people, p => p.Ask.Now), Array(people, p => p.Place, NpgsqlDbType.Integer)));
        }

        if (organisations.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Organisations,
                Texts(organisations, o => o.Ask.By.TenantId), Array(organisations, o => o.Id, NpgsqlDbType.Uuid), Array(organisations, o => o.Place, NpgsqlDbType.Integer)));
        }

        if (files.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Files,
                Texts(files, f => f.Ask.By.TenantId), Array(files, f => f.Id, NpgsqlDbType.Uuid), Array(files, f => f.Ask.PatientId, NpgsqlDbType.Uuid),
                Array(files, f => f.Place, NpgsqlDbType.Integer)));
        }

        foreach (var (named, sql) in new[] { (instructions, Issued), (evidence, Evidence) }.Where(n => n.Item1.Count > 0))
        {
            batch.BatchCommands.Add(Sql.Command(sql,
                Texts(named, n => n.Ask.By.TenantId), Array(named, n => n.Id, NpgsqlDbType.Uuid), Array(named, n => n.Ask.PatientId, NpgsqlDbType.Uuid),
                Array(named, n => n.Place, NpgsqlDbType.Integer)));
        }

        if (measured.Length > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Nearby,
                Texts(measured, m => m.Ask.By.TenantId), Array(measured, m => m.Ask.PatientId, NpgsqlDbType.Uuid), Instants(measured, m => m.Ask.Measured!.Value.At),
                Array(measured, m => m.Ask.Measured!.Value.SourceId, NpgsqlDbType.Uuid), Array(measured, m => m.Place, NpgsqlDbType.Integer), News2Rule.Within));
        }

        await batch.PrepareAsync();
        await using var reader = await batch.ExecuteReaderAsync();
        for (var i = 0; i < asks.Count && await reader.ReadAsync(); i++)
        {
            answers[i].Belongs = reader.GetBoolean(0);
            answers[i].Related = reader.GetBoolean(1);
            if (!reader.IsDBNull(2))
            {
                answers[i].Patient = new PatientCard(asks[i].PatientId!.Value, reader.GetString(2), Sql.Value<DateOnly>(reader, 3), Query.Choice<Sex>(reader, 4), [])
                {
                    News2Off = Query.FromJson<News2Off>(reader, 5),
                    Scale2 = Query.FromJson<Scale2Decision>(reader, 6),
                };
            }
        }

        await NextAsync(row => answers[row.GetInt64(5) - 1].Ranges.Add(TargetRange.Read(row)));
        if (people.Count > 0)
        {
            await NextAsync(row =>
            {
                var answer = answers[row.GetInt32(5)];
                var id = row.GetGuid(0);
                answer.People[id] = new KnownPerson(id, row.GetString(1), Enum.Parse<Profession>(row.GetString(2)), Sql.Text(row, 3));
                if (row.GetBoolean(4))
                {
                    answer.Team.Add(id);
                }
            });
        }

        if (organisations.Count > 0)
        {
            await NextAsync(row => answers[row.GetInt32(2)].Organisations[row.GetGuid(0)] = row.GetString(1));
        }

        if (files.Count > 0)
        {
            await NextAsync(row => answers[row.GetInt32(6)].OrderFiles[row.GetGuid(0)] = new KnownFile(
                row.GetGuid(1), new OrderFile(row.GetGuid(0), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetString(5))));
        }

        if (instructions.Count > 0)
        {
            await NextAsync(row => answers[row.GetInt32(3)].Issued[row.GetGuid(0)] = new IssuedAt(Sql.Instant(row, 1), row.GetInt64(2)));
        }

        if (evidence.Count > 0)
        {
            await NextAsync(row => answers[row.GetInt32(4)].Evidence.Add(new EvidenceLink(
                Query.Choice<EvidenceKind>(row, 0), row.GetGuid(1), Sql.Instant(row, 2), row.GetInt64(3))));
        }

        if (measured.Length > 0)
        {
            await NextAsync(row => answers[row.GetInt32(1)].Nearby.Add(Query.FromJson<Vitals>(row, 0)!));
        }

        return System.Array.ConvertAll(answers, a => a.Facts);

        async Task NextAsync(Action<NpgsqlDataReader> each)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                each(reader);
            }
        }
    }

    private static IReadOnlyList<(Ask Ask, Guid Id, int Place)> Named(IReadOnlyList<Ask> asks, params IReadOnlyList<ReferenceKind> kinds) =>
        [.. asks.SelectMany((a, i) => a.References.Where(r => kinds.Contains(r.Kind)).Select(r => (a, r.Id, i)))];

    private static NpgsqlParameter Array<TAsk, T>(IReadOnlyList<TAsk> asks, Func<TAsk, T> of, NpgsqlDbType element) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. asks.Select(of)], NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter Texts<TAsk>(IReadOnlyList<TAsk> asks, Func<TAsk, string> of) => Array(asks, of, NpgsqlDbType.Text);

    private static NpgsqlParameter Instants<TAsk>(IReadOnlyList<TAsk> asks, Func<TAsk, DateTimeOffset> of) =>
        Array(asks, a => of(a).ToUniversalTime(), NpgsqlDbType.TimestampTz);

    /// <param name="By">Who asks.</param>
    /// <param name="PatientId">About whom.</param>
    /// <param name="References">Whom and what the command names.</param>
    /// <param name="Now">At which instant.</param>
    /// <param name="Measured">When the command measures, so that what was measured shortly before and after is read as well.</param>
    public sealed record Ask(Actor By, Guid? PatientId, IReadOnlyList<Reference> References, DateTimeOffset Now, (DateTimeOffset At, Guid SourceId)? Measured);

    /// <summary>Nothing, until a row says otherwise: it fails closed.</summary>
    private sealed class Answer
    {
        public bool Belongs { get; set; }

        public bool Related { get; set; }

        public PatientCard? Patient { get; set; }

        public List<TargetRange> Ranges { get; } = [];

        public List<Vitals> Nearby { get; } = [];

        public Dictionary<Guid, KnownPerson> People { get; } = [];

        public HashSet<Guid> Team { get; } = [];

        public Dictionary<Guid, string> Organisations { get; } = [];

        public Dictionary<Guid, KnownFile> OrderFiles { get; } = [];

        public Dictionary<Guid, IssuedAt> Issued { get; } = [];

        public List<EvidenceLink> Evidence { get; } = [];

        public Facts Facts => new(Belongs, Related, Patient is null ? null : Patient with { Ranges = Ranges, Nearby = Nearby }, new Known(People, Organisations) { Team = Team, OrderFiles = OrderFiles, Issued = Issued, Evidence = Evidence });
    }
}
