using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace HomeCare.Benchmarks;

/// <summary>
/// P6: the morning board, one change at a time: how much of it is drawn again, and what it costs the node and PostgreSQL, with a
/// thousand persons cared for beside a hundred.
/// </summary>
internal static class BoardBenchmark
{
    private const int Few = 100;
    private const int Many = 1_000;
    private const int Changes = 20;

    public static async IAsyncEnumerable<Measurement> RunAsync(Bench bench)
    {
        var hosted = await bench.HostedAsync();
        var cpu = await CpuMeter.OfAsync(hosted.Town.Db);
        var boards = new List<Board>();
        foreach (var (size, number) in new[] { (Few, 0), (Many, 1) })
        {
            // Each board in a community of its own size: the nurse sees all that her station cares for.
            var already = boards.Sum(b => b.Registered);
            var patients = await hosted.Town.RegisterAsync(size - already, string.Create(CultureInfo.InvariantCulture, $"p6-{number}"));
            await hosted.Database.AnalyzeAsync();
            boards.Add(await MeasureAsync(hosted, cpu, patients, size));
        }

        var (few, many) = (boards[0], boards[1]);
        yield return Measurement.AtMost($"P6 rows drawn again for one change, {Many} persons", "rows", many.Rows, 1);
        yield return Measurement.RatioAtMost($"P6 components drawn again, {Many} persons against {Few}", "components", many.Components.Zip(few.Components).ToList(), 1.3);
        yield return Measurement.RatioAtMost($"P6 bytes sent, {Many} persons against {Few}", "bytes", many.Bytes.Zip(few.Bytes).ToList(), 1.3);
        yield return Measurement.RatioAtMost($"P6 processor of node and PostgreSQL for one change, {Many} persons against {Few}", "ms", [(many.Processor, few.Processor)], 1.3);
    }

    private static async Task<Board> MeasureAsync(HostedTown hosted, CpuMeter cpu, Guid[] patients, int size)
    {
        var gate = new Lock();
        var batches = new List<byte[]>();
        await using var circuit = await Circuit.OpenAsync(hosted.Http, "board", hosted.Cookie, batch =>
        {
            lock (gate)
                batches.Add(batch);
        });
        await circuit.DrawnAsync(1);
        await Task.Delay(3000);
        var random = new Random(size);
        var board = new Board(patients.Length);
        await ChangeAsync(); // a first one, whose statements are still planned
        var idle = await WorkAsync(() => Task.Delay(TimeSpan.FromSeconds(0.6 * Changes)));
        var busy = await WorkAsync(async () =>
        {
            for (var i = 0; i < Changes; i++)
            {
                var drawn = await ChangeAsync();
                board.Rows.Add(drawn.Sum(RowsOf));
                board.Components.Add(drawn.Sum(ComponentsOf));
                board.Bytes.Add(drawn.Sum(b => b.Length));
            }
        });
        return board with { Processor = 1000 * (busy - idle) / Changes };

        async Task<double> WorkAsync(Func<Task> act)
        {
            var before = await hosted.Probe.ProcessorAsync() + cpu.Read().Postgres;
            await act();
            return await hosted.Probe.ProcessorAsync() + cpu.Read().Postgres - before;
        }

        // The same person again and again: their row stays where it is, so that nothing is ordered anew.
        async Task<List<byte[]>> ChangeAsync()
        {
            lock (gate)
                batches.Clear();
            await hosted.Town.FillAsync([hosted.Town.Recorded(random, patients[0])]);
            await Task.Delay(600);
            lock (gate)
                return [.. batches];
        }
    }

    /// <summary>
    /// A drawing ends with the places of its tables: components, frames, two more, texts. The components begin with their number.
    /// </summary>
    private static double ComponentsOf(byte[] batch) => Int(batch, Int(batch, batch.Length - 20));

    /// <summary>Each row that is drawn again sets its own attribute <c>data-drawn</c>: a frame of type 3 with that name.</summary>
    private static double RowsOf(byte[] batch)
    {
        var (frames, texts) = (Int(batch, batch.Length - 16), Int(batch, batch.Length - 4));
        var rows = 0;
        for (var i = 0; i < Int(batch, frames); i++)
        {
            var frame = frames + 4 + (20 * i);
            if (Int(batch, frame) == 3 && Int(batch, frame + 4) is var name and >= 0 && TextIs(batch, Int(batch, texts + (4 * name)), "data-drawn"))
                rows++;
        }

        return rows;
    }

    private static bool TextIs(byte[] batch, int at, string text) => batch[at] == text.Length && batch.AsSpan(at + 1, text.Length).SequenceEqual(Encoding.UTF8.GetBytes(text));

    private static int Int(byte[] batch, int at) => BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(at));

    private sealed record Board(int Registered)
    {
        public List<double> Rows { get; } = [];

        public List<double> Components { get; } = [];

        public List<double> Bytes { get; } = [];

        public double Processor { get; init; }
    }
}
