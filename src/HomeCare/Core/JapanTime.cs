namespace HomeCare;

/// <summary>The day and the clock that people at work read. Instants are kept in UTC; days are Japan's.</summary>
public static class JapanTime
{
    /// <summary>Asia/Tokyo.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    /// <summary>The instant on Japan's clock, offset +09:00.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>Japan's calendar day at the instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Of(instant).DateTime);

    /// <summary>The instant at which a day begins in Japan.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant of a day and clock time in Japan.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) =>
        new(day.ToDateTime(time), Zone.GetUtcOffset(day.ToDateTime(time)));
}
