using static HomeCare.Watching.AlertRuleTable;

namespace HomeCare.Watching;

/// <summary>What is pointed out about one person under one cause, from the moment it began until it was gone.</summary>
/// <param name="ItemId">Follows from person, cause and beginning.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">What its alerts have in common.</param>
/// <param name="OpenedAt">When it began: when the first of its readings was measured, or the clock made it so.</param>
/// <param name="ClosedAt">When its cause was gone; null: it is open.</param>
/// <param name="Alerts">What stands; of a closed item, what stood last.</param>
public sealed record AlertItem(Guid ItemId, Guid PatientId, AlertCause Cause, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, IReadOnlyList<Alert> Alerts)
{
    /// <summary>The last that somebody did about it while it was open: acknowledged or snoozed; null: nothing.</summary>
    public AlertAct? Answer { get; init; }

    /// <summary>Until when that holds it back; null: nothing does. What was not there when it was answered is not held back.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How it was judged, by whom.</summary>
    public IReadOnlyList<AlertAct> Judgements { get; init; } = [];

    /// <summary>The first entry that made it; 0: the clock did. An answer from before it is about another item.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal long OpenedBy { get; init; }

    /// <summary>How soon.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public AlertLevel Level => Alerts.Max(a => a.Level);

    /// <summary>Whether it is open.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => ClosedAt is null;

    /// <summary>Whether somebody is to look: it is open, and nobody has taken it up or set it aside for now.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Asks => IsOpen && HeldUntil is null;

    /// <summary>What it says, for an answer to cover.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> Keys => [.. Alerts.Select(a => a.Key)];
}

/// <summary>A set of readings that was pointed out and no longer counts.</summary>
/// <param name="Set">As it was.</param>
/// <param name="Why">Who struck it out, when and why.</param>
public sealed record StruckAlert(WatchedSet Set, Struck Why);

/// <summary>All items of a person at a moment.</summary>
/// <param name="Items">The open ones by urgency, then the closed ones, the last first.</param>
/// <param name="ChangesAt">When the clock alone changes something next; null: nothing is foreseen.</param>
/// <param name="Struck">What was pointed out and no longer counts, the last first.</param>
public sealed record Watched(IReadOnlyList<AlertItem> Items, DateTimeOffset? ChangesAt, IReadOnlyList<StruckAlert> Struck)
{
    /// <summary>Those that are open.</summary>
    public IReadOnlyList<AlertItem> Open => [.. Items.Where(i => i.IsOpen)];
}

/// <summary>Merges alerts into items. Pure: items are worked out where they are read and never stored, so that they cannot be out of date and
/// no node can open one twice.</summary>
public static class AlertItems
{
    /// <summary>How long an answer holds an item back that asks for a look now: an intention, and snoozing.</summary>
    public static (TimeSpan Acknowledged, TimeSpan Snoozed) LongestNow { get; } = (TimeSpan.FromHours(24), TimeSpan.FromHours(1));

