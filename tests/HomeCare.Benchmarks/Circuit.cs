using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HomeCare.Benchmarks;

/// <summary>
/// A browser's side of a Blazor Server circuit without a browser: reads a page, starts its circuit over one WebSocket (SignalR's
/// MessagePack framing), acknowledges each drawing and answers calls into JavaScript with nothing. So that one process can hold hundreds.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<byte[]> drawn;
    private Task reading = Task.CompletedTask;
    private long objects;

    private readonly HttpClient http;
    private string? secret;

    private Circuit(HttpClient http, Action<byte[]> drawn) => (this.http, this.drawn) = (http, drawn);

    /// <summary>How many drawings came.</summary>
    public int Batches { get; private set; }

    /// <summary>Whether it is still connected.</summary>
    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <param name="drawn">given each drawing's bytes, whose texts are UTF-8 as they are</param>
    public static async Task<Circuit> OpenAsync(HttpClient http, string path, string? cookie, Action<byte[]> drawn)
    {
        var html = await http.GetStringAsync(path);
        var circuit = new Circuit(http, drawn);
        if (cookie is not null)
            circuit.socket.Options.SetRequestHeader("Cookie", cookie);
        await circuit.socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, "_blazor")) { Scheme = "ws" }.Uri, CancellationToken.None);
        await circuit.socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);
        circuit.reading = Task.Run(circuit.ReadAsync);

        var address = new Uri(http.BaseAddress!, path).ToString();
        await circuit.CallAsync("1", "StartCircuit", http.BaseAddress!.ToString(), address, "[]", "");
        await circuit.started.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var operations = new JsonArray();
        foreach (Match marker in Marker().Matches(html))
        {
            operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = JsonNode.Parse(marker.Groups[1].Value) });
        }

        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";
        await circuit.CallAsync(null, "UpdateRootComponents", new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(), state);
        return circuit;
    }

    /// <summary>Waits for a number of drawings.</summary>
    public async Task DrawnAsync(int batches)
    {
        for (var i = 0; Batches < batches; i++)
        {
            if (!IsOpen || i > 6000)
                throw new InvalidOperationException($"The circuit drew {Batches} times, not {batches}, and is {(IsOpen ? "open" : "closed")}.");
            await Task.Delay(10);
        }
    }

    /// <summary>Says goodbye as a browser does that leaves the page: a circuit that merely lost its connection is kept for minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (secret is not null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(secret), "circuitId" } };
            using var answer = await http.PostAsync("_blazor/disconnect", form);
        }

        socket.Abort();
        await reading;
        socket.Dispose();
        sending.Dispose();
    }

    [GeneratedRegex("<!--Blazor:({\"type\":\"server\".*?})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        var greeted = false;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                    return;
                message.Write(buffer, 0, received.Count);
                if (!received.EndOfMessage)
                    continue;
                var bytes = message.ToArray();
                message.SetLength(0);
                var at = 0;
                if (!greeted)
                {
                    at = Array.IndexOf(bytes, (byte)0x1e) + 1;
                    greeted = true;
                }

                while (at < bytes.Length)
                {
                    var length = 0;
                    for (var shift = 0; ; shift += 7)
                    {
                        var part = bytes[at++];
                        length |= (part & 0x7f) << shift;
                        if (part < 0x80)
                            break;
                    }

                    var from = at;
                    at += length;
                    await TakeAsync((object?[])Pack.Read(bytes, ref from)!);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task TakeAsync(object?[] message)
    {
        switch (message[0])
        {
            case 3L:
                if (message[3] is 1L)
                    started.TrySetException(new InvalidOperationException($"The circuit was refused: {message[4]}"));
                secret = message[4] as string;
                started.TrySetResult();
                break;
            case 7L:
                started.TrySetException(new InvalidOperationException($"The circuit was closed: {message[1]}"));
                break;
            case 1L:
                var arguments = (object?[])message[4]!;
                switch (message[3])
                {
                    case "JS.RenderBatch":
                        drawn((byte[])arguments[1]!);
                        Batches++;
                        await CallAsync(null, "OnRenderCompleted", (long)arguments[0]!, null);
                        break;
                    case "JS.BeginInvokeJS" when arguments[0] is long handle && handle != 0:
                        var result = arguments[3] is 1L ? $"{{\"__jsObjectId\":{Interlocked.Increment(ref objects)}}}" : "null";
                        await CallAsync(null, "EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]");
                        break;
                    case "JS.Error":
                        started.TrySetException(new InvalidOperationException($"The circuit failed: {arguments[0]}"));
                        break;
                }

                break;
        }
    }

    private async Task CallAsync(string? id, string target, params object?[] arguments)
    {
        var body = Pack.Write([1L, new Dictionary<string, string>(), id, target, arguments, Array.Empty<object?>()]);
        using var framed = new MemoryStream();
        for (var length = body.Length; ;)
        {
            framed.WriteByte((byte)(length > 0x7f ? (length & 0x7f) | 0x80 : length));
            if ((length >>= 7) == 0)
                break;
        }

        framed.Write(body);
        await sending.WaitAsync();
        try
        {
            if (IsOpen)
                await socket.SendAsync(framed.GetBuffer().AsMemory(0, (int)framed.Length), WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Closed meanwhile.
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>As much of MessagePack as circuits speak.</summary>
    private static class Pack
    {
        public static byte[] Write(object?[] value)
        {
            using var stream = new MemoryStream();
            Write(stream, value);
            return stream.ToArray();
        }

        public static object? Read(byte[] bytes, ref int at)
        {
            var kind = bytes[at++];
            switch (kind)
            {
                case <= 0x7f:
                    return (long)kind;
                case >= 0xe0:
                    return (long)(sbyte)kind;
                case >= 0x80 and <= 0x8f:
                    return Map(bytes, ref at, kind & 0xf);
                case >= 0x90 and <= 0x9f:
                    return List(bytes, ref at, kind & 0xf);
                case >= 0xa0 and <= 0xbf:
                    return Text(bytes, ref at, kind & 0x1f);
                case 0xc0:
                    return null;
                case 0xc2:
                    return false;
                case 0xc3:
                    return true;
                case 0xc4 or 0xc5 or 0xc6:
                    return Take(bytes, ref at, (int)Number(bytes, ref at, 1 << (kind - 0xc4)));
                case 0xcc or 0xcd or 0xce or 0xcf:
                    return Number(bytes, ref at, 1 << (kind - 0xcc));
                case 0xd0:
                    return (long)(sbyte)bytes[at++];
                case 0xd1:
                    return (long)(short)Number(bytes, ref at, 2);
                case 0xd2:
                    return (long)(int)Number(bytes, ref at, 4);
                case 0xd3:
                    return Number(bytes, ref at, 8);
                case 0xd9 or 0xda or 0xdb:
                    return Text(bytes, ref at, (int)Number(bytes, ref at, 1 << (kind - 0xd9)));
                case 0xdc or 0xdd:
                    return List(bytes, ref at, (int)Number(bytes, ref at, 2 << (kind - 0xdc)));
                case 0xde or 0xdf:
                    return Map(bytes, ref at, (int)Number(bytes, ref at, 2 << (kind - 0xde)));
                default:
                    throw new InvalidOperationException($"MessagePack 0x{kind:x2} is not known here.");
            }
        }

        private static void Write(MemoryStream to, object? value)
        {
            Span<byte> eight = stackalloc byte[8];
            switch (value)
            {
                case null:
                    to.WriteByte(0xc0);
                    break;
                case bool truth:
                    to.WriteByte((byte)(truth ? 0xc3 : 0xc2));
                    break;
                case long number when number is >= 0 and <= 0x7f:
                    to.WriteByte((byte)number);
                    break;
                case long number:
                    to.WriteByte(0xd3);
                    BinaryPrimitives.WriteInt64BigEndian(eight, number);
                    to.Write(eight);
                    break;
                case string text:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    to.WriteByte(0xdb);
                    BinaryPrimitives.WriteInt32BigEndian(eight, bytes.Length);
                    to.Write(eight[..4]);
                    to.Write(bytes);
                    break;
                case Dictionary<string, string>:
                    to.WriteByte(0x80);
                    break;
                case object?[] list:
                    to.WriteByte((byte)(0x90 | list.Length));
                    foreach (var item in list)
                        Write(to, item);
                    break;
                default:
                    throw new InvalidOperationException($"{value.GetType()} is not sent.");
            }
        }

        private static long Number(byte[] bytes, ref int at, int size)
        {
            var number = 0L;
            for (var i = 0; i < size; i++)
                number = (number << 8) | bytes[at++];
            return number;
        }

        private static byte[] Take(byte[] bytes, ref int at, int length)
        {
            var taken = bytes[at..(at + length)];
            at += length;
            return taken;
        }

        private static string Text(byte[] bytes, ref int at, int length) => Encoding.UTF8.GetString(Take(bytes, ref at, length));

        private static object?[] List(byte[] bytes, ref int at, int length)
        {
            var list = new object?[length];
            for (var i = 0; i < length; i++)
                list[i] = Read(bytes, ref at);
            return list;
        }

        private static Dictionary<string, object?> Map(byte[] bytes, ref int at, int length)
        {
            var map = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < length; i++)
                map[Read(bytes, ref at)?.ToString() ?? ""] = Read(bytes, ref at);
            return map;
        }
    }
}
