using HomeCare.Patients;

namespace HomeCare;

/// <summary>Something a person asks to be done to one stream.</summary>
/// <typeparam name="TState">What the stream's events fold into.</typeparam>
public interface ICommand<TState> where TState : class, IState<TState>
{
    /// <summary>The stream it acts on, such as <c>visit-…</c>.</summary>
    string Stream { get; }

    /// <summary>Whose record it touches: access is decided by the relation to this person. Null when the stream that should tell
    /// does not exist, or for the community's own affairs.</summary>
    Guid? PatientOf(TState state);

    /// <summary>People and organisations it names; they must exist.</summary>
    IEnumerable<Reference> References => [];

    /// <summary>The set of readings it judges: when it was measured and which it is, so that other sets of that time are at hand. Null: it judges none.</summary>
    (DateTimeOffset At, Guid SourceId)? Measured => null;

    /// <summary>Pure: no clock, no reading, no writing.</summary>
    Decision Decide(TState state, Situation situation);
}

/// <summary>What a stream's events fold into.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IState<TSelf> where TSelf : class, IState<TSelf>
{
    /// <summary>The state of a stream that does not exist yet.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>Alias kept in <c>mt_streams.type</c>.</summary>
    static abstract string StreamType { get; }

    /// <summary>The state after one more event; an event that means nothing to it leaves it as it is.</summary>
    TSelf Apply(object e);
}

/// <summary>A person or an organisation that a command names.</summary>
public readonly record struct Reference(ReferenceKind Kind, Guid Id);

/// <summary>What can be named.</summary>
public enum ReferenceKind
{
    /// <summary>A person with a place in the community.</summary>
    Person,
    /// <summary>An organisation of the community.</summary>
    Organisation,
    /// <summary>A person who belongs to the care team now, by name or through an organisation: whoever else is named would see nothing of it.</summary>
    TeamMember,
    /// <summary>A file that was handed in for an order of this person.</summary>
    OrderFile,
    /// <summary>An instruction: when it was issued.</summary>
    Instruction,
    /// <summary>Readings, a photograph or an entry of this person. Whether they are there the decision says.</summary>
    Evidence,
}

/// <summary>What a decision may know besides the stream: who asks, when, about whom, and who is named.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Patient">The person cared for, where the command is about one who is registered.</param>
/// <param name="Known">The people and organisations the command names.</param>
public sealed record Situation(Actor By, DateTimeOffset Now, PatientCard? Patient, Known Known)
{
    /// <summary>Tablets' clocks run a little ahead; beyond this a time counts as the future.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the time has not come yet.</summary>
    public bool IsFuture(DateTimeOffset time) => time > Now + ClockTolerance;
}

/// <summary>What the community knows of those a command names.</summary>
public sealed record Known(IReadOnlyDictionary<Guid, KnownPerson> People, IReadOnlyDictionary<Guid, string> Organisations)
{
    /// <summary>Those of the people who belong to the care team now.</summary>
    public IReadOnlySet<Guid> Team { get; init; } = new HashSet<Guid>();

    /// <summary>Files of this person's orders.</summary>
    public IReadOnlyDictionary<Guid, NursingOrders.KnownFile> OrderFiles { get; init; } = new Dictionary<Guid, NursingOrders.KnownFile>();

    /// <summary>What the command names as showing that something was done, as far as it is there.</summary>
    public IReadOnlyList<Instructions.EvidenceLink> Evidence { get; init; } = [];

    /// <summary>When the instructions that the command names were issued.</summary>
    public IReadOnlyDictionary<Guid, Instructions.IssuedAt> Issued { get; init; } = new Dictionary<Guid, Instructions.IssuedAt>();

    /// <summary>Nobody.</summary>
    public static Known Nobody { get; } = new(new Dictionary<Guid, KnownPerson>(), new Dictionary<Guid, string>());
}

/// <summary>A person as others' entries name them.</summary>
public sealed record KnownPerson(Guid PersonId, string Name, Profession Profession, string? OrganisationName);
