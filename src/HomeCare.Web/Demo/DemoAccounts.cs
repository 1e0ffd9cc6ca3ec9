using HomeCare.Web.Accounts;

namespace HomeCare.Web.Demo;

/// <summary>The sign-in names of the demo community, all with the demo's one password.</summary>
public sealed class DemoAccounts(AccountBook accounts)
{
    /// <summary>Makes the accounts that are not there yet.</summary>
    /// <exception cref="InvalidOperationException">An account cannot be made.</exception>
    public async Task MakeAsync(CancellationToken ct)
    {
        foreach (var (user, personId) in DemoCommunity.SignIns)
        {
            ct.ThrowIfCancellationRequested();
            if (await accounts.CreateAsync(user, Cast.Password, Cast.Tenant, personId) is { } refusal and not "account.user_taken")
            {
                throw new InvalidOperationException($"The demo account {user} was refused: {refusal}.");
            }
        }
    }
}
