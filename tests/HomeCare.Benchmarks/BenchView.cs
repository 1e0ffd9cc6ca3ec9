using System.Globalization;
using HomeCare.EventStore;

namespace HomeCare.Benchmarks;

public sealed record VitalsMeasured(
    Guid VisitId, Guid PatientId, Guid RecordedBy, DateTimeOffset MeasuredAt, decimal? Temperature, int? Systolic, int? Diastolic,
    int? Pulse, int? OxygenSaturation, int? Breaths, string? Note);

/// <summary>As honest as the product's: a timeline row an event, and the patient's line on the board.</summary>
internal sealed class BenchView : IView
{
    public string Name => "bench";

    public int Revision => 1;

    public IReadOnlyList<string> Tables => ["bench_timeline", "bench_board"];

    public string Ddl => """
        create table bench_timeline (
            tenant_id text not null,
            patient_id uuid not null,
            sequence bigint not null,
            kind text not null,
            recorded_at timestamptz not null,
            occurred_at timestamptz not null,
            author uuid not null,
            data jsonb not null,
            primary key (tenant_id, patient_id, sequence));
        create table bench_board (
            tenant_id text not null,
            patient_id uuid not null,
            last_sequence bigint not null,
            last_seen timestamptz not null,
            vitals text not null,
            primary key (tenant_id, patient_id));
        """;

    public void Project(StoredEvent e, ViewBatch batch)
    {
        if (e.Data is not VitalsMeasured v)
            return;
        var line = string.Create(CultureInfo.InvariantCulture, $"KT {v.Temperature} BP {v.Systolic}/{v.Diastolic} P {v.Pulse} SpO2 {v.OxygenSaturation}");
        batch.Add(
            "insert into bench_timeline (tenant_id, patient_id, sequence, kind, recorded_at, occurred_at, author, data) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            e.TenantId, v.PatientId, e.Sequence, e.Type, e.RecordedAt, v.MeasuredAt, v.RecordedBy, $$"""{"line":"{{line}}","note":"{{v.Note}}"}""");
        batch.Add(
            """
            insert into bench_board (tenant_id, patient_id, last_sequence, last_seen, vitals) values ($1, $2, $3, $4, $5)
            on conflict (tenant_id, patient_id) do update
            set last_sequence = excluded.last_sequence, last_seen = excluded.last_seen, vitals = excluded.vitals
            """,
            e.TenantId, v.PatientId, e.Sequence, v.MeasuredAt, line);
    }
}

internal static class BenchEvents
{
    public const string Tenant = "minato";

    public static EventTypes Types() => new EventTypes().Map<VitalsMeasured>("vitals_measured");

    public static VitalsMeasured Vitals(Random random, Guid visit, Guid patient) => new(
        visit, patient, patient, new(2026, 11, 22, 9, random.Next(60), random.Next(60), TimeSpan.FromHours(9)),
        36 + random.Next(20) / 10m, random.Next(100, 150), random.Next(60, 90), random.Next(55, 95), random.Next(92, 100), random.Next(12, 22),
        "食事は全量摂取。排便あり。右足背に軽度の浮腫、圧痛なし。服薬カレンダー確認、残薬なし。");
}
