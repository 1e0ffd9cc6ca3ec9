using HomeCare.CareTeams;
using HomeCare.Medicines;
using HomeCare.VitalSigns;
using Npgsql;

namespace HomeCare.Patients;

/// <summary>Reads people cared for, for somebody who may see them; the rest do not exist for that reader.</summary>
public sealed class PatientReader(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>People on one page of a list.</summary>
    public const int PageSize = 50;

    /// <summary>The most people a board shows.</summary>
    public const int MostOnBoard = 1000;

    /// <summary>The most versions of the wishes that a summary holds; older ones stand in the timeline.</summary>
    private const int MostWishes = 20;

    private static readonly string LineSql =
        $"""
        select p.patient_id, p.name, p.kana, p.birth_date, p.sex, p.care_level,
            array(select a.data->>'substance' from patient_allergies a where a.tenant_id = p.tenant_id and a.patient_id = p.patient_id and a.status = 'Active' order by a.sequence),
            array(select c.data->>'name' from patient_conditions c where c.tenant_id = p.tenant_id and c.patient_id = p.patient_id and c.status = 'Active'
                and (not c.team_only or $5) order by c.sequence),
            l.sequence, l.recorded_at, l.kind, l.author_name,
            (select count(*)::int from (select 1 from timeline t where t.tenant_id = p.tenant_id and t.patient_id = p.patient_id
                and t.sequence > coalesce(m.sequence, 0) and t.author_id <> $2 and t.groups & {(int)Timeline.EntryGroups.Lines} <> 0
                and (not t.team_only or $5) limit 100) u),
            v.visit_id, v.planned_at, v.visitor_name,
            i.open, i.unowned, i.questions, i.overdue,
            (select jsonb_agg(jsonb_build_object('sign', lower(left(s, 1)) || substr(s, 2), 'value', r.value, 'measuredAt', r.measured_at, 'alert', lower(r.alert), 'bound', r.bound,
                    'byPhysician', r.by_physician, 'oxygen', r.oxygen))
                from unnest(array['Temperature','Pulse','Respiration','Systolic','Diastolic','SpO2','Glucose','Weight']) s cross join lateral (
                    select * from readings r where r.tenant_id = p.tenant_id and r.patient_id = p.patient_id and r.sign = s and (not r.team_only or $5)
                    order by r.measured_at desc, r.source_id desc limit 1) r),
            array(select r.measured_at from readings r where r.tenant_id = p.tenant_id and r.patient_id = p.patient_id and r.sign = 'SpO2' and (not r.team_only or $5)
                and r.measured_at > $4 - interval '14 days' order by r.measured_at, r.source_id),
            array(select r.value from readings r where r.tenant_id = p.tenant_id and r.patient_id = p.patient_id and r.sign = 'SpO2' and (not r.team_only or $5)
                and r.measured_at > $4 - interval '14 days' order by r.measured_at, r.source_id),
            n.measured_at, n.news2,
            array(select s.measured_at from vital_sets s where s.tenant_id = p.tenant_id and s.patient_id = p.patient_id and s.is_total and (not s.team_only or $5)
                and s.measured_at > $4 - interval '14 days' order by s.measured_at, s.source_id),
            array(select s.points from vital_sets s where s.tenant_id = p.tenant_id and s.patient_id = p.patient_id and s.is_total and (not s.team_only or $5)
                and s.measured_at > $4 - interval '14 days' order by s.measured_at, s.source_id),
            case when $5 then (select count(*)::int from conversations c where c.tenant_id = p.tenant_id and c.patient_id = p.patient_id
                and {Conversations.ConversationReader.WaitsSql("c", "$2", "$6")}) else 0 end,
            case when $5 then {Watching.WatchReader.RecordSql("p", "$4", Watching.WatchReader.Known)} end, c.name, c.telephone
        from patients p
        left join last_changes l on l.tenant_id = p.tenant_id and l.patient_id = p.patient_id
        left join read_marks m on m.tenant_id = p.tenant_id and m.patient_id = p.patient_id and m.person_id = $2
        left join lateral (select visit_id, planned_at, visitor_name from visits v where v.tenant_id = p.tenant_id and v.patient_id = p.patient_id and v.stage = 'Planned'
            and v.planned_at >= $4 - interval '2 hours' order by v.planned_at limit 1) v on true
        left join lateral (select count(*)::int as open, (count(*) filter (where status = 'Issued'))::int as unowned,
                (count(*) filter (where status = 'Questioned'))::int as questions,
                (count(*) filter (where due_at < $4 and status not in ('Completed', 'Declined', 'Expired')))::int as overdue
            from instructions i where i.tenant_id = p.tenant_id and i.patient_id = p.patient_id and i.status <> 'Closed' and ($5 or i.terms -> 'conversation' is null)) i on true
        left join lateral (select measured_at, news2 from vital_sets s where s.tenant_id = p.tenant_id and s.patient_id = p.patient_id and s.news2 is not null
            and (not s.team_only or $5) and s.measured_at > $4 - interval '7 days' order by s.measured_at desc, s.sequence desc limit 1) n on p.news2_off is null
        left join lateral (select o.name, o.telephone from care_team t join organisations o on o.tenant_id = t.tenant_id and o.organisation_id = t.organisation_id
            where t.tenant_id = p.tenant_id and t.patient_id = p.patient_id and t.from_at <= $4 and (t.until_at is null or t.until_at > $4)
              and o.telephone <> '' and t.organisation_id is distinct from $3 and o.kind in ('Clinic', 'NursingStation')
            order by o.kind, t.from_at limit 1) c on $5
        where p.tenant_id = $1 and {Access.RelatedSql("p", "$2", "$3", "$4")}
        """;

    /// <summary>A page of the people this reader may see, by kana.</summary>
    /// <param name="by">Who reads.</param>
    /// <param name="query">Part of a name in kanji or kana; width, kana kind and case make no difference. Null or blank: all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">At most <see cref="MostOnBoard"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>One more than <paramref name="size"/> never comes; <c>More</c> tells whether there is a further page.</returns>
    public async Task<(IReadOnlyList<PatientLine> Lines, bool More)> ListAsync(Actor by, string? query = null, int page = 1, int size = PageSize, CancellationToken ct = default)
    {
        if (!Permissions.SeesRecords(by.Profession) || !await access.BelongsAsync(by, ct))
        {
            return ([], false);
        }

        size = Math.Clamp(size, 1, MostOnBoard);
        var pattern = string.IsNullOrWhiteSpace(query) ? null : SearchText.Pattern(query);
        var lines = await Query.RowsAsync(database,
            LineSql + " and ($7::text is null or p.search like $7) order by p.kana nulls last, p.name, p.patient_id limit $8 offset $9",
            ReadLine, ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()), Permissions.SeesTeamOnly(by.Profession),
            Conversations.ConversationReader.Trades(by.Profession), Sql.Nullable(pattern), size + 1, (Math.Max(page, 1) - 1L) * size);
        return ([.. lines.Take(size)], lines.Count > size);
    }

    /// <summary>One person as lists show them; null when this reader may not see them.</summary>
    public async Task<PatientLine?> LineAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        await LinesAsync(by, [patientId], ct) is [var line] ? line : null;

    /// <summary>Some people as lists show them, in no order; those whom this reader may not see are left out.</summary>
    public async Task<IReadOnlyList<PatientLine>> LinesAsync(Actor by, IReadOnlyCollection<Guid> patientIds, CancellationToken ct = default) =>
        patientIds.Count == 0 || !Permissions.SeesRecords(by.Profession) || !await access.BelongsAsync(by, ct) ? [] : await Query.RowsAsync(database, LineSql + " and p.patient_id = any($7)",
            ReadLine, ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()), Permissions.SeesTeamOnly(by.Profession),
            Conversations.ConversationReader.Trades(by.Profession), patientIds.ToArray());

    /// <summary>What everybody on the team must know of one person; null when this reader may not see them.</summary>
    public async Task<PatientSummary?> SummaryAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var batch = database.CreateBatch();
        void Add(string sql, params ReadOnlySpan<object?> more) => batch.BatchCommands.Add(Sql.Command(sql, [by.TenantId, patientId, .. more]));
        Add("select details, contacts, care_level, care_level_from, care_level_until, registered_at, news2_off, scale2 from patients where tenant_id = $1 and patient_id = $2");
        Add("select condition_id, data, team_only from patient_conditions where tenant_id = $1 and patient_id = $2 and status <> 'EnteredInError' and (not team_only or $3) order by status, sequence",
            Permissions.SeesTeamOnly(by.Profession));
        Add("select allergy_id, data from patient_allergies where tenant_id = $1 and patient_id = $2 and status <> 'EnteredInError' order by status, sequence");
        Add("select sign, low, high, from_on, until_on from patient_ranges where tenant_id = $1 and patient_id = $2 order by sign, from_on desc");
        Add(TeamMember.Sql + " and from_at <= $3 and (until_at is null or until_at > $3) order by from_at, t.name", Sql.Instant(now));
        Add(
            """
            select medicine_id, status, data from medicines where tenant_id = $1 and patient_id = $2 and status in ('Active', 'OnHold')
                and (end_on is null or end_on >= $3) order by start_on desc, sequence limit 100
            """, JapanTime.DayOf(now));
        Add(
            $"""
            select version, wishes_id, data, recorded_at, by_id, by_name, by_profession, confirmed_at, confirmed_by, withdrawn_at, reason from patient_wishes
            where tenant_id = $1 and patient_id = $2 order by version desc limit {MostWishes}
            """);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var details = Query.FromJson<PatientDetails>(reader, 0)!;
        var contacts = Query.FromJson<List<Contact>>(reader, 1) ?? [];
        var level = Query.ChoiceOrNull<CareLevel>(reader, 2) is { } l ? new CareLevelPeriod(l, Sql.Value<DateOnly>(reader, 3), Sql.Value<DateOnly>(reader, 4)) : null;
        var registeredAt = Sql.Instant(reader, 5);
        var off = Query.FromJson<News2Off>(reader, 6);
        var scale2 = Query.FromJson<Scale2Decision>(reader, 7);
        return new PatientSummary(
            patientId, details, contacts, level, registeredAt,
            await Query.NextAsync(reader, r => new RecordedCondition(r.GetGuid(0), Query.FromJson<Condition>(r, 1)!, r.GetBoolean(2)), ct),
            await Query.NextAsync(reader, r => new RecordedAllergy(r.GetGuid(0), Query.FromJson<Allergy>(r, 1)!), ct),
            await Query.NextAsync(reader, TargetRange.Read, ct),
            await Query.NextAsync(reader, TeamMember.Read, ct),
            await Query.NextAsync(reader, r => new TakenMedicine(r.GetGuid(0), Query.Choice<PrescriptionStatus>(r, 1), Query.FromJson<Prescription>(r, 2)!), ct))
        {
            News2Off = off,
            Scale2 = scale2,
            WishesVersions = await Query.NextAsync(reader, ReadWishes, ct),
        };
    }

    private static RecordedWishes ReadWishes(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetGuid(1), Query.FromJson<Wishes>(r, 2)!, Sql.Instant(r, 3), r.GetGuid(4), r.GetString(5), Query.Choice<Profession>(r, 6))
    {
        ConfirmedAt = Query.InstantOrNull(r, 7),
        ConfirmedBy = Sql.Text(r, 8),
        WithdrawnAt = Query.InstantOrNull(r, 9),
        Reason = Sql.Text(r, 10),
    };

    /// <summary>Medicines no longer taken, the last to end first; null when this reader may not see the person.</summary>
    public async Task<IReadOnlyList<PastMedicine>?> PastMedicinesAsync(Actor by, Guid patientId, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            """
            select medicine_id, status, data, end_on from medicines where tenant_id = $1 and patient_id = $2 and status <> 'EnteredInError'
                and (status not in ('Active', 'OnHold') or end_on < $3) order by end_on desc nulls last, start_on desc, sequence limit 100
            """,
            r => new PastMedicine(r.GetGuid(0), Query.Choice<PrescriptionStatus>(r, 1), Query.FromJson<Prescription>(r, 2)!, Sql.Value<DateOnly>(r, 3)), ct,
            by.TenantId, patientId, JapanTime.DayOf(time.GetUtcNow()));

    private PatientLine ReadLine(NpgsqlDataReader r)
    {
        var watched = Query.FromJson<Watching.WatchRecord>(r, 28) is { } record ? Watching.AlertItems.Of(record, time.GetUtcNow()) : null;
        return new PatientLine(
            r.GetGuid(0), r.GetString(1), Sql.Text(r, 2), Sql.Value<DateOnly>(r, 3), Query.Choice<Sex>(r, 4), Query.ChoiceOrNull<CareLevel>(r, 5),
            r.GetFieldValue<string[]>(6), r.GetFieldValue<string[]>(7),
            r.IsDBNull(8) ? null : new LastChange(r.GetInt64(8), Sql.Instant(r, 9), r.GetString(10), r.GetString(11)),
            r.GetInt32(12),
            r.IsDBNull(13) ? null : new NextVisit(r.GetGuid(13), Sql.Instant(r, 14), r.GetString(15)),
            r.GetInt32(16), r.GetInt32(17), r.GetInt32(18), r.GetInt32(19),
            Query.FromJson<List<LatestReading>>(r, 20) ?? [],
            Series(r.GetFieldValue<DateTime[]>(21), r.GetFieldValue<decimal[]>(22)))
        {
            Conversations = r.GetInt32(27),
            Alerts = watched?.Open ?? [],
            AlertsChangeAt = watched?.ChangesAt,
            Call = watched is not null && !r.IsDBNull(29) ? new TeamCall(r.GetString(29), r.GetString(30)) : null,
            News2 = Query.FromJson<News2>(r, 24) is { NotScored: null } score
                ? new News2Line(Sql.Instant(r, 23), score, Series(r.GetFieldValue<DateTime[]>(25), [.. r.GetFieldValue<int[]>(26).Select(p => (decimal)p)])) : null,
        };

        static IReadOnlyList<SeriesPoint> Series(DateTime[] times, decimal[] values) =>
            [.. times.Zip(values, (at, value) => new SeriesPoint(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), value))];
    }
}

