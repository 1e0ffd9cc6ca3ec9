using System.Text.Json.Serialization;

namespace HomeCare.VitalSigns;

/// <summary>A National Early Warning Score, as it was judged when the readings were recorded.</summary>
/// <remarks>Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017. Decision support for adults; the evidence
/// outside hospital is thin. See <see cref="News2Rule"/>.</remarks>
/// <param name="Rule">Revision of the rule that judged: <see cref="News2Rule.Revision"/>.</param>
/// <param name="NotScored">Why there is no score; null: it was scored, in whole or in part.</param>
/// <param name="Scale">The SpO₂ scale that was used, 1 or 2.</param>
/// <param name="Parts">The inputs that were there, each with its points, in the order of the table.</param>
public sealed record News2(int Rule, News2NotScored? NotScored, int Scale, IReadOnlyList<News2Part> Parts)
{
    /// <summary>The points of what was measured: the total when <see cref="IsTotal"/>, otherwise the least it can be.</summary>
    [JsonIgnore]
    public int Points => Parts.Sum(p => p.Points);

    /// <summary>Whether all seven inputs were there, so that the points are a total.</summary>
    [JsonIgnore]
    public bool IsTotal => NotScored is null && Parts.Count == News2Rule.Inputs.Count;

    /// <summary>The inputs that were missing.</summary>
    [JsonIgnore]
    public IReadOnlyList<News2Input> Missing => [.. News2Rule.Inputs.Except(Parts.Select(p => p.Input))];

    /// <summary>What the score asks for. A partial set asks for what it reaches already: more inputs can only add to it.</summary>
    [JsonIgnore]
    public News2Band Band => NotScored is not null ? News2Band.None : News2Rule.BandOf(Parts);

    /// <summary>Whether both say the same.</summary>
    public bool Equals(News2? other) => other is not null && Rule == other.Rule && NotScored == other.NotScored && Scale == other.Scale && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, NotScored, Scale, Parts.Count, Points);
}

/// <summary>One input and its points.</summary>
/// <param name="Input">Which.</param>
/// <param name="Points">0–3.</param>
/// <param name="Value">The reading, in the unit of <see cref="VitalSignTable"/>; L/min for oxygen; null for consciousness.</param>
/// <param name="Acvpu">The level of consciousness; null for the others.</param>
/// <param name="MeasuredAt">When, if it comes from another set of readings than the one that was judged.</param>
public sealed record News2Part(News2Input Input, int Points, decimal? Value, Acvpu? Acvpu = null, DateTimeOffset? MeasuredAt = null);

/// <summary>The seven inputs, in the order of the table.</summary>
public enum News2Input
{
    /// <summary>呼吸数</summary>
    Respiration,
    /// <summary>SpO₂</summary>
    SpO2,
    /// <summary>空気または酸素</summary>
    Oxygen,
    /// <summary>収縮期血圧</summary>
    Systolic,
    /// <summary>脈拍</summary>
    Pulse,
    /// <summary>意識</summary>
    Consciousness,
    /// <summary>体温</summary>
    Temperature,
}

/// <summary>Why there is no score.</summary>
public enum News2NotScored
{
    /// <summary>生年月日が不明</summary>
    BirthDateUnknown,
    /// <summary>16歳未満</summary>
    Under16,
    /// <summary>主治医が使用しないとした</summary>
    SwitchedOff,
}

/// <summary>What a score asks for. Each but the first has a defined act of the community, see <see cref="Communities.News2Acts"/>.</summary>
public enum News2Band
{
    /// <summary>0–4 without a single 3.</summary>
    None,
    /// <summary>A 3 in a single input, below 5 altogether: urgent review.</summary>
    SingleThree,
    /// <summary>5–6: urgent review.</summary>
    Urgent,
    /// <summary>7 and more: emergency.</summary>
    Emergency,
}

/// <summary>The rule of NEWS2. Pure: the same readings and person give the same score.</summary>
/// <remarks>
/// Source: Royal College of Physicians, National Early Warning Score (NEWS) 2: Standardising the assessment of acute-illness severity in
/// the NHS, 2017; the scoring table, the thresholds and triggers, and "not for children under 16 or women who are pregnant".
/// The Japan Coma Scale does not score: only a level of ACVPU that a person has confirmed does. Respiration that a ventilator makes is
/// no input. All inputs lie within 30 minutes; otherwise the score is partial.
/// </remarks>
public static class News2Rule
{
    /// <summary>Raised when the rule changes. What was judged before keeps its number and its points.</summary>
    public const int Revision = 1;

    /// <summary>From this age on.</summary>
    public const int FromAge = 16;

