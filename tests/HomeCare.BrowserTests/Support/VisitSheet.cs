using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests.Support;

/// <summary>The visit sheet as a nurse works it.</summary>
internal static class VisitSheet
{
    /// <summary>Opens the sheet and confirms who the person is: the visit begins.</summary>
    public static async Task OpenAsync(Visitor nurse, Guid patient)
    {
        await nurse.OpenAsync($"/patients/{patient}/visit");
        await nurse.Page.Locator(".identity .button-primary:not([aria-disabled])").ClickAsync();
        await Expect(nurse.Page.Locator("[data-field=temperature]")).ToBeVisibleAsync();
    }

    /// <summary>Types the figures and a line of the note.</summary>
    public static async Task FillAsync(
        Visitor nurse, string temperature, string pulse, string respiration, string systolic, string diastolic, string oxygen, string note)
    {
        foreach (var (field, value) in new[]
                 {
                     ("temperature", temperature), ("pulse", pulse), ("respiration", respiration), ("systolic", systolic), ("diastolic", diastolic), ("spO2", oxygen),
                     ("objective", note),
                 })
        {
            await nurse.Page.Locator($"[data-field={field}]").FillAsync(value);
        }
    }

    /// <summary>Finishes the record and waits for the receipt.</summary>
    public static async Task SendAsync(Visitor nurse)
    {
        await nurse.Page.Locator("[data-record]").ClickAsync();
        await Expect(nurse.Page.Locator("article[data-entry][data-state=received]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }
}
