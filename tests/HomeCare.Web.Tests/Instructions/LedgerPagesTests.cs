using Bunit;
using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.VitalSigns;
using HomeCare.Web.Instructions;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Instructions;

/// <summary>The pages of the ledger, on a host: what stands beside a form, and a person's instructions.</summary>
public sealed class LedgerPagesTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Physician = Town.Of(Profession.Physician);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_values_beside_a_question_move_on_and_the_page_goes_when_the_record_is_no_longer_the_readers()
    {
        var pharmacist = Town.Of(Profession.Pharmacist);
        await using var pages = new LivePages(host, pharmacist);
        var page = pages.Render<RequestPage>(p => p.Add(r => r.PatientId, Town.Patient));
        page.WaitForElement("#ask-text", LivePages.Patience);
        await page.Find("#ask-text").InputAsync(new() { Value = "飲み合わせを教えてください" });
        await host.MustAsync(Nurse, new RecordVitals(Guid.CreateVersion7(), Town.Patient, new Vitals(TimeProvider.System.GetUtcNow()) { Weight = 43.7m }));
        page.WaitForAssertion(() => page.Find(".page-side").TextContent.ShouldContain("43.7"), LivePages.Patience);
        page.Find("#ask-text").GetAttribute("value").ShouldBe("飲み合わせを教えてください");

        var admin = Town.Of(Profession.Administrator);
        await host.MustAsync(admin, new LeaveCareTeam(Town.Patient, pharmacist.OrganisationId!.Value, "終了"));
        try
        {
            page.WaitForAssertion(() => page.FindAll("#ask-text, .page-side").ShouldBeEmpty(), LivePages.Patience);
            page.Markup.ShouldNotContain("43.7");
        }
        finally
        {
            await host.MustAsync(admin, new JoinCareTeam(Town.Patient, OrganisationId: pharmacist.OrganisationId));
        }
    }

    [Fact]
    public async Task a_verbal_order_of_a_medicine_that_the_person_is_allergic_to_is_not_sent_before_that_was_seen()
    {
        await host.MustAsync(Physician, new RecordAllergy(Town.Patient, Guid.CreateVersion7(), new Allergy("セフェム系抗菌薬", null, AllergyKind.Medicine, null, "呼吸困難", AllergyStatus.Active)));
        await using var pages = new LivePages(host, Nurse);
        var page = pages.Render<VerbalPage>(p => p.Add(v => v.PatientId, Town.Patient));
        page.WaitForElement("#verbal-text", LivePages.Patience);
        await page.Find("#verbal-physician").ChangeAsync(new() { Value = Physician.PersonId.ToString() });
        await page.Find("#verbal-kind").ChangeAsync(new() { Value = nameof(InstructionKind.Medicine) });
        foreach (var (part, value) in new[] { (OrderPart.Drug, "セフェム注射用1g"), (OrderPart.Dose, "1"), (OrderPart.Unit, "g"), (OrderPart.Route, "静注") })
        {
            await page.Find($"#verbal-{part}").InputAsync(new() { Value = value });
        }

        await page.Find("#verbal-text").InputAsync(new() { Value = "本日1回" });
        await page.Find("#verbal-back").ChangeAsync(new() { Value = true });
        await page.Find("form").SubmitAsync();
        page.Find(".banner-stop").TextContent.ShouldContain("呼吸困難");
        page.Find(".banner-stop .field-error").TextContent.ShouldNotBeEmpty();
        (await Verbal()).ShouldBe(0);

        await page.Find(".banner-stop input").ChangeAsync(new() { Value = true });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => page.FindAll(".field-error, .banner-stop .field-error").ShouldBeEmpty(), LivePages.Patience);
        (await Verbal()).ShouldBe(1);

        async Task<int> Verbal() => (await host.Services.GetRequiredService<InstructionReader>().OfPatientAsync(Physician, Town.Patient, closedToo: true, Ct))!.Count(c => c.Order?.Drug == "セフェム注射用1g");
    }

    [Fact]
    public async Task a_ledger_has_what_is_open_before_what_is_closed_and_both_with_their_count()
    {
        var (open, closed) = (Issue("踵の除圧"), Issue("採血"));
        await host.MustAsync(Physician, open);
        await host.MustAsync(Physician, closed);
        await host.MustAsync(Nurse, new DeclineInstruction(closed.InstructionId, "食後だった"));
        await host.MustAsync(Physician, new CloseInstruction(closed.InstructionId));
        await using var pages = new LivePages(host, Nurse);
        var page = pages.Render<LedgerPage>(p => p.Add(l => l.PatientId, Town.Patient));
        page.WaitForElement("#ledger-closed", LivePages.Patience);
        page.FindAll("section[aria-labelledby=ledger-running] [data-instruction]").Select(Id).ShouldContain(open.InstructionId);
        page.FindAll("section[aria-labelledby=ledger-closed] [data-instruction]").Select(Id).ShouldBe([closed.InstructionId]);
        page.FindAll("section[aria-labelledby=ledger-closed] [data-step]").ShouldBeEmpty();
        page.Find("#ledger-closed .count").TextContent.ShouldBe("1");
        page.Find("#ledger-running .count").TextContent.ShouldBe(page.FindAll("section[aria-labelledby=ledger-running] [data-instruction]").Count.ToString(System.Globalization.CultureInfo.InvariantCulture));

        static Guid Id(AngleSharp.Dom.IElement card) => Guid.Parse(card.GetAttribute("data-instruction")!);
    }

    private static IssueInstruction Issue(string text) =>
        new(Guid.CreateVersion7(), Town.Patient, InstructionKind.Treatment, text, new Addressee(AddresseeKind.Profession, null, Profession.Nurse));
}
