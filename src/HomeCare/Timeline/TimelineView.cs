using HomeCare.EventStore;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Timeline;

/// <summary>Where in the log a person's entries lie, in clinical order; the words stay in the log.</summary>
public sealed class TimelineView : IView
{
    private const string WhatIsCorrected = "'visit-recorded', 'visit-completed', 'vitals-recorded', 'vitals-corrected', 'visit-note-corrected'";

    /// <inheritdoc/>
    public string Name => "timeline";

    /// <inheritdoc/>
    public int Revision => 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["timeline"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table timeline (tenant_id text not null, patient_id uuid not null, sequence bigint not null, occurred_at timestamptz not null,
            groups int not null, kind text not null, subject_id uuid, author_id uuid not null, profession text not null, team_only boolean not null,
            state text not null, primary key (tenant_id, patient_id, sequence));
        create index timeline_by_time on timeline (tenant_id, patient_id, occurred_at desc, sequence desc);
        create index timeline_by_subject on timeline (tenant_id, subject_id) where subject_id is not null;
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        if (TimelineEntry.Of(e) is not { } entry)
        {
            return;
        }

        batch.Add("insert into timeline values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'AsWritten')",
            e.TenantId, entry.PatientId, e.Sequence, entry.OccurredAt, (int)entry.Groups, entry.Kind, entry.SubjectId,
            entry.Author.PersonId, entry.Author.Profession.ToString(), entry.TeamOnly);
        switch (e.Data)
        {
            case VitalsCorrected or VisitNoteCorrected:
                Mark(EntryState.Corrected, WhatIsCorrected);
                break;
            case VitalsEnteredInError or VisitEnteredInError:
                Mark(EntryState.EnteredInError, $"'visit-started', {WhatIsCorrected}");
                break;
            case BedsideNoteTakenBack:
                Mark(EntryState.EnteredInError, "'bedside-note-written'");
                break;
            case WishesWithdrawn:
                Mark(EntryState.EnteredInError, "'wishes-recorded', 'wishes-confirmed'");
                break;
        }

        // What is hidden now was written openly before.
        switch (e.Data)
        {
            case VisitNoteCorrected { TeamOnly: true }:
                batch.Add("update timeline set team_only = true where tenant_id = $1 and patient_id = $2 and subject_id = $3 and sequence < $4",
                    e.TenantId, entry.PatientId, entry.SubjectId, e.Sequence);
                break;
            case ConditionRecorded { TeamOnly: true }:
                batch.Add(
                    """
                    update timeline set team_only = true where tenant_id = $1 and patient_id = $2 and subject_id = $3 and sequence < $4 and kind = 'condition-recorded'
                    """,
                    e.TenantId, entry.PatientId, entry.SubjectId, e.Sequence);
                break;
        }

        void Mark(EntryState state, string kinds) => batch.Add(
            $"""
            update timeline set state = $5 where tenant_id = $1 and patient_id = $2 and subject_id = $3 and sequence < $4 and kind in ({kinds})
            """,
            e.TenantId, entry.PatientId, entry.SubjectId, e.Sequence, state.ToString());
    }
}
