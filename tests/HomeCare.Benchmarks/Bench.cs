namespace HomeCare.Benchmarks;

/// <param name="Server">Where databases can be made.</param>
/// <param name="Large">Whether what takes long is measured too.</param>
internal sealed record Bench(string Server, bool Large) : IAsyncDisposable
{
    private HostedTown? hosted;

    /// <summary>A database of its own for one measurement.</summary>
    public Task<BenchDatabase> DatabaseAsync(string name) => BenchDatabase.CreateAsync(Server, name);

    /// <summary>The published host on the demo community; made once for all measurements.</summary>
    public async Task<HostedTown> HostedAsync() => hosted ??= await HostedTown.StartAsync(await DatabaseAsync("hosted"));

    public async ValueTask DisposeAsync()
    {
        if (hosted is not null)
            await hosted.DisposeAsync();
    }
}
