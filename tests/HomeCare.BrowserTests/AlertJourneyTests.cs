using System.Text.Json.Nodes;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>Called to the page by choice: what is told, and that the physician sees on which device it arrived.</summary>
public sealed class AlertJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    /// <summary>Keeps what would be shown, as a browser without a screen shows nothing.</summary>
    private const string Listening =
        """
        window.told = [];
        ServiceWorkerRegistration.prototype.showNotification = async (title, how) => { window.told.push({ title, ...how }); };
        window.Notification = class { static permission = 'default'; static requestPermission = async () => (Notification.permission = 'granted');
          constructor(title, how) { window.told.push({ title, ...how }); } };
        """;

    [Theory]
    [InlineData("ja", "至急の指示があります", "到着 Linux Chrome")]
    [InlineData("en", "There is an urgent instruction", "Delivered Linux Chrome")]
    public async Task who_chose_it_is_told_with_a_sentence_and_a_link_and_the_physician_sees_that_it_arrived(string language, string sentence, string arrived)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        await nurse.Page.AddInitScriptAsync(Listening);

        // Off, until chosen; chosen by the keyboard, and kept.
        await nurse.OpenAsync("/settings");
        var (sound, notify) = (nurse.Page.Locator("[data-alert=sound]"), nurse.Page.Locator("[data-alert=notify]"));
        await Expect(nurse.Page.Locator("#alerts[data-ready=yes]")).ToBeVisibleAsync(Soon);
        await Expect(sound).Not.ToBeCheckedAsync();
        await Expect(notify).Not.ToBeCheckedAsync();
        await sound.FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Space");
        await nurse.Page.Keyboard.PressAsync("Tab");
        await Expect(notify).ToBeFocusedAsync();
        await nurse.Page.Keyboard.PressAsync("Space");
        await Expect(sound).ToBeCheckedAsync();
        await Expect(notify).ToBeCheckedAsync();
        await nurse.Page.Locator("#alerts").ScrollIntoViewIfNeededAsync();
        await nurse.PictureAsync("alerts");

        var patient = await physician.PatientAsync("岡本");
        await physician.OpenAsync($"/patients/{patient}");
        var me = await nurse.GetAsync("api/me");
        var text = $"踵の除圧 {language}";
        var issued = await physician.CommandAsync("issue-instruction", new
        {
            instructionId = Guid.CreateVersion7(), patientId = patient, kind = "treatment", text, urgency = "urgent", addressee = new { kind = "person", personId = me["personId"]!.GetValue<Guid>() },
        });
        issued.Status.ShouldBe(200, await issued.TextAsync());

        await nurse.Page.WaitForFunctionAsync("() => window.told.length > 0", null, new() { Timeout = 15_000 });
        var told = await nurse.Page.EvaluateAsync<string>("JSON.stringify(window.told)");
        var one = JsonNode.Parse(told)!.AsArray().ShouldHaveSingleItem()!;
        (one["title"]!.GetValue<string>(), one["body"]!.GetValue<string>(), one["data"]!["url"]!.GetValue<string>()).ShouldBe((sentence, "", "/instructions"));
        foreach (var secret in new[] { "岡本", "踵", "佐藤", "田中", patient.ToString() })
        {
            told.ShouldNotContain(secret);
        }

        // The physician's page, open all the while, says where it arrived.
        var entry = physician.Entries("instruction-issued").Filter(new() { HasText = text });
        await Expect(entry.Locator(".step", new() { HasText = arrived })).ToBeVisibleAsync(Soon);
        await physician.PictureAsync("delivered");
    }
}
