using Bunit;
using HomeCare.Communities;
using HomeCare.Web.Admin;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Admin;

/// <summary>An administrator says what the community does when a score asks for something.</summary>
public sealed class News2ActsTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task what_is_not_defined_is_said_so_and_what_is_defined_is_read_by_the_nurses()
    {
        var admin = Town.Of(Profession.Administrator);
        await using var pages = new LivePages(host, admin, "en");
        var panel = pages.Render<News2ActsPanel>(p => p.Add(a => a.By, admin));
        panel.WaitForAssertion(() => panel.FindAll(".chip-warn").Count.ShouldBe(3), LivePages.Patience);
        Rendered.Again(() => panel.Find(".list-bar button").Click());
        panel.Type("news2-emergency", "Telephone the physician at once");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Words().ShouldContain("Telephone the physician at once"), LivePages.Patience);
        panel.FindAll(".chip-warn").Count.ShouldBe(2);
        var reader = host.Services.GetRequiredService<CommunityReader>();
        (await reader.News2ActsAsync(Town.Of(Profession.Nurse), TestContext.Current.CancellationToken)).ShouldBe(new News2Acts(null, null, "Telephone the physician at once"));
    }
}
