using System.Net;
using System.Net.Sockets;
using HomeCare.EventStore;
using HomeCare.Web.Live;
using HomeCare.Web.Operations;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Tests.Operations;

/// <summary>A dead database is told from a slow one.</summary>
public sealed class ReadinessTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_database_that_answers_is_ready()
    {
        (await AskAsync(host.ConnectionString, host.ConnectionString)).Standing.ShouldBe(Standing.Ready);
    }

    [Fact]
    public async Task a_database_whose_connections_are_all_busy_is_slow()
    {
        var one = new NpgsqlConnectionStringBuilder(host.ConnectionString) { MaxPoolSize = 1 }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(one);
        await using var taken = await source.OpenConnectionAsync(Ct);

        (await AskAsync(source, host.ConnectionString, brisk: TimeSpan.Zero, patience: Short)).Standing.ShouldBe(Standing.Slow);
    }

    [Fact]
    public async Task a_database_that_takes_its_time_is_slow()
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        (await AskAsync(source, host.ConnectionString, brisk: TimeSpan.Zero)).Standing.ShouldBe(Standing.Slow);
    }

    [Fact]
    public async Task a_port_where_nobody_listens_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await AskAsync(At(port), At(port))).Standing.ShouldBe(Standing.Unreachable);
    }

    [Fact]
    public async Task a_server_that_takes_connections_and_says_nothing_is_unreachable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        await using var source = NpgsqlDataSource.Create(At(port));
        (await AskAsync(source, At(port), patience: Short, connectPatience: Short)).Standing.ShouldBe(Standing.Unreachable);
    }

    [Fact]
    public async Task connections_that_died_in_the_pool_do_not_make_it_unreachable()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(host.ConnectionString) { MaxPoolSize = 1, ApplicationName = "readiness-test" }.ConnectionString);
        await using (await source.OpenConnectionAsync(Ct))
        {
        }

        await using (var killing = NpgsqlDataSource.Create(host.ConnectionString))
        await using (var command = killing.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'readiness-test'"))
        {
            (await command.ExecuteScalarAsync(Ct)).ShouldBe(1L);
        }

        (await AskAsync(source, host.ConnectionString)).Standing.ShouldBe(Standing.Ready);
    }

    [Fact]
    public async Task a_stopped_view_is_named_without_what_the_event_says()
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var store = new Store(source, CareEvents.Types(), [], TimeProvider.System, asyncViews: [new Followed()]);
        await store.MigrateAsync(Ct);
        await using (var command = source.CreateCommand("insert into hc_stopped (name, sequence, reason) values ('followed', 7, 'a secret')"))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        using var readiness = new Readiness(store, host.Feed, new(host.ConnectionString), TimeProvider.System) { Patience = Long };
        (await readiness.AskAsync(Ct)).ShouldBe(new Finding(Standing.ProjectionsStopped, "followed at event 7"));
    }

    [Fact]
    public async Task an_unreachable_database_is_503_with_a_sentence_while_the_process_lives()
    {
        await using var away = new AwayHost();
        await away.InitializeAsync();
        using var client = away.Anonymous();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        using var response = await client.GetAsync("/readyz", Ct);

        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "store.unavailable");
        response.Headers.RetryAfter!.ToString().ShouldBe("2");
        (await client.GetStringAsync("/healthz", Ct)).ShouldBe("ok");
    }

    private static string At(int port) => $"Host=127.0.0.1;Port={port};Database=x;Username=x;Password=x";

    private async Task<Finding> AskAsync(string pool, string address)
    {
        await using var source = NpgsqlDataSource.Create(pool);
        return await AskAsync(source, address);
    }

    private async Task<Finding> AskAsync(NpgsqlDataSource source, string address, TimeSpan? brisk = null, TimeSpan? patience = null, TimeSpan? connectPatience = null)
    {
        await using var store = new Store(source, CareEvents.Types(), [], TimeProvider.System);
        // Whatever else the machine does: what answers at all is ready.
        using var readiness = new Readiness(store, host.Feed, new(address), TimeProvider.System) { Brisk = brisk ?? TimeSpan.FromHours(1), Patience = patience ?? Long, ConnectPatience = connectPatience ?? Long };
        return await readiness.AskAsync(Ct);
    }

    /// <summary>A host that asks after a database which is not there.</summary>
    private sealed class AwayHost : WebHost, IAsyncDisposable
    {
        protected override void Change(WebApplicationBuilder builder)
        {
            var nowhere = At(1);
            builder.Services.AddSingleton(s => new Readiness(
                new Store(NpgsqlDataSource.Create(nowhere), CareEvents.Types(), [], TimeProvider.System), s.GetRequiredService<LiveFeed>(), new(nowhere), TimeProvider.System));
        }
    }

    private sealed class Followed : IView
    {
        public string Name => "followed";

        public int Revision => 1;

        public string Ddl => "create table followed (tenant_id text not null)";

        public IReadOnlyList<string> Tables => ["followed"];

        public void Project(StoredEvent e, ViewBatch batch)
        {
        }
    }
}
