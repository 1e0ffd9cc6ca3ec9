using System.Collections.Immutable;

namespace HomeCare.Instructions;

/// <summary>A physician's instruction, from issue to close.</summary>
public sealed record Instruction(
    InstructionIssued? Issued, InstructionStatus Status, ImmutableHashSet<Guid> ReadBy, Guid? TakenBy, string? OpenQuestion) : IState<Instruction>
{
    /// <summary>How many steps were done: each begins a phase in which the cover is asked anew.</summary>
    public int Phase { get; init; }

    /// <summary>Who was asked within the present phase, in order; null: nobody was left.</summary>
    public ImmutableList<Guid?> Asked { get; init; } = [];

    /// <summary>Who had taken it before it was changed.</summary>
    public Guid? FormerTaker { get; init; }

    /// <summary>Whether it was entered as said by a physician who has not confirmed it yet.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>What follows from a change of medicine and is still to be done.</summary>
    public ImmutableHashSet<MedicineTask> OpenTasks { get; init; } = [];

    /// <summary>True where it belongs to a conversation of the team, and so does what comes of it; null otherwise, as in older events.</summary>
    internal bool? TeamOnly => Issued?.Terms?.Conversation is null ? null : true;

    /// <summary>Whom it has reached, as it reads now.</summary>
    public ImmutableHashSet<Guid> DeliveredTo { get; init; } = [];

    /// <summary>Name of the one who took it.</summary>
    public string? TakerName { get; init; }

    /// <summary>Whose countersignature is asked for; null: nobody's. A standing order asks for it at each of its occasions.</summary>
    public Countersign? Countersign { get; init; }

    /// <summary>Who countersigned; null: nobody yet.</summary>
    public Guid? CountersignedBy { get; init; }

    /// <summary>By name.</summary>
    public string? CountersignerName { get; init; }

    /// <summary>Whether the next step is a countersignature.</summary>
    public bool AwaitsCountersign => Countersign is { } asked && CountersignedBy is null && asked.IsDue(Status, TakenBy);

    /// <summary>The instruction's stream.</summary>
    public static string StreamOf(Guid id) => $"instruction-{id}";

    /// <inheritdoc/>
    public static Instruction Initial { get; } = new(null, InstructionStatus.Issued, [], null, null);

    /// <inheritdoc/>
    public static string StreamType => "instruction";

    /// <summary>Whether nothing more is expected of anybody who carries out.</summary>
    public bool IsOver => Status is InstructionStatus.Completed or InstructionStatus.Declined or InstructionStatus.Expired or InstructionStatus.Closed;

    /// <inheritdoc/>
    public Instruction Apply(object e) => e switch
    {
        InstructionIssued issued => this with
        {
            Issued = issued,
            Status = InstructionStatus.Issued,
            IsUnconfirmed = issued.Terms?.Verbal is not null,
            OpenTasks = issued.Terms?.ChangesMedicine == true ? [.. Enum.GetValues<MedicineTask>()] : [],
            Countersign = issued.Terms.CountersignOf(),
        },
        InstructionChanged changed => Next(InstructionStatus.Issued) with
        {
            Issued = Issued! with { Text = changed.Text, Order = changed.Order, Urgency = changed.Urgency, DueAt = changed.DueAt },
            FormerTaker = TakenBy ?? FormerTaker, TakenBy = null, TakerName = null, OpenQuestion = null, ReadBy = [], DeliveredTo = [],
            CountersignedBy = null, CountersignerName = null,
        },
        VerbalOrderConfirmed => this with { IsUnconfirmed = false },
        VerbalOrderRejected => Next(InstructionStatus.Closed) with { IsUnconfirmed = false },
        MedicineTaskFinished finished => this with { OpenTasks = OpenTasks.Remove(finished.Task) },
        InstructionExpired => Next(InstructionStatus.Expired),
        InstructionDelivered delivered => this with { DeliveredTo = DeliveredTo.Add(delivered.PersonId) },
        InstructionRead read => this with { ReadBy = ReadBy.Add(read.ReaderId) },
        // Whoever countersigned and then has to carry it out themselves has not been looked over the shoulder.
        InstructionTaken taken => Next(InstructionStatus.Taken) with
        {
            TakenBy = taken.TakerId, TakerName = taken.TakerName, Countersign = taken.Countersign ?? Countersign,
            CountersignedBy = CountersignedBy == taken.TakerId ? null : CountersignedBy,
        },
        InstructionCountersigned signed => Next(Status) with { CountersignedBy = signed.CountersignerId, CountersignerName = signed.CountersignerName },
        InstructionQuestioned questioned => Next(InstructionStatus.Questioned) with { OpenQuestion = questioned.Question },
        QuestionAnswered => Next(InstructionStatus.Answered) with { OpenQuestion = null },
        InstructionCompleted => Next(InstructionStatus.Completed),
        InstructionDeclined => Next(InstructionStatus.Declined),
        InstructionClosed => Next(InstructionStatus.Closed),
        InstructionEscalated escalated => this with { Asked = Asked.Add(escalated.ToPersonId) },
        _ => this,
    };

    private Instruction Next(InstructionStatus status) => this with { Status = status, Phase = Phase + 1, Asked = [] };

    /// <summary>Why it cannot be this actor's, because it is somebody else's; null: it can. Whoever of the cover was asked may take it over.</summary>
    internal Decision? TakenFrom(Actor by) =>
        TakenBy is { } taker && taker != by.PersonId && (AwaitsCountersign || !Asked.Contains(by.PersonId))
            ? new Decision.Refused(RefusalKind.Conflict, "instruction.taken_by_another") { Who = TakerName }
            : null;

    /// <summary>Whether this actor answers for it: a physician for any instruction, a dentist for those of a dentist's own.</summary>
    internal bool IsAnsweredBy(Actor by) => by.Profession == Profession.Physician || Issued!.IssuerId == by.PersonId;

    /// <summary>Why this actor may not carry it out, or null.</summary>
    internal Decision? NotFor(Actor by)
    {
        var issued = Issued!;
        if (!InstructionTakers.MayTake(issued.Kind, by.Profession))
        {
            return Decision.Forbid("instruction.not_for_profession");
        }

        // Four eyes: whose countersignature is asked for by name does not carry it out.
        if (Countersign?.PersonId == by.PersonId)
        {
            return Decision.Forbid("instruction.countersigner_may_not_take");
        }

        var mine = issued.Addressee.Kind switch
        {
            AddresseeKind.Person => issued.Addressee.PersonId == by.PersonId,
            AddresseeKind.Profession => InstructionTakers.SameTrade(issued.Addressee.Profession, by.Profession),
            AddresseeKind.WhoeverVisitsNext => true,
            _ => false,
        };
        // Whoever of the cover took it has it, and takes it anew when it was changed, though it is addressed to another.
        return mine || (TakenBy ?? FormerTaker) == by.PersonId || Asked.Contains(by.PersonId) ? null : Decision.Forbid("instruction.for_another");
    }
}

