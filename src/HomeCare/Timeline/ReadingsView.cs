using System.Text.Json;
using HomeCare.EventStore;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Timeline;

/// <summary>Readings one by one, for charts, previous values and boards; sets of readings with their score; and the last change of each record.</summary>
public sealed class ReadingsView : IView
{
    private static readonly string[] BySource = ["readings", "vital_sets"];

    /// <inheritdoc/>
    public string Name => "readings";

    /// <inheritdoc/>
    public int Revision => 3;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["readings", "vital_sets", "last_changes"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table readings (tenant_id text not null, patient_id uuid not null, sign text not null, measured_at timestamptz not null, source_id uuid not null,
            value numeric not null, oxygen numeric, alert text, bound numeric, by_physician boolean, team_only boolean not null, sequence bigint not null,
            primary key (tenant_id, patient_id, sign, measured_at, source_id));
        create table vital_sets (tenant_id text not null, patient_id uuid not null, source_id uuid not null, measured_at timestamptz not null,
            vitals jsonb not null, news2 jsonb, points int, is_total boolean not null, team_only boolean not null, sequence bigint not null,
            primary key (tenant_id, source_id));
        create index vital_sets_by_time on vital_sets (tenant_id, patient_id, measured_at);
        create table last_changes (tenant_id text not null, patient_id uuid not null, sequence bigint not null, recorded_at timestamptz not null,
            kind text not null, author_name text not null, primary key (tenant_id, patient_id));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        switch (e.Data)
        {
            case VisitRecorded { Vitals: { } vitals } r:
                Add(r.PatientId, r.VisitId, vitals, r.Alerts, r.News2, r.TeamOnly);
                break;
            case VitalsRecorded r:
                Add(r.PatientId, r.MeasurementId, r.Vitals, r.Alerts, r.News2, teamOnly: false);
                break;
            case VitalsCorrected c:
                Remove(c.PatientId, c.SourceId);
                Add(c.PatientId, c.SourceId, c.Vitals, c.Alerts, c.News2, c.TeamOnly);
                break;
            case VitalsEnteredInError x:
                Remove(x.PatientId, x.MeasurementId);
                break;
            case VisitEnteredInError x:
                Remove(x.PatientId, x.VisitId);
                break;
            case VisitNoteCorrected { TeamOnly: true } c:
                foreach (var table in BySource)
                {
                    batch.Add($"update {table} set team_only = true where tenant_id = $1 and patient_id = $2 and source_id = $3", e.TenantId, c.PatientId, c.VisitId);
                }

                break;
        }

        if (TimelineEntry.Of(e) is { Groups: not EntryGroups.Steps, TeamOnly: false } entry)
        {
            batch.Add(
                """
                insert into last_changes (tenant_id, patient_id, sequence, recorded_at, kind, author_name) values ($1, $2, $3, $4, $5, $6)
                on conflict (tenant_id, patient_id) do update set sequence = excluded.sequence, recorded_at = excluded.recorded_at,
                    kind = excluded.kind, author_name = excluded.author_name
                """,
                e.TenantId, entry.PatientId, e.Sequence, e.RecordedAt, entry.Kind, entry.Author.Name);
        }

        void Add(Guid patient, Guid source, Vitals vitals, IReadOnlyList<VitalAlert> alerts, News2? news2, bool teamOnly)
        {
            batch.Add("insert into vital_sets values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9, $10) on conflict (tenant_id, source_id) do nothing",
                e.TenantId, patient, source, vitals.MeasuredAt, Text(vitals), news2 is null ? null : Text(news2), news2?.Points, news2?.IsTotal == true, teamOnly, e.Sequence);
            foreach (var (sign, value) in vitals.Numbers())
            {
                var alert = alerts.FirstOrDefault(a => a.Sign == sign);
                batch.Add(
                    """
                    insert into readings values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                    on conflict (tenant_id, patient_id, sign, measured_at, source_id) do nothing
                    """,
                    e.TenantId, patient, sign.ToString(), vitals.MeasuredAt, source, value, sign == VitalSign.SpO2 ? vitals.Oxygen?.LitresPerMinute : null,
                    alert?.Side.ToString(), alert?.Bound, alert?.ByPhysician, teamOnly, e.Sequence);
            }
        }

        void Remove(Guid patient, Guid source)
        {
            foreach (var table in BySource)
            {
                batch.Add($"delete from {table} where tenant_id = $1 and patient_id = $2 and source_id = $3", e.TenantId, patient, source);
            }
        }

        static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
    }
}
