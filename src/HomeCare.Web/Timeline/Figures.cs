using System.Globalization;
using HomeCare.VitalSigns;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Timeline;

/// <summary>One vital sign as a card shows it.</summary>
/// <param name="Label">Name, with the oxygen beside SpO₂.</param>
/// <param name="Value">The figure, or the word in its place.</param>
/// <param name="Unit">Unit; null where there is none.</param>
/// <param name="Note">What it broke, or the value before.</param>
/// <param name="Alerting">Whether it lay outside when it was recorded.</param>
/// <param name="Missing">Whether it is a word, because nothing was measured.</param>
/// <param name="Pair">Whether it is two figures.</param>
public sealed record Figure(string Label, string Value, string? Unit, string? Note = null, bool Alerting = false, bool Missing = false, bool Pair = false);

/// <summary>Vital signs in figures and words.</summary>
public sealed class Figures(IStringLocalizer<Common> common, IStringLocalizer<WordsA> words)
{
    /// <summary>A value with the decimals that its sign is recorded with.</summary>
    public static string Text(VitalSign sign, decimal value) =>
        value.ToString(VitalSignTable.Of(sign).Step switch { 0.1m => "0.0", 1 => "0.##", _ => "0.##" }, CultureInfo.CurrentCulture);

    /// <summary>The unit as read.</summary>
    public string Unit(VitalSign sign) => common[$"unit.{VitalSignTable.Of(sign).Unit}"];

    /// <summary>The figures of one measurement, in the order in which signs are shown.</summary>
    /// <param name="vitals">What was measured.</param>
    /// <param name="alerts">What lay outside.</param>
    /// <param name="before">The values before, where known.</param>
    public IEnumerable<Figure> Of(Vitals vitals, IReadOnlyList<VitalAlert> alerts, IReadOnlyDictionary<VitalSign, decimal>? before = null)
    {
        foreach (var (sign, value) in vitals.Numbers())
        {
            switch (sign)
            {
                case VitalSign.Systolic:
                    var pressure = vitals.Diastolic is { } low ? $"{Text(sign, value)}/{Text(sign, low)}" : Text(sign, value);
                    var alert = Alert(VitalSign.Systolic) ?? Alert(VitalSign.Diastolic);
                    yield return new Figure(words["sign.pressure"], pressure, null, Broken(alert) ?? Before(VitalSign.Systolic, VitalSign.Diastolic), alert is not null, Pair: true);
                    break;
                case VitalSign.Diastolic or VitalSign.OxygenFlow:
                    break;
                case VitalSign.SpO2:
                    yield return Plain(sign, value) with { Label = SpO2Label(vitals.Oxygen) };
                    break;
                default:
                    yield return Plain(sign, value);
                    break;
            }
        }

        if (vitals.SpO2 is null && vitals.Oxygen is { LitresPerMinute: > 0 } oxygen)
        {
            yield return new Figure(common.Of(VitalSign.OxygenFlow), Text(VitalSign.OxygenFlow, oxygen.LitresPerMinute), Unit(VitalSign.OxygenFlow));
        }

        if (vitals.Glucose is { Meter: { } meter })
        {
            var alert = Alert(VitalSign.Glucose);
            yield return new Figure(common.Of(VitalSign.Glucose), common.Of(meter), null, Broken(alert), alert is not null);
        }

        if (vitals.Consciousness is { } consciousness)
        {
            yield return new Figure(words["sign.consciousness"], common.Of(consciousness.Acvpu), null,
                consciousness.Jcs is { } jcs ? string.Create(CultureInfo.InvariantCulture, $"JCS {jcs}") : null, Missing: true);
        }

        foreach (var missing in vitals.NotMeasured ?? [])
        {
            yield return new Figure(common.Of(missing.Sign), words[$"not_measured.{missing.Why}"], null, missing.Reason, Missing: true);
        }

        VitalAlert? Alert(VitalSign sign) => alerts.FirstOrDefault(a => a.Sign == sign);

        string? Broken(VitalAlert? alert) => alert is null ? null : Bound(alert.Side, alert.Bound, alert.ByPhysician, alert.Sign);

        string? Before(params VitalSign[] signs) =>
            before is not null && signs.All(before.ContainsKey) ? words["sign.before", string.Join('/', signs.Select(s => Text(s, before[s])))].Value : null;

        Figure Plain(VitalSign sign, decimal value) =>
            new(common.Of(sign), Text(sign, value), Unit(sign), Broken(Alert(sign)) ?? Before(sign), Alert(sign) is not null);
    }

    /// <summary>The bound that was broken, as short as beside a figure.</summary>
    public string Bound(AlertSide side, decimal bound, bool byPhysician, VitalSign sign) =>
        words[$"bound.{side}.{(byPhysician ? "physician" : "default")}", Text(sign, bound)];

    /// <summary>Why a value stands out, as a sentence.</summary>
    public string Reason(VitalAlert alert, Vitals vitals)
    {
        var value = alert.Value is { } v ? $"{Text(alert.Sign, v)} {Unit(alert.Sign)}" : vitals.Glucose?.Meter is { } meter ? common.Of(meter) : "";
        var sentence = words[$"reason.{alert.Side}.{(alert.ByPhysician ? "physician" : "default")}",
            common.Of(alert.Sign), value, Text(alert.Sign, alert.Bound), Unit(alert.Sign)].Value;
        return alert.Sign == VitalSign.SpO2 && vitals.Oxygen is { LitresPerMinute: > 0 } oxygen
            ? words["reason.on_oxygen", sentence, Text(VitalSign.OxygenFlow, oxygen.LitresPerMinute)]
            : sentence;
    }

    private string SpO2Label(Oxygen? oxygen)
    {
        var label = common.Of(VitalSign.SpO2);
        return oxygen switch
        {
            null => label,
            { LitresPerMinute: 0 } => words["sign.on_air", label],
            { During: { } during } => words["sign.on_oxygen_during", label, Text(VitalSign.OxygenFlow, oxygen.LitresPerMinute), common.Of(during)],
            _ => words["sign.on_oxygen", label, Text(VitalSign.OxygenFlow, oxygen.LitresPerMinute)],
        };
    }
}
