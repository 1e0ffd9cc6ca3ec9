using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class AppendTests : StoreTests
{
    [Fact]
    public async Task events_of_a_stream_are_read_back_as_they_were_written()
    {
        var append = To("visit-1", Temperature(), Note("痛みなし")) with
        {
            Headers = new Dictionary<string, string> { ["profession"] = "看護師" },
            UserName = "ns.tanaka",
            CorrelationId = "c1",
            CausationId = "c0",
        };

        var written = (await Store.AppendAsync(append)).Written();
        var read = await Store.ReadStreamAsync(Tenant, "visit-1");

        read.Version.ShouldBe(2);
        read.Last.ShouldBe(written.Receipt);
        read.Events.Select(e => e.Data).ShouldBe([Temperature(), Note("痛みなし")]);
        read.Events.Select(e => e.Version).ShouldBe([1, 2]);
        foreach (var (stored, given) in read.Events.Zip(written.Events))
        {
            stored.Headers.ShouldBe(append.Headers);
            (stored with { Headers = given.Headers }).ShouldBe(given);
        }

        read.Events[0].UserName.ShouldBe("ns.tanaka");
        read.Events[0].CorrelationId.ShouldBe("c1");
        read.Events[0].CausationId.ShouldBe("c0");
        read.Events[0].Type.ShouldBe("temperature_taken");
        read.Events[0].IsArchived.ShouldBeFalse();
    }

    [Fact]
    public async Task a_stream_that_does_not_exist_is_empty_at_version_0()
    {
        var stream = await Store.ReadStreamAsync(Tenant, "nowhere");

        stream.Version.ShouldBe(0);
        stream.Last.ShouldBeNull();
        (await Store.HeadAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task a_new_stream_conflicts_when_it_exists()
    {
        await Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note()));

        var second = await Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note("again")));

        second.ShouldBe(new AppendResult.Conflict("visit-1", 1));
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(1);
    }

    [Fact]
    public async Task an_exact_version_conflicts_when_the_stream_has_moved_on()
    {
        await Store.AppendAsync(To("visit-1", Note(), Note()));

        (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(1), Note()))).ShouldBe(new AppendResult.Conflict("visit-1", 2));
        (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(2), Note()))).Written().Receipt.Version.ShouldBe(3);
        (await Store.AppendAsync(To("visit-2", ExpectedVersion.Exactly(1), Note()))).ShouldBe(new AppendResult.Conflict("visit-2", 0));
        (await Store.AppendAsync(To("visit-2", ExpectedVersion.Exactly(0), Note()))).Written().Receipt.Version.ShouldBe(1);
    }

    [Fact]
    public async Task of_many_writers_of_one_version_exactly_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note($"{i}")))));

        results.OfType<AppendResult.Appended>().Count().ShouldBe(1);
        results.OfType<AppendResult.Conflict>().ShouldAllBe(c => c.Actual == 1);
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(1);
    }

    [Fact]
    public async Task writers_of_one_stream_that_expect_nothing_all_get_their_own_version()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Store.AppendAsync(To("visit-1", Note($"{i}")))));

        results.Select(r => r.Written().Receipt.Version).Order().ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [Fact]
    public async Task several_streams_are_written_together_and_the_receipt_is_of_the_first()
    {
        var append = new Append(Tenant,
        [
            new("visit-1", "visit", ExpectedVersion.New, [Note("a"), Note("b")]),
            new("patient-1", "patient", ExpectedVersion.New, [Note("c")]),
        ]);

        var written = (await Store.AppendAsync(append)).Written();

        written.Events.Count.ShouldBe(3);
        written.Receipt.ShouldBe(new Receipt(written.Events[1].Sequence, 2, written.Events[1].RecordedAt));
        (await Store.ReadStreamAsync(Tenant, "patient-1")).Events.Single().Data.ShouldBe(Note("c"));
    }

    [Fact]
    public async Task several_streams_are_all_refused_when_one_conflicts()
    {
        await Store.AppendAsync(To("patient-1", Note()));
        var append = new Append(Tenant,
        [
            new("visit-1", null, ExpectedVersion.New, [Note()]),
            new("patient-1", null, ExpectedVersion.New, [Note()]),
        ]);

        (await Store.AppendAsync(append)).ShouldBe(new AppendResult.Conflict("patient-1", 1));

        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(0);
        (await CountAsync("mt_streams")).ShouldBe(1);
        (await CountAsync("note_entries")).ShouldBe(1);
    }

    [Fact]
    public async Task a_stream_without_events_guards_the_others()
    {
        await Store.AppendAsync(To("team-1", Note()));
        Append Guarded(long version) => new(Tenant,
        [
            new("visit-1", null, ExpectedVersion.Any, [Note()]),
            new("team-1", null, ExpectedVersion.Exactly(version), []),
        ]);

        (await Store.AppendAsync(Guarded(2))).ShouldBe(new AppendResult.Conflict("team-1", 1));
        (await Store.AppendAsync(Guarded(1))).Written().Receipt.Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, "team-1")).Version.ShouldBe(1);
    }

    [Fact]
    public async Task cannot_append_nothing()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(new(Tenant, [])));
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(To("visit-1", ExpectedVersion.New)));
    }

    [Fact]
    public async Task cannot_append_a_class_without_a_name()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(To("visit-1", new Version(1, 0))));
    }

    [Fact]
    public async Task tenants_do_not_see_each_other()
    {
        await Store.AppendAsync(To("visit-1", Note("minato")));
        var other = To("visit-1", ExpectedVersion.New, Note("shiba")) with { TenantId = "shiba" };

        (await Store.AppendAsync(other)).Written().Receipt.Version.ShouldBe(1);

        (await Store.ReadStreamAsync("shiba", "visit-1")).Events.Single().Data.ShouldBe(Note("shiba"));
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events.Single().Data.ShouldBe(Note("minato"));
        (await Store.ReadAllAsync(0, 10, "shiba")).Single().TenantId.ShouldBe("shiba");
        (await Store.ReadStreamAsync("nobody", "visit-1")).Version.ShouldBe(0);
        (await Store.ReadAllAsync(0, 10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_cancelled_wait_does_not_take_back_what_was_queued()
    {
        using var stop = new CancellationTokenSource();
        await using (await HoldAppendLockAsync())
        {
            var append = Store.AppendAsync(To("visit-1", Note()), stop.Token);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => append);
        }

        await EventuallyAsync(async () => (await Store.ReadStreamAsync(Tenant, "visit-1")).Version == 1);
    }

    [Fact]
    public async Task a_full_queue_says_busy_and_writes_nothing_of_the_refused()
    {
        await using var small = await AnotherStoreAsync(new() { QueueCapacity = 4, LargestBatch = 2, QueueWait = TimeSpan.FromMilliseconds(50) });
        Task<AppendResult>[] appends;
        await using (await HoldAppendLockAsync())
        {
            appends = [.. Enumerable.Range(0, 20).Select(i => small.AppendAsync(To($"visit-{i}", Note())))];
            await EventuallyAsync(() => Task.FromResult(appends.Count(a => a.IsFaulted) >= 14));
            appends.Where(a => a.IsFaulted).ShouldAllBe(a => a.Exception!.InnerException is StoreBusy);
        }

        var taken = appends.Where(a => !a.IsFaulted).ToList();
        await Task.WhenAll(taken);
        (await CountAsync("mt_events")).ShouldBe(taken.Count);
        (await small.AppendAsync(To("later", Note()))).Written();
    }

    [Fact]
    public async Task what_is_queued_is_written_before_the_store_closes()
    {
        var closing = await AnotherStoreAsync();
        Task<AppendResult> append;
        ValueTask closed;
        await using (await HoldAppendLockAsync())
        {
            append = closing.AppendAsync(To("visit-1", Note()));
            closed = closing.DisposeAsync();
        }

        (await append).Written();
        await closed;
        await Should.ThrowAsync<ObjectDisposedException>(() => closing.AppendAsync(To("visit-1", Note())));
    }
}
