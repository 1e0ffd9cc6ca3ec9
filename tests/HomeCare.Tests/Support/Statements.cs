using System.Diagnostics;

namespace HomeCare.Tests;

/// <summary>Counts the round trips to PostgreSQL that what is awaited here makes; those of tests beside it do not count.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ActivitySource source = new($"{nameof(Statements)} {Guid.CreateVersion7()}");
    private readonly ActivityListener listener;
    private readonly Activity root;
    private int count;

    public Statements()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Npgsql" || s == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Opening a connection is an activity as well, and how many are open is chance.
            ActivityStopped = a =>
            {
                if (a.Source.Name == "Npgsql" && a.TraceId == root?.TraceId && (a.GetTagItem("db.statement") ?? a.GetTagItem("db.query.text")) is not null)
                {
                    Interlocked.Increment(ref count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        root = source.StartActivity("counted")!;
    }

    public int Count => Volatile.Read(ref count);

    public void Dispose()
    {
        root.Dispose();
        listener.Dispose();
        source.Dispose();
    }
}
