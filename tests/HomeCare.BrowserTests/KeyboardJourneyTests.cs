using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>The ledger by the keyboard alone: no pointer, and no element is given the focus by the test.</summary>
public sealed class KeyboardJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "今夜も内服してください。"), InlineData("en", "Please take it tonight as well.")]
    public async Task a_nurse_asks_and_the_physician_answers_without_a_pointer(string language, string answer)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        await using var physician = await town.VisitAsync("dr.sato", new Look(language, Dark: true).Upright());
        var patient = await nurse.PatientAsync("岡本");
        var question = $"利尿薬は今夜も必要でしょうか {language}";

        await nurse.OpenAsync($"/patients/{patient}");
        await TabToAsync(nurse, "e.getAttribute('href')?.endsWith('/ask')");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("#ask-text")).ToBeVisibleAsync(Soon);
        await nurse.LiveAsync();
        // Sent empty, it goes on where something is missing.
        await TabToAsync(nurse, "e.id === 'ask-to'");
        for (var i = 0; i < 10 && !await nurse.Page.EvaluateAsync<bool>("document.activeElement.selectedOptions[0].text.startsWith('佐藤 健一')"); i++)
        {
            await nurse.Page.Keyboard.PressAsync("ArrowDown");
        }

        await TabToAsync(nurse, "e.type === 'submit'");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("#ask-text")).ToBeFocusedAsync(new() { Timeout = 15_000 });
        await nurse.Page.Keyboard.TypeAsync(question);
        await TabToAsync(nurse, "e.type === 'submit'");
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(nurse.Page.Locator("article.entry", new() { HasText = question }).First).ToBeVisibleAsync(Soon);

        await physician.OpenAsync($"/patients/{patient}/ledger");
        var card = physician.Page.Locator("article.ask", new() { HasText = question });
        await Expect(card).ToBeVisibleAsync(Soon);
        await TabToAsync(physician, $"e.dataset.step === 'Reply' && e.closest('article').innerText.includes('{question}')");
        await physician.Page.Keyboard.PressAsync("Enter");
        await Expect(physician.Dialog.Locator("textarea")).ToBeFocusedAsync(new() { Timeout = 15_000 });
        await physician.Page.Keyboard.TypeAsync(answer);
        await TabToAsync(physician, "e.type === 'submit'");
        await physician.Page.Keyboard.PressAsync("Enter");
        await Expect(physician.Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        await Expect(nurse.Page.Locator("article.entry", new() { HasText = answer }).First).ToBeVisibleAsync(Soon);
    }

    [Theory]
    [InlineData("ja"), InlineData("en")]
    public async Task a_change_begins_at_its_first_field_and_escape_leads_back(string language)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var patient = await physician.PatientAsync("岡本");
        await physician.OpenAsync($"/patients/{patient}/ledger");
        await TabToAsync(physician, "e.dataset.step === 'Change' && e.closest('article').querySelector('.order, .facts')");
        await physician.Page.Keyboard.PressAsync("Enter");
        var drug = physician.Dialog.Locator("input[id$='-Drug']");
        await Expect(drug).ToBeFocusedAsync(new() { Timeout = 15_000 });

        // A medicine that the person is allergic to is said at once.
        await physician.Page.Keyboard.TypeAsync("ペニシリンG");
        await Expect(physician.Dialog.Locator(".banner-stop")).ToContainTextAsync("ペニシリン系抗菌薬", new() { Timeout = 15_000 });
        await physician.Page.Keyboard.PressAsync("Escape");
        await Expect(physician.Dialog).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        (await physician.Page.EvaluateAsync<string?>("document.activeElement.dataset.step")).ShouldBe("Change");
    }

    /// <summary>Presses Tab until the element that has the focus is the one that is wanted.</summary>
    private static async Task TabToAsync(Visitor visitor, string wanted)
    {
        for (var i = 0; i < 60; i++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<bool>($"() => {{ const e = document.activeElement; return !!({wanted}); }}"))
            {
                return;
            }
        }

        throw new InvalidOperationException($"60 tabs do not reach: {wanted}");
    }
}
