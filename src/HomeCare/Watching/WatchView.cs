using System.Text.Json;
using HomeCare.EventStore;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Watching;

/// <summary>What the rules look at, set by set, and what people did about items. The items are not kept: they depend on the clock.</summary>
public sealed class WatchView : IView
{
    /// <inheritdoc/>
    public string Name => "watch";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["watch_facts", "watch_acts"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table watch_facts (tenant_id text not null, patient_id uuid not null, source_id uuid not null, kind text not null, sequence bigint not null,
            at timestamptz not null, pressure boolean not null, data jsonb not null, struck jsonb, primary key (tenant_id, patient_id, source_id, kind, sequence));
        create index watch_facts_by_time on watch_facts (tenant_id, patient_id, kind, at desc);
        create table watch_acts (tenant_id text not null, patient_id uuid not null, sequence bigint not null, at timestamptz not null, data jsonb not null,
            primary key (tenant_id, patient_id, sequence));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var author = Author.Of(e);
        switch (e.Data)
        {
            case VisitRecorded r:
                if (r.Vitals is { } vitals)
                {
                    Readings(r.PatientId, WatchedSet.Of(r.VisitId, e.Sequence, vitals, r.Alerts, r.News2));
                }

                if (r.SoftSigns.Count > 0)
                {
                    Add(r.PatientId, r.VisitId, "Signs", r.StartedAt, pressure: false, new WatchedSigns(r.VisitId, e.Sequence, r.StartedAt, r.SoftSigns, author.Name));
                }

                break;
            case VitalsRecorded r:
                Readings(r.PatientId, WatchedSet.Of(r.MeasurementId, e.Sequence, r.Vitals, r.Alerts, r.News2));
                break;
            case VitalsCorrected c:
                Strike(c.PatientId, c.SourceId, c.Reason, replaced: true, "Readings");
                Readings(c.PatientId, WatchedSet.Of(c.SourceId, e.Sequence, c.Vitals, c.Alerts, c.News2) with { Corrected = true });
                break;
            case VitalsEnteredInError x:
                Strike(x.PatientId, x.MeasurementId, x.Reason, replaced: false, "Readings");
                break;
            case VisitEnteredInError x:
                Strike(x.PatientId, x.VisitId, x.Reason, replaced: false, "Readings", "Signs");
                break;
            case BedsideNoteWritten { SoftSigns.Count: > 0 } n:
                Add(n.PatientId, n.NoteId, "Signs", n.NoticedAt, pressure: false, new WatchedSigns(n.NoteId, e.Sequence, n.NoticedAt, n.SoftSigns, author.Name));
                break;
            case BedsideNoteTakenBack x:
                Strike(x.PatientId, x.NoteId, x.Reason, replaced: false, "Signs");
                break;
            case AlertAcknowledged a:
                Act(a, AlertActKind.Acknowledged, a.Covers, a.DueAt, a.Intention);
                break;
            case AlertSnoozed s:
                Act(s, AlertActKind.Snoozed, s.Covers, s.Until);
                break;
            case AlertJudged j:
                Act(j, AlertActKind.Judged, [], null, j.Comment, j.ItemId, j.Useful);
                break;
        }

        void Readings(Guid patient, WatchedSet set) => Add(patient, set.SourceId, "Readings", set.At, set.Systolic is not null, set);

        void Add<T>(Guid patient, Guid source, string kind, DateTimeOffset at, bool pressure, T data) => batch.Add(
            "insert into watch_facts values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, null)",
            e.TenantId, patient, source, kind, e.Sequence, at, pressure, JsonSerializer.Serialize(data, Json.Options));

        void Strike(Guid patient, Guid source, string reason, bool replaced, params IReadOnlyList<string> kinds)
        {
            foreach (var kind in kinds)
            {
                batch.Add("update watch_facts set struck = $5::jsonb where tenant_id = $1 and patient_id = $2 and source_id = $3 and kind = $4 and struck is null",
                    e.TenantId, patient, source, kind, JsonSerializer.Serialize(new Struck(e.RecordedAt, author.Name, reason, replaced), Json.Options));
            }
        }

        void Act(IAlertAct act, AlertActKind kind, IReadOnlyList<string> covers, DateTimeOffset? until, string? words = null, Guid? item = null, bool? useful = null) => batch.Add(
            "insert into watch_acts values ($1, $2, $3, $4, $5::jsonb)",
            e.TenantId, act.PatientId, e.Sequence, e.RecordedAt,
            JsonSerializer.Serialize(new AlertAct(e.Sequence, e.RecordedAt, kind, act.Cause, covers, until, words, item, useful, author.PersonId, author.Name), Json.Options));
    }
}
