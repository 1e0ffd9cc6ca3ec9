using System.Security.Cryptography;
using HomeCare.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HomeCare.Web.Accounts;

/// <summary>An account as an administrator sees it.</summary>
/// <param name="PersonId">The person it stands for.</param>
/// <param name="User">The name to sign in with.</param>
/// <param name="TwoFactor">Whether a code is asked for.</param>
/// <param name="Locked">Whether sign-in is locked at the moment.</param>
public sealed record AccountLine(Guid PersonId, string User, bool TwoFactor, bool Locked);

/// <summary>The accounts of the installation: made, listed, given a new password.</summary>
public sealed class AccountBook(UserManager<Account> accounts, PeopleReader people, Access access, TimeProvider time)
{
    /// <summary>The shortest password.</summary>
    public const int ShortestPassword = 12;

    /// <summary>Makes an account, without asking who asks: for the installation itself.</summary>
    /// <param name="user">The name to sign in with; unique in the installation.</param>
    /// <param name="password">At least <see cref="ShortestPassword"/> characters, with letters, digits and signs.</param>
    /// <param name="tenantId">The community.</param>
    /// <param name="personId">A person registered there.</param>
    /// <returns>Null when made, else the key of the refusal.</returns>
    public async Task<string?> CreateAsync(string user, string password, string tenantId, Guid personId)
    {
        var account = new Account { Id = Guid.CreateVersion7(), UserName = user, TenantId = tenantId, PersonId = personId, LockoutEnabled = true };
        return KeyOf(await accounts.CreateAsync(account, password));
    }

    /// <summary>A password to hand over: four groups of four letters and digits that are not mistaken for one another, about 79 bits of chance.</summary>
    public static string NewPassword()
    {
        string password;
        do
        {
            password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 4)));
        }
        while (!password.Any(char.IsAsciiDigit) || !password.Any(char.IsAsciiLetter));

        return password;
    }

    /// <summary>Why no account can have this name, asked before its person is registered.</summary>
    /// <returns>Null when one can, else the key of the refusal.</returns>
    public async Task<string?> CheckNameAsync(Actor by, string user)
    {
        if (await RefusalAsync(by) is { } refusal)
        {
            return refusal;
        }

        var account = new Account { Id = Guid.CreateVersion7(), UserName = user, TenantId = by.TenantId };
        foreach (var rule in accounts.UserValidators)
        {
            if (KeyOf(await rule.ValidateAsync(accounts, account)) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Makes an account for a person of the administrator's own community.</summary>
    /// <returns>Null when made, else the key of the refusal.</returns>
    public async Task<string?> CreateAsync(Actor by, string user, string password, Guid personId)
    {
        if (await RefusalAsync(by) is { } refusal)
        {
            return refusal;
        }

        return (await people.MembersAsync(by)).Any(m => m.PersonId == personId && m.Active)
            ? await CreateAsync(user, password, by.TenantId, personId)
            : "person.unknown";
    }

    /// <summary>Gives a person's account a new password and ends its sessions.</summary>
    /// <returns>Null when done, else the key of the refusal.</returns>
    public async Task<string?> ResetPasswordAsync(Actor by, string user, string password)
    {
        if (await RefusalAsync(by) is { } refusal)
        {
            return refusal;
        }

        if (await accounts.FindByNameAsync(user) is not { } account || account.TenantId != by.TenantId)
        {
            return "account.unknown";
        }

        var key = KeyOf(await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), password));
        if (key is null)
        {
            await accounts.SetLockoutEndDateAsync(account, null);
            await accounts.ResetAccessFailedCountAsync(account);
        }

        return key;
    }

    /// <summary>The accounts of the administrator's community; none for others.</summary>
    public async Task<IReadOnlyList<AccountLine>> ListAsync(Actor by, CancellationToken ct = default)
    {
        if (await RefusalAsync(by) is not null)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var rows = await accounts.Users.AsNoTracking().Where(a => a.TenantId == by.TenantId).OrderBy(a => a.NormalizedUserName)
            .Select(a => new { a.PersonId, a.UserName, a.TwoFactorEnabled, a.LockoutEnd }).ToListAsync(ct);
        return [.. rows.Select(a => new AccountLine(a.PersonId, a.UserName ?? "", a.TwoFactorEnabled, a.LockoutEnd > now))];
    }

    /// <summary>The person behind a sign-in name of a community; null when there is no such account.</summary>
    public async Task<Guid?> PersonAsync(string tenantId, string user) =>
        await accounts.FindByNameAsync(user) is { } account && account.TenantId == tenantId ? account.PersonId : null;

    /// <summary>Whether there is no account at all yet.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken ct = default) => !await accounts.Users.AnyAsync(ct);

    private async Task<string?> RefusalAsync(Actor by) =>
        by.Profession == Profession.Administrator && await access.BelongsAsync(by) ? null : "account.not_permitted";

    private static string? KeyOf(IdentityResult result) => result.Errors.FirstOrDefault()?.Code switch
    {
        null => null,
        nameof(IdentityErrorDescriber.DuplicateUserName) => "account.user_taken",
        nameof(IdentityErrorDescriber.InvalidUserName) => "account.user_invalid",
        var code when code.StartsWith("Password", StringComparison.Ordinal) => "account.password_weak",
        _ => "error.unknown",
    };
}
