using System.Diagnostics;
using HomeCare.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HomeCare.Benchmarks;

/// <summary>What the framework does by itself: its counter page, and a hub that passes on what is posted. A process of its own.</summary>
internal sealed class YardstickHost : IAsyncDisposable
{
    private readonly Process process;

    private YardstickHost(Process process, HttpClient http, Probe probe) => (this.process, Http, Probe) = (process, http, probe);

    public HttpClient Http { get; }

    public Probe Probe { get; }

    public static async Task<YardstickHost> StartAsync()
    {
        var probe = new Probe();
        var address = $"http://127.0.0.1:{PublishedHost.FreePort()}/";
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(YardstickHost).Assembly.Location, "yardstick", address]);
        foreach (var (name, value) in probe.Environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var http = new HttpClient { BaseAddress = new(address) };
        for (var i = 0; ; i++)
        {
            try
            {
                await http.GetStringAsync("");
                return new(process, http, probe);
            }
            catch (HttpRequestException) when (i < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public static Task ServeAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<CounterApp>().AddInteractiveServerRenderMode();
        app.MapHub<BareHub>("/hub");
        app.MapPost("/send/{group}", async (HttpContext http, string group, IHubContext<BareHub> hub) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            await hub.Clients.Group(group).SendAsync("Entry", group, await reader.ReadToEndAsync());
        });
        return app.RunAsync();
    }

    private sealed class BareHub : Hub
    {
        public Task Watch(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);
    }
}

/// <summary>The template's page around its counter.</summary>
public sealed class CounterApp : ComponentBase
{
    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html><head><base href=\"/\" /></head><body>");
        builder.OpenComponent<CounterPage>(1);
        builder.AddComponentRenderMode(new InteractiveServerRenderMode());
        builder.CloseComponent();
        builder.AddMarkupContent(2, "</body></html>");
    }
}

/// <summary>The template's counter.</summary>
[Route("/")]
public sealed class CounterPage : ComponentBase
{
    private int count;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<h1>Counter</h1>");
        builder.OpenElement(1, "p");
        builder.AddAttribute(2, "role", "status");
        builder.AddContent(3, $"Current count: {count}");
        builder.CloseElement();
        builder.OpenElement(4, "button");
        builder.AddAttribute(5, "onclick", EventCallback.Factory.Create(this, () => count++));
        builder.AddContent(6, "Click me");
        builder.CloseElement();
    }
}
