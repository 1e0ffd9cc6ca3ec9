using HomeCare.Conversations;
using HomeCare.Instructions;

namespace HomeCare.Web.Shell;

/// <summary>What may call somebody to the page.</summary>
public enum CallKind
{
    /// <summary>至急の指示</summary>
    UrgentInstruction,
    /// <summary>指示</summary>
    Instruction,
    /// <summary>至急の連絡</summary>
    UrgentMessage,
    /// <summary>連絡</summary>
    Message,
    /// <summary>回答・報告: something comes back to whoever asked or ordered.</summary>
    Reply,
}

/// <summary>Something that waits for somebody, as a device may tell of it: neither of whom nor what it says.</summary>
/// <param name="Key">The same as long as it waits for the same step.</param>
/// <param name="What">In kind.</param>
/// <param name="Urgent">Whether it is told in the quiet hours as well, and sounds different.</param>
public sealed record WaitingCall(string Key, CallKind What, bool Urgent);

/// <summary>What waits for somebody. Pure.</summary>
/// <param name="Count">How many.</param>
/// <param name="Calls">Of these, what is told when it is new.</param>
/// <param name="ToArrive">The instructions that have reached no device of the reader's yet.</param>
public sealed record WaitingCalls(int Count, IReadOnlyList<WaitingCall> Calls, IReadOnlyList<Guid> ToArrive)
{
    /// <summary>The last event told of before this was read that could change it: whatever came after may be missing.</summary>
    public long At { get; init; }

    /// <summary>Instructions whose next step is the reader's.</summary>
    public static WaitingCalls Of(Actor by, IReadOnlyList<InstructionCard> awaiting) =>
        new(awaiting.Count, [.. awaiting.Where(c => !IsKnownTo(by, c)).Select(c => new WaitingCall($"{Short(c.InstructionId)}.{c.Phase}.{c.Asked.Count}", KindOf(c), c.Urgency == Urgency.Urgent))], [.. awaiting.Where(c => c.IsToArriveAt(by)).Select(c => c.InstructionId)]);

    /// <summary>Conversations that wait for the reader. Where an answer is the reader's, the ledger tells of it already.</summary>
    public static WaitingCalls Of(IReadOnlyList<ConversationLine> waiting) =>
        new(waiting.Count, [.. waiting.Where(l => !l.AnswerIsMine).Select(l => new WaitingCall($"{Short(l.ConversationId)}.{l.Posts}", CallKind.Message, false))], []);

    /// <summary>Whoever took it has it before them: nobody is called by what they did themselves.</summary>
    private static bool IsKnownTo(Actor by, InstructionCard card) => card.Status == InstructionStatus.Taken && card.TakenBy == by.PersonId && card.CountersignedAt is null;

    private static CallKind KindOf(InstructionCard card) => card switch
    {
        { IsOver: true } or { Status: InstructionStatus.Questioned or InstructionStatus.Answered } => CallKind.Reply,
        { Kind: InstructionKind.Consultation } => card.Urgency == Urgency.Urgent ? CallKind.UrgentMessage : CallKind.Message,
        _ => card.Urgency == Urgency.Urgent ? CallKind.UrgentInstruction : CallKind.Instruction,
    };

    /// <summary>The end of an identifier, which is chance where its beginning is the time.</summary>
    private static string Short(Guid id) => id.ToString("n")[^10..];
}
