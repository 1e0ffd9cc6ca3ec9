using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>What the store counts. Other tests are counted at the same time: what is asserted can only grow.</summary>
public sealed class TelemetryTests : StoreTests
{
    [Fact]
    public async Task every_outcome_of_an_append_is_counted_and_the_queue_is_empty_afterwards()
    {
        using var counting = new Counting();
        var command = To("visit-1", Note()) with { Command = Key() };

        await Store.AppendAsync(command);
        await Store.AppendAsync(command);
        await Store.AppendAsync(To("visit-1", ExpectedVersion.New, Note()));
        await Store.ArchiveAsync(Tenant, "visit-1", "転居", "operator");
        await Store.AppendAsync(To("visit-1", Note()));
        await Should.ThrowAsync<ViewFailed>(() => Store.AppendAsync(To("visit-2", Note(NotesView.ThrowsInProject))));
        await using var small = await AnotherStoreAsync(new() { QueueCapacity = 1, LargestBatch = 1, QueueWait = TimeSpan.FromMilliseconds(20) });
        Task<AppendResult>[] many;
        await using (await HoldAppendLockAsync())
        {
            many = [.. Enumerable.Range(0, 6).Select(i => small.AppendAsync(To($"visit-{i + 10}", Note())))];
            // One is being written and one has its place in the queue; the others give up.
            await EventuallyAsync(() => Task.FromResult(many.Count(m => m.IsFaulted) == many.Length - 2));
        }

        await Task.WhenAll(many.Where(m => !m.IsFaulted));

        foreach (var outcome in new[] { "appended", "repeated", "conflict", "stream_archived", "failed", "busy" })
            counting.Of("homecare.store.commands", outcome).ShouldBeGreaterThan(0, outcome);
        counting.Of("homecare.store.events").ShouldBeGreaterThan(1);
        counting.Of("homecare.store.batch").ShouldBeGreaterThan(1);
        counting.Of("homecare.store.wait").ShouldBeGreaterThan(0);
        counting.Of("homecare.store.commit.duration").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task an_event_whose_name_nobody_knows_is_counted_by_its_name()
    {
        using var counting = new Counting();
        await ScalarAsync("""
            insert into mt_streams (id, tenant_id, version) values ('old-1', 'minato', 1);
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            values (1, gen_random_uuid(), 'old-1', 1, '{}', 'never_heard_of', now(), 'minato')
            """);

        (await Store.ReadStreamAsync(Tenant, "old-1")).Events.Single().Data.ShouldBeOfType<UnknownEvent>();

        counting.Of("homecare.store.unknown_events", "never_heard_of").ShouldBe(1);
    }

    [Fact]
    public async Task an_append_is_traced_and_its_commit_points_back_at_it()
    {
        var done = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = done.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request").Start();

        await Store.AppendAsync(To("visit-1", Note("秘密")));

        await EventuallyAsync(() => Task.FromResult(done.Any(a => a.OperationName == "commit" && a.Links.Any(l => l.Context.TraceId == request.TraceId))));
        var append = done.Single(a => a.OperationName == "append" && a.TraceId == request.TraceId);
        append.GetTagItem("homecare.outcome").ShouldBe("Appended");
        done.SelectMany(a => a.TagObjects).ShouldAllBe(t => !$"{t.Value}".Contains("秘密"));
    }

    private sealed class Counting : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> sums = new();
        private readonly MeterListener listener = new();

        public Counting()
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    l.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i.Name, value, tags));
            listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i.Name, value, tags));
            listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i.Name, value, tags));
            listener.Start();
        }

        public double Of(string instrument, string tag = "") => sums.GetValueOrDefault($"{instrument}/{tag}");

        public void Dispose() => listener.Dispose();

        private void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            sums.AddOrUpdate($"{name}/", value, (_, sum) => sum + value);
            if (tags.Length > 0)
                sums.AddOrUpdate($"{name}/{tags[0].Value}", value, (_, sum) => sum + value);
        }
    }
}
