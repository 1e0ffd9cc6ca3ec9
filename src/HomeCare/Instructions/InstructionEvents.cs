namespace HomeCare.Instructions;

/// <summary>A physician issued an instruction.</summary>
/// <param name="InstructionId">The instruction.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">In words.</param>
/// <param name="Order">The medicine, where it orders one.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="DueAt">By when.</param>
/// <param name="Addressee">To whom.</param>
/// <param name="AddresseeName">The person addressed, by name at the time.</param>
/// <param name="IssuerId">Who issued it.</param>
/// <param name="Terms">What is particular about it; null: nothing.</param>
public sealed record InstructionIssued(
    Guid InstructionId, Guid PatientId, InstructionKind Kind, string Text, MedicineOrder? Order, Urgency Urgency, DateTimeOffset? DueAt,
    Addressee Addressee, string? AddresseeName, Guid IssuerId, InstructionTerms? Terms = null) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => Terms?.Conversation is not null;
}

/// <summary>An instruction was changed; what it said before is kept with it. It is read and taken again.</summary>
public sealed record InstructionChanged(
    Guid InstructionId, Guid PatientId, string Text, MedicineOrder? Order, Urgency Urgency, DateTimeOffset? DueAt, string Reason, string FormerText,
    MedicineOrder? FormerOrder) : IPatientEvent;

/// <summary>The physician confirmed what was entered as said.</summary>
public sealed record VerbalOrderConfirmed(Guid InstructionId, Guid PatientId) : IPatientEvent;

/// <summary>The physician did not say it so: it ends. Who entered it is to be told.</summary>
public sealed record VerbalOrderRejected(Guid InstructionId, Guid PatientId, string Reason, Guid EnteredById) : IPatientEvent;

/// <summary>What follows from a change of medicine was done.</summary>
public sealed record MedicineTaskFinished(Guid InstructionId, Guid PatientId, MedicineTask Task, string? Note) : IPatientEvent;

/// <summary>A standing order reached its end.</summary>
public sealed record InstructionExpired(Guid InstructionId, Guid PatientId, DateTimeOffset Until) : IPatientEvent;

/// <summary>An instruction has reached a device of somebody for whom it waits (到着), for the first time for that person. On which devices the team works is the team's.</summary>
/// <param name="InstructionId">The instruction.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PersonId">Whom it reached.</param>
/// <param name="Device">The kind of device and browser: "iPad Safari".</param>
public sealed record InstructionDelivered(Guid InstructionId, Guid PatientId, Guid PersonId, string Device) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}

/// <summary>Somebody read an instruction (既読).</summary>
public sealed record InstructionRead(Guid InstructionId, Guid PatientId, Guid ReaderId, bool? TeamOnly = null) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => TeamOnly == true;
}

/// <summary>Somebody took an instruction (指示受け): it is theirs now.</summary>
/// <param name="InstructionId">The instruction.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="TakerId">Who took it.</param>
/// <param name="ReadBack">The order as understood.</param>
/// <param name="Comment">In words.</param>
/// <param name="TakerName">By name at the time.</param>
/// <param name="Countersign">Whose countersignature the taker asks for; null: no more than the instruction itself asks for.</param>
public sealed record InstructionTaken(
    Guid InstructionId, Guid PatientId, Guid TakerId, MedicineOrder? ReadBack, string? Comment, string? TakerName = null, Countersign? Countersign = null) : IPatientEvent;

/// <summary>A second person countersigned (連署), as was asked for.</summary>
public sealed record InstructionCountersigned(Guid InstructionId, Guid PatientId, Guid CountersignerId, string CountersignerName, string? Comment) : IPatientEvent;

/// <summary>The next person was asked (当番への引き上げ), because a due time passed or the one whose turn it was left. Who is named is to be told.</summary>
/// <param name="InstructionId">The instruction.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Step">The step that is waited for.</param>
/// <param name="Rung">The how-manieth within the step, from 1.</param>
/// <param name="DueAt">When the step was due.</param>
/// <param name="Reason">Why.</param>
/// <param name="ToPersonId">Who is asked; null: nobody was left, and it is visibly nobody's.</param>
/// <param name="ToName">By name at the time.</param>
/// <param name="TeamOnly">Whether it is of a conversation of the team.</param>
public sealed record InstructionEscalated(
    Guid InstructionId, Guid PatientId, LedgerStep Step, int Rung, DateTimeOffset DueAt, EscalationReason Reason, Guid? ToPersonId, string? ToName,
    bool? TeamOnly = null) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => TeamOnly == true;
}

/// <summary>Somebody asked back; nothing is carried out until it is answered.</summary>
public sealed record InstructionQuestioned(Guid InstructionId, Guid PatientId, string Question) : IPatientEvent;

/// <summary>A physician answered.</summary>
public sealed record QuestionAnswered(Guid InstructionId, Guid PatientId, string Answer) : IPatientEvent;

/// <summary>An instruction was carried out.</summary>
/// <param name="InstructionId">The instruction.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Evidence">What shows it, in words.</param>
/// <param name="VisitId">The visit during which it was done.</param>
/// <param name="DoneAt">When.</param>
/// <param name="Links">Readings, photographs and entries that show it; null: none.</param>
/// <param name="TeamOnly">It belongs to a conversation of the team.</param>
public sealed record InstructionCompleted(
    Guid InstructionId, Guid PatientId, string Evidence, Guid? VisitId, DateTimeOffset DoneAt, IReadOnlyList<EvidenceLink>? Links = null,
    bool? TeamOnly = null) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => TeamOnly == true;
}

/// <summary>An instruction was not carried out, for a reason.</summary>
public sealed record InstructionDeclined(Guid InstructionId, Guid PatientId, string Reason) : IPatientEvent;

/// <summary>A physician closed an instruction: seen to its end, or withdrawn.</summary>
public sealed record InstructionClosed(Guid InstructionId, Guid PatientId, bool Withdrawn, string? Comment, bool? TeamOnly = null) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => TeamOnly == true;
}
