using HomeCare.Patients;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Timeline;

/// <summary>One topic of the wishes as a short line says it.</summary>
/// <param name="Name">Such as 心肺蘇生.</param>
/// <param name="Choice">Such as 望まない.</param>
/// <param name="Note">The remark to it; null: none.</param>
/// <param name="Decided">False: undecided, or not talked about.</param>
public sealed record WishesTopic(string Name, string Choice, string? Note, bool Decided);

/// <summary>The wishes in short: for the brief, a timeline's card and a handover.</summary>
public static class WishesText
{
    /// <summary>The five topics, in the order in which somebody on call needs them.</summary>
    public static IReadOnlyList<WishesTopic> Topics(Wishes wishes, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w) =>
    [
        Topic(w["wishes.brief.resuscitation"], wishes.Resuscitation, c, w),
        Topic(w["wishes.brief.ventilation"], wishes.Ventilation, c, w),
        Topic(w["wishes.brief.admission"], wishes.Admission, c, w),
        Topic(w["wishes.brief.feeding"], wishes.Feeding, c, w),
        Topic(w["wishes.brief.place"], wishes.Place, c, w),
    ];

    /// <summary>One line for a handover: version, day, the five topics, and whether a physician has confirmed them.</summary>
    public static string Line(RecordedWishes known, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w)
    {
        var topics = string.Join(w["list"], Topics(known.Wishes, c, w).Select(t => w["wishes.topic", t.Name, t.Choice].Value + (t.Note is null ? null : w["of", t.Note].Value)));
        var line = w["wishes.line", known.Version, Show.Date(known.Wishes.TalkedOn), topics].Value;
        return known.ConfirmedAt is null ? line + w["of", w["wishes.unconfirmed"]] : line;
    }

    private static WishesTopic Topic<T>(string name, Wish<T> wish, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w) where T : struct, Enum
    {
        // The first choice of each topic is that none has been made.
        var decided = !EqualityComparer<T>.Default.Equals(wish.Choice, default);
        return new(name, decided ? c.Of(wish.Choice) : w["wishes.undecided"], wish.Note is { Length: > 0 } note ? note : null, decided);
    }
}