/// <summary>How far an instruction has come. "Read" is kept per reader beside it.</summary>
public enum InstructionStatus
{
    /// <summary>指示受け待ち</summary>
    Issued,
    /// <summary>指示受け済み</summary>
    Taken,
    /// <summary>照会中</summary>
    Questioned,
    /// <summary>回答あり</summary>
    Answered,
    /// <summary>実施済み</summary>
    Completed,
    /// <summary>実施せず</summary>
    Declined,
    /// <summary>期限満了: a standing order that has reached its end.</summary>
    Expired,
    /// <summary>終了</summary>
    Closed,
}

/// <summary>What an instruction is about; who may take it follows from this.</summary>
public enum InstructionKind
{
    /// <summary>処置</summary>
    Treatment,
    /// <summary>薬</summary>
    Medicine,
    /// <summary>観察・測定</summary>
    Observation,
    /// <summary>検査</summary>
    Test,
    /// <summary>介護</summary>
    Care,
    /// <summary>リハビリテーション</summary>
    Rehabilitation,
    /// <summary>薬剤師の訪問指示</summary>
    PharmacistVisit,
    /// <summary>連携・調整</summary>
    Coordination,
    /// <summary>質問: asked of a physician by whoever is at the bedside.</summary>
    Question,
    /// <summary>疑義照会: a pharmacist's doubt about a prescription.</summary>
    Inquiry,
    /// <summary>意見の求め: an opinion, such as a care manager asks for.</summary>
    Opinion,
    /// <summary>情報共有: to be known; no answer is needed.</summary>
    Information,
    /// <summary>相談: an answer that a post of a conversation needs; it begins there and nowhere else.</summary>
    Consultation,
}

