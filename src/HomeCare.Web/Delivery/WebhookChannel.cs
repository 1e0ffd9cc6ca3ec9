using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HomeCare.Delivery;

namespace HomeCare.Web.Delivery;

/// <summary>Posts to a community's webhook: who is needed, since when, and a link; signed. Nothing says about whom or what.</summary>
internal sealed class WebhookChannel : IDeliveryChannel, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly DeliveryOptions options;
    private readonly DeliveryPreferences preferences;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public WebhookChannel(DeliveryOptions options, DeliveryPreferences preferences, TimeProvider time)
    {
        (this.options, this.preferences, this.time) = (options, preferences, time);
        http = new HttpClient(new SocketsHttpHandler
        {
            // No redirect leads elsewhere, no proxy and no cookie; the address that was looked at is the one that is connected to.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Longest,
        };
    }

    public DeliveryChannel Channel => DeliveryChannel.Webhook;

    public bool Serves(string tenantId) => options.Webhooks.ContainsKey(tenantId);

    public async Task<(Attempt Attempt, string? Error)> SendAsync(Dispatch delivery, CancellationToken ct)
    {
        if (!options.Webhooks.TryGetValue(delivery.TenantId, out var webhook) || options.PublicUrl is not { } site)
        {
            return (Attempt.Later, "no webhook is set");
        }

        if (!(await preferences.OfAsync(delivery.TenantId, delivery.PersonId, ct)).ByWebhook)
        {
            return (Attempt.Unwanted, null);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = delivery.DeliveryId, community = delivery.TenantId, person = delivery.PersonId, since = delivery.CreatedAt, link = new Uri(site, $"go/{delivery.DeliveryId}") }, HomeCare.Json.Options);
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, delivery.DeliveryId.ToString());
        request.Headers.Add(WebhookSignature.TimeHeader, at);
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(webhook.Secret, delivery.DeliveryId, at, body));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return response.StatusCode switch
            {
                >= (HttpStatusCode)200 and < (HttpStatusCode)300 => (Attempt.Sent, null),
                HttpStatusCode.Gone => (Attempt.Never, "HTTP 410"),
                var status => (Attempt.Later, $"HTTP {((int)status).ToString(CultureInfo.InvariantCulture)}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (Attempt.Later, e is HttpRequestException { InnerException: AddressNotPermitted } ? "the address is not public" : e.GetType().Name);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var permitted = options.PrivateAllowed ? found : [.. found.Where(PublicAddresses.IsPublic)];
        if (permitted.Length == 0)
        {
            throw new AddressNotPermitted();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => http.Dispose();

    private sealed class AddressNotPermitted : IOException;
}

/// <summary>How a webhook's message is signed: HMAC-SHA256 over identifier, time and body. See docs/operating.md for the receiver's side.</summary>
public static class WebhookSignature
{
    /// <summary>The delivery; the same for every attempt.</summary>
    public const string IdHeader = "HomeCare-Id";

    /// <summary>Seconds since 1970, when this attempt was made.</summary>
    public const string TimeHeader = "HomeCare-Timestamp";

    /// <summary><c>v1=</c> and 64 hexadecimal digits.</summary>
    public const string SignatureHeader = "HomeCare-Signature";

    /// <summary>How old a message may be when it is received.</summary>
    public static TimeSpan LongestAge { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The signature of a message.</summary>
    public static string Of(string secret, Guid id, string time, ReadOnlySpan<byte> body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{time}."), .. body]));

    /// <summary>Whether a message is what it says and not old, as a receiver must ask; compared in constant time.</summary>
    public static bool Holds(string secret, Guid id, string time, ReadOnlySpan<byte> body, string signature, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= LongestAge
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, id, time, body)), Encoding.ASCII.GetBytes(signature));
}
