using System.Security.Cryptography;

namespace HomeCare.Web.Shell;

/// <summary>Headers that tell the browser what this site never does.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NonceItem = "csp-nonce";

    /// <summary>The nonce that a script written into this page must carry.</summary>
    public static string NonceOf(HttpContext http)
    {
        if (http.Items[NonceItem] is not string nonce)
        {
            http.Items[NonceItem] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        }

        return nonce;
    }

    /// <summary>Sets them on every answer.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            // Styles: Radzen sets style attributes. Scripts: none but this site's files and the import map of the page.
            headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self' 'nonce-{NonceOf(context)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; frame-src 'none'; "
                + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            // Records stay out of caches; files of the site say themselves how long they hold.
            if (string.IsNullOrEmpty(headers.CacheControl))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, http);
        return next(http);
    }
}

/// <summary>Refuses what a page of another site sends: sockets are not covered by the browser's same-origin rule.</summary>
public sealed class OwnOrigin(RequestDelegate next)
{
    /// <summary>Lets through what has no origin, reads only, or comes from this site.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var writes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
        var live = http.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);
        if (origin.Length == 0 || !(writes || live) || IsOwn(origin, http.Request.Host))
        {
            return next(http);
        }

        return Api.Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "request.foreign_origin");
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
