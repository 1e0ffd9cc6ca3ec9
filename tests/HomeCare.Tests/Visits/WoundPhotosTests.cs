using HomeCare.Testing;
using HomeCare.Visits;

namespace HomeCare.Tests.Visits;

/// <summary>Photographs as they arrive, piece by piece, on a real database.</summary>
public sealed class WoundPhotosTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly byte[] File = Pictures.Jpeg(150_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WoundPhotos Photos => database.Photos;

    private static byte[] Piece(int n, byte[]? file = null) => (file ?? File)[(n * WoundPhoto.PieceSize)..Math.Min((file ?? File).Length, (n + 1) * WoundPhoto.PieceSize)];

    private static WoundPhoto Of(byte[] file, string? hash = null, string type = "image/jpeg") =>
        new(Guid.CreateVersion7(), hash ?? Pictures.Hash(file), file.Length, type, 800, 600, Clock.Ago(20), "仙骨部");

    private static async Task<WoundPhoto> RecordedAsync(Community c, WoundPhoto? photo = null, bool teamOnly = false)
    {
        var named = photo ?? Of(File);
        await c.Must(c.Nurse, c.Visit("創部", teamOnly: teamOnly) with { Photos = [named] });
        return named;
    }

    private async Task<string?> RefusalAsync(Actor by, Guid patient, Guid photo, int piece, byte[] data) =>
        (await Photos.TakeAsync(by, patient, photo, piece, data, Ct)).Refused?.Key;

    [Fact]
    public async Task pieces_come_in_any_order_and_as_often_as_they_like_and_make_the_picture_that_the_record_names()
    {
        var c = await database.FoundAsync();
        var photo = await RecordedAsync(c);
        (await Photos.StandingAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().Have.ShouldBeEmpty();
        (await Photos.ReadAsync(c.Physician, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBeNull("not here yet");

        foreach (var n in new[] { 2, 0, 2, 0 })
        {
            (await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, n, Piece(n), Ct)).Standing.ShouldNotBeNull().Whole.ShouldBeFalse();
        }

        var standing = (await Photos.StandingAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull();
        (standing.Pieces, standing.Whole).ShouldBe((3, false));
        standing.Have.ShouldBe([0, 2]);
        (await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 1, Piece(1), Ct)).Standing.ShouldNotBeNull().Whole.ShouldBeTrue();
        (await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 1, Piece(1), Ct)).Standing.ShouldNotBeNull().Whole.ShouldBeTrue("the same again");
        (await Photos.StandingAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().Whole.ShouldBeTrue();
        var (named, file) = (await Photos.ReadAsync(c.Physician, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull();
        file.ShouldBe(File);
        (named.Sha256, named.Place, named.Type).ShouldBe((photo.Sha256, "仙骨部", "image/jpeg"));
    }

    [Fact]
    public async Task two_tabs_that_send_the_same_picture_at_once_make_one_of_it()
    {
        var c = await database.FoundAsync();
        var photo = await RecordedAsync(c);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, i % 3, Piece(i % 3), Ct)));
        answers.ShouldAllBe(a => a.Refused == null);
        (await Photos.ReadAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBe(File);
    }

    [Fact]
    public async Task only_its_writer_sends_it_and_only_what_the_record_names()
    {
        var c = await database.FoundAsync();
        var photo = await RecordedAsync(c);
        (await RefusalAsync(c.Physician, c.Patient, photo.PhotoId, 0, Piece(0))).ShouldBe("photo.other_writer");
        (await RefusalAsync(c.OtherNurse, c.Patient, photo.PhotoId, 0, Piece(0))).ShouldBe("patient.unknown");
        (await RefusalAsync(c.Nurse, c.Stranger, photo.PhotoId, 0, Piece(0))).ShouldBe("patient.unknown");
        (await RefusalAsync(c.Nurse, c.Patient, Guid.CreateVersion7(), 0, Piece(0))).ShouldBe("photo.unknown");
        foreach (var (n, data) in new[] { (3, Piece(0)), (-1, Piece(0)), (2, Piece(0)), (0, Piece(0)[1..]), (0, []) })
        {
            (await RefusalAsync(c.Nurse, c.Patient, photo.PhotoId, n, data)).ShouldBe("photo.piece_wrong");
        }

        (await Photos.StandingAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().Have.ShouldBeEmpty();
        await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 0, Piece(0), Ct);
        (await RefusalAsync(c.Nurse, c.Patient, photo.PhotoId, 0, Piece(1))).ShouldBe("photo.piece_differs");
    }

    [Fact]
    public async Task what_is_not_the_picture_of_the_record_is_thrown_away_whole_and_can_be_sent_anew()
    {
        var c = await database.FoundAsync();
        var photo = await RecordedAsync(c);
        var wrong = Piece(1);
        wrong[5] ^= 1;
        await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 0, Piece(0), Ct);
        await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 1, wrong, Ct);
        (await RefusalAsync(c.Nurse, c.Patient, photo.PhotoId, 2, Piece(2))).ShouldBe("photo.differs");
        (await Photos.StandingAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().Have.ShouldBeEmpty();
        for (var n = 0; n < 3; n++)
        {
            await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, n, Piece(n), Ct);
        }

        (await Photos.ReadAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBe(File);

        foreach (var (file, type, key) in new[]
                 {
                     (Pictures.Jpeg(beside: (0xE1, [.. "Exif\0\0"u8])), "image/jpeg", "photo.has_metadata"), ("<svg onload=alert(1)>"u8.ToArray(), "image/png", "photo.not_an_image"),
                 })
        {
            var named = await RecordedAsync(c, Of(file, type: type));
            (await RefusalAsync(c.Nurse, c.Patient, named.PhotoId, 0, file)).ShouldBe(key);
            (await Photos.ReadAsync(c.Nurse, c.Patient, named.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBeNull();
        }
    }

    [Fact]
    public async Task a_picture_is_seen_by_whoever_sees_the_visit_and_a_relative_sees_none_that_is_for_the_team()
    {
        var c = await database.FoundAsync();
        var open = Of(File);
        var visit = c.Visit("創部") with { Photos = [open] };
        await c.Must(c.Nurse, visit);
        var closed = await RecordedAsync(c, teamOnly: true);
        foreach (var photo in new[] { open, closed })
        {
            for (var n = 0; n < 3; n++)
            {
                await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, n, Piece(n), Ct);
            }
        }

        async Task<bool> Sees(Actor by, WoundPhoto photo) => await Photos.ReadAsync(by, c.Patient, photo.PhotoId, Ct) is { File: not null };
        (await Sees(c.Daughter, open)).ShouldBeTrue();
        (await Sees(c.Daughter, closed)).ShouldBeFalse();
        (await Photos.StandingAsync(c.Daughter, c.Patient, closed.PhotoId, Ct)).ShouldBeNull();
        (await Sees(c.Physician, closed)).ShouldBeTrue();
        (await Sees(c.OtherNurse, open)).ShouldBeFalse();
        (await Sees(c.Admin, open)).ShouldBeFalse();
        (await Photos.ReadAsync(c.Nurse, c.Stranger, open.PhotoId, Ct)).ShouldBeNull();

        await c.Must(c.Nurse, new CorrectVisitNote(visit.VisitId, new VisitNote("訂正"), "家族には見せない", TeamOnly: true));
        (await Sees(c.Daughter, open)).ShouldBeFalse("the visit has become the team's");
        (await Sees(c.Nurse, open)).ShouldBeTrue();
    }

    [Fact]
    public async Task a_picture_that_was_changed_in_the_database_is_not_shown()
    {
        var c = await database.FoundAsync();
        var small = Pictures.Jpeg(2000);
        var photo = await RecordedAsync(c, Of(small));
        await Photos.TakeAsync(c.Nurse, c.Patient, photo.PhotoId, 0, small, Ct);
        (await Photos.ReadAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBe(small);
        await using var change = database.Source.CreateCommand("update wound_photo_files set data = set_byte(data, 1500, 1) where photo_id = $1");
        change.Parameters.Add(new() { Value = photo.PhotoId });
        await change.ExecuteNonQueryAsync(Ct);
        (await Photos.ReadAsync(c.Nurse, c.Patient, photo.PhotoId, Ct)).ShouldNotBeNull().File.ShouldBeNull();
    }
}
