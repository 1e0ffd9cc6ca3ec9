using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using HomeCare.Visits;

namespace HomeCare.Benchmarks;

/// <summary>
/// R3: 200 tablets come back into the network at the same moment, each with connections of its own and ten finished visits, which it sends one after
/// another as the sheet does, pausing and sending again where it is told to. Meanwhile others work: twenty requests a second at an even pace, whether or not
/// the last was answered (half read a timeline, a quarter open a patient's page, a quarter record vital signs). Their latencies beside those of the
/// same requests before the tablets came back. At last one tablet with 500 entries alone.
/// </summary>
internal static class TabletsBenchmark
{
    private const int Tablets = 200;
    private const int Queued = 10;
    private const int LongQueue = 500;
    private const int PerSecond = 20;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var patients = await hosted.Town.RegisterAsync(Tablets, "r3");
        await hosted.Town.FillAsync(patients.SelectMany(p => Enumerable.Repeat(0, 20).Select(_ => hosted.Town.Recorded(new Random(3), p))));
        await hosted.Database.AnalyzeAsync();

        await LiveAsync(hosted, patients, Task.Delay(Quiet / 2));
        var before = await LiveAsync(hosted, patients, Task.Delay(Quiet));
        var clock = Stopwatch.StartNew();
        var (refused, all) = (0, new ConcurrentBag<double>());
        var back = Task.WhenAll(patients.Select(async patient =>
        {
            var (again, took) = await DrainAsync(hosted, patient, Queued);
            Interlocked.Add(ref refused, again);
            all.Add(took);
        }));
        var during = await LiveAsync(hosted, patients, back);
        await back;
        var seconds = clock.Elapsed.TotalSeconds;
        var recorded = await CountAsync(hosted, patients);

        yield return Measurement.AtLeast($"R3 entries of {Tablets} tablets on record, once each", "entries", [(recorded, Tablets * Queued)], 1);
        yield return Measurement.AtMost("R3 until the last tablet has its last receipt", "s", [seconds], 0).WithoutTarget();
        yield return Measurement.AtMost("R3 sent again because the node was busy", "requests", [refused], 0).WithoutTarget();
        foreach (var kind in new[] { Kind.Read, Kind.Page, Kind.Record })
        {
            var (quiet, busy) = (Of(before, kind), Of(during, kind));
            yield return Measurement.RatioAtMost($"R3 others meanwhile: {Name(kind)}, p50", "ms", [(P(busy, 0.5), P(quiet, 0.5))], 0).WithoutTarget();
            yield return Measurement.RatioAtMost($"R3 others meanwhile: {Name(kind)}, p99", "ms", [(P(busy, 0.99), P(quiet, 0.99))], 0).WithoutTarget();
        }

        yield return Measurement.AtMost("R3 others meanwhile: everything, p99", "ms", [P(during.Select(d => d.Ms), 0.99)], 1000);

        var (_, drained) = await DrainAsync(hosted, patients[0], LongQueue);
        yield return Measurement.AtMost($"R3 one tablet with {LongQueue} entries", "s", [drained], 0).WithoutTarget();
    }

    private enum Kind
    {
        Read,
        Page,
        Record,
    }

    private static string Name(Kind kind) => kind switch
    {
        Kind.Read => "a timeline read",
        Kind.Page => "a page opened",
        _ => "vital signs recorded",
    };

    private static List<double> Of(IEnumerable<(Kind Kind, double Ms)> measured, Kind kind) => [.. measured.Where(m => m.Kind == kind).Select(m => m.Ms)];

    private static double P(IEnumerable<double> values, double percentile) => Measurement.Percentile([.. values], percentile);

    /// <summary>The work of others, until something ends; what waits is part of the latency.</summary>
    private static async Task<List<(Kind Kind, double Ms)>> LiveAsync(HostedTown hosted, Guid[] patients, Task until)
    {
        var measured = new ConcurrentBag<(Kind, double)>();
        var clock = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (var i = 0; !until.IsCompleted; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            var kind = (i % 4) switch { 0 => Kind.Page, 1 => Kind.Record, _ => Kind.Read };
            sent.Add(OneAsync(kind, patients[i * 7 % patients.Length]));
        }

        await Task.WhenAll(sent);
        return [.. measured];

        async Task OneAsync(Kind kind, Guid patient)
        {
            var at = Stopwatch.GetTimestamp();
            using var request = kind switch
            {
                Kind.Read => new HttpRequestMessage(HttpMethod.Get, $"api/patients/{patient}/timeline?limit=50"),
                Kind.Page => new HttpRequestMessage(HttpMethod.Get, $"patients/{patient}"),
                _ => Command("record-vitals", BenchTown.Record(new Random(4), patient), Guid.CreateVersion7()),
            };
            using var answer = await hosted.Http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            await answer.Content.LoadIntoBufferAsync();
            measured.Add((kind, Stopwatch.GetElapsedTime(at).TotalMilliseconds));
        }
    }

    /// <summary>One tablet: asks who it is, then sends what waits in order, each until its receipt.</summary>
    /// <returns>How many were sent again, and the seconds until the last receipt.</returns>
    private static async Task<(int Again, double Seconds)> DrainAsync(HostedTown hosted, Guid patient, int entries)
    {
        using var tablet = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 6 }) { BaseAddress = hosted.Http.BaseAddress };
        tablet.DefaultRequestHeaders.Add("Cookie", hosted.Cookie);
        tablet.DefaultRequestHeaders.Add("Author", hosted.Town.Nurse.PersonId.ToString());
        tablet.DefaultRequestHeaders.Add("Sheet", "1");
        var (clock, again) = (Stopwatch.StartNew(), 0);
        using (var me = await tablet.GetAsync("api/me"))
            me.EnsureSuccessStatusCode();
        for (var i = 0; i < entries; i++)
        {
            var (id, visit) = (Guid.CreateVersion7(), Visit(patient, i));
            for (var tries = 1; ; tries++)
            {
                using var request = Command("record-visit", visit, id);
                using var answer = await tablet.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.OK)
                    break;
                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    throw new InvalidOperationException($"A tablet's entry was refused: {await answer.Content.ReadAsStringAsync()}");
                again++;
                // As outbox.js waits.
                await Task.Delay((answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(500 * Math.Pow(2, tries))) * (0.5 + (Random.Shared.NextDouble() / 2)));
            }
        }

        return (again, clock.Elapsed.TotalSeconds);
    }

    private static RecordVisit Visit(Guid patient, int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new RecordVisit(Guid.CreateVersion7(), patient, now.AddHours(-3), now.AddHours(-2))
        {
            Vitals = BenchTown.Record(new Random(number), patient).Vitals with { MeasuredAt = now.AddHours(-2.5) },
            Note = new VisitNote(null, string.Create(CultureInfo.InvariantCulture, $"r3 {number}"), "変わりなし", "次回も観察"),
            CareGiven = [CareGiven.Observation],
        };
    }

    private static HttpRequestMessage Command<T>(string name, T body, Guid id)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/commands/{name}") { Content = JsonContent.Create(body, options: Json.Options) };
        request.Headers.Add("Idempotency-Key", id.ToString());
        return request;
    }

    private static async Task<long> CountAsync(HostedTown hosted, Guid[] patients)
    {
        await using var command = hosted.Town.Db.CreateCommand(
            "select count(distinct (data->>'VisitId')) from mt_events where type = 'visit_recorded' and (data->>'PatientId')::uuid = any($1) and data->'Note'->>'Objective' like 'r3 %'");
        command.Parameters.Add(new() { Value = patients });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
