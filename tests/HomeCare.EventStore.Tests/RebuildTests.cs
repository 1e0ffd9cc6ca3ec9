using Npgsql;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>A view is made again beside the live one.</summary>
public sealed class RebuildTests : StoreTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(Tenant)]
    public async Task writers_and_readers_go_on_during_a_rebuild(string? tenant)
    {
        for (var i = 0; i < 10; i++)
            await Store.AppendAsync(To($"visit-{i}", Note($"{i}")));
        await ScalarAsync("update note_entries set text = 'spoilt' where sequence = 3");
        using var gate = new Gate();
        await using var rebuilding = StoreOn(Db, new() { RebuildPage = 4 }, views: [new GatedView(gate, holdAt: 6)]);

        var rebuild = Task.Run(() => rebuilding.RebuildAsync("notes", tenant));
        await gate.ReachedAsync();
        for (var i = 10; i < 20; i++)
            (await Store.AppendAsync(To($"visit-{i}", Note($"{i}")))).Written();
        (await CountAsync("note_entries")).ShouldBe(20);
        (await ScalarAsync("select text from note_entries where sequence = 3")).ShouldBe("spoilt", "the old content stays until the new one is complete");
        rebuild.IsCompleted.ShouldBeFalse();
        gate.Open();
        await rebuild;

        (await RowsAsync("select sequence, text from note_entries order by 1")).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i + 1} | {i}"));
        (await ScalarAsync("select notes from note_counts")).ShouldBe(20);
        (await Store.AppendAsync(To("visit-1", Note("after")))).Written();
        (await CountAsync("note_entries")).ShouldBe(21);
    }

    [Fact]
    public async Task a_reader_that_takes_its_time_delays_the_swap_and_not_the_writers()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await using var rebuilding = StoreOn(Db, new() { SwapWait = TimeSpan.FromMilliseconds(50) });
        Task rebuild;
        await using (var slow = await Db.OpenConnectionAsync())
        {
            await using var reading = new NpgsqlCommand("begin; select count(*) from note_entries", slow);
            await reading.ExecuteScalarAsync();
            rebuild = rebuilding.RebuildAsync("notes");
            for (var i = 0; i < 20; i++)
            {
                (await Store.AppendAsync(To("visit-1", Note($"{i}")))).Written();
                await Task.Delay(20);
            }

            rebuild.IsCompleted.ShouldBeFalse();
            await using var end = new NpgsqlCommand("commit", slow);
            await end.ExecuteNonQueryAsync();
        }

        await rebuild;
        (await CountAsync("note_entries")).ShouldBe(21);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Tenant)]
    public async Task what_is_written_between_the_last_page_and_the_swap_is_in_the_new_rows(string? tenant)
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        Task<AppendResult> append;
        Task rebuild;
        await using (await HoldAppendLockAsync())
        {
            append = Store.AppendAsync(To("visit-1", Note("2")));
            await WaitingAsync(1);
            rebuild = Store.RebuildAsync("notes", tenant);
            await WaitingAsync(2); // it has caught up, and waits behind the append for the lock
        }

        await append;
        await rebuild;
        (await CountAsync("note_entries")).ShouldBe(2);
        (await ScalarAsync("select notes from note_counts")).ShouldBe(2);

        Task WaitingAsync(int count) => EventuallyAsync(async () => await CountAsync(
            "pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") == count);
    }

    [Fact]
    public async Task what_a_killed_rebuild_left_behind_is_in_nobodys_way()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await ScalarAsync("create schema hc_rebuild; create table hc_rebuild.note_entries (x int)");

        await Store.RebuildAsync("notes");

        (await CountAsync("note_entries")).ShouldBe(1);
        (await CountAsync("pg_namespace where nspname = 'hc_rebuild'")).ShouldBe(0);
    }

    [Fact]
    public async Task two_rebuilds_at_once_run_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Store.AppendAsync(To($"visit-{i}", Note($"{i}")))));
        var before = await DumpAsync("note_entries");
        await using var other = StoreOn(Db);

        await Task.WhenAll(Store.RebuildAsync("notes"), other.RebuildAsync("notes"), Store.RebuildAsync("notes", Tenant), other.MigrateAsync());

        (await DumpAsync("note_entries")).ShouldBe(before);
    }

    [Fact]
    public async Task a_rebuild_that_is_cancelled_leaves_the_old_content_and_no_lock()
    {
        for (var i = 0; i < 10; i++)
            await Store.AppendAsync(To($"visit-{i}", Note($"{i}")));
        using var stop = new CancellationTokenSource();
        using var gate = new Gate();
        await using var rebuilding = StoreOn(Db, new() { RebuildPage = 4 }, views: [new GatedView(gate, holdAt: 6)]);
        var rebuild = Task.Run(() => rebuilding.RebuildAsync("notes", ct: stop.Token));
        await gate.ReachedAsync();
        await stop.CancelAsync();
        gate.Open();

        await Should.ThrowAsync<OperationCanceledException>(() => rebuild);

        (await CountAsync("note_entries")).ShouldBe(10);
        await Store.RebuildAsync("notes").WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Holds a rebuild up at an event until it is opened.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim opened = new();

        public Task ReachedAsync() => reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Open() => opened.Set();

        public void Pass()
        {
            reached.TrySetResult();
            opened.Wait(TimeSpan.FromSeconds(60));
        }

        public void Dispose() => opened.Dispose();
    }

    private sealed class GatedView(Gate gate, long holdAt) : IView
    {
        private readonly NotesView notes = new();

        public string Name => notes.Name;

        public int Revision => notes.Revision;

        public string Ddl => notes.Ddl;

        public IReadOnlyList<string> Tables => notes.Tables;

        public void Project(StoredEvent e, ViewBatch batch)
        {
            if (e.Sequence == holdAt)
                gate.Pass();
            notes.Project(e, batch);
        }
    }
}
