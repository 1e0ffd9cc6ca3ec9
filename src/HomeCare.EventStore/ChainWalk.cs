using Npgsql;

namespace HomeCare.EventStore;

/// <summary>Follows a tenant's chain event by event, and tells what happened where it first does not follow.</summary>
internal sealed class ChainWalk(NpgsqlConnection connection, string tenantId)
{
    private const int Page = 1000;

    private SealedRow? last;
    private byte[]? hashBeforeLast;

    /// <summary>How many events follow from each other so far.</summary>
    public long Place { get; private set; }

    /// <summary>The log hash of the last of them.</summary>
    public byte[] Hash { get; private set; } = EventSeal.Nothing;

    /// <summary>The sequence of the last of them; 0: there is none.</summary>
    public long Sequence => last?.Fields.Sequence ?? 0;

    /// <summary>Goes on up to a place; null: everything up to it, or to the end of the chain, holds.</summary>
    public async Task<BrokenPlace?> FollowAsync(long upTo, CancellationToken ct)
    {
        var after = long.MinValue;
        while (true)
        {
            var page = await ReadAsync(after, upTo, ct);
            foreach (var row in page)
            {
                if (row.Place != Place + 1)
                    return row.Place <= Place ? Inserted(row) : await GoneAsync(row, ct);
                if (row.Hash is null || row.LogHash is null)
                    return Changed(row);
                var (fieldsHold, follows) = (Same(row.ComputedHash, row.Hash), Same(EventSeal.Link(Hash, row.Hash), row.LogHash));
                if (!fieldsHold || !follows)
                    return await ExplainAsync(row, fieldsHold, ct);
                if (!row.HiddenAsItsStream)
                    return new(Break.Archived, row.Fields.Sequence, row.Fields.StreamId, row.Fields.Version, $"Event {row.Fields.Sequence} is hidden as archived and its stream is not, or the other way round.");
                (hashBeforeLast, Hash, last, Place) = (Hash, row.LogHash, row, Place + 1);
            }

            if (page.Count < Page)
                return null;
            after = Place;
        }
    }

    private Task<List<SealedRow>> ReadAsync(long after, long upTo, CancellationToken ct) => SealedRow.ReadAsync(
        Evidence.Command(connection, $"{SealedRow.Select} where e.tenant_id = $1 and e.hc_place > $2 and e.hc_place <= $3 order by e.hc_place limit {Page}", tenantId, after, upTo), ct);

    /// <param name="fieldsHold">whether the event's own columns give its hash</param>
    private async Task<BrokenPlace> ExplainAsync(SealedRow row, bool fieldsHold, CancellationToken ct)
    {
        if (row is { HasPrevious: false, Fields.Version: > 1 })
            return Deleted(row.Fields.StreamId, row.Fields.Version - 1);
        var following = await ReadAsync(Place + 1, long.MaxValue, ct);
        var next = following.FirstOrDefault();
        if (next is { Hash: not null, LogHash: not null } && Same(EventSeal.Link(Hash, next.Hash), next.LogHash))
            return Inserted(row);
        if (fieldsHold && last is not null && hashBeforeLast is not null && Same(EventSeal.Link(hashBeforeLast, row.Hash!), row.LogHash!))
            return Inserted(last);
        if (following.Find(other => Exchanged(row, other)) is { } twin)
            return new(Break.Reordered, row.Fields.Sequence, row.Fields.StreamId, row.Fields.Version, $"Events {row.Fields.Sequence} and {twin.Fields.Sequence} changed places.");
        if (fieldsHold && next is { Hash: not null, LogHash: not null } && Same(EventSeal.Link(row.LogHash!, next.Hash), next.LogHash))
            return Deleted(null, null);
        return Changed(row);
    }

    /// <summary>Whether the event's hash comes out right with the place, or with what is said, of another event.</summary>
    private bool Exchanged(SealedRow row, SealedRow other)
    {
        if (other.Hash is not null && row.LogHash is not null && Same(EventSeal.Link(Hash, other.Hash), other.LogHash))
            return true;
        for (var choice = 1; choice < 8; choice++)
        {
            var said = (choice & 1) == 0 ? row.Fields : other.Fields;
            var (sequence, versioned) = ((choice & 2) == 0 ? row.Fields.Sequence : other.Fields.Sequence, (choice & 4) == 0 ? row : other);
            var fields = said with { Sequence = sequence, Version = versioned.Fields.Version, StreamId = versioned.Fields.StreamId };
            if (Same(EventSeal.HashOf(fields, versioned.PreviousHash ?? EventSeal.Nothing), row.Hash))
                return true;
            // The rest may have stayed: the id and the times are the row's own and only what the event says went over.
            var body = row.Fields with { Sequence = sequence, Version = versioned.Fields.Version, StreamId = versioned.Fields.StreamId, Type = said.Type, BodyHash = said.BodyHash };
            if (Same(EventSeal.HashOf(body, versioned.PreviousHash ?? EventSeal.Nothing), row.Hash))
                return true;
        }

        return false;
    }

    private async Task<BrokenPlace> GoneAsync(SealedRow next, CancellationToken ct)
    {
        var missing = next.Place!.Value - Place - 1;
        // Whose it was: the next event of its stream misses it, or the stream's own count does.
        var (stream, version) = next is { HasPrevious: false, Fields.Version: > 1 } ? (next.Fields.StreamId, next.Fields.Version - 1) : await OrphanAsync(ct);
        return new(Break.Deleted, Sequence, stream, version,
            $"After event {Sequence} {missing} events are gone{(stream is null ? "" : $"; one of them was number {version} of the stream '{stream}'")}.");
    }

    private async Task<(string? Stream, long? Version)> OrphanAsync(CancellationToken ct)
    {
        await using var command = Evidence.Command(connection, """
            select e.stream_id, e.version - 1 from mt_events e
            where e.tenant_id = $1 and e.hc_place > $2 and e.version > 1 and not exists (
                select from mt_events p where p.tenant_id = e.tenant_id and p.stream_id = e.stream_id and p.version = e.version - 1)
            union all
            select s.id, s.version from mt_streams s
            where s.tenant_id = $1 and s.version > 0 and not exists (
                select from mt_events p where p.tenant_id = s.tenant_id and p.stream_id = s.id and p.version = s.version)
            limit 1
            """, tenantId, Place);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetString(0), row.GetInt64(1)) : (null, null);
    }

    private BrokenPlace Deleted(string? stream, long? version) => new(Break.Deleted, Sequence, stream, version, stream is null
        ? $"After event {Sequence} something is gone."
        : $"After event {Sequence} number {version} of the stream '{stream}' is gone.");

    private static BrokenPlace Inserted(SealedRow row) => new(Break.Inserted, row.Fields.Sequence, row.Fields.StreamId, row.Fields.Version,
        $"Event {row.Fields.Sequence} was not written at its place.");

    private static BrokenPlace Changed(SealedRow row) => new(Break.Changed, row.Fields.Sequence, row.Fields.StreamId, row.Fields.Version,
        $"Event {row.Fields.Sequence}, number {row.Fields.Version} of the stream '{row.Fields.StreamId}', was changed.");

    private static bool Same(byte[]? left, byte[]? right) => left is not null && right is not null && left.AsSpan().SequenceEqual(right);
}
