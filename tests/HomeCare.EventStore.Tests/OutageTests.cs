using Npgsql;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class OutageTests : StoreTests
{
    private const string TerminateAll =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    [Fact]
    public async Task writing_and_reading_go_on_after_all_connections_were_terminated()
    {
        await using var reading = new Reading(Store);
        var last = (await Store.AppendAsync(To("visit-1", Note("0")))).Written().Receipt;
        await reading.ReachesAsync(last.Sequence);

        for (var i = 1; i <= 5; i++)
        {
            await ScalarAsync(TerminateAll);
            last = (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(i), Note($"{i}")))).Written().Receipt;
        }

        await reading.ReachesAsync(last.Sequence);
        reading.Events.Select(e => e.Version).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task an_append_whose_connection_is_terminated_before_the_commit_is_written_once()
    {
        var append = Store.AppendAsync(To("visit-1", ExpectedVersion.New, new WaitAsked(0.7)));
        await EventuallyAsync(async () => await CountAsync("pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()") == 1);
        await ScalarAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");

        (await append).Written().Receipt.Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task an_append_whose_committed_answer_is_lost_is_found_and_not_written_again(bool withCommandId)
    {
        await using var wire = new BreakableWire(ConnectionString);
        await using var db = NpgsqlDataSource.Create(wire.ConnectionString);
        await using var store = StoreOn(db);
        await store.AppendAsync(To("visit-0", Note()));
        var append = To("visit-1", Note()) with { Command = withCommandId ? Key() : null };

        wire.CutAtCommit();
        var written = (await store.AppendAsync(append)).Written();

        wire.CutsToCome.ShouldBe(0);
        var events = (await Store.ReadStreamAsync(Tenant, "visit-1")).Events;
        events.Count.ShouldBe(1);
        events[0].Sequence.ShouldBe(written.Receipt.Sequence);
        (await CountAsync("note_entries")).ShouldBe(2);
    }

    [Fact]
    public async Task a_remembered_command_whose_committed_answer_is_lost_is_found()
    {
        await using var wire = new BreakableWire(ConnectionString);
        await using var db = NpgsqlDataSource.Create(wire.ConnectionString);
        await using var store = StoreOn(db);
        var found = (await store.AppendAsync(To("visit-0", Note()))).Written().Receipt;
        var nothing = new Append(Tenant, []) { Command = Key(), Found = found };

        wire.CutAtCommit();

        (await store.AppendAsync(nothing)).Written().Receipt.ShouldBe(found);
        (await store.AppendAsync(nothing)).ShouldBe(new AppendResult.Repeated(found));
    }

    [Fact]
    public async Task a_database_that_comes_back_in_time_is_not_noticed_by_the_writer()
    {
        await using var wire = new BreakableWire(ConnectionString);
        await using var db = NpgsqlDataSource.Create(wire.ConnectionString);
        await using var store = StoreOn(db);
        await store.AppendAsync(To("visit-1", Note()));

        wire.Down = true;
        wire.CutNow();
        var append = store.AppendAsync(To("visit-1", Note()));
        await Task.Delay(300);
        append.IsCompleted.ShouldBeFalse();
        wire.Down = false;

        (await append).Written().Receipt.Version.ShouldBe(2);
    }

    [Fact]
    public async Task a_database_that_stays_away_is_said_to_be_unavailable()
    {
        await using var wire = new BreakableWire(ConnectionString);
        await using var db = NpgsqlDataSource.Create(wire.ConnectionString);
        await using var store = StoreOn(db, new() { OutageWait = TimeSpan.FromMilliseconds(200) });
        wire.Down = true;

        var failure = await Should.ThrowAsync<StoreUnavailable>(() => store.AppendAsync(To("visit-1", Note())));

        failure.OutcomeUnknown.ShouldBeFalse();
        wire.Down = false;
        (await store.AppendAsync(To("visit-1", ExpectedVersion.New, Note()))).Written();
    }

    [Fact]
    public async Task a_database_that_stays_away_after_a_commit_was_sent_leaves_the_outcome_unknown_until_the_command_comes_again()
    {
        await using var wire = new BreakableWire(ConnectionString);
        await using var db = NpgsqlDataSource.Create(wire.ConnectionString);
        await using var store = StoreOn(db, new() { OutageWait = TimeSpan.FromMilliseconds(300) });
        await store.AppendAsync(To("visit-0", Note()));
        var append = To("visit-1", Note()) with { Command = Key() };

        wire.CutAtCommit();
        wire.Down = true;
        var failure = await Should.ThrowAsync<StoreUnavailable>(() => store.AppendAsync(append));

        failure.OutcomeUnknown.ShouldBeTrue();
        wire.Down = false;
        (await store.AppendAsync(append)).ShouldBeOfType<AppendResult.Repeated>().Receipt.Version.ShouldBe(1);
        (await CountAsync("mt_events")).ShouldBe(2);
    }

    [Fact]
    public async Task a_node_that_hangs_with_the_append_lock_in_its_hands_does_not_keep_the_others_from_writing()
    {
        using var view = new HangingView();
        await using var hanging = StoreOn(Db, new() { LongestPause = TimeSpan.FromMilliseconds(300) }, views: [view]);
        await hanging.MigrateAsync();
        var hung = hanging.AppendAsync(To("visit-1", ExpectedVersion.New, Note("hung")));
        view.Hangs.Wait(TestContext.Current.CancellationToken);

        (await Store.AppendAsync(To("visit-2", ExpectedVersion.New, Note())).WaitAsync(TimeSpan.FromSeconds(10))).Written();

        view.GoesOn.Set();
        (await hung).Written().Receipt.Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(1);
    }

    /// <summary>Hangs in the middle of an append, as a node does that is swapped out or cut off.</summary>
    private sealed class HangingView : IView, IDisposable
    {
        public ManualResetEventSlim Hangs { get; } = new();

        public ManualResetEventSlim GoesOn { get; } = new();

        public string Name => "hanging";

        public int Revision => 1;

        public string Ddl => "create table hung (tenant_id text not null)";

        public IReadOnlyList<string> Tables => ["hung"];

        public void Project(StoredEvent e, ViewBatch batch)
        {
            Hangs.Set();
            GoesOn.Wait();
        }

        public void Dispose()
        {
            Hangs.Dispose();
            GoesOn.Dispose();
        }
    }
}
