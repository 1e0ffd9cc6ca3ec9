using System.Text.Json.Nodes;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>Events that were stored by an older version of the program.</summary>
public sealed class UpcastTests : StoreTests
{
    [Fact]
    public async Task a_former_name_is_read_as_todays()
    {
        await StoredAsync("note_taken", """{"Patient":"p1","Text":"昔の記録"}""");
        var types = Given.Types().Upcast("note_taken", "note_written");

        var read = await ReadAsync(types);

        (read.Type, read.Data).ShouldBe(("note_written", Note("昔の記録")));
        (await ScalarAsync("select type from mt_events")).ShouldBe("note_taken");
    }

    [Fact]
    public async Task upcasters_chain_from_name_to_name()
    {
        await StoredAsync("memo_v1", """{"who":"p1","lines":["一","二"]}""");
        var types = Given.Types()
            .Upcast("memo_v2", "note_written", v2 => new JsonObject { ["Patient"] = v2["patient"]!.DeepClone(), ["Text"] = v2["text"]!.DeepClone(), ["Kind"] = "Handover" })
            .Upcast("memo_v1", "memo_v2", v1 => new JsonObject { ["patient"] = v1["who"]!.DeepClone(), ["text"] = string.Join('\n', v1["lines"]!.AsArray().Select(l => (string)l!)) });

        (await ReadAsync(types)).Data.ShouldBe(new NoteWritten("p1", "一\n二", NoteKind.Handover));
    }

    [Fact]
    public async Task an_old_shape_of_the_same_name_is_told_by_its_body_and_a_new_one_left_alone()
    {
        await StoredAsync("temperature_taken", """{"Patient":"p1","Fahrenheit":98.6,"MeasuredAt":"2026-11-22T09:30:00+09:00"}""");
        var types = Given.Types().Upcast("temperature_taken", body => body.ContainsKey("Fahrenheit"), body =>
        {
            body["Celsius"] = Math.Round(((decimal)body["Fahrenheit"]! - 32) * 5 / 9, 1);
            body.Remove("Fahrenheit");
            return body;
        });

        (await ReadAsync(types)).Data.ShouldBe(Temperature(37.0m));

        await using var store = StoreOn(Db, types: types);
        await store.AppendAsync(To("old-1", Temperature(36.4m)));
        (await store.ReadStreamAsync(Tenant, "old-1")).Events[^1].Data.ShouldBe(Temperature(36.4m));
    }

    [Fact]
    public async Task an_upcaster_that_fails_names_the_event()
    {
        await StoredAsync("note_taken", """{"Patient":"p1"}""");
        var types = Given.Types().Upcast("note_taken", "note_written", body => new JsonObject { ["Text"] = body["Missing"]!.DeepClone() });

        var failure = await Should.ThrowAsync<UnreadableEvent>(() => ReadAsync(types));

        (failure.Alias, failure.Sequence).ShouldBe(("note_taken", 1));
    }

    [Fact]
    public async Task views_see_upcast_events_when_they_are_made_again()
    {
        await StoredAsync("note_taken", """{"Patient":"p1","Text":"昔の記録"}""");
        await using var store = StoreOn(Db, types: Given.Types().Upcast("note_taken", "note_written"));

        await store.RebuildAsync("notes");

        (await ScalarAsync("select text from note_entries")).ShouldBe("昔の記録");
    }

    [Fact]
    public void names_that_are_in_use_or_go_in_a_circle_are_refused()
    {
        Should.Throw<ArgumentException>(() => Given.Types().Upcast("note_written", "temperature_taken"));
        Should.Throw<ArgumentException>(() => Given.Types().Upcast("a", "b").Upcast("a", "c"));
        Should.Throw<ArgumentException>(() => Given.Types().Upcast("a", "b").Upcast("b", "a"));
        Should.Throw<ArgumentException>(() => Given.Types().Upcast("a", "a"));
        Should.Throw<ArgumentException>(() => new EventTypes().Upcast("note_written", "b").Map<NoteWritten>("note_written"));
        Should.Throw<ArgumentException>(() => Given.Types().Upcast("NoteTaken", "note_written"));
    }

    private async Task StoredAsync(string alias, string body) => await ScalarAsync($"""
        insert into mt_streams (id, tenant_id, version) values ('old-1', 'minato', 1);
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
        values (nextval('mt_events_sequence'), gen_random_uuid(), 'old-1', 1, '{body}', '{alias}', now(), 'minato')
        """);

    private async Task<StoredEvent> ReadAsync(EventTypes types)
    {
        await using var store = StoreOn(Db, types: types);
        return (await store.ReadStreamAsync(Tenant, "old-1")).Events.Single();
    }
}
