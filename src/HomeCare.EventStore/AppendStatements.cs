using Npgsql;
using NpgsqlTypes;

namespace HomeCare.EventStore;

/// <summary>The two round trips of an append: read under the lock, then write and commit.</summary>
internal sealed class AppendStatements(NpgsqlConnection connection)
{
    private readonly ViewWriter views = new();

    /// <summary>
    /// Read committed whatever the server's default: each statement after the lock must see what the lock's last holder
    /// committed.
    /// </summary>
    public async Task ReadUnderLockAsync(IReadOnlyList<Pending> pending, AppendPlan plan)
    {
        var streams = new HashSet<StreamKey>();
        var commands = new HashSet<(string Tenant, Guid Id)>();
        var events = 0;
        foreach (var p in pending)
        {
            events += p.EventCount;
            foreach (var s in p.Streams)
                streams.Add(new(p.Append.TenantId, s.Asked.StreamId));
            if (p.Append.Command is { } key)
                commands.Add((p.Append.TenantId, key.Id));
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin isolation level read committed"),
                new(Schema.TakeAppendLock),
                new("""
                    select s.tenant_id, s.id, s.version, last.hc_hash, last.seq_id is not null and last.hc_place is null, coalesce(s.is_archived, false)
                    from unnest($1, $2) as asked (tenant_id, id)
                    join mt_streams s on s.tenant_id = asked.tenant_id and s.id = asked.id
                    left join mt_events last on last.tenant_id = s.tenant_id and last.stream_id = s.id and last.version = s.version
                    """)
                {
                    Parameters =
                    {
                        Parameters.Array<string>([.. streams.Select(s => s.Tenant)], NpgsqlDbType.Varchar),
                        Parameters.Array<string>([.. streams.Select(s => s.Stream)], NpgsqlDbType.Varchar),
                    },
                },
                Heads.Select([.. streams.Select(s => s.Tenant).Distinct(StringComparer.Ordinal)]),
                new("""
                    select c.tenant_id, c.command_id, c.person, c.fingerprint, c.sequence, c.version, c.recorded_at
                    from unnest($1, $2) as asked (tenant_id, command_id)
                    join hc_commands c on c.tenant_id = asked.tenant_id and c.command_id = asked.command_id
                    """)
                {
                    Parameters =
                    {
                        Parameters.Array<string>([.. commands.Select(c => c.Tenant)], NpgsqlDbType.Varchar),
                        Parameters.Array<Guid>([.. commands.Select(c => c.Id)], NpgsqlDbType.Uuid),
                    },
                },
                new("select nextval('mt_events_sequence') from generate_series(1, $1)")
                {
                    Parameters = { Parameters.Of(events, NpgsqlDbType.Integer) },
                },
            },
        };
        await batch.PrepareAsync();
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync(); // the lock gives a row of its own
        while (await reader.ReadAsync())
        {
            var stream = new StreamKey(reader.GetString(0), reader.GetString(1));
            plan.Ends[stream] = new(reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3), reader.GetBoolean(5));
            if (reader.GetBoolean(4))
                plan.Unsealed.Add(stream);
        }

        await reader.NextResultAsync();
        await Heads.ReadAsync(reader, plan.Heads);
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var (key, receipt) = StoredCommands.Read(reader, first: 1);
            plan.Commands[(reader.GetString(0), key.Id)] = (key, receipt);
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            plan.Sequences.Add(reader.GetInt64(0));
    }

    public async Task WriteAndCommitAsync(AppendPlan plan)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (plan.Streams.Count > 0)
        {
            batch.BatchCommands.Add(UpsertStreams(plan));
            batch.BatchCommands.Add(InsertEvents(plan));
            batch.BatchCommands.Add(Heads.Upsert([.. plan.Tenants.Select(t => (t, plan.Heads[t]))], plan.Now));
        }

        if (plan.ToArchive.Count > 0)
        {
            batch.BatchCommands.Add(Archive("mt_streams", "id", plan.ToArchive));
            batch.BatchCommands.Add(Archive("mt_events", "stream_id", plan.ToArchive));
        }

        if (plan.NewCommands.Count > 0)
            batch.BatchCommands.Add(InsertCommands(plan));
        await views.AddAsync(connection, batch, plan.ViewStatements.Statements, CancellationToken.None);
        batch.BatchCommands.Add(new("commit"));
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Seals what another program appended to streams that are about to go on, so that each stream's chain has the order of its versions.</summary>
    public async Task SealAndCommitAsync(IReadOnlyList<StreamKey> streams)
    {
        foreach (var stream in streams.Distinct())
        {
            while (await Sealing.SealPageAsync(connection, stream.Tenant, stream.Stream, CancellationToken.None) > 0)
            {
            }
        }

        await using var command = new NpgsqlCommand("commit", connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task RollBackAsync()
    {
        await using var command = new NpgsqlCommand("rollback", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Whether a plan whose commit broke off is in the log. Taking the lock waits until the broken session is over: until
    /// then it may still commit.
    /// </summary>
    public async Task<bool> WasCommittedAsync(AppendPlan plan)
    {
        var e = plan.Events.Count > 0 ? plan.Events[0].Event : null;
        var command = plan.NewCommands.Count > 0 ? plan.NewCommands[0] : default;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin isolation level read committed"),
                new(Schema.TakeAppendLock),
                e is not null
                    ? new("select exists (select from mt_events where seq_id = $1 and id = $2)")
                    {
                        Parameters = { Parameters.Of(e.Sequence, NpgsqlDbType.Bigint), Parameters.Of(e.Id, NpgsqlDbType.Uuid) },
                    }
                    : new("select exists (select from hc_commands where tenant_id = $1 and command_id = $2)")
                    {
                        Parameters = { Parameters.Of(command.Tenant, NpgsqlDbType.Varchar), Parameters.Of(command.Key.Id, NpgsqlDbType.Uuid) },
                    },
                new("rollback"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetBoolean(0);
    }

    private static NpgsqlBatchCommand UpsertStreams(AppendPlan plan) => new("""
        insert into mt_streams as s (tenant_id, id, type, version, timestamp, created)
        select tenant_id, id, type, version, recorded_at, recorded_at
        from unnest($1, $2, $3, $4, $5) as given (tenant_id, id, type, version, recorded_at)
        on conflict (tenant_id, id) do update
        set version = excluded.version, timestamp = excluded.timestamp, type = coalesce(s.type, excluded.type)
        """)
    {
        Parameters =
        {
            Parameters.Array<string>([.. plan.Streams.Keys.Select(k => k.Tenant)], NpgsqlDbType.Varchar),
            Parameters.Array<string>([.. plan.Streams.Keys.Select(k => k.Stream)], NpgsqlDbType.Varchar),
            Parameters.Array<string?>([.. plan.Streams.Values.Select(r => r.Type)], NpgsqlDbType.Varchar),
            Parameters.Array<long>([.. plan.Streams.Values.Select(r => r.Version)], NpgsqlDbType.Bigint),
            Parameters.Array<DateTimeOffset>([.. plan.Streams.Values.Select(r => r.RecordedAt)], NpgsqlDbType.TimestampTz),
        },
    };

    private static NpgsqlBatchCommand Archive(string table, string id, IReadOnlyList<StreamKey> streams) => new(
        $"update {table} t set is_archived = true from unnest($1, $2) as given (tenant_id, id) where t.tenant_id = given.tenant_id and t.{id} = given.id")
    {
        Parameters =
        {
            Parameters.Array<string>([.. streams.Select(s => s.Tenant)], NpgsqlDbType.Varchar),
            Parameters.Array<string>([.. streams.Select(s => s.Stream)], NpgsqlDbType.Varchar),
        },
    };

    private static NpgsqlBatchCommand InsertEvents(AppendPlan plan)
    {
        var n = plan.Events.Count;
        var sequences = new long[n];
        var ids = new Guid[n];
        var streams = new string[n];
        var versions = new long[n];
        var bodies = new byte[n][];
        var aliases = new string[n];
        var recorded = new DateTimeOffset[n];
        var tenants = new string[n];
        var dotnetTypes = new string[n];
        var correlations = new string?[n];
        var causations = new string?[n];
        var headers = new byte[]?[n];
        var users = new string?[n];
        var places = new long[n];
        var hashes = new byte[n][];
        var logHashes = new byte[n][];
        for (var i = 0; i < n; i++)
        {
            var (e, source, header, place, hash, logHash) = plan.Events[i];
            sequences[i] = e.Sequence;
            ids[i] = e.Id;
            streams[i] = e.StreamId;
            versions[i] = e.Version;
            bodies[i] = source.Body;
            aliases[i] = e.Type;
            recorded[i] = e.RecordedAt;
            tenants[i] = e.TenantId;
            dotnetTypes[i] = source.DotnetType;
            correlations[i] = e.CorrelationId;
            causations[i] = e.CausationId;
            headers[i] = header;
            users[i] = e.UserName;
            places[i] = place;
            hashes[i] = hash;
            logHashes[i] = logHash;
        }

        return new("""
            insert into mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name,
                hc_place, hc_hash, hc_log_hash)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """)
        {
            Parameters =
            {
                Parameters.Array(sequences, NpgsqlDbType.Bigint),
                Parameters.Array(ids, NpgsqlDbType.Uuid),
                Parameters.Array(streams, NpgsqlDbType.Varchar),
                Parameters.Array(versions, NpgsqlDbType.Bigint),
                Parameters.Array(bodies, NpgsqlDbType.Jsonb),
                Parameters.Array(aliases, NpgsqlDbType.Varchar),
                Parameters.Array(recorded, NpgsqlDbType.TimestampTz),
                Parameters.Array(tenants, NpgsqlDbType.Varchar),
                Parameters.Array(dotnetTypes, NpgsqlDbType.Varchar),
                Parameters.Array(correlations, NpgsqlDbType.Varchar),
                Parameters.Array(causations, NpgsqlDbType.Varchar),
                Parameters.Array(headers, NpgsqlDbType.Jsonb),
                Parameters.Array(users, NpgsqlDbType.Varchar),
                Parameters.Array(places, NpgsqlDbType.Bigint),
                Parameters.Array(hashes, NpgsqlDbType.Bytea),
                Parameters.Array(logHashes, NpgsqlDbType.Bytea),
            },
        };
    }

    private static NpgsqlBatchCommand InsertCommands(AppendPlan plan) => new("""
        insert into hc_commands (tenant_id, command_id, person, fingerprint, sequence, version, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        """)
    {
        Parameters =
        {
            Parameters.Array<string>([.. plan.NewCommands.Select(c => c.Tenant)], NpgsqlDbType.Varchar),
            Parameters.Array<Guid>([.. plan.NewCommands.Select(c => c.Key.Id)], NpgsqlDbType.Uuid),
            Parameters.Array<string>([.. plan.NewCommands.Select(c => c.Key.Person)], NpgsqlDbType.Varchar),
            Parameters.Array<byte[]>([.. plan.NewCommands.Select(c => c.Key.Fingerprint)], NpgsqlDbType.Bytea),
            Parameters.Array<long>([.. plan.NewCommands.Select(c => c.Receipt.Sequence)], NpgsqlDbType.Bigint),
            Parameters.Array<long>([.. plan.NewCommands.Select(c => c.Receipt.Version)], NpgsqlDbType.Bigint),
            Parameters.Array<DateTimeOffset>([.. plan.NewCommands.Select(c => c.Receipt.RecordedAt)], NpgsqlDbType.TimestampTz),
        },
    };
}

internal static class StoredCommands
{
    /// <summary>Reads <c>command_id, person, fingerprint, sequence, version, recorded_at</c> from column <paramref name="first"/> on.</summary>
    public static (CommandKey Key, Receipt Receipt) Read(NpgsqlDataReader row, int first) => (
        new(row.GetGuid(first), row.GetString(first + 1), row.GetFieldValue<byte[]>(first + 2)),
        new(row.GetInt64(first + 3), row.GetInt64(first + 4), row.GetFieldValue<DateTimeOffset>(first + 5)));
}
