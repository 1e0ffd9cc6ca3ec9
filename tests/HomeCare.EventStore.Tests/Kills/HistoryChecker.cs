namespace HomeCare.EventStore.Tests.Kills;

/// <summary>Decides from a recorded history, and from nothing else, whether the store kept its promises.</summary>
internal static class HistoryChecker
{
    /// <returns>what was broken, one sentence a place; empty when all was kept</returns>
    public static IReadOnlyList<string> Check(History history)
    {
        var broken = new List<string>();
        CheckLog(history.Log, broken);
        var byCommand = history.Log.ToLookup(e => e.Command);
        var sent = new HashSet<Guid>();
        foreach (var writer in history.Writers)
        {
            foreach (var line in writer.Where(l => l.Said == Said.Sent))
                sent.Add(line.Command);
            CheckCommands(writer, byCommand, broken);
            CheckOrder(writer, broken);
        }

        foreach (var e in history.Log.Where(e => !sent.Contains(e.Command)))
            broken.Add($"Nobody sent event {e.Sequence}: {e}.");
        foreach (var (name, seen) in history.Subscribers)
            CheckSubscriber(name, seen, history.Log, broken);
        return broken;
    }

    /// <summary>Sequences rise, recorded once each; versions of a stream follow each other without a hole, in order of sequence.</summary>
    private static void CheckLog(IReadOnlyList<LogEvent> log, List<string> broken)
    {
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < log.Count; i++)
        {
            var e = log[i];
            if (i > 0 && log[i - 1].Sequence >= e.Sequence)
                broken.Add($"Sequence {e.Sequence} follows {log[i - 1].Sequence} in the log.");
            var end = ends.GetValueOrDefault(e.Stream);
            if (e.Version != end + 1)
                broken.Add($"Version {e.Version} follows {end} in stream {e.Stream}, at {e.Sequence}.");
            ends[e.Stream] = e.Version;
        }
    }

    private static void CheckCommands(IReadOnlyList<WriterLine> writer, ILookup<Guid, LogEvent> byCommand, List<string> broken)
    {
        foreach (var command in writer.GroupBy(l => l.Command))
        {
            if (command.FirstOrDefault(l => l.Said == Said.Sent) is not { } sent)
            {
                broken.Add($"Answered and never sent: {command.Key}.");
                continue;
            }

            var events = byCommand[command.Key].ToList();
            var whole = events.Count == sent.Events && events[0].Stream == sent.Stream && (sent.Second is null || events[1].Stream == sent.Second);
            var acknowledged = command.Where(l => l.Said == Said.Acknowledged).ToList();
            var refused = command.Any(l => l.Said == Said.Refused);
            if (events.Count > sent.Events)
                broken.Add($"Written {events.Count} times instead of {sent.Events}: {sent}.");
            else if (events.Count > 0 && !whole)
                broken.Add($"Half written, or in another stream: {sent}.");
            if (acknowledged.Count > 0 && events.Count == 0)
                broken.Add($"Acknowledged and lost: {sent}.");
            if (refused && (events.Count > 0 || acknowledged.Count > 0))
                broken.Add($"Refused, and written or acknowledged: {sent}.");
            if (events.Count > 0 && sent.Expected is { } expected && events[0].Version != expected + 1)
                broken.Add($"Written as version {events[0].Version} where version {expected} was expected: {sent}.");
            foreach (var a in acknowledged.Where(a => events.Count > 0
                && (a.Sequence, a.Version, a.RecordedAt) != (events[0].Sequence, events[0].Version, events[0].RecordedAt)))
                broken.Add($"Acknowledged as {a.Sequence}, version {a.Version}, {a.RecordedAt:O}, and is {events[0]}.");
        }
    }

    /// <summary>Whoever sends a command after an acknowledgement finds it behind the acknowledged one.</summary>
    private static void CheckOrder(IReadOnlyList<WriterLine> writer, List<string> broken)
    {
        var floors = new Dictionary<Guid, long>();
        var highest = 0L;
        foreach (var line in writer)
        {
            if (line.Said == Said.Sent)
                floors.TryAdd(line.Command, highest);
            if (line.Said != Said.Acknowledged)
                continue;
            if (line.Sequence <= floors.GetValueOrDefault(line.Command))
                broken.Add($"Command {line.Command} was sent after {floors[line.Command]} was acknowledged, and got {line.Sequence}.");
            highest = Math.Max(highest, line.Sequence);
        }
    }

    private static void CheckSubscriber(string name, IReadOnlyList<LogEvent> seen, IReadOnlyList<LogEvent> log, List<string> broken)
    {
        for (var i = 0; i < Math.Min(seen.Count, log.Count); i++)
        {
            if (seen[i] == log[i])
                continue;
            broken.Add($"Subscriber {name} was given {seen[i]} where the log has {log[i]}.");
            return;
        }

        if (seen.Count != log.Count)
            broken.Add($"Subscriber {name} was given {seen.Count} events of {log.Count}.");
    }
}
