using System.Net;
using HomeCare.Web.Tests.Support;
using static HomeCare.Profession;

namespace HomeCare.Web.Tests.Api;

/// <summary>Every query and the hub × every profession × related to the person or not × another community. On a host of its own:
/// where commands are tried, people are registered and seen.</summary>
public sealed class RecordAccessTests(WebHost host) : IClassFixture<WebHost>
{
    public static TheoryData<Profession> Everybody => [.. Town.Professions];

    [Theory, MemberData(nameof(Everybody))]
    public async Task a_record_is_there_for_its_care_team_and_for_nobody_else(Profession profession)
    {
        var sees = profession is not (Administrator or Ambulance);
        foreach (var (related, patient) in new[] { (true, Town.Patient), (true, Town.Stranger), (true, Town.OtherPatient), (false, Town.Patient), (false, Town.Stranger) })
        {
            var client = await host.AsAsync(profession, related);
            var expected = sees && related && patient == Town.Patient;
            foreach (var path in new[] { "", "/timeline", "/timeline?after=0" })
            {
                using var response = await client.GetAsync($"/api/patients/{patient}{path}", TestContext.Current.CancellationToken);
                response.StatusCode.ShouldBe(expected ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{profession} {related} {path}");
            }

            using var seen = await client.PostAsync($"/api/patients/{patient}/seen", new StringContent("""{"sequence":1}""", null, "application/json"), TestContext.Current.CancellationToken);
            seen.StatusCode.ShouldBe(expected ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, $"{profession} {related} seen");
        }

        using var list = await (await host.AsAsync(profession)).GetAsync("/api/patients", TestContext.Current.CancellationToken);
        (await list.JsonAsync())["patients"]!.AsArray().Select(p => p!["patientId"]!.GetValue<Guid>()).ShouldBe(sees ? [Town.Patient] : []);
        using var none = await (await host.AsAsync(profession, related: false)).GetAsync("/api/patients", TestContext.Current.CancellationToken);
        (await none.JsonAsync())["patients"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task a_record_is_live_for_its_care_team_and_for_nobody_else(Profession profession)
    {
        var sees = profession is not (Administrator or Ambulance);
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(profession));
        foreach (var patient in new[] { Town.Patient, Town.Stranger, Town.OtherPatient })
        {
            var error = await hub.InvokeAsync("Watch", patient, 0);
            (error is null).ShouldBe(sees && patient == Town.Patient, $"{profession} {error}");
            if (error is not null)
            {
                error.ShouldEndWith("patient.unknown");
            }
        }

        await using var stranger = await HubClient.ConnectAsync(host, await host.AsAsync(profession, related: false));
        (await stranger.InvokeAsync("Watch", Town.Patient, 0)).ShouldNotBeNull().ShouldEndWith("patient.unknown");
        stranger.Messages.ShouldBeEmpty();
    }
}
