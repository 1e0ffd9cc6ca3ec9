namespace HomeCare.VitalSigns;

/// <summary>What was measured at one time. A sign that was not measured is absent; one that could not be is in <see cref="NotMeasured"/>.
/// Units and limits: <see cref="VitalSignTable"/>.</summary>
/// <param name="MeasuredAt">When it was measured, which may be long before it is recorded.</param>
public sealed record Vitals(DateTimeOffset MeasuredAt)
{
    /// <summary>Body temperature, ℃.</summary>
    public decimal? Temperature { get; init; }

    /// <summary>Where the temperature was taken.</summary>
    public TemperatureSite? TemperatureSite { get; init; }

    /// <summary>Pulse, per minute.</summary>
    public decimal? Pulse { get; init; }

    /// <summary>Whether the pulse was regular.</summary>
    public bool? PulseRegular { get; init; }

    /// <summary>Respiration, per minute.</summary>
    public decimal? Respiration { get; init; }

    /// <summary>Whether a ventilator breathes for the person.</summary>
    public bool? Ventilated { get; init; }

    /// <summary>Systolic pressure, mmHg; above the diastolic.</summary>
    public decimal? Systolic { get; init; }

    /// <summary>Diastolic pressure, mmHg.</summary>
    public decimal? Diastolic { get; init; }

    /// <summary>Posture in which the pressure was taken.</summary>
    public Posture? Posture { get; init; }

    /// <summary>Side on which the pressure was taken.</summary>
    public Side? Side { get; init; }

    /// <summary>Oxygen saturation, %.</summary>
    public decimal? SpO2 { get; init; }

    /// <summary>Oxygen given while it was measured; null: not said, a flow of 0: air.</summary>
    public Oxygen? Oxygen { get; init; }

    /// <summary>Blood glucose.</summary>
    public Glucose? Glucose { get; init; }

    /// <summary>Weight, kg.</summary>
    public decimal? Weight { get; init; }

    /// <summary>Height, cm.</summary>
    public decimal? Height { get; init; }

    /// <summary>Pain, numeric rating scale 0–10.</summary>
    public decimal? Pain { get; init; }

    /// <summary>Consciousness.</summary>
    public Consciousness? Consciousness { get; init; }

    /// <summary>Fluid taken, mL.</summary>
    public Fluid? Intake { get; init; }

    /// <summary>Fluid put out, mL.</summary>
    public Fluid? Output { get; init; }

    /// <summary>Stool.</summary>
    public Stool? Stool { get; init; }

    /// <summary>Signs that could not be measured or were declined.</summary>
    public IReadOnlyList<NotMeasured>? NotMeasured { get; init; }

    /// <summary>Signs whose unusual value the person has looked at again and confirmed.</summary>
    public IReadOnlyList<VitalSign>? Confirmed { get; init; }

    /// <summary>The signs that carry a number here, in the order in which they are shown.</summary>
    public IEnumerable<(VitalSign Sign, decimal Value)> Numbers()
    {
        (VitalSign Sign, decimal? Value)[] all =
        [
            (VitalSign.Temperature, Temperature), (VitalSign.Pulse, Pulse), (VitalSign.Respiration, Respiration),
            (VitalSign.Systolic, Systolic), (VitalSign.Diastolic, Diastolic), (VitalSign.SpO2, SpO2),
            (VitalSign.OxygenFlow, Oxygen?.LitresPerMinute), (VitalSign.Glucose, Glucose?.MilligramsPerDecilitre),
            (VitalSign.Weight, Weight), (VitalSign.Height, Height), (VitalSign.Pain, Pain),
            (VitalSign.Intake, Intake?.Millilitres), (VitalSign.Output, Output?.Millilitres), (VitalSign.Stool, Stool?.Bristol),
        ];
        return all.Where(s => s.Value is not null).Select(s => (s.Sign, s.Value!.Value));
    }

    /// <summary>Whether nothing at all was measured or said.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => !Numbers().Any() && Consciousness is null && Glucose is null && NotMeasured is not { Count: > 0 };
}

/// <summary>Where a temperature was taken.</summary>
public enum TemperatureSite
{
    /// <summary>腋窩</summary>
    Axilla,
    /// <summary>口腔</summary>
    Oral,
    /// <summary>鼓膜</summary>
    Ear,
    /// <summary>直腸</summary>
    Rectal,
    /// <summary>前額</summary>
    Forehead,
}

