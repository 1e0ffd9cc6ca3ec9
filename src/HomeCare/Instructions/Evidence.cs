using Npgsql;

namespace HomeCare.Instructions;

/// <summary>What of a record can show that an instruction was carried out.</summary>
public enum EvidenceKind
{
    /// <summary>測定値: a set of readings, by the visit or measurement it was read in.</summary>
    Vitals,
    /// <summary>写真: a photograph of a wound.</summary>
    Photo,
    /// <summary>記録: an entry, by the visit, medicine or whatever it is about.</summary>
    Entry,
    /// <summary>訪問: the visit during which it was carried out. It is not chosen, but follows from that.</summary>
    Visit,
}

/// <summary>What is named as showing it.</summary>
public sealed record EvidenceSource(EvidenceKind Kind, Guid Id);

/// <summary>What shows it, and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Of the visit, measurement, photograph or whatever the entry is about.</param>
/// <param name="At">When it was measured, taken or done.</param>
/// <param name="Sequence">Its place on the timeline.</param>
public sealed record EvidenceLink(EvidenceKind Kind, Guid Id, DateTimeOffset At, long Sequence);

/// <summary>When an instruction was issued, and its place in the log.</summary>
public sealed record IssuedAt(DateTimeOffset At, long Sequence);

/// <summary>Something that could be named as showing that an instruction was carried out.</summary>
/// <param name="Link">What it is, and where it stands.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="Entry">The kind of the entry it stands in.</param>
/// <param name="Vitals">What was measured, of a set of readings.</param>
/// <param name="Place">Where on the body, of a photograph.</param>
public sealed record EvidenceChoice(EvidenceLink Link, string AuthorName, string Entry, VitalSigns.Vitals? Vitals, string? Place);

/// <summary>Reads what could show that an instruction was carried out.</summary>
public sealed class EvidenceReader(NpgsqlDataSource database, Access access)
{
    /// <summary>The most that is offered.</summary>
    public const int Most = 12;

    /// <summary>Entries that tell of something done, of all that stand on a timeline.</summary>
    internal const string Telling = "('visit-recorded', 'visit-completed', 'visit-note-corrected', 'medicine-recorded', 'medicine-stopped', 'encounter-recorded', 'medicine-task-finished')";

    /// <summary>Readings, photographs and entries since an instruction was issued, the latest first. Null when the reader may not see the record.</summary>
    public async Task<IReadOnlyList<EvidenceChoice>?> SinceIssueAsync(Actor by, Guid patientId, Guid instructionId, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await Query.RowsAsync(database,
            $"""
            with issued as (select issued_at, issued_sequence from instructions where tenant_id = $1 and patient_id = $2 and instruction_id = $3),
            found as (
                select 'Vitals' kind, s.source_id id, s.measured_at at, s.sequence, s.vitals, null place
                from vital_sets s, issued where s.tenant_id = $1 and s.patient_id = $2 and s.measured_at >= issued_at - $4::interval
                union all
                select 'Photo', p.photo_id, p.taken_at, p.sequence, null, p.place
                from wound_photos p, issued where p.tenant_id = $1 and p.patient_id = $2 and p.taken_at >= issued_at - $4::interval
                union all
                (select distinct on (t.subject_id) 'Entry', t.subject_id, t.occurred_at, t.sequence, null::jsonb, null::text
                from timeline t, issued where t.tenant_id = $1 and t.patient_id = $2 and t.sequence > issued_sequence and t.kind in {Telling} and t.subject_id is not null
                order by t.subject_id, t.sequence desc))
            select f.kind, f.id, f.at, f.sequence, f.vitals, f.place, t.kind, coalesce(a.name, '')
            from found f join timeline t on t.tenant_id = $1 and t.patient_id = $2 and t.sequence = f.sequence and t.state <> 'EnteredInError' and not t.team_only
            left join people a on a.tenant_id = $1 and a.person_id = t.author_id
            order by f.at desc, f.sequence desc limit {Most}
            """,
            r => new EvidenceChoice(
                new EvidenceLink(Query.Choice<EvidenceKind>(r, 0), r.GetGuid(1), Sql.Instant(r, 2), r.GetInt64(3)), r.GetString(7), r.GetString(6),
                Query.FromJson<VitalSigns.Vitals>(r, 4), Sql.Text(r, 5)), ct,
            by.TenantId, patientId, instructionId, Situation.ClockTolerance);
}
