using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using HomeCare.Testing;
using HomeCare.Visits;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Visits;

/// <summary>Photographs of wounds over HTTP: who may send and see them, and what happens to what is wrong, too large or cut off.</summary>
public sealed class WoundPhotoApiTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly byte[] File = Pictures.Jpeg(100_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Profession> Everybody => [.. Town.Professions];

    private static string Path(Guid photo, Guid? patient = null) => $"/api/patients/{patient ?? Town.Patient}/photos/{photo}";

    private async Task<Guid> RecordedAsync(bool teamOnly = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        var photo = new WoundPhoto(Guid.CreateVersion7(), Pictures.Hash(File), File.Length, "image/jpeg", 800, 600, now.AddMinutes(-10), "仙骨部");
        await host.MustAsync(Nurse, new RecordVisit(Guid.CreateVersion7(), Town.Patient, now.AddMinutes(-30), now) { Photos = [photo], TeamOnly = teamOnly });
        return photo.PhotoId;
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string path, byte[] piece, Guid? author, string type = "application/octet-stream", bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(piece) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (author is { } person)
        {
            request.Headers.TryAddWithoutValidation("Author", person.ToString());
        }

        return await client.SendAsync(request, Ct);
    }

    private async Task<JsonNode> SendAsync(Guid photo)
    {
        var client = await host.AsAsync(Nurse);
        using var first = await PutAsync(client, $"{Path(photo)}/pieces/0", File[..WoundPhoto.PieceSize], Nurse.PersonId);
        (await first.JsonAsync())["whole"]!.GetValue<bool>().ShouldBeFalse();
        using var second = await PutAsync(client, $"{Path(photo)}/pieces/1", File[WoundPhoto.PieceSize..], Nurse.PersonId);
        return await second.JsonAsync();
    }

    [Fact]
    public async Task a_photograph_is_sent_in_pieces_and_shown_as_it_was_and_nothing_of_it_stays_in_the_browser()
    {
        var photo = await RecordedAsync();
        var client = await host.AsAsync(Nurse);
        using (var early = await client.GetAsync(Path(photo), Ct))
        {
            early.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        var standing = await (await client.GetAsync($"{Path(photo)}/pieces", Ct)).JsonAsync();
        (standing["pieces"]!.GetValue<int>(), standing["have"]!.AsArray().Count, standing["whole"]!.GetValue<bool>()).ShouldBe((2, 0, false));
        (await SendAsync(photo))["whole"]!.GetValue<bool>().ShouldBeTrue();
        using var answer = await client.GetAsync(Path(photo), Ct);
        (answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.NoStore).ShouldBe((HttpStatusCode.OK, "image/jpeg", true));
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(File);
        var entry = (await (await client.GetAsync($"/api/patients/{Town.Patient}/timeline?limit=200", Ct)).JsonAsync()).AsArray()
            .Single(e => e!["data"]!["photos"]?.AsArray().Any(p => p!["photoId"]!.GetValue<Guid>() == photo) == true)!;
        entry["data"]!["photos"]![0]!["sha256"]!.GetValue<string>().ShouldBe(Pictures.Hash(File));
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task a_photograph_is_there_for_whoever_sees_the_visit_and_is_sent_by_its_writer_alone(Profession profession)
    {
        var (open, closed) = (await RecordedAsync(), await RecordedAsync(teamOnly: true));
        await SendAsync(open);
        await SendAsync(closed);
        var sees = profession is not (Profession.Administrator or Profession.Ambulance);
        var seesTeamOnly = sees && profession is not (Profession.Family or Profession.Patient);
        foreach (var related in new[] { true, false })
        {
            var client = await host.AsAsync(profession, related);
            foreach (var (photo, expected) in new[] { (open, sees && related), (closed, seesTeamOnly && related), (Guid.CreateVersion7(), false) })
            {
                using var read = await client.GetAsync(Path(photo), Ct);
                read.StatusCode.ShouldBe(expected ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{profession} {related}");
                using var pieces = await client.GetAsync($"{Path(photo)}/pieces", Ct);
                pieces.StatusCode.ShouldBe(expected ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{profession} {related}");
                var own = Town.Of(profession, related).PersonId;
                using var sent = await PutAsync(client, $"{Path(photo)}/pieces/0", File[..WoundPhoto.PieceSize], own);
                sent.StatusCode.ShouldBe(!expected ? HttpStatusCode.NotFound : own == Nurse.PersonId ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{profession} {related}");
            }

            foreach (var patient in new[] { Town.Stranger, Town.OtherPatient })
            {
                using var elsewhere = await client.GetAsync(Path(open, patient), Ct);
                elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        }
    }

    [Fact]
    public async Task without_a_session_of_another_community_or_under_another_name_nothing_is_sent()
    {
        var photo = await RecordedAsync();
        using var anonymous = host.Anonymous();
        await (await anonymous.GetAsync(Path(photo), Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        await (await anonymous.GetAsync($"{Path(photo)}/pieces", Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        await (await PutAsync(anonymous, $"{Path(photo)}/pieces/0", [1], Nurse.PersonId)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        await (await (await host.AsAsync(Town.OtherNurse)).GetAsync(Path(photo), Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "photo.unknown");
        var client = await host.AsAsync(Nurse);
        var piece = File[..WoundPhoto.PieceSize];
        await (await PutAsync(client, $"{Path(photo)}/pieces/0", piece, null)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "session.other_person");
        await (await PutAsync(client, $"{Path(photo)}/pieces/0", piece, Guid.CreateVersion7())).ShouldBeProblemAsync(HttpStatusCode.Conflict, "session.other_person");
        (await (await client.GetAsync($"{Path(photo)}/pieces", Ct)).JsonAsync())["have"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_wrong_too_large_or_something_else_is_refused_in_a_sentence()
    {
        var photo = await RecordedAsync();
        var client = await host.AsAsync(Nurse);
        Task<HttpResponseMessage> Put(string piece, byte[] data, string type = "application/octet-stream", bool chunked = false) =>
            PutAsync(client, $"{Path(photo)}/pieces/{piece}", data, Nurse.PersonId, type, chunked);
        await (await Put("0", [])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("0", [1, 2, 3])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("2", [1])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("-1", [1])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("x", [1])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("99999999999", [1])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.piece_wrong");
        await (await Put("0", [1], "image/jpeg")).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media_type");
        await (await Put("0", new byte[WoundPhoto.PieceSize + 1])).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        await (await Put("0", new byte[WoundPhoto.PieceSize + 1], chunked: true)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        await (await PutAsync(client, $"/api/patients/x/photos/{photo}/pieces/0", [1], Nurse.PersonId)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "photo.unknown");
        await (await PutAsync(client, $"/api/patients/{Town.Patient}/photos/x/pieces/0", [1], Nurse.PersonId)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "photo.unknown");
        var other = File[..WoundPhoto.PieceSize];
        other[9] ^= 1;
        (await Put("0", other)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await Put("1", File[WoundPhoto.PieceSize..])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "photo.differs");
        (await (await client.GetAsync($"{Path(photo)}/pieces", Ct)).JsonAsync())["have"]!.AsArray().ShouldBeEmpty("thrown away whole");
        (await SendAsync(photo))["whole"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task a_piece_that_is_cut_in_its_middle_leaves_nothing_and_is_sent_again()
    {
        var photo = await RecordedAsync();
        var cookie = (await host.AsAsync(Nurse)).DefaultRequestHeaders.GetValues("Cookie").Single();
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(host.Address.Host, host.Address.Port, Ct);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"PUT {Path(photo)}/pieces/0 HTTP/1.1\r\nHost: {host.Address.Authority}\r\nCookie: {cookie}\r\nAuthor: {Nurse.PersonId}\r\nContent-Type: application/octet-stream\r\nContent-Length: {WoundPhoto.PieceSize}\r\n\r\n"), Ct);
            await socket.SendAsync(File.AsMemory(0, WoundPhoto.PieceSize / 2), Ct);
            socket.LingerState = new LingerOption(true, 0);
        }

        var client = await host.AsAsync(Nurse);
        (await (await client.GetAsync($"{Path(photo)}/pieces", Ct)).JsonAsync())["have"]!.AsArray().ShouldBeEmpty();
        (await SendAsync(photo))["whole"]!.GetValue<bool>().ShouldBeTrue();
        (await client.GetByteArrayAsync(Path(photo), Ct)).ShouldBe(File);
    }
}