/// <summary>Posture.</summary>
public enum Posture
{
    /// <summary>臥位</summary>
    Lying,
    /// <summary>座位</summary>
    Sitting,
    /// <summary>立位</summary>
    Standing,
}

/// <summary>Side of the body.</summary>
public enum Side
{
    /// <summary>右</summary>
    Right,
    /// <summary>左</summary>
    Left,
}

/// <summary>Oxygen given.</summary>
/// <param name="LitresPerMinute">0–15 L/min in steps of 0.25; 0 is air.</param>
/// <param name="Device">By what.</param>
/// <param name="During">In what state the person was.</param>
public sealed record Oxygen(decimal LitresPerMinute, OxygenDevice? Device = null, Exertion? During = null);

/// <summary>What gives the oxygen.</summary>
public enum OxygenDevice
{
    /// <summary>鼻カニュラ</summary>
    NasalCannula,
    /// <summary>マスク</summary>
    Mask,
    /// <summary>リザーバー</summary>
    Reservoir,
    /// <summary>気管切開</summary>
    Tracheostomy,
    /// <summary>人工呼吸器</summary>
    Ventilator,
}

/// <summary>State during a measurement.</summary>
public enum Exertion
{
    /// <summary>安静時</summary>
    AtRest,
    /// <summary>労作時</summary>
    OnExertion,
    /// <summary>睡眠時</summary>
    Asleep,
}

/// <summary>Blood glucose: a number, or what the meter says when it has none.</summary>
/// <param name="MilligramsPerDecilitre">10–1000 mg/dL; null when the meter shows Lo or Hi.</param>
/// <param name="Meter">Lo or Hi as the meter shows it, kept as it is.</param>
/// <param name="Timing">When in the day.</param>
public sealed record Glucose(decimal? MilligramsPerDecilitre, MeterReading? Meter = null, GlucoseTiming? Timing = null);

/// <summary>A meter outside its range.</summary>
public enum MeterReading
{
    /// <summary>Below what the meter can show.</summary>
    Lo,
    /// <summary>Above what the meter can show.</summary>
    Hi,
}

/// <summary>When glucose was measured.</summary>
public enum GlucoseTiming
{
    /// <summary>空腹時</summary>
    Fasting,
    /// <summary>食前</summary>
    BeforeMeal,
    /// <summary>食後</summary>
    AfterMeal,
    /// <summary>就寝前</summary>
    Bedtime,
    /// <summary>随時</summary>
    Random,
}

/// <summary>Consciousness.</summary>
/// <param name="Acvpu">The level that a person has confirmed.</param>
/// <param name="Jcs">Japan Coma Scale: 0, 1, 2, 3, 10, 20, 30, 100, 200 or 300.</param>
public sealed record Consciousness(Acvpu Acvpu, int? Jcs = null)
{
    /// <summary>The values that the Japan Coma Scale has.</summary>
    public static IReadOnlyList<int> JcsValues { get; } = [0, 1, 2, 3, 10, 20, 30, 100, 200, 300];
}

/// <summary>The levels of consciousness of the National Early Warning Score 2 (Royal College of Physicians, 2017).</summary>
public enum Acvpu
{
    /// <summary>清明</summary>
    Alert,
    /// <summary>新たな混乱</summary>
    Confusion,
    /// <summary>声に反応</summary>
    Voice,
    /// <summary>痛みに反応</summary>
    Pain,
    /// <summary>反応なし</summary>
    Unresponsive,
}

/// <summary>Fluid in or out.</summary>
/// <param name="Millilitres">0–5000 mL an entry.</param>
/// <param name="Route">By what way, at most 100 characters.</param>
public sealed record Fluid(decimal Millilitres, string? Route = null);

/// <summary>Stool.</summary>
/// <param name="Bristol">Bristol stool scale, 1–7.</param>
/// <param name="Amount">Amount in words, at most 100 characters.</param>
public sealed record Stool(decimal Bristol, string? Amount = null);

/// <summary>A sign that was not measured.</summary>
/// <param name="Sign">Which.</param>
/// <param name="Why">Could not, or declined.</param>
/// <param name="Reason">In words, at most 200 characters.</param>
public sealed record NotMeasured(VitalSign Sign, NotMeasuredWhy Why, string? Reason = null);

/// <summary>Why a sign was not measured.</summary>
public enum NotMeasuredWhy
{
    /// <summary>測定できず</summary>
    CouldNotMeasure,
    /// <summary>拒否</summary>
    Declined,
}
