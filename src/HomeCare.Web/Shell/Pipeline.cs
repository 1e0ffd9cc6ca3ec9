using HomeCare.Web.Accounts;
using HomeCare.Web.Api;
using HomeCare.Web.Live;
using HomeCare.Web.Visits;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Http.Features;

namespace HomeCare.Web.Shell;

/// <summary>What a request goes through, in order.</summary>
internal static class Pipeline
{
    public static void UseHomeCare(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseMiddleware<Preferences>();
        app.UseProblems();
        app.UseWhen(http => SessionRedirects.IsPage(http.Request), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseMiddleware<OwnOrigin>();
        app.Use(static (http, next) =>
        {
            // The API measures bodies itself; forms and all else have no use for long ones.
            if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = RequestBody.Longest;
            }

            return next(http);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(async (http, next) =>
        {
            http.RequestServices.GetRequiredService<CurrentActor>().Use(http.User);
            await next(http);
        });
        app.UseRateLimiter();
        app.UseAntiforgery();

        app.MapStaticAssets();
        app.MapApi();
        app.MapAccounts();
        HomeCare.Web.Delivery.GoEndpoints.MapGo(app);
        app.MapSheet();
        app.MapHub<CareHub>(CareHub.Path);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
