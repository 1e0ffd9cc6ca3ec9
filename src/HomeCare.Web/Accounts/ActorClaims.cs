using System.Security.Claims;
using HomeCare.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HomeCare.Web.Accounts;

/// <summary>What the session cookie says of a person, made from what the community has on record at that moment.</summary>
public sealed class ActorClaims(PeopleReader people, IOptions<IdentityOptions> options)
{
    internal const string Tenant = "tenant";
    internal const string Person = "person";
    internal const string Name = "name";
    internal const string Profession = "profession";
    internal const string Organisation = "organisation";
    internal const string OrganisationName = "organisation_name";

    /// <summary>Who a principal stands for; null when nobody is signed in, or when the claims are incomplete.</summary>
    public static Actor? ActorOf(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true
            || principal.FindFirstValue(Tenant) is not { Length: > 0 } tenant
            || !Guid.TryParse(principal.FindFirstValue(Person), out var person)
            || !Enum.TryParse<HomeCare.Profession>(principal.FindFirstValue(Profession), out var profession))
        {
            return null;
        }

        Guid? organisation = Guid.TryParse(principal.FindFirstValue(Organisation), out var id) ? id : null;
        return new Actor(tenant, person, principal.FindFirstValue(Name) ?? "", profession, organisation, principal.FindFirstValue(OrganisationName));
    }

    /// <summary>The principal of an account under the first place its person holds, or the one asked for; null when there is none.</summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(Account account, Guid? organisationId = null, CancellationToken ct = default)
    {
        var places = await people.ActorsAsync(account.TenantId, account.PersonId, ct);
        var place = organisationId is { } wanted ? places.FirstOrDefault(p => p.OrganisationId == wanted) : places is [var first, ..] ? first : null;
        return place is null ? null : PrincipalOf(account, place);
    }

    /// <summary>The principal of an account under the place it was signed in with; null when that place is gone.</summary>
    public async Task<ClaimsPrincipal?> RenewedAsync(Account account, ClaimsPrincipal principal, CancellationToken ct = default)
    {
        if (ActorOf(principal) is not { } before)
        {
            return null;
        }

        var places = await people.ActorsAsync(account.TenantId, account.PersonId, ct);
        var place = places.FirstOrDefault(p => p.OrganisationId == before.OrganisationId && p.Profession == before.Profession);
        return place is null ? null : PrincipalOf(account, place);
    }

    private ClaimsPrincipal PrincipalOf(Account account, Actor place)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        void Add(string type, string? value)
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(type, value));
            }
        }

        Add(ClaimTypes.NameIdentifier, account.Id.ToString());
        Add(ClaimTypes.Name, account.UserName);
        Add(options.Value.ClaimsIdentity.SecurityStampClaimType, account.SecurityStamp);
        Add(Tenant, place.TenantId);
        Add(Person, place.PersonId.ToString());
        Add(Name, place.Name);
        Add(Profession, place.Profession.ToString());
        Add(Organisation, place.OrganisationId?.ToString());
        Add(OrganisationName, place.OrganisationName);
        return new ClaimsPrincipal(identity);
    }
}
