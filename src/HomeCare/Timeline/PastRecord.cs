using HomeCare.Communities;
using HomeCare.Cover;
using HomeCare.EventStore;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Timeline;

/// <summary>Where the database with the views is, with everything needed to open another connection.</summary>
public sealed record ViewsAddress(string ConnectionString);

/// <summary>Opens one person's record as it was known at a past moment: from the events recorded up to and including it, in the order of the log.</summary>
public sealed class PastRecords(ViewsAddress address, Store store, Access access, TimeProvider time) : IDisposable
{
    /// <summary>Records opened at the same time; each costs a connection and the projecting of a whole record.</summary>
    private const int MostAtOnce = 2;

    private const int Page = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim places = new(MostAtOnce);

    /// <summary>Opens a record; dispose it. Who may see the record now may see it as it was; nobody else.</summary>
    /// <returns>Null when the reader may not see the record, is one of those for whom something may have been hidden since (the person and relatives), or the moment has not come yet.</returns>
    /// <exception cref="TimeoutException">too many are open at once, or it took too long; it may be tried again</exception>
    public async Task<PastRecord?> OpenAsync(Actor by, Guid patientId, DateTimeOffset at, CancellationToken ct = default)
    {
        if (at > time.GetUtcNow() || !Permissions.SeesTeamOnly(by.Profession) || !await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        if (!await places.WaitAsync(Longest, ct))
        {
            throw new TimeoutException("Too many past records are open at once.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Longest);
        ViewsBeside? views = null;
        try
        {
            views = await ViewsBeside.OpenAsync(address.ConnectionString, CareEvents.Views, ["read_marks"], Longest, patience.Token);
            foreach (var page in (await SequencesAsync(by.TenantId, patientId, at, patience.Token)).Chunk(Page))
            {
                await views.ProjectAsync(await store.ReadAsync(by.TenantId, page, includeArchived: true, patience.Token), patience.Token);
            }

            await Query.RowsAsync(views.Database, $"insert into read_marks {ReadMarks.AsOfSql}", _ => 0, patience.Token, by.TenantId, patientId, Sql.Instant(at));
            return new PastRecord(views, store.Types, patientId, at, () => places.Release());
        }
        catch (Exception e)
        {
            if (views is not null)
            {
                await views.DisposeAsync();
            }

            places.Release();
            if (!ct.IsCancellationRequested && e is OperationCanceledException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
            {
                throw new TimeoutException("The past record took too long to make.", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    /// <summary>Everything recorded of the person, and of the community's people, organisations and rotas, up to the moment.</summary>
    private async Task<IReadOnlyList<long>> SequencesAsync(string tenantId, Guid patientId, DateTimeOffset at, CancellationToken ct)
    {
        var named = await Query.RowsAsync(store.Database,
            "select person_id, true from people where tenant_id = $1 union all select organisation_id, false from organisations where tenant_id = $1",
            r => (Id: r.GetGuid(0), IsPerson: r.GetBoolean(1)), ct, tenantId);
        string[] streams =
        [
            Communities.Community.Stream, .. named.Where(n => n.IsPerson).Select(n => Person.StreamOf(n.Id)),
            .. named.Where(n => !n.IsPerson).SelectMany(n => new[] { Organisation.StreamOf(n.Id), Rota.StreamOf(n.Id) }),
        ];
        return await Query.RowsAsync(store.Database,
            """
            select seq_id from mt_events where tenant_id = $1 and stream_id = any($3) and timestamp <= $4
            union
            select e.seq_id from timeline t join mt_events e on e.seq_id = t.sequence where t.tenant_id = $1 and t.patient_id = $2 and e.timestamp <= $4
            order by 1
            """,
            r => r.GetInt64(0), ct, tenantId, patientId, streams, Sql.Instant(at));
    }
}

/// <summary>One person's record as it was known at a moment, through the same readers that show it now.</summary>
public sealed class PastRecord : IAsyncDisposable
{
    private readonly ViewsBeside views;
    private readonly Store log;
    private readonly Action closed;

    internal PastRecord(ViewsBeside views, EventTypes types, Guid patientId, DateTimeOffset at, Action closed)
    {
        (this.views, this.closed, At, Time) = (views, closed, at, new StandingClock(at));
        log = new Store(views.Database, types, [], Time);
        var access = new Access(views.Database, Time) { Granted = patientId };
        Patients = new PatientReader(views.Database, access, Time);
        Timeline = new TimelineReader(log, access);
        Readings = new ReadingsReader(views.Database, access);
        Instructions = new InstructionReader(views.Database, access, Time);
        Community = new CommunityReader(views.Database, access);
        Watching = new WatchReader(views.Database, access, Time);
        Orders = new NursingOrderReader(views.Database, access, Time);
        Visits = new VisitReader(views.Database, access, Time);
    }

    /// <summary>The moment.</summary>
    public DateTimeOffset At { get; }

    /// <summary>A clock that stands at the moment.</summary>
    public TimeProvider Time { get; }

    /// <summary/>
    public PatientReader Patients { get; }

    /// <summary/>
    public TimelineReader Timeline { get; }

    /// <summary/>
    public ReadingsReader Readings { get; }

    /// <summary/>
    public InstructionReader Instructions { get; }

    /// <summary/>
    public CommunityReader Community { get; }

    /// <summary/>
    public WatchReader Watching { get; }

    /// <summary/>
    public NursingOrderReader Orders { get; }

    /// <summary/>
    public VisitReader Visits { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await log.DisposeAsync();
            await views.DisposeAsync();
        }
        finally
        {
            closed();
        }
    }

    private sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at.ToUniversalTime();
    }
}
