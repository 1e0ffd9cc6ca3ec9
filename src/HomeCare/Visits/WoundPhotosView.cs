using HomeCare.EventStore;

namespace HomeCare.Visits;

/// <summary>Which photographs the record names, and who took them. The pictures lie in <see cref="WoundPhotos"/>.</summary>
public sealed class WoundPhotosView : IView
{
    /// <inheritdoc/>
    public string Name => "wound_photos";

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["wound_photos"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table wound_photos (tenant_id text not null, patient_id uuid not null, photo_id uuid not null, sequence bigint not null, person_id uuid not null,
            sha256 text not null, bytes int not null, type text not null, width int not null, height int not null, taken_at timestamptz not null, place text,
            primary key (tenant_id, patient_id, photo_id));
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        if (e.Data is VisitRecorded { Photos: { } photos } visit)
        {
            foreach (var p in photos)
            {
                // A name that is taken stays with its first picture.
                batch.Add(
                    "insert into wound_photos values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
                    e.TenantId, visit.PatientId, p.PhotoId, e.Sequence, visit.VisitorId, p.Sha256, p.Bytes, p.Type, p.Width, p.Height, p.TakenAt, p.Place);
            }
        }
    }
}
