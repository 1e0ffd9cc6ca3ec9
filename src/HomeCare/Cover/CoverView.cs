using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Cover;

/// <summary>The rotas, and who stands in for whom.</summary>
public sealed class CoverView : IView
{
    /// <inheritdoc/>
    public string Name => "cover";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["rotas", "rota_hand_overs", "patient_cover"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table rotas (tenant_id text not null, organisation_id uuid not null, turns jsonb not null, primary key (tenant_id, organisation_id));
        create table rota_hand_overs (tenant_id text not null, organisation_id uuid not null, sequence bigint not null, to_person uuid not null,
            from_at timestamptz not null, until_at timestamptz not null, note text, primary key (tenant_id, organisation_id, sequence));
        create table patient_cover (tenant_id text not null, patient_id uuid not null, steps jsonb not null, primary key (tenant_id, patient_id));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        switch (e.Data)
        {
            case RotaSet r:
                batch.Add("insert into rotas values ($1, $2, $3::jsonb) on conflict (tenant_id, organisation_id) do update set turns = excluded.turns",
                    e.TenantId, r.OrganisationId, JsonSerializer.Serialize(r.Turns, Json.Options));
                break;
            case DutyHandedOver d:
                batch.Add("insert into rota_hand_overs values ($1, $2, $3, $4, $5, $6, $7)",
                    e.TenantId, d.OrganisationId, e.Sequence, d.ToPersonId, d.From, d.Until, d.Note);
                break;
            case PatientCoverSet c:
                batch.Add("insert into patient_cover values ($1, $2, $3::jsonb) on conflict (tenant_id, patient_id) do update set steps = excluded.steps",
                    e.TenantId, c.PatientId, JsonSerializer.Serialize(c.Steps, Json.Options));
                break;
        }
    }
}
