using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Timeline;

/// <summary>One sign over some days, as a small line shows it.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="Low">The physician's lower bound of today; null: open, or none set.</param>
/// <param name="High">The physician's upper bound of today.</param>
/// <param name="Alert">Which way the last value lay outside.</param>
public sealed record Trend(VitalSign Sign, IReadOnlyList<SeriesPoint> Points, decimal? Low, decimal? High, AlertSide? Alert)
{
    /// <summary>The most points that a small line needs.</summary>
    private const int MostPoints = 60;

    /// <summary>Signs whose course is looked at first.</summary>
    private static readonly VitalSign[] Shown =
        [VitalSign.SpO2, VitalSign.Weight, VitalSign.Systolic, VitalSign.Pulse, VitalSign.Temperature, VitalSign.Respiration, VitalSign.Glucose];

    /// <summary>The trends of the signs that were measured at least twice.</summary>
    public static IReadOnlyList<Trend> Of(IReadOnlyList<Reading> readings, IReadOnlyList<TargetRange> ranges, DateOnly today) =>
    [
        .. Shown.Select(sign => (Sign: sign, Readings: readings.Where(r => r.Sign == sign).OrderBy(r => r.MeasuredAt).ToList()))
            .Where(s => s.Readings.Count > 1)
            .Select(s =>
            {
                var range = ranges.FirstOrDefault(r => r.Sign == s.Sign && r.HoldsOn(today));
                return new Trend(s.Sign, Thin([.. s.Readings.Select(r => new SeriesPoint(r.MeasuredAt, r.Value))], MostPoints), range?.Low, range?.High, s.Readings[^1].Alert);
            }),
    ];

    /// <summary>
    /// The same with one more set of readings, as it arrives. Null where the record has to be read: a sign is measured for the second time,
    /// so that its course begins.
    /// </summary>
    public static IReadOnlyList<Trend>? With(IReadOnlyList<Trend> trends, Vitals vitals, IReadOnlyList<VitalAlert> alerts)
    {
        var with = trends.ToList();
        foreach (var (sign, value) in vitals.Numbers().Where(n => Shown.Contains(n.Sign)))
        {
            var i = with.FindIndex(t => t.Sign == sign);
            if (i < 0)
            {
                return null;
            }

            var trend = with[i];
            var points = trend.Points.Append(new SeriesPoint(vitals.MeasuredAt, value)).OrderBy(p => p.At).ToList();
            var isLast = vitals.MeasuredAt >= trend.Points[^1].At;
            with[i] = trend with
            {
                Points = points.Count > 2 * MostPoints ? Thin(points, MostPoints) : points,
                Alert = isLast ? alerts.FirstOrDefault(a => a.Sign == sign)?.Side : trend.Alert,
            };
        }

        return with;
    }

    /// <summary>The course of a score; the band is what asks for nothing. It has no sign of its own.</summary>
    public static Trend OfTotals(IReadOnlyList<ScoredSet> scores) => new(
        default, Thin([.. scores.Where(s => s.Score.IsTotal).Select(s => new SeriesPoint(s.MeasuredAt, s.Score.Points))], MostPoints), 0, 4,
        scores.LastOrDefault(s => s.Score.IsTotal)?.Score.Points > 4 ? AlertSide.Above : null);

    /// <summary>Fewer points that keep the lowest and the highest of each stretch, the first and the last.</summary>
    public static IReadOnlyList<SeriesPoint> Thin(IReadOnlyList<SeriesPoint> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        var stretch = (int)Math.Ceiling(points.Count / (most / 2.0));
        var kept = points.Chunk(stretch)
            .SelectMany(c => new[] { c.MinBy(p => p.Value), c.MaxBy(p => p.Value) }.OrderBy(p => p.At).Distinct());
        return [.. new[] { points[0] }.Concat(kept).Append(points[^1]).DistinctBy(p => p.At).OrderBy(p => p.At)];
    }
}
