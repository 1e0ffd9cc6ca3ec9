using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HomeCare.Testing;
using Npgsql;

namespace HomeCare.EventStore.Tests.Kills;

/// <summary>
/// A PostgreSQL of its own, two nodes that write and read and one process that only reads, all under load; SIGKILL takes the nodes,
/// PostgreSQL, a single session of it, or everything, and what was taken comes back.
/// </summary>
internal sealed class KillStorm : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string data = Directory.CreateTempSubdirectory("homecare-kill-").FullName;
    private readonly string journals;
    private readonly int seed;
    private readonly Random random;
    private readonly Mutant mutant;
    private readonly List<Node> nodes = [];
    private readonly CancellationTokenSource stopping = new();
    private string connectionString = "";
    private Task mischief = Task.CompletedTask;

    private KillStorm(int seed, Mutant mutant)
    {
        (this.seed, this.mutant) = (seed, mutant);
        random = new(seed);
        journals = Path.Combine(data, "journals");
        Directory.CreateDirectory(journals);
    }

    /// <summary>How often each thing was killed.</summary>
    public SortedDictionary<string, int> Kills { get; } = new(StringComparer.Ordinal);

    public static async Task<KillStorm> StartAsync(int seed, Mutant mutant = Mutant.None)
    {
        var storm = new KillStorm(seed, mutant);
        try
        {
            await storm.StartPostgresAsync(watched: true);
            await using (var db = NpgsqlDataSource.Create(storm.connectionString))
            await using (var store = new EventStore(db, Given.Types(), [new NotesView()], TimeProvider.System))
                await store.MigrateAsync();
            storm.nodes.Add(storm.NodeOf("minato", writers: 6, tails: 1, "-c TimeZone=Asia/Tokyo"));
            storm.nodes.Add(storm.NodeOf("shiba", writers: 4, tails: 2, "-c TimeZone=UTC"));
            storm.nodes.Add(storm.NodeOf("reader", writers: 0, tails: 2, "-c TimeZone=America/New_York"));
            foreach (var node in storm.nodes)
                node.Start();
            storm.mischief = Task.Run(storm.DrawAndRollBackAsync);
            return storm;
        }
        catch
        {
            await storm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills as many times, each time while commands are being acknowledged.</summary>
    public async Task KillAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await WaitForWorkAsync();
            await Task.Delay(random.Next(400));
            await KillOnceAsync();
        }
    }

    /// <summary>Lets the writers finish what they began and the subscribers catch up, and reads what all of them wrote down.</summary>
    public async Task<History> SettleAsync()
    {
        await WaitForWorkAsync();
        await stopping.CancelAsync();
        await mischief;
        await File.WriteAllTextAsync(Path.Combine(journals, "stop"), "");
        await UntilAsync("the last commands are answered", () => Task.FromResult(Writers().All(Answered)));
        var log = await ReadLogAsync();
        await UntilAsync("the subscribers are at the end", () => Task.FromResult(Tails().Values.All(t => t is [.., var last] && last.Sequence >= log[^1].Sequence)));
        foreach (var node in nodes)
            node.Kill();
        return new(Writers(), log, Tails());
    }

    public NpgsqlDataSource Open() => NpgsqlDataSource.Create(connectionString);

    private static bool Answered(IReadOnlyList<WriterLine> writer) =>
        writer.Where(l => l.Said == Said.Sent).Select(l => l.Command).ToHashSet().IsSubsetOf(writer.Where(l => l.Said != Said.Sent).Select(l => l.Command));

    private List<IReadOnlyList<WriterLine>> Writers() =>
        [.. Directory.GetFiles(journals, "*.writer").Order(StringComparer.Ordinal).Select(Journal<WriterLine>.Read)];

    private Dictionary<string, IReadOnlyList<LogEvent>> Tails() =>
        Directory.GetFiles(journals, "*.tail").ToDictionary(f => Path.GetFileName(f), Journal<LogEvent>.Read, StringComparer.Ordinal);

    /// <summary>Read by plain SQL, not by the store that is on trial.</summary>
    private async Task<IReadOnlyList<LogEvent>> ReadLogAsync()
    {
        await using var db = NpgsqlDataSource.Create(connectionString);
        await using var command = db.CreateCommand("select seq_id, stream_id, version, (data->>'Text')::uuid, timestamp from mt_events order by seq_id");
        await using var rows = await command.ExecuteReaderAsync();
        var log = new List<LogEvent>();
        while (await rows.ReadAsync())
            log.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetGuid(3), rows.GetFieldValue<DateTimeOffset>(4)));
        return log;
    }

    private async Task KillOnceAsync()
    {
        // With a mutant only what brings its mistake to light, so that few kills are enough.
        var what = mutant switch
        {
            Mutant.AcknowledgeBeforeCommit => 9,
            Mutant.AdvanceCursorEarly or Mutant.DropCommandId => 4,
            _ => random.Next(14),
        };
        switch (what)
        {
            case < 4:
                await KillNodesAsync([nodes[random.Next(nodes.Count)]]);
                break;
            case < 6:
                await KillNodesAsync(nodes);
                break;
            case < 8:
                KillSession();
                break;
            case < 11:
                await KillPostgresAsync();
                await StartPostgresAsync(watched: false);
                break;
            default:
                Count("everything");
                var postgresFirst = random.Next(2) == 0;
                if (postgresFirst)
                    KillServer();
                foreach (var node in nodes)
                    node.Kill();
                if (!postgresFirst)
                    KillServer();
                await StartPostgresAsync(watched: false);
                foreach (var node in nodes)
                    node.Start();
                break;
        }
    }

    private async Task KillNodesAsync(IReadOnlyList<Node> victims)
    {
        Count(victims.Count == 1 ? "a node" : "all nodes");
        foreach (var node in victims)
            node.Kill();
        await Task.Delay(random.Next(100));
        foreach (var node in victims)
            node.Start();
    }

    private Task KillPostgresAsync()
    {
        Count("PostgreSQL");
        KillServer();
        return Task.Delay(random.Next(200));
    }

    /// <summary>One of PostgreSQL's processes, the first excepted: PostgreSQL then ends all others and recovers by itself.</summary>
    private void KillSession()
    {
        Count("a session");
        var sessions = ServerProcesses().Skip(1).ToList();
        if (sessions.Count > 0 && sessions[random.Next(sessions.Count)] is var session && IsServer(session))
            Kill(session);
    }

    /// <summary>The first process, then all others, until none is left: a power cut but for the disk.</summary>
    private void KillServer()
    {
        while (true)
        {
            var processes = ServerProcesses().ToList();
            if (processes.Count == 0)
                return;
            // Looked at once more: a number may have gone to another program meanwhile.
            foreach (var process in processes.Where(IsServer))
                Kill(process);
        }
    }

    /// <summary>PostgreSQL's processes, the oldest (the one that starts the others) first.</summary>
    private IEnumerable<int> ServerProcesses() => Directory.GetDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0)
        .Where(id => id > 0 && IsServer(id))
        .Order();

    /// <summary>Known by their working folder.</summary>
    private bool IsServer(int id)
    {
        try
        {
            return new FileInfo($"/proc/{id}/cwd").LinkTarget == Path.Combine(data, "cluster");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Gone by itself.
        }
    }

    private async Task StartPostgresAsync(bool watched) =>
        connectionString = (await Script.RunAsync(
            "bash", [Repository.Path("script", "postgres"), "start", data, .. watched ? new[] { "--with", $"{Environment.ProcessId}" } : []])).Trim();

    /// <summary>Each writing node has acknowledged something since now.</summary>
    private async Task WaitForWorkAsync()
    {
        var before = nodes.Select(n => Acknowledged(n)).ToList();
        await UntilAsync("all nodes write", () =>
        {
            foreach (var node in nodes)
                node.MustLive();
            return Task.FromResult(nodes.Zip(before).All(n => n.First.Settings.Writers == 0 || Acknowledged(n.First) > n.Second + 2000));
        });
    }

    private long Acknowledged(Node node) => Directory.GetFiles(journals, $"{node.Settings.Name}-*.writer").Sum(f => new FileInfo(f).Length);

    /// <summary>Holes in the sequence, as appends that fail late leave them.</summary>
    private async Task DrawAndRollBackAsync()
    {
        var draw = new Random(seed + 1);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 2 }.ConnectionString);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(
                    $"begin; {Schema.TakeAppendLock}; select nextval('mt_events_sequence') from generate_series(1, {draw.Next(1, 4)}); select pg_sleep(0.0{draw.Next(10)}); rollback", connection);
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                // Killed.
            }

            await Task.Delay(draw.Next(300), CancellationToken.None);
        }
    }

    private async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"Waited in vain until {what}. {string.Join('\n', nodes.Select(n => $"{n.Settings.Name}: {Acknowledged(n)} bytes {n.Output.Trim()}"))}\n{await SessionsAsync()}");
            await Task.Delay(10);
        }
    }

    /// <summary>What the server's sessions do, for whoever has to find out why nothing goes on.</summary>
    private async Task<string> SessionsAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                """
                select string_agg(format('%s %s %s %s since %s: %s', pid, state, wait_event, pg_blocking_pids(pid), now() - state_change, left(query, 80)), E'\n')
                from pg_stat_activity where datname = current_database()
                """, connection);
            return await command.ExecuteScalarAsync() as string ?? "";
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return $"The server does not answer: {e.Message}";
        }
    }

    private void Count(string what) => Kills[what] = Kills.GetValueOrDefault(what) + 1;

    private Node NodeOf(string name, int writers, int tails, string session) => new(new(
        Environment.ProcessId, journals, name,
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = mutant == Mutant.AcknowledgeBeforeCommit ? $"{session} -c synchronous_commit=off" : session,
            MaxPoolSize = 20,
            Timeout = 5,
        }.ConnectionString,
        writers, tails, HashCode.Combine(seed, nodes.Count), mutant));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await mischief;
        foreach (var node in nodes)
            node.Kill();
        KillServer();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
        stopping.Dispose();
    }

    private sealed class Node(NodeSettings settings)
    {
        private readonly StringBuilder output = new();
        private Process? process;

        public NodeSettings Settings => settings;

        public string Output
        {
            get
            {
                lock (output)
                    return output.ToString();
            }
        }

        public void Start()
        {
            var start = new ProcessStartInfo("dotnet", ["exec", typeof(KillNode).Assembly.Location, "node", JsonSerializer.Serialize(settings)])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            process.ErrorDataReceived += Hear;
            process.OutputDataReceived += Hear;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();

            void Hear(object _, DataReceivedEventArgs line)
            {
                lock (output)
                    output.AppendLine(line.Data);
            }
        }

        public void Kill()
        {
            process?.Kill();
            process?.WaitForExit();
            process?.Dispose();
            process = null;
        }

        public void MustLive()
        {
            if (process is { HasExited: true })
                throw new InvalidOperationException($"Node {settings.Name} ended by itself: {Output}");
        }
    }
}
