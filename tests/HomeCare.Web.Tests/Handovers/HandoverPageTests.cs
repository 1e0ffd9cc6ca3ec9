using Bunit;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Web.Handovers;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Handovers;

/// <summary>A handover's pages over a real feed and database.</summary>
public sealed class HandoverPageTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Physician = Town.Of(Profession.Physician);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    private HandoverReader Reader => host.Services.GetRequiredService<HandoverReader>();

    [Fact]
    public async Task it_is_drafted_edited_sent_once_read_and_acknowledged_while_the_senders_page_follows()
    {
        await using var nurses = new LivePages(host, Nurse);
        var writing = nurses.Render<NewHandoverPage>(p => p.Add(h => h.PatientId, Town.Patient));
        writing.WaitForElement("#handover-s", LivePages.Patience);
        // Nobody is chosen who is not coming: sending asks for whom, at its field, and keeps what was written.
        writing.Find("#handover-to").Change("");
        await writing.Find("#handover-s").InputAsync(new() { Value = "昨夜から咳" });
        await writing.Find("#handover-r").InputAsync(new() { Value = "明朝の体温を測る" });
        await writing.Find("form").SubmitAsync();
        writing.Find("#handover-to-e").TextContent.ShouldContain("誰に申し送るか");
        await writing.Find("#handover-to").ChangeAsync(new() { Value = $"{Physician.PersonId}" });
        await writing.Find("form").SubmitAsync();
        var sent = (await Reader.OpenAsync(Nurse, Ct)).First(h => h.Sbar.Situation == "昨夜から咳");
        (sent.ToName, sent.Sbar.Recommendation).ShouldBe((Physician.Name, "明朝の体温を測る"));
        nurses.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith($"/handover/{sent.HandoverId}");

        var watched = nurses.Render<HandoverPage>(p => p.Add(h => h.PatientId, Town.Patient).Add(h => h.HandoverId, sent.HandoverId));
        watched.WaitForElement(".chip-warn", LivePages.Patience).TextContent.ShouldContain("確認待ち");
        watched.FindAll("#handover-comment").ShouldBeEmpty("the sender does not take over");

        await using var physicians = new LivePages(host, Physician, "en");
        var read = physicians.Render<HandoverPage>(p => p.Add(h => h.PatientId, Town.Patient).Add(h => h.HandoverId, sent.HandoverId));
        await read.WaitForElement("#handover-comment", LivePages.Patience).InputAsync(new() { Value = "夕方に往診します" });
        await read.Find("form").SubmitAsync();
        read.WaitForElement("[data-taken]", LivePages.Patience).TextContent.ShouldContain("took over");
        watched.WaitForElement("[data-taken]", LivePages.Patience).TextContent.ShouldContain("夕方に往診します");
        watched.FindAll(".form-actions").ShouldBeEmpty("what somebody took over is not taken back");
    }

    [Fact]
    public async Task its_sender_takes_it_back_with_a_reason_and_it_stays_readable()
    {
        var id = Guid.CreateVersion7();
        await host.MustAsync(Nurse, new SendHandover(id, Town.Patient, new Addressee(AddresseeKind.Person, Physician.PersonId), new Sbar("足のむくみ", null, null, "体重を測る")));
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<HandoverPage>(p => p.Add(h => h.PatientId, Town.Patient).Add(h => h.HandoverId, id));
        await page.WaitForElement(".form-actions button", LivePages.Patience).ClickAsync(new());
        await page.Find("dialog form").SubmitAsync();
        page.Find("#handover-reason-e").TextContent.ShouldNotBeEmpty();
        await page.Find("#handover-reason").InputAsync(new() { Value = "別の人に送る" });
        await page.Find("dialog form").SubmitAsync();
        page.WaitForElement(".is-withdrawn", LivePages.Patience).TextContent.ShouldContain("別の人に送る");
        page.Markup.ShouldContain("足のむくみ");
        (await Reader.WaitingAboutAsync(Physician, Town.Patient, Ct)).ShouldNotContain(h => h.HandoverId == id);
    }
}
