using Bunit;
using HomeCare.Cover;
using HomeCare.People;
using HomeCare.Web.Cover;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Cover;

/// <summary>Who is asked first for one person, as those who keep the team set it.</summary>
public sealed class PatientCoverTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task an_order_is_set_read_by_the_team_and_given_back()
    {
        var (nurse, ct) = (Town.Of(Profession.Nurse), TestContext.Current.CancellationToken);
        var reader = host.Services.GetRequiredService<CoverReader>();
        var team = await host.Services.GetRequiredService<PeopleReader>().TeamAsync(nurse, Town.Patient, ct);
        await using var pages = new LivePages(host, nurse, "en");
        var section = pages.Render<PatientCoverSection>(p => p.Add(s => s.PatientId, Town.Patient).Add(s => s.By, nurse).Add(s => s.Team, team!));
        section.WaitForAssertion(() => section.Words().ShouldContain("The rotas of the team's organisations"), LivePages.Patience);
        Rendered.Again(() => section.Find("[data-cover=order]").Click());
        section.Choose("cover-0", nurse.OrganisationId!);
        await section.SendAsync();
        section.WaitForAssertion(() => section.Words().ShouldContain(nurse.OrganisationName!), LivePages.Patience);
        (await reader.OfPatientAsync(nurse, Town.Patient, ct)).ShouldBe([new CoverStep(OrganisationId: nurse.OrganisationId)]);
        (await reader.OfPatientAsync(Town.Of(Profession.Administrator), Town.Patient, ct)).ShouldNotBeNull();
        (await reader.OfPatientAsync(Town.Of(Profession.Nurse, related: false), Town.Patient, ct)).ShouldBeNull();
        Rendered.Again(() => section.Find("[data-cover=order]").Click());
        section.Choose("cover-0", "");
        await section.SendAsync();
        section.WaitForAssertion(() => section.Words().ShouldContain("The rotas of the team's organisations"), LivePages.Patience);
    }
}
