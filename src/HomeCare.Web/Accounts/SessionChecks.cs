using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HomeCare.Web.Accounts;

/// <summary>Asks again, every <see cref="Every"/>, whether a session still stands: the account, its password, its place in the community.</summary>
/// <remarks>Records are safe without it, because every read and every command asks the community's records itself.</remarks>
public sealed class CookieCheck(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<Account> signIn, ILoggerFactory loggers, ActorClaims claims)
    : SecurityStampValidator<Account>(options, signIn, loggers)
{
    /// <summary>How long a lost place may go unnoticed by a session.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task SecurityStampVerified(Account user, CookieValidatePrincipalContext context)
    {
        if (await claims.RenewedAsync(user, context.Principal!, context.HttpContext.RequestAborted) is { } renewed)
        {
            context.ReplacePrincipal(renewed);
            context.ShouldRenew = true;
        }
        else
        {
            context.RejectPrincipal();
        }
    }
}

/// <summary>The same for an open page, which sends no requests.</summary>
public sealed class CircuitCheck(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => CookieCheck.Every;

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await StandsAsync(scope.ServiceProvider, authenticationState.User, cancellationToken);
    }

    /// <summary>Whether the session of a principal still stands. A database that is away ends no session.</summary>
    internal static async Task<bool> StandsAsync(IServiceProvider services, ClaimsPrincipal principal, CancellationToken ct)
    {
        try
        {
            return await services.GetRequiredService<SignInManager<Account>>().ValidateSecurityStampAsync(principal) is { } account
                && await services.GetRequiredService<ActorClaims>().RenewedAsync(account, principal, ct) is not null;
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            return true;
        }
    }
}
