namespace HomeCare.VitalSigns;

/// <summary>A sign that has a number.</summary>
public enum VitalSign
{
    /// <summary>体温, ℃</summary>
    Temperature,
    /// <summary>脈拍, per minute</summary>
    Pulse,
    /// <summary>呼吸, per minute</summary>
    Respiration,
    /// <summary>収縮期血圧, mmHg</summary>
    Systolic,
    /// <summary>拡張期血圧, mmHg</summary>
    Diastolic,
    /// <summary>SpO₂, %</summary>
    SpO2,
    /// <summary>酸素流量, L/min</summary>
    OxygenFlow,
    /// <summary>血糖, mg/dL</summary>
    Glucose,
    /// <summary>体重, kg</summary>
    Weight,
    /// <summary>身長, cm</summary>
    Height,
    /// <summary>痛み, NRS 0–10</summary>
    Pain,
    /// <summary>水分摂取, mL an entry</summary>
    Intake,
    /// <summary>排出, mL an entry</summary>
    Output,
    /// <summary>便の性状, Bristol 1–7</summary>
    Stool,
}

/// <summary>A closed range; an open end is null.</summary>
public readonly record struct Limits(decimal? Low, decimal? High)
{
    /// <summary>Whether the value lies in it, ends included.</summary>
    public bool Contains(decimal value) => !(value < Low) && !(value > High);
}

/// <summary>What holds of one sign everywhere: entry, checks, alerts, charts.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Unit">Unit as shown.</param>
/// <param name="Step">Smallest difference that is recorded.</param>
/// <param name="Possible">Outside this it cannot be, and is refused.</param>
/// <param name="Usual">Outside this the person is asked to look again. Null: never asked.</param>
/// <param name="Quiet">Outside this an adult without the physician's own range raises an alert. Null: no default alert.</param>
public sealed record VitalSignRule(VitalSign Sign, string Unit, decimal Step, Limits Possible, Limits? Usual, Limits? Quiet);

/// <summary>The one table of units and limits.</summary>
/// <remarks>
/// Source: the project's care rules, table "Vital signs": limits of what the devices and the body allow, and default alerts for adults.
/// Alerts at "≤ 35.0" and "≥ 38.0" are written as the closed range in which no alert is raised: 35.1–37.9.
/// </remarks>
public static class VitalSignTable
{
    private static readonly Dictionary<VitalSign, VitalSignRule> Rules = new[]
    {
        new VitalSignRule(VitalSign.Temperature, "℃", 0.1m, new(25, 45), new(34, 41), new(35.1m, 37.9m)),
        new VitalSignRule(VitalSign.Pulse, "/min", 1, new(10, 300), new(40, 150), new(51, 109)),
        new VitalSignRule(VitalSign.Respiration, "/min", 1, new(0, 120), new(8, 40), new(9, 24)),
        new VitalSignRule(VitalSign.Systolic, "mmHg", 1, new(30, 300), new(70, 220), new(90, 179)),
        new VitalSignRule(VitalSign.Diastolic, "mmHg", 1, new(10, 200), null, null),
        new VitalSignRule(VitalSign.SpO2, "%", 1, new(30, 100), new(80, 100), new(90, null)),
        new VitalSignRule(VitalSign.OxygenFlow, "L/min", 0.25m, new(0, 15), new(0, 7), null),
        new VitalSignRule(VitalSign.Glucose, "mg/dL", 1, new(10, 1000), new(50, 500), new(70, 299)),
        new VitalSignRule(VitalSign.Weight, "kg", 0.1m, new(0.3m, 300), null, null),
        new VitalSignRule(VitalSign.Height, "cm", 0.1m, new(20, 250), null, null),
        new VitalSignRule(VitalSign.Pain, "NRS", 1, new(0, 10), null, new(null, 6)),
        new VitalSignRule(VitalSign.Intake, "mL", 1, new(0, 5000), new(0, 2000), null),
        new VitalSignRule(VitalSign.Output, "mL", 1, new(0, 5000), new(0, 2000), null),
        new VitalSignRule(VitalSign.Stool, "Bristol", 1, new(1, 7), null, null),
    }.ToDictionary(rule => rule.Sign);

    /// <summary>All signs, in the order in which they are shown.</summary>
    public static IReadOnlyList<VitalSignRule> All { get; } = [.. Rules.Values];

    /// <summary>What holds of a sign.</summary>
    public static VitalSignRule Of(VitalSign sign) => Rules[sign];
}
