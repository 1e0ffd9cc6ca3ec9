using System.Text.Json.Serialization;
using HomeCare.VitalSigns;
using HomeCare.Visits;

namespace HomeCare.Watching;

/// <summary>The rules by which somebody is pointed out. Where each comes from: <see cref="AlertRuleTable"/>.</summary>
public enum AlertRule
{
    /// <summary>範囲外: the latest reading of a sign lies beyond the physician's range or the default for adults.</summary>
    VitalRange,
    /// <summary>NEWS2: the score asks for review.</summary>
    News2,
    /// <summary>測定できず: a sign that tells of breathing or circulation could not be measured.</summary>
    Unmeasurable,
    /// <summary>体重増加: 2 kg and more within 7 days, with heart failure.</summary>
    WeightGain,
    /// <summary>血圧: over the physician's target in 5 of the last 7 readings.</summary>
    PressureOverTarget,
    /// <summary>気づき: what somebody at the bedside noticed.</summary>
    SoftSign,
    /// <summary>残薬: medicines were found left.</summary>
    MedicineLeft,
    /// <summary>訪問の記録なし: a planned visit of which there is no record.</summary>
    MissedVisit,
    /// <summary>期限切れの指示: an instruction past its due time and not done.</summary>
    OverdueInstruction,
    /// <summary>排便なし: none for 3 days in a record that keeps stools.</summary>
    NoStool,
}

/// <summary>What alerts have in common that belong together: one open item for each person and cause.</summary>
public enum AlertCause
{
    /// <summary>バイタルサイン: breathing, circulation, temperature, consciousness; their score.</summary>
    Vitals,
    /// <summary>血圧: over the physician's target.</summary>
    Pressure,
    /// <summary>血糖</summary>
    Glucose,
    /// <summary>痛み</summary>
    Pain,
    /// <summary>体重・水分</summary>
    Fluid,
    /// <summary>排便</summary>
    Bowels,
    /// <summary>気づき</summary>
    SoftSigns,
    /// <summary>薬</summary>
    Medicines,
    /// <summary>訪問</summary>
    Visits,
    /// <summary>指示</summary>
    Instructions,
}

/// <summary>How soon.</summary>
public enum AlertLevel
{
    /// <summary>今日中</summary>
    Today,
    /// <summary>すぐ確認</summary>
    Now,
}

/// <summary>Something that a rule points out, with what made it.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Revision">Its revision: <see cref="AlertRuleTable.RevisionOf"/>.</param>
/// <param name="Key">What it says, apart from when: <c>range/SpO2/Below</c>. Whoever acknowledges an item acknowledges these.</param>
/// <param name="Level">How soon.</param>
/// <param name="Evidence">The exact readings or events, oldest first; never empty.</param>
public sealed record Alert(AlertRule Rule, int Revision, string Key, AlertLevel Level, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The sign it is about.</summary>
    public VitalSign? Sign { get; init; }

    /// <summary>The bound that is broken.</summary>
    public decimal? Bound { get; init; }

    /// <summary>Which way.</summary>
    public AlertSide? Side { get; init; }

    /// <summary>Whether the bound is the physician's.</summary>
    public bool ByPhysician { get; init; }

    /// <summary>The band of the score.</summary>
    public News2Band? Band { get; init; }

    /// <summary>Points of the score; kg gained; how many of the readings lie over.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Whether the score is a total; otherwise it is at least this.</summary>
    public bool? IsTotal { get; init; }

    /// <summary>What was noticed.</summary>
    public SoftSign? Noticed { get; init; }

    /// <summary>The item it belongs to.</summary>
    [JsonIgnore]
    public AlertCause Cause => Rule switch
    {
        AlertRule.News2 or AlertRule.Unmeasurable => AlertCause.Vitals,
        AlertRule.VitalRange => Sign switch
        {
            VitalSign.Systolic or VitalSign.Diastolic when ByPhysician && Side == AlertSide.Above => AlertCause.Pressure,
            VitalSign.Glucose => AlertCause.Glucose,
            VitalSign.Pain => AlertCause.Pain,
            VitalSign.Weight or VitalSign.Height or VitalSign.Intake or VitalSign.Output => AlertCause.Fluid,
            VitalSign.Stool => AlertCause.Bowels,
            _ => AlertCause.Vitals,
        },
        AlertRule.WeightGain => AlertCause.Fluid,
        AlertRule.PressureOverTarget => AlertCause.Pressure,
        AlertRule.SoftSign => AlertCause.SoftSigns,
        AlertRule.MedicineLeft => AlertCause.Medicines,
        AlertRule.MissedVisit => AlertCause.Visits,
        AlertRule.OverdueInstruction => AlertCause.Instructions,
        AlertRule.NoStool => AlertCause.Bowels,
        _ => throw new InvalidOperationException($"{Rule} belongs to no cause."),
    };

    /// <summary>Whether both say the same.</summary>
    public bool Equals(Alert? other) => other is not null && Rule == other.Rule && Revision == other.Revision && Key == other.Key && Level == other.Level
        && (Sign, Bound, Side, ByPhysician, Band, Amount, IsTotal, Noticed) == (other.Sign, other.Bound, other.Side, other.ByPhysician, other.Band, other.Amount, other.IsTotal, other.Noticed)
        && Evidence.SequenceEqual(other.Evidence);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, Key, Level, Evidence.Count);
}

