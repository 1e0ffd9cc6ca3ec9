using System.Globalization;
using System.Text;

namespace HomeCare.Web.Parts;

/// <summary>What people type, as what they mean.</summary>
public static class Typed
{
    /// <summary>A number of 0 and more, full-width digits included; null when it is none.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse((text ?? "").Normalize(NormalizationForm.FormKC).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The text without blanks at its ends; null when nothing is left.</summary>
    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>One of the choices by name; null when it is none.</summary>
    public static T? Choice<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;
}
