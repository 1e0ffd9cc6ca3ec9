using HomeCare.VitalSigns;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Visits;

/// <summary>Signs in words: units, and sentences about what is typed.</summary>
internal static class Signs
{
    /// <summary>The unit beside a figure.</summary>
    public static string UnitOf(this IStringLocalizer<Common> words, VitalSign sign) => words.Unit(VitalSignTable.Of(sign).Unit);

    /// <summary>What is wrong with a value, so that it cannot be taken; null when nothing is.</summary>
    public static string? FaultOf(this IStringLocalizer<WordsB> words, IStringLocalizer<Common> common, SignCheck check)
    {
        var rule = VitalSignTable.Of(check.Sign);
        return check.Fault switch
        {
            SignFault.None => null,
            SignFault.NotANumber => words["sign.not_a_number"].Value,
            SignFault.Impossible => words["sign.impossible", Show.Number(rule.Possible.Low ?? 0), Show.Number(rule.Possible.High ?? 0), common.UnitOf(check.Sign)].Value,
            SignFault.TooFine => words["sign.too_fine", Show.Number(rule.Step), common.UnitOf(check.Sign)].Value,
            SignFault.PressureReversed => words["sign.pressure_reversed"].Value,
            _ => throw new ArgumentOutOfRangeException(nameof(check)),
        };
    }

    /// <summary>Which range a value breaks, in words.</summary>
    public static string Of(this IStringLocalizer<WordsB> words, VitalAlert alert) => (alert.ByPhysician, alert.Side) switch
    {
        (true, AlertSide.Below) => words["alert.physician.below", Show.Number(alert.Bound)].Value,
        (true, AlertSide.Above) => words["alert.physician.above", Show.Number(alert.Bound)].Value,
        (false, AlertSide.Below) => words["alert.adult.below", Show.Number(alert.Bound)].Value,
        _ => words["alert.adult.above", Show.Number(alert.Bound)].Value,
    };

    /// <summary>The physician's range, in words; null when there is none on the day.</summary>
    public static string? RangeOf(this IStringLocalizer<WordsB> words, IEnumerable<TargetRange> ranges, VitalSign sign, DateOnly day) =>
        ranges.FirstOrDefault(r => r.Sign == sign && r.HoldsOn(day)) switch
        {
            { Low: { } low, High: { } high } => words["range.both", Show.Number(low), Show.Number(high)].Value,
            { Low: { } low } => words["range.low", Show.Number(low)].Value,
            { High: { } high } => words["range.high", Show.Number(high)].Value,
            _ => null,
        };
}
