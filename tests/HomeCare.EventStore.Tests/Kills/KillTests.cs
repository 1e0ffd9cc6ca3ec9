using System.Globalization;
using Npgsql;

namespace HomeCare.EventStore.Tests.Kills;

/// <summary>
/// Nothing acknowledged is lost, doubled or reordered, and no subscriber skips or repeats, whatever is killed. <c>HOMECARE_LONG=1</c>
/// kills a thousand times; <c>HOMECARE_SEED</c> repeats a run's choices (not its timing).
/// </summary>
public sealed class KillTests
{
    private static readonly (int Storms, int Kills) Times = Environment.GetEnvironmentVariable("HOMECARE_LONG") == "1" ? (20, 50) : (1, 20);

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_SEED"), CultureInfo.InvariantCulture, out var given)
        ? given
        : Random.Shared.Next();

    [Fact]
    public async Task whatever_is_killed_every_acknowledged_command_is_there_once_and_every_subscriber_saw_the_log()
    {
        for (var i = 0; i < Times.Storms; i++)
            await WeatherAsync(seed + i);
    }

    private static async Task WeatherAsync(int seed)
    {
        TestContext.Current.TestOutputHelper!.WriteLine("HOMECARE_SEED={0}", seed);
        await using var storm = await KillStorm.StartAsync(seed);
        await storm.KillAsync(Times.Kills);
        var history = await storm.SettleAsync();

        var told = $"HOMECARE_SEED={seed}; killed: {string.Join(", ", storm.Kills.Select(k => $"{k.Key} {k.Value} times"))}";
        var acknowledged = history.Writers.Sum(w => w.Where(l => l.Said == Said.Acknowledged).DistinctBy(l => l.Command).Count());
        TestContext.Current.TestOutputHelper.WriteLine(
            "{0}; {1} commands acknowledged, {2} events, {3} subscribers", told, acknowledged, history.Log.Count, history.Subscribers.Count);
        HistoryChecker.Check(history).ShouldBeEmpty(told);
        acknowledged.ShouldBeGreaterThan(Times.Kills * 20, $"Too little was written to prove anything. {told}");
        history.Subscribers.Count.ShouldBe(5);
        await CheckDatabaseAsync(storm, history, told);
    }

    [Theory]
    [InlineData(nameof(Mutant.AcknowledgeBeforeCommit), "lost")]
    [InlineData(nameof(Mutant.AdvanceCursorEarly), "Subscriber")]
    [InlineData(nameof(Mutant.DropCommandId), "Written 2 times")]
    public async Task a_mistake_made_on_purpose_is_found(string mutant, string finding)
    {
        TestContext.Current.TestOutputHelper!.WriteLine("HOMECARE_SEED={0}", seed);
        for (var attempt = 0; ; attempt++)
        {
            await using var storm = await KillStorm.StartAsync(seed + attempt, Enum.Parse<Mutant>(mutant));
            await storm.KillAsync(4);
            var broken = HistoryChecker.Check(await storm.SettleAsync());
            if (broken.Any(b => b.Contains(finding, StringComparison.Ordinal)))
                return;
            attempt.ShouldBeLessThan(4, $"HOMECARE_SEED={seed}: the checker did not find it; it found: {string.Join('\n', broken)}");
        }
    }

    /// <summary>What lies beside the log: command ids, streams, views, the chain of hashes.</summary>
    private static async Task CheckDatabaseAsync(KillStorm storm, History history, string told)
    {
        await using var db = storm.Open();
        await using var store = new EventStore(db, Given.Types(), [new NotesView()], TimeProvider.System);
        var verified = await store.Evidence.VerifyAsync(Given.Tenant);
        verified.Broken.ShouldBeEmpty(told);
        verified.Sealed.ShouldBe(history.Log.Count, told);
        (await CountAsync(db, "select count(*) from hc_commands c join mt_events e on e.seq_id = c.sequence and e.data->>'Text' = c.command_id::text"))
            .ShouldBe(history.Log.Select(e => e.Command).Distinct().Count(), told);
        (await CountAsync(db, "select count(*) from hc_commands")).ShouldBe(history.Log.Select(e => e.Command).Distinct().Count(), told);
        (await CountAsync(db, "select count(*) from mt_streams s where version <> (select count(*) from mt_events e where e.stream_id = s.id)")).ShouldBe(0, told);
        (await CountAsync(db, "select count(*) from note_entries n full join mt_events e on e.seq_id = n.sequence where n.sequence is null or e.seq_id is null")).ShouldBe(0, told);
        (await CountAsync(db, "select sum(notes)::bigint from note_counts")).ShouldBe(history.Log.Count, told);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource db, string sql)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 300;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
