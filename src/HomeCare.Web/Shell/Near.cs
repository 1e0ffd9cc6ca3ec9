using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Shell;

/// <summary>Times as they are spoken of from now: 今日 14:36, 昨日 14:36, and the day alone where it is further away.</summary>
public static class Near
{
    /// <summary>The time, seen from now.</summary>
    public static string When(this IStringLocalizer<WordsA> words, DateTimeOffset at, DateTimeOffset now)
    {
        var (day, today) = (JapanTime.DayOf(at), JapanTime.DayOf(now));
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => words["time.today", Show.Time(at)],
            -1 => words["time.yesterday", Show.Time(at)],
            1 => words["time.tomorrow", Show.Time(at)],
            _ => day.Year == today.Year ? Show.Day(day) : Show.Date(day),
        };
    }

    /// <summary>By when: the clock alone today.</summary>
    public static string Until(this IStringLocalizer<WordsA> words, DateTimeOffset at, DateTimeOffset now) =>
        JapanTime.DayOf(at) == JapanTime.DayOf(now) ? Show.Time(at) : words.When(at, now);
}
