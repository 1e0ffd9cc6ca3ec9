using HomeCare.VitalSigns;

namespace HomeCare.Visits;

/// <summary>One visit to a home, from plan to record.</summary>
/// <param name="PatientId">Whose home; null before anything happened.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="StartedAt">When it began, once it has.</param>
/// <param name="VisitorId">Who visits.</param>
/// <param name="Vitals">The record's vital signs as they stand after corrections.</param>
/// <param name="Note">The record's note as it stands after corrections.</param>
/// <param name="TeamOnly">Not shown to the person and relatives; what follows it is not either.</param>
public sealed record Visit(Guid? PatientId, VisitStage Stage, DateTimeOffset? StartedAt, Guid? VisitorId, Vitals? Vitals, VisitNote? Note, bool TeamOnly) : IState<Visit>
{
    /// <summary>The longest a visit may last.</summary>
    /// <remarks>Source: the project's care rules, "Visit record".</remarks>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(24);

    /// <summary>The visit's stream.</summary>
    public static string StreamOf(Guid id) => $"visit-{id}";

    /// <inheritdoc/>
    public static Visit Initial { get; } = new(null, VisitStage.None, null, null, null, null, false);

    /// <inheritdoc/>
    public static string StreamType => "visit";

    /// <summary>Whether the record is final: from then on, corrections only.</summary>
    public bool IsFinal => Stage is VisitStage.Recorded or VisitStage.EnteredInError;

    /// <inheritdoc/>
    public Visit Apply(object e) => e switch
    {
        VisitPlanned planned => this with { PatientId = planned.PatientId, Stage = VisitStage.Planned, VisitorId = planned.VisitorId },
        VisitCancelled => this with { Stage = VisitStage.Cancelled },
        VisitStarted started => this with { PatientId = started.PatientId, Stage = VisitStage.Started, StartedAt = started.StartedAt, VisitorId = started.VisitorId },
        VisitRecorded recorded => this with
        {
            PatientId = recorded.PatientId, Stage = VisitStage.Recorded, StartedAt = recorded.StartedAt, VisitorId = recorded.VisitorId,
            Vitals = recorded.Vitals, Note = recorded.Note, TeamOnly = recorded.TeamOnly,
        },
        VisitCompleted => this with { Stage = VisitStage.Recorded },
        VitalsCorrected corrected => this with { Vitals = corrected.Vitals },
        VisitNoteCorrected corrected => this with { Note = corrected.Note, TeamOnly = corrected.TeamOnly },
        VisitEnteredInError => this with { Stage = VisitStage.EnteredInError },
        _ => this,
    };
}

/// <summary>How far a visit has come.</summary>
public enum VisitStage
{
    /// <summary>Nothing yet.</summary>
    None,
    /// <summary>予定</summary>
    Planned,
    /// <summary>取消</summary>
    Cancelled,
    /// <summary>訪問中</summary>
    Started,
    /// <summary>記録済み</summary>
    Recorded,
    /// <summary>誤記</summary>
    EnteredInError,
}

/// <summary>Kinds of visit.</summary>
/// <remarks>Source: the project's care rules, "Visit record 訪問看護記録書 II"; 訪問診療 (planned) is not 往診 (called).</remarks>
public enum VisitKind
{
    /// <summary>定期</summary>
    Regular,
    /// <summary>緊急・往診</summary>
    Urgent,
    /// <summary>退院日</summary>
    DischargeDay,
    /// <summary>複数名</summary>
    SeveralVisitors,
    /// <summary>長時間</summary>
    Long,
    /// <summary>看取り</summary>
    EndOfLife,
}

/// <summary>Which insurance a visit stands on.</summary>
public enum VisitInsurance
{
    /// <summary>医療保険</summary>
    Medical,
    /// <summary>介護保険</summary>
    LongTermCare,
}

/// <summary>What is written of a visit.</summary>
/// <param name="Subjective">S: what the person says; at most 4,000 characters, as each of the four.</param>
/// <param name="Objective">O: what is found.</param>
/// <param name="Assessment">A: what is made of it.</param>
/// <param name="Plan">P: what follows.</param>
public sealed record VisitNote(string? Subjective = null, string? Objective = null, string? Assessment = null, string? Plan = null)
{
    /// <summary>Whether nothing is written.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace(Subjective) && string.IsNullOrWhiteSpace(Objective)
        && string.IsNullOrWhiteSpace(Assessment) && string.IsNullOrWhiteSpace(Plan);
}

/// <summary>Soft signs (気づき): what anybody at the bedside can notice, without clinical words.</summary>
public enum SoftSign
{
    /// <summary>息切れが強い</summary>
    ShortOfBreath,
    /// <summary>むくみ</summary>
    Swelling,
    /// <summary>食が細い</summary>
    EatingLess,
    /// <summary>眠れない</summary>
    Sleepless,
    /// <summary>転んだ</summary>
    Fell,
    /// <summary>だるい</summary>
    Weary,
    /// <summary>うとうとしている</summary>
    Drowsy,
    /// <summary>いつもと様子が違う</summary>
    NotAsUsual,
    /// <summary>痛がる</summary>
    InPain,
    /// <summary>皮膚の変化</summary>
    SkinChange,
    /// <summary>薬が残っている</summary>
    MedicineLeft,
    /// <summary>水分がとれない</summary>
    DrinkingLess,
}

/// <summary>Care given during a visit.</summary>
public enum CareGiven
{
    /// <summary>状態観察</summary>
    Observation,
    /// <summary>清潔</summary>
    Hygiene,
    /// <summary>排泄</summary>
    Elimination,
    /// <summary>栄養・水分</summary>
    Nutrition,
    /// <summary>内服管理</summary>
    MedicineSupport,
    /// <summary>創傷処置</summary>
    WoundCare,
    /// <summary>吸引</summary>
    Suction,
    /// <summary>点滴・注射</summary>
    Infusion,
    /// <summary>医療機器管理</summary>
    DeviceCare,
    /// <summary>リハビリテーション</summary>
    Rehabilitation,
    /// <summary>家族支援</summary>
    FamilySupport,
    /// <summary>看取りのケア</summary>
    EndOfLifeCare,
}
