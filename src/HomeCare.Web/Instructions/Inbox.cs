using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.People;

namespace HomeCare.Web.Instructions;

/// <summary>Which instructions an inbox shows.</summary>
public enum InboxShow
{
    /// <summary>自分の番: the next step is the reader's.</summary>
    Mine,
    /// <summary>担当なし・期限切れ: nobody's, overdue at some step, or passed up to the cover.</summary>
    Overdue,
    /// <summary>出した指示</summary>
    Issued,
    /// <summary>すべて</summary>
    All,
}

/// <summary>What stands beside an instruction that awaits the reader.</summary>
/// <param name="Line">The person and the latest values.</param>
/// <param name="Team">The care team, with telephones.</param>
/// <param name="Reachable">Its people, with their organisations.</param>
public sealed record Beside(PatientLine Line, IReadOnlyList<TeamMember> Team, IReadOnlyList<KnownPerson> Reachable)
{
    /// <summary>Whom to telephone about an instruction: the one at the other end of it. Null when no telephone is known.</summary>
    public (string Name, Profession? Profession, string Telephone)? CallFor(InstructionCard card, Actor by)
    {
        if (card.IssuerId != by.PersonId)
        {
            var issuer = Reachable.FirstOrDefault(p => p.PersonId == card.IssuerId);
            return Calls.To(Team, card.IssuerId, card.IssuerOrganisation) is { } issuing ? (card.IssuerName, issuer?.Profession, issuing) : null;
        }

        var other = Reachable.FirstOrDefault(p => p.PersonId == card.TakenBy)
            ?? Reachable.FirstOrDefault(p => p.Name == (card.QuestionedByName ?? card.AddresseeName));
        return other is not null && Calls.To(Team, other.PersonId, other.OrganisationName) is { } telephone ? (other.Name, other.Profession, telephone) : null;
    }
}

/// <summary>The order and the words of an inbox. Pure.</summary>
public static class Inbox
{
    /// <summary>The instructions of one view; the readers' own order stays: what awaits first, then overdue, urgent, due.</summary>
    public static IReadOnlyList<InstructionCard> Of(InboxShow show, IEnumerable<InstructionCard> cards, Actor by, DateTimeOffset now) =>
    [
        .. cards.Where(c => show switch
        {
            InboxShow.Mine => c.AwaitsMe(by),
            InboxShow.Overdue => c.NeedsLookingAfter(now),
            InboxShow.Issued => c.IssuerId == by.PersonId,
            _ => true,
        }),
    ];

    /// <summary>The views open to a reader.</summary>
    public static IReadOnlyList<InboxShow> ShowsFor(Actor by) => Permissions.Allows(Act.IssueInstruction, by.Profession)
        ? [InboxShow.Mine, InboxShow.Issued, InboxShow.Overdue, InboxShow.All]
        : [InboxShow.Mine, InboxShow.Overdue, InboxShow.All];
}
