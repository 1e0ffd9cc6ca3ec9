using HomeCare.Instructions;
using HomeCare.People;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Instructions;

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

    /// <summary>The medicine as typed, part by part.</summary>
    public Dictionary<OrderPart, string> Order { get; } = [];

    /// <summary>The professions that may be addressed with the kind, of those who can be reached. Nurses, public health nurses and midwives are one.</summary>
    public static IReadOnlyList<Profession> Professions(InstructionKind kind, IEnumerable<KnownPerson> reachable) =>
        [.. reachable.Select(p => p.Profession is Profession.PublicHealthNurse or Profession.Midwife ? Profession.Nurse : p.Profession).Distinct()
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
        instructionId, patientId, Kind, Text ?? "", ToAddressee(), Urgency, LocalTime.Parse(Due), Kind == InstructionKind.Medicine ? ToOrder() : null);

    private Addressee ToAddressee() =>
        To.StartsWith(OfPerson, StringComparison.Ordinal) ? new Addressee(AddresseeKind.Person, PersonId: Guid.Parse(To[OfPerson.Length..]))
        : To.StartsWith(OfProfession, StringComparison.Ordinal) ? new Addressee(AddresseeKind.Profession, Profession: Enum.Parse<Profession>(To[OfProfession.Length..]))
        : new Addressee(AddresseeKind.WhoeverVisitsNext);

    private MedicineOrder ToOrder() => new(
        Part(OrderPart.Drug) ?? "", Typed.Number(Part(OrderPart.Dose)) ?? 0, Part(OrderPart.Unit) ?? "", Part(OrderPart.Route) ?? "",
        Part(OrderPart.Rate), Part(OrderPart.Timing));

    private string? Part(OrderPart part) => Typed.Text(Order.GetValueOrDefault(part));
}
