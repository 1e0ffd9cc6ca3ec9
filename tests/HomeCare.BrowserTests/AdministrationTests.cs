using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>An administrator invites a nurse and keeps the teams; a nurse keeps what everybody must know.</summary>
public sealed class AdministrationTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "新田 花", "ns.nitta", "太田 実")]
    [InlineData("en", "新田 幸", "ns.nitta2", "小野 久子")]
    public async Task who_is_invited_sees_nobody_until_a_team_takes_them_and_nothing_once_it_lets_them_go(string language, string name, string user, string patient)
    {
        await using var admin = await town.VisitAsync("admin", new Look(language));
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var id = await physician.PatientAsync(patient);
        // A new station, which cares for nobody yet.
        await admin.OpenAsync("/admin?show=organisations");
        await admin.Page.Locator(".list-bar .button-primary").ClickAsync();
        await admin.Dialog.Locator("#organisation-name").PressSequentiallyAsync($"{name}の訪問看護ステーション");
        await admin.Dialog.Locator("#organisation-kind").SelectOptionAsync("NursingStation");
        await admin.SubmitAsync();
        var password = await InviteAsync(admin, name, user);

        await using var nurse = await town.VisitAsync(null, new Look(language));
        await SignInAsync(nurse, user, password);
        await nurse.OpenAsync("/patients");
        await Expect(nurse.Page.Locator(".empty-title")).ToBeVisibleAsync(Soon);
        (await nurse.Context.APIRequest.GetAsync($"api/patients/{id}")).Status.ShouldBe(404);

        // By name: her own station cares for nobody.
        await admin.OpenAsync($"/admin/teams/{id}");
        await admin.Page.Locator(".form-actions .button:not([data-cover])").ClickAsync();
        await admin.Dialog.Locator("[name=join-who][value=person]").CheckAsync(new() { Force = true });
        await admin.Dialog.Locator("#join-search").PressSequentiallyAsync(name);
        await admin.Dialog.Locator("[name=join-person]").First.CheckAsync(new() { Timeout = 15_000 });
        await admin.SubmitAsync();
        var member = admin.Page.Locator("[data-member]").Filter(new() { HasText = name });
        await Expect(member).ToBeVisibleAsync(Soon);

        // Her open list fills by itself, and the record opens.
        await Expect(nurse.Page.Locator($"[data-patient='{id}']")).ToBeVisibleAsync(Soon);
        await nurse.OpenAsync($"/patients/{id}/profile");
        await Expect(nurse.Page.Locator("h1")).ToContainTextAsync(patient);

        await member.Locator("button").ClickAsync();
        await admin.SubmitAsync();
        await Expect(nurse.Page.Locator("[role=alert] .empty-title")).ToBeVisibleAsync(Soon);
        await Expect(nurse.Page.Locator("#main")).Not.ToContainTextAsync(patient);
    }

    [Theory]
    [InlineData("ja", "岡本 フミ", "ラテックス")]
    [InlineData("en", "井上 由紀子", "Latex")]
    public async Task an_allergy_that_a_nurse_adds_stands_on_the_physicians_open_timeline(string language, string patient, string substance)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var id = await nurse.PatientAsync(patient);
        await physician.OpenAsync($"/patients/{id}");
        await physician.RememberAsync();

        await nurse.OpenAsync($"/patients/{id}");
        await nurse.Page.Locator($".page-actions a[href='/patients/{id}/profile']").ClickAsync();
        await nurse.Page.Locator("[aria-labelledby=profile-allergies] .section-head button").ClickAsync();
        await nurse.Dialog.Locator("#allergy-substance").FillAsync(substance);
        await nurse.SubmitAsync();

        await Expect(nurse.Page.Locator("[aria-labelledby=profile-allergies]")).ToContainTextAsync(substance, new() { Timeout = 15_000 });
        await Expect(physician.Entries("allergy-recorded").Filter(new() { HasText = substance })).ToBeVisibleAsync(Soon);
        await Expect(physician.Page.Locator(".patient-marks")).ToContainTextAsync(substance, new() { Timeout = 15_000 });
        (await physician.IsStillHereAsync()).ShouldBeTrue("the physician's page was loaded anew");
    }

    [Fact]
    public async Task what_was_typed_in_a_dialog_is_there_again_after_the_server_was_killed()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look("en"));
        var id = await nurse.PatientAsync("加藤 はな");
        await nurse.OpenAsync($"/patients/{id}/profile");
        var add = nurse.Page.Locator("[aria-labelledby=profile-conditions] .section-head button");
        await add.ClickAsync();
        await nurse.Dialog.Locator("#condition-name").FillAsync("Dry skin");
        await nurse.Dialog.Locator("#condition-note").FillAsync("Both shins");

        nurse.ServerMayBeAway = true;
        town.Host.Kill();
        await Expect(nurse.Page.Locator("#components-reconnect-modal.components-reconnect-show")).ToBeVisibleAsync(Soon);
        await town.Host.StartAsync();
        await Expect(nurse.Dialog).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await nurse.LiveAsync();

        await add.ClickAsync();
        await Expect(nurse.Dialog.Locator("#condition-name")).ToHaveValueAsync("Dry skin", new() { Timeout = 15_000 });
        await nurse.SubmitAsync();
        await Expect(nurse.Page.Locator("[aria-labelledby=profile-conditions] .row").Filter(new() { HasText = "Dry skin" })).ToContainTextAsync("Both shins", new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task everything_is_reached_by_the_keyboard_and_the_focus_comes_back()
    {
        await using var admin = await town.VisitAsync("admin", new Look("en"));
        await admin.OpenAsync("/admin?show=organisations");
        var add = admin.Page.Locator(".list-bar .button-primary");
        await add.FocusAsync();
        await admin.Page.Keyboard.PressAsync("Enter");
        await Expect(admin.Dialog).ToBeVisibleAsync(Soon);
        await admin.Page.Keyboard.PressAsync("Escape");
        await Expect(admin.Dialog).ToHaveCountAsync(0);
        await Expect(add).ToBeFocusedAsync();

        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.Dialog.Locator("#organisation-name").FocusAsync();
        await admin.Page.Keyboard.TypeAsync("Keyboard clinic");
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Page.Keyboard.TypeAsync("Clinic");
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Page.Keyboard.TypeAsync("03-0000-9900");
        await admin.Page.Keyboard.PressAsync("Enter");
        await Expect(admin.Page.Locator(".rows .row").Filter(new() { HasText = "Keyboard clinic" })).ToContainTextAsync("03-0000-9900", new() { Timeout = 15_000 });
    }

    private static async Task<string> InviteAsync(Visitor admin, string name, string user)
    {
        await admin.OpenAsync("/admin");
        await admin.Page.Locator(".list-bar .button-primary").ClickAsync();
        var dialog = admin.Dialog;
        await dialog.Locator("#invite-name").FillAsync(name);
        await dialog.Locator("#invite-kana").FillAsync("ニッタ");
        await dialog.Locator("#invite-profession").SelectOptionAsync("Nurse");
        var station = dialog.Locator("#invite-organisation option", new() { HasText = $"{name}の訪問看護ステーション" });
        await dialog.Locator("#invite-organisation").SelectOptionAsync((await station.GetAttributeAsync("value"))!);
        await dialog.Locator("#invite-user").FillAsync(user);
        await dialog.Locator("button[type=submit]").ClickAsync();
        var password = await admin.Page.Locator("[data-handed=password]").TextContentAsync(new() { Timeout = 15_000 });
        await admin.SubmitAsync();
        await Expect(admin.Page.Locator(".person-line").Filter(new() { HasText = user })).ToContainTextAsync(name, new() { Timeout = 15_000 });
        return password!;
    }

    private static async Task SignInAsync(Visitor who, string user, string password)
    {
        await who.Page.GotoAsync("/sign-in?culture=" + who.Look.Language);
        await who.Page.Locator("input[autocomplete=username]").FillAsync(user);
        await who.Page.Locator("input[type=password]").FillAsync(password);
        await who.Page.Locator("form button[type=submit]").First.ClickAsync();
        await who.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal), new() { Timeout = 15_000 });
    }
}
