using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using static HomeCare.EventStore.Tests.Given;

namespace HomeCare.EventStore.Tests;

/// <summary>
/// Generated interleavings of appends, conflicts, repeats, reused ids, broken views and archived streams, given one by one and
/// many at once, end as a model of a few lines says.
/// </summary>
public sealed class ModelTests : StoreTests
{
    private enum Kind
    {
        Write,
        WriteTwoStreams,
        WriteGuarded,
        RepeatEarlier,
        ReuseIdForAnotherBody,
        ReuseIdAsAnotherPerson,
        BreakInProject,
        BreakInDatabase,
        Archive,
    }

    private sealed record Step(Kind Kind, int Stream, int Other, int Expected, int Earlier);

    [Fact]
    public async Task every_interleaving_ends_as_the_model_says()
    {
        var steps = Gen.Frequency(
            (12, Gen.Constant(Kind.Write)), (3, Gen.Constant(Kind.WriteTwoStreams)), (3, Gen.Constant(Kind.WriteGuarded)), (5, Gen.Constant(Kind.RepeatEarlier)),
            (1, Gen.Constant(Kind.ReuseIdForAnotherBody)), (1, Gen.Constant(Kind.ReuseIdAsAnotherPerson)),
            (1, Gen.Constant(Kind.BreakInProject)), (1, Gen.Constant(Kind.BreakInDatabase)), (1, Gen.Constant(Kind.Archive)))
            .SelectMany(_ => Gen.Choose(0, int.MaxValue - 1), (kind, number) => OfNumber(kind, number));
        var waves = Gen.NonEmptyListOf(Gen.NonEmptyListOf(steps)).Resize(12);
        var run = 0;
        await Task.Run(() => Prop.ForAll(
            waves.ToArbitrary(), w => RunAsync($"run-{++run}", [.. w.Select(s => s.ToList())]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true)));
        await CheckViewsAsync();
    }

    private static Step OfNumber(Kind kind, int number)
    {
        var random = new Random(number);
        return new(kind, random.Next(4), random.Next(4), random.Next(-4, 8), random.Next(100));
    }

