using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HomeCare.BrowserTests.Support;

/// <summary>How a bad network treats a request.</summary>
public enum Fault
{
    /// <summary>As it should.</summary>
    None,
    /// <summary>Nobody answers at all.</summary>
    Refuse,
    /// <summary>It comes late, so that connections overtake each other.</summary>
    Delay,
    /// <summary>The request is swallowed, and the connection cut.</summary>
    DropRequest,
    /// <summary>Half of what comes of the request arrives, and the connection is cut.</summary>
    CutRequest,
    /// <summary>The request arrives, the answer is cut in its middle.</summary>
    CutAnswer,
}

/// <summary>A network between a browser and the host, which can be made as bad as it is in a home.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri target;
    private readonly CancellationTokenSource gone = new();
    private readonly ConcurrentDictionary<Socket, Fault> open = new();
    private readonly Task accepting;
    private Func<Fault> next = () => Fault.None;
    private int spoiled;

    /// <summary>Stands before a host.</summary>
    public FaultProxy(Uri target)
    {
        this.target = target;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    /// <summary>Where browsers go.</summary>
    public Uri Address { get; }

    /// <summary>How many requests were treated badly.</summary>
    public int Spoiled => spoiled;

    /// <summary>Every request from now on is treated as it says; connections that stand are cut, so that none goes on as it was.</summary>
    public void Treat(Func<Fault> fault)
    {
        next = fault;
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>The same for each.</summary>
    public void Treat(Fault fault) => Treat(() => fault);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        listener.Stop();
        Treat(Fault.Refuse);
        await accepting;
        gone.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(gone.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        open[client] = Fault.None;
        try
        {
            client.NoDelay = true;
            if (next() == Fault.Refuse)
            {
                Cut(client);
                return;
            }

            await server.ConnectAsync(target.Host, target.Port, gone.Token);
            open[server] = Fault.None;
            await Task.WhenAny(RequestsAsync(client, server), AnswersAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, as it was meant to be, or by its ends.
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    /// <summary>Each request is treated anew: connections are kept alive over many.</summary>
    private async Task RequestsAsync(Socket client, Socket server)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await client.ReceiveAsync(buffer, gone.Token)) > 0)
        {
            var fault = next();
            open[server] = fault;
            if (fault != Fault.None)
            {
                Interlocked.Increment(ref spoiled);
            }

            switch (fault)
            {
                case Fault.Refuse or Fault.DropRequest:
                    Cut(client);
                    return;
                case Fault.CutRequest:
                    await server.SendAsync(buffer.AsMemory(0, read / 2), gone.Token);
                    Cut(client);
                    Cut(server);
                    return;
                case Fault.Delay:
                    await Task.Delay(Random.Shared.Next(50, 400), gone.Token);
                    break;
            }

            await server.SendAsync(buffer.AsMemory(0, read), gone.Token);
        }
    }

    private async Task AnswersAsync(Socket server, Socket client)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await server.ReceiveAsync(buffer, gone.Token)) > 0)
        {
            if (open.GetValueOrDefault(server) == Fault.CutAnswer)
            {
                await client.SendAsync(buffer.AsMemory(0, read / 2), gone.Token);
                Cut(client);
                return;
            }

            await client.SendAsync(buffer.AsMemory(0, read), gone.Token);
        }
    }

    /// <summary>Not closed but reset, as when the other end has gone.</summary>
    private static void Cut(Socket client) => client.LingerState = new LingerOption(true, 0);
}
