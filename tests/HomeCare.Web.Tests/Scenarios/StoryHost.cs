using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Scenarios;

/// <summary>A host that lives in the time of a story: days pass between two of its lines.</summary>
public sealed class StoryHost : WebHost
{
    internal StoryClock Clock { get; } = new();

    protected override void Change(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Clock);
}

/// <summary>A clock that runs as the machine's does, so many days ahead of it. It never goes back.</summary>
internal sealed class StoryClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref ahead));

    public void MoveTo(DateTimeOffset at)
    {
        var by = at - GetUtcNow();
        by.ShouldBeGreaterThan(TimeSpan.FromMinutes(-1), "a story goes forward");
        Interlocked.Add(ref ahead, by.Ticks);
    }
}
