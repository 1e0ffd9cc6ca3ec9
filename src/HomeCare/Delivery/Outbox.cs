using HomeCare.EventStore;
using HomeCare.Instructions;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Delivery;

/// <summary>By which way somebody is told.</summary>
public enum DeliveryChannel
{
    /// <summary>E-mail to the person's confirmed address.</summary>
    Email,
    /// <summary>The community's webhook.</summary>
    Webhook,
}

/// <summary>What a delivery is for.</summary>
public enum DeliveryKind
{
    /// <summary>Something needs the person.</summary>
    Notice,
    /// <summary>An address is to be confirmed.</summary>
    Confirmation,
}

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, now or later.</summary>
    Waiting,
    /// <summary>Accepted by the other side.</summary>
    Sent,
    /// <summary>Not wanted or not permitted any more when its turn came.</summary>
    Dropped,
    /// <summary>Given up; an operator may try again.</summary>
    Dead,
}

/// <summary>Something to be sent.</summary>
/// <param name="DeliveryId">The same for every attempt: the other side tells repeats by it.</param>
/// <param name="TenantId">The community.</param>
/// <param name="PersonId">Who is told.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Kind">What for.</param>
/// <param name="PatientId">Whose record it is about; not for an address to be confirmed.</param>
/// <param name="Sequence">The event.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">Since when it waits.</param>
public sealed record Dispatch(
    Guid DeliveryId, string TenantId, Guid PersonId, DeliveryChannel Channel, DeliveryKind Kind, Guid? PatientId, long Sequence, int Attempts, DateTimeOffset CreatedAt);

/// <summary>What became of an attempt.</summary>
public enum Attempt
{
    /// <summary>The other side took it.</summary>
    Sent,
    /// <summary>It may be taken later.</summary>
    Later,
    /// <summary>It will never be taken.</summary>
    Never,
    /// <summary>It is not wanted or not permitted any more.</summary>
    Unwanted,
}

/// <summary>
/// What is to be told outside the page: one table, filled from the log by one node at a time, each event once, and emptied by the same node. What was sent
/// and not noted is sent again: at least once, always with the same identifier. The rows hold no word of a record and no address.
/// </summary>
public sealed class Outbox(Store store, TimeProvider time)
{
    /// <summary>How often a delivery is tried before it is given up.</summary>
    public const int MostAttempts = 10;

