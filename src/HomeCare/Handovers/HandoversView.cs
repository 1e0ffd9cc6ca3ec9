using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Handovers;

/// <summary>Handovers, to whom they are and who took over.</summary>
public sealed class HandoversView : IView
{
    /// <inheritdoc/>
    public string Name => "handovers";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["handovers"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table handovers (tenant_id text not null, handover_id uuid not null, patient_id uuid not null, sender_id uuid not null, sender_name text not null,
            sender_profession text not null, sender_organisation text, to_person uuid, to_profession text, to_name text, sbar jsonb not null, sent_at timestamptz not null,
            sequence bigint not null, acknowledged_by text, acknowledged_at timestamptz, comment text, withdrawn_at timestamptz, reason text,
            primary key (tenant_id, handover_id));
        create index handovers_of_patient on handovers (tenant_id, patient_id, sequence desc);
        create index handovers_open on handovers (tenant_id, patient_id) where acknowledged_at is null and withdrawn_at is null;
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var author = Author.Of(e);
        switch (e.Data)
        {
            case HandoverSent s:
                batch.Add("insert into handovers values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13)",
                    e.TenantId, s.HandoverId, s.PatientId, s.SenderId, author.Name, author.Profession.ToString(), author.OrganisationName,
                    s.To.PersonId, s.To.Profession?.ToString(), s.ToName, JsonSerializer.Serialize(s.Sbar, Json.Options), e.RecordedAt, e.Sequence);
                break;
            case HandoverAcknowledged a:
                batch.Add("update handovers set acknowledged_by = $3, acknowledged_at = $4, comment = $5 where tenant_id = $1 and handover_id = $2",
                    e.TenantId, a.HandoverId, author.Name, e.RecordedAt, a.Comment);
                break;
            case HandoverWithdrawn w:
                batch.Add("update handovers set withdrawn_at = $3, reason = $4 where tenant_id = $1 and handover_id = $2", e.TenantId, w.HandoverId, e.RecordedAt, w.Reason);
                break;
        }
    }
}
