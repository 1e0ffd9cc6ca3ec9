using System.Collections.Immutable;
using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>The person cared for: who they are and what everybody must know.</summary>
public sealed record Patient(
    PatientDetails? Details,
    ImmutableDictionary<Guid, ConditionRecorded> Conditions,
    ImmutableDictionary<Guid, Allergy> Allergies,
    IReadOnlyList<Contact> Contacts,
    CareLevelPeriod? CareLevel,
    ImmutableList<TargetRange> Ranges,
    Guid Id,
    SourceIdentifier? Source) : IState<Patient>
{
    /// <summary>The physician's decision not to score; null: the person is scored.</summary>
    public News2Off? News2Off { get; init; }

    /// <summary>The physician's decision for SpO₂ scale 2; null: scale 1.</summary>
    public Scale2Decision? Scale2 { get; init; }

    /// <summary>Every version of the wishes, oldest first.</summary>
    public ImmutableList<WishesVersion> Wishes { get; init; } = [];

    /// <summary>The newest version that was not withdrawn; null: none.</summary>
    public WishesVersion? WishesInForce => Wishes.FindLast(w => !w.Withdrawn);

    /// <summary>The person's stream.</summary>
    public static string StreamOf(Guid id) => $"patient-{id}";

    /// <inheritdoc/>
    public static Patient Initial { get; } = new(
        null, ImmutableDictionary<Guid, ConditionRecorded>.Empty, ImmutableDictionary<Guid, Allergy>.Empty, [], null,
        [], Guid.Empty, null);

    /// <inheritdoc/>
    public static string StreamType => "patient";

    /// <summary>The person's identifier; null before registration.</summary>
    public Guid? RegisteredId => Details is null ? null : Id;

    /// <inheritdoc/>
    public Patient Apply(object e) => e switch
    {
        PatientRegistered registered => this with { Id = registered.PatientId, Details = registered.Details, Source = registered.Source },
        PatientDetailsCorrected corrected => this with { Details = corrected.Details },
        ContactsSet set => this with { Contacts = set.Contacts },
        CareLevelSet set => this with { CareLevel = set.CareLevel },
        ConditionRecorded recorded => this with { Conditions = Conditions.SetItem(recorded.ConditionId, recorded) },
        AllergyRecorded recorded => this with { Allergies = Allergies.SetItem(recorded.AllergyId, recorded.Allergy) },
        TargetRangeSet set => this with { Ranges = Ranges.RemoveAll(set.Range.Replaces).Add(set.Range) },
        News2SwitchedOff off => this with { News2Off = off.Off },
        News2SwitchedOn => this with { News2Off = null },
        SpO2Scale2Chosen chosen => this with { Scale2 = chosen.Scale2 },
        SpO2Scale1Chosen => this with { Scale2 = null },
        TargetRangeRemoved removed => this with { Ranges = Ranges.RemoveAll(r => r.Sign == removed.Sign) },
        WishesRecorded or WishesConfirmed or WishesWithdrawn => this with { Wishes = WishesVersion.After(Wishes, e) },
        _ => this,
    };
}

/// <summary>Identity and address.</summary>
/// <param name="Family">Family name in kanji, at most 50 characters.</param>
/// <param name="Given">Given name in kanji, at most 50 characters.</param>
/// <param name="FamilyKana">Reading of the family name in kana.</param>
/// <param name="GivenKana">Reading of the given name in kana.</param>
/// <param name="BirthDate">Birth date; null when unknown.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="PostalCode">Seven digits, with or without a hyphen.</param>
/// <param name="Address">Address in words, at most 300 characters.</param>
/// <param name="Telephones">Telephones as dialled, at most 5.</param>
/// <param name="Identifiers">Numbers by which others know the person, at most 20.</param>
public sealed record PatientDetails(
    string Family, string Given, string? FamilyKana, string? GivenKana, DateOnly? BirthDate, Sex Sex,
    string? PostalCode = null, string? Address = null, IReadOnlyList<string>? Telephones = null, IReadOnlyList<SourceIdentifier>? Identifiers = null)
{
    /// <summary>Name in kanji: family, space, given.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => $"{Family} {Given}".Trim();

    /// <summary>Name in kana; null when neither reading is known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Kana => $"{FamilyKana} {GivenKana}".Trim() is { Length: > 0 } kana ? kana : null;
}

