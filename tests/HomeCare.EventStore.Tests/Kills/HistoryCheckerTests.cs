using FsCheck;
using FsCheck.Fluent;

namespace HomeCare.EventStore.Tests.Kills;

/// <summary>The checker finds nothing in histories of a store that keeps its promises, and finds each that is broken in one place.</summary>
public sealed class HistoryCheckerTests
{
    private delegate History? Change(History history, Random random);

    private static readonly Dictionary<string, Change> Changes = new(StringComparer.Ordinal)
    {
        ["an event is lost"] = (h, r) => WithLog(h, log => log.RemoveAt(r.Next(log.Count))),
        ["the last event is lost"] = (h, _) => WithLog(h, log => log.RemoveAt(log.Count - 1)),
        ["an event is doubled at the end"] = (h, r) => WithLog(h, log => log.Add(log[r.Next(log.Count)] with { Sequence = log[^1].Sequence + 1 })),
        ["an event is doubled at the end of its stream, and subscribers see it"] = (h, r) => WithLogAndSubscribers(h, log =>
        {
            var e = log[r.Next(log.Count)];
            log.Add(e with { Sequence = log[^1].Sequence + 1, Version = log.Last(l => l.Stream == e.Stream).Version + 1 });
        }),
        ["two events of the log change places"] = (h, r) => WithLog(h, log => Swap(log, r)),
        ["an acknowledged event changes places with another of its stream, and subscribers see it"] = (h, r) => WithLogAndSubscribers(h, log =>
        {
            // Where nobody was told which of two came first, either order keeps the promise.
            var told = Acknowledged(h).Select(a => a.Command).ToHashSet();
            var i = r.Next(log.Count);
            var j = log.FindIndex(i + 1, e => e.Stream == log[i].Stream && (told.Contains(e.Command) || told.Contains(log[i].Command)));
            if (j > 0)
                (log[i], log[j]) = (log[i] with { Command = log[j].Command }, log[j] with { Command = log[i].Command });
        }),
        ["an event that nobody sent"] = (h, _) => WithLogAndSubscribers(h, log => log.Add(new(log[^1].Sequence + 1, "other", 1, Guid.CreateVersion7(), default))),
        ["an event in another stream"] = (h, r) => WithLogAndSubscribers(h, log => Set(log, r, e => e with { Stream = "other", Version = 1 })),
        ["an acknowledged command and all after it are lost, for subscribers too"] = (h, _) => Acknowledged(h).Count == 0 ? null
            : WithLogAndSubscribers(h, log => log.RemoveAll(e => e.Sequence >= Acknowledged(h).Max(a => a.Sequence))),
        ["a sequence in an acknowledgement differs"] = (h, r) => WithAcknowledgement(h, r, a => a with { Sequence = a.Sequence + 1 }),
        ["a version in an acknowledgement differs"] = (h, r) => WithAcknowledgement(h, r, a => a with { Version = a.Version + 1 }),
        ["a moment in an acknowledgement differs by the time zone"] = (h, r) => WithAcknowledgement(h, r, a => a with { RecordedAt = a.RecordedAt.AddHours(9) }),
        ["an acknowledged command was refused"] = (h, r) => WithAcknowledgement(h, r, a => new(Said.Refused, a.Command)),
        ["an acknowledgement of what nobody sent"] = (h, r) => WithAcknowledgement(h, r, a => a with { Command = Guid.CreateVersion7() }),
        ["a wrong expectation was admitted"] = (h, r) => WithSent(h, r, s => s with { Expected = 1_000 }),
        ["half of a command was written"] = (h, r) => WithSent(h, r, s => s with { Second = s.Second is null ? "other" : null }),
        ["a subscriber skips"] = (h, r) => WithSubscriber(h, r, seen => seen.RemoveAt(r.Next(seen.Count))),
        ["a subscriber never sees the end"] = (h, r) => WithSubscriber(h, r, seen => seen.RemoveAt(seen.Count - 1)),
        ["a subscriber sees an event twice"] = (h, r) => WithSubscriber(h, r, seen => seen.Insert(r.Next(seen.Count), seen[r.Next(seen.Count)])),
        ["a subscriber sees the end twice"] = (h, r) => WithSubscriber(h, r, seen => seen.Add(seen[^1])),
        ["a subscriber sees another order"] = (h, r) => WithSubscriber(h, r, seen => Swap(seen, r)),
        ["a subscriber sees another content"] = (h, r) => WithSubscriber(h, r, seen => Set(seen, r, e => e with { Command = Guid.CreateVersion7() })),
        ["a later command overtook an earlier one"] = (h, r) => Overtaken(h, r),
    };

    public static TheoryData<string> ChangeNames => [.. Changes.Keys];

