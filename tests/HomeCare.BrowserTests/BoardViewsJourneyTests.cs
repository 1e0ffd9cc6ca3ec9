using HomeCare.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A care manager groups the board, keeps the view, finds it again another day, and goes through the rows by the keyboard.</summary>
public sealed class BoardViewsJourneyTests(DemoTown town) : IClassFixture<DemoTown>
{
    [Theory]
    [InlineData("ja", "朝の確認", "CareLevel")]
    [InlineData("en", "Morning look", "Day")]
    public async Task a_view_is_kept_and_found_again_and_rows_are_walked_by_the_keyboard(string language, string name, string grouping)
    {
        await using (var manager = await town.VisitAsync("cm.yamada", new Look(language)))
        {
            await manager.OpenAsync("/board");
            await manager.Page.Locator("#board-grouping").SelectOptionAsync(grouping);
            await manager.OpenDialogAsync("[data-view-keep]");
            await manager.Dialog.Locator("#view-name").FillAsync(name);
            await manager.SubmitAsync();
            await Expect(manager.Page.Locator($"[data-view='{name}'][aria-pressed=true]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        }

        await using var again = await town.VisitAsync("cm.yamada", new Look(language, Dark: true).Upright());
        await again.OpenAsync("/board");
        await Expect(again.Page.Locator($"[data-view='{name}'][aria-pressed=false]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await again.Page.Locator($"[data-view='{name}']").FocusAsync();
        await again.Page.Keyboard.PressAsync("Enter");
        await Expect(again.Page.Locator("#board-grouping")).ToHaveValueAsync(grouping, new() { Timeout = 15_000 });
        await Expect(again.Page.Locator("tr.board-group").First).ToBeVisibleAsync();
        await again.PictureAsync("board-views");

        // From the first name down, to the end, and back to the top; then Enter opens.
        var names = again.Page.Locator(".board-row .board-name");
        var count = await names.CountAsync();
        count.ShouldBeGreaterThan(5);
        await names.First.FocusAsync();
        await again.Page.Keyboard.PressAsync("ArrowDown");
        await again.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(names.Nth(2)).ToBeFocusedAsync();
        await again.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(names.Nth(1)).ToBeFocusedAsync();
        await again.Page.Keyboard.PressAsync("End");
        await Expect(names.Nth(count - 1)).ToBeFocusedAsync();
        await again.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(names.Nth(count - 1)).ToBeFocusedAsync();
        await again.Page.Keyboard.PressAsync("Home");
        await Expect(names.First).ToBeFocusedAsync();
        await again.Page.Keyboard.PressAsync("Enter");
        await again.Page.WaitForURLAsync("**/patients/*");
    }
}
