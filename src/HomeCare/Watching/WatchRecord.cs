using HomeCare.Patients;
using HomeCare.VitalSigns;
using HomeCare.Visits;

namespace HomeCare.Watching;

/// <summary>What the rules look at of one person's record. The same record at the same moment gives the same items, in whatever order it arrived.</summary>
/// <param name="PatientId">Whose.</param>
public sealed record WatchRecord(Guid PatientId)
{
    /// <summary>Sets of readings, also those that were struck out.</summary>
    public IReadOnlyList<WatchedSet> Sets { get; init; } = [];

    /// <summary>What was noticed at visits.</summary>
    public IReadOnlyList<WatchedSigns> Signs { get; init; } = [];

    /// <summary>Planned visits of which there is no record.</summary>
    public IReadOnlyList<WatchedVisit> Visits { get; init; } = [];

    /// <summary>Instructions with a due time.</summary>
    public IReadOnlyList<WatchedInstruction> Instructions { get; init; } = [];

    /// <summary>The physician's ranges, of any period.</summary>
    public IReadOnlyList<TargetRange> Ranges { get; init; } = [];

    /// <summary>Conditions that last.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Whether the physician has switched NEWS2 off.</summary>
    public bool News2Off { get; init; }

    /// <summary>What people did about items.</summary>
    public IReadOnlyList<AlertAct> Acts { get; init; } = [];

    /// <summary>Whether a gain of weight is looked at.</summary>
    /// <remarks>ICD-10: I50 heart failure, I11.0, I13.0 and I13.2 hypertensive heart disease with it; or the condition's name says it.</remarks>
    public bool HasHeartFailure => Conditions.Any(c => c.Status == ConditionStatus.Active
        && (c.Name.Contains("心不全", StringComparison.Ordinal) || c.Name.Contains("heart failure", StringComparison.OrdinalIgnoreCase)
            || c.Codes?.Any(code => HeartFailure.Any(h => code.Value.Replace(".", "", StringComparison.Ordinal).StartsWith(h, StringComparison.OrdinalIgnoreCase))) == true));

    private static readonly string[] HeartFailure = ["I50", "I110", "I130", "I132"];
}

/// <summary>A set of readings, as far as rules look at it.</summary>
/// <param name="SourceId">The visit or measurement.</param>
/// <param name="Sequence">The entry that says it.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Measured">The signs that have a value.</param>
/// <param name="Alerts">What lay outside, judged when it was recorded.</param>
public sealed record WatchedSet(Guid SourceId, long Sequence, DateTimeOffset At, IReadOnlyList<VitalSign> Measured, IReadOnlyList<VitalAlert> Alerts)
{
    /// <summary>The signs that could not be measured; declined is not among them.</summary>
    public IReadOnlyList<VitalSign> Unmeasured { get; init; } = [];

    /// <summary>The score; null: none.</summary>
    public WatchedScore? Score { get; init; }

    /// <summary>kg.</summary>
    public decimal? Weight { get; init; }

    /// <summary>mmHg.</summary>
    public decimal? Systolic { get; init; }

    /// <summary>mmHg.</summary>
    public decimal? Diastolic { get; init; }

    /// <summary>Whether stool was recorded.</summary>
    public bool Stool { get; init; }

    /// <summary>Whether it stands after a correction.</summary>
    public bool Corrected { get; init; }

    /// <summary>Why it no longer counts; null: it counts.</summary>
    public Struck? Struck { get; init; }

    /// <summary>Takes what rules look at from readings.</summary>
    public static WatchedSet Of(Guid sourceId, long sequence, Vitals vitals, IReadOnlyList<VitalAlert> alerts, News2? score) =>
        new(sourceId, sequence, vitals.MeasuredAt, [.. vitals.Numbers().Select(n => n.Sign)], alerts)
        {
            Unmeasured = [.. (vitals.NotMeasured ?? []).Where(n => n.Why == NotMeasuredWhy.CouldNotMeasure).Select(n => n.Sign)],
            Score = score is { NotScored: null, Parts.Count: > 0 } ? WatchedScore.Of(score) : null,
            Weight = vitals.Weight,
            Systolic = vitals.Systolic,
            Diastolic = vitals.Diastolic,
            Stool = vitals.Stool is not null,
        };
}

/// <summary>A score, as far as rules look at it.</summary>
/// <param name="Band">What it asks for.</param>
/// <param name="Points">The total, or the least it can be.</param>
/// <param name="IsTotal">Whether it is a total.</param>
/// <param name="Measured">The inputs that were there.</param>
/// <param name="Scoring">Those of them that have points.</param>
public sealed record WatchedScore(News2Band Band, int Points, bool IsTotal, IReadOnlyList<News2Input> Measured, IReadOnlyList<News2Input> Scoring)
{
    /// <summary>From the score.</summary>
    public static WatchedScore Of(News2 score) =>
        new(score.Band, score.Points, score.IsTotal, [.. score.Parts.Select(p => p.Input)], [.. score.Parts.Where(p => p.Points > 0).Select(p => p.Input)]);
}

/// <summary>Why a set no longer counts.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="ByName">By whom.</param>
/// <param name="Reason">In their words.</param>
/// <param name="Replaced">Whether other values stand in its place; otherwise it was entered in error.</param>
public sealed record Struck(DateTimeOffset At, string ByName, string Reason, bool Replaced);

/// <summary>What was noticed at a visit.</summary>
public sealed record WatchedSigns(Guid SourceId, long Sequence, DateTimeOffset At, IReadOnlyList<SoftSign> Signs, string ByName);

/// <summary>A planned visit of which there is no record.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="PlannedAt">For when.</param>
/// <param name="Minutes">How long.</param>
/// <param name="VisitorName">By whom.</param>
/// <param name="DoneAt">From when on it no longer counts; null: it is not known to be done.</param>
public sealed record WatchedVisit(Guid VisitId, DateTimeOffset PlannedAt, int Minutes, string VisitorName, DateTimeOffset? DoneAt = null)
{
    /// <summary>From when on its missing is pointed out.</summary>
    public DateTimeOffset MissedAt => PlannedAt.AddMinutes(Minutes) + AlertRuleTable.Grace;
}

/// <summary>An instruction with a due time.</summary>
/// <param name="InstructionId">Which.</param>
/// <param name="Text">What it says, shortened.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="OverAt">When nothing more was expected; null: it still is.</param>
public sealed record WatchedInstruction(Guid InstructionId, string Text, DateTimeOffset DueAt, DateTimeOffset? OverAt = null);

/// <summary>What somebody did about an item.</summary>
/// <param name="Sequence">The entry that says it.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Cause">About which cause.</param>
/// <param name="Covers">The keys of the alerts that stood there.</param>
/// <param name="Until">By when the intention is to be done; until when it was snoozed.</param>
/// <param name="Words">The intention, or what was said of its use.</param>
/// <param name="ItemId">The item that was judged.</param>
/// <param name="Useful">How it was judged.</param>
/// <param name="ById">Who.</param>
/// <param name="ByName">By name.</param>
public sealed record AlertAct(
    long Sequence, DateTimeOffset At, AlertActKind Kind, AlertCause Cause, IReadOnlyList<string> Covers, DateTimeOffset? Until, string? Words, Guid? ItemId, bool? Useful,
    Guid ById, string ByName);

/// <summary>What can be done about an item.</summary>
public enum AlertActKind
{
    /// <summary>確認: acknowledged, with what one will do.</summary>
    Acknowledged,
    /// <summary>保留: snoozed.</summary>
    Snoozed,
    /// <summary>評価: judged useful or not.</summary>
    Judged,
}
