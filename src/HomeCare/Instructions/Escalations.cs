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

    private async Task<bool> AskAsync(string tenantId, InstructionCard card, Standing standing, EscalationRules rules, bool holderGone, DateTimeOffset now, CancellationToken ct)
    {
        var next = Escalation.Next(card, standing, rules, now);
        if (next is null && card.Escalation is { ToPersonId: null })
        {
            return false; // It is known already that nobody is left.
        }

        var command = new EscalateInstruction(
            card.InstructionId, card.Phase, card.Asked.Count + 1, Escalation.StepOf(card)!.Value, Escalation.StepDueAt(card, rules)!.Value,
            holderGone ? EscalationReason.LeftTheTeam : EscalationReason.Overdue, next?.PersonId);
        var outcome = await care.DoAsync(new CommandContext(Actor.Timer(tenantId), command.CommandIdFor(tenantId)), command, ct);
        return outcome is Outcome.Done { Repeated: false };
    }
}