/// <summary>A reading or an event that made an alert.</summary>
/// <param name="SourceId">The visit, measurement or instruction it belongs to.</param>
/// <param name="At">When it was measured, noticed, planned or due.</param>
/// <param name="Sequence">The entry that says it; 0: none by itself, it is the clock that makes it so.</param>
/// <param name="Value">The reading, in the unit of <see cref="VitalSignTable"/>; null: none, or what a meter shows as Lo or Hi.</param>
/// <param name="Words">Who visits, or what the instruction says.</param>
/// <param name="Corrected">Whether it stands after a correction.</param>
public sealed record Evidence(Guid SourceId, DateTimeOffset At, long Sequence, decimal? Value = null, string? Words = null, bool Corrected = false);

/// <summary>Revision and source of each rule, and the times they go by.</summary>
/// <remarks>All of it is decision support: it names what to look at and concludes nothing. No rule compares a reading with a mean or a
/// standard deviation of the person's own readings.</remarks>
public static class AlertRuleTable
{
    /// <summary>A reading of this age is no longer what is so now: it asks for a look today instead.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromHours(24);

    /// <summary>Nothing older than this is pointed out any more.</summary>
    public static TimeSpan Judged { get; } = TimeSpan.FromDays(7);

    /// <summary>What was noticed, and what could not be measured, is pointed out this long.</summary>
    public static TimeSpan Noticed { get; } = TimeSpan.FromHours(72);

    /// <summary>How long after its planned end a visit without a record is pointed out. A tablet may be out of the network meanwhile.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromHours(2);

    /// <summary>How long without stool.</summary>
    public static TimeSpan WithoutStool { get; } = TimeSpan.FromHours(72);

    /// <summary>A record keeps stools when so many…</summary>
    public const int StoolsKept = 4;

    /// <summary>… were recorded within this time up to the last.</summary>
    public static TimeSpan StoolsWithin { get; } = TimeSpan.FromDays(10);

    /// <summary>Within what time a gain of weight counts.</summary>
    public static TimeSpan WeightWithin { get; } = TimeSpan.FromDays(7);

    /// <summary>The gain of weight that counts, kg.</summary>
    public const decimal WeightGain = 2.0m;

    /// <summary>How many of the last readings of blood pressure are looked at.</summary>
    public const int PressuresLookedAt = 7;

    /// <summary>How many of them lie over the target.</summary>
    public const int PressuresOver = 5;

    /// <summary>Readings of blood pressure older than this are not among the last.</summary>
    public static TimeSpan PressuresWithin { get; } = TimeSpan.FromDays(60);

    /// <summary>The signs whose failing to be measured is pointed out.</summary>
    public static IReadOnlyList<VitalSign> Vital { get; } = [VitalSign.Pulse, VitalSign.Respiration, VitalSign.Systolic, VitalSign.SpO2];

    /// <summary>Raised when a rule changes.</summary>
    public static int RevisionOf(AlertRule rule) => rule switch
    {
        AlertRule.News2 => News2Rule.Revision,
        _ => 1,
    };

    /// <summary>Where a rule comes from.</summary>
    public static string SourceOf(AlertRule rule) => rule switch
    {
        AlertRule.VitalRange => "The project's care rules, table \"Vital signs\", column \"default alert\"; the physician's range takes its place",
        AlertRule.News2 => "Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017: thresholds and triggers",
        AlertRule.Unmeasurable => "The project's care rules: a sign may be \"could not measure\"; one that tells of breathing or circulation is looked at",
        AlertRule.WeightGain => "The project's care rules, table \"Vital signs\", row \"weight\": + 2 kg in 7 days with heart failure",
        AlertRule.PressureOverTarget => "The project's own: the physician's target, 5 of the last 7 readings",
        AlertRule.SoftSign => "The project's own: what helpers and visitors notice without clinical words",
        AlertRule.MedicineLeft => "The project's own: medicines found left at a visit",
        AlertRule.MissedVisit => "The project's own: a planned visit without a record two hours after its end",
        AlertRule.OverdueInstruction => "The project's own: the due time of the instruction itself",
        AlertRule.NoStool => "The project's care rules, table \"Vital signs\", row \"stool\": none for 3 days",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
