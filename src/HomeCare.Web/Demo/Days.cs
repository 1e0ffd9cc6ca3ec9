namespace HomeCare.Web.Demo;

/// <summary>The calendar of the demo community: everything is told from the instant of its first start.</summary>
/// <param name="now">That instant; nothing is recorded after it.</param>
internal sealed class Days(DateTimeOffset now)
{
    /// <summary>How far back the history goes.</summary>
    public const int History = 90;

    /// <summary>How far ahead visits are planned.</summary>
    public const int Ahead = 14;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Japan's day at that instant.</summary>
    public DateOnly Today { get; } = JapanTime.DayOf(now);

    /// <summary>When the urgent visit of this hour began: an hour and a quarter ago, on a five-minute mark.</summary>
    public DateTimeOffset UrgentVisit { get; } = FiveMinutes(now.AddMinutes(-75));

    /// <summary>The day so many days ago; negative: ahead.</summary>
    public DateOnly Day(int ago) => Today.AddDays(-ago);

    /// <summary>An instant of the day so many days ago, on Japan's clock. Minutes beyond 59 run on.</summary>
    public DateTimeOffset At(int ago, int hour, int minute = 0) => JapanTime.StartOf(Day(ago)).AddMinutes((hour * 60) + minute);

    /// <summary>Whether the instant lies before the first start.</summary>
    public bool HasCome(DateTimeOffset at) => at <= Now;

    public static DateTimeOffset FiveMinutes(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.FromMinutes(5).Ticks));
}
