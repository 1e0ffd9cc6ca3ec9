using System.Text;

namespace HomeCare.Patients;

/// <summary>Text as it is searched: width, kana kind, case, spaces and control characters (which PostgreSQL refuses) make no difference.</summary>
public static class SearchText
{
    /// <summary>NFKC (half-width kana and full-width letters become ordinary), hiragana to katakana, lower case, no spaces.</summary>
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            foreach (var c in (part ?? "").Normalize(NormalizationForm.FormKC))
            {
                if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                {
                    text.Append(c is >= '\u3041' and <= '\u3096' ? (char)(c + 0x60) : char.ToLowerInvariant(c));
                }
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A LIKE pattern that finds the query anywhere, its own wildcards taken literally.</summary>
    public static string Pattern(string query) =>
        "%" + Of(query).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
