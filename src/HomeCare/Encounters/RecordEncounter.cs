using FluentValidation;

namespace HomeCare.Encounters;

/// <summary>Record an encounter that took place elsewhere, as another system tells of it.</summary>
/// <param name="EncounterId">Chosen by the sender.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Encounter">As told.</param>
/// <param name="Source">Where it came from.</param>
public sealed record RecordEncounter(Guid EncounterId, Guid PatientId, Encounter Encounter, SourceIdentifier Source) : ICommand<EncounterState>
{
    string ICommand<EncounterState>.Stream => EncounterState.StreamOf(EncounterId);

    /// <inheritdoc/>
    public Guid? PatientOf(EncounterState state) => state.Recorded?.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(EncounterState state, Situation situation) => state.Recorded switch
    {
        { } known when known.PatientId != PatientId => Decision.Refuse("encounter.other_patient"),
        { } known when Json.Same(known.Encounter, Encounter) => Decision.AlreadySo,
        _ => Decision.Accept(new EncounterRecorded(EncounterId, PatientId, Encounter, Source)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordEncounter>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.EncounterId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Encounter).NotNull();
            RuleFor(c => c.Encounter).ChildRules(e =>
            {
                e.RuleFor(x => x.Kind).IsInEnum();
                e.RuleFor(x => x.StartedAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
                e.RuleFor(x => x.EndedAt).Must((x, end) => !(end < x.StartedAt)).WithErrorCode("time.ends_before_start");
                e.RuleFor(x => x.Organisation).MaximumLength(200);
                e.RuleFor(x => x.Participants).Must(p => p is null || p.Count <= 20).WithErrorCode("field.too_many");
                e.RuleForEach(x => x.Participants).NotEmpty().MaximumLength(200);
                e.RuleFor(x => x.Reason).MaximumLength(1000);
            }).When(c => c.Encounter is not null);
            RuleFor(c => c.Source).NotNull().SetValidator(new SourceIdentifier.Rules());
        }
    }
}

/// <summary>An encounter elsewhere.</summary>
/// <param name="Kind">Kind, from HL7's ActCode.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended, if it has.</param>
/// <param name="Organisation">Where.</param>
/// <param name="Participants">Who took part, by name.</param>
/// <param name="Reason">Why.</param>
public sealed record Encounter(
    EncounterKind Kind, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Organisation, IReadOnlyList<string>? Participants, string? Reason);

/// <summary>Kinds of encounter (HL7 v3 ActCode: AMB, EMER, IMP, HH, VR).</summary>
public enum EncounterKind
{
    /// <summary>外来</summary>
    Ambulatory,
    /// <summary>救急</summary>
    Emergency,
    /// <summary>入院</summary>
    Inpatient,
    /// <summary>在宅</summary>
    Home,
    /// <summary>遠隔</summary>
    Virtual,
    /// <summary>その他</summary>
    Other,
}

/// <summary>An encounter elsewhere was recorded.</summary>
public sealed record EncounterRecorded(Guid EncounterId, Guid PatientId, Encounter Encounter, SourceIdentifier Source) : IPatientEvent;

/// <summary>An encounter elsewhere, as known.</summary>
public sealed record EncounterState(EncounterRecorded? Recorded) : IState<EncounterState>
{
    /// <summary>The encounter's stream.</summary>
    public static string StreamOf(Guid id) => $"encounter-{id}";

    /// <inheritdoc/>
    public static EncounterState Initial { get; } = new((EncounterRecorded?)null);

    /// <inheritdoc/>
    public static string StreamType => "encounter";

    /// <inheritdoc/>
    public EncounterState Apply(object e) => e is EncounterRecorded recorded ? new(recorded) : this;
}
