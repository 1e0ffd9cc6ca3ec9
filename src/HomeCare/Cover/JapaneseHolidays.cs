namespace HomeCare.Cover;

/// <summary>Japan's national holidays, by the rules of the Act on National Holidays (国民の祝日に関する法律) as in force since 2022.</summary>
/// <remarks>
/// Art. 2 (the days), art. 3 (2): a holiday on a Sunday moves to the next day that is none; art. 3 (3): a day between two holidays is one.
/// The equinoxes are announced by the Cabinet Office each February; they are computed here as the National Astronomical Observatory's
/// formula gives them for 1980 to 2099. Closures of an office of its own (the new year, お盆) are turns with dates, not holidays.
/// </remarks>
public static class JapaneseHolidays
{
    /// <summary>Whether the day is a national holiday, or stands in for one.</summary>
    public static bool IsHoliday(DateOnly day)
    {
        if (IsNamed(day))
        {
            return true;
        }

        // A substitute: the first day after a Sunday's holiday that is none itself.
        for (var before = day.AddDays(-1); IsNamed(before); before = before.AddDays(-1))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday)
            {
                return true;
            }
        }

        return day.DayOfWeek != DayOfWeek.Sunday && IsNamed(day.AddDays(-1)) && IsNamed(day.AddDays(1));
    }

    private static bool IsNamed(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) or (2, 11) or (2, 23) or (4, 29) or (5, 3) or (5, 4) or (5, 5) or (8, 11) or (11, 3) or (11, 23) => true,
        (1, _) => IsMonday(day, 2),
        (7, _) => IsMonday(day, 3),
        (9, _) when IsMonday(day, 3) => true,
        (10, _) => IsMonday(day, 2),
        (3, var d) => d == Equinox(day.Year, 20.8431m),
        (9, var d) => d == Equinox(day.Year, 23.2488m),
        _ => false,
    };

    private static bool IsMonday(DateOnly day, int which) => day.DayOfWeek == DayOfWeek.Monday && (day.Day + 6) / 7 == which;

    private static int Equinox(int year, decimal at1980) =>
        (int)Math.Floor(at1980 + (0.242194m * (year - 1980)) - Math.Floor((year - 1980) / 4m));
}
