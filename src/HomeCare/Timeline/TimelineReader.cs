using HomeCare.EventStore;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Timeline;

/// <summary>Reads a person's timeline for somebody who may see it. Whether they may is asked here, every time.</summary>
public sealed class TimelineReader(Store store, Access access)
{
    /// <summary>The longest page.</summary>
    public const int LongestPage = 200;

    /// <summary>A page in the order of recording.</summary>
    /// <param name="by">Who reads.</param>
    /// <param name="patientId">Whose timeline.</param>
    /// <param name="before">Only entries recorded before this sequence, newest first.</param>
    /// <param name="after">Only entries recorded after this sequence, oldest first; takes the place of <paramref name="before"/>.</param>
    /// <param name="limit">At most <see cref="LongestPage"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the reader may not see the person's record.</returns>
    public async Task<IReadOnlyList<TimelineEntry>?> ReadAsync(Actor by, Guid patientId, long? before, long? after, int limit, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        var (condition, order) = after is null ? ("sequence < $4", "desc") : ("sequence > $4", "asc");
        var rows = await RowsAsync(
            $"select sequence, state from timeline where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and {condition} order by sequence {order} limit $5",
            ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), after ?? before ?? long.MaxValue, Math.Clamp(limit, 1, LongestPage));
        return await EntriesAsync(by.TenantId, rows, ct);
    }

    /// <summary>A page in clinical order, newest first, for the screen.</summary>
    /// <param name="by">Who reads.</param>
    /// <param name="patientId">Whose timeline.</param>
    /// <param name="filter">What to show.</param>
    /// <param name="older">The place to continue from, towards the past; null: the newest.</param>
    /// <param name="newer">The place to continue from, towards the present; takes the place of <paramref name="older"/>.</param>
    /// <param name="limit">At most <see cref="LongestPage"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the reader may not see the person's record.</returns>
    public async Task<TimelinePage?> PageAsync(
        Actor by, Guid patientId, TimelineFilter filter, TimelinePlace? older = null, TimelinePlace? newer = null, int limit = 50, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        // The head first: an entry that arrives meanwhile comes a second time by the live feed and is known by its sequence.
        var completeTo = await store.HeadAsync(ct);
        var take = Math.Clamp(limit, 1, LongestPage);
        var (comparison, order) = newer is null ? ("<", "desc") : (">", "asc");
        var place = newer ?? older ?? TimelinePlace.Newest;
        var professions = filter.Professions is { Count: > 0 } only ? only.Select(p => p.ToString()).ToArray() : null;
        var rows = await RowsAsync(
            $"""
            select sequence, state from timeline
            where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and groups & $4 <> 0 and ($5::text[] is null or profession = any($5))
              and (occurred_at, sequence) {comparison} ($6, $7)
            order by occurred_at {order}, sequence {order} limit $8
            """,
            ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), (int)filter.Groups,
            new NpgsqlParameter { Value = professions ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text },
            Sql.Instant(place.OccurredAt), place.Sequence, take + 1);
        var more = rows.Count > take;
        var entries = await EntriesAsync(by.TenantId, rows.Take(take), ct);
        return new TimelinePage(newer is null ? entries : [.. entries.Reverse()], more, completeTo);
    }

    /// <summary>Everything that was written about one visit, instruction, measurement or medicine, oldest first.</summary>
    /// <returns>Null when the reader may not see the person's record.</returns>
    public async Task<IReadOnlyList<TimelineEntry>?> OfSubjectAsync(Actor by, Guid patientId, Guid subjectId, CancellationToken ct = default) =>
        !await access.MaySeeAsync(by, patientId, ct) ? null : await EntriesAsync(by.TenantId, await RowsAsync(
            "select sequence, state from timeline where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and subject_id = $4 order by sequence limit $5",
            ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), subjectId, LongestPage), ct);

    /// <summary>
    /// What explains a chart: visits, stays, instructions and changes of medicine of a period, oldest first; when there are more than <see cref="LongestPage"/>, the newest.
    /// A medicine may be written down later than it began, so that those recorded after the period are looked at as well. What was entered in error is left out.
    /// </summary>
    /// <returns>Null when the reader may not see the person's record.</returns>
    public async Task<IReadOnlyList<TimelineEntry>?> MarksAsync(Actor by, Guid patientId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct = default)
    {
        if (!await access.MaySeeAsync(by, patientId, ct))
        {
            return null;
        }

        var rows = await RowsAsync(
            """
            select sequence, state from timeline
            where tenant_id = $1 and patient_id = $2 and (not team_only or $3) and state <> 'EnteredInError' and occurred_at >= $4
              and (occurred_at < $5 and kind in ('visit-recorded', 'encounter-recorded', 'instruction-issued', 'instruction-changed')
                or kind in ('medicine-recorded', 'medicine-stopped'))
            order by occurred_at desc, sequence desc limit $6
            """,
            ct, by.TenantId, patientId, Permissions.SeesTeamOnly(by.Profession), Sql.Instant(from), Sql.Instant(until), LongestPage);
        return [.. (await EntriesAsync(by.TenantId, rows, ct)).Reverse()];
    }

    private async Task<List<(long Sequence, EntryState State)>> RowsAsync(string sql, CancellationToken ct, params object?[] parameters)
    {
        await using var batch = store.Database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(sql, parameters));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<(long, EntryState)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetInt64(0), Enum.Parse<EntryState>(reader.GetString(1))));
        }

        return rows;
    }

    private async Task<IReadOnlyList<TimelineEntry>> EntriesAsync(string tenantId, IEnumerable<(long Sequence, EntryState State)> rows, CancellationToken ct)
    {
        var wanted = rows.ToList();
        var events = (await store.ReadAsync(tenantId, [.. wanted.Select(r => r.Sequence)], ct)).ToDictionary(e => e.Sequence);
        return [.. wanted.Where(r => events.ContainsKey(r.Sequence)).Select(r => TimelineEntry.Of(events[r.Sequence])! with { State = r.State })];
    }
}

/// <summary>What a timeline shows.</summary>
/// <param name="Groups">Kinds of entry.</param>
/// <param name="Professions">Professions of the authors; null or empty: all.</param>
public sealed record TimelineFilter(EntryGroups Groups, IReadOnlyList<Profession>? Professions = null)
{
    /// <summary>Everything that is a line of its own.</summary>
    public static TimelineFilter Everything { get; } = new(EntryGroups.Lines);

    /// <summary>Whether an entry that has just arrived belongs to it.</summary>
    public bool Shows(TimelineEntry entry) =>
        (entry.Groups & Groups) != EntryGroups.None && (Professions is not { Count: > 0 } || Professions.Contains(entry.Author.Profession));
}

/// <summary>A place in clinical order.</summary>
public readonly record struct TimelinePlace(DateTimeOffset OccurredAt, long Sequence)
{
    /// <summary>Later than any entry.</summary>
    public static TimelinePlace Newest { get; } = new(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), long.MaxValue);

    /// <summary>The place of an entry.</summary>
    public static TimelinePlace Of(TimelineEntry entry) => new(entry.OccurredAt, entry.Sequence);
}

/// <summary>A page of a timeline.</summary>
/// <param name="Entries">Newest first, in clinical order.</param>
/// <param name="More">Whether there is more in the direction that was read.</param>
/// <param name="CompleteTo">The sequence up to which the log had been written when it was read.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, bool More, long CompleteTo);
