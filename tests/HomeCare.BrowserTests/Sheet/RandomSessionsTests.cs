using System.Globalization;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>Generated sessions: several people on one tablet, a network that fails, tabs, browsers and servers that are killed. Afterwards every
/// finished entry is on record exactly once, under the right author, with the right measured time.</summary>
public sealed class RandomSessionsTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly (string User, string Name)[] People = [("ns.tanaka", "田中 美咲"), ("dr.sato", "佐藤 健一")];

    private sealed record Finished(string Words, Guid Author, Guid Patient, string MeasuredAt, decimal Temperature, bool Sure);

    [Fact]
    public async Task every_finished_entry_is_on_record_once_under_its_author_and_with_its_time()
    {
        var isLong = Environment.GetEnvironmentVariable("HOMECARE_LONG") == "1";
        var sessions = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SESSIONS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : isLong ? 1000 : 10;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
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
            for (var i = 0; i < sessions; i++)
            {
                await run.SessionAsync(i);
            }

            await run.SettleAsync();
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            throw new InvalidOperationException($"HOMECARE_SEED={seed}; steps:\n{string.Join('\n', run.Steps.TakeLast(30))}\n{e.Message}", e);
        }

        await run.JudgeAsync(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Count} entries, {network.Spoiled} requests spoiled");
    }

    private sealed class Run(DemoTown town, Tablet tablet, FaultProxy network, Random random, Dictionary<string, Guid> ids, IReadOnlyList<Guid> homes, string mark)
    {
        private readonly List<Finished> finished = [];
        private string at = People[^1].Name;
        private bool away;

        public List<string> Steps { get; } = [];

        public int Count => finished.Count;

        public async Task SessionAsync(int number)
        {
            if (random.Next(4) == 0)
            {
                var to = People[random.Next(People.Length)].Name;
                Steps.Add($"{number}: {to} takes over");
                await tablet.OpenAsync("/visits", at);
                await tablet.LockAsync();
                await tablet.UnlockAsync(to);
                at = to;
            }

            Network(number);
            // Taken along, so that it opens whatever the network does.
            var taken = await TakenAsync();
            var path = taken[random.Next(taken.Count)];
            await tablet.OpenAsync(path, at);
            await tablet.Page.Locator(".identity .button-primary, [data-field=objective], article[data-entry]").First.WaitForAsync(new() { Timeout = 60_000 });
            if (await tablet.Page.Locator("article[data-entry]").CountAsync() > 0)
            {
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
            await MishapAsync(number, path);
            await tablet.Page.Locator("[data-field=objective]").WaitForAsync(new() { Timeout = 60_000 });
            await tablet.TypeAsync("objective", words);
            await tablet.TypeAsync("temperature", temperature.ToString(CultureInfo.InvariantCulture));
            measured = await tablet.Page.Locator("[data-field=measuredAt]").InputValueAsync();
            var patient = Guid.Parse(path.Split('/')[2]);
            if (random.Next(8) == 0)
            {
                // Killed at the moment of finishing: it is finished or it is a draft, never both and never neither.
                Steps.Add($"{number}: killed at the moment of finishing");
                await tablet.Page.Locator("[data-record]").ClickAsync();
                finished.Add(new Finished(words, ids[at], patient, measured, temperature, Sure: false));
                await tablet.KillBrowserAsync();
                return;
            }

            await tablet.FinishAsync();
            finished.Add(new Finished(words, ids[at], patient, measured, temperature, Sure: true));
            if (random.Next(5) == 0)
            {
                Steps.Add($"{number}: browser killed after finishing");
                await tablet.KillBrowserAsync();
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

            Steps.Add($"{number}: network {(away ? "away" : "there")}");
        }

        private async Task MishapAsync(int number, string path)
        {
            switch (random.Next(6))
            {
                case 0:
                    Steps.Add($"{number}: tab killed");
                    await tablet.TabAsync();
                    await tablet.OpenAsync(path, at);
                    break;
                case 1:
                    Steps.Add($"{number}: browser killed");
                    await tablet.KillBrowserAsync();
                    await tablet.OpenAsync(path, at);
                    break;
                case 2:
                    Steps.Add($"{number}: server killed");
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
        private async Task<IReadOnlyList<string>> TakenAsync()
        {
            await tablet.OpenAsync("/visits", at);
            var list = await HrefsAsync();
            if (list.Count >= 2)
            {
                return list;
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
            return await HrefsAsync();
        }

        private async Task<IReadOnlyList<string>> HrefsAsync() =>
            await tablet.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-visit]')].filter((x) => x.querySelector('.plan-marks .chip-ok')).map((x) => x.querySelector('a.button').getAttribute('href'))");

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
                await tablet.Page.WaitForFunctionAsync("() => document.querySelectorAll('article[data-entry][data-state=kept], article[data-entry][data-state=sent]').length === 0", null, new() { Timeout = 180_000 });
                (await tablet.Page.Locator("article[data-entry]").AllInnerTextsAsync()).ShouldBeEmpty("nothing is refused");
            }
        }

        public async Task JudgeAsync(int seed)
        {
            var recorded = (await Recorded.OfAsync(town.ConnectionString, mark + " ")).ToLookup(r => r.Words);
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
                    one.MeasuredAt!.Value.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture).ShouldBe(entry.MeasuredAt, what);
                }
            }

            recorded.SelectMany(r => r).Select(r => r.Words).Except(finished.Select(f => f.Words)).ShouldBeEmpty($"seed {seed}: nobody finished these");
            homes.ShouldNotBeEmpty();
        }
    }
}
