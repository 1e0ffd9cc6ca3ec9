using FluentValidation;
using HomeCare.Conversations;
using HomeCare.VitalSigns;

namespace HomeCare.Instructions;

/// <summary>What is particular about an instruction.</summary>
public sealed record InstructionTerms
{
    /// <summary>中止指示: something is stopped. It is shown before everything else to whoever is next at the door.</summary>
    public bool? StopOrder { get; init; }

    /// <summary>継続指示: it holds until a time, and opens an occasion of its own on a schedule or when a value calls for it.</summary>
    public StandingOrder? Standing { get; init; }

    /// <summary>It changes a medicine: prescribing, dispensing, repacking and telling the family are tasks of it.</summary>
    public bool? ChangesMedicine { get; init; }

    /// <summary>口頭指示: said by the physician and entered by a nurse; null once a physician wrote it.</summary>
    public VerbalOrder? Verbal { get; init; }

    /// <summary>The standing order of which it is one occasion.</summary>
    public Occasion? Occasion { get; init; }

    /// <summary>連署: a second person's, before it is carried out or closed; null: none is asked for.</summary>
    public Countersign? Countersign { get; init; }

    /// <summary>The post of a conversation that needs the answer. Such a request, and what comes of it, is for the team only.</summary>
    public ConversationPlace? Conversation { get; init; }
}

/// <summary>An order that holds until a time. Without condition and schedule it is carried out at the discretion of whoever took it.</summary>
/// <param name="Until">Until when; at most six months after issue.</param>
/// <param name="When">The value that calls for it; null: none does.</param>
/// <param name="Every">The times at which it is carried out; null: none are set.</param>
/// <remarks>Source of the six months: the longest period of a home-visit nursing order, on which what is carried out at home rests.</remarks>
public sealed record StandingOrder(DateTimeOffset Until, OrderCondition? When = null, OrderSchedule? Every = null)
{
    /// <summary>Whether it is carried out by its occasions, each reported by itself.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasOccasions => When is not null || Every is not null;
}

/// <summary>"If SpO₂ &lt; 90, then …": a sign beyond a bound.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Below">Fires under this value; null: no lower bound.</param>
/// <param name="Above">Fires over this value; null: no upper bound.</param>
public sealed record OrderCondition(VitalSign Sign, decimal? Below = null, decimal? Above = null);

/// <summary>Times of day, in Japan, on days of the week.</summary>
/// <param name="Times">Clock times; at least one, at most 24.</param>
/// <param name="Days">Days of the week; empty: every day.</param>
public sealed record OrderSchedule(IReadOnlyList<TimeOnly> Times, IReadOnlyList<DayOfWeek> Days)
{
    /// <summary>The times that lie after one instant and not after another, in order.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        for (var day = JapanTime.DayOf(after); day <= JapanTime.DayOf(until); day = day.AddDays(1))
        {
            if (Days.Count > 0 && !Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            foreach (var time in Times.Order())
            {
                if (JapanTime.At(day, time) is var at && at > after && at <= until)
                {
                    yield return at;
                }
            }
        }
    }
}

/// <summary>Who entered what a physician said.</summary>
/// <param name="EnteredById">The nurse.</param>
/// <param name="EnteredByName">By name.</param>
/// <param name="PhysicianName">Who said it.</param>
public sealed record VerbalOrder(Guid EnteredById, string EnteredByName, string PhysicianName);

/// <summary>One occasion of a standing order.</summary>
/// <param name="OfInstructionId">The standing order.</param>
/// <param name="IssuerName">Who issued that.</param>
/// <param name="IssuerOrganisation">For which organisation.</param>
/// <param name="At">The time that was set, or that of the reading.</param>
/// <param name="Sign">The sign that called for it; null: the schedule did.</param>
/// <param name="Value">Its value; null: the meter had none to show (Lo or Hi).</param>
/// <param name="SourceId">The visit or measurement it was read in.</param>
public sealed record Occasion(
    Guid OfInstructionId, string IssuerName, string? IssuerOrganisation, DateTimeOffset At, VitalSign? Sign = null, decimal? Value = null, Guid? SourceId = null);

