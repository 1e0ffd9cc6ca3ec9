using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>To whom an instruction goes.</summary>
/// <param name="Kind">A person, a profession, or whoever visits next.</param>
/// <param name="PersonId">The person, where one is addressed.</param>
/// <param name="Profession">The profession, where one is addressed.</param>
public sealed record Addressee(AddresseeKind Kind, Guid? PersonId = null, Profession? Profession = null)
{
    /// <summary>The person named: somebody who belongs to the care team now.</summary>
    internal IEnumerable<Reference> References => PersonId is { } person ? [new Reference(ReferenceKind.TeamMember, person)] : [];

    /// <summary>Whether those addressed may take, or answer, the kind. Whoever visits next is seen to when it is taken.</summary>
    internal bool MayTake(InstructionKind kind, Known known) => (In(known)?.Profession ?? Profession) is not { } profession || InstructionTakers.MayTake(kind, profession);

    /// <summary>The person's name as the community knows it; null where none is named.</summary>
    internal string? NameIn(Known known) => In(known)?.Name;

    private KnownPerson? In(Known known) => PersonId is { } id ? known.People[id] : null;
}

/// <summary>Ways to address.</summary>
public enum AddresseeKind
{
    /// <summary>個人</summary>
    Person,
    /// <summary>職種</summary>
    Profession,
    /// <summary>次に訪問する人</summary>
    WhoeverVisitsNext,
}

/// <summary>What must hold of an addressee: a person has an identifier, a profession a name, and whoever visits next neither.</summary>
public sealed class AddresseeRules : AbstractValidator<Addressee>
{
    /// <summary/>
    public AddresseeRules()
    {
        RuleFor(a => a.Kind).IsInEnum();
        RuleFor(a => a.Profession).IsInEnum();
        RuleFor(a => a.PersonId).Must((a, id) => a.Kind == AddresseeKind.Person == id is not null).WithErrorCode("instruction.addressee_incomplete");
        RuleFor(a => a.Profession).Must((a, p) => a.Kind == AddresseeKind.Profession == p is not null).WithErrorCode("instruction.addressee_incomplete");
    }
}
