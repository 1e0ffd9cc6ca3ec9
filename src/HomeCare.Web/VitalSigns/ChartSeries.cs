using HomeCare.VitalSigns;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.VitalSigns;

/// <summary>One sign, or the pair of the blood pressure, over a stretch of time.</summary>
/// <param name="Sign">The sign; systolic for the pair.</param>
/// <param name="Readings">Oldest first.</param>
/// <param name="Second">The diastolic pressure.</param>
/// <param name="Limits">The range of today; null: none.</param>
/// <param name="ByPhysician">Whether the range is the physician's.</param>
public sealed record ChartSeries(VitalSign Sign, IReadOnlyList<Reading> Readings, IReadOnlyList<Reading> Second, Limits? Limits, bool ByPhysician)
{
    /// <summary>Signs that have a chart, in the order in which they are looked at.</summary>
    public static IReadOnlyList<VitalSign> Charted { get; } =
    [
        VitalSign.SpO2, VitalSign.Weight, VitalSign.Systolic, VitalSign.Pulse, VitalSign.Temperature, VitalSign.Respiration, VitalSign.Glucose,
        VitalSign.OxygenFlow, VitalSign.Pain, VitalSign.Intake, VitalSign.Output,
    ];

    /// <summary>The most points drawn; a longer series keeps the lowest and highest of each stretch, and every reading outside its range.</summary>
    public const int MostPoints = 180;

    /// <summary>What was drawn of a series.</summary>
    public static IReadOnlyList<Reading> Thin(IReadOnlyList<Reading> readings)
    {
        if (readings.Count <= MostPoints)
        {
            return readings;
        }

        var stretch = (int)Math.Ceiling(readings.Count / (MostPoints / 2.0));
        return
        [
            .. readings.Chunk(stretch).SelectMany(c => new[] { c.MinBy(r => r.Value)!, c.MaxBy(r => r.Value)!, c[^1] }.Concat(c.Where(r => r.Alert is not null)))
                .Distinct().OrderBy(r => r.MeasuredAt),
        ];
    }

    /// <summary>The series of every sign that was measured.</summary>
    public static IReadOnlyList<ChartSeries> Of(IReadOnlyList<Reading> readings, HomeCare.Patients.PatientCard patient, DateOnly today)
    {
        var bySign = readings.ToLookup(r => r.Sign);
        return
        [
            .. Charted.Where(sign => bySign[sign].Any()).Select(sign =>
            {
                var range = VitalAlerts.RangeOf(sign, patient, today);
                return new ChartSeries(
                    sign, [.. bySign[sign].OrderBy(r => r.MeasuredAt)],
                    sign == VitalSign.Systolic ? [.. bySign[VitalSign.Diastolic].OrderBy(r => r.MeasuredAt)] : [], range?.Limits, range?.ByPhysician ?? false);
            }),
        ];
    }

    /// <summary>The last value as a figure: 148/86 for the pair.</summary>
    public string Last
    {
        get
        {
            var last = Readings[^1];
            var other = Second.LastOrDefault(s => s.SourceId == last.SourceId);
            return other is null ? Figures.Text(Sign, last.Value) : $"{Figures.Text(Sign, last.Value)}/{Figures.Text(VitalSign.Diastolic, other.Value)}";
        }
    }
}

/// <summary>Where values and times lie on a chart.</summary>
/// <param name="From">Time at the left edge.</param>
/// <param name="Until">Time at the right edge.</param>
/// <param name="Lowest">Value at the lower edge.</param>
/// <param name="Highest">Value at the upper edge.</param>
public readonly record struct ChartPlane(DateTimeOffset From, DateTimeOffset Until, double Lowest, double Highest)
{
    /// <summary>Width of the drawing.</summary>
    public const int Width = 520;

    /// <summary>Height of the drawing, with the days beneath.</summary>
    public const int Height = 172;

    /// <summary>Left edge of the lines.</summary>
    public const int Left = 38;

    /// <summary>Upper edge of the lines.</summary>
    public const int Top = 8;

    /// <summary>Lower edge of the lines.</summary>
    public const int Bottom = 146;

    /// <summary>Room for a dot at the right edge.</summary>
    private const int Right = 8;

    /// <summary>A plane on which all of a series and its range are seen, with round values at its edges.</summary>
    public static ChartPlane Of(ChartSeries series, DateTimeOffset from, DateTimeOffset until)
    {
        var values = series.Readings.Concat(series.Second).Select(r => (double)r.Value).ToList();
        var least = values.Min();
        var most = values.Max();
        var room = Math.Max(most - least, Math.Max(Math.Abs(most) * 0.04, 1));
        // A range far from all values is not drawn whole: the values would be a flat line.
        if (series.Limits is { } limits)
        {
            if (limits.Low is { } low && least - (double)low <= room * 1.5)
            {
                least = Math.Min(least, (double)low);
            }

            if (limits.High is { } high && (double)high - most <= room * 1.5)
            {
                most = Math.Max(most, (double)high);
            }
        }

        // A single value, or always the same one, lies in the middle and not at the edge of a hundredth.
        if (most - least < room / 2)
        {
            (least, most) = (least - (room / 2), most + (room / 2));
        }

        var step = Step((most - least) / 3);
        var bottom = Math.Floor((least - (step * 0.15)) / step) * step;
        var top = Math.Ceiling((most + (step * 0.15)) / step) * step;
        return new ChartPlane(from, until, Math.Max(0, bottom), top > bottom ? top : bottom + step);
    }

    /// <summary>Values beside which a line is drawn.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var (lowest, highest) = (Lowest, Highest);
            return [lowest, (lowest + highest) / 2, highest];
        }
    }

    /// <summary>Where a time lies from the left.</summary>
    public double X(DateTimeOffset at) => Left + ((at - From).TotalMinutes / Math.Max(1, (Until - From).TotalMinutes) * (Width - Left - Right));

    /// <summary>Where a value lies from above, kept on the plane.</summary>
    public double Y(double value) => Math.Clamp(Bottom - ((value - Lowest) / (Highest - Lowest) * (Bottom - Top)), Top, Bottom);

    private static double Step(double rough)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rough, 0.05))));
        return (rough / size) switch { <= 1 => size, <= 2 => 2 * size, <= 5 => 5 * size, _ => 10 * size };
    }
}
