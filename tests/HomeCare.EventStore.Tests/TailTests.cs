using System.Diagnostics;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class TailTests : StoreTests
{
    private static readonly EventStoreOptions HardlyPolls = new() { PollEvery = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task a_tail_gives_what_is_there_and_then_what_follows()
    {
        await Store.AppendAsync(To("visit-1", Note("0"), Note("1"), Note("2")));
        await using var reading = new Reading(Store, afterSequence: 1);
        await reading.ReachesAsync(3);

        await Store.AppendAsync(To("visit-1", Note("3")));
        await reading.ReachesAsync(4);

        reading.Sequences.ShouldBe([2, 3, 4]);
        reading.Events.Select(e => e.Data).ShouldBe([Note("1"), Note("2"), Note("3")]);
    }

    [Fact]
    public async Task a_tail_is_woken_by_its_own_node()
    {
        // After the first notification the next is an hour away: what wakes the tail does not go through PostgreSQL.
        await using var node = StoreOn(Db, HardlyPolls with { NotifyEvery = TimeSpan.FromHours(1) });
        await using var reading = new Reading(node);

        for (var i = 1; i <= 20; i++)
        {
            var receipt = (await node.AppendAsync(To("visit-1", Note($"{i}")))).Written().Receipt;
            await reading.ReachesAsync(receipt.Sequence);
        }
    }

    [Fact]
    public async Task a_tail_is_woken_by_another_node()
    {
        await using var reader = StoreOn(Db, HardlyPolls);
        await using var writer = StoreOn(Db);
        await using var reading = new Reading(reader);
        await EventuallyAsync(async () => await CountAsync("pg_stat_activity where query = 'listen hc_events' and datname = current_database()") == 1);

        for (var i = 1; i <= 20; i++)
        {
            var receipt = (await writer.AppendAsync(To("visit-1", Note($"{i}")))).Written().Receipt;
            await reading.ReachesAsync(receipt.Sequence);
        }
    }

    [Fact]
    public async Task a_tail_finds_by_itself_what_nobody_told_it()
    {
        await using var reading = new Reading(Store);
        await Store.AppendAsync(To("visit-1", Note()));
        await reading.ReachesAsync(1);
        var started = Stopwatch.GetTimestamp();

        await ScalarAsync("""
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            values (nextval('mt_events_sequence'), gen_random_uuid(), 'visit-1', 2, '{}', 'something_else', now(), 'minato')
            """);

        await reading.ReachesAsync(2);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        reading.Events[1].Data.ShouldBeOfType<UnknownEvent>();
    }

    [Fact]
    public async Task a_rolled_back_append_delays_nobody()
    {
        await using var reading = new Reading(Store);
        await ScalarAsync("begin; select nextval('mt_events_sequence'); rollback");
        var started = Stopwatch.GetTimestamp();

        var receipt = (await Store.AppendAsync(To("visit-1", Note()))).Written().Receipt;
        await reading.ReachesAsync(receipt.Sequence);

        receipt.Sequence.ShouldBe(2);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task an_open_write_transaction_elsewhere_delays_nobody()
    {
        await using var reading = new Reading(Store);
        await using var elsewhere = await Db.OpenConnectionAsync();
        await using var open = new Npgsql.NpgsqlCommand("begin; create table an_import (a int); insert into an_import values (1)", elsewhere);
        await open.ExecuteNonQueryAsync();

        var receipt = (await Store.AppendAsync(To("visit-1", Note()))).Written().Receipt;

        await reading.ReachesAsync(receipt.Sequence);
    }

    [Fact]
    public async Task a_tail_reads_in_pages()
    {
        await using var node = StoreOn(Db, new() { TailPage = 3 });
        await node.AppendAsync(To("visit-1", [.. Enumerable.Range(0, 10).Select(i => Note($"{i}"))]));
        var pages = new List<int>();

        await foreach (var page in node.Tail.ReadAsync(0, TestContext.Current.CancellationToken))
        {
            pages.Add(page.Count);
            if (page[^1].Sequence == 10)
                break;
        }

        pages.ShouldBe([3, 3, 3, 1]);
    }

    [Fact]
    public async Task a_cancelled_tail_ends()
    {
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var page in Store.Tail.ReadAsync(0, stop.Token))
                page.ShouldBeEmpty();
        });
        await Task.Delay(100);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(5)));
    }
}
