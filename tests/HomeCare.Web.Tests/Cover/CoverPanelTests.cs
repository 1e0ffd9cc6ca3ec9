using Bunit;
using HomeCare.Communities;
using HomeCare.Cover;
using HomeCare.Web.Cover;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Cover;

/// <summary>Rotas are written, duty is handed over, and what is empty is said before it matters.</summary>
public sealed class CoverPanelTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Admin = Town.Of(Profession.Administrator);

    private CoverReader Reader => host.Services.GetRequiredService<CoverReader>();

    private async Task<RotaLine> LineAsync() => (await Reader.ListAsync(Nurse, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    [Fact]
    public async Task a_nurse_writes_the_rota_of_her_station_and_hands_duty_over()
    {
        // Whatever the other tests wrote before.
        await host.MustAsync(Admin, new SetRota(Nurse.OrganisationId!.Value, []));
        await using var pages = new LivePages(host, Nurse, "en");
        var panel = pages.Render<CoverPanel>(p => p.Add(c => c.By, Nurse));
        panel.WaitForAssertion(() => panel.Words().ShouldContain("Nobody is on call now"), LivePages.Patience);
        panel.FindAll("[data-cover=times]").ShouldBeEmpty("only administrators settle the times");

        Rendered.Again(() => panel.Find("[data-cover=set]").Click());
        Rendered.Again(() => panel.Find("[data-cover=add-turn]").Click());
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Wrong("turn-0-who").ShouldBe("This is needed."), LivePages.Patience);
        panel.Choose("turn-0-who", Nurse.PersonId);
        panel.Type("turn-0-start", "00:00");
        panel.Type("turn-0-end", "00:00");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Words().ShouldContain("Filled for the next 7 days"), LivePages.Patience);
        (await LineAsync()).OnCall.ShouldHaveSingleItem().PersonId.ShouldBe(Nurse.PersonId);

        Rendered.Again(() => panel.Find("[data-cover=hand-over]").Click());
        panel.Choose("duty-to", Nurse.PersonId);
        panel.Choose("duty-until", "2026-01-01T00:00");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Wrong("duty-until").ShouldNotBeNull(), LivePages.Patience);
        panel.Choose("duty-until", HomeCare.Web.Parts.LocalTime.Of(TimeProvider.System.GetUtcNow().AddHours(3)));
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.FindAll("dialog").ShouldBeEmpty(), LivePages.Patience);
        (await LineAsync()).HandedOver.ShouldHaveSingleItem().ToPersonId.ShouldBe(Nurse.PersonId);
    }

    [Fact]
    public async Task an_administrator_settles_the_times_and_what_cannot_be_is_said_at_its_field()
    {
        await using var pages = new LivePages(host, Admin, "en");
        var panel = pages.Render<CoverPanel>(p => p.Add(c => c.By, Admin));
        Rendered.Again(() => panel.WaitForElement("[data-cover=times]", LivePages.Patience).Click());
        panel.Type("limit-Urgent-Read", "0");
        panel.Type("limit-Urgent-Take", "ten");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Wrong("limit-Urgent-Take").ShouldNotBeNull(), LivePages.Patience);
        panel.Type("limit-Urgent-Take", "12");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.Wrong("limit-Urgent-Read").ShouldNotBeNull(), LivePages.Patience);
        panel.Type("limit-Urgent-Read", "5");
        await panel.SendAsync();
        panel.WaitForAssertion(() => panel.FindAll("dialog").ShouldBeEmpty(), LivePages.Patience);
        var rules = await host.Services.GetRequiredService<CommunityReader>().EscalationAsync(Nurse, TestContext.Current.CancellationToken);
        (rules.Urgent.Read, rules.Urgent.Take, rules.Routine).ShouldBe((5, 12, EscalationRules.Default.Routine));
    }

    [Fact]
    public async Task the_board_shouts_an_empty_rota()
    {
        await host.MustAsync(Admin, new SetRota(Nurse.OrganisationId!.Value, [new RotaTurn(Nurse.PersonId, null, [], HolidayRule.AsWeekday, new TimeOnly(9, 0), new TimeOnly(17, 0))]));
        await using var pages = new LivePages(host, Nurse);
        var shout = pages.Render<RotaShout>(p => p.Add(s => s.By, Nurse));
        shout.WaitForAssertion(() => shout.Find("[data-shout=cover]").TextContent.ShouldContain(Nurse.OrganisationName!), LivePages.Patience);
    }
}
