using HomeCare.Communities;
using HomeCare.EventStore;
using HomeCare.People;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Accounts;

/// <summary>What only the installation itself does: found a community and give it its first administrator. See docs/adr.</summary>
public sealed class Installation(Store store, Care care, AccountBook accounts, IConfiguration settings, ILogger<Installation> log)
{
    /// <summary>The community of an installation without a demo, unless HOMECARE_TENANT says otherwise.</summary>
    public const string DefaultTenant = "main";

    /// <summary>The user name of the first administrator.</summary>
    public const string FirstUser = "admin";

    /// <summary>The community that this installation serves.</summary>
    public static string TenantOf(IConfiguration settings) =>
        settings["HOMECARE_TENANT"] is { Length: > 0 } given ? given : settings["HOMECARE_DEMO"] == "1" ? "minato" : DefaultTenant;

    /// <summary>Founds a community unless it is there.</summary>
    public Task FoundAsync(string tenantId, string name, CancellationToken ct = default) => FoundAsync(store, tenantId, name, null, ct);

    /// <summary>Founds a community unless it is there.</summary>
    /// <param name="store">Where.</param>
    /// <param name="tenantId">Its key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="recordedAt">Recorded time, for one that is told from earlier on; null: now.</param>
    /// <param name="ct">Cancels the wait.</param>
    public static async Task FoundAsync(Store store, string tenantId, string name, DateTimeOffset? recordedAt, CancellationToken ct = default) =>
        await store.AppendAsync(
            new Append(tenantId, [new StreamAppend(Community.Stream, Community.StreamType, ExpectedVersion.New, [new CommunityFounded(name)])]) { RecordedAt = recordedAt }, ct);

    /// <summary>Gives an installation that has no account its first administrator, with the password of HOMECARE_ADMIN_PASSWORD.</summary>
    /// <exception cref="CannotStart">The password is too weak.</exception>
    public async Task BeginAsync(CancellationToken ct = default)
    {
        if (!await accounts.IsEmptyAsync(ct))
        {
            return;
        }

        if (settings["HOMECARE_ADMIN_PASSWORD"] is not { Length: > 0 } password)
        {
            log.LogWarning(
                "Nobody can sign in yet. Set HOMECARE_ADMIN_PASSWORD (at least {Length} characters) and start again: the user {User} is made with it",
                AccountBook.ShortestPassword, FirstUser);
            return;
        }

        var tenant = TenantOf(settings);
        await FoundAsync(tenant, settings["HOMECARE_COMMUNITY"] is { Length: > 0 } name ? name : "HomeCare", ct);
        var person = Ids.Of("first-administrator", tenant);
        await care.DoAsync(
            new CommandContext(Actor.Importing(tenant, "setup"), Ids.Of("first-administrator-command", tenant)),
            new RegisterPerson(person, "管理者", null, Profession.Administrator), ct);
        if (await accounts.CreateAsync(FirstUser, password, tenant, person) is { } refusal)
        {
            throw new CannotStart(refusal == "account.password_weak"
                ? $"HOMECARE_ADMIN_PASSWORD is too weak: use at least {AccountBook.ShortestPassword} characters with letters, digits and signs."
                : $"The first administrator could not be made ({refusal}).");
        }

        log.LogInformation("The first administrator was made: user {User}", FirstUser);
    }
}