/// <summary>What follows from a change of medicine.</summary>
public enum MedicineTask
{
    /// <summary>処方</summary>
    Prescribe,
    /// <summary>調剤</summary>
    Dispense,
    /// <summary>セットし直し(一包化・お薬カレンダー)</summary>
    Repack,
    /// <summary>家族への説明</summary>
    TellFamily,
}

/// <summary>Who may do what follows from a change of medicine.</summary>
/// <remarks>Source: the project's care rules, "Who may do what": a physician or dentist prescribes, a pharmacist alone dispenses (薬剤師法 art. 19).</remarks>
public static class MedicineTasks
{
    /// <summary>Whether the profession may do the task.</summary>
    public static bool MayDo(MedicineTask task, Profession profession) => (task, profession) switch
    {
        (MedicineTask.Prescribe, Profession.Physician or Profession.Dentist) => true,
        (MedicineTask.Dispense, Profession.Pharmacist) => true,
        (MedicineTask.Repack, Profession.Pharmacist or Profession.Nurse or Profession.PublicHealthNurse or Profession.Midwife or Profession.AssistantNurse) => true,
        (MedicineTask.TellFamily, Profession.Physician or Profession.Dentist or Profession.Pharmacist or Profession.Nurse or Profession.PublicHealthNurse or Profession.Midwife
            or Profession.AssistantNurse or Profession.CareManager) => true,
        _ => false,
    };

    /// <summary>Whose the task is: the issuer prescribes; whoever took the instruction, if they may, does the rest; else who is on call and may; else the first of
    /// the team who may. Nobody's where nobody may.</summary>
    public static Owner OwnerOf(MedicineTask task, InstructionCard card, Standing standing)
    {
        var order = (task == MedicineTask.Prescribe ? [card.IssuerId] : card.TakenBy is { } taker ? [taker] : Array.Empty<Guid>())
            .Concat(standing.OnCall).Concat(standing.Team.Select(p => p.PersonId));
        return order.Select(standing.Person).FirstOrDefault(p => p is not null && MayDo(task, p.Profession)) is { } person
            ? new Owner(person.PersonId, person.Name, null, card.IssuedAt)
            : new Owner(null, null, Unowned.NobodyNamed, card.IssuedAt);
    }
}

/// <summary>What must hold of a standing order.</summary>
public sealed class StandingOrderRules : AbstractValidator<StandingOrder>
{
    /// <summary/>
    public StandingOrderRules()
    {
        RuleFor(s => s.When!).ChildRules(condition =>
        {
            condition.RuleFor(w => w.Sign).IsInEnum();
            condition.RuleFor(w => w.Below).Must((w, _) => w.Below is not null || w.Above is not null).WithErrorCode("instruction.condition_without_bound");
            condition.RuleFor(w => w.Below).Must((w, below) => below is null || VitalSignTable.Of(w.Sign).Possible.Contains(below.Value)).WithErrorCode("instruction.condition_bound");
            condition.RuleFor(w => w.Above).Must((w, above) => above is null || VitalSignTable.Of(w.Sign).Possible.Contains(above.Value)).WithErrorCode("instruction.condition_bound");
        }).When(s => s.When is not null);
        RuleFor(s => s.Every!).ChildRules(schedule =>
        {
            schedule.RuleFor(e => e.Times).Must(t => t is { Count: > 0 and <= 24 }).WithErrorCode("instruction.schedule_times");
            schedule.RuleFor(e => e.Days).Must(d => d is { Count: <= 7 } && d.All(Enum.IsDefined)).WithErrorCode("field.not_a_choice");
        }).When(s => s.Every is not null);
        RuleFor(s => s.Every).Null().WithErrorCode("instruction.condition_or_schedule").When(s => s.When is not null);
    }
}
