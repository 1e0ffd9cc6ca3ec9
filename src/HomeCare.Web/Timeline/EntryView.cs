using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Visits;

namespace HomeCare.Web.Timeline;

/// <summary>An entry with what stands around it when it is shown to one reader.</summary>
/// <param name="Entry">The entry.</param>
public sealed record EntryView(TimelineEntry Entry)
{
    /// <summary>Written by somebody else since this reader last looked.</summary>
    public bool Unread { get; init; }

    /// <summary>It has just arrived.</summary>
    public bool Fresh { get; init; }

    /// <summary>The instruction as it stands now, for an entry that issues one.</summary>
    public InstructionCard? Card { get; init; }

    /// <summary>The value before of each sign, for an entry with vital signs.</summary>
    public IReadOnlyDictionary<VitalSign, decimal>? Before { get; init; }

    /// <summary>What stood before, for a correction of vital signs.</summary>
    public Vitals? Replaced { get; init; }

    /// <summary>The score before, for a correction of vital signs.</summary>
    public News2? ReplacedScore { get; init; }

    /// <summary>The telephone call that ends what is red.</summary>
    public Call? Call { get; init; }

    /// <summary>Whether this reader may correct it or take it back.</summary>
    public bool MayCorrect { get; init; }

    /// <summary>The last day of the nursing order that had run out before this visit.</summary>
    public DateOnly? OrderExpiredOn { get; init; }

    /// <summary>Whether both show the same, so that a card need not be drawn again.</summary>
    public bool Shows(EntryView other) =>
        ReferenceEquals(Entry, other.Entry) && Unread == other.Unread && Fresh == other.Fresh && ReferenceEquals(Card, other.Card)
        && MayCorrect == other.MayCorrect && OrderExpiredOn == other.OrderExpiredOn && Call == other.Call && ReferenceEquals(Replaced, other.Replaced) && ReferenceEquals(ReplacedScore, other.ReplacedScore)
        && (Before?.Count ?? 0) == (other.Before?.Count ?? 0) && (Before is null || Before.All(b => other.Before!.TryGetValue(b.Key, out var value) && value == b.Value));

    /// <summary>The vital signs of an entry, if it has any.</summary>
    public static Vitals? VitalsOf(TimelineEntry entry) => entry.Data switch
    {
        VisitRecorded { Vitals: { } vitals } => vitals,
        VitalsRecorded recorded => recorded.Vitals,
        VitalsCorrected corrected => corrected.Vitals,
        _ => null,
    };

    /// <summary>The score of an entry, if it has one.</summary>
    public static News2? News2Of(TimelineEntry entry) => entry.Data switch
    {
        VisitRecorded visit => visit.News2,
        VitalsRecorded recorded => recorded.News2,
        VitalsCorrected corrected => corrected.News2,
        _ => null,
    };

    /// <summary>Whether a reader may correct an entry or take it back. The commands decide again.</summary>
    public static bool MayBeCorrectedBy(TimelineEntry entry, Actor by) => entry.State == EntryState.AsWritten && entry.Data switch
    {
        VisitRecorded { Vitals: not null } or VitalsCorrected => Permissions.Allows(Act.RecordVisit, by.Profession),
        VisitRecorded visit => visit.VisitorId == by.PersonId,
        VisitNoteCorrected => entry.Author.PersonId == by.PersonId,
        VitalsRecorded => Permissions.Allows(Act.RecordVitals, by.Profession),
        BedsideNoteWritten note => note.WriterId == by.PersonId,
        _ => false,
    };

    /// <summary>The entries as this reader sees them.</summary>
    /// <param name="newestFirst">The stretch that is held.</param>
    /// <param name="by">Who reads.</param>
    /// <param name="seenUpTo">The last entry seen before this look.</param>
    /// <param name="fresh">Entries that have just arrived.</param>
    /// <param name="cards">Instructions as they stand.</param>
    /// <param name="call">Whom to call about an author's entry.</param>
    /// <param name="shown">What was shown before: what is still so is kept.</param>
    /// <param name="orders">On which days visits stand on an order.</param>
    public static IReadOnlyList<EntryView> Of(
        IReadOnlyList<TimelineEntry> newestFirst, Actor by, long seenUpTo, IReadOnlySet<long> fresh, IReadOnlyDictionary<Guid, InstructionCard> cards,
        Func<Author, Call?> call, IReadOnlyList<EntryView>? shown = null, OrderCoverage? orders = null)
    {
        var known = shown?.ToDictionary(v => v.Entry.Sequence);
        var views = new EntryView[newestFirst.Count];
        var last = new Dictionary<VitalSign, decimal>();
        var bySubject = new Dictionary<Guid, (Vitals Vitals, News2? Score)>();
        for (var i = newestFirst.Count - 1; i >= 0; i--)
        {
            var entry = newestFirst[i];
            var vitals = VitalsOf(entry);
            var subject = entry.SubjectId ?? Guid.Empty;
            views[i] = new EntryView(entry)
            {
                Unread = entry.Sequence > seenUpTo && entry.Author.PersonId != by.PersonId,
                Fresh = fresh.Contains(entry.Sequence),
                Card = entry.Data is InstructionIssued && cards.TryGetValue(subject, out var card) ? card : null,
                Before = vitals is null || last.Count == 0 ? null : new Dictionary<VitalSign, decimal>(last),
                Replaced = entry.Data is VitalsCorrected ? bySubject.GetValueOrDefault(subject).Vitals : null,
                ReplacedScore = entry.Data is VitalsCorrected ? bySubject.GetValueOrDefault(subject).Score : null,
                Call = vitals is null ? null : call(entry.Author),
                MayCorrect = MayBeCorrectedBy(entry, by),
                OrderExpiredOn = entry.Data is VisitRecorded visit && entry.State != EntryState.EnteredInError && OrderCoverage.Concerns(entry.Author.Profession)
                    ? orders?.ExpiredBefore(JapanTime.DayOf(visit.StartedAt)) : null,
            };
            if (known is not null && known.TryGetValue(entry.Sequence, out var same) && same.Shows(views[i]))
            {
                views[i] = same;
            }

            if (vitals is not null)
            {
                bySubject[subject] = (vitals, News2Of(entry));
                if (entry.State == EntryState.AsWritten)
                {
                    foreach (var (sign, value) in vitals.Numbers())
                    {
                        last[sign] = value;
                    }
                }
            }
        }

        return views;
    }
}