/// <summary>What everybody on the team must know of one person.</summary>
public sealed record PatientSummary(
    Guid PatientId, PatientDetails Details, IReadOnlyList<Contact> Contacts, CareLevelPeriod? CareLevel, DateTimeOffset RegisteredAt,
    IReadOnlyList<RecordedCondition> Conditions, IReadOnlyList<RecordedAllergy> Allergies, IReadOnlyList<TargetRange> Ranges,
    IReadOnlyList<TeamMember> Team, IReadOnlyList<TakenMedicine> Medicines)
{
    /// <summary>The physician's decision not to score with NEWS2; null: the person is scored.</summary>
    public News2Off? News2Off { get; init; }

    /// <summary>The physician's decision for SpO₂ scale 2; null: scale 1.</summary>
    public Scale2Decision? Scale2 { get; init; }

    /// <summary>Versions of the wishes, newest first, those that were withdrawn among them.</summary>
    public IReadOnlyList<RecordedWishes> WishesVersions { get; init; } = [];

    /// <summary>The wishes in force: the newest version that was not withdrawn; null: none is on record.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RecordedWishes? Wishes => WishesVersions.FirstOrDefault(w => w.WithdrawnAt is null);

    /// <summary>The newest version before the one in force that a physician has confirmed, while the one in force is not confirmed; null otherwise.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RecordedWishes? WishesConfirmedBefore =>
        Wishes is { ConfirmedAt: null } ? WishesVersions.FirstOrDefault(w => w is { WithdrawnAt: null, ConfirmedAt: not null }) : null;

    /// <summary>Versions newer than the one in force, all of them withdrawn, newest first: whoever reads an older version is told that there was more.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<RecordedWishes> WishesWithdrawnSince => WishesVersions.TakeWhile(w => w.WithdrawnAt is not null);

    /// <summary>The number of the newest version, withdrawn or not; 0: there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int NewestWishes => WishesVersions is [var newest, ..] ? newest.Version : 0;

    /// <summary>The person as decisions know them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PatientCard Card => new(PatientId, Details.Name, Details.BirthDate, Details.Sex, Ranges) { News2Off = News2Off, Scale2 = Scale2 };
}

