using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HomeCare.Visits;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Api;

/// <summary>Reads, marks and the state of the host over HTTP.</summary>
public sealed class QueryApiTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static RecordVisit Visit(string words) =>
        new(Guid.CreateVersion7(), Town.Patient, TimeProvider.System.GetUtcNow().AddMinutes(-40), TimeProvider.System.GetUtcNow().AddMinutes(-5)) { Note = new VisitNote(words) };

    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/patients")]
    [InlineData("/api/patients/0199a1b2-0000-7000-8000-000000000001")]
    [InlineData("/api/patients/0199a1b2-0000-7000-8000-000000000001/timeline")]
    public async Task without_a_session_nothing_is_told(string path)
    {
        using var anonymous = host.Anonymous();
        var problem = await (await anonymous.GetAsync(path, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        problem["title"]!.GetValue<string>().ShouldBe("サインインしてください。");
    }

    [Fact]
    public async Task me_tells_person_profession_organisation_and_community()
    {
        var me = await (await (await host.AsAsync(Nurse)).GetAsync("/api/me", Ct)).JsonAsync();

        me["personId"]!.GetValue<Guid>().ShouldBe(Nurse.PersonId);
        me["profession"]!.GetValue<string>().ShouldBe("nurse");
        me["organisationName"]!.GetValue<string>().ShouldBe(Nurse.OrganisationName);
        me["tenantId"]!.GetValue<string>().ShouldBe(Town.Tenant);
        me["community"]!.GetValue<string>().ShouldBe("みなと在宅ケアネット");
        me["places"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?query=岡本", true)]
    [InlineData("?query=おかもと", true)]
    [InlineData("?query=ｵｶﾓﾄ", true)]
    [InlineData("?query=%25", false)]
    [InlineData("?query=石井", false)]
    [InlineData("?page=2", false)]
    [InlineData("?page=100000", false)]
    public async Task the_list_finds_by_kanji_kana_and_width_and_shows_my_people_only(string query, bool found)
    {
        using var response = await (await host.AsAsync(Nurse)).GetAsync($"/api/patients{query}", Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync())["patients"]!.AsArray().Count.ShouldBe(found ? 1 : 0);
    }

    [Theory]
    [InlineData("/api/patients?page=0", "page")]
    [InlineData("/api/patients?page=-1", "page")]
    [InlineData("/api/patients?page=x", "page")]
    [InlineData("/api/patients?page=1&page=2", "page")]
    [InlineData("/api/patients?page=99999999999999999999", "page")]
    [InlineData("/api/patients?query=%00", "query")]
    [InlineData("/api/patients/{id}/timeline?limit=0", "limit")]
    [InlineData("/api/patients/{id}/timeline?limit=201", "limit")]
    [InlineData("/api/patients/{id}/timeline?limit=1.5", "limit")]
    [InlineData("/api/patients/{id}/timeline?before=x", "before")]
    [InlineData("/api/patients/{id}/timeline?after=-1", "after")]
    [InlineData("/api/patients/{id}/timeline?before=", "before")]
    [InlineData("/api/patients/{id}/timeline?before=5&after=1", "before, after")]
    public async Task a_parameter_out_of_its_limits_is_named(string path, string parameter)
    {
        using var response = await (await host.AsAsync(Nurse)).GetAsync(path.Replace("{id}", Town.Patient.ToString()) + (path.Contains('?') ? "&culture=en" : ""), Ct);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request.parameter");
        problem["title"]!.GetValue<string>().ShouldBe($"The value of \"{parameter}\" is not right.");
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("'; drop table patients; --")]
    public async Task what_is_no_patient_is_not_found(string id)
    {
        var client = await host.AsAsync(Nurse);
        await (await client.GetAsync($"/api/patients/{id}", Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "patient.unknown");
        await (await client.GetAsync($"/api/patients/{id}/timeline", Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "patient.unknown");
    }

    [Fact]
    public async Task the_summary_holds_what_the_team_must_know()
    {
        var summary = await (await (await host.AsAsync(Nurse)).GetAsync($"/api/patients/{Town.Patient}", Ct)).JsonAsync();

        summary["details"]!["family"]!.GetValue<string>().ShouldBe("岡本");
        summary["team"]!.AsArray().Select(m => m!["name"]!.GetValue<string>()).ShouldContain(Nurse.OrganisationName!);
    }

    [Fact]
    public async Task a_timeline_pages_newest_first_backwards_and_oldest_first_forwards()
    {
        var written = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            written.Add((await host.MustAsync(Nurse, Visit($"{i}"))).Receipt.Sequence);
        }

        async Task<List<JsonNode>> Page(string query) =>
            [.. (await (await (await host.AsAsync(Nurse)).GetAsync($"/api/patients/{Town.Patient}/timeline{query}", Ct)).JsonAsync()).AsArray().Select(e => e!)];
        List<long> Sequences(List<JsonNode> page) => [.. page.Select(e => e["sequence"]!.GetValue<long>())];

        var newest = await Page("?limit=3");
        Sequences(newest).ShouldBe(written.TakeLast(3).Reverse());
        Sequences(await Page($"?limit=3&before={newest[^1]["sequence"]}")).ShouldBe(written.Skip(1).Take(3).Reverse());
        Sequences(await Page($"?limit=3&after={written[1]}")).ShouldBe(written.Skip(2).Take(3));
        Sequences(await Page($"?after={written[^1]}")).ShouldBeEmpty();
        Sequences(await Page("?before=0")).ShouldBeEmpty();
        var entry = newest[0];
        entry["kind"]!.GetValue<string>().ShouldBe("visit-recorded");
        entry["author"]!["profession"]!.GetValue<string>().ShouldBe("nurse");
        entry["data"]!["note"]!["subjective"]!.GetValue<string>().ShouldBe("6");
        entry["recordedAt"].ShouldNotBeNull();
        entry["occurredAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task what_was_seen_is_kept_and_never_goes_back()
    {
        var client = await host.SignInAsync(Town.UserOf(Town.Of(Profession.Pharmacist)));
        var last = (await host.MustAsync(Nurse, Visit("見た"))).Receipt.Sequence;
        async Task<int> Unread() => (await (await client.GetAsync("/api/patients", Ct)).JsonAsync())["patients"]![0]!["unread"]!.GetValue<int>();

        (await Unread()).ShouldBeGreaterThan(0);
        foreach (var sequence in new[] { last, 0, long.MaxValue })
        {
            using var response = await client.PostAsJsonAsync($"/api/patients/{Town.Patient}/seen", new { sequence }, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await Unread()).ShouldBe(0);
        }

        var next = await host.MustAsync(Nurse, Visit("その後"));
        next.Receipt.Sequence.ShouldBeGreaterThan(last);
        (await Unread()).ShouldBe(1, "a mark beyond the end of the log does not hide what is written later");
    }

    [Theory]
    [InlineData("{\"sequence\":-1}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"sequence\":\"1\"}", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"sequence\":1e30}", HttpStatusCode.BadRequest)]
    public async Task a_crooked_mark_is_refused(string body, HttpStatusCode status)
    {
        using var response = await (await host.AsAsync(Nurse)).PostAsync($"/api/patients/{Town.Patient}/seen", new StringContent(body, null, "application/json"), Ct);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task an_unknown_path_of_the_api_is_a_problem_and_a_wrong_method_too()
    {
        using var anonymous = host.Anonymous();
        await (await anonymous.GetAsync("/api/nothing/here", Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "request.not_found");
        using var put = await anonymous.PutAsync("/api/session", null, Ct);
        put.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound);
        put.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task healthy_and_ready()
    {
        using var anonymous = host.Anonymous();
        (await anonymous.GetStringAsync("/healthz", Ct)).ShouldBe("ok");
        (await anonymous.GetStringAsync("/readyz", Ct)).ShouldBeOneOf("ready", "slow"); // on a busy machine the database takes its time
    }
}
