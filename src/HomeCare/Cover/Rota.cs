using System.Collections.Immutable;

namespace HomeCare.Cover;

/// <summary>An organisation's rota (当番表): who is on call when.</summary>
/// <param name="Turns">Its lines.</param>
/// <param name="HandedOver">Duty handed over for a time, the latest last.</param>
public sealed record Rota(ImmutableArray<RotaTurn> Turns, ImmutableArray<DutyTaken> HandedOver) : IState<Rota>
{
    /// <summary>Whether it was ever set.</summary>
    public bool IsSet { get; init; }

    /// <summary>The rota's stream.</summary>
    public static string StreamOf(Guid organisationId) => $"rota-{organisationId}";

    /// <inheritdoc/>
    public static Rota Initial { get; } = new([], []);

    /// <inheritdoc/>
    public static string StreamType => "rota";

    /// <inheritdoc/>
    public Rota Apply(object e) => e switch
    {
        RotaSet set => this with { Turns = [.. set.Turns], IsSet = true },
        DutyHandedOver handed => this with { HandedOver = HandedOver.Add(new DutyTaken(handed.ToPersonId, handed.From, handed.Until, handed.Note)) },
        _ => this,
    };
}

/// <summary>An organisation's rota was set, in the place of the one before.</summary>
public sealed record RotaSet(Guid OrganisationId, IReadOnlyList<RotaTurn> Turns);

/// <summary>Duty was handed over for a time (当番の交代). The person named has it and is to be told.</summary>
public sealed record DutyHandedOver(Guid OrganisationId, Guid ToPersonId, string ToName, DateTimeOffset From, DateTimeOffset Until, string? Note);

/// <summary>Who is asked, in which order, when nobody answers for one person cared for; in the place of the care team's organisations.</summary>
public sealed record PatientCoverSet(Guid PatientId, IReadOnlyList<CoverStep> Steps) : IPatientEvent;

/// <summary>One step of a person's cover: somebody by name, or whoever an organisation's rota names.</summary>
/// <param name="PersonId">The person; null for an organisation.</param>
/// <param name="OrganisationId">The organisation; null for a person.</param>
public sealed record CoverStep(Guid? PersonId = null, Guid? OrganisationId = null);

/// <summary>The cover of one person cared for.</summary>
/// <param name="Steps">In order.</param>
/// <param name="IsSet">Whether it was ever set.</param>
public sealed record PatientCover(ImmutableArray<CoverStep> Steps, bool IsSet) : IState<PatientCover>
{
    /// <summary>The stream.</summary>
    public static string StreamOf(Guid patientId) => $"patient-cover-{patientId}";

    /// <inheritdoc/>
    public static PatientCover Initial { get; } = new([], false);

    /// <inheritdoc/>
    public static string StreamType => "patient_cover";

    /// <inheritdoc/>
    public PatientCover Apply(object e) => e is PatientCoverSet set ? new([.. set.Steps], true) : this;
}