/// <summary>How soon.</summary>
public enum Urgency
{
    /// <summary>通常</summary>
    Routine,
    /// <summary>本日中</summary>
    Today,
    /// <summary>至急</summary>
    Urgent,
}

/// <summary>A medicine to be given or changed. It is an instruction, not a prescription, and never proposed by the product.</summary>
/// <param name="Drug">Name as ordered, at most 100 characters.</param>
/// <param name="Dose">Amount; above 0.</param>
/// <param name="Unit">Unit of the amount: mg, 錠, mL/h; never left out.</param>
/// <param name="Route">Way of giving, at most 50 characters.</param>
/// <param name="Rate">Rate, for infusions; at most 50 characters.</param>
/// <param name="Timing">When, and for how long; at most 100 characters.</param>
public sealed record MedicineOrder(string Drug, decimal Dose, string Unit, string Route, string? Rate = null, string? Timing = null)
{
    /// <summary>Whether a read-back says the same. Width, kana kind, case and spaces make no difference; a digit does.</summary>
    public bool SaysTheSame(MedicineOrder other) =>
        Dose == other.Dose && Same(Drug, other.Drug) && Same(Unit, other.Unit) && Same(Route, other.Route) && Same(Rate, other.Rate) && Same(Timing, other.Timing);

    private static bool Same(string? left, string? right) => Patients.SearchText.Of(left) == Patients.SearchText.Of(right);
}

/// <summary>Which professions take which kind of instruction.</summary>
/// <remarks>Source: the project's care rules, table "Who may do what", column "takes": nurses take what a physician orders; a therapist within the
/// nursing order; a pharmacist the visit instruction; a care manager coordination only; a helper care tasks.</remarks>
public static class InstructionTakers
{
    /// <summary>Whether it is asked the other way rather than ordered.</summary>
    public static bool IsRequest(this InstructionKind kind) =>
        kind is InstructionKind.Question or InstructionKind.Inquiry or InstructionKind.Opinion or InstructionKind.Information or InstructionKind.Consultation;

    /// <summary>Whether the profession may take the kind.</summary>
    public static bool MayTake(InstructionKind kind, Profession profession) => kind.IsRequest() ? MayAnswer(kind, profession) : profession switch
    {
        Profession.Nurse or Profession.PublicHealthNurse or Profession.Midwife or Profession.AssistantNurse =>
            kind is not InstructionKind.PharmacistVisit,
        Profession.PhysicalTherapist or Profession.OccupationalTherapist or Profession.SpeechTherapist => kind is InstructionKind.Rehabilitation,
        Profession.Pharmacist => kind is InstructionKind.PharmacistVisit or InstructionKind.Medicine,
        Profession.CareManager => kind is InstructionKind.Coordination,
        Profession.Helper => kind is InstructionKind.Care,
        _ => false,
    };

    /// <summary>A question and a doubt are a physician's or dentist's to answer, an opinion any treating profession's; what is to be known, and what is asked in a
    /// conversation, is for all who work on the team.</summary>
    private static bool MayAnswer(InstructionKind kind, Profession profession) => profession switch
    {
        Profession.Physician or Profession.Dentist => true,
        _ when kind is InstructionKind.Consultation => Permissions.Allows(Act.Converse, profession),
        Profession.CareManager or Profession.Helper => kind is InstructionKind.Information,
        _ => kind is InstructionKind.Opinion or InstructionKind.Information && Permissions.Allows(Act.CarryOutInstruction, profession),
    } && Permissions.SeesTeamOnly(profession);

    /// <summary>The profession by which one's colleagues are asked: nurses, public health nurses and midwives are one.</summary>
    public static Profession TradeOf(Profession profession) => profession is Profession.PublicHealthNurse or Profession.Midwife ? Profession.Nurse : profession;

    /// <summary>Whether an instruction to one profession also reaches the other: nurses, public health nurses and midwives are one.</summary>
    public static bool SameTrade(Profession? addressed, Profession profession) =>
        addressed == profession || (addressed is Profession.Nurse && profession is Profession.PublicHealthNurse or Profession.Midwife);
}
