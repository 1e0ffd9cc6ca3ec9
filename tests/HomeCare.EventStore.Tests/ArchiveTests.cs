using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>Streams that are ended for good.</summary>
public sealed class ArchiveTests : StoreTests
{
    [Fact]
    public async Task an_archived_stream_is_flagged_as_marten_flags_it_and_says_why()
    {
        await Store.AppendAsync(To("visit-1", Note("1"), Note("2")));
        await Store.AppendAsync(To("visit-2", Note("3")));

        (await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator")).Written().Receipt.Version.ShouldBe(3);

        (await RowsAsync("select id, is_archived from mt_streams order by 1")).ShouldBe(["visit-1 | True", "visit-2 | False"]);
        (await RowsAsync("select stream_id, version, is_archived, type, user_name from mt_events order by seq_id")).ShouldBe(
        [
            "visit-1 | 1 | True | note_written | null",
            "visit-1 | 2 | True | note_written | null",
            "visit-2 | 1 | False | note_written | null",
            "visit-1 | 3 | True | archived | operator",
        ]);
        (await ScalarAsync("select mt_dotnet_type from mt_events where type = 'archived'")).ShouldBe("JasperFx.Events.Archived, JasperFx.Events");
    }

    [Fact]
    public async Task reads_leave_it_out_unless_they_ask_for_it()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await Store.AppendAsync(To("visit-2", Note("2")));
        await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");

        (await Store.ReadStreamAsync(Tenant, "visit-1")).Events.ShouldBeEmpty();
        (await Store.FetchForWritingAsync(Tenant, "visit-1", Key())).Stream.Events.ShouldBeEmpty();
        (await Store.ReadAllAsync(0, 10)).Select(e => e.StreamId).ShouldBe(["visit-2"]);
        (await Store.ReadAsync(Tenant, [1, 2, 3])).Select(e => e.Sequence).ShouldBe([2]);
        (await Store.AggregateStreamAsync(Tenant, "visit-1", 0, (n, _) => n + 1)).ShouldBe((0, 0));

        var all = await Store.ReadStreamAsync(Tenant, "visit-1", includeArchived: true);
        all.Events.Select(e => e.Data).ShouldBe([Note("1"), new Archived("転居")]);
        all.Events.ShouldAllBe(e => e.IsArchived);
        (await Store.ReadAllAsync(0, 10, null, includeArchived: true)).Count.ShouldBe(3);
        (await Store.ReadAsync(Tenant, [1, 2, 3], includeArchived: true)).Count.ShouldBe(3);
        (await Store.AggregateStreamAsync(Tenant, "visit-1", 0, (n, _) => n + 1, includeArchived: true)).ShouldBe((2, 2));
    }

    [Fact]
    public async Task it_takes_no_more_events_and_the_others_of_the_batch_do_not_notice()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");
        Task<AppendResult> refused, both, other;
        await using (await HoldAppendLockAsync())
        {
            refused = Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note("2")));
            both = Store.AppendAsync(new(Tenant, [new("visit-2", null, ExpectedVersion.Any, [Note("3")]), new("visit-1", null, ExpectedVersion.Any, [Note("4")])]));
            other = Store.AppendAsync(To("visit-3", Note("5")));
        }

        (await refused).ShouldBe(new AppendResult.StreamArchived("visit-1"));
        (await both).ShouldBe(new AppendResult.StreamArchived("visit-1"));
        (await other).Written();
        (await CountAsync("mt_events")).ShouldBe(3);
        (await Store.ArchiveAsync(Tenant, "visit-1", "再び", "operator")).ShouldBe(new AppendResult.StreamArchived("visit-1"));
    }

    [Fact]
    public async Task what_comes_in_the_same_batch_after_it_is_refused()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        Task<AppendResult> archived, after;
        await using (await HoldAppendLockAsync())
        {
            archived = Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");
            after = Store.AppendAsync(To("visit-1", Note("2")));
        }

        (await archived).Written();
        (await after).ShouldBe(new AppendResult.StreamArchived("visit-1"));
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(To("visit-9", new Archived("x"), Note())));
    }

    [Fact]
    public async Task the_tail_and_the_views_keep_what_was_archived()
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");
        await using var reading = new Reading(Store);
        await reading.ReachesAsync(2);
        reading.Sequences.ShouldBe([1, 2]);
        var before = await DumpAsync("note_entries");
        before.Count.ShouldBe(1);

        await Store.RebuildAsync("notes");

        (await DumpAsync("note_entries")).ShouldBe(before);
    }

    [Theory]
    [InlineData("update mt_events set is_archived = true where seq_id = 2")]
    [InlineData("update mt_streams set is_archived = true where id = 'visit-2'; update mt_events set is_archived = true where stream_id = 'visit-2'")]
    [InlineData("update mt_streams set is_archived = false where id = 'visit-1'; update mt_events set is_archived = false where stream_id = 'visit-1'")]
    public async Task hiding_a_record_behind_the_stores_back_is_found(string edit)
    {
        await Store.AppendAsync(To("visit-1", Note("1")));
        await Store.AppendAsync(To("visit-2", Note("2")));
        await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();

        await ScalarAsync(edit);

        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldHaveSingleItem().Kind.ShouldBe(Break.Archived);
    }
}
