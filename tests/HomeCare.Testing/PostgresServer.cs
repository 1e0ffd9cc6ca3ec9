using System.Diagnostics;

namespace HomeCare.Testing;

/// <summary>
/// The PostgreSQL that the tests of this process share: the one that <c>script/test</c> started (HOMECARE_TEST_POSTGRES), else one
/// of its own in a temporary folder, which stops by itself and goes when this process is gone.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> Running = new(StartAsync);

    /// <summary>The connection string of a superuser to the server's own database; tests take a <see cref="TestDatabase"/>.</summary>
    /// <exception cref="InvalidOperationException">The server does not start; the message says why.</exception>
    public static Task<string> ConnectionStringAsync() => Running.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("HOMECARE_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("homecare-tests-").FullName;
        try
        {
            return (await Script.RunAsync(
                "bash", [Repository.Path("script", "postgres"), "start", folder, "--with", $"{Environment.ProcessId}"])).Trim();
        }
        catch (InvalidOperationException)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}

/// <summary>Runs a program to its end.</summary>
public static class Script
{
    /// <summary>Gives what the program wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with an exit code other than 0; the message holds all that it wrote.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with exit code {process.ExitCode}: {await output}{await errors}");
    }
}
