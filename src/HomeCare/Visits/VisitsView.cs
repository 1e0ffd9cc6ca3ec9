using HomeCare.EventStore;

namespace HomeCare.Visits;

/// <summary>Visits as they stand: what is planned, under way and recorded.</summary>
public sealed class VisitsView : IView
{
    /// <inheritdoc/>
    public string Name => "visits";

    /// <inheritdoc/>
    public int Revision => 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["visits"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table visits (tenant_id text not null, visit_id uuid not null, patient_id uuid not null, stage text not null, kind text not null,
            planned_at timestamptz, minutes int, started_at timestamptz, ended_at timestamptz, visitor_id uuid not null, visitor_name text not null,
            organisation_name text, purpose text, next_visit_on date, primary key (tenant_id, visit_id));
        create index visits_planned on visits (tenant_id, patient_id, planned_at) where stage = 'Planned';
        create index visits_of_visitor on visits (tenant_id, visitor_id, (coalesce(started_at, planned_at)));
        create index visits_under_way on visits (tenant_id, patient_id, started_at) where stage = 'Started';
        create index visits_done on visits (tenant_id, patient_id, started_at) where stage = 'Recorded';
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var tenant = e.TenantId;
        var author = Author.Of(e);
        switch (e.Data)
        {
            case VisitPlanned p:
                batch.Add(
                    """
                    insert into visits (tenant_id, visit_id, patient_id, stage, kind, planned_at, minutes, visitor_id, visitor_name, purpose)
                    values ($1, $2, $3, 'Planned', $4, $5, $6, $7, $8, $9)
                    on conflict (tenant_id, visit_id) do update set stage = 'Planned', kind = excluded.kind, planned_at = excluded.planned_at,
                        minutes = excluded.minutes, visitor_id = excluded.visitor_id, visitor_name = excluded.visitor_name, purpose = excluded.purpose
                    """,
                    tenant, p.VisitId, p.PatientId, p.Kind.ToString(), p.PlannedAt, p.Minutes, p.VisitorId, p.VisitorName, p.Purpose);
                break;
            case VisitCancelled c:
                Stage(c.VisitId, VisitStage.Cancelled);
                break;
            case VisitStarted s:
                batch.Add(
                    """
                    insert into visits (tenant_id, visit_id, patient_id, stage, kind, started_at, visitor_id, visitor_name, organisation_name)
                    values ($1, $2, $3, 'Started', $4, $5, $6, $7, $8)
                    on conflict (tenant_id, visit_id) do update set stage = 'Started', kind = excluded.kind, started_at = excluded.started_at,
                        visitor_id = excluded.visitor_id, visitor_name = excluded.visitor_name, organisation_name = excluded.organisation_name
                    """,
                    tenant, s.VisitId, s.PatientId, s.Kind.ToString(), s.StartedAt, s.VisitorId, author.Name, author.OrganisationName);
                break;
            case VisitRecorded r:
                batch.Add(
                    """
                    insert into visits (tenant_id, visit_id, patient_id, stage, kind, started_at, ended_at, visitor_id, visitor_name, organisation_name, next_visit_on)
                    values ($1, $2, $3, 'Recorded', $4, $5, $6, $7, $8, $9, $10)
                    on conflict (tenant_id, visit_id) do update set stage = 'Recorded', kind = excluded.kind, started_at = excluded.started_at,
                        ended_at = excluded.ended_at, visitor_id = excluded.visitor_id, visitor_name = excluded.visitor_name,
                        organisation_name = excluded.organisation_name, next_visit_on = excluded.next_visit_on
                    """,
                    tenant, r.VisitId, r.PatientId, r.Kind.ToString(), r.StartedAt, r.EndedAt, r.VisitorId, author.Name,
                    author.OrganisationName, r.NextVisitOn);
                break;
            case VisitCompleted c:
                batch.Add("update visits set stage = 'Recorded', ended_at = $3 where tenant_id = $1 and visit_id = $2", tenant, c.VisitId, c.EndedAt);
                break;
            case VisitEnteredInError x:
                Stage(x.VisitId, VisitStage.EnteredInError);
                break;
        }

        void Stage(Guid visit, VisitStage stage) =>
            batch.Add("update visits set stage = $3 where tenant_id = $1 and visit_id = $2", tenant, visit, stage.ToString());
    }
}
