using System.Collections.Concurrent;
using HomeCare.CareTeams;
using HomeCare.Conversations;
using HomeCare.Instructions;
using HomeCare.People;
using HomeCare.Web.Live;

namespace HomeCare.Web.Shell;

/// <summary>What waits for somebody, read once for all of their screens on this node, and again only after something was written that could change it.</summary>
public sealed class WaitingReader(InstructionReader instructions, ConversationReader conversations, LiveFeed feed, TimeProvider time)
{
    /// <summary>Places in a team also end by the clock.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const int MostKept = 5000;

    private static readonly string[] Ledger = [typeof(InstructionIssued).Namespace!, typeof(PostWritten).Namespace!, typeof(CareTeamJoined).Namespace!, typeof(OrganisationJoined).Namespace!];

    private readonly ConcurrentDictionary<(string Tenant, Guid Person, Guid? Organisation, bool Talks), (DateTimeOffset Begun, long At, Task<WaitingCalls> Read)> kept = [];

    /// <summary>Whether an event can change what waits for anybody. That an instruction arrived does not.</summary>
    internal static bool Concerns(object e) => e is not InstructionDelivered && Array.IndexOf(Ledger, e.GetType().Namespace) >= 0;

    /// <summary>Instructions, or conversations, that wait for this person.</summary>
    /// <param name="by">Who.</param>
    /// <param name="talks">Conversations rather than instructions.</param>
    /// <param name="anew">What they may see has changed, which no event may say.</param>
    public Task<WaitingCalls> OfAsync(Actor by, bool talks, bool anew = false)
    {
        var key = (by.TenantId, by.PersonId, by.OrganisationId, talks);
        var (at, now) = (feed.LedgerAt(by.TenantId), time.GetUtcNow());
        if (!anew && kept.TryGetValue(key, out var known) && known.At == at && now - known.Begun < Longest && !known.Read.IsFaulted && !known.Read.IsCanceled)
        {
            return known.Read;
        }

        if (kept.Count > MostKept)
        {
            kept.Clear();
        }

        var read = ReadAsync(by, talks, at);
        kept[key] = (now, at, read);
        return read;
    }

    private async Task<WaitingCalls> ReadAsync(Actor by, bool talks, long at) =>
        (talks ? WaitingCalls.Of(await conversations.WaitingAsync(by)) : WaitingCalls.Of(by, await instructions.AwaitingAsync(by))) with { At = at };
}
