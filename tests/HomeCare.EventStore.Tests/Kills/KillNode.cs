using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace HomeCare.EventStore.Tests.Kills;

/// <param name="Parent">the process that must live</param>
/// <param name="Folder">where journals lie; a file <c>stop</c> in it ends the writing</param>
/// <param name="Mutant">what this node does wrong on purpose</param>
internal sealed record NodeSettings(int Parent, string Folder, string Name, string ConnectionString, int Writers, int Tails, int Seed, Mutant Mutant);

/// <summary>A mistake that the checker must find.</summary>
internal enum Mutant
{
    None,

    /// <summary>Acknowledges what may yet be lost. Not of the node but of its sessions: <c>synchronous_commit = off</c>.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>A subscriber that writes down how far it is before it has dealt with the events.</summary>
    AdvanceCursorEarly,

    /// <summary>Gives commands without their ids, so that one that comes again is taken for another.</summary>
    DropCommandId,
}

/// <summary>
/// A process that may be killed at any moment: writers that give a command until it is answered, also in their next life, and
/// subscribers that go on behind the last event they wrote down.
/// </summary>
internal static class KillNode
{
    private const int Streams = 12;

    public static async Task<int> RunAsync(string settingsJson)
    {
        var settings = JsonSerializer.Deserialize<NodeSettings>(settingsJson)!;
        await using var db = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var store = new EventStore(db, Given.Types(), [new NotesView()], TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var tails = Enumerable.Range(0, settings.Tails).Select(t => Task.Run(() => FollowAsync(store, settings, t))).ToList();
        var writers = Enumerable.Range(0, settings.Writers).Select(w => Task.Run(() => WriteAsync(store, settings, w, stop.Token))).ToList();
        _ = WatchAsync(settings, stop);
        await Task.WhenAll(writers);
        await Task.WhenAll(tails); // until it is killed
        return 0;
    }

    private static async Task WatchAsync(NodeSettings settings, CancellationTokenSource stop)
    {
        using var parent = Process.GetProcessById(settings.Parent);
        while (!parent.HasExited)
        {
            if (File.Exists(Path.Combine(settings.Folder, "stop")))
                await stop.CancelAsync();
            await Task.Delay(50);
        }

        Environment.Exit(3);
    }

    private static async Task WriteAsync(EventStore store, NodeSettings settings, int writer, CancellationToken stop)
    {
        var path = Path.Combine(settings.Folder, $"{settings.Name}-{writer}.writer");
        using var journal = new Journal<WriterLine>(path);
        var before = Journal<WriterLine>.Read(path);
        var answered = before.Where(l => l.Said != Said.Sent).Select(l => l.Command).ToHashSet();
        foreach (var sent in before.Where(l => l.Said == Said.Sent && !answered.Contains(l.Command)))
            await GiveAsync(store, settings, journal, sent);

        var random = new Random(HashCode.Combine(settings.Seed, writer, before.Count));
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        WriterLine? last = null;
        while (!stop.IsCancellationRequested)
        {
            if (last is not null && random.Next(8) == 0)
                await GiveAsync(store, settings, journal, last);
            var stream = $"visit-{random.Next(Streams)}";
            var sent = new WriterLine(
                Said.Sent, Guid.CreateVersion7(), stream,
                Second: random.Next(8) == 0 ? $"patient-{random.Next(4)}" : null,
                Expected: random.Next(3) == 0 ? versions.GetValueOrDefault(stream) : null);
            journal.Write(sent);
            versions[stream] = await GiveAsync(store, settings, journal, sent);
            last = settings.Mutant == Mutant.DropCommandId ? null : sent;
            if (random.Next(2) == 0)
                await Task.Delay(random.Next(30), CancellationToken.None);
        }
    }

    /// <summary>Gives a command again and again until it is answered, and writes the answer down.</summary>
    /// <returns>the stream's version as the answer tells it</returns>
    private static async Task<long> GiveAsync(EventStore store, NodeSettings settings, Journal<WriterLine> journal, WriterLine sent)
    {
        var note = Given.Note($"{sent.Command}");
        var append = new Append(
            Given.Tenant,
            [
                new(sent.Stream!, "visit", sent.Expected is { } version ? ExpectedVersion.Exactly(version) : ExpectedVersion.Any, [note]),
                .. sent.Second is { } second ? [new StreamAppend(second, "patient", ExpectedVersion.Any, [note])] : Array.Empty<StreamAppend>(),
            ])
        {
            Command = settings.Mutant == Mutant.DropCommandId ? null : Given.Key(sent.Command),
        };
        while (true)
        {
            try
            {
                var result = await store.AppendAsync(append);
                if (settings.Mutant == Mutant.DropCommandId)
                    await Task.Delay(20); // a window as wide as a slow network's
                switch (result)
                {
                    case AppendResult.Appended(var receipt, _):
                        return Acknowledge(receipt);
                    case AppendResult.Repeated(var receipt):
                        return Acknowledge(receipt);
                    case AppendResult.Conflict(_, var actual):
                        journal.Write(new WriterLine(Said.Refused, sent.Command));
                        return actual;
                    default:
                        throw new InvalidOperationException($"Nothing in this load gives {result}.");
                }
            }
            catch (Exception e) when (e is StoreUnavailable or StoreBusy)
            {
                await Task.Delay(50);
            }
        }

        long Acknowledge(Receipt receipt)
        {
            journal.Write(new WriterLine(Said.Acknowledged, sent.Command, Sequence: receipt.Sequence, Version: receipt.Version, RecordedAt: receipt.RecordedAt));
            return receipt.Version;
        }
    }

    private static async Task FollowAsync(EventStore store, NodeSettings settings, int tail)
    {
        var path = Path.Combine(settings.Folder, $"{settings.Name}-{tail}.tail");
        using var journal = new Journal<LogEvent>(path);
        var random = new Random(HashCode.Combine(settings.Seed, tail));
        var cursor = settings.Mutant == Mutant.AdvanceCursorEarly && File.Exists(path + ".cursor")
            ? Journal<long>.Read(path + ".cursor") is [.., var early] ? early : 0
            : Journal<LogEvent>.Read(path) is [.., var last] ? last.Sequence : 0;
        while (true)
        {
            // The second subscriber of a node also leaves the tail and comes back by itself.
            var pages = tail == 0 ? int.MaxValue : random.Next(1, 30);
            await foreach (var page in store.Tail.ReadAsync(cursor, CancellationToken.None))
            {
                cursor = page[^1].Sequence;
                if (settings.Mutant == Mutant.AdvanceCursorEarly)
                {
                    using var cursors = new Journal<long>(path + ".cursor");
                    cursors.Write(cursor);
                    await Task.Delay(random.Next(40));
                }

                journal.Write(page.Select(e => new LogEvent(e.Sequence, e.StreamId, e.Version, Guid.Parse(((NoteWritten)e.Data).Text), e.RecordedAt)));
                if (--pages <= 0)
                    break;
            }
        }
    }
}
