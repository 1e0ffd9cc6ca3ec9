using HomeCare.Web.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HomeCare.Web.Accounts;

/// <summary>What the forms of the pages send: sign-in, sign-out, another place. They work without scripts and carry the form's token.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/account").ExcludeFromDescription();
        forms.MapPost("/sign-in", async Task<RedirectHttpResult> (HttpContext http, SignIn signIn, IAntiforgery antiforgery) =>
        {
            if (await FormAsync(http, antiforgery) is not { } form)
            {
                return Again("session.expired", null);
            }

            var result = await signIn.BeginAsync(http, form["user"], form["password"], form["code"]);
            return result.RefusalKey is { } key ? Again(key, form["returnUrl"]) : TypedResults.LocalRedirect(Local(form["returnUrl"]));
        }).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);

        forms.MapPost("/sign-out", async Task<RedirectHttpResult> (HttpContext http, SignIn signIn, IAntiforgery antiforgery) =>
        {
            if (await FormAsync(http, antiforgery) is null)
            {
                return TypedResults.LocalRedirect("/");
            }

            await signIn.EndAsync(http);
            return TypedResults.LocalRedirect("/sign-in");
        }).AllowAnonymous();

        forms.MapPost("/place", async Task<RedirectHttpResult> (HttpContext http, SignIn signIn, IAntiforgery antiforgery) =>
        {
            if (await FormAsync(http, antiforgery) is { } form && Guid.TryParse(form["organisation"], out var organisation))
            {
                await signIn.ChangePlaceAsync(http, organisation);
            }

            return TypedResults.LocalRedirect("/");
        }).RequireAuthorization();

        static RedirectHttpResult Again(string key, string? returnUrl)
        {
            var query = QueryString.Create("error", key);
            return TypedResults.LocalRedirect($"/sign-in{(returnUrl is { Length: > 0 } ? query.Add("returnUrl", Local(returnUrl)) : query)}");
        }
    }

    /// <summary>A path of this site, or the first page.</summary>
    internal static string Local(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && path.Length <= 1000 && !path.Any(char.IsControl) && !path.Contains('\\', StringComparison.Ordinal)
            ? path : "/";

    /// <summary>The form, when it carries this site's token; null when it does not or cannot be read.</summary>
    private static async Task<IFormCollection?> FormAsync(HttpContext http, IAntiforgery antiforgery)
    {
        try
        {
            return http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http) ? await http.Request.ReadFormAsync() : null;
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or AntiforgeryValidationException or IOException)
        {
            return null;
        }
    }
}
