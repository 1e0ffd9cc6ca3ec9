using System.Text.RegularExpressions;
using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>One person at two devices: what others write is unread on both, and what was read on one is unread no longer on the other, live.</summary>
public sealed class UnreadJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task what_is_read_on_one_device_is_unread_no_longer_on_the_other(string language)
    {
        await using var desk = await town.VisitAsync("ns.tanaka", new Look(language));
        await using var phone = await town.VisitAsync("ns.tanaka", new Look(language).Phone());
        await using var colleague = await town.VisitAsync("dr.sato");
        var patient = await desk.PatientAsync("岡本");
        (await desk.Context.APIRequest.PostAsync($"api/patients/{patient}/seen", new() { DataObject = new { sequence = long.MaxValue } })).Status.ShouldBe(204);

        await desk.OpenAsync("/board");
        await phone.OpenAsync("/patients");
        var cell = desk.Page.Locator($".board-row[data-patient='{patient}'] .board-unread");
        var chip = phone.Page.Locator($"a[href='/patients/{patient}'] .chip-info:not([data-talks])");
        await BothAsync(0);
        await desk.RememberAsync();
        await phone.RememberAsync();

        await WriteAsync(colleague, 71);
        await BothAsync(1);

        // Read at the desk: the phone knows, and shows no number any more.
        await desk.Page.Locator($".board-row[data-patient='{patient}'] .board-name").ClickAsync();
        await Expect(desk.Page.Locator("article.entry").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(chip).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await desk.Page.Locator(".rail-item[href='/board']").ClickAsync();
        await BothAsync(0);

        // One's own entry is not unread; each of a colleague's is, on both.
        await WriteAsync(phone, 72);
        await WriteAsync(colleague, 73);
        await BothAsync(1);
        await WriteAsync(colleague, 74);
        await BothAsync(2);

        // Read on the phone: the board at the desk knows.
        await phone.Page.Locator($"a[href='/patients/{patient}']").First.ClickAsync();
        await Expect(phone.Page.Locator("article.entry").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(cell).ToHaveTextAsync("–", new() { Timeout = 15_000 });
        await phone.Page.GoBackAsync();
        await BothAsync(0);
        (await desk.IsStillHereAsync() && await phone.IsStillHereAsync()).ShouldBeTrue("a page was loaded anew");

        async Task BothAsync(int unread)
        {
            await Expect(cell).ToHaveTextAsync(unread == 0 ? "–" : $"{unread}", new() { Timeout = 15_000 });
            if (unread == 0)
            {
                await Expect(chip).ToHaveCountAsync(0, new() { Timeout = 15_000 });
            }
            else
            {
                await Expect(chip).ToHaveTextAsync(new Regex($@"(^|\D){unread}(\D|$)"), new() { Timeout = 15_000 });
            }
        }

        async Task WriteAsync(Visitor by, int pulse)
        {
            var recorded = await by.CommandAsync("record-vitals", new
            {
                measurementId = Guid.CreateVersion7(), patientId = patient, vitals = new { measuredAt = TimeProvider.System.GetUtcNow().AddMinutes(-1), pulse },
            });
            recorded.Status.ShouldBe(200, await recorded.TextAsync());
        }
    }
}
