using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare.Benchmarks;

/// <summary>
/// P1: commands acknowledged a second, one event each with its command id, the hash chain, all the product's views and their
/// indexes, against one prepared INSERT of the same bytes a commit into a plain table. Once the appends alone, once whole commands,
/// which also read their stream and ask who may.
/// </summary>
internal static class AppendBenchmark
{
    private const int Repeats = 5;
    private const int Connections = 32;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        await using var database = await bench.DatabaseAsync("p1");
        await using var town = await BenchTown.FoundAsync(database.Db);
        var patients = await town.RegisterAsync(1000, "p1");
        await database.AnalyzeAsync();
        await using (var plain = database.Db.CreateCommand("create table plain (id bigint generated always as identity primary key, data jsonb not null)"))
            await plain.ExecuteNonQueryAsync();
        Func<Random, Guid, Task> append = (random, patient) => town.Store.AppendAsync(town.AppendOf(town.Recorded(random, patient)));
        Func<Random, Guid, Task> command = (random, patient) => town.DoAsync(town.Nurse, BenchTown.Record(random, patient));

        await foreach (var measurement in CostAsync(town, patients))
            yield return measurement;
        foreach (var (writers, target, p99Target) in new[] { (32, 2.0, 25.0), (1000, 4.0, 100.0), (1, 0.6, double.NaN) })
        {
            var connections = Math.Min(writers, Connections);
            await RunAsync(append, patients, writers, TimeSpan.FromSeconds(1));
            await RunAsync(command, patients, writers, TimeSpan.FromSeconds(1));
            await InsertAsync(town, connections, TimeSpan.FromSeconds(0.5));
            var (appends, commands) = (new Rounds(), new Rounds());
            for (var i = 0; i < Repeats; i++)
            {
                var yardstick = await InsertAsync(town, connections, Round);
                appends.Add(await RunAsync(append, patients, writers, Round), yardstick);
                commands.Add(await RunAsync(command, patients, writers, Round), yardstick);
            }

            foreach (var (name, rounds) in new[] { ("append", appends), ("whole command", commands) })
            {
                yield return Measurement.AtLeast($"P1 {name}, {writers} writers", "commands/s", rounds.PerSecond, target);
                if (!double.IsNaN(p99Target))
                    yield return Measurement.AtMost($"P1 {name}, {writers} writers, p99", "ms", rounds.P99, p99Target);
            }
        }
    }

    /// <summary>Processor time for one command, with and without views, beside that of one plain INSERT.</summary>
    private static async IAsyncEnumerable<Measurement> CostAsync(BenchTown town, Guid[] patients)
    {
        await using var bare = new EventStore.EventStore(town.Db, CareEvents.Types(), [], TimeProvider.System);
        var cpu = await CpuMeter.OfAsync(town.Db);
        Func<Task<double>> plain = () => InsertAsync(town, Connections, Round);
        (string Name, Func<Task<double>> Run)[] all =
        [
            ("append without views", async () => (await RunAsync((r, p) => bare.AppendAsync(town.AppendOf(town.Recorded(r, p))), patients, Connections, Round)).PerSecond),
            ("append", async () => (await RunAsync((r, p) => town.Store.AppendAsync(town.AppendOf(town.Recorded(r, p))), patients, Connections, Round)).PerSecond),
            ("whole command", async () => (await RunAsync((r, p) => town.DoAsync(town.Nurse, BenchTown.Record(r, p)), patients, Connections, Round)).PerSecond),
        ];
        foreach (var (name, run) in all)
        {
            await run();
            var (own, postgres) = (new List<(double, double)>(), new List<(double, double)>());
            for (var i = 0; i < 3; i++)
            {
                var (plainOwn, plainPostgres) = await CostOfAsync(plain);
                var (ourOwn, ourPostgres) = await CostOfAsync(run);
                own.Add((ourOwn, plainOwn));
                postgres.Add((ourPostgres, plainPostgres));
            }

            yield return Measurement.AtLeast($"P1 {name}, 32 writers, processor of the node", "ms/command", own, 0).WithoutTarget();
            yield return Measurement.AtLeast($"P1 {name}, 32 writers, processor of PostgreSQL", "ms/command", postgres, 0).WithoutTarget();
        }

        async Task<(double, double)> CostOfAsync(Func<Task<double>> run)
        {
            var before = cpu.Read();
            var count = await run() * Round.TotalSeconds;
            var after = cpu.Read();
            return (1000 * (after.Own - before.Own) / count, 1000 * (after.Postgres - before.Postgres) / count);
        }
    }

    /// <summary>So many writers, each on a patient of their own, one act after the other.</summary>
    public static async Task<(double PerSecond, double P99)> RunAsync(Func<Random, Guid, Task> act, Guid[] patients, int writers, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                await act(random, patients[w]);
                mine.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }

            return mine;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(l => l).ToList();
        return (all.Count / elapsed, Measurement.Percentile(all, 0.99));
    }

    private static async Task<double> InsertAsync(BenchTown town, int connections, TimeSpan duration)
    {
        var ready = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var connection = await town.Db.OpenConnectionAsync();
            var command = new NpgsqlCommand("insert into plain (data) values ($1)", connection) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Jsonb } } };
            command.Parameters[0].Value = Array.Empty<byte>();
            await command.PrepareAsync();
            return (Connection: connection, Command: command);
        }));
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(ready.Select((r, w) => Task.Run(async () =>
        {
            var random = new Random(w);
            var patient = Guid.CreateVersion7();
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                r.Command.Parameters[0].Value = JsonSerializer.SerializeToUtf8Bytes(town.Recorded(random, patient), town.Store.Types.Json);
                await r.Command.ExecuteNonQueryAsync();
                count++;
            }

            return count;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var (connection, command) in ready)
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }

        return counts.Sum() / elapsed;
    }

    private sealed class Rounds
    {
        public List<(double, double)> PerSecond { get; } = [];

        public List<double> P99 { get; } = [];

        public void Add((double PerSecond, double P99) round, double yardstick)
        {
            PerSecond.Add((round.PerSecond, yardstick));
            P99.Add(round.P99);
        }
    }
}
