using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace HomeCare.BrowserTests.Support;

/// <summary>Visits planned for now, each at another home that the nurse, the physician and the pharmacist of the demo share.</summary>
internal static class Plans
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<Guid>>>> Shared = new();
    private static int taken;

    /// <summary>The address of a new visit's sheet, and the person whom it is planned for.</summary>
    public static async Task<(string Path, Guid Person)> NextAsync(DemoTown town, Tablet tablet)
    {
        var person = (await GetAsync(tablet, "api/me"))["personId"]!.GetValue<Guid>();
        var homes = await HomesAsync(town);
        var (visit, patient) = (Guid.CreateVersion7(), homes[Interlocked.Increment(ref taken) % homes.Count]);
        var answer = await tablet.Context.APIRequest.PostAsync("api/commands/plan-visit", new()
        {
            DataObject = new { visitId = visit, patientId = patient, plannedAt = TimeProvider.System.GetUtcNow(), minutes = 30, visitorId = person, kind = "regular" },
            Headers = [new("Idempotency-Key", Guid.CreateVersion7().ToString())],
        });
        answer.Status.ShouldBe(200, await answer.TextAsync());
        return ($"/patients/{patient}/visit?visit={visit}", person);
    }

    /// <summary>People cared for by all three.</summary>
    public static Task<IReadOnlyList<Guid>> HomesAsync(DemoTown town) => Shared.GetOrAdd(town.ConnectionString, _ => new(async () =>
    {
        await using var nurse = await town.VisitAsync("ns.tanaka");
        await using var physician = await town.VisitAsync("dr.sato");
        await using var pharmacist = await town.VisitAsync("ph.suzuki");
        static IEnumerable<Guid> Ids(JsonNode list) => list["patients"]!.AsArray().Select(p => p!["patientId"]!.GetValue<Guid>());
        return [.. Ids(await nurse.GetAsync("api/patients")).Intersect(Ids(await physician.GetAsync("api/patients"))).Intersect(Ids(await pharmacist.GetAsync("api/patients")))];
    })).Value;

    /// <summary>Asks the API in the tablet's session.</summary>
    public static async Task<JsonNode> GetAsync(Tablet tablet, string path)
    {
        var answer = await tablet.Context.APIRequest.GetAsync(path);
        answer.Status.ShouldBe(200, $"{path}: {await answer.TextAsync()}");
        return JsonNode.Parse(await answer.TextAsync())!;
    }
}