    /// <summary>The inputs of one score lie within this.</summary>
    public static TimeSpan Within { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The seven inputs, in the order of the table.</summary>
    public static IReadOnlyList<News2Input> Inputs { get; } = Enum.GetValues<News2Input>();

    /// <summary>Judges a set of readings.</summary>
    /// <param name="vitals">What was measured.</param>
    /// <param name="patient">The person, with the physician's decisions and other sets measured about the same time.</param>
    /// <returns>Null when the set has no input of the score.</returns>
    public static News2? Of(Vitals vitals, Patients.PatientCard patient)
    {
        if (InputsOf(vitals).Count == 0)
        {
            return null;
        }

        var day = JapanTime.DayOf(vitals.MeasuredAt);
        var scale = patient.Scale2?.HoldsOn(day) == true ? 2 : 1;
        if (WhyNot(patient, day) is { } why)
        {
            return new News2(Revision, why, scale, []);
        }

        // Within 30 minutes: those that end with this set, or those that begin with it, never both.
        var before = With(n => vitals.MeasuredAt - n.MeasuredAt);
        var after = With(n => n.MeasuredAt - vitals.MeasuredAt);
        return after.Parts.Count > before.Parts.Count ? after : before;

        News2 With(Func<Vitals, TimeSpan> distance)
        {
            var sets = patient.Nearby.Where(n => distance(n) >= TimeSpan.Zero && distance(n) <= Within).OrderBy(distance).Prepend(vitals);
            var found = new Dictionary<News2Input, News2Part>();
            foreach (var set in sets)
            {
                foreach (var (input, value, acvpu) in InputsOf(set))
                {
                    found.TryAdd(input, new News2Part(input, 0, value, acvpu, ReferenceEquals(set, vitals) ? null : set.MeasuredAt));
                }
            }

            var onOxygen = found.TryGetValue(News2Input.Oxygen, out var oxygen) && oxygen.Value > 0;
            // On scale 2 a saturation from 93 on means another thing on oxygen than on air: without knowing, it is not scored.
            if (scale == 2 && oxygen is null && found.TryGetValue(News2Input.SpO2, out var saturation) && saturation.Value >= 93)
            {
                found.Remove(News2Input.SpO2);
            }

            return new News2(Revision, null, scale,
                [.. Inputs.Where(found.ContainsKey).Select(i => found[i] with { Points = PointsOf(i, found[i].Value ?? 0, found[i].Acvpu, scale, onOxygen) })]);
        }
    }

    /// <summary>Why a person is not scored on a day; null: they are.</summary>
    public static News2NotScored? WhyNot(Patients.PatientCard patient, DateOnly day) =>
        patient.News2Off?.HoldsOn(day) == true ? News2NotScored.SwitchedOff
        : patient.AgeOn(day) is not { } age ? News2NotScored.BirthDateUnknown
        : age < FromAge ? News2NotScored.Under16
        : null;

    /// <summary>The points of one cell of the table.</summary>
    /// <param name="input">Which input.</param>
    /// <param name="value">The reading; L/min for oxygen.</param>
    /// <param name="acvpu">The level of consciousness.</param>
    /// <param name="scale">SpO₂ scale, 1 or 2.</param>
    /// <param name="onOxygen">Whether oxygen was given.</param>
    public static int PointsOf(News2Input input, decimal value, Acvpu? acvpu, int scale, bool onOxygen) => input switch
    {
        News2Input.Respiration => value switch { <= 8 => 3, <= 11 => 1, <= 20 => 0, <= 24 => 2, _ => 3 },
        News2Input.SpO2 when scale == 2 => (value, onOxygen) switch
        {
            ( <= 83, _) => 3,
            ( <= 85, _) => 2,
            ( <= 87, _) => 1,
            ( <= 92, _) or (_, false) => 0,
            ( <= 94, true) => 1,
            ( <= 96, true) => 2,
            _ => 3,
        },
        News2Input.SpO2 => value switch { <= 91 => 3, <= 93 => 2, <= 95 => 1, _ => 0 },
        News2Input.Oxygen => onOxygen ? 2 : 0,
        News2Input.Systolic => value switch { <= 90 => 3, <= 100 => 2, <= 110 => 1, <= 219 => 0, _ => 3 },
        News2Input.Pulse => value switch { <= 40 => 3, <= 50 => 1, <= 90 => 0, <= 110 => 1, <= 130 => 2, _ => 3 },
        News2Input.Consciousness => acvpu == Acvpu.Alert ? 0 : 3,
        News2Input.Temperature => value switch { <= 35.0m => 3, <= 36.0m => 1, <= 38.0m => 0, <= 39.0m => 1, _ => 2 },
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    /// <summary>What points ask for.</summary>
    public static News2Band BandOf(IReadOnlyList<News2Part> parts) => parts.Sum(p => p.Points) switch
    {
        >= 7 => News2Band.Emergency,
        >= 5 => News2Band.Urgent,
        _ => parts.Any(p => p.Points == 3) ? News2Band.SingleThree : News2Band.None,
    };

    private static List<(News2Input Input, decimal? Value, Acvpu? Acvpu)> InputsOf(Vitals vitals)
    {
        (News2Input Input, decimal? Value, Acvpu? Acvpu)[] all =
        [
            (News2Input.Respiration, vitals.Ventilated == true ? null : vitals.Respiration, null), (News2Input.SpO2, vitals.SpO2, null),
            (News2Input.Oxygen, vitals.Oxygen?.LitresPerMinute, null), (News2Input.Systolic, vitals.Systolic, null), (News2Input.Pulse, vitals.Pulse, null),
            (News2Input.Consciousness, null, vitals.Consciousness?.Acvpu), (News2Input.Temperature, vitals.Temperature, null),
        ];
        return [.. all.Where(i => i.Value is not null || i.Acvpu is not null)];
    }
}
