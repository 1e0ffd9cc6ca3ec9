using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>
/// Writers on two nodes, refusals, broken views, slow transactions, rollbacks, holes and terminated connections at random; then
/// a checker decides from what was recorded. <c>HOMECARE_SEED</c> repeats a run's choices (not its timing).
/// </summary>
public sealed class HistoryTests : StoreTests
{
    private const int Writers = 32;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SEED"), CultureInfo.InvariantCulture, out var given)
        ? given
        : Random.Shared.Next();

    private readonly ConcurrentBag<Act> acts = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task whatever_happens_nothing_acknowledged_is_lost_doubled_or_reordered(bool terminateConnections)
    {
        TestContext.Current.SendDiagnosticMessage("HOMECARE_SEED={0}", seed);
        var options = new EventStoreOptions { LargestBatch = 12 };
        await using var first = StoreOn(Db, options);
        await using var second = StoreOn(Db, options);
        var readers = new List<Reading>
        {
            new(first),
            new(second),
            new(second, restarts: Restarts(new Random(seed + 1))),
        };
        using var stop = new CancellationTokenSource(Duration);
        var mischief = new List<Task> { DrawAndRollBackAsync(stop.Token), WriteSlowlyElsewhereAsync(stop.Token) };
        if (terminateConnections)
            mischief.Add(TerminateAsync(stop.Token));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => WriteAsync(w % 2 == 0 ? first : second, w, stop.Token)));
        await Task.WhenAll(mischief);
        Db.Clear(); // what was terminated while it lay idle
        var log = await Store.ReadAllAsync(0, int.MaxValue);
        foreach (var reader in readers)
            await reader.ReachesAsync(log.Count == 0 ? 0 : log[^1].Sequence);
        foreach (var reader in readers)
            await reader.DisposeAsync();

        Check(log, readers);
        var verified = await Store.Evidence.VerifyAsync(Tenant);
        verified.Broken.ShouldBeEmpty(Seed);
        verified.Sealed.ShouldBe(log.Count, Seed);
        await CheckTablesAsync(log);
        await using var rebuilding = StoreOn(Db);
        var incremental = await DumpAsync("note_entries");
        await rebuilding.RebuildAsync("notes");
        (await DumpAsync("note_entries")).ShouldBe(incremental, Seed);
    }

    private string Seed => $"HOMECARE_SEED={seed}";

    private void Check(IReadOnlyList<StoredEvent> log, List<Reading> readers)
    {
        acts.Count(a => a.Result is AppendResult.Appended).ShouldBeGreaterThan(200, "Too little was written to prove anything.");
        var byText = log.Where(e => e.Data is NoteWritten).ToLookup(e => ((NoteWritten)e.Data).Text);
        foreach (var act in acts)
        {
            var events = byText[act.Text].ToList();
            switch (act.Result)
            {
                case AppendResult.Appended(var receipt, _):
                    events.Count.ShouldBe(act.Streams, $"{Seed}: acknowledged, and in the log {events.Count} times: {act}");
                    events.ShouldContain(e => e.Sequence == receipt.Sequence && e.Version == receipt.Version && e.RecordedAt == receipt.RecordedAt, $"{Seed}: {act}");
                    break;
                case AppendResult.Repeated(var receipt):
                    events.Count.ShouldBe(act.Streams, $"{Seed}: repeated, and in the log {events.Count} times: {act}");
                    events.ShouldContain(e => e.Sequence == receipt.Sequence, $"{Seed}: {act}");
                    break;
                case null when act.Fault is StoreUnavailable { OutcomeUnknown: true }:
                    (events.Count == 0 || events.Count == act.Streams).ShouldBeTrue($"{Seed}: half written: {act}");
                    break;
                default:
                    events.ShouldBeEmpty($"{Seed}: refused, and in the log: {act}");
                    break;
            }
        }

        log.Select(e => e.Sequence).ShouldBeUnique();
        foreach (var stream in log.GroupBy(e => e.StreamId))
            stream.Select(e => e.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(v => (long)v), $"{Seed}: {stream.Key}");
        foreach (var reader in readers)
            reader.Sequences.ShouldBe(log.Select(e => e.Sequence), $"{Seed}: a subscriber skipped, repeated or reordered");
        acts.Where(a => a.Fault is not (null or PostgresException or ViewFailed or StoreUnavailable))
            .ShouldBeEmpty($"{Seed}: an unexpected failure");
    }

    private async Task CheckTablesAsync(IReadOnlyList<StoredEvent> log)
    {
        (await RowsAsync("select id, version from mt_streams order by id collate \"C\"")).ShouldBe(
            log.GroupBy(e => e.StreamId).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} | {s.Count()}"), Seed);
        (await RowsAsync("select sequence from note_entries order by 1")).ShouldBe(log.Select(e => $"{e.Sequence}"), Seed);
    }

    private async Task WriteAsync(EventStore store, int writer, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, writer));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var text = $"{writer}/{i}";
            var stream = $"visit-{random.Next(12)}";
            var expected = random.Next(3) switch
            {
                0 => ExpectedVersion.Exactly(random.Next(40)),
                1 when random.Next(10) == 0 => ExpectedVersion.New,
                _ => ExpectedVersion.Any,
            };
            var append = To(stream, expected, Note(text));
            var streams = 1;
            switch (random.Next(40))
            {
                case < 3:
                    append = append with { Streams = [.. append.Streams, new($"patient-{random.Next(6)}", null, ExpectedVersion.Any, [Note(text)])] };
                    streams = 2;
                    break;
                case 3:
                    append = append with { Streams = [.. append.Streams, new("bad", null, ExpectedVersion.Any, [Note(NotesView.ThrowsInDatabase)])] };
                    break;
                case 4:
                    append = append with { Streams = [.. append.Streams, new("bad", null, ExpectedVersion.Any, [Note(NotesView.ThrowsInProject)])] };
                    break;
                case 5:
                    append = append with { Streams = [.. append.Streams, new("slow", null, ExpectedVersion.Any, [new WaitAsked(random.NextDouble() / 50)])] };
                    break;
            }

            append = append with { Command = random.Next(4) == 0 ? null : Key() };
            var act = await DoAsync(store, append, text, streams);
            if (act.Result is AppendResult.Appended(var receipt, _) && random.Next(5) == 0)
                await MustBeReadableAsync(stream, receipt, act);
            if (append.Command is not null && act.Result is AppendResult.Appended && random.Next(6) == 0)
                (await DoAsync(store, append, text, streams)).Result.ShouldNotBeOfType<AppendResult.Appended>(Seed);
        }
    }

    private async Task<Act> DoAsync(EventStore store, Append append, string text, int streams)
    {
        Act act;
        try
        {
            act = new(text, streams, await store.AppendAsync(append), null);
        }
        catch (Exception fault)
        {
            act = new(text, streams, null, fault);
        }

        acts.Add(act);
        return act;
    }

    /// <summary>What is acknowledged is committed: another connection reads it at once.</summary>
    private async Task MustBeReadableAsync(string stream, Receipt receipt, Act act)
    {
        while (true)
        {
            try
            {
                var read = await Store.ReadStreamAsync(Tenant, stream, receipt.Version, receipt.Version);
                read.Last.ShouldBe(receipt, $"{Seed}: acknowledged before it could be read: {act}");
                return;
            }
            catch (NpgsqlException)
            {
                // Terminated while reading.
            }
        }
    }

    private static Func<int> Restarts(Random random) => () => random.Next(1, 5);

    /// <summary>Draws numbers as an appender does, and gives them up.</summary>
    private async Task DrawAndRollBackAsync(CancellationToken stop)
    {
        var random = new Random(seed + 2);
        while (!stop.IsCancellationRequested)
        {
            await MischiefAsync($"begin; {Schema.TakeAppendLock}; select nextval('mt_events_sequence') from generate_series(1, {random.Next(1, 4)}); rollback");
            await MischiefAsync("select nextval('mt_events_sequence')");
            await Task.Delay(random.Next(40), CancellationToken.None);
        }
    }

    /// <summary>A write transaction that stays open and has nothing to do with the log.</summary>
    private async Task WriteSlowlyElsewhereAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await MischiefAsync("begin; create temporary table elsewhere (a int); select pg_sleep(0.4); drop table elsewhere; commit");
    }

    private async Task TerminateAsync(CancellationToken stop)
    {
        var random = new Random(seed + 3);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(50, 400), CancellationToken.None);
            await MischiefAsync($"""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and random() < {(random.NextDouble() / 2).ToString(CultureInfo.InvariantCulture)}
                """);
        }
    }

    private async Task MischiefAsync(string sql)
    {
        try
        {
            await ScalarAsync(sql);
        }
        catch (NpgsqlException)
        {
            // Terminated by the other mischief.
        }
    }

    private sealed record Act(string Text, int Streams, AppendResult? Result, Exception? Fault);
}
