using System.Globalization;
using System.Text.Json;
using HomeCare.Delivery;
using HomeCare.EventStore;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Operations;

/// <summary>The command line's verbs for whoever keeps the event store. English, as the log's sentences are; results on the output, one a line.</summary>
internal static class StoreCommands
{
    public const string Usage = """
        migrate                                     make or bring up to date all tables and views
        verify [--tenant T] [--head FILE]           follow the chain of hashes; FILE: heads that "heads" wrote before
        heads [--tenant T]                          print where the tenants' logs end, as JSON, to be kept outside the database
        seal [--tenant T]                           give hashes to events that another program appended
        archive --tenant T --reason TEXT STREAM     end a stream for good
        projections [start NAME]                    the state of the asynchronous views; start a stopped one again
        rebuild NAME [--tenant T]                   make a view again from the log
        deliveries [retry]                          what was told outside the page, and what was given up; try that again
        """;

    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Whether the command line's first word is one of these.</summary>
    public static bool Knows(string verb) => verb is "migrate" or "verify" or "heads" or "seal" or "archive" or "projections" or "rebuild" or "deliveries";

    /// <returns>0; 1 when a log does not hold or a view is stopped, or the database does not answer; 2 when the command line is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, Func<CancellationToken, Task<Store>> open, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (Line.Parse(args) is not { } line)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            return await RunAsync(line, await open(ct), output, error, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            await error.WriteLineAsync("The database is not, or no longer, made for this version: run \"migrate\" first.");
            return 1;
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            await error.WriteLineAsync($"The database cannot be reached: {e.Message}");
            return 1;
        }
        catch (Exception e) when (e is ArgumentException or ViewFailed or UnreadableEvent)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(Line line, Store store, TextWriter output, TextWriter error, CancellationToken ct)
    {
        switch (line)
        {
            case { Verb: "migrate" }:
                await output.WriteLineAsync("The tables and views are up to date.");
                return 0;
            case { Verb: "verify" }:
                return await VerifyAsync(line, store, output, error, ct);
            case { Verb: "heads" }:
                await output.WriteLineAsync(JsonSerializer.Serialize(await store.Evidence.HeadsAsync(line.Tenant, ct), Writing));
                return 0;
            case { Verb: "seal" }:
                var count = await store.Evidence.SealAsync(line.Tenant, ct);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} events were sealed."));
                return 0;
            case { Verb: "archive", Tenant: { } tenant, Reason: { } reason, Name: { } stream }:
                return await ArchiveAsync(store, tenant, stream, reason, output, error, ct);
            case { Verb: "projections", Start: { } name }:
                await store.Projections.StartAgainAsync(name, ct);
                await output.WriteLineAsync($"{name} starts again.");
                return 0;
            case { Verb: "projections" }:
                var states = await store.Projections.StatesAsync(ct);
                foreach (var state in states)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                        $"{state.Name}: at event {state.Position}, {state.Behind} behind{(state.IsStopped ? $"; stopped at event {state.StoppedAt} since {state.StoppedSince:u}: {state.Reason}" : "")}"));
                }

                return states.Any(s => s.IsStopped) ? 1 : 0;
            case { Verb: "deliveries" }:
                return await DeliveriesAsync(new Outbox(store, TimeProvider.System), line.Name == "retry", output, ct);
            default:
                await store.RebuildAsync(line.Name!, line.Tenant, ct);
                await output.WriteLineAsync($"{line.Name} is rebuilt.");
                return 0;
        }
    }

    /// <summary>No address and nothing of a record is in the outbox, so that nothing of it is printed.</summary>
    private static async Task<int> DeliveriesAsync(Outbox outbox, bool retry, TextWriter output, CancellationToken ct)
    {
        if (retry)
        {
            var again = await outbox.RetryAsync(ct);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{again} are tried again."));
            return 0;
        }

        foreach (var (state, count) in await outbox.CountsAsync(ct))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{state}: {count}"));
        }

        var dead = await outbox.DeadAsync(ct);
        foreach (var (dispatch, error) in dead)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {dispatch.DeliveryId} {dispatch.TenantId} {dispatch.Channel} since {dispatch.CreatedAt:u}, {dispatch.Attempts} attempts: {error}"));
        }

        return dead.Count > 0 ? 1 : 0;
    }

    private static async Task<int> VerifyAsync(Line line, Store store, TextWriter output, TextWriter error, CancellationToken ct)
    {
        IReadOnlyList<LogHead> kept = [];
        if (line.Head is { } file)
        {
            try
            {
                kept = JsonSerializer.Deserialize<IReadOnlyList<LogHead>>(await File.ReadAllTextAsync(file, ct), Writing) ?? [];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                await error.WriteLineAsync($"{file} cannot be read as heads: {e.Message}");
                return 2;
            }
        }

        var tenants = (await store.Evidence.TenantsAsync(ct)).Union(kept.Select(k => k.Tenant), StringComparer.Ordinal).Where(t => line.Tenant is null || t == line.Tenant).ToList();
        if (tenants.Count == 0)
        {
            await error.WriteLineAsync(line.Tenant is { } unknown ? $"There is no community '{unknown}'." : "There is no community yet.");
            return line.Tenant is null ? 0 : 1;
        }

        var holds = true;
        foreach (var tenant in tenants)
        {
            var verified = await store.Evidence.VerifyAsync(tenant, kept.FirstOrDefault(k => k.Tenant == tenant), ct);
            holds &= verified.Holds;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{tenant}: {(verified.Holds ? "holds" : "DOES NOT HOLD")}, {verified.Sealed} events followed, {verified.Unsealed} without a seal"));
            foreach (var broken in verified.Broken)
            {
                await output.WriteLineAsync($"  {broken.Kind}: {broken.Sentence}");
            }
        }

        return holds ? 0 : 1;
    }

    private static async Task<int> ArchiveAsync(Store store, string tenant, string stream, string reason, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if ((await store.ReadStreamAsync(tenant, stream, toVersion: 1, ct: ct)).Version == 0)
        {
            await error.WriteLineAsync($"The community '{tenant}' has no stream '{stream}' that could be archived.");
            return 1;
        }

        switch (await store.ArchiveAsync(tenant, stream, reason, by: "operator", ct))
        {
            case AppendResult.Appended:
                await output.WriteLineAsync($"{stream} is archived.");
                return 0;
            default:
                await error.WriteLineAsync($"{stream} was archived by another meanwhile.");
                return 1;
        }
    }

    /// <summary>A command line that can be carried out.</summary>
    private sealed record Line(string Verb, string? Name, string? Tenant, string? Head, string? Reason, string? Start)
    {
        public static Line? Parse(string[] args)
        {
            var options = new Dictionary<string, string>(StringComparer.Ordinal);
            var names = new List<string>();
            for (var i = 1; i < args.Length; i++)
            {
                if (!args[i].StartsWith("--", StringComparison.Ordinal))
                {
                    names.Add(args[i]);
                }
                else if (i + 1 >= args.Length || !Options(args[0]).Contains(args[i]) || !options.TryAdd(args[i], args[++i]))
                {
                    return null;
                }
            }

            var line = new Line(args[0], names.FirstOrDefault(), options.GetValueOrDefault("--tenant"), options.GetValueOrDefault("--head"), options.GetValueOrDefault("--reason"), null);
            return line switch
            {
                { Verb: "archive" } => names.Count == 1 && line.Tenant is not null && line.Reason is { Length: > 0 } ? line : null,
                { Verb: "rebuild" } => names.Count == 1 ? line : null,
                { Verb: "projections" } => names is [] ? line : names is ["start", var name] ? line with { Start = name } : null,
                { Verb: "deliveries" } => names is [] or ["retry"] ? line : null,
                _ => names.Count == 0 ? line : null,
            };
        }

        private static string[] Options(string verb) => verb switch
        {
            "verify" => ["--tenant", "--head"],
            "archive" => ["--tenant", "--reason"],
            "heads" or "seal" or "rebuild" => ["--tenant"],
            _ => [],
        };
    }
}
