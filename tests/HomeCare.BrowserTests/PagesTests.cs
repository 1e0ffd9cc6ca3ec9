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

    /// <summary>Both languages, light and dark, tablet lying and upright, phone. A page is opened once for each language, and turned and darkened as it stands. Axe, which
    /// takes most of the time, sees each language, each colour and the widest and narrowest size once; every size is measured in both languages.</summary>
    private static readonly (Look Look, bool Axe)[][] Looks =
    [
        [(new("ja"), true), (new Look("ja", Dark: true).Phone(), false), (new Look("ja", Dark: true).Upright(), false)],
        [(new("en"), false), (new Look("en").Upright(), false), (new Look("en", Dark: true).Phone(), true)],
    ];

    public static TheoryData<string> Scenes => [.. Scene.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Scenes))]
    public async Task everybody_can_use_it_in_either_language_light_or_dark_on_tablet_and_phone(string name)
    {
        var found = new List<string>();
        foreach (var looks in Looks)
        {
            await using var visitor = await Scene.All.Single(s => s.Name == name).ReachAsync(town, looks[0].Look);
            if (await visitor.Page.Locator("html").GetAttributeAsync("lang") != looks[0].Look.Language)
            {
                found.Add($"{looks[0].Look}: the page does not say that it is in {looks[0].Look.Language}");
            }

            foreach (var (look, axe) in looks)
            {
                await visitor.TurnAsync(look);
                found.AddRange(await MeasureAsync(visitor, look));
                if (axe)
                {
                    var result = await visitor.Page.RunAxe(Rules);
                    found.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{look}: {v.Id} ({v.Help}) {n.Html}")));
                }
            }
        }

        found.ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> MeasureAsync(Visitor visitor, Look look)
    {
        var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        // Links within sentences may be smaller.
        var small = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, a.button, a.tab, a.rail-item, a.row, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, summary')]
              .filter(e => e.offsetParent && !e.closest('[inert]'))
              .map(e => [e, e.getBoundingClientRect()])
              .filter(([e, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
              .map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}×${Math.round(r.height)}`)
            """);
        return small.Select(s => $"{look}: less than 44 px: {s}").Concat(width > look.Width ? [$"{look}: scrolls sideways, {width} px"] : []);
    }
}
