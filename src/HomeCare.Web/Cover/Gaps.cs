using HomeCare.Cover;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Cover;

/// <summary>The times with nobody on call, in words.</summary>
internal static class Gaps
{
    private const int Most = 3;

    public static string Text(RotaLine line, IStringLocalizer<LedgerWords> words)
    {
        var first = line.Gaps.Take(Most).Select(g => words["cover.gap", Show.DayTime(g.From), Show.DayTime(g.Until)].Value);
        var more = line.Gaps.Count > Most ? words["cover.gap_more", line.Gaps.Count - Most].Value : null;
        return string.Join(words["separator"], first.Append(more).Where(s => s is not null));
    }
}