    /// <summary>All items of a record.</summary>
    /// <param name="record">What the rules look at.</param>
    /// <param name="now">The moment.</param>
    public static Watched Of(WatchRecord record, DateTimeOffset now)
    {
        var sets = record.Sets.Where(s => s.Struck is null).Select(s => s.At > now ? s with { At = now } : s).OrderBy(s => Minute(s.At)).ThenBy(s => s.Sequence).ToList();
        var signs = record.Signs.Select(s => s.At > now ? s with { At = now } : s).OrderBy(s => s.At).ThenBy(s => s.Sequence).ToList();
        var times = Times(record, sets, signs);
        var rules = new AlertRules(record);
        var open = new Dictionary<AlertCause, AlertItem>();
        var items = new List<AlertItem>();
        var (set, sign) = (0, 0);
        foreach (var at in times.Where(t => t < now).Append(now))
        {
            for (; set < sets.Count && sets[set].At <= at; set++)
            {
                rules.Take(sets[set]);
            }

            for (; sign < signs.Count && signs[sign].At <= at; sign++)
            {
                rules.Take(signs[sign]);
            }

            var standing = rules.Standing(at).ToLookup(a => a.Cause);
            foreach (var gone in open.Keys.Where(c => !standing.Contains(c)).ToList())
            {
                items.Add(open[gone] with { ClosedAt = at });
                open.Remove(gone);
            }

            foreach (var group in standing)
            {
                IReadOnlyList<Alert> alerts = [.. group];
                open[group.Key] = open.TryGetValue(group.Key, out var item) ? item with { Alerts = alerts }
                    : new AlertItem(Ids.Of("alert", $"{record.PatientId}", $"{group.Key}", $"{at.ToUniversalTime():O}"), record.PatientId, group.Key, at, null, alerts)
                    {
                        OpenedBy = alerts.SelectMany(a => a.Evidence).Min(e => e.Sequence),
                    };
            }
        }

        items = [.. open.Values.Concat(items).Select(i => Answered(i, record.Acts, now))];
        return new Watched(
            [.. items.OrderBy(i => !i.IsOpen).ThenByDescending(i => i.ClosedAt).ThenBy(i => !i.Asks).ThenByDescending(i => i.Level).ThenBy(i => i.Cause)],
            times.Concat(items.Where(i => i.HeldUntil is not null).Select(i => i.HeldUntil!.Value)).Where(t => t > now).Select(t => (DateTimeOffset?)t).Min(),
            [.. record.Sets.Where(s => s.Struck is not null && (s.Alerts.Count > 0 || s.Score is { Band: not VitalSigns.News2Band.None }) && now - s.Struck.At < Judged)
                .OrderByDescending(s => s.Struck!.At).Select(s => new StruckAlert(s, s.Struck!))]);
    }

    /// <summary>The minute in which something was measured.</summary>
    internal static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>The moments at which something can begin, change or end.</summary>
    private static List<DateTimeOffset> Times(WatchRecord record, List<WatchedSet> sets, List<WatchedSigns> signs)
    {
        var times = new SortedSet<DateTimeOffset>();
        foreach (var s in sets)
        {
            times.Add(s.At);
            if (s.Alerts.Count > 0 || s.Score is { Band: not VitalSigns.News2Band.None } || s.Weight is not null || s.Systolic is not null)
            {
                times.Add(s.At + Fresh);
                times.Add(s.At + Judged);
            }

            if (s.Systolic is not null)
            {
                times.Add(s.At + PressuresWithin);
            }

            if (s.Unmeasured.Count > 0)
            {
                times.Add(s.At + Noticed);
            }

            if (s.Stool)
            {
                times.Add(s.At + WithoutStool);
                times.Add(s.At + WithoutStool + Judged);
            }
        }

        foreach (var s in signs)
        {
            times.Add(s.At);
            times.Add(s.At + Noticed);
        }

        foreach (var v in record.Visits)
        {
            times.Add(v.MissedAt);
            times.Add(v.MissedAt + Judged);
            Add(v.DoneAt);
        }

        foreach (var i in record.Instructions)
        {
            // Past its due time, not at it.
            times.Add(i.DueAt.AddTicks(10));
            Add(i.OverAt);
        }

        return [.. times];

        void Add(DateTimeOffset? time)
        {
            if (time is { } t)
            {
                times.Add(t);
            }
        }
    }

    /// <summary>An answer holds back what it covers, of the item that was there when it was given. What is worse or other asks again, and so does
    /// what was to be done and was not.</summary>
    private static AlertItem Answered(AlertItem item, IReadOnlyList<AlertAct> acts, DateTimeOffset now)
    {
        var judged = acts.Where(a => a.Kind == AlertActKind.Judged && a.ItemId == item.ItemId).OrderBy(a => a.Sequence).ToList();
        var answer = acts.Where(a => a.Kind != AlertActKind.Judged && a.Cause == item.Cause && a.At >= item.OpenedAt && a.At <= (item.ClosedAt ?? now) && a.Sequence > item.OpenedBy)
            .MaxBy(a => a.Sequence);
        if (answer is null)
        {
            return item with { Judgements = judged };
        }

        var longest = answer.Kind == AlertActKind.Snoozed ? LongestNow.Snoozed : LongestNow.Acknowledged;
        var until = item.Level == AlertLevel.Now && answer.Until > answer.At + longest ? answer.At + longest : answer.Until;
        var holds = item.IsOpen && until > now && item.Keys.All(answer.Covers.Contains);
        return item with { Answer = answer, HeldUntil = holds ? until : null, Judgements = judged };
    }
}
