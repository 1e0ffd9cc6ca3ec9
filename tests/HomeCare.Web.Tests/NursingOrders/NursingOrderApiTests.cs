using System.Net;
using System.Text;
using HomeCare.NursingOrders;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.NursingOrders;

/// <summary>Orders over HTTP: who reads them, and the files they are signed with.</summary>
public sealed class NursingOrderApiTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly DateOnly Today = JapanTime.DayOf(TimeProvider.System.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Profession> Professions => [.. Town.Professions];

    private async Task<Guid> IssuedAsync(NursingOrderContent? content = null)
    {
        var (physician, order) = (Town.Of(Profession.Physician), Guid.CreateVersion7());
        await host.MustAsync(physician, new DraftNursingOrder(order, Town.Patient, NursingOrderKind.Ordinary, content ?? Examples.Order(Town.Of(Profession.Nurse).OrganisationId!.Value)));
        if (content is null)
        {
            return order;
        }

        await host.MustAsync(physician, new IssueNursingOrder(order, Town.Patient));
        return order;
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task orders_and_their_pages_are_for_the_care_team_and_not_for_relatives(Profession profession)
    {
        var order = await IssuedAsync();
        var sees = Permissions.SeesTeamOnly(profession);
        foreach (var (by, patient) in new[] { (Town.Of(profession), Town.Patient), (Town.Of(profession, related: false), Town.Patient), (Town.Of(profession), Town.Stranger), (Town.OtherNurse, Town.Patient) })
        {
            var expected = sees && by == Town.Of(profession) && patient == Town.Patient ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            var client = await host.AsAsync(by);
            foreach (var path in new[] { $"/api/patients/{patient}/nursing-orders", $"/patients/{patient}/orders", $"/patients/{patient}/orders/{order}" })
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
                response.StatusCode.ShouldBe(expected, $"{by.Name} {path}");
                if (expected == HttpStatusCode.NotFound)
                {
                    (await response.Content.ReadAsStringAsync(Ct)).ShouldNotContain("慢性心不全");
                }
            }

            using var file = await client.GetAsync(new Uri($"/api/patients/{patient}/nursing-orders/files/{Guid.CreateVersion7()}", UriKind.Relative), Ct);
            file.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var list = await (await host.AsAsync(profession)).GetAsync(new Uri("/api/nursing-orders", UriKind.Relative), Ct);
        list.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await list.JsonAsync()).AsArray().Any(o => o!["orderId"]!.GetValue<Guid>() == order).ShouldBe(sees);
        using var none = await (await host.AsAsync(profession, related: false)).GetAsync(new Uri("/api/nursing-orders", UriKind.Relative), Ct);
        (await none.JsonAsync()).AsArray().ShouldBeEmpty();
        using var page = await (await host.AsAsync(profession)).GetAsync(new Uri("/orders?culture=en&show=drafts", UriKind.Relative), Ct);
        (await page.Content.ReadAsStringAsync(Ct)).Contains("Your profession has no use of this page", StringComparison.Ordinal).ShouldBe(!sees);
        using var write = await (await host.AsAsync(profession)).GetAsync(new Uri($"/patients/{Town.Patient}/orders/write?culture=en&order={order}", UriKind.Relative), Ct);
        (await write.Content.ReadAsStringAsync(Ct)).Contains("Save the draft", StringComparison.Ordinal).ShouldBe(profession == Profession.Physician);
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task a_signed_file_is_handed_in_by_those_who_sign(Profession profession)
    {
        var order = await IssuedAsync();
        var may = profession is Profession.Physician or Profession.Nurse or Profession.PublicHealthNurse or Profession.Midwife;
        foreach (var related in new[] { true, false })
        {
            using var answer = await PutAsync(await host.AsAsync(profession, related), order, Guid.CreateVersion7(), "%PDF-1.7"u8.ToArray());
            answer.StatusCode.ShouldBe(!related || !Permissions.SeesTeamOnly(profession) ? HttpStatusCode.NotFound : may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{profession} {related}");
        }
    }

    [Fact]
    public async Task a_file_comes_back_as_it_was_handed_in_and_is_never_shown_within_the_site()
    {
        var client = await host.AsAsync(Profession.Physician);
        var station = Town.Of(Profession.Pharmacist).OrganisationId!.Value;
        var order = await IssuedAsync(Examples.Order(station) with { From = Today.AddMonths(-20), Until = Today.AddMonths(-19) });
        var (file, bytes) = (Guid.CreateVersion7(), Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><a onload='x'/>"));
        using (var answer = await PutAsync(client, order, file, bytes))
        {
            (await answer.JsonAsync())["sha256"]!.GetValue<string>().Length.ShouldBe(64);
        }

        using (var signed = await client.CommandAsync("sign-nursing-order", new SignNursingOrder(order, Town.Patient, Today, file)))
        {
            signed.StatusCode.ShouldBe(HttpStatusCode.OK, await signed.Content.ReadAsStringAsync(Ct));
        }

        using var back = await client.GetAsync(new Uri($"/api/patients/{Town.Patient}/nursing-orders/files/{file}", UriKind.Relative), Ct);
        (await back.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(bytes);
        back.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        back.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        back.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task bad_files_are_refused_with_a_sentence()
    {
        var client = await host.AsAsync(Profession.Nurse);
        var order = await IssuedAsync();
        (await (await PutAsync(client, order, Guid.CreateVersion7(), "<html>"u8.ToArray())).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "file.type")).ShouldNotBeNull();
        await (await PutAsync(client, order, Guid.CreateVersion7(), [])).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "file.empty");
        await (await PutAsync(client, order, Guid.CreateVersion7(), [.. "%PDF-"u8, .. new byte[OrderFiles.Longest]])).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "file.too_large");
        await (await PutAsync(client, Guid.CreateVersion7(), Guid.CreateVersion7(), "%PDF-"u8.ToArray())).ShouldBeProblemAsync(HttpStatusCode.NotFound, "order.unknown");
        using var anonymous = host.Anonymous();
        await (await PutAsync(anonymous, order, Guid.CreateVersion7(), "%PDF-"u8.ToArray())).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
    }

    [Fact]
    public async Task the_visit_sheet_says_that_the_order_ran_out()
    {
        var nurse = await host.AsAsync(Profession.PublicHealthNurse);
        var order = await IssuedAsync(Examples.Order(Town.Of(Profession.Helper).OrganisationId!.Value) with { From = Today.AddMonths(-30), Until = Today.AddMonths(-29) });
        await host.MustAsync(Town.Of(Profession.Physician), new SignNursingOrder(order, Town.Patient, Today));
        using var sheet = await nurse.GetAsync(new Uri($"/api/patients/{Town.Patient}/visit-sheet", UriKind.Relative), Ct);
        var expired = (await sheet.JsonAsync())["orderExpiredOn"];
        expired.ShouldNotBeNull();
        using var physicians = await (await host.AsAsync(Profession.Physician)).GetAsync(new Uri($"/api/patients/{Town.Patient}/visit-sheet", UriKind.Relative), Ct);
        (await physicians.JsonAsync())["orderExpiredOn"].ShouldBeNull("a physician visits on no order");
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, Guid order, Guid file, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        return await client.PutAsync(new Uri($"/api/patients/{Town.Patient}/nursing-orders/{order}/files/{file}?name=a.pdf", UriKind.Relative), content, Ct);
    }
}
