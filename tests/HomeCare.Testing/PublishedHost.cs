using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace HomeCare.Testing;

/// <summary>
/// The published web host as a process of its own, on a free port of 127.0.0.1, as people run it. It can be killed and started
/// again at the same address. Its folder is HOMECARE_TEST_WEB, else <c>artifacts/web</c>, published when older than the sources.
/// </summary>
public sealed class PublishedHost : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    private readonly string folder;
    private readonly Dictionary<string, string?> environment;
    private readonly StringBuilder output = new();
    private Process? process;

    private PublishedHost(string folder, Uri address, Dictionary<string, string?> environment)
    {
        this.folder = folder;
        this.environment = environment;
        Address = address;
    }

    /// <summary>Where it answers, for example <c>http://127.0.0.1:23456/</c>; the same after a restart.</summary>
    public Uri Address { get; }

    /// <summary>All that it has written so far, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>The folder of the published host, published first when it is older than the sources.</summary>
    public static Task<string> FolderAsync() => Published.Value;

    /// <summary>Starts a host and waits until it says that it is ready.</summary>
    /// <param name="connectionString">The database it uses.</param>
    /// <param name="demo">Whether it makes the demo community.</param>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="folder">A folder that holds another published host.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within two minutes; the message holds what it wrote.</exception>
    public static async Task<PublishedHost> StartAsync(
        string connectionString, bool demo, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}/");
        var all = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["ConnectionStrings__HomeCare"] = connectionString,
            ["HOMECARE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["HOMECARE_DEMO"] = demo ? "1" : "0",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        var host = new PublishedHost(folder ?? await Published.Value, address, all);
        await host.StartAsync();
        return host;
    }

    /// <summary>Starts it again, after <see cref="Kill"/> or <see cref="StopAsync"/>, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "HomeCare.Web.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = process = new Process { StartInfo = start, EnableRaisingEvents = true };
        started.OutputDataReceived += (_, line) => Hear(line.Data);
        started.ErrorDataReceived += (_, line) => Hear(line.Data);
        started.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The web host ended."));
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Patience);
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException)
        {
            Kill();
            throw new InvalidOperationException($"The web host was not ready: {error.Message}\n{Output}", error);
        }

        void Hear(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (output)
            {
                output.AppendLine(line);
            }

            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        }
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public void Kill()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    /// <summary>Asks it to end (SIGTERM), waits, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (process is null)
        {
            return 0;
        }

        if (!process.HasExited)
        {
            _ = SendSignal(process.Id, Terminate);
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill();
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A port of 127.0.0.1 on which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("HOMECARE_TEST_WEB") is { Length: > 0 } given)
        {
            return given;
        }

        await Script.RunAsync("bash", ["-euc", "source script/lib.sh; publish_web"]);
        return Repository.Path("artifacts", "web");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
