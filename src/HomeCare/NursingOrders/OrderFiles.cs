using System.Security.Cryptography;
using Npgsql;

namespace HomeCare.NursingOrders;

/// <summary>A file that was handed in, and the order it belongs to.</summary>
public sealed record KnownFile(Guid OrderId, OrderFile File);

/// <summary>A file with its bytes.</summary>
/// <param name="File">What is known of it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Intact">Whether its bytes still have the hash they had when it was handed in.</param>
public sealed record StoredFile(OrderFile File, byte[] Content, bool Intact);

/// <summary>What became of a file that was handed in.</summary>
/// <param name="File">The file as it is kept; null when it was refused.</param>
/// <param name="Refusal">Why it was refused, or null.</param>
public sealed record HandedIn(OrderFile? File, string? Refusal);

/// <summary>Signed files of orders. They are kept beside the log, which keeps their hashes: a file is never changed or replaced.</summary>
public sealed class OrderFiles(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The longest file, in bytes: 4 MiB.</summary>
    public const int Longest = 4 << 20;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 150;

    /// <summary>Makes the table if it is not there.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand(
            """
            create table if not exists order_files (tenant_id text not null, file_id uuid not null, patient_id uuid not null, order_id uuid not null, name text not null,
                type text not null, content bytea not null, sha256 text not null, added_by uuid not null, added_at timestamptz not null, primary key (tenant_id, file_id))
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes a file for an order. The same file under the same identifier again changes nothing.</summary>
    /// <param name="by">Who hands it in.</param>
    /// <param name="patientId">About whom the order is.</param>
    /// <param name="orderId">Which order.</param>
    /// <param name="fileId">Chosen by the sender.</param>
    /// <param name="name">Its name; folders and control characters are left out.</param>
    /// <param name="content">Its bytes: PDF, a CMS signature (.p7s, .p7m) or XML.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<HandedIn> AddAsync(Actor by, Guid patientId, Guid orderId, Guid fileId, string name, byte[] content, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct) || !Permissions.SeesTeamOnly(by.Profession))
        {
            return new HandedIn(null, "patient.unknown");
        }

        if (!Permissions.Allows(Act.SignNursingOrder, by.Profession))
        {
            return new HandedIn(null, "act.not_permitted");
        }

        if (content.Length is 0 or > Longest)
        {
            return new HandedIn(null, content.Length == 0 ? "file.empty" : "file.too_large");
        }

        if (TypeOf(content) is not { } type)
        {
            return new HandedIn(null, "file.type");
        }

        var orders = await Query.RowsAsync(database, "select status from nursing_orders where tenant_id = $1 and patient_id = $2 and order_id = $3", r => r.GetString(0), ct, by.TenantId, patientId, orderId);
        if (orders.Count == 0)
        {
            return new HandedIn(null, "order.unknown");
        }

        var file = new OrderFile(fileId, NameOf(name), type, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        await using var insert = database.CreateCommand("insert into order_files values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing");
        foreach (var value in new object[] { by.TenantId, fileId, patientId, orderId, file.Name, type, content, file.Sha256, by.PersonId })
        {
            insert.Parameters.Add(new() { Value = value });
        }

        insert.Parameters.Add(Sql.Instant(time.GetUtcNow()));
        if (await insert.ExecuteNonQueryAsync(ct) > 0)
        {
            return new HandedIn(file, null);
        }

        var held = await Query.RowsAsync(database, "select patient_id, order_id, sha256, name from order_files where tenant_id = $1 and file_id = $2",
            r => (Patient: r.GetGuid(0), Order: r.GetGuid(1), Sha256: r.GetString(2), Name: r.GetString(3)), ct, by.TenantId, fileId);
        return held is [var same] && (same.Patient, same.Order, same.Sha256) == (patientId, orderId, file.Sha256)
            ? new HandedIn(file with { Name = same.Name }, null)
            : new HandedIn(null, "file.id_reused");
    }

    /// <summary>A file; null when there is none, or the reader may not see it.</summary>
    public async Task<StoredFile?> ReadAsync(Actor by, Guid patientId, Guid fileId, CancellationToken ct = default) =>
        Permissions.SeesTeamOnly(by.Profession) && await access.MaySeeAsync(by, patientId, ct) && await Query.RowsAsync(database,
            "select name, type, sha256, content from order_files where tenant_id = $1 and patient_id = $2 and file_id = $3",
            r =>
            {
                var content = r.GetFieldValue<byte[]>(3);
                var sha256 = r.GetString(2);
                return new StoredFile(new OrderFile(fileId, r.GetString(0), r.GetString(1), content.Length, sha256), content, Convert.ToHexStringLower(SHA256.HashData(content)) == sha256);
            }, ct, by.TenantId, patientId, fileId) is [var file] ? file : null;

    /// <summary>What kind of signed file the bytes begin like; null: none that an order is signed with.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        // DER of ContentInfo with the object identifier of signed data, 1.2.840.113549.1.7.2 (RFC 5652, section 3).
        ReadOnlySpan<byte> signedData = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
        if (content.Length > 20 && content[0] == 0x30 && content[..20].IndexOf(signedData) is >= 2 and <= 6)
        {
            return "application/pkcs7-mime";
        }

        ReadOnlySpan<byte> mark = [0xef, 0xbb, 0xbf];
        var text = content.StartsWith(mark) ? content[3..] : content;
        return text.StartsWith("<?xml"u8) ? "application/xml" : null;
    }

    private static string NameOf(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = new string([.. last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('"' or '<' or '>'))]).Trim();
        return clean.Length switch { 0 => "signature", > LongestName => clean[..LongestName], _ => clean };
    }
}
