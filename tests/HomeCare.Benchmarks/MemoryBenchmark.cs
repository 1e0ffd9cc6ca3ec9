namespace HomeCare.Benchmarks;

/// <summary>
/// P4: what one circuit keeps on the managed heap, after full collections, while it shows a live timeline of a full first page, beside
/// the framework's counter page.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Circuits = 50;
    private const int Rounds = 2;

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var patient = (await hosted.Town.RegisterAsync(1, "p4"))[0];
        var random = new Random(4);
        await hosted.Town.FillAsync(Enumerable.Range(0, 50).Select(_ => hosted.Town.Recorded(random, patient)));
        await using var yardstick = await YardstickHost.StartAsync();
        var empty = (await hosted.Town.RegisterAsync(1, "p4-empty"))[0];
        (string Name, string Path)[] pages = [("with a live timeline of 50", $"patients/{patient}"), ("with a live timeline of one", $"patients/{empty}"), ("with the settings", "settings")];
        var rounds = pages.Select(_ => new List<(double, double)>()).ToList();
        for (var i = 0; i <= Rounds; i++)
        {
            var counter = await OneAsync(yardstick.Http, "", null, yardstick.Probe);
            for (var p = 0; p < pages.Length; p++)
            {
                var kilobytes = await OneAsync(hosted.Http, pages[p].Path, hosted.Cookie, hosted.Probe);
                if (i > 0) // warm
                    rounds[p].Add((kilobytes, counter));
            }
        }

        yield return Measurement.RatioAtMost($"P4 one circuit {pages[0].Name}", "kB", rounds[0], 1.5);
        // To see what the entries take, and what the shell around every page.
        for (var p = 1; p < pages.Length; p++)
            yield return Measurement.RatioAtMost($"P4 one circuit {pages[p].Name}", "kB", rounds[p], 1.5).WithoutTarget();
    }

    private static async Task<double> OneAsync(HttpClient http, string path, string? cookie, Probe probe)
    {
        var before = await probe.HeapAsync();
        var circuits = new List<Circuit>();
        try
        {
            for (var i = 0; i < Circuits; i++)
            {
                circuits.Add(await Circuit.OpenAsync(http, path, cookie, _ => { }));
                await circuits[^1].DrawnAsync(1);
            }

            await Task.Delay(3000); // what a page reads after its first drawing
            var after = await probe.HeapAsync();
            if (circuits.Exists(c => !c.IsOpen))
                throw new InvalidOperationException("A circuit of the benchmark was closed.");
            return (after - before) / 1000.0 / Circuits;
        }
        finally
        {
            foreach (var circuit in circuits)
                await circuit.DisposeAsync();
        }
    }
}