    [Fact]
    public void a_kept_promise_is_not_complained_about() =>
        Prop.ForAll(Seeds, seed => HistoryChecker.Check(Kept(new Random(seed))).Count == 0).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void every_history_broken_in_one_place_is_found(string change)
    {
        var applied = 0;
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var kept = Kept(random);
            if (Changes[change](kept, random) is not { } broken || Same(kept, broken))
                return true;
            applied++;
            return HistoryChecker.Check(broken).Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
        applied.ShouldBeGreaterThan(30, "Too few histories could be broken this way.");
    }

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>What a store that keeps its promises leaves behind: several writers, repeats, refusals, commands left unanswered, holes.</summary>
    private static History Kept(Random random)
    {
        var writers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new List<WriterLine>()).ToList();
        var log = new List<LogEvent>();
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        var sequence = 0L;
        for (var i = random.Next(4, 40); i > 0; i--)
        {
            var lines = writers[random.Next(writers.Count)];
            var stream = $"visit-{random.Next(4)}";
            var second = random.Next(4) == 0 ? $"patient-{random.Next(2)}" : null;
            var end = ends.GetValueOrDefault(stream);
            var sent = new WriterLine(Said.Sent, Guid.CreateVersion7(), stream, second, random.Next(3) == 0 ? end + (random.Next(4) == 0 ? 1 : 0) : null);
            lines.Add(sent);
            if (sent.Expected is { } expected && expected != end)
            {
                lines.Add(new(Said.Refused, sent.Command));
                continue;
            }

            if (random.Next(8) == 0)
                continue; // never came to the store
            sequence += random.Next(3) == 0 ? 2 : 1;
            var at = DateTimeOffset.UnixEpoch.AddSeconds(sequence);
            var first = new LogEvent(sequence, stream, ends[stream] = end + 1, sent.Command, at);
            log.Add(first);
            if (second is not null)
                log.Add(new(++sequence, second, ends[second] = ends.GetValueOrDefault(second) + 1, sent.Command, at));
            for (var answers = random.Next(8) == 0 ? 0 : random.Next(1, 3); answers > 0; answers--)
                lines.Add(new(Said.Acknowledged, sent.Command, Sequence: first.Sequence, Version: first.Version, RecordedAt: at));
        }

        if (log.Count < 2)
            return Kept(random);
        return new(writers, log, new Dictionary<string, IReadOnlyList<LogEvent>>(StringComparer.Ordinal) { ["here"] = [.. log], ["elsewhere"] = [.. log] });
    }

    private static bool Same(History one, History other) =>
        one.Log.SequenceEqual(other.Log) && one.Writers.SelectMany(w => w).SequenceEqual(other.Writers.SelectMany(w => w))
        && one.Subscribers.Values.SelectMany(s => s).SequenceEqual(other.Subscribers.Values.SelectMany(s => s));

    private static List<WriterLine> Acknowledged(History history) => [.. history.Writers.SelectMany(w => w).Where(l => l.Said == Said.Acknowledged)];

    private static History WithLog(History history, Action<List<LogEvent>> change)
    {
        var log = history.Log.ToList();
        change(log);
        return history with { Log = log };
    }

    private static History WithLogAndSubscribers(History history, Action<List<LogEvent>> change)
    {
        var changed = WithLog(history, change);
        return changed with { Subscribers = history.Subscribers.ToDictionary(s => s.Key, _ => changed.Log, StringComparer.Ordinal) };
    }

    private static History WithSubscriber(History history, Random random, Action<List<LogEvent>> change)
    {
        var victim = random.Next(2) == 0 ? "here" : "elsewhere";
        var seen = history.Subscribers[victim].ToList();
        change(seen);
        return history with { Subscribers = new Dictionary<string, IReadOnlyList<LogEvent>>(history.Subscribers, StringComparer.Ordinal) { [victim] = seen } };
    }

    private static History? WithAcknowledgement(History history, Random random, Func<WriterLine, WriterLine> change) =>
        WithLine(history, random, l => l.Said == Said.Acknowledged, change);

    private static History? WithSent(History history, Random random, Func<WriterLine, WriterLine> change)
    {
        var written = history.Log.Select(e => e.Command).ToHashSet();
        return WithLine(history, random, l => l.Said == Said.Sent && written.Contains(l.Command), change);
    }

    private static History? WithLine(History history, Random random, Func<WriterLine, bool> which, Func<WriterLine, WriterLine> change)
    {
        var places = history.Writers.SelectMany((w, i) => w.Select((l, j) => (Line: l, Writer: i, At: j))).Where(p => which(p.Line)).ToList();
        if (places.Count == 0)
            return null;
        var (line, writer, at) = places[random.Next(places.Count)];
        var writers = history.Writers.Select(w => w.ToList()).ToList();
        writers[writer][at] = change(line);
        return history with { Writers = writers };
    }

    /// <summary>A writer's first acknowledgement is put before the sending of an earlier command of the same writer.</summary>
    private static History? Overtaken(History history, Random random)
    {
        var writers = history.Writers.Select(w => w.ToList()).ToList();
        var lines = writers[random.Next(writers.Count)];
        var last = lines.FindLastIndex(l => l.Said == Said.Acknowledged);
        if (last < 0)
            return null;
        var sent = lines.Find(l => l.Said == Said.Sent && l.Command == lines[last].Command)!;
        var answer = lines[last];
        if (!lines.Exists(l => l.Said == Said.Acknowledged && l.Command != answer.Command))
            return null;
        lines.RemoveAll(l => l.Command == answer.Command);
        lines.InsertRange(0, [sent, answer]);
        return history with { Writers = writers };
    }

    private static void Swap(List<LogEvent> events, Random random)
    {
        var (i, j) = (random.Next(events.Count), random.Next(events.Count));
        (events[i], events[j]) = (events[j], events[i]);
    }

    private static void Set(List<LogEvent> events, Random random, Func<LogEvent, LogEvent> change)
    {
        var i = random.Next(events.Count);
        events[i] = change(events[i]);
    }
}
