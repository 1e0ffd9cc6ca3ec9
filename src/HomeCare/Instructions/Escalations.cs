using HomeCare.Communities;
using Npgsql;

namespace HomeCare.Instructions;

/// <summary>Asks the next person where a due time has passed: one round over everything that is open. It keeps nothing between rounds, so that a
/// restart loses nothing and a round after an outage catches up.</summary>
public sealed class Escalations(NpgsqlDataSource database, Care care, TimeProvider time)
{
    /// <summary>Held by the one node that goes round. It only saves work: that nobody is asked twice rests on the command's id.</summary>
    private static readonly long Lead = BitConverter.ToInt64(Ids.Of("homecare", "escalations").ToByteArray());

    /// <summary>Goes round once, unless another node is at it.</summary>
    /// <returns>How many were asked; null when another node is at it.</returns>
    public async Task<int?> RoundAsync(CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter { Value = Lead } } };
        if (await take.ExecuteScalarAsync(ct) is not true)
        {
            return null;
        }

        try
        {
            return await AskAsync(ct);
        }
        finally
        {
            // A connection that broke has given the lock back by itself.
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await using var give = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new NpgsqlParameter { Value = Lead } } };
                await give.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Asks, whoever else may be at it.</summary>
    internal async Task<int> AskAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var everything = await InstructionReader.EverythingOpenAsync(database, now, ct);
        var asked = await OpenOccasionsAsync([.. everything.Where(o => o.Card is { Terms.Standing: not null, IsOver: false }).Select(o => (o.TenantId, o.Card))], now, ct);
        foreach (var community in everything.GroupBy(o => o.TenantId))
        {
            var rules = await CommunityReader.EscalationAsync(database, community.Key, ct);
            var due = community.Where(o => Escalation.IsDue(o.Card, rules, o.HolderGone, now)).ToList();
            foreach (var some in due.Chunk(100))
            {
                var standings = await StandingReader.OfAsync(database, community.Key, [.. some.Select(o => o.Card.PatientId)], now, ct);
                foreach (var open in some)
                {
                    asked += await AskAsync(community.Key, open.Card, standings[open.Card.PatientId], rules, open.HolderGone, now, ct) ? 1 : 0;
                }
            }
        }

        return asked;
    }

    /// <summary>How long before a set time its occasion is there to be seen and taken.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(2);

    /// <summary>Readings and set times older than this call for nothing any more; an outage of a day is caught up.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromHours(24);

    /// <summary>Lets standing orders end, and opens the occasions that a set time or a reading calls for. However many orders there are, what calls
    /// for them and what is open already is read in one round trip.</summary>
    private async Task<int> OpenOccasionsAsync(IReadOnlyList<(string TenantId, InstructionCard Card)> standing, DateTimeOffset now, CancellationToken ct)
    {
        var opened = 0;
        foreach (var (tenantId, open) in await CalledForAsync(standing, now, ct))
        {
            opened += await SendAsync(tenantId, open, open.InstructionId) ? 1 : 0;
        }

        foreach (var (tenantId, card) in standing.Where(s => s.Card.Terms!.Standing!.Until <= now))
        {
            await SendAsync(tenantId, new ExpireInstruction(card.InstructionId), Ids.Of("expire", tenantId, $"{card.InstructionId}"));
        }

        return opened;

        async Task<bool> SendAsync(string tenantId, ICommand<Instruction> command, Guid id) =>
            await care.DoAsync(new CommandContext(Actor.Timer(tenantId), Ids.Of("timer", tenantId, $"{id}")), command, ct) is Outcome.Done { Repeated: false };
    }

    /// <summary>The occasions that set times and readings call for and that are not there yet.</summary>
    private async Task<IReadOnlyList<(string TenantId, OpenOccasion Open)>> CalledForAsync(
        IReadOnlyList<(string TenantId, InstructionCard Card)> standing, DateTimeOffset now, CancellationToken ct)
    {
        var set = standing.SelectMany(s => SetTimes(s.Card, now).Select(o => (s.TenantId, Open: OpenOccasion.Of(s.Card, o)))).ToList();
        var watched = standing.Where(s => s.Card.Terms!.Standing!.When is not null).ToList();
        if (set.Count == 0 && watched.Count == 0)
        {
            return [];
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(
            "select i.tenant_id, i.instruction_id from unnest($1, $2) as x (tenant_id, instruction_id) join instructions i using (tenant_id, instruction_id)",
            set.Select(o => o.TenantId).ToArray(), set.Select(o => o.Open.InstructionId).ToArray()));

        // One at a time: while an occasion is open, further readings belong to it; after it, only what was measured since calls again.
        batch.BatchCommands.Add(Sql.Command(
            """
            select x.place, r.measured_at, r.value, r.source_id
            from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality as x (tenant_id, patient_id, sign, since, below, above, standing, place)
            cross join lateral (
                select r.measured_at, r.value, r.source_id
                from (select measured_at, value, source_id from readings
                        where tenant_id = x.tenant_id and patient_id = x.patient_id and sign = x.sign and measured_at >= x.since and (value < x.below or value > x.above)
                    -- Lo and Hi are values that the meter cannot show: beyond any bound on that side.
                    union all select measured_at, null, source_id from vital_sets
                        where x.sign = 'Glucose' and tenant_id = x.tenant_id and patient_id = x.patient_id and measured_at >= x.since
                          and vitals -> 'glucose' ->> 'meter' = any (array[case when x.below is not null then 'lo' end, case when x.above is not null then 'hi' end])) r
                where not exists (select 1 from instructions o where o.tenant_id = x.tenant_id and o.occasion_of = x.standing
                    and (o.status not in ('Completed', 'Declined', 'Closed') or coalesce(o.over_at, o.closed_at) >= r.measured_at
                      or o.terms -> 'occasion' ->> 'sourceId' = r.source_id::text))
                order by r.measured_at desc limit 1) r
            """,
            watched.Select(w => w.TenantId).ToArray(), watched.Select(w => w.Card.PatientId).ToArray(), watched.Select(w => When(w.Card).Sign.ToString()).ToArray(),
            watched.Select(w => Since(w.Card, now).ToUniversalTime()).ToArray(), Bounds(w => w.Below), Bounds(w => w.Above),
            watched.Select(w => w.Card.InstructionId).ToArray()));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var there = (await Query.RowsAsync(reader, r => (r.GetString(0), r.GetGuid(1)), ct)).ToHashSet();
        var called = await Query.NextAsync(reader, r => (Watched: watched[(int)r.GetInt64(0) - 1], At: Sql.Instant(r, 1), Value: Sql.Value<decimal>(r, 2), Source: r.GetGuid(3)), ct);
        NpgsqlParameter Bounds(Func<OrderCondition, decimal?> of) => new NpgsqlParameter<decimal?[]>
        {
            TypedValue = [.. watched.Select(w => of(When(w.Card)))], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Numeric,
        };

        return
        [
            .. set.Where(o => !there.Contains((o.TenantId, o.Open.InstructionId))),
            .. called.Where(o => o.At <= o.Watched.Card.Terms!.Standing!.Until).Select(o => (o.Watched.TenantId, OpenOccasion.Of(o.Watched.Card, new Occasion(
                o.Watched.Card.InstructionId, o.Watched.Card.IssuerName, o.Watched.Card.IssuerOrganisation, o.At, When(o.Watched.Card).Sign, o.Value, o.Source)))),
        ];
    }

    private static OrderCondition When(InstructionCard card) => card.Terms!.Standing!.When!;

    private static DateTimeOffset Since(InstructionCard card, DateTimeOffset now) => card.IssuedAt > now - Back ? card.IssuedAt : now - Back;

    private static IEnumerable<Occasion> SetTimes(InstructionCard card, DateTimeOffset now)
    {
        var order = card.Terms!.Standing!;
        var until = now + Ahead < order.Until ? now + Ahead : order.Until;
        return order.Every?.Between(Since(card, now), until).Select(at => new Occasion(card.InstructionId, card.IssuerName, card.IssuerOrganisation, at)) ?? [];
    }

    private async Task<bool> AskAsync(string tenantId, InstructionCard card, Standing standing, EscalationRules rules, bool holderGone, DateTimeOffset now, CancellationToken ct)
    {
        var next = Escalation.Next(card, standing, rules, now);
        if (next is null && card.Escalation is { ToPersonId: null })
        {
            return false; // It is known already that nobody is left.
        }

        var command = new EscalateInstruction(
            card.InstructionId, card.Phase, card.Asked.Count + 1, Escalation.StepOf(card)!.Value, Escalation.StepDueAt(card, rules) ?? now,
            holderGone ? EscalationReason.LeftTheTeam : EscalationReason.Overdue, next?.PersonId);
        var outcome = await care.DoAsync(new CommandContext(Actor.Timer(tenantId), command.CommandIdFor(tenantId)), command, ct);
        return outcome is Outcome.Done { Repeated: false };
    }
}
