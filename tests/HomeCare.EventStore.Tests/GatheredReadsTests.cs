using System.Collections.Concurrent;
using Npgsql;

namespace HomeCare.EventStore.Tests;

public sealed class GatheredReadsTests : StoreTests
{
    private readonly ConcurrentQueue<int[]> groups = new();
    private readonly SemaphoreSlim gate = new(0);

    [Fact]
    public async Task what_is_asked_while_a_group_is_read_is_read_together_and_each_gets_its_own_answer()
    {
        var reads = new GatheredReads<int, string>(Db, HeldAsync);
        var asked = Enumerable.Range(0, 100).Select(i => reads.AskAsync(i)).ToArray();

        gate.Release(100);

        (await Task.WhenAll(asked)).ShouldBe(Enumerable.Range(0, 100).Select(i => $"answer {i}"));
        groups.SelectMany(g => g).Order().ShouldBe(Enumerable.Range(0, 100));
        groups.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task an_ask_is_answered_from_a_read_that_began_after_it()
    {
        var value = 0;
        var reads = new GatheredReads<int, int>(Db, (_, asks) =>
        {
            var seen = Volatile.Read(ref value);
            return Task.FromResult<IReadOnlyList<int>>([.. asks.Select(_ => seen)]);
        });

        for (var i = 1; i <= 2000; i++)
        {
            Volatile.Write(ref value, i);
            (await reads.AskAsync(0)).ShouldBe(i);
        }
    }

    [Fact]
    public async Task one_that_cannot_be_read_fails_alone()
    {
        var reads = new GatheredReads<int, string>(Db, async (_, asks) =>
        {
            await gate.WaitAsync();
            return asks.Contains(7) ? throw new InvalidOperationException("seven") : [.. asks.Select(a => $"answer {a}")];
        });
        var asked = Enumerable.Range(0, 20).Select(i => reads.AskAsync(i)).ToArray();

        gate.Release(100);

        for (var i = 0; i < 20; i++)
        {
            if (i == 7)
                (await Should.ThrowAsync<InvalidOperationException>(asked[i])).Message.ShouldBe("seven");
            else
                (await asked[i]).ShouldBe($"answer {i}");
        }
    }

    [Fact]
    public async Task a_database_that_is_away_is_told_to_all_at_once_and_asked_again_by_the_next()
    {
        var away = true;
        var tries = 0;
        var reads = new GatheredReads<int, string>(Db, async (_, asks) =>
        {
            Interlocked.Increment(ref tries);
            await gate.WaitAsync();
            return Volatile.Read(ref away) ? throw new NpgsqlException("away") : [.. asks.Select(a => $"answer {a}")];
        });
        var asked = Enumerable.Range(0, 50).Select(i => reads.AskAsync(i)).ToArray();

        gate.Release(200);

        foreach (var ask in asked)
            await Should.ThrowAsync<NpgsqlException>(ask);
        tries.ShouldBeLessThan(10);
        Volatile.Write(ref away, false);
        (await reads.AskAsync(1)).ShouldBe("answer 1");
    }

    [Fact]
    public async Task a_statement_that_fails_leaves_the_connection_good_for_the_others()
    {
        var reads = new GatheredReads<int, int>(Db, async (connection, asks) =>
        {
            await using var command = new NpgsqlCommand("select 100 / n from unnest($1) with ordinality as asked (n, place) order by place", connection)
            {
                Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. asks] } },
            };
            await command.PrepareAsync();
            await using var reader = await command.ExecuteReaderAsync();
            var answers = new List<int>();
            while (await reader.ReadAsync())
                answers.Add(reader.GetInt32(0));
            return answers;
        });

        var asked = Enumerable.Range(0, 60).Select(i => reads.AskAsync(i % 5)).ToArray();

        for (var i = 0; i < 60; i++)
        {
            if (i % 5 == 0)
                (await Should.ThrowAsync<PostgresException>(asked[i])).SqlState.ShouldBe("22012");
            else
                (await asked[i]).ShouldBe(100 / (i % 5));
        }
    }

    [Fact]
    public async Task whoever_no_longer_waits_disturbs_nobody()
    {
        var reads = new GatheredReads<int, string>(Db, HeldAsync);
        using var tired = new CancellationTokenSource();
        var mine = reads.AskAsync(1, tired.Token);
        var other = reads.AskAsync(2);

        await tired.CancelAsync();
        gate.Release(10);

        await Should.ThrowAsync<OperationCanceledException>(mine);
        (await other).ShouldBe("answer 2");
    }

    private async Task<IReadOnlyList<string>> HeldAsync(NpgsqlConnection connection, IReadOnlyList<int> asks)
    {
        groups.Enqueue([.. asks]);
        await gate.WaitAsync();
        return [.. asks.Select(a => $"answer {a}")];
    }
}
