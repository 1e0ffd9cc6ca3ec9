using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Web.Parts;
using HomeCare.Web.Timeline;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Watching;

/// <summary>What is pointed out, in a sentence.</summary>
public static class AlertWords
{
    /// <summary>What an alert says, with the bound that is broken.</summary>
    public static string Say(this IStringLocalizer<WatchWords> words, IStringLocalizer<Common> common, Alert alert, DateTimeOffset now)
    {
        var last = alert.Evidence[^1];
        return alert switch
        {
            { Rule: AlertRule.VitalRange, Sign: { } sign, Bound: { } bound } => words[
                $"alert.range.{alert.Side}", common.Of(sign), last.Value is { } value ? Figures.Text(sign, value) + Unit(common, sign) : alert.Side == AlertSide.Below ? "Lo" : "Hi",
                words[alert.ByPhysician ? "alert.bound.physician" : "alert.bound.default"], Figures.Text(sign, bound)],
            { Rule: AlertRule.News2, Band: { } band } => words[alert.IsTotal == true ? "alert.news2" : "alert.news2.partial", Show.Number(alert.Amount ?? 0), common.Of(band)],
            { Rule: AlertRule.Unmeasurable, Sign: { } sign } => words["alert.unmeasured", common.Of(sign)],
            { Rule: AlertRule.WeightGain } => words["alert.weight", Show.Number(alert.Amount ?? 0, 0.1m), LocalTime.Short(JapanTime.DayOf(alert.Evidence[0].At)), Show.Number(alert.Evidence[0].Value ?? 0, 0.1m), Show.Number(last.Value ?? 0, 0.1m)],
            { Rule: AlertRule.PressureOverTarget, Sign: { } sign } => words["alert.pressure", common.Of(sign), Show.Number(alert.Amount ?? 0), Show.Number(alert.Bound ?? 0)],
            { Noticed: { } noticed } => words["alert.soft", common.Of(noticed), last.Words ?? ""],
            { Rule: AlertRule.MissedVisit } => words["alert.missed", Show.DayTime(last.At), last.Words ?? ""],
            { Rule: AlertRule.OverdueInstruction } => words["alert.overdue", Show.DayTime(last.At), last.Words ?? ""],
            { Rule: AlertRule.NoStool } => words["alert.stool", (int)(now - last.At).TotalDays],
            _ => common.Of(alert.Rule),
        };
    }

    /// <summary>Where what an alert stands on is shown.</summary>
    public static string SourceOf(Guid patientId, Evidence evidence) => $"/patients/{patientId}/source/{evidence.SourceId}";

    private static string Unit(IStringLocalizer<Common> common, VitalSign sign) => VitalSignTable.Of(sign).Unit switch
    {
        "%" => "%",
        "NRS" or "Bristol" => "",
        var unit => " " + common.Unit(unit),
    };
}