    private async Task RunAsync(string run, List<List<Step>> waves)
    {
        var model = new Model();
        var given = new List<Append>();
        var head = await Store.HeadAsync();
        foreach (var wave in waves)
        {
            // What is given from one thread is queued in that order, however it is then batched.
            var appends = wave.Select((step, i) => AppendOf(run, step, $"{given.Count + i}", given)).ToList();
            given.AddRange(appends);
            var answers = appends.Select(a => Store.AppendAsync(a)).ToList();
            for (var i = 0; i < answers.Count; i++)
            {
                var expected = model.Give(appends[i]);
                var said = await SaidAsync(answers[i]);
                said.Outcome.ShouldBe(expected, $"{run}, {wave[i]}");
                if (said.Result is AppendResult.Appended(var receipt, _))
                {
                    receipt.Sequence.ShouldBeGreaterThan(head, $"{run}, {wave[i]}");
                    head = receipt.Sequence;
                    model.Remember(appends[i], receipt);
                }
                else if (said.Result is AppendResult.Repeated(var earlier))
                {
                    earlier.ShouldBe(model.Receipts[appends[i].Command!.Id], $"{run}, {wave[i]}");
                }
            }
        }

        foreach (var (stream, state) in model.Streams)
        {
            var read = await Store.ReadStreamAsync(Tenant, stream, includeArchived: true);
            read.Events.Select(TextOf).ShouldBe(state.Texts, $"{run}, {stream}");
            read.Events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, state.Texts.Count).Select(v => (long)v), $"{run}, {stream}");
        }
    }

    private async Task CheckViewsAsync()
    {
        (await CountAsync("note_entries")).ShouldBe(await CountAsync("mt_events where type <> 'archived'"));
        (await CountAsync("hc_commands")).ShouldBeGreaterThan(100, "Too little was written to prove anything.");
        var verified = await Store.Evidence.VerifyAsync(Tenant);
        verified.Broken.ShouldBeEmpty();
        verified.Sealed.ShouldBe(await CountAsync("mt_events"));
    }

    private static async Task<(string Outcome, AppendResult? Result)> SaidAsync(Task<AppendResult> answer)
    {
        try
        {
            var result = await answer;
            return (result switch
            {
                AppendResult.Appended(var receipt, _) => $"Appended {receipt.Version}",
                AppendResult.Conflict(var stream, var actual) => $"Conflict {stream} {actual}",
                AppendResult.StreamArchived(var stream) => $"StreamArchived {stream}",
                _ => result.GetType().Name,
            }, result);
        }
        catch (Exception e) when (e is ViewFailed or PostgresException)
        {
            return (e.GetType().Name, null);
        }
    }

    private static string TextOf(StoredEvent e) => e.Data switch
    {
        NoteWritten note => note.Text,
        Archived archived => archived.Reason,
        _ => throw new InvalidOperationException($"Nobody wrote {e}."),
    };

    private static Append AppendOf(string run, Step step, string text, List<Append> given)
    {
        var (stream, other) = ($"{run}-{step.Stream}", $"{run}-{step.Other}");
        // Half of the time anything; else a version that is often right.
        var expected = step.Expected switch
        {
            < 0 => ExpectedVersion.Any,
            7 => ExpectedVersion.New,
            var version => ExpectedVersion.Exactly(version),
        };
        var append = To(stream, expected, Note(text)) with { Command = Key() };
        var earlier = given.Count == 0 ? append : given[step.Earlier % given.Count];
        return step.Kind switch
        {
            Kind.WriteTwoStreams => append with { Streams = [.. append.Streams, new(other, null, ExpectedVersion.Any, [Note(text), Note(text)])] },
            Kind.WriteGuarded => append with { Streams = [.. append.Streams, new(other, null, ExpectedVersion.Exactly(Math.Max(0, step.Expected)), [])] },
            Kind.RepeatEarlier => earlier,
            Kind.ReuseIdForAnotherBody => append with { Command = Key(earlier.Command!.Id, body: text) },
            Kind.ReuseIdAsAnotherPerson => append with { Command = Key(earlier.Command!.Id, person: "dr.sato") },
            Kind.BreakInProject => append with { Streams = [.. append.Streams, new(other, null, ExpectedVersion.Any, [Note(NotesView.ThrowsInProject)])] },
            Kind.BreakInDatabase => append with { Streams = [.. append.Streams, new(other, null, ExpectedVersion.Any, [Note(NotesView.ThrowsInDatabase)])] },
            Kind.Archive => To(stream, expected, new Archived(text)) with { Command = Key() },
            _ => append,
        };
    }

    private sealed class Model
    {
        public Dictionary<string, (List<string> Texts, bool Archived)> Streams { get; } = new(StringComparer.Ordinal);

        public Dictionary<Guid, Receipt> Receipts { get; } = [];

        private readonly Dictionary<Guid, CommandKey> keys = [];

        public void Remember(Append append, Receipt receipt) => Receipts[append.Command!.Id] = receipt;

        public string Give(Append append)
        {
            if (keys.TryGetValue(append.Command!.Id, out var key))
                return append.Command.Person == key.Person && append.Command.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint) ? "Repeated" : "CommandReused";
            var after = Streams.ToDictionary(s => s.Key, s => (Texts: s.Value.Texts.ToList(), s.Value.Archived), StringComparer.Ordinal);
            foreach (var stream in append.Streams)
            {
                var (texts, archived) = after.GetValueOrDefault(stream.StreamId, ([], false));
                if (archived && stream.Events.Count > 0)
                    return $"StreamArchived {stream.StreamId}";
                if (stream.Expected.Kind == Expect.New && texts.Count > 0 || stream.Expected.Kind == Expect.Version && texts.Count != stream.Expected.Value)
                    return $"Conflict {stream.StreamId} {texts.Count}";
                texts.AddRange(stream.Events.Select(e => e is NoteWritten note ? note.Text : ((Archived)e).Reason));
                if (stream.Events.Count > 0)
                    after[stream.StreamId] = (texts, archived || stream.Events.Any(e => e is Archived));
            }

            var written = append.Streams.SelectMany(s => s.Events).OfType<NoteWritten>().Select(n => n.Text).ToList();
            if (written.Contains(NotesView.ThrowsInProject))
                return nameof(ViewFailed);
            if (written.Contains(NotesView.ThrowsInDatabase))
                return nameof(PostgresException);
            var version = after[append.Streams[0].StreamId].Texts.Count - (append.Streams.Skip(1).Where(s => s.StreamId == append.Streams[0].StreamId).Sum(s => s.Events.Count));
            foreach (var (stream, state) in after)
                Streams[stream] = state;
            keys.Add(append.Command.Id, append.Command);
            return $"Appended {version}";
        }
    }
}
