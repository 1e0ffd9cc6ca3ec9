namespace HomeCare.EventStore;

/// <summary>
/// What one transaction will write, decided in memory from what was read under the append lock. A command that is a repeat,
/// a conflict or that breaks a view drops out; the others do not notice. Commands of the same batch see each other.
/// </summary>
internal sealed class AppendPlan
{
    private readonly IReadOnlyList<Pending> batch;
    private readonly IReadOnlyList<IView> views;
    private readonly ViewBatch scratch = new();
    private int drawn;

    public AppendPlan(IReadOnlyList<Pending> batch, IReadOnlyList<IView> views, DateTimeOffset now)
    {
        this.batch = batch;
        this.views = views;
        Now = now;
        Results = new AppendResult?[batch.Count];
        Faults = new Exception?[batch.Count];
    }

    /// <summary>The store's clock at the moment of writing.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Read under the lock: where the streams that exist end.</summary>
    public Dictionary<StreamKey, StreamEnd> Ends { get; } = [];

    /// <summary>Read under the lock: where the tenants' chains end.</summary>
    public Dictionary<string, ChainHead> Heads { get; } = [];

    /// <summary>Read under the lock: streams whose last event another program wrote, without a hash.</summary>
    public List<StreamKey> Unsealed { get; } = [];

    /// <summary>Read under the lock: the commands that were given before.</summary>
    public Dictionary<(string Tenant, Guid Command), (CommandKey Key, Receipt Receipt)> Commands { get; } = [];

    /// <summary>Read under the lock: as many sequence numbers as the batch has events.</summary>
    public List<long> Sequences { get; } = [];

    public AppendResult?[] Results { get; }

    public Exception?[] Faults { get; }

    public List<PlannedEvent> Events { get; } = [];

    /// <summary>The tenants of the events.</summary>
    public HashSet<string> Tenants { get; } = [];

    /// <summary>Each stream once, with its version at the end of the batch.</summary>
    public Dictionary<StreamKey, StreamRow> Streams { get; } = [];

    /// <summary>Streams whose last event says that they are archived.</summary>
    public List<StreamKey> ToArchive { get; } = [];

    public List<(string Tenant, CommandKey Key, Receipt Receipt)> NewCommands { get; } = [];

    public ViewBatch ViewStatements { get; } = new();

    public bool WritesNothing => Events.Count == 0 && NewCommands.Count == 0;

