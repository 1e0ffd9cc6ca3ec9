using HomeCare.Instructions;

namespace HomeCare.Web.Instructions;

/// <summary>What can be done with an instruction.</summary>
public enum NextStep
{
    /// <summary>回答</summary>
    Answer,
    /// <summary>指示受け</summary>
    Take,
    /// <summary>実施</summary>
    Complete,
    /// <summary>確認して終了</summary>
    Close,
    /// <summary>既読</summary>
    Read,
    /// <summary>照会</summary>
    Question,
    /// <summary>実施せず</summary>
    Decline,
    /// <summary>取り下げ</summary>
    Withdraw,
    /// <summary>質問への回答</summary>
    Reply,
    /// <summary>口頭指示の確認</summary>
    Confirm,
    /// <summary>口頭指示ではない</summary>
    Reject,
    /// <summary>変更</summary>
    Change,
    /// <summary>連署</summary>
    Countersign,
    /// <summary>理由を書いて終了</summary>
    CloseSaying,
}

/// <summary>Which steps one person may take with an instruction as it stands, the one that matters first. The commands decide again.</summary>
public static class NextSteps
{
    /// <summary>The steps, in the order in which their buttons stand.</summary>
    public static IReadOnlyList<NextStep> Of(InstructionCard card, Actor by)
    {
        if (card.Status == InstructionStatus.Closed)
        {
            return [];
        }

        if (card.Kind.IsRequest())
        {
            return OfRequest(card, by);
        }

        var carriesOut = Permissions.Allows(Act.CarryOutInstruction, by.Profession) && card.IsFor(by) && !card.IsOver;
        var answers = Permissions.Allows(Act.AnswerInstruction, by.Profession);
        var mine = card.TakenBy == by.PersonId;
        var steps = new List<NextStep>();
        void Add(NextStep step, bool open)
        {
            if (open)
            {
                steps.Add(step);
            }
        }

        var said = card.IsUnconfirmed && card.IssuerId == by.PersonId && answers;
        Add(NextStep.Confirm, said);
        Add(NextStep.Reject, said);
        Add(NextStep.Answer, answers && card.Status == InstructionStatus.Questioned);
        Add(NextStep.Countersign, card.MayCountersign(by));
        Add(NextStep.Take, carriesOut && card.Status is (InstructionStatus.Issued or InstructionStatus.Answered));
        Add(NextStep.Complete, carriesOut && mine && card.Terms?.Standing?.HasOccasions != true && card.Status is (InstructionStatus.Taken or InstructionStatus.Answered)
            && !card.AwaitsCountersign);
        var ended = answers && card.Status is (InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired)
            && (!card.IsUnconfirmed || (card.Asked.Count > 0 && card.IssuerId != by.PersonId));
        var plain = !card.OpenTasks.Any() && !card.AwaitsCountersign && !card.IsUnconfirmed;
        Add(NextStep.Close, ended && plain);
        Add(NextStep.CloseSaying, ended && !plain && (!card.AwaitsCountersign || card.Asked.Count > 0));
        Add(NextStep.Read, Permissions.Allows(Act.ReadInstruction, by.Profession) && card.IssuerId != by.PersonId && !card.IsOver
            && card.TakenBy != by.PersonId && card.Reads.All(r => r.PersonId != by.PersonId));
        Add(NextStep.Question, (carriesOut || (card.MayCountersign(by) && !card.IsOver && Permissions.Allows(Act.CarryOutInstruction, by.Profession))) && card.Status != InstructionStatus.Questioned);
        Add(NextStep.Decline, carriesOut);
        Add(NextStep.Change, answers && !card.IsOver && !card.IsUnconfirmed);
        Add(NextStep.Withdraw, answers && !card.IsOver);
        return steps;
    }

    private static List<NextStep> OfRequest(InstructionCard card, Actor by)
    {
        var asked = card.IssuerId == by.PersonId || (card.IsOver && (card.Asked.Contains(by.PersonId)
            || (card is { Asked.Count: > 0, Owner.IsNobody: true } && Permissions.Allows(Act.RaiseRequest, by.Profession))));
        var replies = card.Kind != InstructionKind.Information && !card.IsOver && card.IssuerId != by.PersonId && Permissions.Allows(Act.AnswerRequest, by.Profession)
            && (card.IsFor(by) || (by.Profession == Profession.Physician && InstructionTakers.MayTake(card.Kind, by.Profession)));
        var steps = new List<NextStep>();
        if (replies)
        {
            steps.Add(NextStep.Reply);
        }

        if (asked)
        {
            steps.Add(card.IsOver ? NextStep.Close : NextStep.Withdraw);
        }

        if (!card.IsOver && card.IssuerId != by.PersonId && Permissions.Allows(Act.ReadInstruction, by.Profession) && card.Reads.All(r => r.PersonId != by.PersonId))
        {
            steps.Add(NextStep.Read);
        }

        return steps;
    }

    /// <summary>The icon of a step.</summary>
    public static string IconOf(NextStep step) => step switch
    {
        NextStep.Answer or NextStep.Reply => "reply",
        NextStep.Take or NextStep.Complete or NextStep.Close or NextStep.CloseSaying or NextStep.Confirm or NextStep.Countersign => "check",
        NextStep.Reject => "stop",
        NextStep.Change => "edit",
        NextStep.Read => "eye",
        NextStep.Question => "question",
        NextStep.Decline => "minus",
        NextStep.Withdraw => "undo",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
