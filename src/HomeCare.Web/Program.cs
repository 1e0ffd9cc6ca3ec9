var builder = WebApplication.CreateBuilder(args);
if (Environment.GetEnvironmentVariable("HOMECARE_URLS") is { Length: > 0 } urls)
{
    builder.WebHost.UseUrls(urls);
}

var app = builder.Build();
app.MapStaticAssets();
app.MapGet("/healthz", () => "ok");
await app.StartAsync();
#pragma warning disable RS0030 // The one line that scripts wait for.
Console.WriteLine($"Ready: {app.Urls.First()}");
#pragma warning restore RS0030
await app.WaitForShutdownAsync();
