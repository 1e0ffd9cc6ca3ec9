using System.Text.Json;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class ReadTests : StoreTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 0, 10, 0, TimeSpan.Zero);

    [Fact]
    public async Task a_stream_is_read_from_and_to_a_version()
    {
        await Store.AppendAsync(To("visit-1", Note("1"), Note("2"), Note("3"), Note("4")));

        var some = await Store.ReadStreamAsync(Tenant, "visit-1", fromVersion: 2, toVersion: 3);

        some.Events.Select(e => e.Data).ShouldBe([Note("2"), Note("3")]);
        some.Version.ShouldBe(3);
    }

    [Fact]
    public async Task a_stream_is_read_as_of_a_moment()
    {
        await Store.AppendAsync(To("visit-1", Note("09:10")) with { RecordedAt = Morning });
        await Store.AppendAsync(To("visit-1", Note("09:20")) with { RecordedAt = Morning.AddMinutes(10) });

        (await Store.ReadStreamAsync(Tenant, "visit-1", asOf: Morning.AddTicks(-10))).Version.ShouldBe(0);
        (await Store.ReadStreamAsync(Tenant, "visit-1", asOf: Morning)).Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, "visit-1", asOf: Morning.AddMinutes(9).ToOffset(TimeSpan.FromHours(9)))).Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, "visit-1", asOf: Morning.AddMinutes(10))).Version.ShouldBe(2);
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task a_stream_is_folded_to_its_end_to_a_version_and_as_of_a_moment()
    {
        await Store.AppendAsync(To("visit-1", Note("a"), Note("b")) with { RecordedAt = Morning });
        await Store.AppendAsync(To("visit-1", Note("c")) with { RecordedAt = Morning.AddMinutes(10) });
        static string Text(string soFar, StoredEvent e) => soFar + ((NoteWritten)e.Data).Text;

        (await Store.AggregateStreamAsync(Tenant, "visit-1", "", Text)).ShouldBe(("abc", 3));
        (await Store.AggregateStreamAsync(Tenant, "visit-1", "", Text, toVersion: 1)).ShouldBe(("a", 1));
        (await Store.AggregateStreamAsync(Tenant, "visit-1", "", Text, asOf: Morning.AddMinutes(9))).ShouldBe(("ab", 2));
        (await Store.AggregateStreamAsync(Tenant, "visit-2", "none", Text)).ShouldBe(("none", 0));
        (await Store.AggregateStreamAsync("shiba", "visit-1", "none", Text)).ShouldBe(("none", 0));
    }

    [Fact]
    public async Task what_was_fetched_for_writing_is_written_unless_the_stream_went_on()
    {
        var first = await Store.FetchForWritingAsync(Tenant, "visit-1");
        (await Store.AppendAsync(new(Tenant, [first.Then("visit", [Note("1")])]))).Written();
        (await Store.AppendAsync(new(Tenant, [first.Then("visit", [Note("2")])]))).ShouldBe(new AppendResult.Conflict("visit-1", 1));

        var second = await Store.FetchForWritingAsync(Tenant, "visit-1");
        (await Store.AppendAsync(new(Tenant, [second.Then("visit", [Note("3")])]))).Written().Receipt.Version.ShouldBe(2);
    }

    [Fact]
    public async Task the_recorded_time_is_the_clocks_to_the_microsecond_under_a_session_in_tokyo()
    {
        (await ScalarAsync("show timezone")).ShouldBe("Asia/Tokyo");
        await using var store = new EventStore(Db, Given.Types(), [new NotesView()], new StoppedClock(Morning.AddTicks(1234567)));

        var written = (await store.AppendAsync(To("visit-1", Note()))).Written();

        written.Receipt.RecordedAt.ShouldBe(Morning.AddTicks(1234560));
        written.Receipt.RecordedAt.Offset.ShouldBe(TimeSpan.Zero);
        (await store.ReadStreamAsync(Tenant, "visit-1")).Last.ShouldBe(written.Receipt);
        (await ScalarAsync("select timestamp::text from mt_events")).ShouldBe("2026-11-22 09:10:00.123456+09");
        (await ScalarAsync("select timestamp::text from mt_streams")).ShouldBe("2026-11-22 09:10:00.123456+09");
        (await ScalarAsync("select recorded_at::text from note_entries")).ShouldBe("2026-11-22 09:10:00.123456+09");
    }

    [Fact]
    public async Task the_log_is_read_in_order_and_in_pages()
    {
        foreach (var i in Enumerable.Range(0, 5))
            await Store.AppendAsync(To($"visit-{i}", Note($"{i}")));

        var first = await Store.ReadAllAsync(0, 3);
        var second = await Store.ReadAllAsync(first[^1].Sequence, 3);

        first.Concat(second).Select(e => e.Data).ShouldBe(Enumerable.Range(0, 5).Select(i => (object)Note($"{i}")));
        (await Store.HeadAsync()).ShouldBe(second[^1].Sequence);
    }

    [Fact]
    public async Task an_event_of_an_unknown_name_is_preserved_and_reported()
    {
        await Store.AppendAsync(To("visit-1", Note("未知")));
        await using var older = StoreOn(Db, types: new EventTypes().Map<TemperatureTaken>("temperature_taken"), views: []);

        var unknown = (await older.ReadStreamAsync(Tenant, "visit-1")).Events.Single();

        unknown.Type.ShouldBe("note_written");
        var body = unknown.Data.ShouldBeOfType<UnknownEvent>();
        body.Alias.ShouldBe("note_written");
        body.Body.GetProperty("Text").GetString().ShouldBe("未知");
        (await older.AppendAsync(To("visit-1", ExpectedVersion.Exactly(1), Temperature()))).Written();
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events[0].Data.ShouldBe(Note("未知"));
    }

    [Fact]
    public async Task a_body_that_does_not_fit_its_class_is_named()
    {
        await Store.AppendAsync(To("visit-1", Temperature()));
        await ScalarAsync("""update mt_events set data = '{"Celsius":"warm"}'""");

        var failure = await Should.ThrowAsync<UnreadableEvent>(() => Store.ReadStreamAsync(Tenant, "visit-1"));

        failure.Alias.ShouldBe("temperature_taken");
        failure.Sequence.ShouldBe(1);
        failure.InnerException.ShouldBeOfType<JsonException>();
    }

    [Fact]
    public async Task rows_that_marten_wrote_are_read()
    {
        await ScalarAsync("""
            insert into mt_streams (id, tenant_id, version) values ('visit-9', 'minato', 1);
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers)
            values (nextval('mt_events_sequence'), gen_random_uuid(), 'visit-9', 1, '{"Patient":"p1","Text":"x","Kind":"Handover"}', 'note_written', now(), 'minato', 'x, y', '{"device":"tablet","count":3}')
            """);

        var read = (await Store.ReadStreamAsync(Tenant, "visit-9")).Events.Single();

        read.Data.ShouldBe(new NoteWritten("p1", "x", NoteKind.Handover));
        read.Headers.ShouldBe(new Dictionary<string, string> { ["device"] = "tablet", ["count"] = "3" }, ignoreOrder: true);
        (await Store.AppendAsync(To("visit-9", ExpectedVersion.Exactly(1), Note()))).Written().Receipt.Version.ShouldBe(2);
    }

    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
