using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HomeCare.Web.Accounts;

/// <summary>What a device gets so that one person can work on it without the network until the working day is over.</summary>
/// <param name="Key">32 bytes that lock what is taken along. Given once; not kept here.</param>
/// <param name="Secret">32 bytes that sign the person in from this device; only their hash is kept here.</param>
/// <param name="ExpiresAt">From then on neither holds.</param>
public sealed record DevicePass(byte[] Key, byte[] Secret, DateTimeOffset ExpiresAt);

/// <summary>A device on which somebody can work without the network.</summary>
public sealed record DeviceLine(Guid DeviceId, Guid PersonId, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <summary>Which devices people have taken records along on. See docs/adr.</summary>
public sealed class DeviceBook(AccountsDatabase database, UserManager<Account> accounts, Access access, TimeProvider time)
{
    /// <summary>A pass ends at four in the morning, and holds at least this long.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(6);

    /// <summary>Gives a person's pass for a device; one given before no longer holds. Null when the account is gone.</summary>
    public async Task<DevicePass?> GiveAsync(Actor by, Guid accountId, Guid deviceId, CancellationToken ct = default)
    {
        if (await accounts.FindByIdAsync(accountId.ToString()) is not { } account)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var pass = new DevicePass(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), EndOf(now));
        await database.DevicePasses.Where(p => p.ExpiresAt < now || (p.DeviceId == deviceId && p.AccountId == account.Id)).ExecuteDeleteAsync(ct);
        database.DevicePasses.Add(new GivenPass
        {
            DeviceId = deviceId, AccountId = account.Id, TenantId = by.TenantId, PersonId = by.PersonId, SecretHash = SHA256.HashData(pass.Secret),
            Stamp = account.SecurityStamp ?? "", MadeAt = now, ExpiresAt = pass.ExpiresAt.ToUniversalTime(),
        });
        await database.SaveChangesAsync(ct);
        return pass;
    }

    /// <summary>A person's pass for a device, while it holds.</summary>
    public async Task<DeviceLine?> OneAsync(Guid accountId, Guid deviceId, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var pass = await database.DevicePasses.AsNoTracking().SingleOrDefaultAsync(p => p.DeviceId == deviceId && p.AccountId == accountId && p.ExpiresAt > now, ct);
        return pass is null ? null : Line(pass);
    }

    /// <summary>The account that a device's secret signs in; null when it signs in none, or the password was changed since.</summary>
    public async Task<Account?> AccountOfAsync(Guid deviceId, Guid personId, byte[] secret, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var pass = await database.DevicePasses.AsNoTracking().FirstOrDefaultAsync(p => p.DeviceId == deviceId && p.PersonId == personId && p.ExpiresAt > now, ct);
        return pass is not null && CryptographicOperations.FixedTimeEquals(pass.SecretHash, SHA256.HashData(secret))
            && await accounts.FindByIdAsync(pass.AccountId.ToString()) is { } account && account.SecurityStamp == pass.Stamp && !await accounts.IsLockedOutAsync(account)
            ? account : null;
    }

    /// <summary>The passes that hold: of the community for an administrator, else the person's own.</summary>
    public async Task<IReadOnlyList<DeviceLine>> ListAsync(Actor by, CancellationToken ct = default)
    {
        var (now, all) = (time.GetUtcNow(), await IsAdministratorAsync(by, ct));
        var passes = await database.DevicePasses.AsNoTracking().Where(p => p.TenantId == by.TenantId && (all || p.PersonId == by.PersonId) && p.ExpiresAt > now)
            .OrderByDescending(p => p.MadeAt).ToListAsync(ct);
        return [.. passes.Select(Line)];
    }

    /// <summary>Takes passes back: everybody's on the device for an administrator, else the person's own. What was taken along is wiped at the
    /// device's next contact.</summary>
    public async Task RevokeAsync(Actor by, Guid deviceId, CancellationToken ct = default)
    {
        var all = await IsAdministratorAsync(by, ct);
        await database.DevicePasses.Where(p => p.DeviceId == deviceId && p.TenantId == by.TenantId && (all || p.PersonId == by.PersonId)).ExecuteDeleteAsync(ct);
    }

    private static DateTimeOffset EndOf(DateTimeOffset now)
    {
        var four = JapanTime.At(JapanTime.DayOf(now), new TimeOnly(4, 0));
        return four - now >= Shortest ? four : four.AddDays(1) - now >= Shortest ? four.AddDays(1) : four.AddDays(2);
    }

    private async Task<bool> IsAdministratorAsync(Actor by, CancellationToken ct) => by.Profession == Profession.Administrator && await access.BelongsAsync(by, ct);

    private static DeviceLine Line(GivenPass pass) => new(pass.DeviceId, pass.PersonId, pass.MadeAt, pass.ExpiresAt);
}

/// <summary>A pass as it is kept.</summary>
public sealed class GivenPass
{
    internal const string Ddl =
        """
        create table if not exists identity.device_passes ("DeviceId" uuid not null, "AccountId" uuid not null, "TenantId" text not null, "PersonId" uuid not null,
            "SecretHash" bytea not null, "Stamp" text not null, "MadeAt" timestamptz not null, "ExpiresAt" timestamptz not null,
            primary key ("DeviceId", "AccountId"))
        """;

    /// <summary>The device, by the number that it gave itself.</summary>
    public Guid DeviceId { get; set; }

    /// <summary>The account that got it.</summary>
    public Guid AccountId { get; set; }

    /// <summary>The community.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The person.</summary>
    public Guid PersonId { get; set; }

    /// <summary>SHA-256 of the secret, which is random and so needs no slower hash.</summary>
    public byte[] SecretHash { get; set; } = [];

    /// <summary>The account's security stamp when it was given: a new password ends it.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>When it was given.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>Until when it holds.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
