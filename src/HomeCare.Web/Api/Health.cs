using HomeCare.Web.Operations;

namespace HomeCare.Web.Api;

/// <summary>Whether the host lives, and whether it can work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => TypedResults.Text("ok")).AllowAnonymous()
            .WithTags("Health").WithSummary("Alive: the process answers, whatever the database does.");
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous()
            .WithTags("Health")
            .WithSummary("Ready: \"ready\"; \"slow\": the database takes its time or much waits to be written; \"projections stopped: …\": a view is not kept up. 503: the database cannot be reached, or the host is starting.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Refuses(503);
    }

    private static async Task ReadyAsync(HttpContext http, Readiness readiness)
    {
        var found = await readiness.AskAsync(http.RequestAborted);
        switch (found.Standing)
        {
            case Standing.Unreachable:
                http.Response.Headers.RetryAfter = "2";
                await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "store.unavailable");
                break;
            case Standing.Starting:
                http.Response.Headers.RetryAfter = "1";
                await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "feed.starting");
                break;
            default:
                await http.Response.WriteAsync(
                    found.Standing switch
                    {
                        Standing.Slow => "slow",
                        Standing.ProjectionsStopped => $"projections stopped: {found.Detail}",
                        _ => "ready",
                    },
                    http.RequestAborted);
                break;
        }
    }
}
