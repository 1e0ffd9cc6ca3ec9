using System.Diagnostics;
using HomeCare.EventStore;
using HomeCare.Timeline;
using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>P3: the views of timeline and board made again from the log, against COPY of the same rows into the same tables with the same indexes.</summary>
internal static class RebuildBenchmark
{
    private const int Events = 60_000;
    private const int Patients = 1_000;
    private const int Rounds = 3;

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        await using var database = await bench.DatabaseAsync("p3");
        await using var town = await BenchTown.FoundAsync(database.Db);
        var patients = await town.RegisterAsync(Patients, "p3");
        var random = new Random(3);
        await town.FillAsync(Enumerable.Range(0, Events).Select(_ => town.Recorded(random, patients[random.Next(Patients)])));
        IView[] views = [new TimelineView(), new ReadingsView()];
        await ExecuteAsync(database.Db, $"create schema yardstick; set search_path = yardstick; {string.Concat(views.Select(v => v.Ddl))}");
        await database.AnalyzeAsync();

        foreach (var view in views)
        {
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
                await town.Store.RebuildAsync(view.Name);
                rounds.Add((rows / Stopwatch.GetElapsedTime(started).TotalSeconds, rows / copying.TotalSeconds));
            }

            yield return Measurement.AtLeast($"P3 rebuild of {view.Name}, {Events} events", "rows/s", rounds, 0.7);
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
