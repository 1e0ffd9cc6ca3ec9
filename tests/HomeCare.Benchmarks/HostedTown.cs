using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using HomeCare.Testing;

namespace HomeCare.Benchmarks;

/// <summary>The published host, as a process of its own, on the demo community, and a nurse's session.</summary>
internal sealed class HostedTown : IAsyncDisposable
{
    internal const string Password = "demo-homecare-2026";

    private HostedTown(BenchDatabase database, PublishedHost host, Probe probe, HttpClient http, string cookie, Actor nurse)
    {
        (Database, Host, Probe, Http, Cookie) = (database, host, probe, http, cookie);
        Town = new(database.Db, nurse);
    }

    public BenchDatabase Database { get; }

    public PublishedHost Host { get; }

    public Probe Probe { get; }

    /// <summary>Signed in as the nurse.</summary>
    public HttpClient Http { get; }

    /// <summary>The nurse's session.</summary>
    public string Cookie { get; }

    /// <summary>Writes into the same database from this process, as the nurse.</summary>
    public BenchTown Town { get; }

    public static async Task<HostedTown> StartAsync(BenchDatabase database)
    {
        var probe = new Probe();
        var host = await PublishedHost.StartAsync(database.ConnectionString, demo: true, probe.Environment);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var session = await http.PostAsJsonAsync("api/session", new { user = "ns.tanaka", password = Password });
        session.EnsureSuccessStatusCode();
        var cookie = session.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith("homecare-session", StringComparison.Ordinal));
        var me = (await session.Content.ReadFromJsonAsync<Me>(SomeOfIt))!;
        return new(database, host, probe, http, cookie, new Actor(me.TenantId, me.PersonId, me.Name, me.Profession, me.OrganisationId, me.OrganisationName));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Town.DisposeAsync();
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>The answer says more than is needed here.</summary>
    private static readonly JsonSerializerOptions SomeOfIt = new(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private sealed record Me(Guid PersonId, string Name, Profession Profession, Guid? OrganisationId, string? OrganisationName, string TenantId);
}
