using System.Security.Cryptography;
using Npgsql;

namespace HomeCare.Delivery;

/// <summary>How somebody wishes to be told outside the page. By default: not at all.</summary>
/// <param name="Email">The confirmed address; null: none.</param>
/// <param name="ByEmail">Whether by e-mail.</param>
/// <param name="ByWebhook">Whether by the community's webhook.</param>
/// <param name="PendingEmail">An address that waits for its confirmation.</param>
public sealed record DeliveryPreference(string? Email, bool ByEmail, bool ByWebhook, string? PendingEmail)
{
    /// <summary>Not at all.</summary>
    public static DeliveryPreference None { get; } = new(null, false, false, null);
}

/// <summary>What an address is confirmed by: sent to it, and brought back by the person who is signed in.</summary>
public sealed record Confirmation(string TenantId, Guid PersonId, string Email, string Nonce);

/// <summary>Keeps how people wish to be told. Addresses are kept here alone: not in the log, and not in the outbox.</summary>
public sealed class DeliveryPreferences(NpgsqlDataSource database, Outbox outbox, TimeProvider time)
{
    /// <summary>The longest address (RFC 5321, section 4.5.3.1.3).</summary>
    public const int LongestEmail = 254;

    /// <summary>How long is waited before another confirmation is sent.</summary>
    public static TimeSpan BetweenConfirmations { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A person's wishes.</summary>
    public async Task<DeliveryPreference> OfAsync(string tenantId, Guid personId, CancellationToken ct = default) => await Query.RowsAsync(database,
        "select email, by_email, by_webhook, pending_email from delivery_preferences where tenant_id = $1 and person_id = $2",
        r => new DeliveryPreference(Sql.Text(r, 0), r.GetBoolean(1), r.GetBoolean(2), Sql.Text(r, 3)), ct, tenantId, personId) is [var preference] ? preference : DeliveryPreference.None;

    /// <summary>Chooses the ways. E-mail needs a confirmed address.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> ChooseAsync(Actor by, bool byEmail, bool byWebhook, CancellationToken ct = default)
    {
        var known = await OfAsync(by.TenantId, by.PersonId, ct);
        if (byEmail && known.Email is null)
        {
            return "delivery.address_unconfirmed";
        }

        await ExecuteAsync(
            """
            insert into delivery_preferences (tenant_id, person_id, by_email, by_webhook, changed_at) values ($1, $2, $3, $4, $5)
            on conflict (tenant_id, person_id) do update set by_email = excluded.by_email, by_webhook = excluded.by_webhook, changed_at = excluded.changed_at
            """,
            ct, by.TenantId, by.PersonId, byEmail, byWebhook, Sql.Instant(time.GetUtcNow()));
        return null;
    }

    /// <summary>Asks for an address to be confirmed: a message with a link goes to it. The confirmed one stays until then.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<string?> AskAsync(Actor by, string email, CancellationToken ct = default)
    {
        var address = email.Trim();
        if (!IsAddress(address))
        {
            return "delivery.address_wrong";
        }

        var now = time.GetUtcNow();
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var asked = await Query.RowsAsync(database,
            """
            insert into delivery_preferences (tenant_id, person_id, by_email, by_webhook, pending_email, pending_nonce, asked_at, changed_at) values ($1, $2, false, false, $3, $4, $5, $5)
            on conflict (tenant_id, person_id) do update set pending_email = excluded.pending_email, pending_nonce = excluded.pending_nonce, asked_at = excluded.asked_at, changed_at = excluded.changed_at
                where delivery_preferences.asked_at is null or delivery_preferences.asked_at <= $6
            returning 1
            """,
            r => r.GetInt32(0), ct, by.TenantId, by.PersonId, address, nonce, Sql.Instant(now), Sql.Instant(now - BetweenConfirmations));
        if (asked.Count == 0)
        {
            return "delivery.asked_just_now";
        }

        await outbox.AskAsync(by.TenantId, by.PersonId, nonce, ct);
        return null;
    }

    /// <summary>What the message to a pending address confirms it by; null when nothing is pending.</summary>
    public async Task<Confirmation?> PendingAsync(string tenantId, Guid personId, CancellationToken ct = default) => await Query.RowsAsync(database,
        "select pending_email, pending_nonce from delivery_preferences where tenant_id = $1 and person_id = $2 and pending_email is not null and pending_nonce is not null",
        r => new Confirmation(tenantId, personId, r.GetString(0), r.GetString(1)), ct, tenantId, personId) is [var pending] ? pending : null;

    /// <summary>Confirms the pending address, once, and by whom it was asked for.</summary>
    public async Task<bool> ConfirmAsync(Actor by, Confirmation confirmation, CancellationToken ct = default) =>
        (by.TenantId, by.PersonId) == (confirmation.TenantId, confirmation.PersonId) && await ExecuteAsync(
            """
            update delivery_preferences set email = pending_email, by_email = true, pending_email = null, pending_nonce = null, changed_at = $5
            where tenant_id = $1 and person_id = $2 and pending_email = $3 and pending_nonce = $4
            """,
            ct, by.TenantId, by.PersonId, confirmation.Email, confirmation.Nonce, Sql.Instant(time.GetUtcNow())) == 1;

    /// <summary>Forgets the address; nothing more is sent to it.</summary>
    public Task ForgetAsync(Actor by, CancellationToken ct = default) => ExecuteAsync(
        "update delivery_preferences set email = null, by_email = false, pending_email = null, pending_nonce = null, changed_at = $3 where tenant_id = $1 and person_id = $2",
        ct, by.TenantId, by.PersonId, Sql.Instant(time.GetUtcNow()));

    /// <summary>Whether it can be an address: one @, a domain with a dot, no blanks and nothing but printable ASCII.</summary>
    public static bool IsAddress(string email) =>
        email.Length is >= 6 and <= LongestEmail && email.All(c => c is > ' ' and < '\u007f' and not (',' or ';' or '<' or '>' or '"' or '(' or ')' or '\\'))
        && email.Split('@') is [{ Length: > 0 and <= 64 }, var domain] && domain.Contains('.', StringComparison.Ordinal) && !domain.StartsWith('.') && !domain.EndsWith('.');

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return await command.ExecuteNonQueryAsync(ct);
    }
}
