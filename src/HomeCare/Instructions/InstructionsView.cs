using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Instructions;

/// <summary>Instructions as they stand, with the time of each step of their life.</summary>
public sealed class InstructionsView : IView
{
    /// <inheritdoc/>
    public string Name => "instructions";

    /// <inheritdoc/>
    public int Revision => 5;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["instructions", "instruction_reads"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table instructions (tenant_id text not null, instruction_id uuid not null, patient_id uuid not null, status text not null, kind text not null,
            text text not null, medicine jsonb, urgency text not null, due_at timestamptz, addressee_kind text not null, addressee_person uuid,
            addressee_profession text, addressee_name text, issuer_id uuid not null, issuer_name text not null, issuer_organisation text,
            issued_sequence bigint not null, issued_at timestamptz not null, taken_by uuid, taken_by_name text, taken_at timestamptz,
            question text, questioned_by_name text, questioned_at timestamptz, answer text, answered_at timestamptz,
            outcome text, over_at timestamptz, closed_at timestamptz, withdrawn boolean, changed_at timestamptz not null,
            phase int not null default 0, asked uuid[] not null default '{}', rung int, escalated_step text, escalated_reason text, escalated_to uuid,
            escalated_to_name text, escalated_at timestamptz, terms jsonb, former jsonb not null default '[]', former_taker uuid, confirmed_at timestamptz,
            tasks_done jsonb not null default '[]', occasion_of uuid, countersign jsonb, countersigned_by uuid, countersigned_by_name text, countersigned_at timestamptz,
            countersign_comment text, evidence jsonb not null default '[]', done_in_visit uuid, deliveries jsonb not null default '[]',
            primary key (tenant_id, instruction_id));
        create index instructions_of_patient on instructions (tenant_id, patient_id, issued_sequence desc);
        create index instructions_open on instructions (tenant_id, patient_id) where status <> 'Closed';
        create index instructions_occasions on instructions (tenant_id, occasion_of) where occasion_of is not null;
        create table instruction_reads (tenant_id text not null, instruction_id uuid not null, person_id uuid not null, name text not null,
            profession text not null, read_at timestamptz not null, primary key (tenant_id, instruction_id, person_id));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var tenant = e.TenantId;
        var at = e.RecordedAt;
        var author = Author.Of(e);
        const string NextPhase = "phase = phase + 1, asked = '{}', rung = null, escalated_step = null, escalated_reason = null, escalated_to = null, escalated_to_name = null, escalated_at = null";
        const string NoCountersign = "countersigned_by = null, countersigned_by_name = null, countersigned_at = null, countersign_comment = null";
        switch (e.Data)
        {
            case InstructionIssued i:
                batch.Add(
                    """
                    insert into instructions (tenant_id, instruction_id, patient_id, status, kind, text, medicine, urgency, due_at, addressee_kind, addressee_person,
                        addressee_profession, addressee_name, issuer_id, issuer_name, issuer_organisation, issued_sequence, issued_at, changed_at, terms, occasion_of, countersign)
                    values ($1, $2, $3, 'Issued', $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18::jsonb, $19, $20::jsonb)
                    """,
                    tenant, i.InstructionId, i.PatientId, i.Kind.ToString(), i.Text,
                    i.Order is null ? null : JsonSerializer.Serialize(i.Order, Json.Options), i.Urgency.ToString(), i.DueAt,
                    i.Addressee.Kind.ToString(), i.Addressee.PersonId, i.Addressee.Profession?.ToString(), i.AddresseeName,
                    i.IssuerId, i.Terms?.Occasion?.IssuerName ?? i.Terms?.Verbal?.PhysicianName ?? author.Name,
                    i.Terms?.Occasion is { } of ? of.IssuerOrganisation : i.Terms?.Verbal is null ? author.OrganisationName : null, e.Sequence, at,
                    i.Terms is null ? null : JsonSerializer.Serialize(i.Terms, Json.Options), i.Terms?.Occasion?.OfInstructionId,
                    i.Terms.CountersignOf() is { } countersign ? JsonSerializer.Serialize(countersign, Json.Options) : null);
                break;
            case InstructionChanged c:
                batch.Add(
                    $"""
                    update instructions set status = 'Issued', text = $3, medicine = $4::jsonb, urgency = $5, due_at = $6, former = former || $7::jsonb,
                        former_taker = coalesce(taken_by, former_taker), taken_by = null, taken_by_name = null, taken_at = null, question = null, questioned_by_name = null,
                        questioned_at = null, answer = null, answered_at = null, deliveries = '[]', {NoCountersign}, changed_at = $8, {NextPhase} where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, c.InstructionId, c.Text, c.Order is null ? null : JsonSerializer.Serialize(c.Order, Json.Options), c.Urgency.ToString(), c.DueAt,
                    JsonSerializer.Serialize(new[] { new FormerWording(c.FormerText, c.FormerOrder, at, author.Name, c.Reason) }, Json.Options), at);
                batch.Add("delete from instruction_reads where tenant_id = $1 and instruction_id = $2", tenant, c.InstructionId);
                break;
            case VerbalOrderConfirmed c:
                batch.Add("update instructions set confirmed_at = $3, changed_at = $3 where tenant_id = $1 and instruction_id = $2", tenant, c.InstructionId, at);
                break;
            case VerbalOrderRejected r:
                batch.Add(
                    $"""
                    update instructions set status = 'Closed', closed_at = $3, confirmed_at = $3, withdrawn = true, outcome = coalesce(outcome, $4), changed_at = $3, {NextPhase}
                    where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, r.InstructionId, at, r.Reason);
                break;
            case MedicineTaskFinished f:
                batch.Add("update instructions set tasks_done = tasks_done || $3::jsonb, changed_at = $4 where tenant_id = $1 and instruction_id = $2",
                    tenant, f.InstructionId, JsonSerializer.Serialize(new[] { new TaskDone(f.Task, author.Name, at, f.Note) }, Json.Options), at);
                break;
            case InstructionExpired x:
                batch.Add($"update instructions set status = 'Expired', over_at = $3, changed_at = $3, {NextPhase} where tenant_id = $1 and instruction_id = $2",
                    tenant, x.InstructionId, at);
                break;
            case InstructionDelivered d:
                batch.Add("update instructions set deliveries = deliveries || $3::jsonb where tenant_id = $1 and instruction_id = $2",
                    tenant, d.InstructionId, JsonSerializer.Serialize(new[] { new Delivery(d.PersonId, author.Name, d.Device, at) }, Json.Options));
                break;
            case InstructionRead r:
                batch.Add("insert into instruction_reads values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                    tenant, r.InstructionId, r.ReaderId, author.Name, author.Profession.ToString(), at);
                break;
            case InstructionTaken t:
                batch.Add(
                    $"""
                    update instructions set status = 'Taken', taken_by = $3, taken_by_name = $4, taken_at = $5, countersign = coalesce($6::jsonb, countersign), changed_at = $5,
                        {NextPhase} where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, t.InstructionId, t.TakerId, author.Name, at, t.Countersign is null ? null : JsonSerializer.Serialize(t.Countersign, Json.Options));
                batch.Add($"update instructions set {NoCountersign} where tenant_id = $1 and instruction_id = $2 and countersigned_by = $3", tenant, t.InstructionId, t.TakerId);
                break;
            case InstructionCountersigned s:
                batch.Add(
                    $"""
                    update instructions set countersigned_by = $3, countersigned_by_name = $4, countersigned_at = $5, countersign_comment = $6, changed_at = $5, {NextPhase}
                    where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, s.InstructionId, s.CountersignerId, s.CountersignerName, at, s.Comment);
                break;
            case InstructionQuestioned q:
                batch.Add(
                    $"""
                    update instructions set status = 'Questioned', question = $3, questioned_by_name = $4, questioned_at = $5, answer = null, answered_at = null,
                        changed_at = $5, {NextPhase} where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, q.InstructionId, q.Question, author.Name, at);
                break;
            case QuestionAnswered a:
                batch.Add(
                    $"update instructions set status = 'Answered', answer = $3, answered_at = $4, changed_at = $4, {NextPhase} where tenant_id = $1 and instruction_id = $2",
                    tenant, a.InstructionId, a.Answer, at);
                break;
            case InstructionCompleted c:
                Over(c.InstructionId, InstructionStatus.Completed, c.Evidence);
                if (c.VisitId is not null || c.Links is { Count: > 0 })
                {
                    batch.Add("update instructions set evidence = $3::jsonb, done_in_visit = $4 where tenant_id = $1 and instruction_id = $2",
                        tenant, c.InstructionId, JsonSerializer.Serialize(c.Links ?? [], Json.Options), c.VisitId);
                }

                break;
            case InstructionDeclined d:
                Over(d.InstructionId, InstructionStatus.Declined, d.Reason);
                break;
            case InstructionClosed c:
                batch.Add(
                    $"""
                    update instructions set status = 'Closed', closed_at = $3, withdrawn = $4, outcome = coalesce(outcome, $5), changed_at = $3, {NextPhase}
                    where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, c.InstructionId, at, c.Withdrawn, c.Comment);
                break;
            case InstructionEscalated x:
                batch.Add(
                    """
                    update instructions set asked = array_append(asked, $3), rung = $4, escalated_step = $5, escalated_reason = $6, escalated_to = $7,
                        escalated_to_name = $8, escalated_at = $9, changed_at = $9 where tenant_id = $1 and instruction_id = $2
                    """,
                    tenant, x.InstructionId, x.ToPersonId ?? Guid.Empty, x.Rung, x.Step.ToString(), x.Reason.ToString(), x.ToPersonId, x.ToName, at);
                break;
        }

        void Over(Guid instruction, InstructionStatus status, string outcome) =>
            batch.Add($"update instructions set status = $3, outcome = $4, over_at = $5, changed_at = $5, {NextPhase} where tenant_id = $1 and instruction_id = $2",
                tenant, instruction, status.ToString(), outcome, at);
    }
}
