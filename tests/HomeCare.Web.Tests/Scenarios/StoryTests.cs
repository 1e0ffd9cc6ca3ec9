using System.Net;
using System.Text.Json.Nodes;
using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>The story of one person cared for, told through the API: everybody acts and reads in a session of their own, at the hour of the story.</summary>
public abstract class StoryTests(StoryHost host) : IClassFixture<StoryHost>, IDisposable
{
    /// <summary>Shorter than a session lasts without being used.</summary>
    private static readonly TimeSpan ShiftLasts = TimeSpan.FromHours(10);

    private readonly Dictionary<Profession, (HttpClient Client, DateTimeOffset Since)> sessions = [];

    internal static readonly Actor Physician = Town.Of(Profession.Physician);
    internal static readonly Actor Nurse = Town.Of(Profession.Nurse);
    internal static readonly Actor Pharmacist = Town.Of(Profession.Pharmacist);
    internal static readonly Actor Helper = Town.Of(Profession.Helper);

    /// <summary>The stories take place next year, so that all of it lies ahead of what the town knows.</summary>
    internal static int Year { get; } = JapanTime.DayOf(TimeProvider.System.GetUtcNow()).Year + 1;

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Whose story it is.</summary>
    internal Guid Patient { get; } = Guid.CreateVersion7();

    internal DateOnly FirstDay { get; private set; }

    /// <summary>Day 1 is the first.</summary>
    internal DateOnly Day(int number) => FirstDay.AddDays(number - 1);

    internal DateTimeOffset At(int day, int hour, int minute = 0) => At(Day(day), hour, minute);

    internal static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => JapanTime.At(day, new TimeOnly(hour, minute));

    /// <summary>The person comes to be cared for; those of the team join, staff by their office, the person and relatives by name.</summary>
    internal async Task BeginAsync(DateOnly firstDay, string family, string given, int age, Sex sex, params Profession[] team)
    {
        FirstDay = firstDay;
        ItIs(At(1, 8));
        await DoneAsync(Profession.Nurse, "register-patient", new RegisterPatient(Patient, new PatientDetails(family, given, null, null, firstDay.AddYears(-age).AddDays(-40), sex)));
        foreach (var member in team.Where(p => p != Profession.Nurse).Select(p => Town.Of(p)))
        {
            await DoneAsync(Profession.Nurse, "join-care-team", member.OrganisationId is { } office
                ? new JoinCareTeam(Patient, OrganisationId: office) : new JoinCareTeam(Patient, PersonId: member.PersonId));
        }
    }

    /// <summary>The story goes on at this time.</summary>
    internal DateTimeOffset ItIs(DateTimeOffset at)
    {
        host.Clock.MoveTo(at);
        return at;
    }

    internal DateTimeOffset ItIs(int day, int hour, int minute = 0) => ItIs(At(day, hour, minute));

    internal async Task<HttpClient> SessionAsync(Profession by)
    {
        var now = host.Clock.GetUtcNow();
        if (sessions.TryGetValue(by, out var known) && now - known.Since < ShiftLasts)
        {
            return known.Client;
        }

        known.Client?.Dispose();
        var client = await host.SignInAsync(Town.UserOf(Town.Of(by)));
        sessions[by] = (client, now);
        return client;
    }

