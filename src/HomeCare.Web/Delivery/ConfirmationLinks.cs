using System.Security.Cryptography;
using System.Text.Json;
using HomeCare.Delivery;
using Microsoft.AspNetCore.DataProtection;

namespace HomeCare.Web.Delivery;

/// <summary>The link in the message that confirms an address: sealed, for a day, and of use only to the person who asked.</summary>
public sealed class ConfirmationLinks(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("HomeCare.Delivery.Confirmation").ToTimeLimitedDataProtector();

    /// <summary>The link.</summary>
    public string Of(Uri site, Confirmation confirmation) =>
        new Uri(site, $"go/address?token={Uri.EscapeDataString(protector.Protect(JsonSerializer.Serialize(confirmation), Lasts))}").ToString();

    /// <summary>What a token says; null when it is none, or too old.</summary>
    public Confirmation? Read(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) || token.Length > 4000 ? null : JsonSerializer.Deserialize<Confirmation>(protector.Unprotect(token));
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
