using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;

namespace HomeCare.Web.Timeline;

/// <summary>The stretch of a timeline that a page holds, newest first in clinical order. It slides over the record, so that a page
/// costs the same however long the record is.</summary>
/// <param name="most">Entries held at most; beyond it those at the far end are let go and read again when they are wanted.</param>
public sealed class TimelineWindow(int most = TimelineWindow.Most)
{
    /// <summary>Entries held at most.</summary>
    public const int Most = 200;

    private readonly List<TimelineEntry> entries = [];
    private readonly HashSet<long> held = [];

    /// <summary>What is held, newest first.</summary>
    public IReadOnlyList<TimelineEntry> Entries => entries;

    /// <summary>Whether the record goes on beyond the oldest that is held.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>Whether the record goes on beyond the newest that is held.</summary>
    public bool HasNewer { get; private set; }

    /// <summary>Where to continue towards the past.</summary>
    public TimelinePlace? Oldest => entries.Count == 0 ? null : TimelinePlace.Of(entries[^1]);

    /// <summary>Where to continue towards the present.</summary>
    public TimelinePlace? Newest => entries.Count == 0 ? null : TimelinePlace.Of(entries[0]);

    /// <summary>Starts anew with the newest page.</summary>
    public void Show(TimelinePage page)
    {
        entries.Clear();
        held.Clear();
        Take(page.Entries, entries.Count);
        (HasOlder, HasNewer) = (page.More, false);
    }

    /// <summary>Adds what came before the oldest.</summary>
    public void AddOlder(TimelinePage page)
    {
        Take(page.Entries, entries.Count);
        HasOlder = page.More;
        while (entries.Count > most)
        {
            LetGo(0);
            HasNewer = true;
        }
    }

    /// <summary>Adds what came after the newest.</summary>
    public void AddNewer(TimelinePage page)
    {
        Take(page.Entries, 0);
        HasNewer = page.More;
        while (entries.Count > most)
        {
            LetGo(entries.Count - 1);
            HasOlder = true;
        }
    }

    /// <summary>An entry that has just arrived takes its clinical place, which for a late entry may lie in the past.</summary>
    /// <returns>False when it was here already, or its place lies outside the stretch that is held.</returns>
    public bool Arrive(TimelineEntry entry)
    {
        var place = TimelinePlace.Of(entry);
        if (held.Contains(entry.Sequence)
            || (HasNewer && Newest is { } newest && Later(place, newest))
            || (HasOlder && Oldest is { } oldest && Later(oldest, place)))
        {
            return false;
        }

        var index = entries.FindIndex(e => Later(place, TimelinePlace.Of(e)));
        entries.Insert(index < 0 ? entries.Count : index, entry);
        held.Add(entry.Sequence);
        if (entries.Count > most)
        {
            LetGo(entries.Count - 1);
            HasOlder = true;
        }

        return true;
    }

    /// <summary>Marks the entries that a correction speaks of. As the stored timeline does it, see <see cref="TimelineView"/>.</summary>
    public void MarkCorrected(TimelineEntry by)
    {
        EntryState? state = by.Data switch
        {
            VitalsCorrected or VisitNoteCorrected => EntryState.Corrected,
            VitalsEnteredInError or VisitEnteredInError => EntryState.EnteredInError,
            _ => null,
        };
        if (state is not { } to || by.SubjectId is not { } subject)
        {
            return;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.SubjectId == subject && entry.Sequence < by.Sequence
                && entry.Data is VisitRecorded or VisitCompleted or VitalsRecorded or VitalsCorrected or VisitNoteCorrected)
            {
                entries[i] = entry with { State = to };
            }
        }
    }

    /// <summary>Everything is let go: the reader may no longer see it.</summary>
    public void Empty()
    {
        entries.Clear();
        held.Clear();
        (HasOlder, HasNewer) = (false, false);
    }

    private void Take(IEnumerable<TimelineEntry> page, int at)
    {
        foreach (var entry in page)
        {
            if (held.Add(entry.Sequence))
            {
                entries.Insert(at++, entry);
            }
        }
    }

    private void LetGo(int index)
    {
        held.Remove(entries[index].Sequence);
        entries.RemoveAt(index);
    }

    private static bool Later(TimelinePlace a, TimelinePlace b) =>
        a.OccurredAt > b.OccurredAt || (a.OccurredAt == b.OccurredAt && a.Sequence > b.Sequence);
}
