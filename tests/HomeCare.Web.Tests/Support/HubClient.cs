using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace HomeCare.Web.Tests.Support;

/// <summary>A client of the hub: SignalR's JSON protocol over one WebSocket.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> calls = new();
    private readonly List<JsonNode> messages = [];
    private readonly SemaphoreSlim arrived = new(0);
    private int number;
    private Task reading = Task.CompletedTask;

    /// <summary>What the server called, in order: objects with <c>target</c> and <c>arguments</c>.</summary>
    public IReadOnlyList<JsonNode> Messages
    {
        get
        {
            lock (messages)
            {
                return [.. messages];
            }
        }
    }

    /// <summary>While it is paused nothing is read from the socket.</summary>
    public SemaphoreSlim Reads { get; } = new(1, 1);

    public bool IsOpen => socket.State == WebSocketState.Open;

    public static async Task<HubClient> ConnectAsync(WebHost host, HttpClient? session, string? origin = null)
    {
        var client = new HubClient();
        if (session is not null)
        {
            client.socket.Options.SetRequestHeader("Cookie", session.DefaultRequestHeaders.GetValues("Cookie").Single());
        }

        if (origin is not null)
        {
            client.socket.Options.SetRequestHeader("Origin", origin);
        }

        await client.socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/hubs/care" }.Uri, TestContext.Current.CancellationToken);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        client.reading = client.ReadAsync();
        await client.UntilAsync(_ => client.greeted);
        return client;
    }

    private bool greeted;

    /// <summary>Calls a method; null when it succeeded, else the error.</summary>
    public async Task<string?> InvokeAsync(string method, params object[] arguments)
    {
        var id = Interlocked.Increment(ref number).ToString();
        var call = calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject
        {
            ["type"] = 1,
            ["invocationId"] = id,
            ["target"] = method,
            ["arguments"] = new JsonArray([.. arguments.Select(a => System.Text.Json.JsonSerializer.SerializeToNode(a))]),
        };
        await SendAsync(message.ToJsonString());
        return await call.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Waits until what has come satisfies the condition.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<JsonNode>, bool> condition, int seconds = 20)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!condition(Messages))
        {
            try
            {
                await arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Not within {seconds} s. Came: {string.Join("\n", Messages.TakeLast(20).Select(m => m.ToJsonString()))}", e);
            }
        }
    }

    /// <summary>The sequences of the entries of a record, in order of arrival.</summary>
    public IReadOnlyList<long> Entries(Guid patient) =>
        [.. Messages.Where(m => Is(m, "Entry", patient)).Select(m => m["arguments"]![1]!["sequence"]!.GetValue<long>())];

    public static bool Is(JsonNode message, string target, Guid patient) =>
        message["target"]!.GetValue<string>() == target && message["arguments"]![0]!.GetValue<Guid>() == patient;

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        await reading;
    }

    private Task SendAsync(string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[16 * 1024];
        try
        {
            while (true)
            {
                await Reads.WaitAsync();
                Reads.Release();
                var result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                text.Append(characters, 0, decoder.GetChars(buffer.AsSpan(0, result.Count), characters, flush: false));
                while (text.ToString() is var all && all.IndexOf(End) is >= 0 and var end)
                {
                    text.Remove(0, end + 1);
                    Take(JsonNode.Parse(all[..end])!);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The connection is gone.
        }

        foreach (var call in calls.Values)
        {
            call.TrySetResult("closed");
        }
    }

    private void Take(JsonNode message)
    {
        switch (message["type"]?.GetValue<int>())
        {
            case null:
                greeted = true;
                break;
            case 1:
                lock (messages)
                {
                    messages.Add(message);
                }

                break;
            case 3:
                calls[message["invocationId"]!.GetValue<string>()].TrySetResult(message["error"]?.GetValue<string>());
                break;
        }

        arrived.Release();
    }
}
