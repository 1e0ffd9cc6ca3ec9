using System.Diagnostics;
using HomeCare.EventStore;
using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>P3: a view made again from the log, against COPY of the same rows into the same tables with the same indexes.</summary>
internal static class RebuildBenchmark
{
    private const int Events = 60_000;
    private const int Patients = 1_000;
    private const int Rounds = 3;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchDatabase database)
    {
        var view = new BenchView();
        await using var store = new EventStore.EventStore(database.Db, BenchEvents.Types(), [view], TimeProvider.System);
        await store.MigrateAsync();
        await FillAsync(store);
        await ExecuteAsync(database.Db, $"create schema yardstick; set search_path = yardstick; {view.Ddl}");

        var rounds = new List<(double, double)>();
        for (var i = 0; i < Rounds; i++)
        {
            var rows = 0L;
            var copying = TimeSpan.Zero;
            foreach (var table in view.Tables)
            {
                var (count, elapsed) = await CopyAsync(database.Db, table);
                rows += count;
                copying += elapsed;
            }

            var started = Stopwatch.GetTimestamp();
            await store.RebuildAsync(view.Name);
            rounds.Add((rows / Stopwatch.GetElapsedTime(started).TotalSeconds, rows / copying.TotalSeconds));
        }

        yield return Measurement.AtLeast($"P3 rebuild, {Events} events", "rows/s", rounds, 0.7);
    }

    private static async Task FillAsync(EventStore.EventStore store)
    {
        var random = new Random(3);
        var patients = Enumerable.Range(0, Patients).Select(_ => Guid.CreateVersion7()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Events / 20).Select(_ =>
        {
            var (visit, patient) = (Guid.CreateVersion7(), patients[random.Next(Patients)]);
            return AppendPatientlyAsync(store, new(BenchEvents.Tenant,
                [new($"visit-{visit}", "visit", ExpectedVersion.New, [.. Enumerable.Range(0, 20).Select(_ => BenchEvents.Vitals(random, visit, patient))])]));
        }));
    }

    private static async Task AppendPatientlyAsync(EventStore.EventStore store, Append append)
    {
        while (true)
        {
            try
            {
                await store.AppendAsync(append);
                return;
            }
            catch (StoreBusy)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The rows are read beforehand in COPY's own binary form; only writing them is timed.</summary>
    private static async Task<(long Rows, TimeSpan Elapsed)> CopyAsync(NpgsqlDataSource db, string table)
    {
        using var bytes = new MemoryStream();
        await using var connection = await db.OpenConnectionAsync();
        await using (var source = await connection.BeginRawBinaryCopyAsync($"copy (select * from public.{table}) to stdout (format binary)"))
            await source.CopyToAsync(bytes);
        await using var truncate = new NpgsqlCommand($"truncate yardstick.{table}", connection);
        await truncate.ExecuteNonQueryAsync();
        bytes.Position = 0;
        var started = Stopwatch.GetTimestamp();
        await using (var target = await connection.BeginRawBinaryCopyAsync($"copy yardstick.{table} from stdin (format binary)"))
            await bytes.CopyToAsync(target);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await using var count = new NpgsqlCommand($"select count(*) from yardstick.{table}", connection);
        return ((long)(await count.ExecuteScalarAsync())!, elapsed);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource db, string sql)
    {
        await using var command = db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
