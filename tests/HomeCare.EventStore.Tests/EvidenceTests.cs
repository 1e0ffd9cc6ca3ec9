using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>An editor with all rights to the database changes the log: verifying finds each change and names its place.</summary>
public sealed class EvidenceTests : StoreTests
{
    private const string Locked = "alter table mt_events drop constraint fkey_mt_events_tenant_id_stream_id;";

    [Fact]
    public async Task an_untouched_log_holds()
    {
        await WriteAsync();

        var verified = await Store.Evidence.VerifyAsync(Tenant);

        verified.Broken.ShouldBeEmpty();
        (verified.Sealed, verified.Unsealed).ShouldBe((12, 0));
        verified.Head!.Count.ShouldBe(12);
        (await Store.Evidence.TenantsAsync()).ShouldBe([Tenant, "shiba"]);
        (await Store.Evidence.VerifyAsync("shiba")).Sealed.ShouldBe(2);
        (await Store.Evidence.VerifyAsync("nobody")).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task whatever_is_in_a_body_or_header_the_log_holds()
    {
        var headers = new Dictionary<string, string> { ["職種"] = "看護師", ["quote"] = "\"<&>\\", [""] = "", ["b"] = "1", ["aa"] = "2" };
        await Store.AppendAsync(To("visit-1", Note("𠮷野さん😀\n\t\"\\ \u2028 a\ud83db"), Temperature(36.50m), Temperature(0.0000001m), new WaitAsked(1e-7), new Unwritable(double.MaxValue),
            new Unwritable(double.Epsilon), new Unwritable(-0.0), new Unwritable(1e21)) with { Headers = headers, CorrelationId = "相関", CausationId = "", UserName = "佐藤" });

        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""data = jsonb_set(data, '{Text}', '"別の記録"')""")]
    [InlineData("headers = jsonb_set(headers, '{person_name}', '\"別人\"')")]
    [InlineData("headers = null")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("user_name = 'somebody else'")]
    [InlineData("user_name = null")]
    [InlineData("type = 'temperature_taken'")]
    [InlineData("mt_dotnet_type = 'x, y'")]
    [InlineData("correlation_id = 'another'")]
    [InlineData("causation_id = 'another'")]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("hc_hash = sha256('x')")]
    [InlineData("hc_hash = null")]
    [InlineData("hc_log_hash = sha256('x')")]
    public async Task a_changed_column_is_found(string change)
    {
        var sequences = await WriteAsync();
        await ScalarAsync($"update mt_events set {change} where seq_id = {sequences[5]}");

        await FirstBreakIsAsync(Break.Changed, sequences[5], "visit-2", 2);
    }

    [Fact]
    public async Task a_change_with_its_own_hash_made_anew_is_found_where_the_log_goes_on()
    {
        var sequences = await WriteAsync();
        await ScalarAsync($$"""update mt_events set user_name = 'x' where seq_id = {{sequences[5]}}""");
        await ResealAsync(sequences[5]);

        var found = (await Store.Evidence.VerifyAsync(Tenant)).Broken;

        found.ShouldNotBeEmpty();
        found[0].Sequence.ShouldBeOneOf(sequences[5], sequences[6]);
    }

    [Fact]
    public async Task an_event_moved_to_another_stream_is_found()
    {
        var sequences = await WriteAsync();
        await ScalarAsync($"update mt_events set stream_id = 'visit-3', version = 99 where seq_id = {sequences[5]}");

        (await Store.Evidence.VerifyAsync(Tenant)).Broken[0].Sequence.ShouldBeOneOf(sequences[4], sequences[5]);
    }

    [Fact]
    public async Task a_deleted_event_in_the_middle_of_a_stream_is_named()
    {
        var sequences = await WriteAsync();
        await ScalarAsync($"delete from mt_events where seq_id = {sequences[4]}"); // visit-1, number 2

        await FirstBreakIsAsync(Break.Deleted, sequences[3], "visit-1", 2);
    }

    [Fact]
    public async Task a_deleted_event_is_named_though_those_after_it_were_given_new_places()
    {
        var sequences = await WriteAsync();
        await ScalarAsync($"""
            delete from mt_events where seq_id = {sequences[4]};
            update mt_events set hc_place = hc_place - 1000 where tenant_id = 'minato' and seq_id > {sequences[4]};
            update mt_events set hc_place = hc_place + 999 where tenant_id = 'minato' and seq_id > {sequences[4]};
            """);

        (await Store.Evidence.VerifyAsync(Tenant)).Broken[0].Kind.ShouldBe(Break.Deleted);
    }

    [Fact]
    public async Task the_last_event_deleted_is_named()
    {
        var sequences = await WriteAsync();
        await ScalarAsync($"delete from mt_events where seq_id = {sequences[^1]}");

        var found = await FirstBreakIsAsync(Break.Truncated, sequences[^2], stream: null, version: null);
        found.Sentence.ShouldContain($"the last of them event {sequences[^1]}");
    }

    [Fact]
    public async Task the_last_event_deleted_is_found_though_the_stream_and_the_head_were_set_back()
    {
        var sequences = await WriteAsync();
        var kept = (await Store.Evidence.HeadsAsync(Tenant)).Single();
        await ScalarAsync($"""
            delete from mt_events where seq_id = {sequences[^1]};
            update mt_streams set version = version - 1 where id = 'visit-3';
            update hc_heads h set place = e.hc_place, sequence = e.seq_id, hash = e.hc_log_hash from mt_events e where h.tenant_id = 'minato' and e.seq_id = {sequences[^2]};
            """);
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty("without a kept head nobody can tell");

        (await Store.Evidence.VerifyAsync(Tenant, kept)).Broken.Single().Kind.ShouldBe(Break.Truncated);
    }

    [Fact]
    public async Task a_log_whose_hashes_were_all_made_anew_differs_from_a_head_that_was_kept()
    {
        var sequences = await WriteAsync();
        var kept = (await Store.Evidence.HeadsAsync(Tenant)).Single();
        await ScalarAsync($$"""
            update mt_events set user_name = 'x' where seq_id = {{sequences[5]}};
            update mt_events set hc_place = null, hc_hash = null, hc_log_hash = null where tenant_id = 'minato';
            delete from hc_heads where tenant_id = 'minato';
            """);
        await Store.Evidence.SealAsync(Tenant);
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty("without a kept head nobody can tell");

        (await Store.Evidence.VerifyAsync(Tenant, kept)).Broken.Single().Kind.ShouldBe(Break.Changed);
    }

    [Fact]
    public async Task a_head_that_was_kept_holds_when_the_log_has_grown()
    {
        await WriteAsync();
        var kept = (await Store.Evidence.HeadsAsync(Tenant)).Single();
        await Store.AppendAsync(To("visit-9", Note()));

        var verified = await Store.Evidence.VerifyAsync(Tenant, kept);

        verified.Broken.ShouldBeEmpty();
        verified.Sealed.ShouldBe(kept.Count + 1);
        await Should.ThrowAsync<ArgumentException>(() => Store.Evidence.VerifyAsync("shiba", kept));
    }

    [Fact]
    public async Task a_lost_head_is_named_and_the_log_goes_on()
    {
        var sequences = await WriteAsync();
        await ScalarAsync("delete from hc_heads");

        await FirstBreakIsAsync(Break.Truncated, sequences[^1], null, null);

        await Store.AppendAsync(To("visit-9", Note()));
        (await Store.Evidence.VerifyAsync(Tenant)).Sealed.ShouldBe(13);
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("seq_id")]
    [InlineData("data")]
    [InlineData("hc_place")]
    [InlineData("version")]
    public async Task two_events_swapped_are_named(string column)
    {
        var sequences = await WriteAsync();
        // visit-1, numbers 2 and 3
        var (one, other) = (sequences[4], sequences[7]);
        await ScalarAsync($$"""
            {{Locked}}
            create temp table swap as select seq_id, {{column}} as value from mt_events where seq_id in ({{one}}, {{other}});
            create temp table rows as select id, seq_id from mt_events where seq_id in ({{one}}, {{other}});
            {{(column == "data" ? "" : $"update mt_events set {column} = -{column} where seq_id in ({one}, {other});")}}
            update mt_events e set {{column}} = s.value from swap s, rows r where e.id = r.id and s.seq_id <> r.seq_id;
            """);

        var found = await FirstBreakIsAsync(Break.Reordered);
        found.Sequence.ShouldBeOneOf(one, other);
        found.StreamId.ShouldBe("visit-1");
        found.Sentence.ShouldContain($"{one}");
        found.Sentence.ShouldContain($"{other}");
    }

    [Fact]
    public async Task a_forged_event_without_a_seal_is_named()
    {
        var sequences = await WriteAsync();
        var forged = sequences[^1] + 1000;
        await ForgeAsync(forged, "visit-1", 5);

        await FirstBreakIsAsync(Break.Inserted, forged, "visit-1", 5); // the stream's count
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldContain(b => b.Kind == Break.Unsealed && b.Sequence == forged);
        await ScalarAsync("update mt_streams set version = 5 where id = 'visit-1' and tenant_id = 'minato'");

        await FirstBreakIsAsync(Break.Unsealed, forged, "visit-1", 5);
    }

    [Fact]
    public async Task a_forged_event_with_hashes_of_its_own_in_the_middle_is_named()
    {
        var sequences = await WriteAsync();
        var forged = sequences[^1] + 1000;
        await ForgeAsync(forged, "visit-7", 1);
        await ScalarAsync($"""
            update mt_events set hc_place = -hc_place - 1 where tenant_id = 'minato' and seq_id > {sequences[5]};
            update mt_events set hc_place = -hc_place where hc_place < 0;
            update mt_events set hc_place = (select hc_place + 1 from mt_events where seq_id = {sequences[5]}) where seq_id = {forged};
            update hc_heads set place = place + 1 where tenant_id = 'minato';
            """);
        await ScalarAsync($"update mt_events set hc_hash = sha256('x'), hc_log_hash = sha256('y') where seq_id = {forged}");
        await FirstBreakIsAsync(Break.Inserted, forged, "visit-7", 1);

        await ResealAsync(forged);

        await FirstBreakIsAsync(Break.Inserted, forged, "visit-7", 1);
    }

    [Fact]
    public async Task a_forged_event_with_hashes_of_its_own_at_the_end_stands_behind_the_head()
    {
        var sequences = await WriteAsync();
        var forged = sequences[^1] + 1000;
        await ForgeAsync(forged, "visit-7", 1);
        await ScalarAsync($"update mt_events set hc_place = 13 where seq_id = {forged}");
        await ResealAsync(forged);

        await FirstBreakIsAsync(Break.Inserted, forged, "visit-7", 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_truncated_stream_is_named(bool withItsCount)
    {
        var sequences = await WriteAsync();
        await ScalarAsync("delete from mt_events where stream_id = 'visit-1' and tenant_id = 'minato' and version > 2");
        if (withItsCount)
            await ScalarAsync("update mt_streams set version = 2 where id = 'visit-1'");

        var found = await FirstBreakIsAsync(Break.Deleted);
        found.Sequence.ShouldBe(sequences[6]);
        found.StreamId.ShouldBe(withItsCount ? null : "visit-1");
    }

    [Fact]
    public async Task a_stream_deleted_whole_is_found()
    {
        await WriteAsync();
        await ScalarAsync("delete from mt_events where stream_id = 'visit-2'; delete from mt_streams where id = 'visit-2'");

        (await Store.Evidence.VerifyAsync(Tenant)).Broken[0].Kind.ShouldBe(Break.Deleted);
    }

    [Fact]
    public async Task what_another_program_appended_is_unsealed_until_it_is_sealed()
    {
        var sequences = await WriteAsync();
        var foreign = sequences[^1] + 1000;
        await ForgeAsync(foreign, "marten-1", 1);
        await Store.AppendAsync(To("visit-9", Note())); // other streams go on
        var verified = await Store.Evidence.VerifyAsync(Tenant);
        (verified.Sealed, verified.Unsealed).ShouldBe((13, 1));
        verified.Broken.Single().Kind.ShouldBe(Break.Unsealed);

        (await Store.Evidence.SealAsync()).ShouldBe(1);

        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
        await Store.AppendAsync(To("marten-1", ExpectedVersion.Exactly(1), Note()));
        (await Store.Evidence.VerifyAsync(Tenant)).Sealed.ShouldBe(15);
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stream_that_another_program_wrote_is_sealed_before_it_goes_on()
    {
        await WriteAsync();
        await ForgeAsync(500, "visit-1", 5);
        await ForgeAsync(501, "visit-1", 6);
        await ScalarAsync("update mt_streams set version = 6 where id = 'visit-1' and tenant_id = 'minato'; select setval('mt_events_sequence', 501)");

        (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(6), Note()))).Written().Receipt.Version.ShouldBe(7);

        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
        (await ScalarAsync("select string_agg(version::text, ',' order by hc_place) from mt_events where stream_id = 'visit-1' and tenant_id = 'minato'")).ShouldBe("1,2,3,4,5,6,7");
    }

    [Fact]
    public async Task a_log_from_before_there_were_seals_is_sealed_when_it_is_migrated()
    {
        await WriteAsync();
        await ScalarAsync("alter table mt_events drop column hc_place, drop column hc_hash, drop column hc_log_hash; drop table hc_heads");

        await Store.MigrateAsync();

        (await Store.Evidence.VerifyAsync(Tenant)).Sealed.ShouldBe(12);
        (await Store.Evidence.VerifyAsync("shiba")).Sealed.ShouldBe(2);
        (await Store.AppendAsync(To("visit-1", ExpectedVersion.Exactly(4), Note()))).Written();
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_long_log_written_by_two_nodes_holds()
    {
        await using var other = await AnotherStoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 1500).Select(i =>
            (i % 2 == 0 ? Store : other).AppendAsync(To($"visit-{i % 40}", Note($"{i}"), Temperature()))));

        var verified = await Store.Evidence.VerifyAsync(Tenant);

        verified.Broken.ShouldBeEmpty();
        verified.Sealed.ShouldBe(3000);
        await ScalarAsync("update mt_events set user_name = 'x' where hc_place = 2500");
        (await Store.Evidence.VerifyAsync(Tenant)).Broken.Single().Kind.ShouldBe(Break.Changed);
        (await Store.Evidence.VerifyAsync(Tenant)).Sealed.ShouldBe(2499);
    }

    /// <summary>visit-1 to visit-3 in turn, four events each, and two of another tenant among them; gives the first tenant's sequences.</summary>
    private async Task<IReadOnlyList<long>> WriteAsync()
    {
        var headers = new Dictionary<string, string> { ["person_name"] = "田中", ["device"] = "tablet" };
        var sequences = new List<long> { 0 };
        for (var i = 0; i < 12; i++)
        {
            var append = To($"visit-{1 + i % 3}", Note($"記録 {i}")) with { Headers = headers, UserName = "ns.tanaka", CorrelationId = "c", CausationId = "d" };
            sequences.Add((await Store.AppendAsync(append)).Written().Receipt.Sequence);
            if (i % 6 == 0)
                await Store.AppendAsync(append with { TenantId = "shiba" });
        }

        return sequences;
    }

    private Task ForgeAsync(long sequence, string stream, int version) => ScalarAsync($$"""
        insert into mt_streams (id, tenant_id, version) values ('{{stream}}', 'minato', {{version}}) on conflict do nothing;
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
        values ({{sequence}}, gen_random_uuid(), '{{stream}}', {{version}}, '{"Patient":"p1","Text":"偽","Kind":"Progress"}', 'note_written', now(), 'minato')
        """);

    /// <summary>What an editor does who knows how the hashes are made: one event's are made anew, those after it stay.</summary>
    private async Task ResealAsync(long sequence)
    {
        await using var connection = await Db.OpenConnectionAsync();
        var row = (await SealedRow.ReadAsync(new($"{SealedRow.Select} where e.seq_id = {sequence}", connection), default)).Single();
        var before = await ScalarAsync($"select hc_log_hash from mt_events where tenant_id = 'minato' and hc_place = {row.Place - 1}");
        var link = EventSeal.Link((byte[])before!, row.ComputedHash);
        await ScalarAsync($"update mt_events set hc_hash = '\\x{Convert.ToHexString(row.ComputedHash)}', hc_log_hash = '\\x{Convert.ToHexString(link)}' where seq_id = {sequence}");
    }

    private async Task<BrokenPlace> FirstBreakIsAsync(Break kind)
    {
        var broken = (await Store.Evidence.VerifyAsync(Tenant)).Broken;
        broken.ShouldNotBeEmpty();
        broken[0].Kind.ShouldBe(kind, broken[0].Sentence);
        return broken[0];
    }

    private async Task<BrokenPlace> FirstBreakIsAsync(Break kind, long sequence, string? stream, long? version)
    {
        var found = await FirstBreakIsAsync(kind);
        (found.Sequence, found.StreamId, found.Version).ShouldBe((sequence, stream, version), found.Sentence);
        return found;
    }
}
