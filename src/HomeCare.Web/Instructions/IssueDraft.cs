using HomeCare.Instructions;
using HomeCare.People;
using HomeCare.VitalSigns;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Instructions;

/// <summary>How often an instruction is carried out.</summary>
public enum IssueCourse
{
    /// <summary>1回</summary>
    Once,
    /// <summary>期間中</summary>
    Standing,
    /// <summary>毎日、時刻を決めて</summary>
    Daily,
    /// <summary>値が外れたとき</summary>
    When,
}

/// <summary>An instruction as it is being written.</summary>
public sealed class IssueDraft
{
    private const string Next = "next", OfPerson = "person:", OfProfession = "profession:";

    /// <summary>What it is about.</summary>
    public InstructionKind Kind { get; set; } = InstructionKind.Treatment;

    /// <summary>How soon.</summary>
    public Urgency Urgency { get; set; }

    /// <summary>To whom, as the choice's value.</summary>
    public string To { get; set; } = Next;

    /// <summary>By when, as the browser's field has it.</summary>
    public string? Due { get; set; }

    /// <summary>In words.</summary>
    public string? Text { get; set; }

    /// <summary>Whether something is stopped.</summary>
    public bool StopOrder { get; set; }

    /// <summary>Whether a medicine is changed, so that tasks follow.</summary>
    public bool ChangesMedicine { get; set; }

    /// <summary>Whose countersignature is asked for, as the choice's value; null: nobody's.</summary>
    public string? Countersign { get; set; }

    /// <summary>Once, until a day, at set times, or when a value calls for it.</summary>
    public IssueCourse Course { get; set; }

    /// <summary>The last day on which it holds.</summary>
    public string? Until { get; set; }

    /// <summary>The sign that calls for it.</summary>
    public string? Sign { get; set; } = nameof(VitalSign.SpO2);

    /// <summary>The bound beneath which it is called for.</summary>
    public string? Below { get; set; }

    /// <summary>The bound above which it is called for.</summary>
    public string? Above { get; set; }

    /// <summary>Clock times, apart by blanks or commas.</summary>
    public string? Times { get; set; }

    /// <summary>The medicine as typed, part by part.</summary>
    public Dictionary<OrderPart, string> Order { get; } = [];

    /// <summary>The professions that may be addressed with the kind, of those who can be reached. Nurses, public health nurses and midwives are one.</summary>
    public static IReadOnlyList<Profession> Professions(InstructionKind kind, IEnumerable<KnownPerson> reachable) =>
        [.. reachable.Select(p => InstructionTakers.TradeOf(p.Profession)).Distinct()
            .Where(p => InstructionTakers.MayTake(kind, p)).Order()];

    /// <summary>The people who may be addressed with the kind.</summary>
    public static IReadOnlyList<KnownPerson> People(InstructionKind kind, IEnumerable<KnownPerson> reachable) =>
        [.. reachable.Where(p => InstructionTakers.MayTake(kind, p.Profession))];

    /// <summary>The choice's value of a person.</summary>
    public static string ValueOf(KnownPerson person) => OfPerson + person.PersonId;

    /// <summary>The choice's value of a profession.</summary>
    public static string ValueOf(Profession profession) => OfProfession + profession;

    /// <summary>The choice's value of whoever visits next.</summary>
    public static string WhoeverVisitsNext => Next;

    /// <summary>Where an instruction of the kind goes unless another is chosen: the profession that the kind belongs to, if it can be reached.</summary>
    public static string UsualFor(InstructionKind kind, IEnumerable<KnownPerson> reachable)
    {
        var usual = kind switch
        {
            InstructionKind.Care => Profession.Helper,
            InstructionKind.PharmacistVisit => Profession.Pharmacist,
            InstructionKind.Coordination => Profession.CareManager,
            InstructionKind.Rehabilitation => Profession.PhysicalTherapist,
            _ => Profession.Nurse,
        };
        return Professions(kind, reachable).Contains(usual) ? ValueOf(usual) : Next;
    }

    /// <summary>Another kind: who may not take it is no longer addressed.</summary>
    public void Choose(InstructionKind kind, IReadOnlyList<KnownPerson> reachable)
    {
        Kind = kind;
        var open = Professions(kind, reachable).Select(ValueOf).Concat(People(kind, reachable).Select(ValueOf)).Append(Next);
        if (!open.Contains(To) || To.StartsWith(OfProfession, StringComparison.Ordinal) || To == Next)
        {
            To = UsualFor(kind, reachable);
        }
    }

    /// <summary>The command. A part of the medicine that is missing stays empty, and the command says so at its field.</summary>
    public IssueInstruction ToCommand(Guid instructionId, Guid patientId) => new(
        instructionId, patientId, Kind, Text ?? "", ToAddressee(), Urgency, LocalTime.Parse(Due), Kind == InstructionKind.Medicine ? ToOrder() : null,
        StopOrder ? true : null, ToStanding(), Kind == InstructionKind.Medicine && ChangesMedicine ? true : null, CountersignChoice.Parse(Countersign));

    /// <summary>The times typed; null where one of them is none.</summary>
    public IReadOnlyList<TimeOnly>? ParsedTimes()
    {
        var times = new List<TimeOnly>();
        foreach (var typed in (Times ?? "").Normalize(System.Text.NormalizationForm.FormKC).Split([' ', ',', '、', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TimeOnly.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out var time))
            {
                return null;
            }

            times.Add(time);
        }

        return times;
    }

    private StandingOrder? ToStanding()
    {
        if (Course == IssueCourse.Once)
        {
            return null;
        }

        // A day that is none lies in the past, and the command says so at its field.
        var until = LocalTime.ParseDay(Until) is { } day ? JapanTime.StartOf(day.AddDays(1)) : DateTimeOffset.MinValue;
        return Course switch
        {
            IssueCourse.When => new StandingOrder(until, new OrderCondition(Typed.Choice<VitalSign>(Sign) ?? VitalSign.SpO2, Typed.Number(Below), Typed.Number(Above))),
            IssueCourse.Daily => new StandingOrder(until, Every: new OrderSchedule(ParsedTimes() ?? [], [])),
            _ => new StandingOrder(until),
        };
    }

    private Addressee ToAddressee() =>
        To.StartsWith(OfPerson, StringComparison.Ordinal) ? new Addressee(AddresseeKind.Person, PersonId: Guid.Parse(To[OfPerson.Length..]))
        : To.StartsWith(OfProfession, StringComparison.Ordinal) ? new Addressee(AddresseeKind.Profession, Profession: Enum.Parse<Profession>(To[OfProfession.Length..]))
        : new Addressee(AddresseeKind.WhoeverVisitsNext);

    /// <summary>The medicine as typed.</summary>
    public MedicineOrder ToOrder() => new(
        Part(OrderPart.Drug) ?? "", Typed.Number(Part(OrderPart.Dose)) ?? 0, Part(OrderPart.Unit) ?? "", Part(OrderPart.Route) ?? "",
        Part(OrderPart.Rate), Part(OrderPart.Timing));

    private string? Part(OrderPart part) => Typed.Text(Order.GetValueOrDefault(part));
}
