using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace HomeCare.Web.Accounts;

/// <summary>Who is signed in on this circuit or this request.</summary>
public sealed class CurrentActor(AuthenticationStateProvider state)
{
    private ClaimsPrincipal? principal;

    /// <summary>The signed-in person under the place chosen at sign-in; null when nobody is signed in.</summary>
    public async Task<Actor?> GetAsync() => ActorClaims.ActorOf(principal ?? (await state.GetAuthenticationStateAsync()).User);

    /// <summary>The signed-in person.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; a page that asks this must require sign-in.</exception>
    public async Task<Actor> RequireAsync() => await GetAsync() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>A request knows its own principal; only a circuit must ask.</summary>
    internal void Use(ClaimsPrincipal of) => principal = of;
}
