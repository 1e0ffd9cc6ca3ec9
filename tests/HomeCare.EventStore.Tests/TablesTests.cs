using HomeCare.Testing;

namespace HomeCare.EventStore.Tests;

/// <summary>The tables are Marten's: what real Marten would look for is there, under the same names and types.</summary>
public sealed class TablesTests : StoreTests
{
    [Fact]
    public async Task streams_have_martens_columns()
    {
        (await ColumnsAsync("mt_streams")).ShouldBe(
        [
            "id character varying not null",
            "type character varying",
            "version bigint",
            "timestamp timestamp with time zone not null default now()",
            "created timestamp with time zone not null default now()",
            "tenant_id character varying not null default '*DEFAULT*'::character varying", // not null because it is in the key
            "is_archived boolean default false",
        ]);
    }

    [Fact]
    public async Task events_have_martens_columns()
    {
        (await ColumnsAsync("mt_events")).ShouldBe(
        [
            "seq_id bigint not null",
            "id uuid not null",
            "stream_id character varying",
            "version bigint not null",
            "data jsonb not null",
            "bdata bytea",
            "type character varying(500) not null",
            "timestamp timestamp with time zone not null",
            "tenant_id character varying default '*DEFAULT*'::character varying",
            "mt_dotnet_type character varying",
            "correlation_id character varying",
            "causation_id character varying",
            "headers jsonb",
            "user_name character varying",
            "is_archived boolean default false",
            "hc_place bigint", // ours: last, and null where another program wrote the row
            "hc_hash bytea",
            "hc_log_hash bytea",
        ]);
    }

    [Fact]
    public async Task progression_has_martens_columns()
    {
        (await ColumnsAsync("mt_event_progression")).Select(c => c.Split(" default")[0]).ShouldBe(
        [
            "name character varying not null",
            "last_seq_id bigint",
            "last_updated timestamp with time zone",
        ]);
    }

    [Fact]
    public async Task commands_are_kept_by_tenant_and_id()
    {
        (await ColumnsAsync("hc_commands")).ShouldBe(
        [
            "tenant_id character varying not null",
            "command_id uuid not null",
            "person character varying not null",
            "fingerprint bytea not null",
            "sequence bigint not null",
            "version bigint not null",
            "recorded_at timestamp with time zone not null",
        ]);
        (await KeysAsync("hc_commands")).ShouldBe(["PRIMARY KEY (tenant_id, command_id)"]);
    }

    [Fact]
    public async Task keys_begin_with_the_tenant_but_for_the_sequence()
    {
        (await KeysAsync("mt_streams")).ShouldBe(["PRIMARY KEY (tenant_id, id)"]);
        (await KeysAsync("mt_events")).ShouldBe(
        [
            "FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)",
            "PRIMARY KEY (seq_id)",
        ]);
        (await KeysAsync("mt_event_progression")).ShouldBe(["PRIMARY KEY (name)"]);
        (await ScalarAsync("""
            select string_agg(a.attname, ',' order by k.place) from pg_index i
            cross join unnest(i.indkey) with ordinality as k (attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = 'mt_events'::regclass and i.indisunique and not i.indisprimary and i.indpred is null
            """)).ShouldBe("tenant_id,stream_id,version");
    }

    [Fact]
    public async Task sequence_numbers_come_from_martens_sequence()
    {
        (await Store.AppendAsync(Given.To("visit-1", Given.Note()))).Written();

        (await ScalarAsync("select last_value from mt_events_sequence")).ShouldBe(1L);
        (await ScalarAsync("select seq_id from mt_events")).ShouldBe(1L);
    }

    [Fact]
    public async Task a_row_is_as_marten_writes_it()
    {
        await Store.AppendAsync(Given.To("visit-1", new NoteWritten("p1", "体温は\"高め\"<38℃>", NoteKind.Handover)));

        (await RowsAsync("select stream_id, version, type, tenant_id, mt_dotnet_type, is_archived, headers from mt_events")).ShouldBe(
            ["visit-1 | 1 | note_written | minato | HomeCare.EventStore.Tests.NoteWritten, HomeCare.EventStore.Tests | False | null"]);
        (await ScalarAsync("select data::text from mt_events")).ShouldBe(
            """{"Kind": "Handover", "Text": "体温は\"高め\"<38℃>", "Patient": "p1"}""");
        (await RowsAsync("select id, type, version, tenant_id, is_archived from mt_streams")).ShouldBe(["visit-1 | visit | 1 | minato | False"]);
    }

    [Fact]
    public async Task migrating_again_and_by_many_at_once_changes_nothing()
    {
        await Store.AppendAsync(Given.To("visit-1", Given.Note()));
        var before = await DumpAsync("note_entries");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Store.MigrateAsync()));

        (await DumpAsync("note_entries")).ShouldBe(before);
        (await CountAsync("mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task many_nodes_may_migrate_an_empty_database_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        var nodes = Enumerable.Range(0, 5).Select(_ => StoreOn(db)).ToList();

        await Task.WhenAll(nodes.Select(n => n.MigrateAsync()));

        foreach (var node in nodes)
            (await node.AppendAsync(Given.To("visit-1", Given.Note()))).Written();
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private Task<IReadOnlyList<string>> ColumnsAsync(string table) => RowsAsync($"""
        select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
        """);

    private Task<IReadOnlyList<string>> KeysAsync(string table) => RowsAsync(
        $"select pg_get_constraintdef(oid) from pg_constraint where conrelid = '{table}'::regclass and contype in ('p', 'f', 'u') order by 1");
}
