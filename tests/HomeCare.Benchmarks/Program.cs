using HomeCare.Benchmarks;

// HOMECARE_TEST_POSTGRES: the server to measure on; HOMECARE_BENCH_OUTPUT: where the results go. An argument runs the benchmarks
// whose name begins with it.
var connectionString = Environment.GetEnvironmentVariable("HOMECARE_TEST_POSTGRES");
if (connectionString is null)
{
    Console.Error.WriteLine("HOMECARE_TEST_POSTGRES names no PostgreSQL server: run script/bench.");
    return 2;
}

var output = Environment.GetEnvironmentVariable("HOMECARE_BENCH_OUTPUT") ?? Path.Combine("artifacts", "bench");
(string Name, Func<BenchDatabase, IAsyncEnumerable<Measurement>> Run)[] benchmarks =
[
    ("P1", AppendBenchmark.RunAsync),
    ("P3", RebuildBenchmark.RunAsync),
];
var chosen = benchmarks.Where(b => args.Length == 0 || args.Any(a => b.Name.StartsWith(a, StringComparison.OrdinalIgnoreCase))).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"There is no such benchmark; there are {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

Report.Header();
foreach (var (name, run) in chosen)
{
    await using var database = await BenchDatabase.CreateAsync(connectionString, name);
    var measurements = new List<Measurement>();
    await foreach (var measurement in run(database))
    {
        Report.Line(measurement);
        measurements.Add(measurement);
    }

    await Report.SaveAsync(output, name, measurements);
}

return 0;
