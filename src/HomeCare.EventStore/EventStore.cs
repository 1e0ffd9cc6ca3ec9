using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>
/// Events in PostgreSQL, in Marten's tables. One instance a process and database: it holds a connection to write, one to
/// notify and, once a tail is read, one to listen.
/// </summary>
public sealed class EventStore : IAsyncDisposable
{
    private readonly EventStoreOptions options;
    private readonly EventReader reader;
    private readonly Wakeups wakeups;
    private readonly Appender appender;
    private readonly ViewRebuild rebuild;
    private readonly Migration migration;
    private readonly GatheredReads<(string Tenant, string Stream, Guid Command), (IReadOnlyList<StoredEvent> Events, (CommandKey Key, Receipt Receipt)? Earlier)> forWriting;

    /// <param name="views">written in the append's transaction</param>
    /// <param name="asyncViews">written behind it, by <see cref="Projections.RunAsync"/></param>
    public EventStore(
        NpgsqlDataSource db, EventTypes types, IReadOnlyList<IView> views, TimeProvider time, EventStoreOptions? options = null, IReadOnlyList<IView>? asyncViews = null)
    {
        asyncViews ??= [];
        if (views.Concat(asyncViews).Select(v => v.Name).Distinct(StringComparer.Ordinal).Count() < views.Count + asyncViews.Count)
            throw new ArgumentException("Two views have the same name.", nameof(views));
        Database = db;
        Types = types;
        Views = views;
        AsyncViews = asyncViews;
        this.options = options ?? new();
        reader = new(types);
        forWriting = new(db, reader.ReadForWritingAsync);
        rebuild = new(db, reader, this.options);
        migration = new(db, rebuild, views, asyncViews);
        wakeups = new(db, this.options);
        appender = new(db, views, time, this.options, wakeups.Committed);
        Tail = new(this, wakeups, this.options);
        Projections = new(db, reader, asyncViews, wakeups, this.options);
        Evidence = new(db);
    }

    public NpgsqlDataSource Database { get; }

    public EventTypes Types { get; }

    /// <summary>Written in the append's transaction.</summary>
    public IReadOnlyList<IView> Views { get; }

    /// <summary>Written behind it.</summary>
    public IReadOnlyList<IView> AsyncViews { get; }

    /// <summary>What writes the asynchronous views.</summary>
    public Projections Projections { get; }

    /// <summary>The gap-free, ordered tail of the whole log.</summary>
    public EventTail Tail { get; }

    /// <summary>How many appends wait for a place in a transaction.</summary>
    public int Queued => appender.Queued;

    /// <summary>How many may.</summary>
    public int QueueCapacity => options.QueueCapacity;

    /// <summary>What proves that the log was not tampered with.</summary>
    public Evidence Evidence { get; }

    /// <summary>
    /// Makes what is missing, and makes again each view whose <see cref="IView.Revision"/> changed. Harmless when all is there,
    /// and when several nodes do it at once.
    /// </summary>
    public Task MigrateAsync(CancellationToken ct = default) => migration.MigrateAsync(ct);

    /// <summary>
    /// Writes what a command decided, together with the views and the command's id. Returns only after the commit. A cancelled
    /// wait does not take back what was queued.
    /// </summary>
    /// <exception cref="ArgumentException">the append asks for nothing, or for an event that is not mapped</exception>
    /// <exception cref="InvalidEventBody">something in it cannot be stored</exception>
    /// <exception cref="StoreBusy">the queue is full</exception>
    /// <exception cref="StoreUnavailable">the database went away and did not come back in time</exception>
    /// <exception cref="ViewFailed">a view threw; nothing of this append was written</exception>
    /// <exception cref="PostgresException">PostgreSQL refused a view's statement; nothing of this append was written</exception>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken ct = default)
    {
        using var trace = Telemetry.Source.StartActivity("append");
        var result = await appender.AppendAsync(Pending.Of(append, Types, options), ct);
        trace?.SetTag("homecare.outcome", result.GetType().Name);
        return result;
    }

    /// <summary>
    /// Ends a stream for good: it gets a last event that says why, takes no more, and reads leave it out unless they ask for it. Its rows
    /// in the views stay.
    /// </summary>
    /// <param name="by">who archives, kept as the event's user</param>
    public Task<AppendResult> ArchiveAsync(string tenantId, string streamId, string reason, string by, CancellationToken ct = default) =>
        AppendAsync(new(tenantId, [new(streamId, null, ExpectedVersion.Any, [new Archived(reason)])]) { UserName = by }, ct);

    /// <summary>A stream's events. One that does not exist, and an archived one, has none.</summary>
    /// <param name="toVersion">null: to its end</param>
    /// <param name="asOf">only what was recorded up to and including this moment</param>
    public async Task<EventStream> ReadStreamAsync(
        string tenantId, string streamId, long fromVersion = 1, long? toVersion = null, DateTimeOffset? asOf = null, bool includeArchived = false,
        CancellationToken ct = default)
    {
        await using var connection = await Database.OpenConnectionAsync(ct);
        await using var command = StreamCommand(connection, tenantId, streamId, fromVersion, toVersion, asOf, includeArchived);
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return new(streamId, await reader.ReadAsync(rows, ct));
    }

