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
        var asked = 0;
        foreach (var community in (await InstructionReader.EverythingOpenAsync(database, now, ct)).GroupBy(o => o.TenantId))
        {
            var rules = await CommunityReader.EscalationAsync(database, community.Key, ct);
            asked += await OpenOccasionsAsync(community.Key, [.. community.Select(o => o.Card).Where(c => c is { Terms.Standing: not null, IsOver: false })], now, ct);
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

    /// <summary>Lets standing orders end, and opens the occasions that a set time or a reading calls for.</summary>
    private async Task<int> OpenOccasionsAsync(string tenantId, IReadOnlyList<InstructionCard> standing, DateTimeOffset now, CancellationToken ct)
    {
        var opened = 0;
        foreach (var card in standing)
        {
            var order = card.Terms!.Standing!;
            foreach (var occasion in (await OccasionsAsync(tenantId, card, order, now, ct)).Where(o => o.At <= order.Until))
            {
                opened += await SendAsync(OpenOccasion.Of(card, occasion), OpenOccasion.Of(card, occasion).InstructionId) ? 1 : 0;
            }

            if (order.Until <= now)
            {
                await SendAsync(new ExpireInstruction(card.InstructionId), Ids.Of("expire", tenantId, $"{card.InstructionId}"));
            }
        }

        return opened;

        async Task<bool> SendAsync(ICommand<Instruction> command, Guid id) =>
            await care.DoAsync(new CommandContext(Actor.Timer(tenantId), Ids.Of("timer", tenantId, $"{id}")), command, ct) is Outcome.Done { Repeated: false };
    }

    private async Task<IReadOnlyList<Occasion>> OccasionsAsync(string tenantId, InstructionCard card, StandingOrder order, DateTimeOffset now, CancellationToken ct)
    {
        var since = card.IssuedAt > now - Back ? card.IssuedAt : now - Back;
        if (order.Every is { } every)
        {
            var until = now + Ahead < order.Until ? now + Ahead : order.Until;
            return [.. every.Between(since, until).Select(at => new Occasion(card.InstructionId, card.IssuerName, card.IssuerOrganisation, at))];
        }

        // One at a time: while an occasion is open, further readings belong to it; after it, only what was measured since calls again.
        return order.When is not { } when ? [] : await Query.RowsAsync(database,
            """
            select r.measured_at, r.value, r.source_id
            from (select measured_at, value, source_id from readings
                    where tenant_id = $1 and patient_id = $2 and sign = $3 and measured_at >= $4 and (value < $5 or value > $6)
                -- Lo and Hi are values that the meter cannot show: beyond any bound on that side.
                union all select measured_at, null, source_id from vital_sets
                    where $3 = 'Glucose' and tenant_id = $1 and patient_id = $2 and measured_at >= $4
                      and vitals -> 'glucose' ->> 'meter' = any (array[case when $5 is not null then 'lo' end, case when $6 is not null then 'hi' end])) r
            where not exists (select 1 from instructions o where o.tenant_id = $1 and o.occasion_of = $7
                and (o.status not in ('Completed', 'Declined', 'Closed') or coalesce(o.over_at, o.closed_at) >= r.measured_at
                  or o.terms -> 'occasion' ->> 'sourceId' = r.source_id::text))
            order by r.measured_at desc limit 1
            """,
            r => new Occasion(card.InstructionId, card.IssuerName, card.IssuerOrganisation, Sql.Instant(r, 0), when.Sign, Sql.Value<decimal>(r, 1), r.GetGuid(2)), ct,
            tenantId, card.PatientId, when.Sign.ToString(), Sql.Instant(since), Sql.Nullable(when.Below), Sql.Nullable(when.Above), card.InstructionId);
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
