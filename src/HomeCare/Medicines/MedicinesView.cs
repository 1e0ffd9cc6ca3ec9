using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Medicines;

/// <summary>Medicines as they stand.</summary>
public sealed class MedicinesView : IView
{
    /// <inheritdoc/>
    public string Name => "medicines";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["medicines"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table medicines (tenant_id text not null, medicine_id uuid not null, patient_id uuid not null, status text not null, start_on date not null,
            end_on date, sequence bigint not null, data jsonb not null, primary key (tenant_id, medicine_id));
        create index medicines_of_patient on medicines (tenant_id, patient_id, start_on desc);
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        switch (e.Data)
        {
            case MedicineRecorded r:
                batch.Add(
                    """
                    insert into medicines values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
                    on conflict (tenant_id, medicine_id) do update set status = excluded.status, start_on = excluded.start_on, end_on = excluded.end_on, data = excluded.data
                    """,
                    e.TenantId, r.MedicineId, r.PatientId, r.Prescription.Status.ToString(), r.Prescription.StartOn,
                    r.Prescription.Days is { } days ? r.Prescription.StartOn.AddDays(days - 1) : null, e.Sequence,
                    JsonSerializer.Serialize(r.Prescription, Json.Options));
                break;
            case MedicineStopped s:
                batch.Add("update medicines set status = 'Stopped', end_on = $3 where tenant_id = $1 and medicine_id = $2", e.TenantId, s.MedicineId, s.StoppedOn);
                break;
        }
    }
}
