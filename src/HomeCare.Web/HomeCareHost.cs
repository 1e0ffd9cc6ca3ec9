using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using HomeCare.Delivery;
using HomeCare.Interop;
using HomeCare.NursingOrders;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.Web.Accounts;
using HomeCare.Web.Demo;
using HomeCare.Web.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web;

/// <summary>The web host's life: made, prepared, serving.</summary>
public static class HomeCareHost
{
    /// <summary>How long the host waits for a database that is only starting.</summary>
    private static readonly TimeSpan DatabaseWait = TimeSpan.FromSeconds(10);

    /// <summary>Held while a node migrates.</summary>
    private const long MigrationLock = 0x4863_486F_7374; // "HcHost"

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="args">Settings as <c>--NAME=value</c>.</param>
    /// <param name="ready">Called with the first address once it listens.</param>
    /// <exception cref="CannotStart">Something that the one who starts it can mend.</exception>
    public static async Task<int> ServeAsync(string[] args, Action<string> ready)
    {
        await using var app = Composition.Build(args);
        await PrepareAsync(app.Services);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            throw new CannotStart($"The address is in use by another program: stop it, or choose another with HOMECARE_URLS. ({e.Message})");
        }
        catch (FormatException e)
        {
            throw new CannotStart($"HOMECARE_URLS is not a list of addresses such as http://localhost:5080. ({e.Message})");
        }

        ready(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Makes what is missing in the database.</summary>
    /// <exception cref="CannotStart">The database cannot be used.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct = default)
    {
        await MigrateAsync(services, ct);
        await using var scope = services.CreateAsyncScope();
        if (services.GetRequiredService<IConfiguration>()["HOMECARE_DEMO"] == "1")
        {
            await scope.ServiceProvider.GetRequiredService<DemoCommunity>().MakeAsync(scope.ServiceProvider.GetRequiredService<DemoAccounts>().MakeAsync, ct);
        }
        else
        {
            await scope.ServiceProvider.GetRequiredService<Installation>().BeginAsync(ct);
        }
    }

    /// <summary>Makes or brings up to date all tables and views, one node at a time.</summary>
    /// <exception cref="CannotStart">The database cannot be used.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct = default)
    {
        var store = services.GetRequiredService<Store>();
        await ReachAsync(store.Database, services.GetRequiredService<TimeProvider>(), ct);
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await ExecuteAsync("select pg_advisory_lock");
        try
        {
            await store.MigrateAsync(ct);
            await services.GetRequiredService<ReadMarks>().MigrateAsync(ct);
            await services.GetRequiredService<Board.BoardViews>().MigrateAsync(ct);
            await services.GetRequiredService<UnsentEntries>().MigrateAsync(ct);
            await services.GetRequiredService<WoundPhotos>().MigrateAsync(ct);
            await services.GetRequiredService<OrderFiles>().MigrateAsync(ct);
            await services.GetRequiredService<Outbox>().MigrateAsync(ct);
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AccountsDatabase>().MigrateAsync(store.Database, ct);
        }
        finally
        {
            await ExecuteAsync("select pg_advisory_unlock");
        }

        async Task ExecuteAsync(string lockOrUnlock)
        {
            await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"{lockOrUnlock}({MigrationLock})"), connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Carries out a verb of <see cref="StoreCommands"/>. Settings come from the environment.</summary>
    /// <param name="args">The verb and its options.</param>
    /// <param name="output">Takes the result.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <exception cref="CannotStart">Something that the one who starts it can mend.</exception>
    public static async Task<int> OperateAsync(string[] args, TextWriter output, TextWriter error)
    {
        WebApplication? app = null;
        try
        {
            return await StoreCommands.RunAsync(args, async ct =>
            {
                app = Composition.Build([]);
                var store = app.Services.GetRequiredService<Store>();
                if (args is ["migrate", ..])
                {
                    await MigrateAsync(app.Services, ct);
                }
                else
                {
                    await ReachAsync(store.Database, app.Services.GetRequiredService<TimeProvider>(), ct);
                }

                return store;
            }, output, error, CancellationToken.None);
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Reads files of other systems into this installation: the verb <c>import</c>. Settings come from the environment.</summary>
    /// <param name="args">Options and files.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <exception cref="CannotStart">Something that the one who starts it can mend.</exception>
    public static async Task<int> ImportAsync(string[] args, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        WebApplication? app = null;
        try
        {
            return await ImportCommand.RunAsync(args, async ct =>
            {
                app = Composition.Build([]);
                await PrepareAsync(app.Services, ct);
                return app.Services.ImportTarget();
            }, output, error, stop.Token);
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    private static ImportTarget ImportTarget(this IServiceProvider services) => new(
        services.GetRequiredService<Care>(), services.GetRequiredService<Store>(), services.GetRequiredService<TimeProvider>(),
        async (tenant, user, _) =>
        {
            await using var scope = services.CreateAsyncScope();
            var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(user);
            return account?.TenantId == tenant ? account.PersonId : null;
        },
        services.GetRequiredService<IConfiguration>()["HOMECARE_DEMO"] == "1" ? ["dr.sato", "ns.tanaka", "ph.suzuki", "cm.yamada"] : []);

    private static async Task ReachAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                if (connection.PostgreSqlVersion.Major < 15)
                {
                    throw new CannotStart(string.Create(CultureInfo.InvariantCulture,
                        $"The database is PostgreSQL {connection.PostgreSqlVersion.Major}; HomeCare needs version 15 or later."));
                }

                return;
            }
            catch (PostgresException e) when (e.SqlState is not PostgresErrorCodes.CannotConnectNow)
            {
                throw new CannotStart($"PostgreSQL refuses the connection of ConnectionStrings__HomeCare: {e.MessageText}.");
            }
            catch (NpgsqlException e) when (time.GetElapsedTime(began) >= DatabaseWait || e.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound })
            {
                throw new CannotStart(
                    $"PostgreSQL cannot be reached at the address of ConnectionStrings__HomeCare: {e.InnerException?.Message ?? e.Message}. Start it, or correct the connection string.");
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, ct);
            }
        }
    }
}
