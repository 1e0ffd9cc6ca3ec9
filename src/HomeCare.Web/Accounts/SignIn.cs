using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace HomeCare.Web.Accounts;

/// <summary>How a try to sign in went.</summary>
/// <param name="Actor">Who is signed in now; null when refused.</param>
/// <param name="RefusalKey">Why it was refused.</param>
public readonly record struct SignInResult(Actor? Actor, string? RefusalKey);

/// <summary>Begins and ends sessions, for the page and for the API.</summary>
public sealed class SignIn(UserManager<Account> accounts, ActorClaims claims, ILogger<SignIn> log)
{
    /// <summary>A longer password is not worth the time that hashing it takes.</summary>
    private const int LongestPassword = 256;

    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), Guid.CreateVersion7().ToString());

    /// <summary>Signs in by password, and by code where the account asks for one. Sets the session cookie.</summary>
    /// <param name="http">The request that asks.</param>
    /// <param name="user">The user name; case makes no difference.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The code that the authenticator shows, where the account has one.</param>
    public async Task<SignInResult> BeginAsync(HttpContext http, string? user, string? password, string? code)
    {
        if (!IsPlausible(user, 256) || !IsPlausible(password, LongestPassword) || await accounts.FindByNameAsync(user!) is not { } account)
        {
            // As slow as a wrong password, so that names cannot be told apart by the clock.
            accounts.PasswordHasher.VerifyHashedPassword(new Account(), NobodysHash, password is { Length: <= LongestPassword } ? password : "");
            log.LogInformation("Sign-in refused: no such account");
            return new(null, "session.refused");
        }

        if (await accounts.IsLockedOutAsync(account))
        {
            log.LogWarning("Sign-in refused: account {Account} is locked", account.Id);
            return new(null, "session.locked");
        }

        if (!await accounts.CheckPasswordAsync(account, password!))
        {
            return await FailedAsync(account, "session.refused");
        }

        if (await accounts.GetTwoFactorEnabledAsync(account))
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                return new(null, "session.code_missing");
            }

            var digits = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
            if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, digits))
            {
                return await FailedAsync(account, "session.code_wrong");
            }
        }

        await accounts.ResetAccessFailedCountAsync(account);
        return await OpenAsync(http, account, organisationId: null) is { } actor ? new(actor, null) : new(null, "session.no_place");
    }

    /// <summary>Signs in an account whose device has shown its secret. Sets the session cookie.</summary>
    public async Task<SignInResult> BeginAsync(HttpContext http, Account account) =>
        await OpenAsync(http, account, organisationId: null) is { } actor ? new(actor, null) : new(null, "session.no_place");

    /// <summary>Goes on under another place that the signed-in person holds. False when they do not hold it.</summary>
    public async Task<bool> ChangePlaceAsync(HttpContext http, Guid organisationId) =>
        await accounts.GetUserAsync(http.User) is { } account && await OpenAsync(http, account, organisationId) is not null;

    /// <summary>Ends the session.</summary>
    public async Task EndAsync(HttpContext http)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account)
        {
            log.LogInformation("Account {Account} signed out", account);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private async Task<Actor?> OpenAsync(HttpContext http, Account account, Guid? organisationId)
    {
        if (await claims.PrincipalAsync(account, organisationId, http.RequestAborted) is not { } principal)
        {
            log.LogWarning("Sign-in refused: account {Account} holds no such place", account.Id);
            return null;
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal);
        log.LogInformation("Account {Account} signed in", account.Id);
        return ActorClaims.ActorOf(principal);
    }

    private async Task<SignInResult> FailedAsync(Account account, string key)
    {
        await accounts.AccessFailedAsync(account);
        log.LogWarning("Sign-in of account {Account} refused: {Reason}", account.Id, key);
        return new(null, await accounts.IsLockedOutAsync(account) ? "session.locked" : key);
    }

    private static bool IsPlausible(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && !text.Contains('\0', StringComparison.Ordinal) && IsWellFormed(text);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
