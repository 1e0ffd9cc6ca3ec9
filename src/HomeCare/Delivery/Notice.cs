using HomeCare.EventStore;
using HomeCare.Instructions;

namespace HomeCare.Delivery;

/// <summary>Somebody is needed: what makes it known outside the page. It names the person cared for to nobody; who is told gets a link.</summary>
/// <param name="PatientId">Whose record it is about; access is asked for it again before anything is sent.</param>
/// <param name="To">Who is needed.</param>
public sealed record Notice(Guid PatientId, Recipient To)
{
    /// <summary>The notice of an event; null when it needs nobody in particular. Another kind of event is another line here.</summary>
    public static Notice? Of(StoredEvent e) => e.Data switch
    {
        InstructionIssued i => new Notice(i.PatientId, Recipient.Of(i.Addressee, i.Kind)),
        InstructionTaken t => new Notice(t.PatientId, new Recipient.CountersignerOf(t.InstructionId, CountersignBefore.Do)),
        InstructionCompleted c => new Notice(c.PatientId, new Recipient.CountersignerOf(c.InstructionId, CountersignBefore.Close)),
        InstructionQuestioned q => new Notice(q.PatientId, new Recipient.IssuerOf(q.InstructionId)),
        InstructionEscalated { ToPersonId: { } cover } x => new Notice(x.PatientId, new Recipient.Person(cover)),
        QuestionAnswered a => new Notice(a.PatientId, new Recipient.AskerOf(a.InstructionId)),
        _ => null,
    };
}

/// <summary>Who is needed. Of these only who belongs to the care team at that moment, and is not the author, is told.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>A person.</summary>
    public sealed record Person(Guid PersonId) : Recipient;

    /// <summary>Everybody on the team of a profession, as instructions address one.</summary>
    public sealed record Trade(Profession Profession) : Recipient;

    /// <summary>Whoever visits next, if that person may take an instruction of the kind.</summary>
    public sealed record NextVisitor(InstructionKind Kind) : Recipient;

    /// <summary>Who issued an instruction.</summary>
    public sealed record IssuerOf(Guid InstructionId) : Recipient;

    /// <summary>Whose countersignature an instruction needs before a step: the person, or the profession's; nobody where none is asked for.</summary>
    public sealed record CountersignerOf(Guid InstructionId, CountersignBefore Before) : Recipient;

    /// <summary>Who last asked back about an instruction.</summary>
    public sealed record AskerOf(Guid InstructionId) : Recipient;

    /// <summary>Those whom an instruction addresses; null when nobody can be told.</summary>
    public static Recipient Of(Addressee addressee, InstructionKind kind) => addressee switch
    {
        { Kind: AddresseeKind.Person, PersonId: { } person } => new Person(person),
        { Kind: AddresseeKind.Profession, Profession: { } profession } => new Trade(profession),
        _ => new NextVisitor(kind),
    };
}
