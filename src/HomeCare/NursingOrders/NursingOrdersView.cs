using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.NursingOrders;

/// <summary>Written orders as they stand.</summary>
public sealed class NursingOrdersView : IView
{
    /// <inheritdoc/>
    public string Name => "nursing_orders";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["nursing_orders"];

    /// <summary>An order's identifier is the sender's, and unique within one person's orders only.</summary>
    public string Ddl =>
        """
        create table nursing_orders (tenant_id text not null, patient_id uuid not null, order_id uuid not null, kind text not null, form_version text not null,
            status text not null, from_on date not null, last_day date not null, station_id uuid not null, station_name text not null, physician_id uuid not null,
            physician_name text not null, institution_id uuid, institution_name text, content jsonb not null, renews uuid, drafted_at timestamptz not null,
            issued_on date, issued_at timestamptz, patient_name text, birth_date date, signed_on date, signed_at timestamptz, signed_by_name text, file jsonb,
            withdrawn_on date, withdrawn_by_name text, withdrawn_reason text, sequence bigint not null, primary key (tenant_id, patient_id, order_id));
        create index nursing_orders_standing on nursing_orders (tenant_id, last_day) where status <> 'Withdrawn';
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var tenant = e.TenantId;
        var author = Author.Of(e);
        switch (e.Data)
        {
            case NursingOrderDrafted d:
                batch.Add(
                    """
                    insert into nursing_orders (tenant_id, patient_id, order_id, kind, form_version, status, from_on, last_day, station_id, station_name, physician_id,
                        physician_name, institution_id, institution_name, content, renews, drafted_at, sequence)
                    values ($1, $2, $3, $4, $5, 'Draft', $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15, $16, $17)
                    on conflict (tenant_id, patient_id, order_id) do update set from_on = excluded.from_on, last_day = excluded.last_day, station_id = excluded.station_id,
                        station_name = excluded.station_name, physician_name = excluded.physician_name, institution_id = excluded.institution_id,
                        institution_name = excluded.institution_name, content = excluded.content, renews = excluded.renews, drafted_at = excluded.drafted_at
                    """,
                    tenant, d.PatientId, d.OrderId, d.Kind.ToString(), d.FormVersion, d.Content.From, NursingOrderLimits.LastDay(d.Kind, d.Content.From, d.Content.Until),
                    d.Content.StationId, d.StationName, d.PhysicianId, author.Name, d.InstitutionId, author.OrganisationName,
                    JsonSerializer.Serialize(d.Content, Json.Options), d.Renews, e.RecordedAt, e.Sequence);
                break;
            case NursingOrderIssued i:
                batch.Add(
                    """
                    update nursing_orders set status = 'Issued', issued_on = $4, issued_at = $5, patient_name = $6, birth_date = $7
                    where tenant_id = $1 and patient_id = $2 and order_id = $3
                    """,
                    tenant, i.PatientId, i.OrderId, i.IssuedOn, e.RecordedAt, i.PatientName, i.BirthDate);
                break;
            case NursingOrderSigned s:
                batch.Add(
                    """
                    update nursing_orders set status = 'Signed', signed_on = $4, signed_at = $5, signed_by_name = $6, file = $7::jsonb
                    where tenant_id = $1 and patient_id = $2 and order_id = $3
                    """,
                    tenant, s.PatientId, s.OrderId, s.Signature.SignedOn, e.RecordedAt, author.Name,
                    s.Signature.File is null ? null : JsonSerializer.Serialize(s.Signature.File, Json.Options));
                break;
            case NursingOrderWithdrawn w:
                // What was in force was so up to this day.
                batch.Add(
                    """
                    update nursing_orders set status = 'Withdrawn', withdrawn_on = $4, withdrawn_by_name = $5, withdrawn_reason = $6, last_day = least(last_day, $4)
                    where tenant_id = $1 and patient_id = $2 and order_id = $3
                    """,
                    tenant, w.PatientId, w.OrderId, w.WithdrawnOn, author.Name, w.Reason);
                break;
        }
    }
}