/// <summary>A diagnosis or problem.</summary>
/// <param name="Name">As written.</param>
/// <param name="Codes">From published lists (ICD-10, 標準病名).</param>
/// <param name="Status">Whether it lasts.</param>
/// <param name="OnsetOn">Day of onset, if known.</param>
/// <param name="Note">In words.</param>
public sealed record Condition(string Name, IReadOnlyList<Code>? Codes, ConditionStatus Status, DateOnly? OnsetOn = null, string? Note = null);

/// <summary>Whether a condition lasts.</summary>
public enum ConditionStatus
{
    /// <summary>継続中</summary>
    Active,
    /// <summary>軽快・寛解</summary>
    Resolved,
    /// <summary>誤記</summary>
    EnteredInError,
}

/// <summary>An allergy or intolerance.</summary>
/// <param name="Substance">As written.</param>
/// <param name="Codes">From published lists (YJ, J-FAGY).</param>
/// <param name="Kind">Medicine, food or other.</param>
/// <param name="Severity">How grave, if known.</param>
/// <param name="Reaction">What happened.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="NotedOn">Day on which it became known.</param>
public sealed record Allergy(
    string Substance, IReadOnlyList<Code>? Codes, AllergyKind Kind, AllergySeverity? Severity, string? Reaction, AllergyStatus Status, DateOnly? NotedOn = null);

/// <summary>Kinds of allergen.</summary>
public enum AllergyKind
{
    /// <summary>薬剤</summary>
    Medicine,
    /// <summary>食物</summary>
    Food,
    /// <summary>その他</summary>
    Other,
}

/// <summary>How grave an allergy is.</summary>
public enum AllergySeverity
{
    /// <summary>軽度</summary>
    Mild,
    /// <summary>中等度</summary>
    Moderate,
    /// <summary>重度</summary>
    Severe,
}

/// <summary>Whether an allergy holds.</summary>
public enum AllergyStatus
{
    /// <summary>あり</summary>
    Active,
    /// <summary>否定・解消</summary>
    Resolved,
    /// <summary>誤記</summary>
    EnteredInError,
}

/// <summary>Somebody to call, in the order in which they are called.</summary>
/// <param name="Name">Name, at most 100 characters.</param>
/// <param name="Relation">Relation in words, at most 50 characters.</param>
/// <param name="Telephone">Telephone as dialled.</param>
/// <param name="Note">Hours, keys, guardian; at most 300 characters.</param>
public sealed record Contact(string Name, string Relation, string Telephone, string? Note = null);

/// <summary>Level of long-term care need (要介護状態区分).</summary>
public enum CareLevel
{
    /// <summary>非該当</summary>
    NotEligible,
    /// <summary>申請中</summary>
    Applied,
    /// <summary>事業対象者 (06)</summary>
    Programme,
    /// <summary>要支援1 (12)</summary>
    Support1,
    /// <summary>要支援2 (13)</summary>
    Support2,
    /// <summary>要介護1 (21)</summary>
    Care1,
    /// <summary>要介護2 (22)</summary>
    Care2,
    /// <summary>要介護3 (23)</summary>
    Care3,
    /// <summary>要介護4 (24)</summary>
    Care4,
    /// <summary>要介護5 (25)</summary>
    Care5,
    /// <summary>対象外 (a child)</summary>
    OutOfScope,
}

/// <summary>A care level and the days on which it holds.</summary>
public sealed record CareLevelPeriod(CareLevel Level, DateOnly? From, DateOnly? Until);
