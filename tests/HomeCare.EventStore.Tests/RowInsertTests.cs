namespace HomeCare.EventStore.Tests;

/// <summary>Many rows at once leave what the same statements one after another leave.</summary>
public sealed class RowInsertTests : StoreTests
{
    private const string Plain = "insert into signs values ($1, $2, $3, 'as written')";
    private const string First = "insert into signs values ($1, $2, $3, 'first') on conflict (tenant_id, place) do nothing";
    private const string Last = """
        insert into signs (tenant_id, place, value, state) values ($1, $2, $3, $4)
        on conflict (tenant_id, place) do update set value = excluded.value, state = excluded.state
        """;
    private const string KeepsState = """
        insert into signs (tenant_id, place, value, state) values ($1, $2, $3, 'kept')
        on conflict (tenant_id, place) do update set value = excluded.value
        """;
    private const string Change = "update signs set state = state || $3 where tenant_id = $1 and place = $2";
    private const string Remove = "delete from signs where tenant_id = $1 and place = $2";
    private const string Other = "insert into facts values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8) on conflict do nothing";

    [Theory]
    [InlineData(Plain)]
    [InlineData(First)]
    [InlineData(Last)]
    [InlineData("insert into t (a, b) values ($1, $2) on conflict do nothing")]
    [InlineData("insert into t values ($1, $2::jsonb, 'x', 1, true, null, $1)")]
    public void an_insert_of_one_row_is_written_with_others(string sql) => Taken(sql).ShouldBeTrue();

    [Theory]
    [InlineData(KeepsState)]
    [InlineData(Change)]
    [InlineData(Remove)]
    [InlineData("insert into t select $1, $2")]
    [InlineData("insert into t values ($1, (select max(b) from t))")]
    [InlineData("insert into t values ($1, now())")]
    [InlineData("insert into t values ($1, $2), ($1, 'x')")]
    [InlineData("insert into t as x values ($1, $2)")]
    [InlineData("insert into t values ($1, $2) on conflict (a) do update set b = excluded.b")] // which column is the key is not said
    [InlineData("insert into t (a, b) values ($1, $2) on conflict (a) do update set b = t.b + excluded.b")]
    [InlineData("insert into t (a, b) values ($1, $2) on conflict (a) do update set b = excluded.b where t.b < excluded.b")]
    [InlineData("insert into t (a, b, c) values ($1, $2, 'x') on conflict (a) do update set b = excluded.b, c = 'y'")]
    [InlineData("insert into t (a, b) values ('all', $2) on conflict (a) do update set b = excluded.b")]
    [InlineData("insert into t values ($1, $2) returning a")]
    public void anything_else_is_not(string sql) => Taken(sql).ShouldBeFalse();

    [Fact]
    public void an_array_or_an_unknown_type_is_not() =>
        RowInsert.Of("insert into t values ($1, $2)", ["text", "text[]"]).ShouldBeNull();

    [Fact]
    public async Task together_and_one_by_one_come_to_the_same()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var batch = new ViewBatch();
            for (var i = random.Next(1, 60); i > 0; i--)
                AddOne(batch, random);

            var oneByOne = await WrittenAsync(batch.Statements.Select(s => new[] { s }));
            var together = await WrittenAsync([[.. batch.Statements]]);

            together.ShouldBe(oneByOne, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task a_key_given_twice_to_a_plain_insert_is_refused_as_ever()
    {
        var batch = new ViewBatch();
        batch.Add(Plain, "t", 1, 1.5m);
        batch.Add(Plain, "t", 1, 2.5m);

        (await WrittenAsync([[.. batch.Statements]])).ShouldBe(["refused: 23505"]);
    }

    private static bool Taken(string sql) => RowInsert.Of(sql, ["text", "int4", "numeric", "text"]) is not null;

    private static void AddOne(ViewBatch batch, Random random)
    {
        var place = random.Next(6);
        decimal? value = random.Next(4) == 0 ? null : random.Next(1000) / 10m;
        switch (random.Next(14))
        {
            case 0: batch.Add(Change, "t", place, random.Next(2) == 0 ? "+" : "-"); break;
            case 1: batch.Add(Remove, "t", place); break;
            case 2: batch.Add(KeepsState, "t", place, value); break;
            case < 6: batch.Add(First, "t", place, value); break;
            case < 10: batch.Add(Last, "t", place, value, random.Next(3) == 0 ? null : $"s{random.Next(9)}"); break;
            default:
                batch.Add(Other, "t", (long)place, random.Next(3) == 0 ? null : """{"語":"痛み","n":1}""", random.Next(2) == 0, random.Next(2) == 0 ? null : Guid.CreateVersion7(),
                    random.Next(2) == 0 ? null : new DateOnly(2026, 11, 26), new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(9)), random.Next(2) == 0 ? null : "一");
                break;
        }
    }

    /// <summary>Writes groups of statements, each in a round trip, into tables of its own in a transaction that is taken back.</summary>
    private async Task<IReadOnlyList<string>> WrittenAsync(IEnumerable<IReadOnlyList<ViewStatement>> groups)
    {
        await using var connection = await Db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync("""
            create temp table signs (tenant_id text, place int, value numeric, state text, primary key (tenant_id, place)) on commit drop;
            create temp table facts (tenant_id text, place bigint, facts jsonb, is_so boolean, id uuid, day date, at timestamptz, one text, primary key (tenant_id, place)) on commit drop;
            """);
        var writer = new ViewWriter();
        try
        {
            foreach (var group in groups)
            {
                await using var batch = new Npgsql.NpgsqlBatch(connection);
                await writer.AddAsync(connection, batch, group, default);
                await batch.ExecuteNonQueryAsync();
            }
        }
        catch (Npgsql.PostgresException refused)
        {
            return [$"refused: {refused.SqlState}"];
        }

        await using var read = new Npgsql.NpgsqlCommand("select s::text from signs s union all select f::text from facts f order by 1", connection);
        var rows = new List<string>();
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;

        async Task RunAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
