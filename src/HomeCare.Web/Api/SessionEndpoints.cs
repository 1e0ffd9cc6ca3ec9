using HomeCare.People;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Api;

/// <summary>What signs in.</summary>
/// <param name="User">The user name.</param>
/// <param name="Password">The password.</param>
/// <param name="Code">The code of the authenticator, where the account asks for one.</param>
public sealed record SessionRequest(string User, string Password, string? Code = null);

/// <summary>Who is signed in.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name as shown beside entries.</param>
/// <param name="Profession">The profession acted under.</param>
/// <param name="OrganisationId">The organisation acted for.</param>
/// <param name="OrganisationName">Its name.</param>
/// <param name="TenantId">The community.</param>
/// <param name="Community">Its name.</param>
/// <param name="Places">All places that the person holds.</param>
/// <param name="ServerTime">The server's clock, by which a device sees how far its own is off.</param>
public sealed record Me(
    Guid PersonId, string Name, Profession Profession, Guid? OrganisationId, string? OrganisationName, string TenantId, string? Community, IReadOnlyList<Place> Places,
    DateTimeOffset ServerTime);

/// <summary>A place in the community.</summary>
public sealed record Place(Guid? OrganisationId, string? OrganisationName, Profession Profession);

/// <summary>Signing in and out, and who is signed in.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        api.MapPost("/session", SignInAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy)
            .Accepts<SessionRequest>("application/json").Produces<Me>().Refuses(400, 401, 413, 415, 429)
            .WithTags("Session").WithSummary("Sign in. Sets the session cookie.");
        api.MapDelete("/session", SignOutAsync).AllowAnonymous()
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Session").WithSummary("Sign out.");
        api.MapGet("/me", MeAsync).RequireAuthorization()
            .Produces<Me>().Refuses(401)
            .WithTags("Session").WithSummary("Who is signed in.");
    }

    private static async Task SignInAsync(HttpContext http, SignIn signIn, PeopleReader people, TimeProvider time)
    {
        if (await RequestBody.ReadAsync<SessionRequest>(http) is not { } request)
        {
            return;
        }

        var result = await signIn.BeginAsync(http, request.User, request.Password, request.Code);
        if (result.Actor is { } actor)
        {
            await http.Response.WriteAsJsonAsync(await MeOfAsync(actor, people, time, http.RequestAborted), Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, result.RefusalKey!);
        }
    }

    private static async Task SignOutAsync(HttpContext http, SignIn signIn)
    {
        await signIn.EndAsync(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task MeAsync(HttpContext http, CurrentActor current, PeopleReader people, TimeProvider time)
    {
        if (await current.GetAsync() is { } actor)
        {
            await http.Response.WriteAsJsonAsync(await MeOfAsync(actor, people, time, http.RequestAborted), Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
    }

    internal static async Task<Me> MeOfAsync(Actor actor, PeopleReader people, TimeProvider time, CancellationToken ct)
    {
        var places = await people.ActorsAsync(actor.TenantId, actor.PersonId, ct);
        return new Me(
            actor.PersonId, actor.Name, actor.Profession, actor.OrganisationId, actor.OrganisationName, actor.TenantId,
            await people.CommunityAsync(actor.TenantId, ct), [.. places.Select(p => new Place(p.OrganisationId, p.OrganisationName, p.Profession))],
            time.GetUtcNow());
    }
}
