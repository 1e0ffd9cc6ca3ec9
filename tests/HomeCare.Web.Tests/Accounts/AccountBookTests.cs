using System.Net;
using System.Net.Http.Json;
using HomeCare.People;
using HomeCare.Web.Accounts;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Accounts;

/// <summary>Accounts are made by the administrator of the community, and by nobody else.</summary>
public sealed class AccountBookTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Admin = Town.Of(Profession.Administrator);

    private async Task<T> WithAsync<T>(Func<AccountBook, Task<T>> use)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<AccountBook>());
    }

    [Theory]
    [InlineData("short-1a", "account.password_weak")]
    [InlineData("onlyletterslong", "account.password_weak")]
    [InlineData("no-digits-in-it-at-all", "account.password_weak")]
    [InlineData("demo-homecare-2026", null)]
    public async Task a_password_has_twelve_characters_of_three_kinds(string password, string? key) =>
        (await WithAsync(book => book.CreateAsync(Admin, $"u{Guid.CreateVersion7():N}", password, Town.Of(Profession.Nurse).PersonId))).ShouldBe(key);

    [Theory]
    [InlineData("nurse.in", "account.user_taken")]
    [InlineData("NURSE.IN", "account.user_taken")]
    [InlineData("看護師", "account.user_invalid")]
    [InlineData("", "account.user_invalid")]
    public async Task a_user_name_is_new_and_plain(string user, string key) =>
        (await WithAsync(book => book.CreateAsync(Admin, user, Town.Password, Town.Of(Profession.Nurse).PersonId))).ShouldBe(key);

    [Fact]
    public async Task nobody_but_an_administrator_makes_lists_or_resets_accounts()
    {
        foreach (var actor in Town.Professions.Where(p => p != Profession.Administrator).Select(p => Town.Of(p)).Append(Admin with { PersonId = Town.Of(Profession.Nurse).PersonId }))
        {
            (await WithAsync(book => book.CreateAsync(actor, $"u{Guid.CreateVersion7():N}", Town.Password, actor.PersonId))).ShouldBe("account.not_permitted");
            (await WithAsync(book => book.ResetPasswordAsync(actor, "nurse.in", Town.Password))).ShouldBe("account.not_permitted");
            (await WithAsync(book => book.ListAsync(actor))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task an_administrator_keeps_the_accounts_of_the_own_community_only()
    {
        (await WithAsync(book => book.ResetPasswordAsync(Admin, "nurse.elsewhere", Town.Password))).ShouldBe("account.unknown");
        (await WithAsync(book => book.ListAsync(Admin))).Select(a => a.User).ShouldNotContain("nurse.elsewhere");
        (await WithAsync(book => book.ListAsync(Admin))).Select(a => a.User).ShouldContain("nurse.in");
        (await WithAsync(book => book.PersonAsync(Town.Tenant, "nurse.elsewhere"))).ShouldBeNull();
        (await WithAsync(book => book.PersonAsync(Town.Tenant, "nurse.in"))).ShouldBe(Town.Of(Profession.Nurse).PersonId);
    }

    [Fact]
    public async Task an_account_is_made_only_for_a_person_of_the_own_community()
    {
        (await WithAsync(book => book.CreateAsync(Admin, $"u{Guid.CreateVersion7():N}", Town.Password, Guid.CreateVersion7()))).ShouldBe("person.unknown");
        (await WithAsync(book => book.CreateAsync(Admin, $"u{Guid.CreateVersion7():N}", Town.Password, Town.OtherNurse.PersonId))).ShouldBe("person.unknown");
    }

    [Fact]
    public async Task a_new_password_takes_the_place_of_the_old_one()
    {
        var person = Guid.CreateVersion7();
        var user = $"u{person:N}";
        await host.MustAsync(Admin, new RegisterPerson(person, "岡本 恵子", null, Profession.Family));
        await WithAsync(book => book.CreateAsync(Admin, user, Town.Password, person));
        (await WithAsync(book => book.ResetPasswordAsync(Admin, user, "weak"))).ShouldBe("account.password_weak");
        (await WithAsync(book => book.ResetPasswordAsync(Admin, user, "another-homecare-2026"))).ShouldBeNull();

        (await host.SignInAsync(user, "another-homecare-2026")).Dispose();
        using var client = host.Anonymous();
        using var old = await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password }, TestContext.Current.CancellationToken);
        await old.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.refused");
    }
}
