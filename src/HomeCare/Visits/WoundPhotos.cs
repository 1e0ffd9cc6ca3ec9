using System.Security.Cryptography;
using Npgsql;

namespace HomeCare.Visits;

/// <summary>How far a photograph has arrived.</summary>
/// <param name="Pieces">In how many pieces it comes.</param>
/// <param name="Have">Those that are here, counted from 0; none once it is whole.</param>
/// <param name="Whole">Whether all of it is here and is the picture that the record names.</param>
public sealed record PhotoStanding(int Pieces, IReadOnlyList<int> Have, bool Whole);

/// <summary>The answer to a piece.</summary>
/// <param name="Standing">How far it has arrived now; null when the piece was refused.</param>
/// <param name="Refused">Why.</param>
public sealed record PhotoAnswer(PhotoStanding? Standing, Outcome.Refused? Refused = null);

/// <summary>The pictures of wounds. They lie beside the log, which holds their hashes: a picture that was changed is not shown. They come in pieces, each
/// as often as it likes; what a person may see of them is what they may see of the visit.</summary>
public sealed class WoundPhotos(NpgsqlDataSource database, Access access, TimeProvider time)
{
    private const string Key = "tenant_id = $1 and patient_id = $2 and photo_id = $3";

    /// <summary>Makes the tables if they are not there.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand(
            """
            create table if not exists wound_photo_pieces (tenant_id text not null, patient_id uuid not null, photo_id uuid not null, piece int not null,
                data bytea not null, received_at timestamptz not null, primary key (tenant_id, patient_id, photo_id, piece));
            create table if not exists wound_photo_files (tenant_id text not null, patient_id uuid not null, photo_id uuid not null,
                data bytea not null, received_at timestamptz not null, primary key (tenant_id, patient_id, photo_id));
            alter table wound_photo_pieces alter column data set storage external;
            alter table wound_photo_files alter column data set storage external
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How far a photograph has arrived; null when the record is not the reader's to see, or names no such photograph to them.</summary>
    public async Task<PhotoStanding?> StandingAsync(Actor by, Guid patientId, Guid photoId, CancellationToken ct = default) =>
        await FindAsync(by, patientId, photoId, ct) is { Photo: var photo } ? await StandingAsync(by.TenantId, patientId, photo, ct) : null;

    /// <summary>The picture. Its bytes are null when they have not arrived, or are not those that the record names.</summary>
    /// <returns>Null when the record is not the reader's to see, or names no such photograph to them.</returns>
    public async Task<(WoundPhoto Photo, byte[]? File)?> ReadAsync(Actor by, Guid patientId, Guid photoId, CancellationToken ct = default)
    {
        if (await FindAsync(by, patientId, photoId, ct) is not { Photo: var photo })
        {
            return null;
        }

        var file = await Query.RowsAsync(database, $"select data from wound_photo_files where {Key}", r => r.GetFieldValue<byte[]>(0), ct, by.TenantId, patientId, photoId);
        return (photo, file is [var data] && Hash(data) == photo.Sha256 ? data : null);
    }

    /// <summary>Takes a piece. The same piece again changes nothing; with the last one the whole is looked at.</summary>
    public async Task<PhotoAnswer> TakeAsync(Actor by, Guid patientId, Guid photoId, int piece, ReadOnlyMemory<byte> data, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return Refuse(RefusalKind.NotFound, "patient.unknown");
        }

        if (await FindAsync(by, patientId, photoId, ct) is not var (photo, writer))
        {
            return Refuse(RefusalKind.NotFound, "photo.unknown");
        }

        if (writer != by.PersonId)
        {
            return Refuse(RefusalKind.Forbidden, "photo.other_writer");
        }

        if (data.Length == 0 || data.Length != photo.LengthOf(piece))
        {
            return Refuse(RefusalKind.Invalid, "photo.piece_wrong");
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var answer = await TakeAsync(connection, by.TenantId, patientId, photo, piece, data, ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<PhotoAnswer> TakeAsync(
        NpgsqlConnection connection, string tenant, Guid patientId, WoundPhoto photo, int piece, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        // Two tabs that send the same picture take turns.
        await RunAsync("select pg_advisory_xact_lock(hashtextextended($1 || $2::text || $3::text, 0))");
        if (await AskAsync("select substring(data from $4 for $5) from wound_photo_files where " + Key, (piece * WoundPhoto.PieceSize) + 1, data.Length) is byte[] stored)
        {
            return stored.AsSpan().SequenceEqual(data.Span) ? new PhotoAnswer(new PhotoStanding(photo.Pieces, [], Whole: true)) : Refuse(RefusalKind.Conflict, "photo.piece_differs");
        }

        if (await AskAsync($"select data from wound_photo_pieces where {Key} and piece = $4", piece) is byte[] before)
        {
            if (!before.AsSpan().SequenceEqual(data.Span))
            {
                return Refuse(RefusalKind.Conflict, "photo.piece_differs");
            }
        }
        else
        {
            await RunAsync("insert into wound_photo_pieces values ($1, $2, $3, $4, $5, $6)", piece, data.ToArray(), Sql.Instant(time.GetUtcNow()));
        }

        var have = (int[])(await AskAsync($"select coalesce(array_agg(piece order by piece), array[]::int[]) from wound_photo_pieces where {Key}"))!;
        if (have.Length < photo.Pieces)
        {
            return new PhotoAnswer(new PhotoStanding(photo.Pieces, have, Whole: false));
        }

        var whole = (byte[])(await AskAsync($"select string_agg(data, ''::bytea order by piece) from wound_photo_pieces where {Key}"))!;
        await RunAsync($"delete from wound_photo_pieces where {Key}");
        if ((Hash(whole) == photo.Sha256 ? PhotoFormat.Refusal(whole, photo.Type) : "photo.differs") is { } refusal)
        {
            return Refuse(RefusalKind.Invalid, refusal);
        }

        await RunAsync("insert into wound_photo_files values ($1, $2, $3, $4, $5)", whole, Sql.Instant(time.GetUtcNow()));
        return new PhotoAnswer(new PhotoStanding(photo.Pieces, [], Whole: true));

        async Task RunAsync(string sql, params object[] more)
        {
            await using var command = Command(sql, more);
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<object?> AskAsync(string sql, params object[] more)
        {
            await using var command = Command(sql, more);
            return await command.ExecuteScalarAsync(ct);
        }

        NpgsqlCommand Command(string sql, object[] more)
        {
            var command = new NpgsqlCommand(sql, connection);
            foreach (var value in (object[])[tenant, patientId, photo.PhotoId, .. more])
            {
                command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
            }

            return command;
        }
    }

    /// <summary>What the record says of a photograph, and who took it, to one who may see the visit.</summary>
    private async Task<(WoundPhoto Photo, Guid Writer)?> FindAsync(Actor by, Guid patientId, Guid photoId, CancellationToken ct) =>
        await access.MaySeeAsync(by, patientId, ct) && await Query.RowsAsync(database,
            """
            select p.sha256, p.bytes, p.type, p.width, p.height, p.taken_at, p.place, p.person_id
            from wound_photos p join timeline t on t.tenant_id = p.tenant_id and t.patient_id = p.patient_id and t.sequence = p.sequence
            where p.tenant_id = $1 and p.patient_id = $2 and p.photo_id = $3 and (not t.team_only or $4)
            """,
            r => (new WoundPhoto(photoId, r.GetString(0), r.GetInt32(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), Sql.Instant(r, 5), Sql.Text(r, 6)), r.GetGuid(7)),
            ct, by.TenantId, patientId, photoId, Permissions.SeesTeamOnly(by.Profession)) is [var row] ? row : null;

    private async Task<PhotoStanding> StandingAsync(string tenant, Guid patientId, WoundPhoto photo, CancellationToken ct) =>
        (await Query.RowsAsync(database,
            $"""
            select exists (select 1 from wound_photo_files where {Key}), array(select piece from wound_photo_pieces where {Key} order by piece)
            """,
            r => new PhotoStanding(photo.Pieces, r.GetFieldValue<int[]>(1), r.GetBoolean(0)), ct, tenant, patientId, photo.PhotoId))[0];

    private static string Hash(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private static PhotoAnswer Refuse(RefusalKind kind, string key) => new(null, new Outcome.Refused(kind, key));
}
