using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HomeCare.EventStore;

/// <summary>What the store tells of itself: instruments and traces under the name <see cref="Name"/>. Never what an event says.</summary>
public static class Telemetry
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Name = "HomeCare.EventStore";

    private static readonly Meter Meter = new(Name);

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("homecare.store.commands", "{command}", "Appends by their outcome.");
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("homecare.store.events", "{event}", "Events committed.");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("homecare.store.batch", "{command}", "Commands that shared a transaction.");
    private static readonly Histogram<double> BatchTime = Meter.CreateHistogram<double>("homecare.store.commit.duration", "s", "From the batch's first statement to its commit.");
    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("homecare.store.wait", "s", "From a command's arrival to its answer.");
    private static readonly UpDownCounter<long> Queue = Meter.CreateUpDownCounter<long>("homecare.store.queue", "{command}", "Commands that wait for their answer.");
    private static readonly Counter<long> UnknownEvents = Meter.CreateCounter<long>("homecare.store.unknown_events", "{event}", "Events read whose name this version does not know.");
    private static readonly Histogram<long> TailLag = Meter.CreateHistogram<long>("homecare.store.tail.lag", "{event}", "Sequence numbers that the log is ahead of what a tail hands out.");
    private static readonly Gauge<long> ProjectionLag = Meter.CreateGauge<long>("homecare.store.projection.lag", "{event}", "Sequence numbers that the log is ahead of an asynchronous view, as its worker last saw it.");
    private static readonly Counter<long> ProjectionStops = Meter.CreateCounter<long>("homecare.store.projection.stops", "{stop}", "Asynchronous views that came to an event they cannot take.");
    private static readonly Counter<long> SealedLate = Meter.CreateCounter<long>("homecare.store.sealed_late", "{stream}", "Streams that another program had appended to and that were sealed because they went on.");
    private static readonly Counter<long> Outages = Meter.CreateCounter<long>("homecare.store.outages", "{outage}", "Connections of the writer that were lost.");

    internal static void Arrived() => Queue.Add(1);

    internal static void Answered(string outcome, TimeSpan after)
    {
        Queue.Add(-1);
        Commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        Wait.Record(after.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <summary>Of a command that the queue had no place for.</summary>
    internal static void Busy()
    {
        Queue.Add(-1);
        Commands.Add(1, new KeyValuePair<string, object?>("outcome", "busy"));
    }

    internal static void Committed(int commands, int events, TimeSpan after)
    {
        Events.Add(events);
        BatchSize.Record(commands);
        BatchTime.Record(after.TotalSeconds);
    }

    internal static void Unknown(string alias) => UnknownEvents.Add(1, new KeyValuePair<string, object?>("event", alias));

    internal static void Tailed(long behind) => TailLag.Record(Math.Max(0, behind));

    internal static void Projected(string view, long behind) => ProjectionLag.Record(Math.Max(0, behind), new KeyValuePair<string, object?>("view", view));

    internal static void Stopped(string view) => ProjectionStops.Add(1, new KeyValuePair<string, object?>("view", view));

    internal static void Sealed(int streams) => SealedLate.Add(streams);

    internal static void Lost() => Outages.Add(1);
}
