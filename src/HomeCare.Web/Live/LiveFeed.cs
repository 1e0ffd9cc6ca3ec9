using System.Collections.Concurrent;
using HomeCare.CareTeams;
using HomeCare.EventStore;
using HomeCare.People;
using HomeCare.Timeline;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Live;

/// <summary>
/// Carries what is written to the screens that watch it: one a node, reading each event once from the log's tail. The log is the
/// truth: whoever falls behind is brought up to date from it, and nothing is skipped or given twice.
/// </summary>
public sealed class LiveFeed(Store store, TimelineReader timeline, Access access, TimeProvider time, ILogger<LiveFeed> log) : BackgroundService
{
    /// <summary>How often watches are told how far they are complete, and expired memberships are noticed.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, long> ledger = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Tenant, Guid Patient), ConcurrentDictionary<PatientWatch, byte>> patients = new();
    private readonly ConcurrentDictionary<RecordsWatch, byte> records = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long position;
    private long confirmedTicks;

    /// <summary>Everything up to this place in the log has been handed to the watches.</summary>
    internal long Position => Interlocked.Read(ref position);

    /// <summary>The last event told of that could change what waits for somebody in this community.</summary>
    internal long LedgerAt(string tenantId) => ledger.GetValueOrDefault(tenantId);

    /// <summary>When the log was last known to end at <see cref="Position"/>.</summary>
    internal DateTimeOffset ConfirmedAt => new(Interlocked.Read(ref confirmedTicks), TimeSpan.Zero);

    /// <summary>Whether it has taken up the log's tail.</summary>
    public bool IsRunning => started.Task.IsCompletedSuccessfully;

    /// <summary>How many records are being watched, counting each watcher.</summary>
    internal int Watches => patients.Values.Sum(w => w.Count);

    internal TimelineReader Timeline => timeline;

    internal Access Access => access;

    internal TimeProvider Time => time;

    internal ILogger Log => log;

    /// <summary>Gives one record's entries: first what the log holds after a sequence, then each new one, in order of sequence, each once.</summary>
    /// <param name="by">Who watches.</param>
    /// <param name="patientId">Whose record.</param>
    /// <param name="afterSequence">The last entry that is already known; 0: from the first.</param>
    /// <param name="onUpdate">Called one update at a time, never on the feed's own thread. A watch whose callback throws ends.</param>
    /// <param name="ct">Cancels the beginning.</param>
    /// <returns>Dispose it to stop; after that nothing more is called, but for a call that is under way.</returns>
    /// <exception cref="RefusedException">The watcher may not see the record.</exception>
    public async Task<IAsyncDisposable> WatchPatientAsync(
        Actor by, Guid patientId, long afterSequence, Func<LiveUpdate, Task> onUpdate, CancellationToken ct = default)
    {
        await started.Task.WaitAsync(ct);
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            throw new RefusedException("patient.unknown");
        }

        var watch = new PatientWatch(this, by, patientId, Math.Max(afterSequence, 0), onUpdate);
        patients.AddOrUpdate(
            (by.TenantId, patientId),
            _ => new ConcurrentDictionary<PatientWatch, byte> { [watch] = 0 },
            (_, watches) =>
            {
                lock (watches)
                {
                    // One that was emptied meanwhile is about to be taken out of the dictionary.
                    return watches.IsEmpty ? new ConcurrentDictionary<PatientWatch, byte> { [watch] = 0 } : With(watches, watch);
                }
            });
        watch.Start();
        return watch;

