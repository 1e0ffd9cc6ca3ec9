using HomeCare.Watching;

namespace HomeCare.Web.Watching;

/// <summary>Reads anew what is pointed out of one person: soon after something was written, and when the clock alone changes it.</summary>
internal sealed class AlertsWatch(WatchReader reader, Actor by, Guid patientId, TimeProvider clock, Func<Watched, Task> onRead) : IAsyncDisposable
{
    /// <summary>What is written shortly after one another is read as one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The longest that is waited for the clock: a timer cannot wait for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();

    /// <summary>Begins.</summary>
    /// <param name="changesAt">When the clock changes something next.</param>
    public void Start(DateTimeOffset? changesAt) => _ = Task.Run(() => RunAsync(changesAt));

    /// <summary>Something was written on the record.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await stop.CancelAsync();

    private async Task RunAsync(DateTimeOffset? changesAt)
    {
        try
        {
            while (true)
            {
                await WaitAsync(changesAt);
                try
                {
                    if (await reader.OfPatientAsync(by, patientId, stop.Token) is not { } watched)
                    {
                        return;
                    }

                    changesAt = watched.ChangesAt;
                    stop.Token.ThrowIfCancellationRequested();
                    await onRead(watched);
                }
                catch (Exception e) when (Failures.IsOutage(e) && !stop.IsCancellationRequested)
                {
                    changesAt = clock.GetUtcNow() + Pause;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private async Task WaitAsync(DateTimeOffset? changesAt)
    {
        using var due = new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, due.Token);
        var left = changesAt - clock.GetUtcNow() ?? Longest;
        await using var timer = clock.CreateTimer(_ => due.Cancel(), null, left < Longest ? left > Pause ? left : Pause : Longest, Timeout.InfiniteTimeSpan);
        try
        {
            await signal.WaitAsync(both.Token);
            await Task.Delay(Pause, clock, stop.Token);
        }
        catch (OperationCanceledException) when (due.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // The clock has come so far.
        }
    }
}
