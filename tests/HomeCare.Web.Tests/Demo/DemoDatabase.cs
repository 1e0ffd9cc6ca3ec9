using System.Diagnostics;
using HomeCare.EventStore;
using HomeCare.Testing;
using HomeCare.Timeline;
using HomeCare.Web.Demo;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Tests.Demo;

/// <summary>A database with the demo community in it, as of a fixed instant.</summary>
public sealed class DemoDatabase : IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>A Sunday evening in Japan.</summary>
    internal static DateTimeOffset Start { get; } = new(2026, 11, 22, 20, 26, 0, TimeSpan.FromHours(9));

    internal DateTimeOffset Now { get; init; } = Start;

    internal NpgsqlDataSource Source { get; private set; } = null!;

    internal Store Store { get; private set; } = null!;

    internal Access Access { get; private set; } = null!;

    internal TimeProvider Time { get; private set; } = null!;

    internal DemoCommunity Demo { get; private set; } = null!;

    internal TimeSpan Took { get; private set; }

    /// <summary>Everything that is on record.</summary>
    internal IReadOnlyList<StoredEvent> Events { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        var started = Stopwatch.GetTimestamp();
        (await Demo.MakeAsync()).ShouldBeTrue();
        Took = Stopwatch.GetElapsedTime(started);
        await ReadAsync();
    }

    /// <summary>An empty database, and a demo community that is still to be made.</summary>
    internal async Task PrepareAsync()
    {
        database = await TestDatabase.CreateAsync();
        Source = NpgsqlDataSource.Create(database.ConnectionString);
        Time = new FixedTime(Now);
        Store = new Store(Source, CareEvents.Types(), CareEvents.Views, Time);
        await Store.MigrateAsync();
        Access = new Access(Source, Time);
        var marks = new ReadMarks(Store, Access, Time);
        await marks.MigrateAsync();
        Demo = new DemoCommunity(Store, new Care(Store, Access, new Commands(), Time), marks, Time, NullLogger<DemoCommunity>.Instance);
    }

    internal async Task ReadAsync()
    {
        var events = new List<StoredEvent>();
        while (await Store.ReadAllAsync(events.Count == 0 ? 0 : events[^1].Sequence, 2000) is { Count: > 0 } page)
        {
            events.AddRange(page);
        }

        Events = events;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}
