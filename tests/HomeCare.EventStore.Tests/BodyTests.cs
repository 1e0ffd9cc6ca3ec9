using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class BodyTests : StoreTests
{
    [Fact]
    public async Task a_text_with_nul_is_refused_before_it_is_queued()
    {
        var refused = await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit-1", Note("a\0b"))));

        refused.Message.ShouldContain("note_written");
        (await CountAsync("mt_events")).ShouldBe(0);
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\\\u0000")]
    [InlineData("c:\\u0000\\")]
    public async Task a_text_that_only_looks_like_nul_is_kept(string text)
    {
        await Store.AppendAsync(To("visit-1", Note(text)));

        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events.Single().Data.ShouldBe(Note(text));
    }

    [Fact]
    public async Task nul_behind_a_backslash_is_refused()
    {
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit-1", Note("\\\0"))));
    }

    [Fact]
    public async Task a_number_that_json_has_no_word_for_is_refused()
    {
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit-1", new Unwritable(double.NaN))));
    }

    [Fact]
    public async Task a_body_that_is_too_long_is_refused()
    {
        await using var strict = await AnotherStoreAsync(new() { LongestBody = 1000 });

        await Should.ThrowAsync<InvalidEventBody>(() => strict.AppendAsync(To("visit-1", Note(new string('あ', 400)))));
        (await strict.AppendAsync(To("visit-1", Note(new string('あ', 200))))).Written();
    }

    [Fact]
    public async Task ids_names_and_headers_that_cannot_be_stored_are_refused()
    {
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit\0", Note())));
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit\ud800", Note())));
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit", Note()) with { UserName = "\0" }));
        await Should.ThrowAsync<InvalidEventBody>(() => Store.AppendAsync(To("visit", Note()) with { Command = Key(person: "\0") }));
        await Should.ThrowAsync<InvalidEventBody>(() =>
            Store.AppendAsync(To("visit", Note()) with { Headers = new Dictionary<string, string> { ["device"] = "\0" } }));
        (await CountAsync("mt_streams")).ShouldBe(0);
    }

    [Fact]
    public async Task half_a_surrogate_pair_is_stored_as_the_replacement_character_in_body_and_view()
    {
        await Store.AppendAsync(To("visit-1", Note("a\ud83db")));

        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events.Single().Data.ShouldBe(Note("a\ufffdb"));
        (await ScalarAsync("select text from note_entries")).ShouldBe("a\ufffdb");
    }

    [Fact]
    public async Task japanese_is_stored_unescaped()
    {
        var append = To("visit-1", Note("𠮷野さん😀 ㍉ ｶﾀｶﾅ")) with { Headers = new Dictionary<string, string> { ["職種"] = "看護師" } };

        await Store.AppendAsync(append);

        Given.Types().Json.Encoder.ShouldBe(System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        System.Text.Json.JsonSerializer.Serialize(Note("訪問"), Given.Types().Json).ShouldContain("訪問");
        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events.Single().Data.ShouldBe(Note("𠮷野さん😀 ㍉ ｶﾀｶﾅ"));
        (await ScalarAsync("select headers::text from mt_events")).ShouldBe("""{"職種": "看護師"}""");
    }

    [Fact]
    public async Task a_name_may_be_mapped_once_only()
    {
        var types = new EventTypes().Map<NoteWritten>("note_written");

        Should.Throw<ArgumentException>(() => types.Map<TemperatureTaken>("note_written"));
        Should.Throw<ArgumentException>(() => types.Map<NoteWritten>("note_taken"));
        Should.Throw<ArgumentException>(() => types.Map<TemperatureTaken>("TemperatureTaken"));
        types.All.Keys.ShouldBe(["note_written"]);
        types.AliasOf(typeof(NoteWritten)).ShouldBe("note_written");
        await Task.CompletedTask;
    }
}
