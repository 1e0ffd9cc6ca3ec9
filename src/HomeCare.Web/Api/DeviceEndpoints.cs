using System.Security.Claims;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Api;

/// <summary>What signs in from a device that the person has taken records along on.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="PersonId">The person.</param>
/// <param name="Secret">The secret of the person's pass, as the device got it.</param>
public sealed record DeviceSessionRequest(Guid DeviceId, Guid PersonId, byte[] Secret);

/// <summary>What waits refused on a device.</summary>
/// <param name="Entries">All of the person's, at most 500.</param>
public sealed record UnsentReport(IReadOnlyList<UnsentEntry> Entries);

/// <summary>Devices on which people work without the network.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        var devices = api.MapGroup("/devices").RequireAuthorization().WithTags("Devices");
        devices.MapGet("", ListAsync).Produces<IReadOnlyList<DeviceLine>>().Refuses(401)
            .WithSummary("Devices on which I can work without the network; for an administrator, on which anybody can.");
        devices.MapGet("/{id:guid}", OneAsync).Produces<DeviceLine>().Refuses(401, 404)
            .WithSummary("My pass for a device. 404: there is none, and what was taken along there must go.");
        devices.MapPost("/{id:guid}/pass", GiveAsync).Produces<DevicePass>().Refuses(400, 401)
            .WithSummary("A pass for a device until four in the morning: the key of what is taken along, and a secret that signs me in from there.");
        devices.MapDelete("/{id:guid}", RevokeAsync).Produces(StatusCodes.Status204NoContent).Refuses(401)
            .WithSummary("Take my pass for a device back; an administrator takes everybody's back.");
        devices.MapPut("/{id:guid}/unsent", ReportAsync).Accepts<UnsentReport>("application/json").Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 413, 415, 422)
            .WithSummary("What waits refused on a device, of mine, so that the office sees it. It takes the place of the report before.");
        api.MapGet("/unsent", UnsentAsync).RequireAuthorization().Produces<IReadOnlyList<UnsentLine>>().Refuses(401)
            .WithTags("Devices").WithSummary("What waits refused on devices: mine and my organisation's.");
        api.MapPost("/session/device", SignInAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy)
            .Accepts<DeviceSessionRequest>("application/json").Produces<Me>().Refuses(400, 401, 413, 415, 429)
            .WithTags("Session").WithSummary("Sign in from a device by its secret. Sets the session cookie.");
    }

    private static async Task ListAsync(HttpContext http, CurrentActor current, DeviceBook devices)
    {
        if (await WhoAsync(http, current) is { } by)
        {
            await http.Response.WriteAsJsonAsync(await devices.ListAsync(by, http.RequestAborted), Json.Options, http.RequestAborted);
        }
    }

    private static async Task OneAsync(HttpContext http, Guid id, CurrentActor current, DeviceBook devices)
    {
        if (await WhoAsync(http, current) is null)
        {
            return;
        }

        if (AccountOf(http) is { } account && await devices.OneAsync(account, id, http.RequestAborted) is { } line)
        {
            await http.Response.WriteAsJsonAsync(line, Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "session.device_ended");
        }
    }

    private static async Task GiveAsync(HttpContext http, Guid id, CurrentActor current, DeviceBook devices)
    {
        if (await WhoAsync(http, current) is not { } by)
        {
            return;
        }

        if (!http.Request.Headers.ContainsKey(CommandEndpoints.IdHeader))
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "command.id_missing");
        }
        else if (AccountOf(http) is { } account && await devices.GiveAsync(by, account, id, http.RequestAborted) is { } pass)
        {
            await http.Response.WriteAsJsonAsync(pass, Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
    }

    private static async Task RevokeAsync(HttpContext http, Guid id, CurrentActor current, DeviceBook devices)
    {
        if (await WhoAsync(http, current) is { } by)
        {
            await devices.RevokeAsync(by, id, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task ReportAsync(HttpContext http, Guid id, CurrentActor current, UnsentEntries unsent)
    {
        if (await WhoAsync(http, current) is not { } by || await RequestBody.ReadAsync<UnsentReport>(http) is not { } report)
        {
            return;
        }

        if (report.Entries.Count > UnsentEntries.Most || report.Entries.Any(e => e.Command.Length > 100 || e.Reason.Length > 100 || (e.Command + e.Reason).Any(char.IsControl)))
        {
            await Problems.WriteAsync(http, new Outcome.Invalid([new FieldError("entries", "request.bad", [])]));
            return;
        }

        await unsent.ReportAsync(by, id, report.Entries, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task UnsentAsync(HttpContext http, CurrentActor current, UnsentEntries unsent)
    {
        if (await WhoAsync(http, current) is { } by)
        {
            await http.Response.WriteAsJsonAsync(await unsent.ListAsync(by, http.RequestAborted), Json.Options, http.RequestAborted);
        }
    }

    private static async Task SignInAsync(HttpContext http, DeviceBook devices, SignIn signIn, PeopleReader people, TimeProvider time)
    {
        if (await RequestBody.ReadAsync<DeviceSessionRequest>(http) is not { } request)
        {
            return;
        }

        var result = await devices.AccountOfAsync(request.DeviceId, request.PersonId, request.Secret, http.RequestAborted) is { } account
            ? await signIn.BeginAsync(http, account)
            : new SignInResult(null, "session.device_ended");
        if (result.Actor is { } actor)
        {
            await http.Response.WriteAsJsonAsync(await SessionEndpoints.MeOfAsync(actor, people, time, http.RequestAborted), Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, result.RefusalKey!);
        }
    }

    private static Guid? AccountOf(HttpContext http) => Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private static async Task<Actor?> WhoAsync(HttpContext http, CurrentActor current)
    {
        if (await current.GetAsync() is { } by)
        {
            return by;
        }

        await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        return null;
    }
}
