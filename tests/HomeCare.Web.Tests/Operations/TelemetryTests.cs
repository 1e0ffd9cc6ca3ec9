using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using HomeCare.Visits;
using HomeCare.Web.Operations;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HomeCare.Web.Tests.Operations;

/// <summary>What a collector is sent, when one is named.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task counters_and_traces_of_the_store_reach_a_collector_and_name_nobody()
    {
        await using var collector = await Collector.StartAsync();
        var host = new ObservedHost(collector.Address);
        await host.InitializeAsync();
        var nurse = await host.SignInAsync(Town.UserOf(Town.Of(Profession.Nurse)));
        var now = TimeProvider.System.GetUtcNow();
        using (var response = await nurse.CommandAsync("record-visit", new RecordVisit(Guid.CreateVersion7(), Town.Patient, now.AddMinutes(-40), now.AddMinutes(-5)) { Note = new VisitNote("秘密の記録") }))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await nurse.GetAsync($"/api/patients/{Town.Patient}/timeline?q=secret-query", Ct)).Dispose();
        await host.DisposeAsync(); // sends what is left

        var metrics = collector.Received("/v1/metrics");
        var traces = collector.Received("/v1/traces");
        foreach (var instrument in new[] { "homecare.store.commands", "homecare.store.events", "homecare.store.batch", "homecare.store.wait", "homecare.store.queue", "http.server.request.duration" })
        {
            metrics.ShouldContain(instrument);
        }

        traces.ShouldContain("HomeCare.EventStore");
        traces.ShouldContain("append");
        traces.ShouldContain("commit");
        foreach (var secret in new[] { "秘密の記録", "secret-query", Town.Patient.ToString(), Town.Password })
        {
            traces.ShouldNotContain(secret);
            metrics.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task without_a_collector_nothing_is_collected()
    {
        var host = new WebHost();
        await host.InitializeAsync();
        // Other hosts of these tests may be observed at the same time: what counts is that this one's exporter did not begin.
        var export = host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<TelemetryExport>().Single();
        export.IsOn.ShouldBeFalse();
        await host.DisposeAsync();
    }

    [Fact]
    public void a_trace_keeps_the_route_and_not_the_address()
    {
        using var activity = new Activity("GET").Start();
        activity.SetTag("url.path", "/api/patients/7").SetTag("url.query", "?q=x").SetTag("http.route", "/api/patients/{id}");
        using var processor = new WithoutPersons();

        processor.OnEnd(activity);

        activity.TagObjects.ShouldBe([new("url.path", "/api/patients/{id}"), new("http.route", "/api/patients/{id}")], ignoreOrder: true);
    }

    private sealed class ObservedHost(string collector) : WebHost
    {
        internal override IEnumerable<string> More => [$"--OTEL_EXPORTER_OTLP_ENDPOINT={collector}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"];
    }

    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> bodies = new();

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var collector = new Collector(app);
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                collector.bodies.Enqueue((http.Request.Path.Value!, body.ToArray()));
            });
            await app.StartAsync();
            return collector;
        }

        public string Received(string path) => string.Join('\n', bodies.Where(b => b.Path == path).Select(b => Encoding.UTF8.GetString(b.Body)));

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
