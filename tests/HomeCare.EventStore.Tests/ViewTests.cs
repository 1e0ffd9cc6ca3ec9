using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

public sealed class ViewTests : StoreTests
{
    [Fact]
    public async Task a_view_is_complete_when_the_append_returns()
    {
        var written = (await Store.AppendAsync(To("visit-1", Temperature(37.2m), Note("痛みなし")))).Written();

        (await RowsAsync("select sequence, patient, text, measured_at = '2026-11-22 00:30Z', facts->>'体温' from note_entries order by 1")).ShouldBe(
        [
            $"{written.Events[0].Sequence} | p1 | null | True | 37.2",
            $"{written.Events[1].Sequence} | p1 | 痛みなし | null | null",
        ]);
        (await RowsAsync("select patient, notes, last_text from note_counts")).ShouldBe(["p1 | 1 | 痛みなし"]);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(3)]
    public async Task a_rebuilt_view_is_the_same_as_the_one_written_along(int page)
    {
        await WriteHistoryAsync(seed: 20261122, commands: 200);
        var before = await DumpAllAsync();
        before.Count.ShouldBeGreaterThan(200);
        await ScalarAsync("update note_entries set text = 'spoilt'; delete from note_counts; insert into note_counts values ('x', 'y', 1)");
        await using var store = StoreOn(Db, new() { RebuildPage = page });

        await store.RebuildAsync("notes");

        (await DumpAllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task one_tenants_rows_are_rebuilt_alone()
    {
        await WriteHistoryAsync(seed: 7, commands: 100);
        var before = await DumpAllAsync();
        await ScalarAsync("update note_counts set last_text = 'spoilt'");

        await Store.RebuildAsync("notes", Tenant);

        (await CountAsync($"note_counts where tenant_id = '{Tenant}' and last_text = 'spoilt'")).ShouldBe(0);
        (await CountAsync($"note_counts where tenant_id <> '{Tenant}' and last_text <> 'spoilt'")).ShouldBe(0);
        await Store.RebuildAsync("notes", "shiba");
        (await DumpAllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task a_rebuild_under_load_loses_nothing()
    {
        await WriteHistoryAsync(seed: 1, commands: 100);
        var writing = WriteHistoryAsync(seed: 2, commands: 400);

        for (var i = 0; i < 3; i++)
            await Store.RebuildAsync("notes", i == 1 ? Tenant : null);
        await writing;

        var incremental = await DumpAllAsync();
        await Store.RebuildAsync("notes");
        (await DumpAllAsync()).ShouldBe(incremental);
        (await CountAsync("note_entries")).ShouldBe(await CountAsync("mt_events"));
    }

    [Fact]
    public async Task a_new_revision_is_made_again_from_the_log_and_an_unchanged_one_left_alone()
    {
        await Store.AppendAsync(To("visit-1", Note("痛みなし")));
        await ScalarAsync("update note_entries set text = 'as it was'");
        await Store.MigrateAsync();
        (await ScalarAsync("select text from note_entries")).ShouldBe("as it was");

        await using var next = StoreOn(Db, views: [new NotesView(revision: 2, greeting: "本日: ")]);
        await next.MigrateAsync();

        (await ScalarAsync("select text from note_entries")).ShouldBe("本日: 痛みなし");
        (await RowsAsync("select name, revision from hc_views")).ShouldBe(["notes | 2"]);
        (await RowsAsync("select indexname from pg_indexes where tablename = 'note_entries' and schemaname = 'public' order by 1"))
            .ShouldBe(["note_entries_patient", "note_entries_pkey"]);
        (await CountAsync("pg_namespace where nspname = 'hc_rebuild'")).ShouldBe(0);
        (await next.AppendAsync(To("visit-1", Note("夜")))).Written();
    }

    [Fact]
    public async Task a_view_that_comes_late_is_filled_from_the_log()
    {
        await using (var before = StoreOn(Db, views: []))
            await before.AppendAsync(To("visit-1", Note("早い")));
        await ScalarAsync("drop table note_entries, note_counts; delete from hc_views");

        await Store.MigrateAsync();

        (await ScalarAsync("select text from note_entries")).ShouldBe("早い");
    }

    [Fact]
    public async Task a_rebuild_that_fails_keeps_the_old_content_and_names_the_event()
    {
        await Store.AppendAsync(To("visit-1", Note("good")));
        await using (var without = StoreOn(Db, views: []))
            await without.AppendAsync(To("visit-1", Note(NotesView.ThrowsInProject)));

        var failure = await Should.ThrowAsync<ViewFailed>(() => Store.RebuildAsync("notes"));

        failure.Sequence.ShouldBe(2);
        (await ScalarAsync("select text from note_entries")).ShouldBe("good");
        (await Store.AppendAsync(To("visit-2", Note()))).Written();
    }

    [Fact]
    public async Task cannot_rebuild_a_view_that_is_not_there()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.RebuildAsync("nothing"));
    }

    private async Task<IReadOnlyList<string>> DumpAllAsync() => [.. await DumpAsync("note_entries"), .. await DumpAsync("note_counts")];

    /// <summary>Two tenants, some patients and streams, both kinds of event, some refused commands.</summary>
    private async Task WriteHistoryAsync(int seed, int commands)
    {
        var random = new Random(seed);
        var appends = Enumerable.Range(0, commands).Select(i =>
        {
            var patient = $"p{random.Next(8)}";
            object e = random.Next(2) == 0 ? Note($"記録 {seed}/{i}", patient) : Temperature(35 + random.Next(40) / 10m, patient);
            return To($"visit-{random.Next(30)}", e, Note("続き", patient)) with { TenantId = random.Next(3) == 0 ? "shiba" : Tenant };
        }).ToList();
        await Task.WhenAll(appends.Select(a => Store.AppendAsync(a)));
    }
}
