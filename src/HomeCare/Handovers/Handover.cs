using HomeCare.Instructions;

namespace HomeCare.Handovers;

/// <summary>What is handed over about one person, in the four steps of SBAR. Source: Institute for Healthcare Improvement, "SBAR Tool:
/// Situation-Background-Assessment-Recommendation".</summary>
/// <param name="Situation">What is the matter now (状況), at most <see cref="Longest"/> characters.</param>
/// <param name="Background">What led to it (背景); may be empty.</param>
/// <param name="Assessment">What the sender makes of it (評価); may be empty.</param>
/// <param name="Recommendation">What the next person is to do or to watch (提案).</param>
public sealed record Sbar(string Situation, string? Background, string? Assessment, string Recommendation)
{
    /// <summary>Characters of each step, at most.</summary>
    public const int Longest = 2000;
}

/// <summary>One handover about one person (申し送り): sent to a person of the care team or to a profession, acknowledged by one of them, or taken back before.</summary>
/// <param name="Sent">As it was sent; null: there is no such handover.</param>
/// <param name="AcknowledgedBy">Who took it over.</param>
/// <param name="Withdrawn">Taken back by the sender.</param>
public sealed record Handover(HandoverSent? Sent, Guid? AcknowledgedBy, bool Withdrawn) : IState<Handover>
{
    /// <summary>The handover's stream.</summary>
    public static string StreamOf(Guid id) => $"handover-{id}";

    /// <inheritdoc/>
    public static Handover Initial { get; } = new(null, null, false);

    /// <inheritdoc/>
    public static string StreamType => "handover";

    /// <inheritdoc/>
    public Handover Apply(object e) => e switch
    {
        HandoverSent sent => this with { Sent = sent },
        HandoverAcknowledged acknowledged => this with { AcknowledgedBy = acknowledged.PersonId },
        HandoverWithdrawn => this with { Withdrawn = true },
        _ => this,
    };
}

/// <summary>Somebody handed a person over to the next.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="SenderId">Who hands over.</param>
/// <param name="To">To a person, or to whoever of a profession comes next.</param>
/// <param name="ToName">The person's name at the time; null for a profession.</param>
/// <param name="Sbar">What is to be known.</param>
public sealed record HandoverSent(Guid HandoverId, Guid PatientId, Guid SenderId, Addressee To, string? ToName, Sbar Sbar) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}

/// <summary>The next person has read a handover and takes over.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PersonId">Who takes over.</param>
/// <param name="Comment">What they want to say to it.</param>
public sealed record HandoverAcknowledged(Guid HandoverId, Guid PatientId, Guid PersonId, string? Comment) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}

/// <summary>The sender took a handover back before anybody acknowledged it.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Reason">Why.</param>
public sealed record HandoverWithdrawn(Guid HandoverId, Guid PatientId, string Reason) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}