        static ConcurrentDictionary<PatientWatch, byte> With(ConcurrentDictionary<PatientWatch, byte> watches, PatientWatch added)
        {
            watches[added] = 0;
            return watches;
        }
    }

    /// <summary>Tells which records, of those the watcher may see, changed; several changes at once, at most about four calls a second.</summary>
    /// <param name="by">Who watches.</param>
    /// <param name="onChanged">The records; with <see cref="Guid.Empty"/> among them, what the watcher may see has changed: read all anew.</param>
    /// <param name="arrivals">Also that an instruction has arrived somewhere, which few lists show.</param>
    /// <param name="marks">Also what the watcher has seen on another screen, for lists that count what is unread.</param>
    /// <param name="concerns">Which events; null: all. What the watcher may see is told in any case.</param>
    public IAsyncDisposable WatchRecords(Actor by, Func<IReadOnlySet<Guid>, Task> onChanged, bool arrivals = false, bool marks = false, Func<object, bool>? concerns = null)
    {
        var watch = new RecordsWatch(this, by, onChanged, arrivals, marks, concerns);
        records[watch] = 0;
        watch.Start();
        return watch;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beats = BeatAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!started.Task.IsCompleted)
                {
                    Interlocked.Exchange(ref position, await store.HeadAsync(stoppingToken));
                    Confirm();
                    started.SetResult();
                }

                await foreach (var page in store.Tail.ReadAsync(Position, stoppingToken))
                {
                    Publish(page);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (UnreadableEvent unreadable)
            {
                // One event that cannot be read stops nobody else's screen: watches go on from the log, each for its own record.
                log.LogCritical(unreadable, "Event {Sequence} cannot be read; live screens go on after it", unreadable.Sequence);
                foreach (var watch in patients.Values.SelectMany(w => w.Keys))
                {
                    watch.Resynchronise();
                }

                ledger.Clear();
                foreach (var watch in records.Keys)
                {
                    watch.Reload();
                }

                Interlocked.Exchange(ref position, unreadable.Sequence);
            }
            catch (Exception e)
            {
                log.LogError(e, "The tail of the log broke off after {Sequence}; it is taken up again", Position);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, CancellationToken.None);
            }
        }

        await beats;
    }

    internal void Forget(PatientWatch watch)
    {
        var key = (watch.By.TenantId, watch.PatientId);
        if (!patients.TryGetValue(key, out var watches))
        {
            return;
        }

        lock (watches)
        {
            watches.TryRemove(watch, out _);
            if (watches.IsEmpty)
            {
                patients.TryRemove(new KeyValuePair<(string, Guid), ConcurrentDictionary<PatientWatch, byte>>(key, watches));
            }
        }
    }

    /// <summary>A person has seen more of a record, on whichever node.</summary>
    internal void Seen(string tenantId, Guid personId, Guid patientId)
    {
        foreach (var watch in records.Keys.Where(w => w.CountsUnread && w.By.TenantId == tenantId && w.By.PersonId == personId))
        {
            watch.Seen(patientId);
        }
    }

    /// <summary>What people have seen may not have been heard of for a while.</summary>
    internal void SeenUnheard()
    {
        foreach (var watch in records.Keys.Where(w => w.CountsUnread))
        {
            watch.Reload();
        }
    }

    internal void Forget(RecordsWatch watch) => records.TryRemove(watch, out _);

    /// <summary>Hands a page of the log to those it concerns. What changes access comes before what follows it.</summary>
    private void Publish(IReadOnlyList<StoredEvent> page)
    {
        foreach (var e in page.Where(e => e.Sequence > Position))
        {
            if (Shell.WaitingReader.Concerns(e.Data))
            {
                ledger[e.TenantId] = e.Sequence;
            }

            Recheck(e);
            if (TimelineEntry.Of(e) is not { } entry)
            {
                continue;
            }

            if (patients.TryGetValue((e.TenantId, entry.PatientId), out var watches))
            {
                foreach (var watch in watches.Keys)
                {
                    watch.Offer(entry);
                }
            }

            foreach (var watch in records.Keys)
            {
                watch.Offer(e.TenantId, entry);
            }
        }

        Interlocked.Exchange(ref position, page[^1].Sequence);
        Confirm();
        foreach (var record in page.Where(e => e.Data is IPatientEvent).Select(e => (e.TenantId, ((IPatientEvent)e.Data).PatientId)).Distinct())
        {
            if (patients.TryGetValue(record, out var watches))
            {
                foreach (var watch in watches.Keys)
                {
                    watch.Wake();
                }
            }
        }
    }

    private void Recheck(StoredEvent e)
    {
        switch (e.Data)
        {
            case CareTeamJoined joined:
                OfTeam(joined.PatientId, joined.MemberId);
                break;
            case CareTeamLeft left:
                OfTeam(left.PatientId, left.MemberId);
                break;
            case OrganisationJoined joined:
                OfPerson(joined.PersonId);
                break;
            case OrganisationLeft left:
                OfPerson(left.PersonId);
                break;
            case PersonRegistered registered:
                OfPerson(registered.PersonId);
                break;
            case PersonDeactivated deactivated:
                OfPerson(deactivated.PersonId);
                break;
        }

        void OfTeam(Guid patient, Guid member)
        {
            if (patients.TryGetValue((e.TenantId, patient), out var watches))
            {
                foreach (var watch in watches.Keys)
                {
                    watch.Recheck();
                }
            }

            foreach (var watch in records.Keys.Where(w => w.By.TenantId == e.TenantId && (w.By.PersonId == member || w.By.OrganisationId == member)))
            {
                watch.Reload();
            }
        }

        void OfPerson(Guid person)
        {
            foreach (var watch in patients.Values.SelectMany(w => w.Keys).Where(w => w.By.TenantId == e.TenantId && w.By.PersonId == person))
            {
                watch.Recheck();
            }

            foreach (var watch in records.Keys.Where(w => w.By.TenantId == e.TenantId && w.By.PersonId == person))
            {
                watch.Reload();
            }
        }
    }

    private void Confirm() => Interlocked.Exchange(ref confirmedTicks, time.GetUtcNow().UtcTicks);

    /// <summary>Confirms that nothing was missed while nothing was written, moves every watch's mark on, and notices memberships that ran out.</summary>
    private async Task BeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Beat, time);
        for (var beat = 0; ; beat++)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(ct))
                {
                    return;
                }

                // Every second beat asks the log itself, whose answer, not the silence, says that a screen is complete.
                if (beat % 2 == 0 && (!patients.IsEmpty || !records.IsEmpty) && started.Task.IsCompleted)
                {
                    var at = time.GetUtcNow();
                    if (await store.HeadAsync(ct) <= Position)
                    {
                        Interlocked.Exchange(ref confirmedTicks, at.UtcTicks);
                    }
                }

                var now = time.GetUtcNow();
                foreach (var watch in patients.Values.SelectMany(w => w.Keys))
                {
                    watch.Beat(now);
                }

                foreach (var watch in records.Keys)
                {
                    watch.Beat(now);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Failures.IsOutage(e))
            {
                log.LogDebug(e, "The database cannot be asked how far the log goes");
            }
            catch (Exception e)
            {
                log.LogError(e, "A beat of the live feed failed");
            }
        }
    }
}
