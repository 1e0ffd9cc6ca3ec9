using HomeCare.Instructions;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Timeline;

/// <summary>How far one step of an instruction's life has come.</summary>
public enum StepState
{
    /// <summary>Not yet.</summary>
    Ahead,
    /// <summary>Done.</summary>
    Done,
    /// <summary>It is waiting for somebody.</summary>
    Now,
    /// <summary>It is waiting for somebody, and the due time has passed.</summary>
    Late,
    /// <summary>It ended here.</summary>
    Stopped,
}

/// <summary>One step: what, when, and who is next.</summary>
public sealed record InstructionStep(string Words, DateTimeOffset? At, StepState State);

/// <summary>An instruction's life as a row of steps with times and the next actor.</summary>
public static class InstructionSteps
{
    /// <summary>The steps as they stand.</summary>
    public static IReadOnlyList<InstructionStep> Of(InstructionCard card, DateTimeOffset now, IStringLocalizer<WordsA> words, IStringLocalizer<Common> common)
    {
        var waiting = card.IsOverdue(now) || card.Escalation is not null || card.Owner is { IsNobody: true } ? StepState.Late : StepState.Now;
        var next = card.Escalation?.ToName ?? card.TakenByName ?? card.AddresseeName ?? (card.Addressee.Profession is { } profession ? common.Of(profession) : common.Of(card.Addressee.Kind));
        var question = new InstructionStep(words["step.question", card.IssuerName], card.QuestionedAt, waiting);
        var read = card.Reads.Count > 0 ? card.Reads.Min(r => r.At) : (DateTimeOffset?)null;

        var steps = new List<InstructionStep>
        {
            new(words["step.issued"], card.IssuedAt, StepState.Done),
            new(words["step.read"], read, read is null && card.TakenAt is null ? StepState.Ahead : StepState.Done),
        };
        if (card.Deliveries is [{ } first, ..])
        {
            steps.Insert(1, new(words["step.delivered", first.Device], first.At, StepState.Done));
        }

        steps.Add((card.TakenAt, card.Status) switch
        {
            ({ } taken, _) => new(words["step.taken_by", card.TakenByName ?? ""], taken, StepState.Done),
            (_, InstructionStatus.Questioned) => question,
            (_, InstructionStatus.Issued or InstructionStatus.Answered) => new(words["step.take_waits", next], null, waiting),
            _ => new(words["step.taken"], null, StepState.Ahead),
        });
        if (card.Countersign is { } countersign)
        {
            var sign = new InstructionStep(
                card.CountersignedAt is null ? words["step.countersign", countersign.Name ?? common.Of(countersign.Profession)] : words["step.countersigned", card.CountersignedByName ?? ""],
                card.CountersignedAt, card.CountersignedAt is not null ? StepState.Done : card.AwaitsCountersign ? waiting : StepState.Ahead);
            AddDone(countersign.Before == CountersignBefore.Do ? [sign] : [], countersign.Before == CountersignBefore.Close ? [sign] : []);
        }
        else
        {
            AddDone([], []);
        }

        steps.Add(card.Status switch
        {
            InstructionStatus.Closed when card.Withdrawn == true => new(words["step.withdrawn"], card.ClosedAt, StepState.Stopped),
            InstructionStatus.Closed => new(words["step.closed"], card.ClosedAt, StepState.Done),
            _ when card.AwaitsCountersign => new(words["step.closed"], null, StepState.Ahead),
            InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired => new(words["step.close_waits", card.IssuerName], null, StepState.Now),
            _ => new(words["step.closed"], null, StepState.Ahead),
        });
        return steps;

        void AddDone(InstructionStep[] before, InstructionStep[] after) => steps.AddRange([.. before, (card.Status, card.TakenAt) switch
        {
            (InstructionStatus.Completed, _) => new(words["step.done"], card.OverAt, StepState.Done),
            (InstructionStatus.Declined, _) => new(words["step.declined"], card.OverAt, StepState.Stopped),
            (InstructionStatus.Expired, _) => new(words["step.expired"], card.OverAt, StepState.Done),
            (InstructionStatus.Closed, _) => new(words["step.done"], card.OverAt, card.OverAt is null ? StepState.Ahead : StepState.Done),
            (InstructionStatus.Questioned, not null) => question,
            (InstructionStatus.Taken or InstructionStatus.Answered, not null) when card.AwaitsCountersign => new(words["step.done"], null, StepState.Ahead),
            (InstructionStatus.Taken or InstructionStatus.Answered, not null) => new(words["step.do_waits", next], null, waiting),
            _ => new(words["step.done"], null, StepState.Ahead),
        }, .. after]);
    }
}
