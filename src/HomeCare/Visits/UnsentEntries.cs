using Npgsql;

namespace HomeCare.Visits;

/// <summary>An entry that stays on a device because it was refused, as the device reports it.</summary>
/// <param name="CommandId">The entry.</param>
/// <param name="PatientId">Whom it is about.</param>
/// <param name="Command">What it would do: <c>record-visit</c>.</param>
/// <param name="Reason">The key of the refusal.</param>
/// <param name="Since">When it was finished.</param>
public sealed record UnsentEntry(Guid CommandId, Guid PatientId, string Command, string Reason, DateTimeOffset Since);

/// <summary>The same as colleagues see it.</summary>
/// <param name="Entry">What is known of it; its words stay on the device.</param>
/// <param name="PersonId">Who wrote it.</param>
/// <param name="PersonName">Their name.</param>
/// <param name="PatientName">Whom it is about; null where the reader may not see the record.</param>
public sealed record UnsentLine(UnsentEntry Entry, Guid PersonId, string PersonName, string? PatientName);

/// <summary>What waits refused on devices, so that the office sees it. Not care itself, so it is kept beside the log and not in it; see docs/adr.</summary>
public sealed class UnsentEntries(NpgsqlDataSource database, Access access, TimeProvider time)
{
    /// <summary>The most entries one device reports.</summary>
    public const int Most = 500;

    /// <summary>Makes the table if it is not there.</summary>
    public async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand(
            """
            create table if not exists unsent_entries (tenant_id text not null, device_id uuid not null, person_id uuid not null, person_name text not null,
                organisation_id uuid, command_id uuid not null, patient_id uuid not null, command text not null, reason text not null, since timestamptz not null,
                reported_at timestamptz not null, primary key (tenant_id, device_id, person_id, command_id))
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What waits of this person on the device now; what is not named has been dealt with.</summary>
    public async Task ReportAsync(Actor by, Guid deviceId, IReadOnlyList<UnsentEntry> entries, CancellationToken ct = default)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command("delete from unsent_entries where tenant_id = $1 and device_id = $2 and person_id = $3", by.TenantId, deviceId, by.PersonId));
        foreach (var entry in entries.Take(Most))
        {
            batch.BatchCommands.Add(Sql.Command(
                "insert into unsent_entries values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
                by.TenantId, deviceId, by.PersonId, by.Name, Sql.Nullable(by.OrganisationId), entry.CommandId, entry.PatientId, entry.Command, entry.Reason,
                Sql.Instant(entry.Since), Sql.Instant(time.GetUtcNow())));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What waits of the reader's own and of colleagues of the same organisation, oldest first.</summary>
    public async Task<IReadOnlyList<UnsentLine>> ListAsync(Actor by, CancellationToken ct = default) =>
        !Permissions.SeesRecords(by.Profession) || !await access.BelongsAsync(by, ct) ? [] : await Query.RowsAsync(database,
            $"""
            select u.command_id, u.patient_id, u.command, u.reason, u.since, u.person_id, u.person_name, p.name
            from unsent_entries u left join patients p on p.tenant_id = u.tenant_id and p.patient_id = u.patient_id and {Access.RelatedSql("p", "$2", "$3", "$4")}
            where u.tenant_id = $1 and (u.person_id = $2 or u.organisation_id = $3) order by u.since limit 100
            """,
            r => new UnsentLine(
                new UnsentEntry(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), Sql.Instant(r, 4)), r.GetGuid(5), r.GetString(6), Sql.Text(r, 7)),
            ct, by.TenantId, by.PersonId, Sql.Nullable(by.OrganisationId), Sql.Instant(time.GetUtcNow()));
}
