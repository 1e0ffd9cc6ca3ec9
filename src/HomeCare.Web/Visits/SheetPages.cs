using HomeCare.Web.Words;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HomeCare.Web.Visits;

/// <summary>The pages of the visit sheet and what they are made of. They hold nobody's data: that comes by the API, or from the device itself.</summary>
internal static class SheetPages
{
    public static void AddSheet(this IServiceCollection services)
    {
        services.AddSingleton<SheetLanguage>();
        services.AddSingleton<SheetFiles>();
    }

    public static void MapSheet(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/patients/{id:guid}/visit", Shell).RequireAuthorization();
        pages.MapGet("/visits", Shell).RequireAuthorization();
        pages.MapGet(SheetFiles.Shell, Shell).AllowAnonymous();
        pages.MapGet("/sw.js", (HttpContext http, SheetFiles files) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Text(files.ServiceWorker, "text/javascript");
        }).AllowAnonymous();
        pages.MapGet("/sheet-words/{language}.json", Results<FileContentHttpResult, NotFound> (HttpContext http, string language, SheetLanguage words) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return Languages.All.Contains(language) ? TypedResults.Bytes(words.Of(language), "application/json") : TypedResults.NotFound();
        }).AllowAnonymous();
    }

    private static RazorComponentResult<VisitShell> Shell() => new();
}
