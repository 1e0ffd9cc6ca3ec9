using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using HomeCare.People;
using HomeCare.Web.Accounts;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Accounts;

/// <summary>Signing in and out, by the API and by the page.</summary>
public sealed class SessionTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Admin = Town.Of(Profession.Administrator);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(string User, Guid Person)> NewAccountAsync(Profession profession = Profession.Nurse, Guid? organisation = null)
    {
        var person = Guid.CreateVersion7();
        var user = $"u{person:N}";
        await host.MustAsync(Admin, new RegisterPerson(person, "新人 花子", null, profession));
        if (organisation is { } id)
        {
            await host.MustAsync(Admin, new JoinOrganisation(person, id, profession));
        }

        await using var scope = host.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<AccountBook>().CreateAsync(Admin, user, Town.Password, person)).ShouldBeNull();
        return (user, person);
    }

    private static Guid Station => Town.Of(Profession.Nurse).OrganisationId!.Value;

    [Fact]
    public async Task the_right_password_gives_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var client = host.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/session", new { user = "NURSE.IN", password = Town.Password }, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("homecare-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        (await response.JsonAsync())["profession"]!.GetValue<string>().ShouldBe("nurse");
    }

    [Theory]
    [InlineData("nurse.in", "wrong-password-1")]
    [InlineData("nobody", Town.Password)]
    [InlineData("", "")]
    [InlineData("nurse.in\0", Town.Password)]
    [InlineData("nurse.in", "\0")]
    public async Task a_wrong_name_and_a_wrong_password_are_refused_alike(string user, string password)
    {
        using var client = host.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/session", new { user, password }, Ct);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.refused");
        problem["title"]!.GetValue<string>().ShouldBe("サインインできません。利用者名とパスワードを確かめてください。");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\"user\":\"x\"}")]
    [InlineData("{\"user\":1,\"password\":\"y\"}")]
    [InlineData("{\"user\":\"x\",\"password\":\"y\",\"extra\":1}")]
    [InlineData("{\"user\":\"\\ud800\",\"password\":\"y\"}")]
    [InlineData("{\"user\":null,\"password\":\"y\"}")]
    [InlineData("{")]
    public async Task a_crooked_body_is_refused(string body)
    {
        using var client = host.Anonymous();
        using var response = await client.PostAsync("/api/session", new StringContent(body, null, "application/json"), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ten_failures_lock_the_account_for_a_while_even_for_the_right_password()
    {
        var (user, _) = await NewAccountAsync(organisation: Station);
        using var client = host.Anonymous();
        for (var i = 0; i < 10; i++)
        {
            using var failed = await client.PostAsJsonAsync("/api/session", new { user, password = $"wrong-password-{i}" }, Ct);
            failed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        await (await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.locked");
    }

    [Fact]
    public async Task an_account_without_a_place_in_the_community_does_not_sign_in()
    {
        var (user, _) = await NewAccountAsync(organisation: null);
        using var client = host.Anonymous();
        await (await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.no_place");
    }

    [Fact]
    public async Task after_signing_out_the_browser_holds_no_session()
    {
        using var client = host.Anonymous();
        await client.PostAsJsonAsync("/api/session", new { user = "nurse.in", password = Town.Password }, Ct);
        (await client.GetAsync("/api/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DeleteAsync("/api/session", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("/api/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_second_factor_is_asked_for_and_checked_where_the_account_has_one()
    {
        var (user, _) = await NewAccountAsync(organisation: Station);
        string key;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = (await accounts.FindByNameAsync(user))!;
            await accounts.ResetAuthenticatorKeyAsync(account);
            await accounts.SetTwoFactorEnabledAsync(account, true);
            key = (await accounts.GetAuthenticatorKeyAsync(account))!;
        }

        using var client = host.Anonymous();
        await (await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.code_missing");
        await (await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password, code = "000000" }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.code_wrong");
        await (await client.PostAsJsonAsync("/api/session", new { user, password = "wrong-password-1", code = Code(key) }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.refused");
        (await client.PostAsJsonAsync("/api/session", new { user, password = Town.Password, code = Code(key) }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task who_is_deactivated_writes_nothing_more_at_once_and_is_signed_out()
    {
        var (user, person) = await NewAccountAsync(organisation: Station);
        using var client = await host.SignInAsync(user);
        (await client.GetAsync($"/api/patients/{Town.Patient}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.MustAsync(Admin, new DeactivatePerson(person, "退職"));

        (await client.GetAsync($"/api/patients/{Town.Patient}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await client.CommandAsync("start-visit", new HomeCare.Visits.StartVisit(Guid.CreateVersion7(), Town.Patient, TimeProvider.System.GetUtcNow())))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "person.no_longer_member");
        using var again = host.Anonymous();
        await (await again.PostAsJsonAsync("/api/session", new { user, password = Town.Password }, Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.no_place");
        await using var scope = host.Services.CreateAsyncScope();
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(user))!;
        (await scope.ServiceProvider.GetRequiredService<ActorClaims>().PrincipalAsync(account, ct: Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task a_session_whose_place_or_password_changed_no_longer_stands()
    {
        var (user, person) = await NewAccountAsync(organisation: Station);
        await using var scope = host.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var claims = scope.ServiceProvider.GetRequiredService<ActorClaims>();
        var principal = (await claims.PrincipalAsync((await accounts.FindByNameAsync(user))!, ct: Ct))!;
        (await CircuitCheck.StandsAsync(scope.ServiceProvider, principal, Ct)).ShouldBeTrue();

        await host.MustAsync(Admin, new LeaveOrganisation(person, Station));
        (await CircuitCheck.StandsAsync(scope.ServiceProvider, principal, Ct)).ShouldBeFalse();
        await host.MustAsync(Admin, new JoinOrganisation(person, Station, Profession.Nurse));
        (await CircuitCheck.StandsAsync(scope.ServiceProvider, principal, Ct)).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<AccountBook>().ResetPasswordAsync(Admin, user, "another-homecare-2026")).ShouldBeNull();
        (await CircuitCheck.StandsAsync(scope.ServiceProvider, principal, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task one_who_holds_two_places_acts_for_the_one_chosen()
    {
        var (user, person) = await NewAccountAsync(organisation: Station);
        var other = Town.Of(Profession.Nurse, related: false);
        await host.MustAsync(Admin, new JoinOrganisation(person, other.OrganisationId!.Value, Profession.Nurse));
        using var client = await host.SignInAsync(user);
        (await client.GetAsync($"/api/patients/{Town.Patient}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var scope = host.Services.CreateAsyncScope();
        var claims = scope.ServiceProvider.GetRequiredService<ActorClaims>();
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(user))!;

        ActorClaims.ActorOf((await claims.PrincipalAsync(account, ct: Ct))!)!.OrganisationId.ShouldBe(Station);
        ActorClaims.ActorOf((await claims.PrincipalAsync(account, other.OrganisationId, Ct))!)!.OrganisationName.ShouldBe(other.OrganisationName);
        (await claims.PrincipalAsync(account, Guid.CreateVersion7(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task the_form_signs_in_with_its_token_and_leads_back_to_the_page_asked_for()
    {
        using var client = host.Anonymous();
        using var asked = await client.GetAsync("/", Ct);
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        asked.Headers.Location!.OriginalString.ShouldContain("/sign-in");
        using var done = await SendFormAsync(client, "nurse.in", Town.Password, "/patients");

        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        done.Headers.Location!.OriginalString.ShouldBe("/patients");
        (await client.GetAsync("/api/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("")]
    public async Task the_form_never_leads_to_another_site(string returnUrl)
    {
        using var client = host.Anonymous();
        using var done = await SendFormAsync(client, "nurse.in", Town.Password, returnUrl);
        done.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task a_refused_form_leads_back_with_a_key_and_a_form_without_its_token_too()
    {
        using var client = host.Anonymous();
        using var refused = await SendFormAsync(client, "nurse.in", "wrong-password-1", "/board");
        refused.Headers.Location!.OriginalString.ShouldBe("/sign-in?error=session.refused&returnUrl=%2Fboard");
        using var page = await client.GetAsync(refused.Headers.Location, Ct);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("サインインできません。利用者名とパスワードを確かめてください。");

        using var without = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent([new("user", "nurse.in"), new("password", Town.Password)]), Ct);
        without.Headers.Location!.OriginalString.ShouldBe("/sign-in?error=session.expired");
        using var crooked = await client.PostAsync("/account/sign-in", new StringContent("{}", null, "application/json"), Ct);
        crooked.Headers.Location!.OriginalString.ShouldBe("/sign-in?error=session.expired");
        (await client.GetAsync("/api/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpResponseMessage> SendFormAsync(HttpClient client, string user, string password, string returnUrl)
    {
        var page = await client.GetStringAsync("/sign-in", Ct);
        const string Name = "name=\"__RequestVerificationToken\" value=\"";
        var from = page.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        var token = page[from..page.IndexOf('"', from)];
        return await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("user", user), new("password", password), new("returnUrl", returnUrl)]), Ct);
    }

    /// <summary>The code of an authenticator at this moment (RFC 6238, 30 s, 6 digits).</summary>
    private static string Code(string base32)
    {
        var bits = string.Concat(base32.TrimEnd('=').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        Array.Reverse(counter);
#pragma warning disable CA5350 // RFC 6238 says so.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6");
    }
}

/// <summary>The number of tries from one address is limited.</summary>
public sealed class SignInLimitTests(SignInLimitTests.LimitedHost host) : IClassFixture<SignInLimitTests.LimitedHost>
{
    public sealed class LimitedHost : WebHost
    {
        internal override IEnumerable<string> More => ["--HOMECARE_SIGN_INS_PER_MINUTE=3"];
    }

    [Fact]
    public async Task more_tries_than_allowed_wait_a_minute()
    {
        using var client = host.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            using var tried = await client.PostAsJsonAsync("/api/session", new { user = "nobody", password = "wrong-password-1" }, TestContext.Current.CancellationToken);
            tried.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var response = await client.PostAsJsonAsync("/api/session", new { user = "nurse.in", password = Town.Password }, TestContext.Current.CancellationToken);
        await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "session.too_many");
        response.Headers.RetryAfter!.ToString().ShouldBe("60");
        using var form = await client.PostAsync("/account/sign-in", new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded"), TestContext.Current.CancellationToken);
        form.Headers.Location!.OriginalString.ShouldBe("/sign-in?error=session.too_many");
    }
}
