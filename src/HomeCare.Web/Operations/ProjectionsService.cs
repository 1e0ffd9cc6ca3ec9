using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Operations;

/// <summary>Keeps the asynchronous views up, on the node whose turn it is.</summary>
internal sealed class ProjectionsService(Store store, ILogger<ProjectionsService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        store.Projections.RunAsync(stoppingToken, (view, e) => log.LogError(e, "The view {View} broke off; it is taken up again", view));
}
