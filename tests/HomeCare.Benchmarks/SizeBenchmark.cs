using System.Diagnostics;
using System.Globalization;
using HomeCare.Timeline;
using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>
/// P5: what grows with the log and what does not. The first screen of a timeline of 50 entries and of 50,000; writes, timelines and the
/// tail in a log of 10,000 events and in one of ten million (without <c>--large</c>: 300,000).
/// </summary>
internal static class SizeBenchmark
{
    private const int Small = 10_000;
    private const int Patients = 1_000;
    private const int Repeats = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        await foreach (var m in LogAsync(bench))
            yield return m;
        await foreach (var m in FirstScreenAsync(bench))
            yield return m;
    }

    /// <summary>The page as the server renders it, everything on it included; the entries of the long one lie over ten years.</summary>
    private static async IAsyncEnumerable<Measurement> FirstScreenAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var town = hosted.Town;
        var (few, many) = ((await town.RegisterAsync(1, "few"))[0], (await town.RegisterAsync(1, "many"))[0]);
        var random = new Random(5);
        await town.FillAsync(Enumerable.Range(0, 50).Select(_ => town.Recorded(random, few)));
        await town.FillAsync(Enumerable.Range(0, 50_000).Select(_ => town.Recorded(random, many, days: 3650)));
        await hosted.Database.AnalyzeAsync();

        var (pages, reads) = (new List<(double, double)>(), new List<(double, double)>());
        for (var i = 0; i <= Repeats; i++)
        {
            var page = (await PageAsync(many), await PageAsync(few));
            var read = (await ReadAsync(many), await ReadAsync(few));
            if (i == 0)
                continue; // warm
            pages.Add(page);
            reads.Add(read);
        }

        yield return Measurement.RatioAtMost("P5 first screen, 50,000 entries against 50", "ms", pages, 1.3);
        yield return Measurement.RatioAtMost("P5 timeline read, 50,000 entries against 50", "ms", reads, 1.3);

        Task<double> PageAsync(Guid patient) => MedianAsync(10, async () => (await hosted.Http.GetAsync($"patients/{patient}")).EnsureSuccessStatusCode());

        Task<double> ReadAsync(Guid patient) => MedianAsync(20, async () => await town.Timeline.PageAsync(town.Nurse, patient, TimelineFilter.Everything, limit: 30));
    }

    private static async IAsyncEnumerable<Measurement> LogAsync(Bench bench)
    {
        var size = bench.Large ? 10_000_000 : 300_000;
        await using var smallDatabase = await bench.DatabaseAsync("p5_small");
        await using var largeDatabase = await bench.DatabaseAsync("p5_large");
        await using var small = await BenchTown.FoundAsync(smallDatabase.Db);
        await using var large = await BenchTown.FoundAsync(largeDatabase.Db);
        var patients = await small.RegisterAsync(Patients, "p5");
        await large.RegisterAsync(Patients, "p5");
        var random = new Random(6);
        foreach (var town in new[] { small, large })
        {
            // One sign each: ten million of six would be sixty million readings.
            await town.FillAsync(Enumerable.Range(0, Small).Select(i => town.Recorded(random, patients[i % Patients], days: 3650) is var e
                ? e with { Vitals = new(e.Vitals.MeasuredAt) { Temperature = e.Vitals.Temperature }, Comment = null } : null!));
        }

        await MultiplyAsync(large.Db, size / Small - 1);
        await smallDatabase.AnalyzeAsync();
        await largeDatabase.AnalyzeAsync();

        var (writes, times, timelines, tails) = (new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>());
        for (var i = 0; i <= Repeats; i++)
        {
            var (inSmall, inLarge) = (await WriteAsync(small), await WriteAsync(large));
            var timeline = (await TimelineAsync(large), await TimelineAsync(small));
            var tail = (await TailAsync(large), await TailAsync(small));
            if (i == 0)
                continue; // warm
            times.Add((inLarge.P99, inSmall.P99));
            writes.Add((1000 / inLarge.PerSecond, 1000 / inSmall.PerSecond));
            timelines.Add(timeline);
            tails.Add(tail);
        }

        var sizes = string.Create(CultureInfo.InvariantCulture, $"{size:N0} events against {Small:N0}");
        yield return Measurement.RatioAtMost($"P5 write, 32 writers, {sizes}", "ms/command", writes, 1.5);
        yield return Measurement.RatioAtMost($"P5 write, p99, {sizes}", "ms", times, 1.5).WithoutTarget();
        yield return Measurement.RatioAtMost($"P5 timeline, {sizes}", "ms", timelines, 1.3).WithoutTarget();
        yield return Measurement.RatioAtMost($"P5 tail, the last 10,000 events, {sizes}", "ms", tails, 1.3).WithoutTarget();

        Task<(double PerSecond, double P99)> WriteAsync(BenchTown town) =>
            AppendBenchmark.RunAsync((r, patient) => town.Store.AppendAsync(town.AppendOf(town.Recorded(r, patient))), patients, writers: 32, Round);

        Task<double> TimelineAsync(BenchTown town) =>
            MedianAsync(50, async () => await town.Timeline.PageAsync(town.Nurse, patients[random.Next(Patients)], TimelineFilter.Everything, limit: 30));

        static async Task<double> TailAsync(BenchTown town)
        {
            var head = await town.Store.HeadAsync();
            var started = Stopwatch.GetTimestamp();
            await foreach (var page in town.Store.Tail.ReadAsync(head - Small, CancellationToken.None))
            {
                if (page[^1].Sequence >= head)
                    break;
            }

            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    /// <summary>
    /// Copies what is in the log, under other sequences, streams and command ids, in the tables of the store and of the views. Bodies and
    /// hashes repeat: the rows and indexes have their true sizes, but the chain would not verify.
    /// </summary>
    private static async Task MultiplyAsync(NpgsqlDataSource db, int times)
    {
        const string events = "from mt_events e, last, generate_series(1, $1) k where e.type = 'vitals_recorded'";
        const string id = "md5(e.seq_id + k * stride || '')::uuid";
        await using var connection = await db.OpenConnectionAsync();
        await ExecuteAsync("set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'");
        await ExecuteAsync("create temporary table indexes as select indexdef from pg_indexes where schemaname = 'public' and tablename in ('mt_events', 'timeline', 'readings') and indexname not like 'pkey%' and indexname not like '%pkey'");
        await ExecuteAsync("create temporary table last as select max(seq_id) as stride, (select place from hc_heads) as place from mt_events");
        await ExecuteAsync("""
            do $$ declare name text; begin
                for name in select indexname from pg_indexes where schemaname = 'public' and tablename in ('mt_events', 'timeline', 'readings') and indexname not like 'pkey%' and indexname not like '%pkey'
                loop execute format('drop index %I', name); end loop;
            end $$;
            alter table mt_events drop constraint fkey_mt_events_tenant_id_stream_id;
            """);
        await ExecuteAsync($"insert into hc_commands select e.tenant_id, {id}, e.user_name, e.hc_hash, e.seq_id + k * stride, 1, e.timestamp {events}", times);
        await ExecuteAsync($"insert into mt_streams select 'vitals-' || {id}, 'measurement', 1, e.timestamp, e.timestamp, e.tenant_id {events}", times);
        await ExecuteAsync($"""
            insert into timeline select t.tenant_id, t.patient_id, t.sequence + k * stride, t.occurred_at + k * interval '1 minute', t.groups, t.kind, {id}, t.author_id, t.profession,
                t.team_only, t.state from timeline t join mt_events e on e.seq_id = t.sequence, last, generate_series(1, $1) k where e.type = 'vitals_recorded'
            """, times);
        await ExecuteAsync($"""
            insert into readings select r.tenant_id, r.patient_id, r.sign, r.measured_at + k * interval '1 minute', {id}, r.value, r.oxygen, r.alert, r.bound, r.by_physician,
                r.team_only, r.sequence + k * stride from readings r join mt_events e on e.seq_id = r.sequence, last, generate_series(1, $1) k
            """, times);
        await ExecuteAsync($"""
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, hc_place, hc_hash, hc_log_hash)
            select e.seq_id + k * stride, {id}, 'vitals-' || {id}, 1, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name,
                place + row_number() over (), hc_hash, hc_log_hash
            from mt_events e, last, generate_series(1, $1) k where e.type = 'vitals_recorded'
            """, times);
        await ExecuteAsync("""
            do $$ declare definition text; begin for definition in select indexdef from indexes loop execute definition; end loop; end $$;
            alter table mt_events add constraint fkey_mt_events_tenant_id_stream_id foreign key (tenant_id, stream_id) references mt_streams (tenant_id, id) not valid;
            """);
        await ExecuteAsync("update hc_heads set (place, sequence) = (select max(hc_place), max(seq_id) from mt_events)");
        await ExecuteAsync("select setval('mt_events_sequence', (select max(seq_id) from mt_events))");

        async Task ExecuteAsync(string sql, params int[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double> MedianAsync(int times, Func<Task> act)
    {
        var all = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await act();
            all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Measurement.Percentile(all, 0.5);
    }
}
