using System.Collections.Immutable;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Interop;

/// <summary>What an import writes to, as the host gives it.</summary>
/// <param name="Care">The one way to write.</param>
/// <param name="Store">The log that <paramref name="Care"/> writes, to read what came before.</param>
/// <param name="Time">The clock.</param>
/// <param name="PersonOf">The person behind a sign-in name of a community; null when there is no such account.</param>
/// <param name="Team">Sign-in names that join the care team where none are named on the command line.</param>
public sealed record ImportTarget(
    Care Care, Store Store, TimeProvider Time, Func<string, string, CancellationToken, Task<Guid?>> PersonOf, IReadOnlyList<string> Team);

/// <summary>The command line's <c>import FILE…</c>.</summary>
public static class ImportCommand
{
    /// <summary>Imports FHIR files and writes a report.</summary>
    /// <param name="args">What stands after <c>import</c>: options and files.</param>
    /// <param name="open">Opens what is written to; called once the files have been read.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <param name="ct">Stops between two resources; what is written stays, and a second run goes on from there.</param>
    /// <returns>0; 1 when a file was refused or the database does not answer; 2 when the command line or the community is wrong; 130 when stopped.</returns>
    public static async Task<int> RunAsync(
        string[] args, Func<CancellationToken, Task<ImportTarget>> open, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        var (options, wrong) = Options.Parse(args);
        var words = new ImportWords(options.English);
        if (wrong is { } fault)
        {
            await error.WriteLineAsync(words.Say(fault.Key, fault.Arguments));
            await error.WriteLineAsync(words.Say("usage"));
            return 2;
        }

        try
        {
            return await RunAsync(options, words, await open(ct), output, error, ct);
        }
        catch (Exception broken) when (broken is NpgsqlException or EventStore.StoreUnavailable)
        {
            await error.WriteLineAsync(words.Say("database.unreachable"));
            return 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync(words.Say("import.stopped"));
            return 130;
        }
        catch (FileRefused refused)
        {
            await error.WriteLineAsync($"{refused.Fault.File}: {words.Say(refused.Fault.Key, refused.Fault.Arguments)}");
            return 1;
        }
    }

    private static async Task<int> RunAsync(Options options, ImportWords words, ImportTarget target, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var communities = await CommunitiesAsync(target.Store, ct);
        var tenant = options.Community ?? (communities.Count == 1 ? communities[0] : null);
        if (tenant is null || !communities.Contains(tenant))
        {
            var all = string.Join(", ", communities);
            await error.WriteLineAsync(communities.Count == 0 ? words.Say("community.none")
                : tenant is null ? words.Say("community.several", all) : words.Say("community.unknown", tenant, all));
            return 2;
        }

        var team = new List<Guid>();
        foreach (var signInName in options.Team ?? target.Team)
        {
            if (await target.PersonOf(tenant, signInName, ct) is { } person)
            {
                team.Add(person);
            }
            else
            {
                await error.WriteLineAsync(words.Say("team.unknown", signInName));
                return 2;
            }
        }

        var import = new FhirImport(new ImportOptions(tenant, options.Source, target.Time.GetUtcNow()));
        var refused = options.Files.Select(path => import.Add(ImportFile.At(path))).OfType<FileFault>().ToList();
        await output.WriteLineAsync(words.Say("report.head", options.Source, tenant, options.Files.Length, refused.Count));
        var report = await new ImportRun(target.Care, target.Store, import, team).RunAsync(ct);
        report.Write(output, words);
        if (team.Count == 0 && report.Tallies.TryGetValue("Patient", out var patients) && patients.Written > 0)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(words.Say("team.nobody"));
        }

        if (refused.Count > 0)
        {
            await error.WriteLineAsync(words.Say("report.files_refused"));
            foreach (var file in refused)
            {
                var place = file.Line is null ? "" : FormattableString.Invariant($":{file.Line}:{file.Column}");
                await error.WriteLineAsync($"  {file.File}{place}: {words.Say(file.Key, file.Arguments)}");
            }
        }

        return refused.Count > 0 ? 1 : 0;
    }

    private static async Task<IReadOnlyList<string>> CommunitiesAsync(Store store, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand("select tenant_id from communities order by tenant_id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private sealed record Options(ImmutableArray<string> Files, string Source, string? Community, IReadOnlyList<string>? Team, bool English)
    {
        public static (Options Options, (string Key, object[] Arguments)? Wrong) Parse(string[] args)
        {
            var options = new Options([], "fhir", null, null, EnglishByEnvironment());
            (string Key, object[] Arguments)? wrong = null;
            for (var i = 0; i < args.Length; i++)
            {
                if (!args[i].StartsWith("--", StringComparison.Ordinal))
                {
                    options = options with { Files = options.Files.Add(args[i]) };
                    continue;
                }

                var (name, inline) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
                if (name is not ("--source" or "--community" or "--team" or "--language"))
                {
                    wrong ??= ("option.unknown", [name]);
                    continue;
                }

                var value = inline ?? (i + 1 < args.Length ? args[++i] : null);
                if (string.IsNullOrWhiteSpace(value))
                {
                    wrong ??= ("option.value_missing", [name]);
                    continue;
                }

                options = name switch
                {
                    "--source" => options with { Source = value },
                    "--community" => options with { Community = value },
                    "--team" => options with { Team = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                    _ => options with { English = value.StartsWith("en", StringComparison.OrdinalIgnoreCase) },
                };
            }

            if (options.Source.Length > 40 || options.Source.Any(char.IsWhiteSpace))
            {
                wrong ??= ("option.source", []);
            }

            return (options, wrong ?? (options.Files.IsEmpty ? ("option.value_missing", ["FILE"]) : null));
        }

        private static bool EnglishByEnvironment() =>
            new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v))
                ?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true;
    }
}
