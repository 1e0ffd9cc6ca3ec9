using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class CommandTests : StoreTests
{
    [Fact]
    public async Task a_repeated_command_gets_its_first_receipt_and_writes_nothing()
    {
        var append = To("visit-1", ExpectedVersion.New, Note()) with { Command = Key() };
        var first = (await Store.AppendAsync(append)).Written();
        await Store.AppendAsync(To("visit-1", Note("meanwhile")));

        var again = await Store.AppendAsync(append);

        again.ShouldBe(new AppendResult.Repeated(first.Receipt));
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task a_command_sent_many_times_at_once_is_written_once()
    {
        var append = To("visit-1", Note()) with { Command = Key() };

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Store.AppendAsync(append)));

        var written = results.OfType<AppendResult.Appended>().Single();
        results.OfType<AppendResult.Repeated>().Count().ShouldBe(39);
        results.OfType<AppendResult.Repeated>().ShouldAllBe(r => r.Receipt == written.Receipt);
        (await CountAsync("mt_events")).ShouldBe(1);
        (await CountAsync("note_entries")).ShouldBe(1);
    }

    [Fact]
    public async Task a_command_sent_to_two_nodes_at_once_is_written_once()
    {
        await using var other = await AnotherStoreAsync();
        var append = To("visit-1", Note()) with { Command = Key() };

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? Store : other).AppendAsync(append)));

        results.OfType<AppendResult.Appended>().Count().ShouldBe(1);
        (await CountAsync("mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_id_from_another_person_is_refused()
    {
        var id = Guid.CreateVersion7();
        await Store.AppendAsync(To("visit-1", Note()) with { Command = Key(id, "ns.tanaka") });

        (await Store.AppendAsync(To("visit-1", Note()) with { Command = Key(id, "dr.sato") })).ShouldBe(new AppendResult.CommandReused());
        (await CountAsync("mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_id_with_another_body_is_refused()
    {
        var id = Guid.CreateVersion7();
        await Store.AppendAsync(To("visit-1", Note()) with { Command = Key(id, body: """{"a":1}""") });

        (await Store.AppendAsync(To("visit-1", Note()) with { Command = Key(id, body: """{"a":2}""") })).ShouldBe(new AppendResult.CommandReused());
        (await CountAsync("mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_id_in_another_tenant_is_another_command()
    {
        var append = To("visit-1", Note()) with { Command = Key() };
        await Store.AppendAsync(append);

        (await Store.AppendAsync(append with { TenantId = "shiba" })).Written().Receipt.Version.ShouldBe(1);
    }

    [Fact]
    public async Task a_command_that_conflicted_may_come_again_and_be_written()
    {
        var key = Key();
        (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(3), Note()) with { Command = key })).ShouldBeOfType<AppendResult.Conflict>();

        (await Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note()) with { Command = key })).Written();
    }

    [Fact]
    public async Task a_command_that_changed_nothing_is_remembered_with_what_it_found()
    {
        var found = (await Store.AppendAsync(To("visit-1", Note()))).Written().Receipt;
        var nothing = new Append(Tenant, []) { Command = Key(), Found = found };

        var first = (await Store.AppendAsync(nothing)).Written();

        first.Receipt.ShouldBe(found);
        first.Events.ShouldBeEmpty();
        (await Store.AppendAsync(nothing)).ShouldBe(new AppendResult.Repeated(found));
        (await CountAsync("mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task loading_for_a_command_gives_the_stream_and_what_the_command_gave_before()
    {
        var key = Key();
        var (empty, none) = await Store.FetchForWritingAsync(Tenant, "visit-1", key);
        empty.Version.ShouldBe(0);
        none.ShouldBeNull();

        var written = (await Store.AppendAsync(To("visit-1", Note()) with { Command = key })).Written();

        var (stream, earlier) = await Store.FetchForWritingAsync(Tenant, "visit-1", key);
        stream.Events.Single().Data.ShouldBe(Note());
        earlier.ShouldBe(new AppendResult.Repeated(written.Receipt));
        (await Store.FetchForWritingAsync(Tenant, "visit-1", key with { Person = "dr.sato" })).Earlier.ShouldBe(new AppendResult.CommandReused());
        (await Store.FetchForWritingAsync("shiba", "visit-1", key)).Earlier.ShouldBeNull();
    }
}
