using System.Globalization;
using System.Text.RegularExpressions;

namespace HomeCare.Interop;

/// <summary>How much of a time a source tells.</summary>
internal enum Precision
{
    /// <summary>Only the year or the month.</summary>
    MonthOrYear,
    /// <summary>The day.</summary>
    Day,
    /// <summary>The day and the clock.</summary>
    Instant,
}

/// <summary>A FHIR date, dateTime or instant (R4, section 2.24.0.1) with the precision it was written in. Nothing is added to it, but for
/// the zone: a clock time without one, which FHIR forbids and Japanese systems write, is Japan's.</summary>
/// <param name="Precision">What it tells.</param>
/// <param name="Day">The day in Japan; null when only the year or month is told.</param>
/// <param name="At">The instant; null when only the day is told.</param>
/// <param name="ZoneAssumed">The zone was not written.</param>
internal readonly partial record struct FhirTime(Precision Precision, DateOnly? Day, DateTimeOffset? At, bool ZoneAssumed)
{
    /// <summary>Reads it; null when it is no FHIR date (an era, a word, the 30th of February).</summary>
    public static FhirTime? Parse(string? text)
    {
        if (text is null || Shape().Match(text) is not { Success: true } match)
        {
            return null;
        }

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var year = Number("year");
        if (year == 0 || (match.Groups["month"].Success && Number("month") is 0 or > 12))
        {
            return null;
        }

        if (!match.Groups["day"].Success)
        {
            return new FhirTime(Precision.MonthOrYear, null, null, false);
        }

        if (Number("day") is var dayOfMonth && (dayOfMonth == 0 || dayOfMonth > DateTime.DaysInMonth(year, Number("month"))))
        {
            return null;
        }

        var day = new DateOnly(year, Number("month"), dayOfMonth);
        if (!match.Groups["hour"].Success)
        {
            return new FhirTime(Precision.Day, day, null, false);
        }

        var second = match.Groups["second"].Success ? Number("second") : 0;
        if (Number("hour") > 23 || Number("minute") > 59 || second > 60)
        {
            return null;
        }

        // A leap second is kept as the last ordinary one; PostgreSQL keeps microseconds.
        var microseconds = match.Groups["fraction"].Success
            ? int.Parse(match.Groups["fraction"].Value.PadRight(6, '0').AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
        var clock = new TimeOnly(Number("hour"), Number("minute"), Math.Min(second, 59)).Add(TimeSpan.FromMicroseconds(microseconds));
        var zone = match.Groups["zone"];
        if (!zone.Success)
        {
            var japan = JapanTime.At(day, clock);
            return new FhirTime(Precision.Instant, day, japan, true);
        }

        var offset = zone.Value == "Z" ? TimeSpan.Zero : TimeSpan.ParseExact(zone.ValueSpan[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        offset = zone.Value[0] == '-' ? -offset : offset;
        if (offset.Duration() > TimeSpan.FromHours(14) || year is 1 or 9999)
        {
            return null;
        }

        var at = new DateTimeOffset(day.ToDateTime(clock), offset);
        return new FhirTime(Precision.Instant, JapanTime.DayOf(at), at, false);
    }

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})(T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,18}))?)?(?<zone>Z|[+-][0-9]{2}:[0-5][0-9])?)?)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
