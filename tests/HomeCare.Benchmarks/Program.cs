using HomeCare.Benchmarks;

// HOMECARE_TEST_POSTGRES: the server to measure on; HOMECARE_BENCH_OUTPUT: where the results go. An argument runs the benchmarks
// whose name begins with it; --large makes P5 with ten million events.
if (args is ["yardstick", var address])
{
    await YardstickHost.ServeAsync(address);
    return 0;
}

var connectionString = Environment.GetEnvironmentVariable("HOMECARE_TEST_POSTGRES");
if (connectionString is null)
{
    Console.Error.WriteLine("HOMECARE_TEST_POSTGRES names no PostgreSQL server: run script/bench.");
    return 2;
}

var output = Environment.GetEnvironmentVariable("HOMECARE_BENCH_OUTPUT") ?? Path.Combine("artifacts", "bench");
await using var bench = new Bench(connectionString, Large: args.Contains("--large"));
var names = args.Where(a => !a.StartsWith('-')).ToList();
(string Name, Func<Bench, IAsyncEnumerable<Measurement>> Run)[] benchmarks =
[
    ("P1", AppendBenchmark.RunAsync),
    ("P2", LiveBenchmark.RunAsync),
    ("P3", RebuildBenchmark.RunAsync),
    ("P4", MemoryBenchmark.RunAsync),
    ("P5", SizeBenchmark.RunAsync),
    ("P6", BoardBenchmark.RunAsync),
    ("P7", InstructionBenchmark.RunAsync),
    ("R3", TabletsBenchmark.RunAsync),
];
var chosen = benchmarks.Where(b => names.Count == 0 || names.Any(n => b.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase))).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"There is no such benchmark; there are {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

Report.Header();
foreach (var (name, run) in chosen)
{
    var measurements = new List<Measurement>();
    await foreach (var measurement in run(bench))
    {
        Report.Line(measurement);
        measurements.Add(measurement);
    }

    await Report.SaveAsync(output, bench.Large ? $"{name}-large" : name, measurements);
}

return 0;
