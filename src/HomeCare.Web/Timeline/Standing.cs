using System.Globalization;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;

namespace HomeCare.Web.Timeline;

/// <summary>How a visit's record or a measurement stands after all its corrections.</summary>
public sealed record Standing(VisitRecorded? Visit, Vitals? Vitals, VisitNote? Note)
{
    /// <summary>From its entries, oldest first.</summary>
    public static Standing Of(IReadOnlyList<TimelineEntry> entries) => entries.Aggregate(new Standing(null, null, null), (s, e) => e.Data switch
    {
        VisitRecorded visit => new Standing(visit, visit.Vitals, visit.Note),
        VitalsRecorded recorded => s with { Vitals = recorded.Vitals },
        VitalsCorrected corrected => s with { Vitals = corrected.Vitals },
        VisitNoteCorrected corrected => s with { Note = corrected.Note },
        _ => s,
    });
}

/// <summary>Vital signs being corrected, as typed.</summary>
public sealed class VitalsEdit(Vitals? standing)
{
    private readonly Dictionary<VitalSign, string> typed =
        standing?.Numbers().ToDictionary(n => n.Sign, n => Figures.Text(n.Sign, n.Value)) ?? [];

    /// <summary>The signs that have a field.</summary>
    public static IReadOnlyList<VitalSign> Signs { get; } =
    [
        VitalSign.Temperature, VitalSign.Pulse, VitalSign.Respiration, VitalSign.Systolic, VitalSign.Diastolic, VitalSign.SpO2, VitalSign.OxygenFlow,
        VitalSign.Glucose, VitalSign.Weight, VitalSign.Pain,
    ];

    /// <summary>What stands in a field.</summary>
    public string? this[VitalSign sign]
    {
        get => typed.GetValueOrDefault(sign);
        set => typed[sign] = value ?? "";
    }

    /// <summary>The first field that is no number, if any.</summary>
    public VitalSign? Unreadable => Signs.Cast<VitalSign?>().FirstOrDefault(s => !string.IsNullOrWhiteSpace(this[s!.Value]) && Number(s.Value) is null);

    /// <summary>The path under which an error about a sign comes back.</summary>
    public static string FieldOf(VitalSign sign) => sign switch
    {
        VitalSign.OxygenFlow => "vitals.oxygen.litresPerMinute",
        VitalSign.Glucose => "vitals.glucose.milligramsPerDecilitre",
        VitalSign.SpO2 => "vitals.spO2",
        _ => "vitals." + char.ToLowerInvariant(sign.ToString()[0]) + sign.ToString()[1..],
    };

    /// <summary>The vital signs as typed; what has no field stays as it was.</summary>
    /// <param name="confirmed">Whether unusual values were looked at again.</param>
    public Vitals Vitals(bool confirmed)
    {
        var was = standing ?? throw new InvalidOperationException("There are no vital signs to correct.");
        return was with
        {
            Temperature = Number(VitalSign.Temperature),
            Pulse = Number(VitalSign.Pulse),
            Respiration = Number(VitalSign.Respiration),
            Systolic = Number(VitalSign.Systolic),
            Diastolic = Number(VitalSign.Diastolic),
            SpO2 = Number(VitalSign.SpO2),
            Oxygen = Number(VitalSign.OxygenFlow) is { } flow ? (was.Oxygen ?? new Oxygen(flow)) with { LitresPerMinute = flow } : null,
            Glucose = Number(VitalSign.Glucose) is { } glucose ? (was.Glucose ?? new Glucose(glucose)) with { MilligramsPerDecilitre = glucose, Meter = null }
                : was.Glucose?.Meter is not null ? was.Glucose : null,
            Weight = Number(VitalSign.Weight),
            Pain = Number(VitalSign.Pain),
            Confirmed = confirmed ? [.. Signs.Where(s => Number(s) is not null)] : was.Confirmed,
        };
    }

    /// <summary>Full-width digits, as Japanese keyboards give them, are digits.</summary>
    private decimal? Number(VitalSign sign) =>
        decimal.TryParse(this[sign]?.Normalize(System.Text.NormalizationForm.FormKC).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
