using Microsoft.AspNetCore.SignalR;

namespace HomeCare.Web.Live;

/// <summary>Logs what goes wrong in a hub's method, but for refusals.</summary>
public sealed class HubFailures(ILogger<HubFailures> log) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException && !invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            log.LogError(e, "The hub's method {Method} failed", invocationContext.HubMethodName);
            throw;
        }
    }
}
