using System.Net;
using HomeCare.EventStore;
using HomeCare.Visits;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HomeCare.Web.Tests.Operations;

/// <summary>More than the store keeps up with is told to come again, and nothing of it is kept in memory.</summary>
public sealed class BackPressureTests(BackPressureTests.SmallHost host) : IClassFixture<BackPressureTests.SmallHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_full_queue_is_429_with_a_time_to_wait_and_a_sentence_and_the_same_command_again_is_done_once()
    {
        var nurse = await host.AsAsync(Profession.Nurse);
        var commands = Enumerable.Range(0, 10).Select(i => (Id: Guid.CreateVersion7(), Body: Visit($"{i}"))).ToList();
        Task<HttpResponseMessage>[] first;
        await using (var source = NpgsqlDataSource.Create(host.ConnectionString))
        {
            await using var held = await source.OpenConnectionAsync(Ct);
            await using var hold = new NpgsqlCommand($"begin; select pg_advisory_xact_lock({0x4863_4C6F_67})", held); // nobody appends
            await hold.ExecuteNonQueryAsync(Ct);
            first = [.. commands.Select((c, i) => nurse.CommandAsync("record-visit", c.Body, c.Id, i % 2 == 0 ? "ja" : "en"))];
            for (var i = 0; i < 1000 && first.Count(f => f.IsCompleted) < 7; i++)
            {
                await Task.Delay(20, Ct);
            }
        }

        var refused = 0;
        for (var i = 0; i < commands.Count; i++)
        {
            using var response = await first[i];
            if (response.StatusCode == HttpStatusCode.OK)
            {
                continue;
            }

            refused++;
            var problem = await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "store.busy");
            response.Headers.RetryAfter!.ToString().ShouldBe("1");
            problem["title"]!.GetValue<string>().ShouldContain(i % 2 == 0 ? "混み合っています" : "Wait a little");
        }

        refused.ShouldBe(7); // one is being written, two wait, and the rest have no place
        var before = await host.Store.ReadAllAsync(0, 10_000, Town.Tenant, Ct);
        for (var i = 0; i < commands.Count; i++)
        {
            using var again = await nurse.CommandAsync("record-visit", commands[i].Body, commands[i].Id);
            again.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var after = await host.Store.ReadAllAsync(0, 10_000, Town.Tenant, Ct);
        after.Count(e => e.Data is VisitRecorded).ShouldBe(before.Count(e => e.Data is VisitRecorded) + refused);
    }

    private static RecordVisit Visit(string words)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(Guid.CreateVersion7(), Town.Patient, now.AddMinutes(-40), now.AddMinutes(-5)) { Note = new VisitNote(words) };
    }

    public sealed class SmallHost : WebHost
    {
        protected override void Change(WebApplicationBuilder builder) => builder.Services.AddSingleton(
            new EventStoreOptions { QueueCapacity = 2, LargestBatch = 1, QueueWait = TimeSpan.FromMilliseconds(50) });
    }
}
