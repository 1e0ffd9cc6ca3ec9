using System.Text.Json;
using HomeCare.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A board of a thousand people while others write: each change draws the row of the person it is about, and no other.</summary>
public sealed class BoardTests(DemoTown town) : IClassFixture<DemoTown>
{
    private const int Everybody = 1000;
    private const int Writers = 16;
    private const int Changed = 12;
    private const int Loaded = 40;
    private const int Each = 4;

    private sealed record Drawn(Dictionary<string, int> Rows, int Added);

    [Fact]
    public async Task of_a_thousand_rows_only_those_are_drawn_again_whose_people_something_was_written_about()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka");
        await using var admin = await town.VisitAsync("admin");
        var me = await nurse.GetAsync("api/me");
        var organisation = (me["organisationId"] ?? me["organisation"]!["organisationId"])!.GetValue<Guid>();
        var cared = (await nurse.GetAsync("api/patients?size=1000"))["patients"]!.AsArray().Count;
        var people = Enumerable.Range(0, Everybody - cared).Select(i => (Id: Guid.CreateVersion7(), Number: i)).ToList();
        using (var places = new SemaphoreSlim(Writers))
        {
            await Task.WhenAll(people.Select(async person =>
            {
                await places.WaitAsync();
                try
                {
                    var registered = await admin.CommandAsync("register-patient", new
                    {
                        patientId = person.Id, details = new { family = "千葉", given = $"{person.Number:000}", familyKana = "チバ", givenKana = "ア", birthDate = "1940-05-01", sex = "female" },
                    });
                    registered.Status.ShouldBe(200, await registered.TextAsync());
                    var joined = await admin.CommandAsync("join-care-team", new { patientId = person.Id, organisationId = organisation });
                    joined.Status.ShouldBe(200, await joined.TextAsync());
                }
                finally
                {
                    places.Release();
                }
            }));
        }

        await nurse.OpenAsync("/board");
        await Expect(nurse.Page.Locator(".board-row")).ToHaveCountAsync(Everybody, new() { Timeout = 60_000 });
        await Expect(nurse.Page.Locator(".figures .complete-to")).ToBeVisibleAsync();
        await nurse.RememberAsync();
        await nurse.Page.EvaluateAsync(
            """
            () => {
              window.drawnRows = {}; window.addedRows = 0;
              new MutationObserver((changes) => {
                for (const c of changes) {
                  if (c.type === 'attributes') window.drawnRows[c.target.dataset.patient] = (window.drawnRows[c.target.dataset.patient] ?? 0) + 1;
                  else window.addedRows += [...c.addedNodes].filter((n) => n.classList?.contains('board-row')).length;
                }
              }).observe(document.querySelector('.board'), { subtree: true, childList: true, attributes: true, attributeFilter: ['data-drawn'] });
            }
            """);

        // Ordinary readings, one after another: nobody's place changes, so nobody's row moves.
        var chosen = people.Take(Changed).ToList();
        foreach (var (id, number) in chosen)
        {
            var recorded = await nurse.CommandAsync("record-vitals", new
            {
                measurementId = Guid.CreateVersion7(), patientId = id,
                vitals = new { measuredAt = TimeProvider.System.GetUtcNow().AddMinutes(-1), temperature = 36.5, pulse = 70 + number % 5, spO2 = 97, oxygen = new { litresPerMinute = 0 } },
            });
            recorded.Status.ShouldBe(200, await recorded.TextAsync());
        }

