using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HomeCare.Web.Accounts;

/// <summary>Who is not signed in: a page leads to the sign-in, anything else gets the status alone.</summary>
internal static class SessionRedirects
{
    private static readonly PathString[] Others = ["/api", "/hubs", "/openapi", "/_blazor", "/healthz", "/readyz"];

    public static Task AskAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (IsPage(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a person reads the answer in a browser's window.</summary>
    internal static bool IsPage(HttpRequest request) =>
        !Others.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
