using HomeCare.Instructions;
using HomeCare.Timeline;

namespace HomeCare.Web.Live;

/// <summary>One watcher of all records it may see. It is told which changed, never what.</summary>
internal sealed class RecordsWatch(LiveFeed feed, Actor by, Func<IReadOnlySet<Guid>, Task> onChanged, bool arrivals, bool marks, Func<object, bool>? concerns)
    : IAsyncDisposable
{
    /// <summary>The shortest time between two calls.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();
    private HashSet<Guid> changed = [];
    private bool reload;
    private bool woken;
    private DateTimeOffset? visibleUntil;

    public Actor By => by;

    /// <summary>Whether what the watcher has seen on another screen concerns it.</summary>
    public bool CountsUnread => marks;

    public void Start() => _ = Task.Run(RunAsync);

    public void Offer(string tenantId, TimelineEntry entry)
    {
        if (tenantId != by.TenantId || concerns?.Invoke(entry.Data) == false || (!arrivals && entry.Data is InstructionDelivered) || (entry.TeamOnly && !Permissions.SeesTeamOnly(by.Profession)))
        {
            return;
        }

        lock (gate)
        {
            changed.Add(entry.PatientId);
            WakeUnderGate();
        }
    }

    /// <summary>The watcher has seen more of a record on another screen.</summary>
    public void Seen(Guid patientId)
    {
        lock (gate)
        {
            changed.Add(patientId);
            WakeUnderGate();
        }
    }

    /// <summary>What the watcher may see has changed.</summary>
    public void Reload()
    {
        lock (gate)
        {
            reload = true;
            WakeUnderGate();
        }
    }

    public void Beat(DateTimeOffset now)
    {
        lock (gate)
        {
            if (visibleUntil <= now)
            {
                visibleUntil = null;
                reload = true;
                WakeUnderGate();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        feed.Forget(this);
        await stop.CancelAsync();
    }

    private void WakeUnderGate()
    {
        if (!woken)
        {
            woken = true;
            signal.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var visible = await VisibleAsync();
            while (true)
            {
                await signal.WaitAsync(stop.Token);
                await Task.Delay(Pause, feed.Time, stop.Token);
                HashSet<Guid> records;
                bool all;
                lock (gate)
                {
                    (records, changed) = (changed, []);
                    (all, reload) = (reload, false);
                    woken = false;
                }

                if (all)
                {
                    visible = await VisibleAsync();
                    records.Add(Guid.Empty);
                }

                records.RemoveWhere(r => r != Guid.Empty && !visible.Contains(r));
                if (records.Count > 0)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    await onChanged(records);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watcher is gone.
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested)
            {
                feed.Log.LogWarning(e, "A list could not be told of a change; it is no longer told");
            }
        }
        finally
        {
            feed.Forget(this);
        }
    }

    private async Task<IReadOnlySet<Guid>> VisibleAsync()
    {
        while (true)
        {
            try
            {
                var (patients, until) = await feed.Access.VisibleAsync(by, stop.Token);
                lock (gate)
                {
                    visibleUntil = until;
                }

                return patients;
            }
            catch (Exception e) when (Failures.IsOutage(e) && !stop.IsCancellationRequested)
            {
                await Task.Delay(Pause, feed.Time, stop.Token);
            }
        }
    }
}
