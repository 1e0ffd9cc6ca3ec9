using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Operations;

/// <summary>Keeps the asynchronous views up, on the node whose turn it is.</summary>
internal sealed class ProjectionsService(Store store) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => store.Projections.RunAsync(stoppingToken);
}
