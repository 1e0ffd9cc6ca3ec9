using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HomeCare.Web.Operations;

/// <summary>
/// Sends the host's counters and traces to an OpenTelemetry collector, where one is named by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; the
/// exporter's other standard variables hold as well. Without it nothing is collected.
/// </summary>
internal sealed class TelemetryExport(IConfiguration settings) : IHostedService, IDisposable
{
    private MeterProvider? meters;
    private TracerProvider? traces;

    /// <summary>Whether a collector is named.</summary>
    public bool IsOn => meters is not null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            return Task.CompletedTask;
        }

        var host = ResourceBuilder.CreateDefault().AddService("HomeCare", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector();
        meters = Sdk.CreateMeterProviderBuilder().ConfigureServices(s => s.AddSingleton(settings)).SetResourceBuilder(host)
            .AddMeter(EventStore.Telemetry.Name, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.Components.Server.Circuits")
            .AddOtlpExporter().Build();
        traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(s => s.AddSingleton(settings)).SetResourceBuilder(host)
            .AddSource(EventStore.Telemetry.Name, "Microsoft.AspNetCore", "Npgsql")
            .AddProcessor(new WithoutPersons())
            .AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        meters?.Dispose();
        traces?.Dispose();
        (meters, traces) = (null, null);
    }
}

/// <summary>Addresses name records and hold what somebody searched for: a trace keeps the route alone.</summary>
internal sealed class WithoutPersons : BaseProcessor<Activity>
{
    private static readonly string[] Addresses = ["url.query", "url.full", "http.url", "http.target"];

    public override void OnEnd(Activity data)
    {
        foreach (var name in Addresses)
        {
            data.SetTag(name, null);
        }

        if (data.GetTagItem("url.path") is not null)
        {
            data.SetTag("url.path", data.GetTagItem("http.route"));
        }
    }
}
