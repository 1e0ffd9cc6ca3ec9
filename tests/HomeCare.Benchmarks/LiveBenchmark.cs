using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HomeCare.Benchmarks;

/// <summary>
/// P2: from the moment of recording (before the commit) to the entry on other people's open pages, at 200 commands a second over 200
/// patients, each watched by 10 hub connections and a circuit; one of them is a page in a browser. Beside it the same payload, posted to
/// a bare SignalR hub with as many connections.
/// </summary>
internal static partial class LiveBenchmark
{
    private const int Patients = 200;
    private const int Hubs = 10;
    private const int PerSecond = 200;
    private const int Gently = 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var patients = await hosted.Town.RegisterAsync(Patients, "p2");
        await hosted.Town.FillAsync(patients.Select(p => hosted.Town.Recorded(new Random(2), p)));
        await hosted.Database.AnalyzeAsync();

        var bare = await BareAsync(patients);
        await using var watched = await WatchedTown.OpenAsync(hosted, patients);
        yield return Measurement.AtMost("P2 processor of node and PostgreSQL while nothing is written", "ms/s", [await watched.IdleAsync()], 0).WithoutTarget();
        foreach (var pace in new[] { Gently, PerSecond })
        {
            var (sent, circuits, hubs, page, processor) = await watched.RunAsync(pace);
            IEnumerable<Measurement> measured =
            [
                P99($"P2 entry on an open page (circuit's drawing), {pace} a second", circuits, bare, 3),
                Measurement.AtMost($"P2 entry on an open page (circuit's drawing), {pace} a second, p99", "ms", [P(circuits, 0.99)], 100),
                P99($"P2 entry in a browser's document, {pace} a second", page, bare, 3),
                P99($"P2 entry at a hub connection, {pace} a second", hubs, bare, 3),
                Measurement.RatioAtMost($"P2 median of the circuits, {pace} a second", "ms", [(P(circuits, 0.5), P(bare, 0.5))], 0).WithoutTarget(),
                Measurement.AtMost($"P2 processor of node and PostgreSQL, {pace} a second", "ms/command", [processor], 0).WithoutTarget(),
                Measurement.AtLeast($"P2 came to circuits within 10 s, {pace} a second", "entries", [(circuits.Count, sent)], 1),
                Measurement.AtLeast($"P2 came to hub connections within 10 s, {pace} a second", "entries", [(hubs.Count, sent * Hubs)], 1),
            ];
            foreach (var m in measured)
                yield return pace == PerSecond ? m : m.WithoutTarget();
        }
    }

    internal static Measurement P99(string name, IReadOnlyCollection<double> values, IReadOnlyCollection<double> yardstick, double target) =>
        Measurement.RatioAtMost($"{name}, p99", "ms", [(P(values, 0.99), P(yardstick, 0.99))], target);

    internal static double P(IEnumerable<double> values, double percentile) => Measurement.Percentile([.. values], percentile);

    internal static double Now => TimeProvider.System.GetUtcNow().UtcTicks / (double)TimeSpan.TicksPerMillisecond;

    internal static async Task<List<double>> BareAsync(Guid[] patients, int pace = PerSecond)
    {
        await using var yardstick = await YardstickHost.StartAsync();
        var sent = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        var latencies = new ConcurrentBag<double>();
        var clients = await OpenAsync(patients, (patient, _) => Watcher.OpenAsync(new(yardstick.Http.BaseAddress!, "hub"), null, ["Watch", patient.ToString()], token =>
        {
            if (sent.TryGetValue(token, out var at))
                latencies.Add(Now - at);
        }));
        await AtPaceAsync(patients, pace, async (patient, token) =>
        {
            // As long as an entry of the product.
            var payload = $"{Mark(token)}{new string('x', 700)}";
            sent[token] = Now;
            using var answer = await yardstick.Http.PostAsync($"send/{patient}", new StringContent(payload));
            answer.EnsureSuccessStatusCode();
        });
        await CloseAsync(clients);
        return [.. latencies];
    }

    /// <summary>The hosted town with all its watchers.</summary>
    private sealed class WatchedTown(HostedTown hosted, CpuMeter cpu, Guid[] patients) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, double> recorded = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, double> onCircuits = new(StringComparer.Ordinal);
        private readonly ConcurrentBag<(string Token, double At)> onHubs = [];
        private readonly List<Circuit> circuits = [];
        private List<Watcher> hubs = [];
        private Page? page;

        public static async Task<WatchedTown> OpenAsync(HostedTown hosted, Guid[] patients)
        {
            var town = new WatchedTown(hosted, await CpuMeter.OfAsync(hosted.Town.Db), patients);
            var head = await hosted.Town.Store.HeadAsync();
            town.hubs = await LiveBenchmark.OpenAsync(patients, (patient, _) => Watcher.OpenAsync(
                new(hosted.Http.BaseAddress!, "hubs/care"), hosted.Cookie, ["Watch", patient, head], token => town.onHubs.Add((token, Now))));
            foreach (var patient in patients)
            {
                town.circuits.Add(await Circuit.OpenAsync(hosted.Http, $"patients/{patient}", hosted.Cookie, batch =>
                {
                    var now = Now;
                    foreach (var token in Tokens(Encoding.UTF8.GetString(batch)))
                        town.onCircuits.TryAdd(token, now);
                }));
                await town.circuits[^1].DrawnAsync(1);
            }

            town.page = await Page.OpenAsync(hosted, patients[0]);
            await Task.Delay(3000);
            return town;
        }

        /// <summary>What all the watching costs by itself, in milliseconds a second.</summary>
        public async Task<double> IdleAsync()
        {
            var before = await WorkAsync();
            await Task.Delay(Duration);
            return 1000 * (await WorkAsync() - before) / Duration.TotalSeconds;
        }

        public async Task<(int Sent, List<double> Circuits, List<double> Hubs, List<double> Page, double Processor)> RunAsync(int pace)
        {
            recorded.Clear();
            onHubs.Clear();
            var before = await WorkAsync();
            await AtPaceAsync(patients, pace, async (patient, token) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/commands/record-vitals")
                {
                    Content = JsonContent.Create(BenchTown.Record(new Random(1), patient) with { Comment = Mark(token) }, options: Json.Options),
                };
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
                using var answer = await hosted.Http.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
                recorded[token] = receipt["recordedAt"]!.GetValue<DateTimeOffset>().UtcTicks / (double)TimeSpan.TicksPerMillisecond;
            });
            for (var i = 0; i < 100 && (onHubs.Count < recorded.Count * Hubs || recorded.Keys.Any(t => !onCircuits.ContainsKey(t))); i++)
                await Task.Delay(100);
            var processor = 1000 * (await WorkAsync() - before) / recorded.Count;
            return (recorded.Count, Of(onCircuits.Select(c => (c.Key, c.Value))), Of(onHubs), Of(await page!.SeenAsync()), processor);
        }

        private List<double> Of(IEnumerable<(string Token, double At)> seen) =>
            [.. seen.Where(s => recorded.ContainsKey(s.Token)).Select(s => s.At - recorded[s.Token])];

        private async Task<double> WorkAsync() => await hosted.Probe.ProcessorAsync() + cpu.Read().Postgres;

        public async ValueTask DisposeAsync()
        {
            await CloseAsync(hubs);
            foreach (var circuit in circuits)
                await circuit.DisposeAsync();
            if (page is not null)
                await page.DisposeAsync();
        }
    }

    private static async Task<List<Watcher>> OpenAsync(Guid[] patients, Func<Guid, int, Task<Watcher>> open)
    {
        var all = new ConcurrentBag<Watcher>();
        await Parallel.ForEachAsync(
            from p in patients from i in Enumerable.Range(0, Hubs) select (p, i), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (w, _) => all.Add(await open(w.p, w.i)));
        return [.. all];
    }

    private static async Task CloseAsync(List<Watcher> watchers)
    {
        await Task.Delay(1500);
        foreach (var watcher in watchers)
            await watcher.DisposeAsync();
    }

    /// <summary>Sends at an even pace, whether or not answers come: what waits is part of the latency.</summary>
    internal static async Task AtPaceAsync(Guid[] patients, int pace, Func<Guid, string, Task> send)
    {
        var count = (int)(pace * Duration.TotalSeconds);
        var started = Now;
        var tasks = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var due = started + 1000.0 * i / pace;
            if (due > Now)
                await Task.Delay(TimeSpan.FromMilliseconds(due - Now));
            tasks.Add(send(patients[i % patients.Length], Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture)));
        }

        await Task.WhenAll(tasks);
    }

    internal static string Mark(string token) => $"tok{token}tok";

    internal static IEnumerable<string> Tokens(string text) => Token().Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex("tok([0-9a-f]{32})tok")]
    private static partial Regex Token();

    /// <summary>A hub connection over SignalR's JSON protocol that only listens.</summary>
    private sealed class Watcher : IAsyncDisposable
    {
        private readonly ClientWebSocket socket = new();
        private Task reading = Task.CompletedTask;

        public static async Task<Watcher> OpenAsync(Uri hub, string? cookie, JsonArray call, Action<string> seen)
        {
            var watcher = new Watcher();
            if (cookie is not null)
                watcher.socket.Options.SetRequestHeader("Cookie", cookie);
            await watcher.socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws" }.Uri, CancellationToken.None);
            await watcher.SendAsync("""{"protocol":"json","version":1}""");
            var target = call[0]!.GetValue<string>();
            await watcher.SendAsync(new JsonObject
            {
                ["type"] = 1, ["invocationId"] = "1", ["target"] = target, ["arguments"] = new JsonArray([.. call.Skip(1).Select(a => a!.DeepClone())]),
            }.ToJsonString());
            watcher.reading = Task.Run(() => watcher.ReadAsync(seen));
            return watcher;
        }

        private Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task ReadAsync(Action<string> seen)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
                {
                    // Entries are far smaller than the buffer, and a mark is never cut by it.
                    foreach (var token in Tokens(Encoding.UTF8.GetString(buffer, 0, received.Count)))
                        seen(token);
                }
            }
            catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Closed.
            }
        }

        public async ValueTask DisposeAsync()
        {
            socket.Abort();
            await reading;
            socket.Dispose();
        }
    }

    /// <summary>One of the pages in Chromium, which notes when a mark comes into its document. Without Chromium nothing is noted.</summary>
    private sealed class Page(IPlaywright? playwright, IBrowser? browser, IPage? page) : IAsyncDisposable
    {
        public static async Task<Page> OpenAsync(HostedTown hosted, Guid patient)
        {
            if (!File.Exists("/usr/bin/chromium"))
                return new(null, null, null);
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            var context = await browser.NewContextAsync();
            var (name, value) = (hosted.Cookie.Split('=', 2)[0], hosted.Cookie.Split('=', 2)[1]);
            await context.AddCookiesAsync([new() { Name = name, Value = value, Url = hosted.Http.BaseAddress!.ToString() }]);
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(hosted.Http.BaseAddress!, $"patients/{patient}").ToString());
            await page.Locator("html[data-live=yes]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            await page.EvaluateAsync("""
                () => {
                  window.seen = {};
                  new MutationObserver(changes => {
                    const now = performance.timeOrigin + performance.now();
                    for (const change of changes) for (const node of change.addedNodes)
                      for (const [, token] of (node.textContent ?? "").matchAll(/tok([0-9a-f]{32})tok/g)) window.seen[token] ??= now;
                  }).observe(document.body, { childList: true, subtree: true });
                }
                """);
            return new(playwright, browser, page);
        }

        /// <summary>Marks, and when each came, in milliseconds since year 1.</summary>
        public async Task<List<(string, double)>> SeenAsync()
        {
            if (page is null)
                return [];
            await Task.Delay(1500);
            var seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
            return [.. seen.Select(s => (s.Key, s.Value + (DateTimeOffset.UnixEpoch.UtcTicks / (double)TimeSpan.TicksPerMillisecond)))];
        }

        public async ValueTask DisposeAsync()
        {
            if (browser is not null)
                await browser.DisposeAsync();
            playwright?.Dispose();
        }
    }
}
