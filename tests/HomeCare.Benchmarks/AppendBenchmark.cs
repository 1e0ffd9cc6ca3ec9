using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using HomeCare.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace HomeCare.Benchmarks;

/// <summary>
/// P1: commands acknowledged a second, one event each with its command id, its views and their indexes, against one prepared
/// INSERT of the same bytes a commit into a plain table.
/// </summary>
internal static class AppendBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchDatabase database)
    {
        await using var store = new EventStore.EventStore(database.Db, BenchEvents.Types(), [new BenchView()], TimeProvider.System);
        await store.MigrateAsync();
        await using (var plain = database.Db.CreateCommand("create table plain (id bigint generated always as identity primary key, data jsonb not null)"))
            await plain.ExecuteNonQueryAsync();

        foreach (var (writers, connections, target, p99Target) in new[] { (32, 32, 2.0, 25.0), (1000, 32, 4.0, 100.0), (1, 1, 0.6, double.NaN) })
        {
            await AppendAsync(store, writers, TimeSpan.FromSeconds(1));
            await InsertAsync(database.Db, connections, store.Types.Json, TimeSpan.FromSeconds(0.5));
            var rounds = new List<(double, double)>();
            var p99 = new List<double>();
            for (var i = 0; i < Rounds; i++)
            {
                var yardstick = await InsertAsync(database.Db, connections, store.Types.Json, Round);
                var (perSecond, latencies) = await AppendAsync(store, writers, Round);
                rounds.Add((perSecond, yardstick));
                p99.Add(Measurement.Percentile(latencies, 0.99));
            }

            yield return Measurement.AtLeast($"P1 append, {writers} writers", "commands/s", rounds, target);
            if (!double.IsNaN(p99Target))
                yield return Measurement.AtMost($"P1 append, {writers} writers, p99", "ms", p99, p99Target);
        }
    }

    private static async Task<(double PerSecond, List<double> Latencies)> AppendAsync(EventStore.EventStore store, int writers, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            var mine = new List<double>();
            var (visit, patient) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var stream = $"visit-{visit}";
            var version = 0L;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                var e = BenchEvents.Vitals(random, visit, patient);
                var append = new Append(BenchEvents.Tenant, [new(stream, "visit", ExpectedVersion.Exactly(version), [e])])
                {
                    Command = new(Guid.CreateVersion7(), "ns.tanaka", SHA256.HashData(visit.ToByteArray())),
                    UserName = "ns.tanaka",
                    Headers = new Dictionary<string, string> { ["profession"] = "visiting_nurse", ["device"] = "tablet" },
                };
                version = (await store.AppendAsync(append)) is AppendResult.Appended(var receipt, _)
                    ? receipt.Version
                    : throw new InvalidOperationException("An append of the benchmark was not written.");
                mine.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }

            return mine;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(l => l).ToList();
        return (all.Count / elapsed, all);
    }

    private static async Task<double> InsertAsync(NpgsqlDataSource db, int connections, JsonSerializerOptions json, TimeSpan duration)
    {
        var ready = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var connection = await db.OpenConnectionAsync();
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
                r.Command.Parameters[0].Value = JsonSerializer.SerializeToUtf8Bytes(BenchEvents.Vitals(random, patient, patient), json);
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
}