    private const int Page = 200;
    private static readonly TimeSpan OldestTold = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Makes the tables if they are not there. Following begins at the end of the log: nobody is told of the past.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = store.Database.CreateCommand(
            """
            create table if not exists outbox (delivery_id uuid primary key, tenant_id text not null, person_id uuid not null, channel text not null, kind text not null,
                patient_id uuid, sequence bigint not null, state text not null, attempts int not null, next_at timestamptz not null, error text,
                created_at timestamptz not null, ended_at timestamptz);
            create index if not exists outbox_waiting on outbox (next_at) where state = 'Waiting';
            create table if not exists outbox_progress (one boolean primary key check (one), sequence bigint not null);
            insert into outbox_progress values (true, (select coalesce(max(seq_id), 0) from mt_events)) on conflict do nothing;
            create table if not exists delivery_preferences (tenant_id text not null, person_id uuid not null, email text, by_email boolean not null, by_webhook boolean not null,
                pending_email text, pending_nonce text, asked_at timestamptz, changed_at timestamptz not null, primary key (tenant_id, person_id));
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How long is waited after so many attempts: half a minute, doubled each time, an hour at most.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(attempts - 1, 0, 20)));

    /// <summary>Takes the next events from the log. The rows and how far it has come are committed together.</summary>
    /// <param name="connection">Held by the one node whose turn it is.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> FollowAsync(NpgsqlConnection connection, CancellationToken ct = default)
    {
        var position = (await RowsAsync(connection, null, "select sequence from outbox_progress", r => r.GetInt64(0), ct))[0];
        var events = await store.ReadAllAsync(position, Page, ct: ct);
        if (events.Count == 0)
        {
            return false;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var e in events)
        {
            // After a long pause nobody is told of what is over.
            if (time.GetUtcNow() - e.RecordedAt < OldestTold && Notice.Of(e) is { } notice)
            {
                await AddAsync(connection, transaction, e, notice, ct);
            }
        }

        await ExecuteAsync(connection, transaction, "update outbox_progress set sequence = $1 where sequence = $2", ct, events[^1].Sequence, position);
        await transaction.CommitAsync(ct);
        return events.Count == Page;
    }

    /// <summary>Puts an address to be confirmed into the outbox.</summary>
    public async Task AskAsync(string tenantId, Guid personId, string nonce, CancellationToken ct = default)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await InsertAsync(connection, null, Ids.Of("confirmation", tenantId, personId.ToString(), nonce), tenantId, personId, DeliveryChannel.Email, DeliveryKind.Confirmation, null, 0, ct);
    }

    /// <summary>Those whose turn it is, the longest waiting first.</summary>
    public async Task<IReadOnlyList<Dispatch>> DueAsync(NpgsqlConnection connection, int most, CancellationToken ct = default) => await RowsAsync(connection, null,
        """
        select delivery_id, tenant_id, person_id, channel, kind, patient_id, sequence, attempts, created_at from outbox
        where state = 'Waiting' and next_at <= $1 order by next_at, created_at, delivery_id limit $2
        """,
        Read, ct, Sql.Instant(time.GetUtcNow()), most);

    /// <summary>Notes what became of an attempt.</summary>
    /// <param name="connection">Any.</param>
    /// <param name="delivery">What was tried.</param>
    /// <param name="attempt">What became of it.</param>
    /// <param name="error">Why not, in a word or two without addresses and secrets.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How it stands now.</returns>
    public async Task<DeliveryState> NoteAsync(NpgsqlConnection connection, Dispatch delivery, Attempt attempt, string? error, CancellationToken ct = default)
    {
        var attempts = delivery.Attempts + 1;
        var state = attempt switch
        {
            Attempt.Sent => DeliveryState.Sent,
            Attempt.Unwanted => DeliveryState.Dropped,
            Attempt.Later when attempts < MostAttempts => DeliveryState.Waiting,
            _ => DeliveryState.Dead,
        };
        var now = time.GetUtcNow();
        await ExecuteAsync(connection, null,
            "update outbox set state = $2, attempts = $3, next_at = $4, error = $5, ended_at = $6 where delivery_id = $1 and state = 'Waiting'", ct,
            delivery.DeliveryId, state.ToString(), attempts, Sql.Instant(now + PauseAfter(attempts)), Sql.Nullable(error), Sql.Instant(state == DeliveryState.Waiting ? null : now));
        return state;
    }

    /// <summary>How many stand how, for an operator.</summary>
    public Task<IReadOnlyList<(DeliveryState State, long Count)>> CountsAsync(CancellationToken ct = default) =>
        Query.RowsAsync(store.Database, "select state, count(*) from outbox group by 1 order by 1", r => (Query.Choice<DeliveryState>(r, 0), r.GetInt64(1)), ct);

    /// <summary>Those that were given up, the last first, and why; at most 100.</summary>
    public Task<IReadOnlyList<(Dispatch Dispatch, string? Error)>> DeadAsync(CancellationToken ct = default) => Query.RowsAsync(store.Database,
        """
        select delivery_id, tenant_id, person_id, channel, kind, patient_id, sequence, attempts, created_at, error from outbox
        where state = 'Dead' order by ended_at desc limit 100
        """,
        r => (Read(r), Sql.Text(r, 9)), ct);

    /// <summary>Tries those that were given up once more, after their cause was mended.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RetryAsync(CancellationToken ct = default)
    {
        await using var command = store.Database.CreateCommand("update outbox set state = 'Waiting', attempts = 0, next_at = $1, ended_at = null where state = 'Dead'");
        command.Parameters.Add(Sql.Instant(time.GetUtcNow()));
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A delivery of this person's own; null for another's.</summary>
    public async Task<Dispatch?> OfAsync(Actor by, Guid deliveryId, CancellationToken ct = default) => await Query.RowsAsync(store.Database,
        "select delivery_id, tenant_id, person_id, channel, kind, patient_id, sequence, attempts, created_at from outbox where delivery_id = $1 and tenant_id = $2 and person_id = $3",
        Read, ct, deliveryId, by.TenantId, by.PersonId) is [var delivery] ? delivery : null;

    private async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, StoredEvent e, Notice notice, CancellationToken ct)
    {
        var team = await RowsAsync(connection, transaction,
            """
            select distinct p.person_id, coalesce(m.profession, p.profession), d.by_email and d.email is not null, d.by_webhook
            from care_team t
            left join memberships m on m.tenant_id = t.tenant_id and m.organisation_id = t.organisation_id
            join people p on p.tenant_id = t.tenant_id and p.person_id = coalesce(t.person_id, m.person_id) and p.active
            join delivery_preferences d on d.tenant_id = p.tenant_id and d.person_id = p.person_id
            where t.tenant_id = $1 and t.patient_id = $2 and t.from_at <= $3 and (t.until_at is null or t.until_at > $3)
            """,
            r => (Person: r.GetGuid(0), Profession: Query.Choice<Profession>(r, 1), Email: r.GetBoolean(2), Webhook: r.GetBoolean(3)), ct,
            e.TenantId, notice.PatientId, Sql.Instant(time.GetUtcNow()));
        if (team.Count == 0)
        {
            return;
        }

        var countersign = notice.To is Recipient.CountersignerOf of
            ? (await RowsAsync(connection, transaction,
                "select countersign, issuer_id, taken_by from instructions where tenant_id = $1 and instruction_id = $2 and countersign is not null and countersigned_at is null",
                r => (Asked: Query.FromJson<Countersign>(r, 0)!, Issuer: r.GetGuid(1), Taker: Sql.Value<Guid>(r, 2)), ct, e.TenantId, of.InstructionId)).Where(c => c.Asked.Before == of.Before).ToList()
            : [];
        Guid? person = notice.To switch
        {
            Recipient.Person p => p.PersonId,
            Recipient.IssuerOf i => First(await RowsAsync(connection, transaction, "select issuer_id from instructions where tenant_id = $1 and instruction_id = $2", r => r.GetGuid(0), ct, e.TenantId, i.InstructionId)),
            Recipient.AskerOf a => (await store.ReadStreamAsync(e.TenantId, Instruction.StreamOf(a.InstructionId), ct: ct)).Events
                .Where(x => x.Data is InstructionQuestioned && x.Sequence < e.Sequence).Select(x => (Guid?)Author.Of(x).PersonId).LastOrDefault(),
            Recipient.NextVisitor => First(await RowsAsync(connection, transaction,
                """
                select visitor_id from visits where tenant_id = $1 and patient_id = $2 and (stage = 'Started' or (stage = 'Planned' and planned_at >= $3))
                order by coalesce(started_at, planned_at) limit 1
                """,
                r => r.GetGuid(0), ct, e.TenantId, notice.PatientId, Sql.Instant(time.GetUtcNow().AddHours(-2)))),
            _ => null,
        };
        var author = Author.Of(e).PersonId;
        foreach (var member in team.Where(m => m.Person != author && notice.To switch
                 {
                     Recipient.Trade t => InstructionTakers.SameTrade(t.Profession, m.Profession),
                     Recipient.CountersignerOf => countersign.Any(c => c.Asked.CouldBe(m.Person, m.Profession, c.Issuer, c.Taker) && (c.Asked.PersonId is null || c.Asked.PersonId == m.Person)),
                     Recipient.NextVisitor n => m.Person == person && InstructionTakers.MayTake(n.Kind, m.Profession),
                     _ => m.Person == person,
                 }))
        {
            foreach (var channel in new[] { (DeliveryChannel.Email, member.Email), (DeliveryChannel.Webhook, member.Webhook) }.Where(c => c.Item2).Select(c => c.Item1))
            {
                var id = Ids.Of("delivery", e.TenantId, e.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), member.Person.ToString(), channel.ToString());
                await InsertAsync(connection, transaction, id, e.TenantId, member.Person, channel, DeliveryKind.Notice, notice.PatientId, e.Sequence, ct);
            }
        }
    }

    private async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid id, string tenant, Guid person, DeliveryChannel channel, DeliveryKind kind, Guid? patient, long sequence, CancellationToken ct) =>
        await ExecuteAsync(connection, transaction, "insert into outbox values ($1, $2, $3, $4, $5, $6, $7, 'Waiting', 0, $8, null, $8, null) on conflict do nothing", ct,
            id, tenant, person, channel.ToString(), kind.ToString(), Sql.Nullable(patient), sequence, Sql.Instant(time.GetUtcNow()));

    private static Guid? First(IReadOnlyList<Guid> ids) => ids.Count > 0 ? ids[0] : null;

    private static Dispatch Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetGuid(2), Query.Choice<DeliveryChannel>(r, 3), Query.Choice<DeliveryKind>(r, 4), Sql.Value<Guid>(r, 5), r.GetInt64(6), r.GetInt32(7), Sql.Instant(r, 8));

    private static NpgsqlCommand Command(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken ct, params object?[] parameters)
    {
        await using var command = Command(connection, transaction, sql, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params object?[] parameters)
    {
        await using var command = Command(connection, transaction, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await Query.RowsAsync(reader, row, ct);
    }
}
