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

    /// <summary>Bytes of the managed heap after a full collection, and seconds of processor time before it.</summary>
    public async Task<(long Heap, double Processor)> AskAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        var answer = new byte[100];
        var text = Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer)).Split(' ');
        return (long.Parse(text[0], CultureInfo.InvariantCulture), double.Parse(text[1], CultureInfo.InvariantCulture));
    }
}
