using System.Globalization;

namespace HomeCare.Web.Parts;

/// <summary>Times as the browser's own fields write them, on Japan's clock.</summary>
public static class LocalTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    /// <summary>As <c>datetime-local</c> writes it, to the minute.</summary>
    public static string Of(DateTimeOffset instant) => JapanTime.Of(instant).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The instant written; null when it is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999
            ? JapanTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;

    /// <summary>The day that a <c>date</c> field wrote; null when it is none.</summary>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day : null;

    /// <summary>A day as a <c>date</c> field has it; null when there is none.</summary>
    public static string? OfDay(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>11/20, or 20 Nov: where there is little room.</summary>
    public static string Short(DateOnly day) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja"
            ? day.ToString("M/d", CultureInfo.InvariantCulture)
            : day.ToString("d MMM", CultureInfo.InvariantCulture);
}