    internal async Task DoneAsync(Profession by, string command, object body)
    {
        using var response = await (await SessionAsync(by)).CommandAsync(command, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{command}: {await response.Content.ReadAsStringAsync(Ct)}");
    }

    /// <summary>It is refused with this key: that of the whole, or that of a field.</summary>
    internal async Task RefusedAsync(Profession by, string command, object body, HttpStatusCode status, string key)
    {
        using var response = await (await SessionAsync(by)).CommandAsync(command, body);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        text.ShouldContain($"\"{key}\"");
    }

    /// <summary>A visit is recorded as it ends.</summary>
    internal async Task<Guid> VisitAsync(Profession by, DateTimeOffset start, int minutes, Func<RecordVisit, RecordVisit> with)
    {
        var visit = with(new RecordVisit(Guid.CreateVersion7(), Patient, start, start.AddMinutes(minutes)));
        ItIs(visit.EndedAt);
        await DoneAsync(by, "record-visit", visit);
        return visit.VisitId;
    }

    /// <summary>Temperature / pulse / respiration / systolic / SpO₂, as the stories write them; alert and on air unless said.</summary>
    internal static Vitals Signs(DateTimeOffset at, decimal temperature, int pulse, int respiration, int systolic, int spO2, decimal oxygen = 0) => new(at)
    {
        Temperature = temperature, Pulse = pulse, Respiration = respiration, Systolic = systolic, SpO2 = spO2, Oxygen = new Oxygen(oxygen), Consciousness = new Consciousness(Acvpu.Alert),
    };

    internal static Addressee To(Actor somebody) => new(AddresseeKind.Person, somebody.PersonId);

    internal static Addressee To(Profession profession) => new(AddresseeKind.Profession, Profession: profession);

    /// <summary>What the product's own timer does every half minute.</summary>
    internal Task TimerAsync() => host.Services.GetRequiredService<Escalations>().RoundAsync(Ct);

    internal async Task<JsonNode> GetAsync(Profession by, string path)
    {
        using var response = await (await SessionAsync(by)).GetAsync(new Uri($"/api{path}", UriKind.Relative), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.JsonAsync();
    }

    internal async Task<HttpStatusCode> StatusAsync(Profession by, string path)
    {
        using var response = await (await SessionAsync(by)).GetAsync(new Uri($"/api{path}", UriKind.Relative), Ct);
        return response.StatusCode;
    }

    internal Task<JsonNode> SummaryAsync(Profession by) => GetAsync(by, $"/patients/{Patient}");

    internal Task<JsonNode> SheetAsync(Profession by) => GetAsync(by, $"/patients/{Patient}/visit-sheet");

    /// <summary>The person's row of the board.</summary>
    internal async Task<JsonNode> RowAsync(Profession by) => (await GetAsync(by, "/patients")).List("patients").Single(p => p.Id("patientId") == Patient);

    /// <summary>What the row points out to a reader, by the keys of the rules.</summary>
    internal async Task<IReadOnlyList<string>> PointedOutAsync(Profession by) =>
        [.. (await RowAsync(by)).List("alerts").SelectMany(i => i.List("alerts")).Select(a => a.Text("key")).Order(StringComparer.Ordinal)];

    /// <summary>The timeline as one reads it, in the order of recording.</summary>
    internal async Task<IReadOnlyList<JsonNode>> TimelineAsync(Profession by) => [.. (await GetAsync(by, $"/patients/{Patient}/timeline?limit=200")).AsArray().Select(e => e!).Reverse()];

    internal async Task<JsonNode> EntryAsync(Profession by, string kind, Guid subject) => (await TimelineAsync(by)).Single(e => e.Text("kind") == kind && e.Id("subjectId") == subject);

    /// <summary>What happened to an instruction or order, in order, without the word that they all begin with.</summary>
    internal async Task<IReadOnlyList<string>> LifeAsync(Guid id) =>
        [.. (await TimelineAsync(Profession.Physician)).Where(e => e["subjectId"] is not null && e.Id("subjectId") == id).Select(e => e.Text("kind").Replace("instruction-", "", StringComparison.Ordinal))];

    /// <summary>The instruction as it stands on the sheet of somebody who can do something about it.</summary>
    internal async Task<JsonNode> OnSheetAsync(Profession by, Guid instruction) => (await SheetAsync(by)).List("instructions").Select(i => i["card"]!).Single(c => c.Id("instructionId") == instruction);

    /// <summary>The score of a visit, and whether it is a total.</summary>
    internal async Task<(decimal Points, bool IsTotal)> ScoreAsync(Guid visit)
    {
        var score = (await EntryAsync(Profession.Nurse, "visit-recorded", visit))["data"]!["news2"]!;
        return (score.List("parts").Sum(p => p.Number("points")), score["notScored"] is null && score.List("parts").Count == 7);
    }

    /// <summary>Somebody's device listens to the record from now on.</summary>
    internal async Task<HubClient> ListenAsync(Profession by)
    {
        var hub = await HubClient.ConnectAsync(host, await SessionAsync(by));
        (await hub.InvokeAsync("Watch", Patient, await host.Store.HeadAsync(Ct))).ShouldBeNull();
        return hub;
    }

    /// <summary>The device has heard of it by itself.</summary>
    internal Task HeardAsync(HubClient hub, string kind, Guid subject) => hub.UntilAsync(all => all.Any(m =>
        HubClient.Is(m, "Entry", Patient) && m["arguments"]![1]! is var entry && entry.Text("kind") == kind && entry["subjectId"] is not null && entry.Id("subjectId") == subject));

    public void Dispose()
    {
        foreach (var (client, _) in sessions.Values)
        {
            client.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>JSON read by name.</summary>
internal static class Wire
{
    public static string Text(this JsonNode node, string name) => node.Of(name).GetValue<string>();

    public static decimal Number(this JsonNode node, string name) => node.Of(name).GetValue<decimal>();

    public static Guid Id(this JsonNode node, string name) => node.Of(name).GetValue<Guid>();

    public static DateTimeOffset Time(this JsonNode node, string name) => node.Of(name).GetValue<DateTimeOffset>();

    public static IReadOnlyList<JsonNode> List(this JsonNode node, string name) => [.. node.Of(name).AsArray().Select(n => n!)];

    /// <summary>Whether it is there and says something.</summary>
    public static bool Has(this JsonNode node, string name) => node[name] is not null;

    private static JsonNode Of(this JsonNode node, string name) => node[name] ?? throw new KeyNotFoundException($"There is no {name} in {node.ToJsonString()}");
}
