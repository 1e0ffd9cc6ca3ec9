using System.Collections.Concurrent;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>Views that follow the log with a checkpoint.</summary>
public sealed class ProjectionTests : StoreTests
{
    private const string Poison = "poison";

    [Fact]
    public async Task an_asynchronous_view_follows_the_log_and_keeps_its_checkpoint_under_martens_name()
    {
        await Store.AppendAsync(To("visit-1", Note("before")));
        await using var node = await NodeAsync(new FollowedView());
        await Store.AppendAsync(To("visit-1", Note("after"), Temperature()));
        var head = await Store.HeadAsync();

        await ReachesAsync(node, head);

        (await RowsAsync("select sequence, text from followed order by 1")).ShouldBe(["1 | before", "2 | after"]);
        (await RowsAsync("select name, last_seq_id from mt_event_progression")).ShouldBe([$"followed:All | {head}"]);
        var state = (await node.Store.Projections.StatesAsync()).Single();
        (state.Position, state.Behind, state.IsStopped).ShouldBe((head, 0, false));
    }

    [Fact]
    public async Task a_node_that_comes_back_goes_on_from_the_checkpoint()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await using (var first = await NodeAsync(new FollowedView()))
            await ReachesAsync(first, 1);
        await Store.AppendAsync(To("visit-1", Note("2")));

        await using var second = await NodeAsync(new FollowedView());
        await ReachesAsync(second, 2);

