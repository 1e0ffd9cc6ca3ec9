using System.Text.Encodings.Web;
using System.Text.Unicode;
using HomeCare.Communities;
using HomeCare.Cover;
using HomeCare.Delivery;
using HomeCare.EventStore;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Web.Accounts;
using HomeCare.Web.Demo;
using HomeCare.Web.Api;
using HomeCare.Web.Delivery;
using HomeCare.Web.Live;
using HomeCare.Web.Operations;
using HomeCare.Web.Shell;
using HomeCare.Web.Visits;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Npgsql;
using Radzen;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web;

/// <summary>What the host is made of.</summary>
public static class Composition
{
    /// <summary>Makes the host; nothing is started and no database is asked.</summary>
    /// <param name="args">Settings as <c>--NAME=value</c>; the environment gives the others.</param>
    /// <exception cref="CannotStart">A setting is missing or wrong.</exception>
    public static WebApplication Build(string[] args) => Build(args, change: null);

    /// <inheritdoc cref="Build(string[])"/>
    /// <param name="args">Settings.</param>
    /// <param name="change">What a test does otherwise.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Composition).Assembly.GetName().Name });
        builder.WebHost.UseUrls((builder.Configuration["HOMECARE_URLS"] ?? "http://localhost:5080").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.LongestSwallowed;
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // A refused watch is an answer, not a failure: HubFailures logs the others. Keys lie in the database, whose keeper guards them.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        var (database, address) = DatabaseOf(builder.Configuration);
        AddCare(builder.Services, database, address);
        AddOperations(builder.Services, address);
        AddDelivery(builder.Services, DeliveryOptions.Of(builder.Configuration));
        AddAccounts(builder.Services);
        AddPages(builder.Services);
        builder.Services.AddApi(builder.Configuration);
        change?.Invoke(builder);

        var app = builder.Build();
        app.UseHomeCare();
        return app;
    }

    /// <summary>The store, the one write path and the readers: one of each a process. None holds a connection between calls.</summary>
    private static void AddCare(IServiceCollection services, NpgsqlDataSource database, DatabaseAddress address)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => database);
        services.AddSingleton(new EventStoreOptions());
        services.AddSingleton(s => new Store(
            database, CareEvents.Types(), CareEvents.Views, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<EventStoreOptions>(), CareEvents.AsyncViews));
        services.AddSingleton<Commands>();
        services.AddSingleton<Access>();
        services.AddSingleton<Care>();
        services.AddSingleton<CommunityReader>();
        services.AddSingleton<PatientReader>();
        services.AddSingleton<TimelineReader>();
        services.AddSingleton<InstructionReader>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<CoverReader>();
        services.AddSingleton<InstructionDeliveries>();
        services.AddSingleton<HomeCare.Conversations.ConversationReader>();
        services.AddSingleton<HomeCare.Handovers.HandoverReader>();
        services.AddSingleton<Brief.BriefReader>();
        services.AddSingleton<Escalations>();
        services.AddSingleton<VisitReader>();
        services.AddSingleton<NursingOrderReader>();
        services.AddSingleton<WatchReader>();
        services.AddSingleton<OrderFiles>();
        services.AddSingleton(_ => new ViewsAddress(address.ConnectionString));
        services.AddSingleton<PastRecords>();
        services.AddSingleton<ReadingsReader>();
        services.AddSingleton<PeopleReader>();
        services.AddSingleton<ReadMarks>();
        services.AddSingleton<Board.BoardViews>();
        services.AddSingleton<UnsentEntries>();
        services.AddSingleton<WoundPhotos>();
        services.AddSingleton<VisitEndpoints.SheetReader>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<Shell.WaitingReader>();
        services.AddHostedService(s => s.GetRequiredService<LiveFeed>());
        services.AddHostedService<MarkListener>();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 16 * 1024;
            hub.EnableDetailedErrors = false;
            hub.AddFilter<HubFailures>();
        }).AddJsonProtocol(json => Json.Configure(json.PayloadSerializerOptions));
    }

    private static void AddOperations(IServiceCollection services, DatabaseAddress address)
    {
        services.AddSingleton(address);
        services.AddSingleton<Readiness>();
        services.AddHostedService<TelemetryExport>();
        services.AddHostedService<ProjectionsService>();
        services.AddHostedService<EscalationTimer>();
    }

    /// <summary>Telling people outside the page; where the operator has set no way, nobody works at it.</summary>
    private static void AddDelivery(IServiceCollection services, DeliveryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeliveryPreferences>();
        services.AddSingleton<ConfirmationLinks>();
        if (options.PublicUrl is not null)
        {
            services.AddSingleton<IDeliveryChannel, MailChannel>();
            services.AddSingleton<IDeliveryChannel, WebhookChannel>();
            services.AddHostedService<DeliveryService>();
        }
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddDbContext<AccountsDatabase>((s, options) => options.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Password.RequiredLength = AccountBook.ShortestPassword;
            identity.Password.RequireUppercase = false;
            identity.Lockout.AllowedForNewUsers = true;
            identity.Lockout.MaxFailedAccessAttempts = 10;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        }).AddEntityFrameworkStores<AccountsDatabase>().AddSignInManager().AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = CookieCheck.Every);
        services.AddScoped<ISecurityStampValidator, CookieCheck>();
        services.AddScoped<ActorClaims>();
        services.AddScoped<SignIn>();
        services.AddScoped<AccountBook>();
        services.AddScoped<DeviceBook>();
        services.AddScoped<Installation>();
        services.AddScoped<DemoCommunity>();
        services.AddScoped<DemoAccounts>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<Desk>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<AuthenticationStateProvider, CircuitCheck>();
        services.AddDataProtection().SetApplicationName("HomeCare");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new DataProtectionKeys(s.GetRequiredService<NpgsqlDataSource>())));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = "homecare-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
            cookie.Events.OnRedirectToLogin = context => SessionRedirects.AskAsync(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => SessionRedirects.AskAsync(context, StatusCodes.Status403Forbidden);
        });
        services.AddAuthorization();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "homecare-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddLocalization();
        // Japanese as itself, not as numbers: a third of the bytes.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuits.DetailedErrors = false;
        }).AddHubOptions(circuits => circuits.MaximumReceiveMessageSize = 512 * 1024); // What a page was drawn with comes back in one message.
        services.AddRadzenComponents();
        services.AddSheet();
        services.ConfigureLanguages();
    }

    private static (NpgsqlDataSource Source, DatabaseAddress Address) DatabaseOf(IConfiguration settings)
    {
        if (settings.GetConnectionString("HomeCare") is not { Length: > 0 } text)
        {
            throw new CannotStart("ConnectionStrings__HomeCare is not set: give the connection string of a PostgreSQL server, or use script/run, which brings one.");
        }

        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text) { ApplicationName = "HomeCare" };
            return string.IsNullOrEmpty(connection.Host)
                ? throw new CannotStart("ConnectionStrings__HomeCare names no host: write it like Host=localhost;Database=homecare;Username=homecare;Password=….")
                : (new NpgsqlDataSourceBuilder(connection.ConnectionString).Build(), new DatabaseAddress(connection.ConnectionString));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new CannotStart($"ConnectionStrings__HomeCare is not a connection string of PostgreSQL ({e.Message}): write it like Host=localhost;Database=homecare;Username=homecare;Password=….");
        }
    }
}