    /// <summary>
    /// Folds a stream as it is read, Marten's live aggregation: what it comes to, now or at a version or a moment, and the version that
    /// this was. A stream that does not exist, and an archived one, comes to <paramref name="initial"/> at version 0.
    /// </summary>
    public async Task<(T State, long Version)> AggregateStreamAsync<T>(
        string tenantId, string streamId, T initial, Func<T, StoredEvent, T> apply, long? toVersion = null, DateTimeOffset? asOf = null,
        bool includeArchived = false, CancellationToken ct = default)
    {
        await using var connection = await Database.OpenConnectionAsync(ct);
        await using var command = StreamCommand(connection, tenantId, streamId, fromVersion: 1, toVersion, asOf, includeArchived);
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (state, version) = (initial, 0L);
        while (await rows.ReadAsync(ct))
        {
            var e = reader.Read(rows);
            (state, version) = (apply(state, e), e.Version);
        }

        return (state, version);
    }

    /// <summary>A stream to decide on; <see cref="EventStream.Then"/> makes the append of the decision.</summary>
    public Task<EventStream> FetchForWritingAsync(string tenantId, string streamId, CancellationToken ct = default) =>
        ReadStreamAsync(tenantId, streamId, ct: ct);

    /// <summary>
    /// Marten's FetchForWriting with the command's id, in one round trip: the stream to decide on, and, where the id was
    /// used before, the answer it must get (<see cref="AppendResult.Repeated"/> or <see cref="AppendResult.CommandReused"/>).
    /// </summary>
    public async Task<(EventStream Stream, AppendResult? Earlier)> FetchForWritingAsync(
        string tenantId, string streamId, CommandKey key, CancellationToken ct = default)
    {
        var (events, earlier) = await forWriting.AskAsync((tenantId, streamId, key.Id), ct);
        AppendResult? result = earlier is not var (stored, receipt) ? null
            : stored.IsOf(key.Person, key.Fingerprint) ? new AppendResult.Repeated(receipt) : new AppendResult.CommandReused();
        return (new(streamId, events), result);
    }

    /// <summary>The log after a sequence, in order, of one tenant or of all.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadAllAsync(long afterSequence, int limit, string? tenantId = null, CancellationToken ct = default) =>
        ReadAllAsync(afterSequence, limit, tenantId, includeArchived: false, ct);

    /// <inheritdoc cref="ReadAllAsync(long, int, string?, CancellationToken)"/>
    public async Task<IReadOnlyList<StoredEvent>> ReadAllAsync(long afterSequence, int limit, string? tenantId, bool includeArchived, CancellationToken ct = default)
    {
        await using var connection = await Database.OpenConnectionAsync(ct);
        return await reader.ReadPageAsync(connection, afterSequence, limit, tenantId, upTo: long.MaxValue, ct, includeArchived);
    }

    /// <summary>Single events of one tenant by their sequences, in ascending order; one that does not exist, or is archived, is left out.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(string tenantId, IReadOnlyList<long> sequences, CancellationToken ct = default) =>
        ReadAsync(tenantId, sequences, includeArchived: false, ct);

    /// <inheritdoc cref="ReadAsync(string, IReadOnlyList{long}, CancellationToken)"/>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(string tenantId, IReadOnlyList<long> sequences, bool includeArchived, CancellationToken ct = default)
    {
        if (sequences.Count == 0)
            return [];
        await using var connection = await Database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select {EventReader.Columns} from mt_events where seq_id = any($1) and tenant_id = $2 {(includeArchived ? "" : EventReader.NotArchived)} order by seq_id", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. sequences] },
                Parameters.Of(tenantId, NpgsqlDbType.Varchar),
            },
        };
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(rows, ct);
    }

    /// <summary>The highest committed sequence; 0 when the log is empty.</summary>
    public async Task<long> HeadAsync(CancellationToken ct = default)
    {
        await using var command = Database.CreateCommand("select coalesce(max(seq_id), 0) from mt_events");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Makes a view again from the log, of one tenant or of all, beside the live one: writers and readers go on. Writers wait only while
    /// the last page is written and the new rows take the place of the old ones.
    /// </summary>
    /// <exception cref="ArgumentException">there is no such view</exception>
    /// <exception cref="ViewFailed">the view threw; the old content stays</exception>
    public async Task RebuildAsync(string viewName, string? tenantId = null, CancellationToken ct = default)
    {
        var view = Views.Concat(AsyncViews).FirstOrDefault(v => v.Name == viewName)
            ?? throw new ArgumentException($"There is no view '{viewName}'.", nameof(viewName));
        await using var connection = await Database.OpenConnectionAsync(ct);
        await using var one = await MigrationLock.TakeAsync(connection, ct);
        await (tenantId is null
            ? rebuild.MakeAgainAsync(connection, view, AsyncViews.Contains(view), view.Tables, ct)
            : rebuild.MakeAgainAsync(connection, view, AsyncViews.Contains(view), tenantId, ct));
    }

    private static NpgsqlCommand StreamCommand(
        NpgsqlConnection connection, string tenantId, string streamId, long fromVersion, long? toVersion, DateTimeOffset? asOf, bool includeArchived) => new(
        $"""
        select {EventReader.Columns} from mt_events
        where tenant_id = $1 and stream_id = $2 and version between $3 and $4 and ($5 is null or timestamp <= $5) {(includeArchived ? "" : EventReader.NotArchived)}
        order by version
        """,
        connection)
    {
        Parameters =
        {
            Parameters.Of(tenantId, NpgsqlDbType.Varchar),
            Parameters.Of(streamId, NpgsqlDbType.Varchar),
            Parameters.Of(fromVersion, NpgsqlDbType.Bigint),
            Parameters.Of(toVersion ?? long.MaxValue, NpgsqlDbType.Bigint),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = (object?)asOf?.ToUniversalTime() ?? DBNull.Value },
        },
    };

    /// <summary>Writes what is queued, then lets go of its connections. The data source stays the caller's.</summary>
    public async ValueTask DisposeAsync()
    {
        await appender.DisposeAsync();
        await wakeups.DisposeAsync();
    }
}