        var last = nurse.Page.Locator($".board-row[data-patient='{chosen[^1].Id}']");
        await Expect(last.Locator("svg.spark")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(nurse.Page.Locator(".board-row svg.spark").First).ToBeAttachedAsync();
        foreach (var (id, _) in chosen)
        {
            await Expect(nurse.Page.Locator($".board-row[data-patient='{id}'] svg.spark")).ToBeAttachedAsync(new() { Timeout = 30_000 });
        }

        var drawn = JsonSerializer.Deserialize<Drawn>(await nurse.Page.EvaluateAsync<string>("() => JSON.stringify({ Rows: window.drawnRows, Added: window.addedRows })"))!;
        TestContext.Current.TestOutputHelper?.WriteLine($"{Changed} changes among {Everybody} people: {drawn.Rows.Values.Sum()} drawings of {drawn.Rows.Count} rows");
        drawn.Rows.Keys.ShouldBe(chosen.Select(p => p.Id.ToString()), ignoreOrder: true, "only the rows of those written about are drawn again");
        drawn.Rows.Values.Max().ShouldBeLessThanOrEqualTo(3, "and not again and again");
        drawn.Added.ShouldBe(0, "no row was taken out and put in again");

        // The same under load: eight write at once, four readings about each of forty people.
        await nurse.Page.EvaluateAsync("""
            () => {
              window.drawnRows = {}; window.addedRows = 0; window.longest = 0;
              let before = performance.now();
              const frame = (now) => { window.longest = Math.max(window.longest, now - before); before = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }
            """);
        var loaded = people.Skip(100).Take(Loaded).ToList();
        using (var places = new SemaphoreSlim(8))
        {
            await Task.WhenAll(Enumerable.Range(0, Each).SelectMany(_ => loaded).Select(async person =>
            {
                await places.WaitAsync();
                try
                {
                    var recorded = await nurse.CommandAsync("record-vitals", new
                    {
                        measurementId = Guid.CreateVersion7(), patientId = person.Id,
                        vitals = new { measuredAt = TimeProvider.System.GetUtcNow().AddMinutes(-1), temperature = 36.5, pulse = 70, spO2 = 97, oxygen = new { litresPerMinute = 0 } },
                    });
                    recorded.Status.ShouldBe(200, await recorded.TextAsync());
                }
                finally
                {
                    places.Release();
                }
            }));
        }

        foreach (var (id, _) in loaded)
        {
            await Expect(nurse.Page.Locator($".board-row[data-patient='{id}'] svg.spark")).ToBeAttachedAsync(new() { Timeout = 30_000 });
        }

        var under = JsonSerializer.Deserialize<Drawn>(await nurse.Page.EvaluateAsync<string>("() => JSON.stringify({ Rows: window.drawnRows, Added: window.addedRows })"))!;
        var longest = await nurse.Page.EvaluateAsync<double>("() => window.longest");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Loaded * Each} readings by eight writers about {Loaded} of {Everybody} people: {under.Rows.Values.Sum()} drawings of {under.Rows.Count} rows; the longest the browser drew nothing for: {longest:0} ms");
        under.Rows.Keys.ShouldBe(loaded.Select(p => p.Id.ToString()), ignoreOrder: true, "only the rows of those written about are drawn again");
        under.Rows.Values.Sum().ShouldBeLessThanOrEqualTo(2 * Loaded * Each, "and no more often than something was written, and once more for what is read beside it");
        under.Added.ShouldBe(0, "no row was taken out and put in again");

        // Somebody gets worse: that row moves to the top, live, and is found there.
        var worse = await nurse.CommandAsync("record-vitals", new
        {
            measurementId = Guid.CreateVersion7(), patientId = people[^1].Id,
            vitals = new { measuredAt = TimeProvider.System.GetUtcNow().AddMinutes(-1), temperature = 39.2, pulse = 128, respiration = 26, systolic = 88, spO2 = 84, oxygen = new { litresPerMinute = 0 }, consciousness = new { acvpu = "voice" } },
        });
        worse.Status.ShouldBe(200, await worse.TextAsync());
        await Expect(nurse.Page.Locator($"tbody:first-of-type .board-row[data-patient='{people[^1].Id}']")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("is-stop"), new() { Timeout = 30_000 });
        (await nurse.IsStillHereAsync()).ShouldBeTrue("the board was loaded anew");
    }
}
