using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HomeCare.Testing;
using HomeCare.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Tests.Support;

/// <summary>The web host on a free port, real sockets and a real database of its own: a copy of <see cref="Town"/>.</summary>
public class WebHost : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<HttpClient>>> clients = new();
    private TestDatabase database = null!;
    private WebApplication app = null!;

    internal Uri Address { get; private set; } = null!;

    internal IServiceProvider Services => app.Services;

    internal LiveFeed Feed => Services.GetRequiredService<LiveFeed>();

    internal Store Store => Services.GetRequiredService<Store>();

    internal string ConnectionString => database.ConnectionString;

    /// <summary>Settings beside the usual ones; the last of a name holds.</summary>
    internal virtual IEnumerable<string> More => [];

    protected virtual void Change(WebApplicationBuilder builder)
    {
    }

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(await Town.TemplateAsync());
        await StartAsync();
    }

    /// <summary>A new host on the same database.</summary>
    internal async Task StartAsync()
    {
        app = Composition.Build([.. Settings(database), .. More], Change);
        await HomeCareHost.PrepareAsync(app.Services);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            (await client.Value).Dispose();
        }

        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static string[] Settings(TestDatabase database) =>
    [
        $"--ConnectionStrings:HomeCare={new NpgsqlConnectionStringBuilder(database.ConnectionString) { Timezone = "Asia/Tokyo" }.ConnectionString}",
        "--HOMECARE_URLS=http://127.0.0.1:0", "--HOMECARE_DEMO=0", "--HOMECARE_TIMERS=0", "--HOMECARE_SIGN_INS_PER_MINUTE=100000", "--environment=Development",
        "--Logging:LogLevel:Default=Warning",
    ];

    /// <summary>A client without a session.</summary>
    internal HttpClient Anonymous() => new(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client signed in as somebody of the town; shared.</summary>
    internal Task<HttpClient> AsAsync(Actor actor) => clients.GetOrAdd(Town.UserOf(actor), user => new(() => SignInAsync(user))).Value;

    internal Task<HttpClient> AsAsync(Profession profession, bool related = true) => AsAsync(Town.Of(profession, related));

    /// <summary>A client with a session of its own.</summary>
    internal async Task<HttpClient> SignInAsync(string user, string password = Town.Password)
    {
        var client = Anonymous();
        using var response = await client.PostAsJsonAsync("/api/session", new { user, password });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The cookie goes by hand, so that the same client can be asked what it sends.
        client.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First());
        return client;
    }

    /// <summary>Does a command as somebody, past HTTP; it must be done.</summary>
    internal async Task<Outcome.Done> MustAsync<TState>(Actor by, ICommand<TState> command) where TState : class, IState<TState> =>
        (await Services.GetRequiredService<Care>().DoAsync(new CommandContext(by, Guid.CreateVersion7()), command)).ShouldBeOfType<Outcome.Done>();
}

internal static class Http
{
    /// <summary>Sends a command.</summary>
    public static Task<HttpResponseMessage> CommandAsync(this HttpClient client, string name, object body, Guid? id = null, string? language = null)
    {
        var text = body as string ?? JsonSerializer.Serialize(body, Json.Options);
        return client.CommandAsync(name, Encoding.UTF8.GetBytes(text), (id ?? Guid.CreateVersion7()).ToString(), language);
    }

    public static async Task<HttpResponseMessage> CommandAsync(
        this HttpClient client, string name, byte[] body, string? id, string? language = null, string? contentType = "application/json", bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/commands/{name}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (id is not null)
        {
            request.Headers.Add("Idempotency-Key", id);
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The answer is a problem of this status and key; gives it.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string key)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem["key"]?.GetValue<string>().ShouldBe(key);
        problem["status"]?.GetValue<int>().ShouldBe((int)status);
        problem["type"]?.GetValue<string>().ShouldBe($"urn:homecare:problem:{key}");
        problem["title"]?.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }
}