/// <summary>A condition on record.</summary>
public sealed record RecordedCondition(Guid ConditionId, Condition Condition, bool TeamOnly = false);

/// <summary>An allergy on record.</summary>
public sealed record RecordedAllergy(Guid AllergyId, Allergy Allergy);

/// <summary>A medicine on record.</summary>
public sealed record TakenMedicine(Guid MedicineId, PrescriptionStatus Status, Prescription Prescription);

/// <summary>A medicine no longer taken.</summary>
/// <param name="MedicineId">Which.</param>
/// <param name="Status">How it ended; one that ended by its days is still <see cref="PrescriptionStatus.Active"/>.</param>
/// <param name="Prescription">As written.</param>
/// <param name="EndedOn">Its last day, if known.</param>
public sealed record PastMedicine(Guid MedicineId, PrescriptionStatus Status, Prescription Prescription, DateOnly? EndedOn);

/// <summary>A person or organisation of a care team.</summary>
/// <param name="MemberId">The person or the organisation.</param>
/// <param name="PersonId">The person; null for an organisation.</param>
/// <param name="OrganisationId">The organisation; null for a person.</param>
/// <param name="Name">Name when they joined.</param>
/// <param name="Profession">The person's profession.</param>
/// <param name="Role">What for, in the team's words.</param>
/// <param name="OrganisationKind">The organisation's kind.</param>
/// <param name="Telephone">The organisation's telephone.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null: until they leave.</param>
/// <param name="OfficeName">Where a person of the team works.</param>
/// <param name="OfficeTelephone">Its telephone.</param>
public sealed record TeamMember(
    Guid MemberId, Guid? PersonId, Guid? OrganisationId, string Name, Profession? Profession, string? Role,
    Organisations.OrganisationKind? OrganisationKind, string? Telephone, DateTimeOffset? From = null, DateTimeOffset? Until = null,
    string? OfficeName = null, string? OfficeTelephone = null)
{
    internal const string Sql = OfAny + " and t.patient_id = $2";

    /// <summary>Members of any team of the community; the column after those of <see cref="Read"/> says whose.</summary>
    internal const string OfAny =
        """
        select member_id, t.person_id, t.organisation_id, t.name, t.profession, role, o.kind, o.telephone, from_at, until_at, p.organisation_name, w.telephone, t.patient_id
        from care_team t
        left join organisations o on o.tenant_id = t.tenant_id and o.organisation_id = t.organisation_id
        left join people p on p.tenant_id = t.tenant_id and p.person_id = t.person_id
        left join organisations w on w.tenant_id = p.tenant_id and w.organisation_id = p.organisation_id
        where t.tenant_id = $1
        """;

    internal static TeamMember Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), HomeCare.Sql.Value<Guid>(r, 1), HomeCare.Sql.Value<Guid>(r, 2), r.GetString(3), Query.ChoiceOrNull<Profession>(r, 4), HomeCare.Sql.Text(r, 5),
        Query.ChoiceOrNull<Organisations.OrganisationKind>(r, 6), HomeCare.Sql.Text(r, 7), HomeCare.Sql.Instant(r, 8), Query.InstantOrNull(r, 9),
        HomeCare.Sql.Text(r, 10), HomeCare.Sql.Text(r, 11));
}
