using System.Globalization;

namespace HomeCare.Web.Words;

/// <summary>Times, days, ages and numbers as people at work read them: Japan's clock, the reader's language.</summary>
public static class Show
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static bool IsJapanese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja";

    /// <summary>14:36</summary>
    public static string Time(DateTimeOffset instant) => JapanTime.Of(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>14:36:12</summary>
    public static string Seconds(DateTimeOffset instant) => JapanTime.Of(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>11月22日(日), or Sun 22 Nov.</summary>
    public static string Day(DateOnly day) =>
        IsJapanese ? day.ToString("M月d日(ddd)", Japanese) : day.ToString("ddd d MMM", English);

    /// <summary>2026年11月22日, or 22 Nov 2026.</summary>
    public static string Date(DateOnly day) =>
        IsJapanese ? day.ToString("yyyy年M月d日", Japanese) : day.ToString("d MMM yyyy", English);

    /// <summary>11月22日(日) 14:36, or Sun 22 Nov 14:36.</summary>
    public static string DayTime(DateTimeOffset instant) => $"{Day(JapanTime.DayOf(instant))} {Time(instant)}";

    /// <summary>2026年11月22日 14:36, or 22 Nov 2026 14:36: for times of another year.</summary>
    public static string DateTime(DateTimeOffset instant) => $"{Date(JapanTime.DayOf(instant))} {Time(instant)}";

    /// <summary>84歳, or 84 years; in months below two years. Empty when the birth date is not known.</summary>
    /// <param name="birthDate">The day of birth.</param>
    /// <param name="today">The day on which the age is asked; null: today in Japan.</param>
    public static string Age(DateOnly? birthDate, DateOnly? today = null)
    {
        if (birthDate is not { } born)
        {
            return "";
        }

        var on = today ?? JapanTime.DayOf(TimeProvider.System.GetUtcNow());
        var months = (on.Year - born.Year) * 12 + on.Month - born.Month - (on.Day < born.Day ? 1 : 0);
        return (months, IsJapanese) switch
        {
            ( < 0, _) => "",
            ( < 24, true) => $"{months}か月",
            ( < 24, false) => months == 1 ? "1 month" : $"{months} months",
            (_, true) => $"{months / 12}歳",
            _ => $"{months / 12} years",
        };
    }

    /// <summary>36.8, 1,200: with the digits that were measured.</summary>
    public static string Number(decimal value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);

    /// <summary>36.0 where the step is 0.1: with as many digits as the step has.</summary>
    public static string Number(decimal value, decimal step) =>
        value.ToString($"#,0.{new string('0', Digits(step))}", CultureInfo.InvariantCulture);

    private static int Digits(decimal step) => (step / 1.0000000000000000000000000000m).Scale;
}
