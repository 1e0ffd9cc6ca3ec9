using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HomeCare.CareTeams;
using HomeCare.Instructions;

namespace HomeCare.Benchmarks;

/// <summary>
/// P7: from the moment of recording to an instruction on the nurse's open page of the person, 20 issued a second over 50 people; beside it the
/// same pace through a bare SignalR hub.
/// </summary>
internal static class InstructionBenchmark
{
    private const int Patients = 50;
    private const int PerSecond = 20;

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var patients = await hosted.Town.RegisterAsync(Patients, "p7");
        using var physician = await PhysicianAsync(hosted, patients);
        var bare = await LiveBenchmark.BareAsync(patients, PerSecond);

        var recorded = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        var drawn = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        var circuits = new List<Circuit>();
        foreach (var patient in patients)
        {
            circuits.Add(await Circuit.OpenAsync(hosted.Http, $"patients/{patient}", hosted.Cookie, batch =>
            {
                var now = LiveBenchmark.Now;
                foreach (var token in LiveBenchmark.Tokens(Encoding.UTF8.GetString(batch)))
                    drawn.TryAdd(token, now);
            }));
            await circuits[^1].DrawnAsync(1);
        }

        await Task.Delay(3000);
        await LiveBenchmark.AtPaceAsync(patients, PerSecond, async (patient, token) =>
        {
            var issue = new IssueInstruction(Guid.CreateVersion7(), patient, InstructionKind.Observation, $"夕方にSpO₂を再測定してください {LiveBenchmark.Mark(token)}",
                new Addressee(AddresseeKind.Person, hosted.Town.Nurse.PersonId), Urgency.Today);
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/commands/issue-instruction") { Content = JsonContent.Create(issue, options: Json.Options) };
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            using var answer = await physician.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            recorded[token] = receipt["recordedAt"]!.GetValue<DateTimeOffset>().UtcTicks / (double)TimeSpan.TicksPerMillisecond;
        });
        for (var i = 0; i < 100 && recorded.Keys.Any(t => !drawn.ContainsKey(t)); i++)
            await Task.Delay(100);
        foreach (var circuit in circuits)
            await circuit.DisposeAsync();

        var seen = drawn.Where(d => recorded.ContainsKey(d.Key)).Select(d => d.Value - recorded[d.Key]).ToList();
        yield return LiveBenchmark.P99("P7 instruction on the nurse's open page", seen, bare, 3);
        yield return Measurement.AtMost("P7 instruction on the nurse's open page, p99", "ms", [LiveBenchmark.P(seen, 0.99)], 100);
        yield return Measurement.AtLeast("P7 came within 10 s", "instructions", [(seen.Count, recorded.Count)], 1);
    }

    /// <summary>A physician's session; the clinic joins the care teams.</summary>
    private static async Task<HttpClient> PhysicianAsync(HostedTown hosted, Guid[] patients)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = hosted.Host.Address };
        using var session = await http.PostAsJsonAsync("api/session", new { user = "dr.sato", password = HostedTown.Password });
        session.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Add("Cookie", session.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith("homecare-session", StringComparison.Ordinal)));
        var clinic = (await session.Content.ReadFromJsonAsync<JsonObject>(new JsonSerializerOptions { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip }))!["organisationId"]!.GetValue<Guid>();
        foreach (var patient in patients)
            await hosted.Town.DoAsync(hosted.Town.Nurse, new JoinCareTeam(patient, OrganisationId: clinic));
        return http;
    }
}
