using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HomeCare.Benchmarks;

/// <summary>Asks a measured process about itself; see <see cref="StartupHook"/>.</summary>
internal sealed class Probe
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"homecare-probe-{Guid.CreateVersion7():N}");

    public Dictionary<string, string?> Environment => new(StringComparer.Ordinal)
    {
        ["HOMECARE_BENCH_PROBE"] = path,
        ["DOTNET_STARTUP_HOOKS"] = typeof(Probe).Assembly.Location,
    };

    /// <summary>Bytes of the managed heap after a full collection, which costs the process some seconds.</summary>
    public async Task<long> HeapAsync() => long.Parse(await AskAsync("h"), CultureInfo.InvariantCulture);

    /// <summary>Seconds of processor time.</summary>
    public async Task<double> ProcessorAsync() => double.Parse(await AskAsync("p"), CultureInfo.InvariantCulture);

    private async Task<string> AskAsync(string question)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(Encoding.ASCII.GetBytes(question));
        var answer = new byte[100];
        return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer));
    }
}