        (await CountAsync("followed")).ShouldBe(2);
    }

    [Fact]
    public async Task an_event_that_the_view_cannot_take_stops_it_before_the_event_and_nothing_is_skipped()
    {
        var view = new FollowedView();
        await using var node = await NodeAsync(view);
        var appends = Enumerable.Range(0, 20).Select(i => Store.AppendAsync(To("visit-1", Note(i == 13 ? Poison : $"{i}")))).ToList();
        await Task.WhenAll(appends);
        var poisoned = (await Store.ReadAllAsync(0, 100)).Single(e => e.Data is NoteWritten { Text: Poison }).Sequence;

        await EventuallyAsync(async () => (await node.Store.Projections.StatesAsync()).Single().IsStopped);

        var state = (await node.Store.Projections.StatesAsync()).Single();
        state.StoppedAt.ShouldBe(poisoned);
        state.Reason!.ShouldContain("cannot be followed");
        state.Position.ShouldBe(poisoned - 1);
        state.Behind.ShouldBe(20 - state.Position);
        (await CountAsync("followed")).ShouldBe(poisoned - 1);
        (await Store.AppendAsync(To("visit-2", Note("writers go on")))).Written();
        await Task.Delay(300);
        (await CountAsync("followed")).ShouldBe(poisoned - 1);

        view.TakesPoison = true;
        await node.Store.Projections.StartAgainAsync("followed");
        await ReachesAsync(node, await Store.HeadAsync());

        (await RowsAsync("select sequence from followed order by 1")).ShouldBe(Enumerable.Range(1, 21).Select(i => $"{i}"));
        (await node.Store.Projections.StatesAsync()).Single().IsStopped.ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(() => node.Store.Projections.StartAgainAsync("notes"));
    }

    [Fact]
    public async Task a_statement_that_postgresql_refuses_stops_the_view_too()
    {
        await using var node = await NodeAsync(new FollowedView());
        await Store.AppendAsync(To("visit-1", Note("good")));
        await Store.AppendAsync(To("visit-1", Note(FollowedView.BreaksInDatabase)));

        await EventuallyAsync(async () => (await node.Store.Projections.StatesAsync()).Single().StoppedAt == 2);
        (await CountAsync("followed")).ShouldBe(1);
    }

    [Fact]
    public async Task an_event_that_cannot_be_read_stops_the_view_before_it()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await Store.AppendAsync(To("visit-1", Temperature()));
        await ScalarAsync("""update mt_events set data = '{"Celsius":"warm"}' where seq_id = 2""");
        await using var node = await NodeAsync(new FollowedView());

        await EventuallyAsync(async () => (await node.Store.Projections.StatesAsync()).Single().StoppedAt == 2);

        (await CountAsync("followed")).ShouldBe(1);
    }

    [Fact]
    public async Task of_several_nodes_one_works_and_another_takes_over_when_it_dies()
    {
        await using var first = await NodeAsync(new FollowedView());
        await using var second = await NodeAsync(new FollowedView());
        await EventuallyAsync(async () => await WorkersAsync() == 1);
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Store.AppendAsync(To($"visit-{i}", Note($"{round}/{i}")))));
            await ScalarAsync("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted and objsubid = 1 and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())");
            await ReachesAsync(second, await LastAsync());
            (await WorkersAsync()).ShouldBeLessThanOrEqualTo(1);
        }

        (await RowsAsync("select sequence from followed order by 1")).ShouldBe(await RowsAsync("select seq_id from mt_events order by 1"));
    }

    [Fact]
    public async Task a_node_that_stops_hands_over_at_once()
    {
        var first = await NodeAsync(new FollowedView());
        await EventuallyAsync(async () => await WorkersAsync() == 1);
        await using var second = await NodeAsync(new FollowedView());
        await first.DisposeAsync();
        await Store.AppendAsync(To("visit-1", Note()));

        await ReachesAsync(second, 1);
    }

    [Fact]
    public async Task a_rebuilt_asynchronous_view_is_the_same_while_it_goes_on()
    {
        await using var node = await NodeAsync(new FollowedView());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Store.AppendAsync(To($"visit-{i}", Note($"{i}")))));
        await ReachesAsync(node, 100);
        await ScalarAsync("update followed set text = 'spoilt'");
        var writing = Task.WhenAll(Enumerable.Range(100, 100).Select(i => Store.AppendAsync(To($"visit-{i}", Note($"{i}")))));

        await node.Store.RebuildAsync("followed");
        await node.Store.RebuildAsync("followed", Tenant);
        await writing;
        await ReachesAsync(node, 200);

        (await CountAsync("followed where text = 'spoilt'")).ShouldBe(0);
        (await RowsAsync("select sequence from followed order by 1")).ShouldBe(Enumerable.Range(1, 200).Select(i => $"{i}"));
    }

    [Fact]
    public async Task a_new_revision_of_an_asynchronous_view_has_the_rows_up_to_the_checkpoint_and_goes_on()
    {
        await using (var first = await NodeAsync(new FollowedView()))
        {
            await Store.AppendAsync(To("visit-1", Note("1")));
            await ReachesAsync(first, 1);
        }

        await Store.AppendAsync(To("visit-1", Note("2")));
        await using var second = await NodeAsync(new FollowedView { Revision = 2, Greeting = "本日: " });
        await ReachesAsync(second, 2);

        (await RowsAsync("select text from followed order by sequence")).ShouldBe(["本日: 1", "本日: 2"]);
    }

    [Fact]
    public async Task a_failure_that_lies_in_no_event_is_told_and_the_work_taken_up_again()
    {
        await using var node = await NodeAsync(new FollowedView());
        await ScalarAsync("alter table hc_stopped rename to hc_gone");
        await EventuallyAsync(() => Task.FromResult(!node.Failures.IsEmpty));
        await ScalarAsync("alter table hc_gone rename to hc_stopped");
        await Store.AppendAsync(To("visit-1", Note()));

        await ReachesAsync(node, 1);
    }

    private async Task<long> LastAsync() => (await Store.ReadAllAsync(0, int.MaxValue))[^1].Sequence;

    private async Task<long> WorkersAsync() => (long)(await ScalarAsync("""
        select count(*) from pg_locks where locktype = 'advisory' and granted and objsubid = 1
            and database = (select oid from pg_database where datname = current_database())
        """))!;

    private async Task<Node> NodeAsync(FollowedView view)
    {
        var store = new EventStore(Db, Given.Types(), [new NotesView()], Clock, new() { PollEvery = TimeSpan.FromMilliseconds(100) }, [view]);
        await store.MigrateAsync();
        return new(store);
    }

    private static Task ReachesAsync(Node node, long sequence) =>
        EventuallyAsync(async () => (await node.Store.Projections.StatesAsync()).Single().Position >= sequence);

    private sealed class Node : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly Task running;

        public Node(EventStore store)
        {
            Store = store;
            running = Task.Run(() => store.Projections.RunAsync(stopping.Token, (view, e) => Failures.Enqueue((view, e))));
        }

        public ConcurrentQueue<(string View, Exception Failure)> Failures { get; } = new();

        public EventStore Store { get; }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await running;
            await Store.DisposeAsync();
            stopping.Dispose();
        }
    }

    private sealed class FollowedView : IView
    {
        public const string BreaksInDatabase = "breaks in database";

        public volatile bool TakesPoison;

        public string Name => "followed";

        public int Revision { get; init; } = 1;

        public string Greeting { get; init; } = "";

        public IReadOnlyList<string> Tables => ["followed"];

        public string Ddl => "create table followed (tenant_id text not null, sequence bigint primary key, text text);";

        public void Project(StoredEvent e, ViewBatch batch)
        {
            if (e.Data is not NoteWritten note)
                return;
            if (note.Text == Poison && !TakesPoison)
                throw new InvalidOperationException("This event cannot be followed.");
            if (note.Text == BreaksInDatabase)
                batch.Add("insert into followed (tenant_id, sequence) values (null, $1)", e.Sequence);
            batch.Add("insert into followed (tenant_id, sequence, text) values ($1, $2, $3)", e.TenantId, e.Sequence, Greeting + note.Text);
        }
    }
}
