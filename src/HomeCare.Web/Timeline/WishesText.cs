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

    /// <summary>The lines of a handover, each with its source: the version in force, its review as of the day on which it is read; the last confirmed one, while that is not; newer ones that were withdrawn.</summary>
    public static IEnumerable<(string Text, Guid SourceId)> Lines(PatientSummary summary, DateOnly today, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w)
    {
        if (summary.Wishes is { } known)
        {
            yield return (Line("wishes.line", known, today, c, w), known.WishesId);
        }

        if (summary.WishesConfirmedBefore is { } before)
        {
            yield return (Line("wishes.line_before", before, null, c, w), before.WishesId);
        }

        foreach (var withdrawn in summary.WishesWithdrawnSince)
        {
            yield return (w["wishes.line_withdrawn", withdrawn.Version], withdrawn.WishesId);
        }
    }

    /// <summary>The talk in short: its day, whether the wishes were presumed, who wrote them down and who speaks for the person.</summary>
    public static string Talk(RecordedWishes known, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w) =>
        Joined(w, [w["wishes.talked", Show.Date(known.Wishes.TalkedOn)], Presumed(known, w), WrittenBy(known, c, w), known.Wishes.Spokesperson is { } speaks ? w["wishes.speaks", speaks.Name, speaks.Relation].Value : null]);

    private static string Line(string key, RecordedWishes known, DateOnly? today, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w)
    {
        var topics = string.Join(w["list"], Topics(known.Wishes, c, w).Select(t => w["wishes.topic", t.Name, t.Choice].Value + (t.Note is null ? null : w["of", t.Note].Value)));
        var remarks = Joined(w,
        [
            known.ConfirmedAt is null ? w["wishes.unconfirmed"].Value : null, Presumed(known, w),
            today is { } day && known.IsReviewOverdue(day) ? w["wishes.review_overdue", Show.Date(known.Wishes.ReviewOn!.Value)].Value : null, WrittenBy(known, c, w),
        ]);
        return w[key, known.Version, Show.Date(known.Wishes.TalkedOn), topics].Value + w["of", remarks];
    }

    private static string? Presumed(RecordedWishes known, IStringLocalizer<WordsA> w) => known.Wishes.Capacity == DecisionCapacity.Presumed ? w["wishes.presumed"].Value : null;

    private static string WrittenBy(RecordedWishes known, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w) => w["wishes.written_by", known.ByName, c.Of(known.ByProfession)];

    private static string Joined(IStringLocalizer<WordsA> w, IEnumerable<string?> parts) => string.Join(w["separator"], parts.OfType<string>());

    private static WishesTopic Topic<T>(string name, Wish<T> wish, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w) where T : struct, Enum
    {
        // The first choice of each topic is that none has been made.
        var decided = !EqualityComparer<T>.Default.Equals(wish.Choice, default);
        return new(name, decided ? c.Of(wish.Choice) : w["wishes.undecided"], wish.Note is { Length: > 0 } note ? note : null, decided);
    }
}