    public void Decide()
    {
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                Results[i] = Decide(batch[i]);
            }
            catch (Exception fault) when (fault is ViewFailed)
            {
                Faults[i] = fault;
            }
        }
    }

    private AppendResult Decide(Pending pending)
    {
        var append = pending.Append;
        if (append.Command is { } key && Commands.TryGetValue((append.TenantId, key.Id), out var earlier))
        {
            return earlier.Key.IsOf(key.Person, key.Fingerprint)
                ? new AppendResult.Repeated(earlier.Receipt)
                : new AppendResult.CommandReused();
        }

        if (append.Streams.Count == 0)
        {
            var found = append.Found!.Value;
            found = found with { RecordedAt = WholeMicroseconds(found.RecordedAt) };
            Remember(append, found);
            return new AppendResult.Appended(found, []);
        }

        var firstSequence = drawn;
        var recordedAt = WholeMicroseconds(append.RecordedAt ?? Now);
        var touched = new Dictionary<StreamKey, StreamRow>();
        var events = new List<StoredEvent>(pending.EventCount);
        var sources = new List<PendingEvent>(pending.EventCount);
        Receipt? receipt = null;
        foreach (var stream in pending.Streams)
        {
            var id = new StreamKey(append.TenantId, stream.Asked.StreamId);
            if (stream.Events.Count > 0 && Ends.GetValueOrDefault(id).IsArchived)
            {
                drawn = firstSequence;
                return new AppendResult.StreamArchived(stream.Asked.StreamId);
            }

            var version = touched.TryGetValue(id, out var row) ? row.Version : Ends.GetValueOrDefault(id).Version;
            if (!stream.Asked.Expected.Admits(version))
            {
                drawn = firstSequence;
                return new AppendResult.Conflict(stream.Asked.StreamId, version);
            }

            foreach (var e in stream.Events)
            {
                version++;
                events.Add(new(
                    Sequences[drawn++], Guid.CreateVersion7(recordedAt), append.TenantId, id.Stream, version, e.Alias, e.Data, recordedAt,
                    append.Headers, append.UserName, append.CorrelationId, append.CausationId, IsArchived: false));
                sources.Add(e);
            }

            if (stream.Events.Count > 0)
                touched[id] = new(stream.Asked.StreamType, version, recordedAt);
            receipt ??= new(events[^1].Sequence, version, recordedAt);
        }

        try
        {
            scratch.Clear();
            foreach (var e in events)
                Projecting.Project(views, e, scratch);
        }
        catch (ViewFailed)
        {
            drawn = firstSequence;
            throw;
        }

        ViewStatements.AddRange(scratch);
        for (var i = 0; i < events.Count; i++)
            Events.Add(Sealed(events[i], sources[i], pending));
        foreach (var (id, row) in touched)
            Streams[id] = row with { Type = row.Type ?? Streams.GetValueOrDefault(id).Type };
        foreach (var e in events.Where(e => e.Data is Archived))
        {
            var id = new StreamKey(e.TenantId, e.StreamId);
            Ends[id] = Ends[id] with { IsArchived = true };
            ToArchive.Add(id);
        }

        Remember(append, receipt!.Value);
        return new AppendResult.Appended(receipt.Value, events);
    }

    private PlannedEvent Sealed(StoredEvent e, PendingEvent source, Pending pending)
    {
        var stream = new StreamKey(e.TenantId, e.StreamId);
        var head = Heads.GetValueOrDefault(e.TenantId, ChainHead.None);
        var hash = EventSeal.HashOf(
            new(e.TenantId, e.Sequence, e.Id, e.StreamId, e.Version, e.Type, e.RecordedAt, source.DotnetType, e.CorrelationId, e.CausationId,
                e.UserName, pending.HeadersHash, source.BodyHash),
            Ends.GetValueOrDefault(stream).Hash ?? EventSeal.Nothing);
        head = new(head.Place + 1, e.Sequence, EventSeal.Link(head.Hash, hash));
        Heads[e.TenantId] = head;
        Ends[stream] = new(e.Version, hash);
        Tenants.Add(e.TenantId);
        return new(e, source, pending.Headers, head.Place, hash, head.Hash);
    }

    private void Remember(Append append, Receipt receipt)
    {
        if (append.Command is not { } key)
            return;
        Commands.Add((append.TenantId, key.Id), (key, receipt));
        NewCommands.Add((append.TenantId, key, receipt));
    }

    /// <summary>timestamptz holds whole microseconds: what is answered must equal what is read back.</summary>
    private static DateTimeOffset WholeMicroseconds(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

internal readonly record struct StreamKey(string Tenant, string Stream);

/// <param name="Hash">of its last event; null when there is none</param>
internal readonly record struct StreamEnd(long Version, byte[]? Hash, bool IsArchived = false);

internal sealed record PlannedEvent(StoredEvent Event, PendingEvent Source, byte[]? Headers, long Place, byte[] Hash, byte[] LogHash);

internal readonly record struct StreamRow(string? Type, long Version, DateTimeOffset RecordedAt);

internal static class Projecting
{
    /// <exception cref="ViewFailed">a view threw</exception>
    public static void Project(IReadOnlyList<IView> views, StoredEvent e, ViewBatch into)
    {
        foreach (var view in views)
        {
            try
            {
                view.Project(e, into);
            }
            catch (Exception inner)
            {
                throw new ViewFailed(view.Name, e.Sequence, inner);
            }
        }
    }
}
