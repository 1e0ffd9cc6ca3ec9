using HomeCare.Handovers;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Handovers;

/// <summary>Handovers in words.</summary>
public static class HandoverWords
{
    /// <summary>To whom: the person's name, or any of a profession.</summary>
    public static string To(IStringLocalizer<WatchWords> words, IStringLocalizer<Common> common, HandoverCard card) =>
        card.ToName ?? words["handover.any", common.Of(card.To.Profession!.Value)];
}
