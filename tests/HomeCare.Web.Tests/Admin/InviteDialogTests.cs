using System.Net.Http.Json;
using Bunit;
using HomeCare.Organisations;
using HomeCare.People;
using HomeCare.Web.Accounts;
using HomeCare.Web.Admin;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Admin;

/// <summary>An administrator invites somebody: one dialog, a person with a place, an account, and a password shown once.</summary>
public sealed class InviteDialogTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Admin = Town.Of(Profession.Administrator);
    private static readonly Guid Station = Town.Of(Profession.Nurse).OrganisationId!.Value;

    private async Task<IReadOnlyList<Member>> NamedAsync(string name) =>
        [.. (await host.Services.GetRequiredService<PeopleReader>().MembersAsync(Admin, TestContext.Current.CancellationToken)).Where(m => m.Name == name)];

    private static void Fill(IRenderedComponent<InviteDialog> page, string name, string user, Profession profession = Profession.Nurse)
    {
        page.Type("invite-name", name);
        page.Type("invite-kana", "ニイダ ハナ");
        page.Choose("invite-profession", profession);
        if (!PersonLine.IsByName(profession))
        {
            page.Choose("invite-organisation", Station);
        }

        page.Type("invite-user", user);
    }

    [Fact]
    public async Task who_is_invited_has_a_place_and_signs_in_with_the_password_that_was_shown()
    {
        await using var pages = new LivePages(host, Admin);
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        Fill(page, "新田 花", "ns.nitta");
        await page.SendAsync();

        var password = page.WaitForElement("[data-handed=password]", LivePages.Patience).TextContent;
        page.Find("[data-handed=user]").TextContent.ShouldBe("ns.nitta");
        password.Length.ShouldBeGreaterThanOrEqualTo(AccountBook.ShortestPassword);
        using var client = await host.SignInAsync("ns.nitta", password);
        var me = await client.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/api/me", TestContext.Current.CancellationToken);
        me!["profession"]!.GetValue<string>().ShouldBe("nurse");
        (await NamedAsync("新田 花")).ShouldHaveSingleItem().Places.ShouldHaveSingleItem().ShouldBe(new MemberPlace(Station, Town.Of(Profession.Nurse).OrganisationName!, Profession.Nurse));
    }

    [Fact]
    public async Task a_relative_needs_no_organisation()
    {
        await using var pages = new LivePages(host, Admin);
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        Fill(page, "新田 文", "fm.nitta", Profession.Family);
        await page.SendAsync();
        page.WaitForElement("[data-handed=password]", LivePages.Patience);
        (await NamedAsync("新田 文")).ShouldHaveSingleItem().Places.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nurse.in", "ja", "このログイン名")]
    [InlineData("Nurse.In", "en", "This user name is taken.")]
    [InlineData("看護師", "en", "A user name holds letters, digits and . - _ @ +.")]
    public async Task a_sign_in_name_that_cannot_be_is_said_at_its_field_before_anybody_is_registered(string user, string language, string sentence)
    {
        await using var pages = new LivePages(host, Admin, language);
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        Fill(page, $"誰か {user}", user);
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("invite-user").ShouldNotBeNull(), LivePages.Patience);
        page.Wrong("invite-user")!.ShouldContain(language == "ja" ? "使" : sentence);
        page.Find("#invite-name").GetAttribute("value").ShouldBe($"誰か {user}");
        (await NamedAsync($"誰か {user}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_missing_is_said_at_each_field_and_nothing_is_sent()
    {
        await using var pages = new LivePages(host, Admin, "en");
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        page.Choose("invite-profession", Profession.Pharmacist);
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("invite-name").ShouldBe("This is needed."), LivePages.Patience);
        page.Wrong("invite-organisation").ShouldBe("This is needed.");
        page.Wrong("invite-user").ShouldBe("This is needed.");
        page.Wrong("invite-profession").ShouldBeNull();
    }

    [Fact]
    public async Task two_presses_invite_once()
    {
        await using var pages = new LivePages(host, Admin);
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        Fill(page, "二度 押子", "ns.nido");
        await Task.WhenAll(page.SendAsync(), page.SendAsync());
        page.WaitForElement("[data-handed=password]", LivePages.Patience);
        (await NamedAsync("二度 押子")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_name_taken_in_the_meantime_is_changed_without_registering_the_person_again()
    {
        await using var pages = new LivePages(host, Admin);
        var page = pages.Render<InviteDialog>(p => p.Add(d => d.By, Admin));
        Fill(page, "後 取子", "ns.ato");
        // The organisation is gone when it is joined: the person is registered by then.
        page.Choose("invite-organisation", Guid.CreateVersion7());
        await page.SendAsync();
        page.WaitForElement(".banner-stop", LivePages.Patience);
        page.Find("#invite-name").HasAttribute("readonly").ShouldBeTrue();

        page.Choose("invite-organisation", Station);
        await page.SendAsync();
        page.WaitForElement("[data-handed=password]", LivePages.Patience);
        (await NamedAsync("後 取子")).ShouldHaveSingleItem().Places.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_new_password_takes_the_place_of_the_old_one_and_is_shown_once()
    {
        var person = Guid.CreateVersion7();
        await host.MustAsync(Admin, new RegisterPerson(person, "鍵 忘子", null, Profession.Family));
        var member = (await NamedAsync("鍵 忘子")).Single();
        await using var pages = new LivePages(host, Admin);
        var make = pages.Render<AccountDialog>(p => p.Add(d => d.Person, member));
        make.Type("account-user", "fm.kagi");
        await make.SendAsync();
        var first = make.WaitForElement("[data-handed=password]", LivePages.Patience).TextContent;

        var reset = pages.Render<AccountDialog>(p => p.Add(d => d.Person, member).Add(d => d.User, "fm.kagi"));
        await reset.SendAsync();
        var second = reset.WaitForElement("[data-handed=password]", LivePages.Patience).TextContent;
        second.ShouldNotBe(first);
        (await host.SignInAsync("fm.kagi", second)).Dispose();
        using var client = host.Anonymous();
        using var old = await client.PostAsJsonAsync("/api/session", new { user = "fm.kagi", password = first }, TestContext.Current.CancellationToken);
        await old.ShouldBeProblemAsync(System.Net.HttpStatusCode.Unauthorized, "session.refused");
    }

    [Fact]
    public void a_password_to_hand_over_meets_the_rules_and_never_repeats()
    {
        var some = Enumerable.Range(0, 200).Select(_ => AccountBook.NewPassword()).ToList();
        some.Distinct().Count().ShouldBe(some.Count);
        some.ShouldAllBe(p => p.Length == 19 && p.Any(char.IsAsciiDigit) && p.Any(char.IsAsciiLetterLower) && p.Contains('-'));
        some.ShouldAllBe(p => !p.Any(c => "0o1il".Contains(c)));
    }

    [Fact]
    public async Task an_organisation_is_registered_with_its_kind()
    {
        var done = false;
        await using var pages = new LivePages(host, Admin, "en");
        var page = pages.Render<OrganisationDialog>(p => p.Add(d => d.OnDone, () => done = true));
        page.Type("organisation-name", "新橋訪問看護");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("organisation-kind").ShouldBe("This is needed."), LivePages.Patience);
        page.Choose("organisation-kind", OrganisationKind.NursingStation);
        page.Type("organisation-telephone", "03-0000-9901");
        await page.SendAsync();
        page.WaitForAssertion(() => done.ShouldBeTrue(), LivePages.Patience);
        (await host.Services.GetRequiredService<PeopleReader>().OrganisationsAsync(Admin, TestContext.Current.CancellationToken))
            .ShouldContain(o => o.Name == "新橋訪問看護" && o.Kind == OrganisationKind.NursingStation && o.Telephone == "03-0000-9901");
    }

    [Fact]
    public async Task who_is_deactivated_can_no_longer_sign_in_and_a_reason_is_asked_for()
    {
        var nurse = Town.Of(Profession.Midwife, related: false);
        var member = (await NamedAsync(nurse.Name)).Single();
        var done = false;
        await using var pages = new LivePages(host, Admin, "en");
        var page = pages.Render<DeactivateDialog>(p => p.Add(d => d.Person, member).Add(d => d.OnDone, () => done = true));
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("deactivate-reason").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("deactivate-reason", "退職");
        await page.SendAsync();
        page.WaitForAssertion(() => done.ShouldBeTrue(), LivePages.Patience);
        using var client = host.Anonymous();
        using var refused = await client.PostAsJsonAsync("/api/session", new { user = Town.UserOf(nurse), password = Town.Password }, TestContext.Current.CancellationToken);
        await refused.ShouldBeProblemAsync(System.Net.HttpStatusCode.Unauthorized, "session.no_place");
    }
}
