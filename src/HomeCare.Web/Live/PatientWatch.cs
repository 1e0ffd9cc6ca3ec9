using HomeCare.EventStore;
using HomeCare.Timeline;

namespace HomeCare.Web.Live;

/// <summary>One watcher of one record. Its own task calls the callback; the feed only leaves notes for it.</summary>
internal sealed class PatientWatch : IAsyncDisposable
{
    /// <summary>Entries that wait for a slow watcher; beyond it the watcher reads them from the log.</summary>
    private const int Room = 64;

    /// <summary>How often a watcher whose record is quiet hears how far it is complete.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>How often at most one whose record is busy hears it, apart from the entries.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1.5);

    private readonly LiveFeed feed;
    private readonly Func<LiveUpdate, Task> onUpdate;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock gate = new();
    private List<TimelineEntry> waiting = [];
    private bool resynchronise = true;
    private bool recheck;
    private bool woken;
    private long offered;
    private long last;
    private DateTimeOffset? endsAt;
    private DateTimeOffset markedAt;

    public PatientWatch(LiveFeed feed, Actor by, Guid patientId, long afterSequence, Func<LiveUpdate, Task> onUpdate)
    {
        this.feed = feed;
        this.onUpdate = onUpdate;
        By = by;
        PatientId = patientId;
        last = afterSequence;
    }

    public Actor By { get; }

    public Guid PatientId { get; }

    public void Start() => _ = Task.Run(RunAsync);

    /// <summary>One more entry, after all that were offered before; one that was offered already is known by its sequence.</summary>
    public void Offer(TimelineEntry entry)
    {
        if (entry.TeamOnly && !Permissions.SeesTeamOnly(By.Profession))
        {
            return;
        }

        lock (gate)
        {
            if (entry.Sequence <= offered)
            {
                return;
            }

            offered = entry.Sequence;
            if (waiting.Count < Room)
            {
                waiting.Add(entry);
            }
            else
            {
                waiting = [];
                resynchronise = true;
            }
        }
    }

    /// <summary>Access must be asked for again before anything more is given.</summary>
    public void Recheck()
    {
        lock (gate)
        {
            recheck = true;
        }

        Wake();
    }

    /// <summary>What is waiting may have holes: read on from the log.</summary>
    public void Resynchronise()
    {
        lock (gate)
        {
            waiting = [];
            resynchronise = true;
        }

        Wake();
    }

    public void Beat(DateTimeOffset now)
    {
        bool due;
        lock (gate)
        {
            if (endsAt <= now)
            {
                recheck = true;
                due = true;
            }
            else
            {
                due = now - markedAt >= Quiet;
            }
        }

        if (due)
        {
            Wake();
        }
    }

    public void Wake()
    {
        lock (gate)
        {
            if (woken)
            {
                return;
            }

            woken = true;
        }

        signal.Release();
    }

    public async ValueTask DisposeAsync()
    {
        feed.Forget(this);
        await stop.CancelAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            var end = await PatientlyAsync(() => feed.Access.EndsAtAsync(By, PatientId, stop.Token));
            lock (gate)
            {
                endsAt = end;
            }

            while (!stop.IsCancellationRequested)
            {
                if (!await StepAsync())
                {
                    return;
                }

                await signal.WaitAsync(stop.Token);
                lock (gate)
                {
                    woken = false;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watcher is gone.
        }
        catch (UnreadableEvent e)
        {
            feed.Log.LogError(e, "A watched record holds an event that cannot be read");
            await EndAsync("live.failed");
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested)
            {
                feed.Log.LogWarning(e, "A live screen could not be told of an entry; it is no longer told");
                await EndAsync("live.failed");
            }
        }
        finally
        {
            feed.Forget(this);
        }
    }

    /// <summary>Gives all there is. False when it has ended.</summary>
    private async Task<bool> StepAsync()
    {
        while (true)
        {
            // The mark is read before the notes: whatever the feed had handed out by then lies among them.
            var position = feed.Position;
            var at = feed.ConfirmedAt;
            List<TimelineEntry> entries;
            bool ask, read;
            lock (gate)
            {
                (entries, waiting) = (waiting, waiting.Count == 0 ? waiting : []);
                (ask, recheck) = (recheck, false);
                (read, resynchronise) = (resynchronise, false);
            }

            if (ask && !await PatientlyAsync(MaySeeAsync))
            {
                await EndAsync(await PatientlyAsync(() => feed.Access.BelongsAsync(By, stop.Token)) ? "access.ended" : "person.no_longer_member");
                return false;
            }

            if (read)
            {
                if (!await ReplayAsync())
                {
                    await EndAsync("access.ended");
                    return false;
                }
            }
            else
            {
                foreach (var entry in entries)
                {
                    lock (gate)
                    {
                        if (recheck)
                        {
                            // What waits behind a lost access is not given; if access stands after all, the log has it.
                            resynchronise = true;
                            break;
                        }
                    }

                    await GiveAsync(entry);
                }
            }

            lock (gate)
            {
                if (recheck || resynchronise || waiting.Count > 0)
                {
                    continue;
                }

                // An entry says itself how far its record is complete: a busy record is not told twice of each.
                var now = feed.Time.GetUtcNow();
                if (entries.Count > 0 && !read && now - markedAt < Busy)
                {
                    return true;
                }

                markedAt = now;
            }

            await CallAsync(new LiveUpdate.CompleteTo(Math.Max(position, last), at));
            return true;
        }
    }

    private async Task<bool> MaySeeAsync()
    {
        if (!await feed.Access.MaySeeAsync(By, PatientId, stop.Token))
        {
            return false;
        }

        var end = await feed.Access.EndsAtAsync(By, PatientId, stop.Token);
        lock (gate)
        {
            endsAt = end;
        }

        return true;
    }

    private async Task<bool> ReplayAsync()
    {
        while (true)
        {
            var page = await PatientlyAsync(() => feed.Timeline.ReadAsync(By, PatientId, before: null, after: last, TimelineReader.LongestPage, stop.Token));
            if (page is null)
            {
                return false;
            }

            foreach (var entry in page)
            {
                await GiveAsync(entry);
            }

            if (page.Count < TimelineReader.LongestPage)
            {
                return true;
            }
        }
    }

    private async Task GiveAsync(TimelineEntry entry)
    {
        if (entry.Sequence > last)
        {
            last = entry.Sequence;
            await CallAsync(new LiveUpdate.Entry(entry));
        }
    }

    private Task CallAsync(LiveUpdate update)
    {
        stop.Token.ThrowIfCancellationRequested();
        return onUpdate(update);
    }

    private async Task EndAsync(string reasonKey)
    {
        feed.Forget(this);
        try
        {
            await CallAsync(new LiveUpdate.Ended(reasonKey));
        }
        catch (Exception e)
        {
            feed.Log.LogDebug(e, "The end of a watch could not be told");
        }
    }

    /// <summary>Waits out a database that is away: until it answers, nothing is given.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (Failures.IsOutage(e) && !stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), stop.Token);
            }
        }
    }
}
