using Npgsql;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>Commands that share a transaction do not share their misfortunes.</summary>
public sealed class NeighbourTests : StoreTests
{
    [Theory]
    [InlineData(NotesView.ThrowsInDatabase)]
    [InlineData(NotesView.ThrowsInProject)]
    public async Task a_view_that_fails_at_one_command_does_not_fail_its_neighbours(string bad)
    {
        var results = await TogetherAsync(Enumerable.Range(0, 30).Select(i => To($"visit-{i}", Note(i % 10 == 3 ? bad : $"{i}"))));

        for (var i = 0; i < results.Count; i++)
        {
            if (i % 10 != 3)
                (await results[i]).Written();
            else if (bad == NotesView.ThrowsInDatabase)
                (await Should.ThrowAsync<PostgresException>(() => results[i])).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
            else
                (await Should.ThrowAsync<ViewFailed>(() => results[i])).View.ShouldBe("notes");
        }

        (await CountAsync("mt_events")).ShouldBe(27);
        (await CountAsync("note_entries")).ShouldBe(27);
        (await Store.ReadStreamAsync(Tenant, "visit-3")).Version.ShouldBe(0);
    }

    [Fact]
    public async Task a_failed_command_leaves_no_trace_for_the_next_on_its_stream()
    {
        var key = Key();
        var results = await TogetherAsync(
        [
            To("visit-1", ExpectedVersion.New, Note(NotesView.ThrowsInProject)) with { Command = key },
            To("visit-1", ExpectedVersion.New, Note("second")) with { Command = key },
            To("visit-1", ExpectedVersion.New, Note("third")),
        ]);

        await Should.ThrowAsync<ViewFailed>(() => results[0]);
        (await results[1]).Written().Receipt.Version.ShouldBe(1);
        (await results[2]).ShouldBe(new AppendResult.Conflict("visit-1", 1));
    }

    [Fact]
    public async Task conflicts_repeats_and_reuse_do_not_fail_their_neighbours()
    {
        var known = To("visit-0", Note()) with { Command = Key() };
        var receipt = (await Store.AppendAsync(known)).Written().Receipt;

        var results = await Task.WhenAll(await TogetherAsync(
        [
            To("visit-1", ExpectedVersion.New, Note("first")),
            To("visit-1", ExpectedVersion.New, Note("conflicts within the batch")),
            known,
            known with { Command = known.Command! with { Person = "dr.sato" } },
            To("visit-1", ExpectedVersion.Exactly(1), Note("follows within the batch")),
            To("visit-0", ExpectedVersion.New, Note("conflicts with the log")),
        ]));

        results[0].Written().Receipt.Version.ShouldBe(1);
        results[1].ShouldBe(new AppendResult.Conflict("visit-1", 1));
        results[2].ShouldBe(new AppendResult.Repeated(receipt));
        results[3].ShouldBe(new AppendResult.CommandReused());
        results[4].Written().Receipt.Version.ShouldBe(2);
        results[5].ShouldBe(new AppendResult.Conflict("visit-0", 1));
        (await ScalarAsync("select version from mt_streams where id = 'visit-1'")).ShouldBe(2L);
        (await ScalarAsync("select type from mt_streams where id = 'visit-1'")).ShouldBe("visit");
        // One number for each event that was asked for: all was decided at the first attempt, without PostgreSQL refusing any.
        (await ScalarAsync("select last_value from mt_events_sequence")).ShouldBe(1L + 1 + 6);
    }

    [Fact]
    public async Task a_view_given_too_few_parameters_fails_alone()
    {
        await using var store = StoreOn(Db, views: [new NotesView(), new MiscountingView()]);
        await store.MigrateAsync();

        var good = store.AppendAsync(To("visit-1", Note()));
        var bad = store.AppendAsync(To("visit-2", Temperature()));

        (await good).Written();
        await Should.ThrowAsync<ArgumentException>(() => bad);
        (await store.AppendAsync(To("visit-3", Note()))).Written();
    }

    /// <summary>Queues appends so that they are written as one batch, behind one that holds the writer up.</summary>
    private async Task<IReadOnlyList<Task<AppendResult>>> TogetherAsync(IEnumerable<Append> appends)
    {
        List<Task<AppendResult>> results;
        Task<AppendResult> ahead;
        await using (await HoldAppendLockAsync())
        {
            ahead = Store.AppendAsync(To("ahead", new Unwritable(1)));
            await EventuallyAsync(async () =>
                (long)(await ScalarAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted"))! > 0);
            results = [.. appends.Select(a => Store.AppendAsync(a))];
        }

        (await ahead).Written();
        await Task.WhenAll(results).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var forget = Db.CreateCommand("delete from mt_events where stream_id = 'ahead'; delete from mt_streams where id = 'ahead'");
        await forget.ExecuteNonQueryAsync();
        return results;
    }

    private sealed class MiscountingView : IView
    {
        public string Name => "miscounting";

        public int Revision => 1;

        public string Ddl => "create table miscounted (tenant_id text not null, a int)";

        public IReadOnlyList<string> Tables => ["miscounted"];

        public void Project(StoredEvent e, ViewBatch batch)
        {
            if (e.Data is TemperatureTaken)
                batch.Add("insert into miscounted values ($1, $2)", e.TenantId);
        }
    }
}
