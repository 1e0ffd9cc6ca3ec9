using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HomeCare.BrowserTests.Support;

namespace HomeCare.BrowserTests;

/// <summary>
/// Every page, dialog and state, as everybody must be able to use it: WCAG 2.2 AA as far as axe can tell, nothing that scrolls sideways,
/// nothing too small for a gloved hand, and no complaint of the browser.
/// </summary>
public sealed class PagesTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>Both languages, light and dark, tablet lying and upright, phone: each value with each other size at least once.</summary>
    private static readonly Look[] Looks = [new("ja"), new("en", Dark: true), new Look("ja", Dark: true).Phone(), new Look("en").Upright()];

    public static TheoryData<string> Scenes => [.. Scene.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Scenes))]
    public async Task everybody_can_use_it_in_either_language_light_or_dark_on_tablet_and_phone(string name)
    {
        var found = new List<string>();
        foreach (var look in Looks)
        {
            await using var visitor = await Scene.All.Single(s => s.Name == name).ReachAsync(town, look);
            if (await visitor.Page.Locator("html").GetAttributeAsync("lang") != look.Language)
            {
                found.Add($"{look}: the page does not say that it is in {look.Language}");
            }

            var result = await visitor.Page.RunAxe(Rules);
            found.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{look}: {v.Id} ({v.Help}) {n.Html}")));
            var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > look.Width)
            {
                found.Add($"{look}: scrolls sideways, {width} px");
            }

            // Links within sentences may be smaller.
            var small = await visitor.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('button, a.button, a.tab, a.rail-item, a.row, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, summary')]
                  .filter(e => e.offsetParent && !e.closest('[inert]'))
                  .map(e => [e, e.getBoundingClientRect()])
                  .filter(([e, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
                  .map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}×${Math.round(r.height)}`)
                """);
            found.AddRange(small.Select(s => $"{look}: less than 44 px: {s}"));
        }

        found.ShouldBeEmpty();
    }
}
