using HomeCare.Web.Live;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Operations;

/// <summary>How the host can work.</summary>
internal enum Standing
{
    Ready,

    /// <summary>The database is there and takes its time, or more waits to be written than is written: the host works, late.</summary>
    Slow,

    /// <summary>An asynchronous view came to an event that it cannot take; everything else works.</summary>
    ProjectionsStopped,

    /// <summary>The host is starting: live screens are not fed yet.</summary>
    Starting,

    /// <summary>No connection to the database can be made.</summary>
    Unreachable,
}

/// <summary>What was found, with what to say of it.</summary>
internal sealed record Finding(Standing Standing, string Detail = "");

/// <summary>Tells a database that is dead from one that is slow, in bounded time, and asks it at most once a second.</summary>
internal sealed class Readiness(Store store, LiveFeed feed, DatabaseAddress address, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>What takes longer is slow.</summary>
    internal TimeSpan Brisk { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an answer is waited for.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a new connection is waited for, where no answer came.</summary>
    internal TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim one = new(1);
    private (long At, Finding Finding)? last;

    public async Task<Finding> AskAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (last is not { } known || time.GetElapsedTime(known.At) >= Fresh)
            {
                last = (time.GetTimestamp(), await FindAsync());
            }

            return last.Value.Finding;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<Finding> FindAsync()
    {
        if (!feed.IsRunning && await ConnectsAsync())
        {
            return new(Standing.Starting);
        }

        var began = time.GetTimestamp();
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await store.HeadAsync(limit.Token);
            var stopped = (await store.Projections.StatesAsync(limit.Token)).Where(p => p.IsStopped).ToList();
            if (stopped.Count > 0)
            {
                return new(Standing.ProjectionsStopped, string.Join(", ", stopped.Select(p => $"{p.Name} at event {p.StoppedAt}")));
            }
        }
        catch (Exception e) when (Failures.IsOutage(e) || e is OperationCanceledException)
        {
            // A connection that waited in the pool may be dead, and all of them may be busy, while the database is well.
            if (!await ConnectsAsync())
            {
                return new(Standing.Unreachable);
            }
        }

        return time.GetElapsedTime(began) >= Brisk || store.Queued > store.QueueCapacity / 2 ? new(Standing.Slow) : new(Standing.Ready);
    }

    /// <summary>Whether the database answers over a connection of its own, be it that it has too many already.</summary>
    private async Task<bool> ConnectsAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(ConnectPatience, time);
            await using var connection = new NpgsqlConnection(address.Unpooled);
            await connection.OpenAsync(limit.Token);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return true;
        }
        catch (Exception e) when (Failures.IsOutage(e) || e is OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => one.Dispose();
}

/// <summary>Where the database is, as the settings have it.</summary>
internal sealed record DatabaseAddress(string ConnectionString)
{
    public string Unpooled { get; } = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 30 }.ConnectionString;
}
