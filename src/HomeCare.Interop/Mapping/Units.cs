using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>Units as sources write them, UCUM and Japanese, and what they are here. Only conversions by a defined factor are made
/// (international pound 0.45359237 kg, inch 2.54 cm, ℃ = (℉ − 32) × 5 ⁄ 9); kPa and mmol/L are not among them.</summary>
internal static class Units
{
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>The value in the unit of <see cref="VitalSignTable"/>, unrounded, and whether it was written in another; null when the unit does not fit the sign.</summary>
    public static (decimal Value, bool Converted)? Convert(VitalSign sign, decimal value, string? unit, string? code, string? system)
    {
        var written = (system == Ucum ? code ?? unit : unit ?? code) ?? "";
        var plain = ConceptReading.Plain(written).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return (sign, plain) switch
        {
            (VitalSign.Temperature, "cel" or "°c" or "c" or "degc" or "度") => (value, false),
            (VitalSign.Temperature, "[degf]" or "°f" or "f" or "degf") => ((value - 32) * 5 / 9, true),
            (VitalSign.Pulse or VitalSign.Respiration,
                "/min" or "1/min" or "{beats}/min" or "{breaths}/min" or "beats/min" or "breaths/min" or "beats/minute" or "breaths/minute" or "bpm"
                or "回" or "回/分" or "拍/分" or "/分" or "回/min") => (value, false),
            (VitalSign.Systolic or VitalSign.Diastolic, "mm[hg]" or "mmhg") => (value, false),
            (VitalSign.SpO2, "%") => (value, false),
            (VitalSign.OxygenFlow, "l/min" or "l/分" or "l/m") => (value, false),
            (VitalSign.Glucose, "mg/dl") => (value, false),
            (VitalSign.Weight, "kg") => (value, false),
            (VitalSign.Weight, "g") => (value / 1000, true),
            (VitalSign.Weight, "[lb_av]" or "lb" or "lbs") => (value * 0.45359237m, true),
            (VitalSign.Height, "cm") => (value, false),
            (VitalSign.Height, "m") => (value * 100, true),
            (VitalSign.Height, "mm") => (value / 10, true),
            (VitalSign.Height, "[in_i]" or "in" or "inch" or "inches") => (value * 2.54m, true),
            (VitalSign.Pain, "" or "1" or "{score}" or "点") => (value, false),
            _ => null,
        };
    }

    /// <summary>The nearest value that is recorded, without trailing zeros; half a step away from zero.</summary>
    public static decimal Round(VitalSign sign, decimal value)
    {
        var step = VitalSignTable.Of(sign).Step;
        var rounded = value % step == 0 ? value : Math.Round(value / step, MidpointRounding.AwayFromZero) * step;
        return rounded / 1.0000000000000000000000000000m;
    }
}
