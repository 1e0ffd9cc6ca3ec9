using HomeCare.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>One tablet and several people: what locks it, what is wiped and when, and that nothing written goes with it.</summary>
public sealed class SharedTabletTests(DemoTown town) : IClassFixture<DemoTown>
{
    private const string Taken = "async (person) => (await (await import('/js/visit/store.js')).takenBy(person)).length";
    private const string Drafts = "async (person) => (await (await import('/js/visit/store.js')).draftsOf(person)).length";

    private Task<Tablet> TabletAsync(FaultProxy network) => Tablet.OfNurseAsync(town, network);

    private Task<(string Path, Guid Person)> NextAsync(Tablet tablet) => Plans.NextAsync(town, tablet);

    [Fact]
    public async Task signing_out_wipes_what_was_taken_along_and_nothing_that_was_written()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "signed out 1");
        await tablet.SavedAsync();
        (await tablet.Page.EvaluateAsync<int>(Taken, nurse.ToString())).ShouldBeGreaterThan(0);
        await tablet.Page.GotoAsync("/settings");
        await tablet.Page.Locator("html[data-live=yes]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached, Timeout = 60_000 });
        await tablet.Page.Locator("form[action='/account/sign-out'] button").ClickAsync();
        await tablet.Page.Locator("#user").WaitForAsync(new() { Timeout = 60_000 });
        (await tablet.Page.EvaluateAsync<int>(Taken, nurse.ToString())).ShouldBe(0);
        (await tablet.Page.EvaluateAsync<int>(Drafts, nurse.ToString())).ShouldBe(1);

        // Without the network nobody gets in any more; signed in again, the draft goes on.
        network.Treat(Fault.Refuse);
        await tablet.Page.GotoAsync("/visits");
        await Expect(tablet.Page.Locator(".sign-in-card")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(tablet.Page.Locator("#pin")).ToHaveCountAsync(0);
        network.Treat(Fault.None);
        await tablet.SignInAsync("ns.tanaka");
        await tablet.OpenAsync(patient);
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveValueAsync("signed out 1", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task a_tablet_whose_clock_is_a_year_fast_works_without_the_network_all_the_same()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await Tablet.OfNurseAsync(town, network, TimeSpan.FromHours((365 * 24) + 2.5));
        var (patient, _) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.KillBrowserAsync();
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await Expect(tablet.Page.Locator("[data-field=temperature]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task a_passkey_of_the_tablet_opens_it_without_the_network_and_when_it_fails_the_pin_does()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await Tablet.OfNurseAsync(town, network, name: "localhost");
        var (patient, nurse) = await NextAsync(tablet);
        var device = await tablet.Context.NewCDPSessionAsync(tablet.Page);
        await device.SendAsync("WebAuthn.enable");
        var authenticator = (await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["ctap2Version"] = "ctap2_1", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["hasPrf"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        }))!.Value.GetProperty("authenticatorId").GetString()!;
        await tablet.TakeAlongAsync(passkey: true);
        network.Treat(Fault.Refuse);
        await tablet.LockAsync();
        await tablet.Page.Locator("[data-passkey]").ClickAsync();
        await tablet.Page.Locator("html[data-live=yes]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached, Timeout = 60_000 });
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "passkey 1");
        await tablet.FinishAsync();
        await tablet.LockAsync();

        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await tablet.Page.Locator("[data-passkey]").ClickAsync();
        await Expect(tablet.Page.Locator(".field-error")).ToContainTextAsync("PIN", new() { Timeout = 90_000 });
        await tablet.UnlockAsync();
        network.Treat(Fault.None);
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        (await Recorded.OfAsync(town.ConnectionString, "passkey 1")).ShouldHaveSingleItem().Author.ShouldBe(nurse);
    }

    [Fact]
    public async Task when_its_day_is_over_what_was_taken_along_goes_without_the_network_too_and_what_was_written_stays()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "expired 1");
        await tablet.FinishAsync();
        await tablet.Context.Clock.InstallAsync(new() { TimeDate = TimeProvider.System.GetUtcNow().AddHours(30).UtcDateTime });
        await tablet.Page.GotoAsync("/visits");
        await Expect(tablet.Page.Locator(".sign-in-card")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(tablet.Page.Locator("#pin")).ToHaveCountAsync(0);
        (await tablet.Page.EvaluateAsync<int>(Taken, nurse.ToString())).ShouldBe(0);
        (await tablet.Page.EvaluateAsync<string>("async (person) => (await (await import('/js/visit/store.js')).person(person))?.locked === undefined ? 'gone' : 'kept'", nurse.ToString())).ShouldBe("gone");
        (await tablet.Page.EvaluateAsync<bool>("async (person) => (await (await import('/js/visit/store.js')).entriesOf(person)).some((e) => e.body.note?.objective === 'expired 1')", nurse.ToString())).ShouldBeTrue();
    }

    [Fact]
    public async Task a_tablet_left_alone_locks_itself_shows_nothing_and_goes_on_after_the_pin()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, _) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        await tablet.Context.Clock.InstallAsync();
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "idle 1");
        await tablet.SavedAsync();
        await tablet.Context.Clock.FastForwardAsync("11:00");
        await tablet.Page.Locator("#pin").WaitForAsync(new() { Timeout = 60_000 });
        await Expect(tablet.Page.Locator("#sheet")).Not.ToContainTextAsync("idle 1");
        await tablet.Page.ReloadAsync();
        await tablet.UnlockAsync();
        await Expect(tablet.Page.Locator("[data-field=objective]")).ToHaveValueAsync("idle 1", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task what_was_taken_along_goes_when_the_pass_is_taken_back_and_what_was_written_stays()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "revoked 1");
        await tablet.SavedAsync();
        (await tablet.Page.EvaluateAsync<int>(Taken, nurse.ToString())).ShouldBeGreaterThan(0);
        await using (var admin = await town.VisitAsync("admin"))
        {
            foreach (var device in (await admin.GetAsync("api/devices")).AsArray())
            {
                (await admin.Context.APIRequest.DeleteAsync($"api/devices/{device!["deviceId"]}")).Status.ShouldBe(204);
            }
        }

        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator(".take-along .button-primary")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await tablet.UntilAsync($"async (person) => await ({Taken})(person) === 0", nurse.ToString());
        await Expect(tablet.Page.Locator("#device-drafts")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task five_wrong_pins_wipe_what_was_taken_along_and_nothing_that_was_written()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (patient, nurse) = await NextAsync(tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(patient);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "pin 1");
        await tablet.FinishAsync();
        await tablet.LockAsync();
        for (var i = 4; i > 0; i--)
        {
            await tablet.Page.Locator("#pin").FillAsync("246813");
            await tablet.Page.Locator("form button[type=submit]").ClickAsync();
            await Expect(tablet.Page.Locator(".field-error")).ToContainTextAsync(i.ToString(System.Globalization.CultureInfo.InvariantCulture), new() { Timeout = 30_000 });
        }

        await tablet.Page.Locator("#pin").FillAsync("246813");
        await tablet.Page.Locator("form button[type=submit]").ClickAsync();
        await Expect(tablet.Page.Locator("#pin")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        network.Treat(Fault.None);
        await tablet.Page.GotoAsync("/visits");
        await tablet.Page.Locator("#user").FillAsync("ns.tanaka", new() { Timeout = 60_000 });
        await tablet.Page.Locator("#password").FillAsync("demo-homecare-2026");
        await tablet.Page.Locator("form .button-primary").First.ClickAsync();
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        (await Recorded.OfAsync(town.ConnectionString, "pin 1")).ShouldHaveSingleItem().Author.ShouldBe(nurse);
    }
}
