using System.Buffers;
using System.Text.Json;

namespace HomeCare.Web.Api;

/// <summary>Reads a JSON body and says where it cannot be read.</summary>
internal static class RequestBody
{
    /// <summary>The longest body: 1 MiB.</summary>
    public const int Longest = 1 << 20;

    /// <summary>A body too long is refused after <see cref="Longest"/>, but swallowed to here, so that its sender can read the refusal
    /// instead of finding the connection cut: 32 MiB.</summary>
    public const int LongestSwallowed = 32 << 20;

    /// <summary>The body as an object of the type; null when a problem was written instead.</summary>
    public static async Task<object?> ReadAsync(HttpContext http, Type type)
    {
        if (!IsJson(http.Request.ContentType))
        {
            await Problems.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "request.content_type");
            return null;
        }

        if (http.Request.ContentLength > Longest || await ReadAsync(http, Longest) is not { } body)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "request.too_large", Longest);
            return null;
        }

        if (body.Length == 0)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.empty");
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(body.Span, type, Json.Options) is { } value)
            {
                return value;
            }

            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.empty");
        }
        catch (JsonException e)
        {
            await Problems.WriteAsync(http, Unreadable(http, e));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or OverflowException or NotSupportedException)
        {
            // What the reader itself lets through unwrapped: half a surrogate pair, a name that is not text.
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.bad");
        }

        return null;
    }

    /// <summary>The body as an object of the type; null when a problem was written instead.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext http) where T : class => (T?)await ReadAsync(http, typeof(T));

    /// <summary>The body as it is; null when a problem was written instead.</summary>
    public static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpContext http, string type, int longest)
    {
        if (!string.Equals(http.Request.ContentType, type, StringComparison.OrdinalIgnoreCase))
        {
            await Problems.WriteAsync(http, Problems.Of(http, StatusCodes.Status415UnsupportedMediaType, "request.media_type", type));
            return null;
        }

        if (http.Request.ContentLength > longest || await ReadAsync(http, longest) is not { } body)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "request.too_large", longest);
            return null;
        }

        return body;
    }

    private static Problem Unreadable(HttpContext http, JsonException e)
    {
        var line = (e.LineNumber ?? 0) + 1;
        var column = (e.BytePositionInLine ?? 0) + 1;
        var problem = e.Path is { Length: > 2 } path
            ? Problems.Of(http, StatusCodes.Status400BadRequest, "request.field_unreadable", path.TrimStart('$', '.'), line, column)
            : Problems.Of(http, StatusCodes.Status400BadRequest, "request.not_json", line, column);
        return problem with { Path = e.Path, Line = line, Column = column };
    }

    /// <summary>All of the body; null when it is longer than that, however it was sent.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, int longest)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            while (true)
            {
                var read = await http.Request.Body.ReadAsync(buffer.GetMemory(8192), http.RequestAborted);
                if (read == 0)
                {
                    return buffer.WrittenMemory;
                }

                buffer.Advance(read);
                if (buffer.WrittenCount > longest)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static bool IsJson(string? contentType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var media)
        && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || media.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
