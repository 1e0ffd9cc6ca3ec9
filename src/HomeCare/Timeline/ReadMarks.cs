using HomeCare.EventStore;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Timeline;

/// <summary>Up to where each person has seen each timeline. Not care itself, so it is kept beside the log and not in it; see docs/adr.</summary>
public sealed class ReadMarks(Store store, Access access, TimeProvider time)
{
    /// <summary>One person's marks as they stood at a moment: $1 the tenant, $2 the person cared for, $3 the moment.</summary>
    internal const string AsOfSql =
        """
        select tenant_id, person_id, patient_id, max(sequence), max(marked_at) from read_mark_moves
        where tenant_id = $1 and patient_id = $2 and marked_at <= $3 group by tenant_id, person_id, patient_id
        """;

    /// <summary>The channel on which a move is told to every node: an array of tenant, person and person cared for, as JSON.</summary>
    public const string NotificationChannel = "hc_read_marks";

    /// <summary>Makes the tables if they are not there. Marks from before their moves were kept become their first move.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = store.Database.CreateCommand(
            """
            create table if not exists read_marks (tenant_id text not null, person_id uuid not null, patient_id uuid not null, sequence bigint not null,
                marked_at timestamptz not null, primary key (tenant_id, person_id, patient_id));
            do $$ begin
                if to_regclass('read_mark_moves') is null then
                    create table if not exists read_mark_moves (tenant_id text not null, patient_id uuid not null, person_id uuid not null, sequence bigint not null,
                        marked_at timestamptz not null, primary key (tenant_id, patient_id, person_id, sequence));
                    insert into read_mark_moves select tenant_id, patient_id, person_id, sequence, marked_at from read_marks on conflict do nothing;
                end if;
            end $$
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The last entry seen; 0 when none was.</summary>
    public async Task<long> OfAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        await using var command = store.Database.CreateCommand("select sequence from read_marks where tenant_id = $1 and person_id = $2 and patient_id = $3");
        command.Parameters.Add(new() { Value = by.TenantId });
        command.Parameters.Add(new() { Value = by.PersonId });
        command.Parameters.Add(new() { Value = patientId });
        return await command.ExecuteScalarAsync(ct) as long? ?? 0;
    }

    /// <summary>Moves the mark forward; it never goes back, and never past the end of the log. False when the reader may not see the record.</summary>
    /// <remarks>A move is told to the person's other screens. PostgreSQL commits what notifies one after another, so the commit does not wait for the
    /// disk: a mark that a crash loses is moved again by the next look.</remarks>
    public async Task<bool> MoveToAsync(Actor by, Guid patientId, long sequence, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return false;
        }

        await using var command = store.Database.CreateCommand(
            """
            with moved as (
                insert into read_marks values ($1, $2, $3, least($4, (select coalesce(max(seq_id), 0) from mt_events)), $5)
                on conflict (tenant_id, person_id, patient_id) do update set sequence = excluded.sequence, marked_at = excluded.marked_at
                    where read_marks.sequence < excluded.sequence
                returning tenant_id, patient_id, person_id, sequence, marked_at),
            kept as (insert into read_mark_moves select * from moved on conflict do nothing)
            select pg_notify($6, json_build_array(tenant_id, person_id, patient_id)::text), set_config('synchronous_commit', 'off', true) from moved
            """);
        command.Parameters.Add(new() { Value = by.TenantId });
        command.Parameters.Add(new() { Value = by.PersonId });
        command.Parameters.Add(new() { Value = patientId });
        command.Parameters.Add(new() { Value = sequence });
        command.Parameters.Add(Sql.Instant(time.GetUtcNow()));
        command.Parameters.Add(new() { Value = NotificationChannel });
        await command.ExecuteNonQueryAsync(ct);
        return true;
    }
}
