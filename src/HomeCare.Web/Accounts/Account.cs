using Microsoft.AspNetCore.Identity;

namespace HomeCare.Web.Accounts;

/// <summary>What somebody signs in with. Who they are and what they may do is on record in the community, not here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The community it belongs to.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The person it stands for.</summary>
    public Guid PersonId { get; set; }
}
