using System.Globalization;

namespace HomeCare.Web.VitalSigns;

/// <summary>The days that charts show, both included, and how to come nearer, earlier and later.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
public sealed record ChartPeriod(DateOnly From, DateOnly Until)
{
    /// <summary>The longest period: three years. A longer one is cut at its beginning.</summary>
    public const int MostDays = 1098;

    /// <summary>Periods that end today, in days.</summary>
    public static IReadOnlyList<int> Usual { get; } = [7, 30, 90, 365];

    private const string Form = "yyyy-MM-dd";

    /// <summary>What the address asks for. Days that are no days, or lie in the future, show the last thirty; the wrong way round they are turned.</summary>
    /// <param name="days">One of <see cref="Usual"/>; taken when no first day is given.</param>
    /// <param name="from">First day, 2026-11-01.</param>
    /// <param name="until">Last day; today when it is not given.</param>
    /// <param name="today">Today in Japan.</param>
    public static ChartPeriod Of(int? days, string? from, string? until, DateOnly today)
    {
        if (Day(from) is not { } first)
        {
            return Last(days is { } wanted && Usual.Contains(wanted) ? wanted : 30, today);
        }

        var last = Day(until) ?? today;
        (first, last) = first <= last ? (first, last) : (last, first);
        last = last > today ? today : last;
        return first > today ? Last(30, today) : new ChartPeriod(last.DayNumber - first.DayNumber < MostDays ? first : last.AddDays(1 - MostDays), last);
    }

    /// <summary>How many days.</summary>
    public int Days => Until.DayNumber - From.DayNumber + 1;

    /// <summary>Which of <see cref="Usual"/> it is; null: none.</summary>
    public int? UsualOn(DateOnly today) => Until == today && Usual.Contains(Days) ? Days : null;

    /// <summary>As the address says it.</summary>
    public string QueryOn(DateOnly today) => UsualOn(today) is { } usual
        ? string.Create(CultureInfo.InvariantCulture, $"days={usual}") : $"from={Text(From)}&until={Text(Until)}";

    /// <summary>As many days before.</summary>
    public ChartPeriod Earlier => new(From.AddDays(-Days), From.AddDays(-1));

    /// <summary>As many days after, none of them to come; null: there are none.</summary>
    public ChartPeriod? LaterOn(DateOnly today) => Until >= today ? null
        : Until.AddDays(Days) >= today ? new(today.AddDays(1 - Days), today) : new(Until.AddDays(1), Until.AddDays(Days));

    /// <summary>The parts to come nearer to: days of a month, weeks of a quarter, months beyond; none of a single day.</summary>
    public IReadOnlyList<ChartPeriod> Parts
    {
        get
        {
            var parts = new List<ChartPeriod>();
            for (var at = From; at <= Until && Days > 1; at = parts[^1].Until.AddDays(1))
            {
                var end = Days <= 35 ? at : Days <= 120 ? at.AddDays(6) : new DateOnly(at.Year, at.Month, 1).AddMonths(1).AddDays(-1);
                parts.Add(new ChartPeriod(at, end < Until ? end : Until));
            }

            return parts;
        }
    }

    /// <summary>2026-11-01, as addresses and fields have it.</summary>
    public static string Text(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    private static ChartPeriod Last(int days, DateOnly today) => new(today.AddDays(1 - days), today);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year > 1900 ? day : null;
}
