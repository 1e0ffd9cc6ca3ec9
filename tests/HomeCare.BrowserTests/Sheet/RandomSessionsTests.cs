using System.Diagnostics;
using System.Globalization;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>Generated sessions: several people on one tablet, a network that fails, tabs, browsers and servers that are killed. Afterwards every
/// finished entry is on record exactly once, under the right author, with the right measured time.</summary>
public sealed class RandomSessionsTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly (string User, string Name)[] People = [("ns.tanaka", "田中 美咲"), ("dr.sato", "佐藤 健一"), ("ph.suzuki", "鈴木 彩")];

    private sealed record Finished(string Words, Guid Author, Guid Patient, string MeasuredAt, decimal Temperature, bool Photo, bool Sure);

    [Fact]
    public async Task every_finished_entry_is_on_record_once_under_its_author_and_with_its_time()
    {
        var isLong = Environment.GetEnvironmentVariable("HOMECARE_LONG") == "1";
        var sessions = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SESSIONS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : isLong ? 2000 : 12;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var longest = TimeSpan.FromMinutes(int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 600);
        TestContext.Current.TestOutputHelper?.WriteLine($"HOMECARE_SEED={seed}");
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = new Tablet(town, network.Address);
        await tablet.StartAsync();
        var homes = await Plans.HomesAsync(town);
        var ids = new Dictionary<string, Guid>();
        foreach (var (user, name) in People)
        {
            await tablet.SignInAsync(user);
            ids[name] = (await Plans.GetAsync(tablet, "api/me"))["personId"]!.GetValue<Guid>();
            for (var i = 0; i < 4; i++)
            {
                await Plans.NextAsync(town, tablet);
            }

            await tablet.TakeAlongAsync();
        }

        var run = new Run(town, tablet, network, new Random(seed), ids, homes, $"r{seed}");
        try
        {
            for (var i = 0; i < sessions && run.Elapsed < longest; i++)
            {
                await run.SessionAsync(i);
                run.Done(i);
            }

            await run.SettleAsync();
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException or ShouldAssertException)
        {
            await run.LookAsync();
            throw new InvalidOperationException($"HOMECARE_SEED={seed}; steps:\n{string.Join('\n', run.Steps.TakeLast(30))}\n{e.Message}", e);
        }

        await run.JudgeAsync(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Sessions} sessions in {run.Elapsed.TotalMinutes:0.0} min, {run.Count} entries, {run.Photos} photographs, {network.Spoiled} requests spoiled");
        if (Environment.GetEnvironmentVariable("HOMECARE_STEPS") is { } file)
        {
            await File.WriteAllLinesAsync(file, run.Steps);
        }
    }

    private sealed class Run(DemoTown town, Tablet tablet, FaultProxy network, Random random, Dictionary<string, Guid> ids, IReadOnlyList<Guid> homes, string mark)
    {
        private readonly List<Finished> finished = [];
        private readonly Dictionary<string, List<string>> taken = new(StringComparer.Ordinal);
        private string at = People[^1].Name;
        private FilePayload? photo;
        private bool away;
        private readonly Stopwatch since = Stopwatch.StartNew();

        public List<string> Steps { get; } = [];

        public TimeSpan Elapsed => since.Elapsed;

        public int Sessions { get; private set; }

        private void Step(string what) => Steps.Add(string.Create(CultureInfo.InvariantCulture, $"{since.Elapsed.TotalSeconds:0.0} {what}"));

        public void Done(int number)
        {
            Sessions++;
            Step($"{number}: done");
        }

        /// <summary>Keeps what the tablet shows when a session cannot go on.</summary>
        public async Task LookAsync()
        {
            try
            {
                var folder = Testing.Repository.Path("artifacts", "pictures");
                Directory.CreateDirectory(folder);
                await tablet.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{mark}.png") });
                Step($"at {tablet.Page.Url}: {(await tablet.Page.Locator("body").InnerTextAsync()).ReplaceLineEndings(" ")}");
            }
            catch (PlaywrightException)
            {
                // There is no page to look at.
            }
        }

        public int Count => finished.Count;

        public int Photos => finished.Count(f => f.Photo);

        public async Task SessionAsync(int number)
        {
            if (random.Next(4) == 0)
            {
                var to = People[random.Next(People.Length)].Name;
                Step($"{number}: {to} takes over");
                await tablet.OpenAsync("/visits", at);
                await tablet.LockAsync();
                await tablet.UnlockAsync(to);
                at = to;
                // What a colleague recorded meanwhile is no longer to be visited.
                taken.Remove(to);
            }

            Network(number);
            // Taken along, so that it opens whatever the network does.
            var ready = await TakenAsync();
            var path = ready[random.Next(ready.Count)];
            await tablet.OpenAsync(path, at);
            await tablet.Page.Locator(".identity .button-primary, [data-field=objective], article[data-entry]").First.WaitForAsync(new() { Timeout = 60_000 });
            if (await tablet.Page.Locator("article[data-entry]").CountAsync() > 0)
            {
                // Finished in the moment in which the browser was killed.
                ready.Remove(path);
                return;
            }

            if (await tablet.Page.Locator(".identity .button-primary").CountAsync() > 0)
            {
                await tablet.BeginAsync();
            }

            var words = $"{mark} {number}";
            var temperature = 36 + random.Next(20) / 10m;
            await tablet.TypeAsync("temperature", temperature.ToString(CultureInfo.InvariantCulture));
            var measured = await tablet.Page.Locator("[data-field=measuredAt]").InputValueAsync();
            await tablet.TypeAsync("objective", words);
            var pictured = random.Next(4) == 0;
            if (pictured)
            {
                await PhotographAsync();
            }

            await MishapAsync(number, path);
            await tablet.Page.Locator("[data-field=objective]").WaitForAsync(new() { Timeout = 60_000 });
            await tablet.TypeAsync("objective", words);
            await tablet.TypeAsync("temperature", temperature.ToString(CultureInfo.InvariantCulture));
            if (pictured)
            {
                await PhotographAsync();
            }

            // The sheet sets the time with the first value; read before that, nothing is expected of the record.
            await Assertions.Expect(tablet.Page.Locator("[data-field=measuredAt]")).Not.ToHaveValueAsync("", new() { Timeout = 60_000 });
            measured = await tablet.Page.Locator("[data-field=measuredAt]").InputValueAsync();
            pictured = await tablet.Page.Locator("figure.photo").CountAsync() > 0;
            var patient = Guid.Parse(path.Split('/')[2]);
            if (random.Next(8) == 0)
            {
                // Killed at the moment of finishing: it is finished or it is a draft, never both and never neither.
                Step($"{number}: killed at the moment of finishing");
                await tablet.Page.Locator("[data-record]").ClickAsync();
                finished.Add(new Finished(words, ids[at], patient, measured, temperature, pictured, Sure: false));
                await tablet.KillBrowserAsync();
                return;
            }

            await tablet.FinishAsync();
            finished.Add(new Finished(words, ids[at], patient, measured, temperature, pictured, Sure: true));
            ready.Remove(path);
            if (random.Next(5) == 0)
            {
                Step($"{number}: browser killed after finishing");
                await tablet.KillBrowserAsync();
            }
        }

        /// <summary>One photograph; a browser killed in the moment in which it was taken may have kept it or not.</summary>
        private async Task PhotographAsync()
        {
            await tablet.Page.Locator("#f-photo").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            photo ??= await Camera.PhotoAsync(tablet.Page, 1000, 800);
            if (await tablet.Page.Locator("figure.photo").CountAsync() == 0)
            {
                await Camera.TakeAsync(tablet.Page, photo);
            }
        }

        private void Network(int number)
        {
            switch (random.Next(5))
            {
                case 0:
                    away = true;
                    network.Treat(Fault.Refuse);
                    break;
                case 1:
                    away = false;
                    var bad = new Random(random.Next());
                    network.Treat(() =>
                    {
                        lock (bad)
                        {
                            return bad.Next(12) switch { 0 => Fault.DropRequest, 1 => Fault.CutAnswer, 2 => Fault.Delay, _ => Fault.None };
                        }
                    });
                    break;
                default:
                    away = false;
                    network.Treat(Fault.None);
                    break;
            }

            Step($"{number}: network {(away ? "away" : "there")}");
        }

        private async Task MishapAsync(int number, string path)
        {
            switch (random.Next(6))
            {
                case 0:
                    Step($"{number}: tab killed");
                    await tablet.TabAsync();
                    await tablet.OpenAsync(path, at);
                    break;
                case 1:
                    Step($"{number}: browser killed");
                    await tablet.KillBrowserAsync();
                    await tablet.OpenAsync(path, at);
                    break;
                case 2:
                    Step($"{number}: server killed");
                    town.Host.Kill();
                    await town.Host.StartAsync();
                    break;
            }

            if (await tablet.Page.Locator(".identity .button-primary").CountAsync() > 0)
            {
                await tablet.BeginAsync();
            }
        }

        /// <summary>Sheets that open without the network; new visits are planned when there are few left.</summary>
        private async Task<List<string>> TakenAsync()
        {
            if (taken.GetValueOrDefault(at) is { Count: >= 2 } known)
            {
                return known;
            }

            await tablet.OpenAsync("/visits", at);
            if (await HrefsAsync() is { Count: >= 2 } list)
            {
                return taken[at] = list;
            }

            network.Treat(Fault.None);
            away = false;
            // With the network the session becomes that of the one at work by itself.
            await tablet.OpenAsync("/visits", at);
            for (var i = 0; i < 4; i++)
            {
                await Plans.NextAsync(town, tablet);
            }

            await tablet.OpenAsync("/visits", at);
            await tablet.Page.Locator(".take-along button").ClickAsync();
            await tablet.Page.Locator("#pin-1, .take-along[data-state=taken]").First.WaitForAsync(new() { Timeout = 60_000 });
            if (await tablet.Page.Locator("#pin-1").IsVisibleAsync())
            {
                await tablet.Page.Locator("#pin-1").FillAsync(Tablet.Pin);
                await tablet.Page.Locator("#pin-2").FillAsync(Tablet.Pin);
                await tablet.Page.Locator("dialog button[type=submit]").ClickAsync();
            }

            await tablet.Page.Locator(".take-along[data-state=taking]").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
            await tablet.Page.Locator("[data-visit] .plan-marks .chip-ok").Nth(2).WaitForAsync(new() { Timeout = 60_000 });
            return taken[at] = await HrefsAsync();
        }

        private async Task<List<string>> HrefsAsync() =>
            [.. await tablet.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-visit]')].filter((x) => x.querySelector('.plan-marks .chip-ok')).map((x) => x.querySelector('a.button').getAttribute('href'))")];

        /// <summary>The network is good again and everybody comes once: then nothing may be left waiting.</summary>
        public async Task SettleAsync()
        {
            network.Treat(Fault.None);
            foreach (var (_, name) in People)
            {
                await tablet.OpenAsync("/visits", at);
                await tablet.LockAsync();
                await tablet.UnlockAsync(name);
                at = name;
                await tablet.OpenAsync("/visits", at);
                await tablet.Page.WaitForFunctionAsync("() => document.querySelectorAll('article[data-entry][data-state=kept], article[data-entry][data-state=sent], [data-photos=kept]').length === 0", null, new() { Timeout = 180_000 });
                (await tablet.Page.Locator("article[data-entry]").AllInnerTextsAsync()).ShouldBeEmpty("nothing is refused");
            }
        }

        public async Task JudgeAsync(int seed)
        {
            var recorded = (await Recorded.OfAsync(town.ConnectionString, mark + " ")).ToLookup(r => r.Words);
            var files = await Recorded.PhotosAsync(town.ConnectionString);
            foreach (var entry in finished)
            {
                var found = recorded[entry.Words].ToList();
                var what = $"{entry} seed {seed}";
                (found.Count == 1 || (!entry.Sure && found.Count == 0)).ShouldBeTrue($"{what}: on record {found.Count} times");
                foreach (var one in found)
                {
                    one.Author.ShouldBe(entry.Author, what);
                    one.PatientId.ShouldBe(entry.Patient, what);
                    one.Temperature.ShouldBe(entry.Temperature, what);
                    one.Photos.Count.ShouldBe(entry.Photo ? 1 : 0, what);
                    one.Photos.ShouldAllBe(p => files.GetValueOrDefault(p.Id) == p.Sha256, $"{what}: the photograph is there, and is the one that was taken");
                    one.MeasuredAt!.Value.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture).ShouldBe(entry.MeasuredAt, what);
                }
            }

            recorded.SelectMany(r => r).Select(r => r.Words).Except(finished.Select(f => f.Words)).ShouldBeEmpty($"seed {seed}: nobody finished these");
            homes.ShouldNotBeEmpty();
        }
    }
}
