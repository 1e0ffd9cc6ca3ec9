using HomeCare.Web.Live;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Api;

/// <summary>Whether the host lives, and whether it can work.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => TypedResults.Text("ok")).AllowAnonymous()
            .WithTags("Health").WithSummary("Alive: the process answers.");
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous()
            .WithTags("Health").WithSummary("Ready: the database answers and the live feed runs.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Refuses(503);
    }

    private static async Task ReadyAsync(HttpContext http, Store store, LiveFeed feed)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            limit.CancelAfter(Patience);
            await store.HeadAsync(limit.Token);
            if (feed.IsRunning)
            {
                await http.Response.WriteAsync("ready", http.RequestAborted);
                return;
            }
        }
        catch (Exception e) when (Failures.IsOutage(e) || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            // Said below.
        }

        await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "store.unavailable");
    }
}
