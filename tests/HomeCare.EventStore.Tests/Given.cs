using System.Security.Cryptography;
using System.Text;

namespace HomeCare.EventStore.Tests;

public sealed record TemperatureTaken(string Patient, decimal Celsius, DateTimeOffset MeasuredAt, string? Note = null);

public sealed record NoteWritten(string Patient, string Text, NoteKind Kind = NoteKind.Progress);

public sealed record WaitAsked(double Seconds);

public sealed record Unwritable(double Value);

public enum NoteKind
{
    Progress,
    Handover,
}

/// <summary>Events and appends that the tests are about.</summary>
internal static class Given
{
    public const string Tenant = "minato";

    public static EventTypes Types() => new EventTypes()
        .Map<TemperatureTaken>("temperature_taken")
        .Map<NoteWritten>("note_written")
        .Map<WaitAsked>("wait_asked")
        .Map<Unwritable>("unwritable");

    public static NoteWritten Note(string text = "よく眠れた", string patient = "p1") => new(patient, text);

    public static TemperatureTaken Temperature(decimal celsius = 36.5m, string patient = "p1") =>
        new(patient, celsius, new(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(9)));

    public static Append To(string stream, params object[] events) => To(stream, ExpectedVersion.Any, events);

    public static Append To(string stream, ExpectedVersion expected, params object[] events) =>
        new(Tenant, [new(stream, "visit", expected, events)]);

    public static CommandKey Key(Guid? id = null, string person = "ns.tanaka", string body = "{}") =>
        new(id ?? Guid.CreateVersion7(), person, SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public static AppendResult.Appended Written(this AppendResult result) => result.ShouldBeOfType<AppendResult.Appended>();
}

/// <summary>Two tables: a row an event, and a counter a patient that later events change.</summary>
internal sealed class NotesView(int revision = 1, string greeting = "") : IView
{
    /// <summary>A note with this text throws while it is projected.</summary>
    public const string ThrowsInProject = "throw in project";

    /// <summary>A note with this text makes PostgreSQL refuse the view's statement.</summary>
    public const string ThrowsInDatabase = "throw in database";

    public string Name => "notes";

    public int Revision => revision;

    public IReadOnlyList<string> Tables => ["note_entries", "note_counts"];

    public string Ddl => """
        create table note_entries (
            tenant_id text not null,
            sequence bigint not null,
            patient text not null,
            text text,
            measured_at timestamptz,
            recorded_at timestamptz not null,
            facts jsonb,
            weight int,
            primary key (tenant_id, sequence));
        create index note_entries_patient on note_entries (tenant_id, patient, sequence desc);
        create table note_counts (
            tenant_id text not null,
            patient text not null,
            notes int not null,
            last_text text,
            primary key (tenant_id, patient));
        """;

    public void Project(StoredEvent e, ViewBatch batch)
    {
        switch (e.Data)
        {
            case TemperatureTaken taken:
                Entry(e, batch, taken.Patient, taken.Note, taken.MeasuredAt, $$"""{"体温":{{taken.Celsius}}}""");
                break;
            case NoteWritten { Text: ThrowsInProject }:
                throw new InvalidOperationException("This note cannot be projected.");
            case NoteWritten { Text: ThrowsInDatabase }:
                batch.Add("insert into note_entries (tenant_id, sequence, patient, recorded_at, weight) values ($1, $2, 'x', now(), 1 / ($3::int - $3::int))", e.TenantId, e.Sequence, 1);
                break;
            case NoteWritten note:
                Entry(e, batch, note.Patient, greeting + note.Text, null, null);
                batch.Add(
                    """
                    insert into note_counts (tenant_id, patient, notes, last_text) values ($1, $2, 1, $3)
                    on conflict (tenant_id, patient) do update set notes = note_counts.notes + 1, last_text = excluded.last_text
                    """,
                    e.TenantId, note.Patient, greeting + note.Text);
                break;
            case WaitAsked wait:
                batch.Add("insert into note_entries (tenant_id, sequence, patient, recorded_at, text) values ($1, $2, 'wait', $3, pg_sleep($4)::text)", e.TenantId, e.Sequence, e.RecordedAt, wait.Seconds);
                break;
        }
    }

    private static void Entry(StoredEvent e, ViewBatch batch, string patient, string? text, DateTimeOffset? measuredAt, string? facts) =>
        batch.Add(
            "insert into note_entries (tenant_id, sequence, patient, text, measured_at, recorded_at, facts) values ($1, $2, $3, $4, $5, $6, $7)",
            e.TenantId, e.Sequence, patient, text, measuredAt, e.RecordedAt, facts);
}
