using HomeCare.Testing;
using HomeCare.Visits;

namespace HomeCare.Tests.Visits;

/// <summary>What a photograph of a wound may be, and how the record names it.</summary>
public sealed class WoundPhotoTests
{
    private static RecordVisit Record(params WoundPhoto[] photos) =>
        new(Ids.Of("visit"), People.Okamoto.PatientId, Clock.Ago(40), Clock.Ago(5)) { Photos = photos };

    private static WoundPhoto Photo(string name = "photo") =>
        new(Ids.Of(name), Pictures.Hash([1]), 150_000, "image/jpeg", 1600, 1200, Clock.Ago(20), "仙骨部");

    [Fact]
    public void a_photograph_alone_is_a_record_and_stands_in_it_by_its_hash() =>
        Given.Nothing<Visit>().When(Record(Photo())).Accepted<VisitRecorded>().Photos.ShouldHaveSingleItem().ShouldBe(Photo());

    [Fact]
    public void a_record_without_photographs_says_nothing_of_them() =>
        Given.Nothing<Visit>().When(Record() with { Note = new VisitNote("変わりない") }).Accepted<VisitRecorded>().Photos.ShouldBeNull();

    [Fact]
    public void what_cannot_be_a_photograph_is_refused_with_its_reason()
    {
        void Wrong(WoundPhoto photo, string field, string key) => Given.Nothing<Visit>().When(Record(photo)).IsInvalid(field, key);
        Wrong(Photo() with { Sha256 = "AB" }, "photos[0].sha256", "photo.bad");
        Wrong(Photo() with { Sha256 = Photo().Sha256.ToUpperInvariant() }, "photos[0].sha256", "photo.bad");
        Wrong(Photo() with { Bytes = 0 }, "photos[0].bytes", "photo.too_large");
        Wrong(Photo() with { Bytes = WoundPhoto.Longest + 1 }, "photos[0].bytes", "photo.too_large");
        Wrong(Photo() with { Type = "image/svg+xml" }, "photos[0].type", "photo.not_an_image");
        Wrong(Photo() with { Width = 4097 }, "photos[0].width", "photo.too_large");
        Wrong(Photo() with { TakenAt = Clock.Ago(-60) }, "photos", "time.in_future");
        Given.Nothing<Visit>().When(Record(Photo(), Photo())).IsInvalid("photos", "photo.bad");
        Given.Nothing<Visit>().When(Record([.. Enumerable.Range(0, 7).Select(i => Photo($"photo {i}"))])).IsInvalid("photos", "photo.too_many");
    }

    [Fact]
    public void pieces_are_all_alike_but_the_last()
    {
        var photo = Photo();
        photo.Pieces.ShouldBe(3);
        Enumerable.Range(-1, 5).Select(photo.LengthOf).ShouldBe([0, 65_536, 65_536, 150_000 - 131_072, 0]);
        (photo with { Bytes = 65_536 }).Pieces.ShouldBe(1);
        (photo with { Bytes = 65_537 }).LengthOf(1).ShouldBe(1);
    }

    [Fact]
    public void a_plain_picture_is_taken()
    {
        PhotoFormat.Refusal(Pictures.Jpeg(), "image/jpeg").ShouldBeNull();
        PhotoFormat.Refusal(Pictures.Png(), "image/png").ShouldBeNull();
        PhotoFormat.Refusal(Pictures.WebP(), "image/webp").ShouldBeNull();
    }

    [Fact]
    public void what_says_where_by_what_or_in_what_words_it_was_taken_is_refused()
    {
        foreach (var marker in new byte[] { 0xE1, 0xED, 0xFE })
        {
            PhotoFormat.Refusal(Pictures.Jpeg(beside: (marker, [.. "Exif\0\0"u8])), "image/jpeg").ShouldBe("photo.has_metadata");
        }

        foreach (var chunk in new[] { "eXIf", "tEXt", "iTXt", "zTXt", "tIME" })
        {
            PhotoFormat.Refusal(Pictures.Png(beside: (chunk, [1, 2])), "image/png").ShouldBe("photo.has_metadata", chunk);
        }

        foreach (var chunk in new[] { "EXIF", "XMP " })
        {
            PhotoFormat.Refusal(Pictures.WebP(beside: (chunk, [1, 2, 3])), "image/webp").ShouldBe("photo.has_metadata", chunk);
        }
    }

    [Fact]
    public void a_picture_with_too_many_pixels_is_refused()
    {
        PhotoFormat.Refusal(Pictures.Jpeg(width: 5000), "image/jpeg").ShouldBe("photo.too_large");
        PhotoFormat.Refusal(Pictures.Png(height: 100_000), "image/png").ShouldBe("photo.too_large");
        PhotoFormat.Refusal(Pictures.WebP(width: 5000), "image/webp").ShouldBe("photo.too_large");
        PhotoFormat.Refusal(Pictures.Jpeg(height: 0), "image/jpeg").ShouldBe("photo.not_an_image");
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/png")]
    [InlineData("image/webp")]
    [InlineData("text/html")]
    public void nothing_else_is_a_picture_however_it_is_cut_or_changed(string type)
    {
        var random = new Random(20261126);
        var files = new[] { Pictures.Jpeg(300), Pictures.Png(), Pictures.WebP(), [], "<html><script>"u8.ToArray() };
        foreach (var file in files)
        {
            for (var cut = 0; cut < file.Length; cut++)
            {
                PhotoFormat.Refusal(file.AsSpan(0, cut), type).ShouldNotBeNull($"{type} cut at {cut}");
            }

            for (var i = 0; i < 2000; i++)
            {
                // Whatever stands in it, it is looked at to its end or refused; nothing is read beyond.
                var changed = file.ToArray();
                for (var n = random.Next(1, 8); n > 0 && changed.Length > 0; n--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                _ = PhotoFormat.Refusal(changed.AsSpan(0, random.Next(changed.Length + 1)), type);
            }
        }

        PhotoFormat.Refusal(Pictures.Jpeg(), "image/png").ShouldBe("photo.not_an_image");
    }
}
