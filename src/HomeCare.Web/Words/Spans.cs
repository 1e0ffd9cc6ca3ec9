using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Words;

/// <summary>How long something has been so, as people say it.</summary>
public static class Spans
{
    /// <summary>12分, 3時間, 2日.</summary>
    public static string Span(this IStringLocalizer<LedgerWords> words, TimeSpan span) => span switch
    {
        { TotalMinutes: < 60 } => words["span.minutes", Math.Max(0, (int)span.TotalMinutes)],
        { TotalHours: < 48 } => words["span.hours", (int)span.TotalHours],
        _ => words["span.days", (int)span.TotalDays],
    };
}
