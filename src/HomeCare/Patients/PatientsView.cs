using System.Text.Json;
using HomeCare.EventStore;
using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>The people cared for, with what everybody must know of them.</summary>
public sealed class PatientsView : IView
{
    /// <inheritdoc/>
    public string Name => "patients";

    /// <inheritdoc/>
    public int Revision => 4;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["patients", "patient_conditions", "patient_allergies", "patient_ranges", "patient_wishes"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table patients (tenant_id text not null, patient_id uuid not null, name text not null, kana text, search text not null,
            birth_date date, sex text not null, care_level text, care_level_from date, care_level_until date, details jsonb not null, contacts jsonb, registered_at timestamptz not null,
            news2_off jsonb, scale2 jsonb,
            primary key (tenant_id, patient_id));
        create index patients_by_kana on patients (tenant_id, kana, patient_id);
        create table patient_conditions (tenant_id text not null, patient_id uuid not null, condition_id uuid not null, status text not null,
            sequence bigint not null, data jsonb not null, team_only boolean not null, primary key (tenant_id, patient_id, condition_id));
        create table patient_allergies (tenant_id text not null, patient_id uuid not null, allergy_id uuid not null, status text not null,
            sequence bigint not null, data jsonb not null, primary key (tenant_id, patient_id, allergy_id));
        create table patient_ranges (tenant_id text not null, patient_id uuid not null, sign text not null, low numeric, high numeric,
            from_on date not null, until_on date, note text, primary key (tenant_id, patient_id, sign, from_on));
        create table patient_wishes (tenant_id text not null, patient_id uuid not null, version int not null, wishes_id uuid not null, data jsonb not null,
            recorded_at timestamptz not null, by_id uuid not null, by_name text not null, by_profession text not null,
            confirmed_at timestamptz, confirmed_by text, withdrawn_at timestamptz, reason text, primary key (tenant_id, patient_id, version));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        var tenant = e.TenantId;
        switch (e.Data)
        {
            case PatientRegistered r:
                Details(r.PatientId, r.Details);
                break;
            case PatientDetailsCorrected c:
                Details(c.PatientId, c.Details);
                break;
            case ContactsSet s:
                batch.Add("update patients set contacts = $3::jsonb where tenant_id = $1 and patient_id = $2", tenant, s.PatientId, Text(s.Contacts));
                break;
            case CareLevelSet s:
                batch.Add("update patients set care_level = $3, care_level_from = $4, care_level_until = $5 where tenant_id = $1 and patient_id = $2",
                    tenant, s.PatientId, s.CareLevel.Level.ToString(), s.CareLevel.From, s.CareLevel.Until);
                break;
            case ConditionRecorded r:
                batch.Add(
                    """
                    insert into patient_conditions values ($1, $2, $3, $4, $5, $6::jsonb, $7)
                    on conflict (tenant_id, patient_id, condition_id) do update set status = excluded.status, data = excluded.data, team_only = excluded.team_only
                    """,
                    tenant, r.PatientId, r.ConditionId, r.Condition.Status.ToString(), e.Sequence, Text(r.Condition), r.TeamOnly);
                break;
            case AllergyRecorded r:
                batch.Add(
                    """
                    insert into patient_allergies values ($1, $2, $3, $4, $5, $6::jsonb)
                    on conflict (tenant_id, patient_id, allergy_id) do update set status = excluded.status, data = excluded.data
                    """,
                    tenant, r.PatientId, r.AllergyId, r.Allergy.Status.ToString(), e.Sequence, Text(r.Allergy));
                break;
            case WishesRecorded w:
                batch.Add("insert into patient_wishes values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)",
                    tenant, w.PatientId, w.Version, w.WishesId, Text(w.Wishes), e.RecordedAt, w.ById, Author.Of(e).Name, Author.Of(e).Profession.ToString());
                break;
            case WishesConfirmed w:
                batch.Add("update patient_wishes set confirmed_at = $4, confirmed_by = $5 where tenant_id = $1 and patient_id = $2 and version = $3",
                    tenant, w.PatientId, w.Version, e.RecordedAt, Author.Of(e).Name);
                break;
            case WishesWithdrawn w:
                batch.Add("update patient_wishes set withdrawn_at = $4, reason = $5 where tenant_id = $1 and patient_id = $2 and version = $3",
                    tenant, w.PatientId, w.Version, e.RecordedAt, w.Reason);
                break;
            case TargetRangeSet s:
                // As TargetRange.Replaces has it.
                batch.Add("delete from patient_ranges where tenant_id = $1 and patient_id = $2 and sign = $3 and from_on >= $4",
                    tenant, s.PatientId, s.Range.Sign.ToString(), s.Range.From);
                batch.Add("insert into patient_ranges values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    tenant, s.PatientId, s.Range.Sign.ToString(), s.Range.Low, s.Range.High,
                    s.Range.From, s.Range.Until, s.Note);
                break;
            case News2SwitchedOff s:
                News2("news2_off", s.PatientId, Text(s.Off));
                break;
            case News2SwitchedOn s:
                News2("news2_off", s.PatientId, null);
                break;
            case SpO2Scale2Chosen c:
                News2("scale2", c.PatientId, Text(c.Scale2));
                break;
            case SpO2Scale1Chosen c:
                News2("scale2", c.PatientId, null);
                break;
            case TargetRangeRemoved r:
                batch.Add("delete from patient_ranges where tenant_id = $1 and patient_id = $2 and sign = $3", tenant, r.PatientId, r.Sign.ToString());
                break;
        }

        void Details(Guid id, PatientDetails d) => batch.Add(
            """
            insert into patients (tenant_id, patient_id, name, kana, search, birth_date, sex, details, registered_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
            on conflict (tenant_id, patient_id) do update set name = excluded.name, kana = excluded.kana, search = excluded.search,
                birth_date = excluded.birth_date, sex = excluded.sex, details = excluded.details
            """,
            tenant, id, d.Name, d.Kana, SearchText.Of(d.Name, d.Kana), d.BirthDate, d.Sex.ToString(),
            Text(d), e.RecordedAt);

        void News2(string column, Guid id, string? json) =>
            batch.Add($"update patients set {column} = $3::jsonb where tenant_id = $1 and patient_id = $2", tenant, id, json);

        static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
    }
}
