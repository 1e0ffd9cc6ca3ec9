using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HomeCare.EventStore.Tests;

/// <summary>A wire between the store and PostgreSQL that a test can cut, also at the worst moment.</summary>
internal sealed class BreakableWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<TcpClient> open = [];
    private readonly Lock gate = new();
    private readonly string host;
    private readonly int port;
    private readonly Task accepting;
    private int cutsToCome;

    public BreakableWire(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        (host, port) = (target.Host!, target.Port);
        listener.Start();
        target.Host = "127.0.0.1";
        target.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        ConnectionString = target.ConnectionString;
        accepting = Task.Run(AcceptAsync);
    }

    public string ConnectionString { get; }

    /// <summary>While true, whatever connects is hung up on.</summary>
    public bool Down { get; set; }

    /// <summary>The server's next so many answers "COMMIT" are thrown away, and their connections cut.</summary>
    public void CutAtCommit(int times = 1) => Interlocked.Exchange(ref cutsToCome, times);

    public int CutsToCome => Volatile.Read(ref cutsToCome);

    public void CutNow()
    {
        lock (gate)
        {
            foreach (var client in open)
                client.Close();
            open.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (Down)
            {
                client.Close();
                continue;
            }

            var server = new TcpClient();
            await server.ConnectAsync(host, port);
            client.NoDelay = server.NoDelay = true;
            lock (gate)
                open.AddRange([client, server]);
            _ = PumpAsync(client, server, answers: false);
            _ = PumpAsync(server, client, answers: true);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var n and > 0)
            {
                if (answers && buffer.AsSpan(0, n).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Decrement(ref cutsToCome) >= 0)
                    break;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, n));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        from.Close();
        to.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        CutNow();
        stopping.Dispose();
    }
}
