namespace HomeCare.Web.Accounts;

/// <summary>Where pages hand in what concerns accounts, as the administrator who is signed in. Each act opens the book anew: a page lives for
/// hours, and what it had read of an account would be stale by then.</summary>
public sealed class AccountDesk(IServiceScopeFactory scopes, CurrentActor current)
{
    /// <inheritdoc cref="AccountBook.CheckNameAsync"/>
    public Task<string?> CheckNameAsync(string user) => DoAsync((book, by) => book.CheckNameAsync(by, user));

    /// <inheritdoc cref="AccountBook.CreateAsync(Actor, string, string, Guid)"/>
    public Task<string?> CreateAsync(string user, string password, Guid personId) => DoAsync((book, by) => book.CreateAsync(by, user, password, personId));

    /// <inheritdoc cref="AccountBook.ResetPasswordAsync"/>
    public Task<string?> ResetPasswordAsync(string user, string password) => DoAsync((book, by) => book.ResetPasswordAsync(by, user, password));

    /// <inheritdoc cref="AccountBook.ListAsync"/>
    public async Task<IReadOnlyList<AccountLine>> ListAsync(Actor by, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountBook>().ListAsync(by, ct);
    }

    private async Task<string?> DoAsync(Func<AccountBook, Actor, Task<string?>> act)
    {
        if (await current.GetAsync() is not { } by)
        {
            return "session.missing";
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<AccountBook>(), by);
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            return "store.unavailable";
        }
    }
}
