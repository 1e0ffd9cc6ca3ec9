using Bunit;
using HomeCare.Conversations;
using HomeCare.Instructions;
using HomeCare.Web.Conversations;
using HomeCare.Web.Shell;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Conversations;

/// <summary>A conversation's page over a real feed and database.</summary>
public sealed class ConversationPageTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Helper = Town.Of(Profession.Helper);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    private ConversationReader Reader => host.Services.GetRequiredService<ConversationReader>();

    [Fact]
    public async Task what_is_written_stands_on_an_open_page_and_is_read_once_somebody_looks()
    {
        var id = Guid.CreateVersion7();
        await host.MustAsync(Nurse, new OpenConversation(id, Town.Patient, "入浴", "今日は控えてください", [new Addressee(AddresseeKind.Person, Helper.PersonId)], new AnswerNeeded()));
        await using var pages = new LivePages(host, Helper);
        var page = pages.Render<ConversationPage>(p => p.Add(c => c.PatientId, Town.Patient).Add(c => c.ConversationId, id));
        page.WaitForElement("#post-1", LivePages.Patience).TextContent.ShouldContain("今日は控えてください");

        // Nobody looks: nothing is read.
        (await Reader.OneAsync(Nurse, Town.Patient, id, Ct))!.Readers.ShouldBeEmpty();
        await page.InvokeAsync(() => page.Instance.LookedAsync(true));
        var card = (await Reader.OneAsync(Nurse, Town.Patient, id, Ct))!;
        (card.Readers.ShouldHaveSingleItem().PersonId, card.Readers[0].UpTo).ShouldBe((Helper.PersonId, 1));
        card.Posts[0].Requests[0].Reads.ShouldHaveSingleItem().PersonId.ShouldBe(Helper.PersonId);

        await host.MustAsync(Nurse, new WritePost(id, "明日は大丈夫です"));
        page.WaitForElement("#post-2", LivePages.Patience).TextContent.ShouldContain("明日は大丈夫です");
        // Asked from outside the page: its own thread must stay free to write the mark.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(LivePages.Patience);
        while ((await Reader.OneAsync(Nurse, Town.Patient, id, patience.Token))!.Readers[0].UpTo < 2)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task the_rail_counts_what_waits_for_the_reader_and_follows_it()
    {
        var physician = Town.Of(Profession.Dentist);
        await using var pages = new LivePages(host, physician, "en");
        var rail = pages.Render<RailCount>(p => p.Add(r => r.By, physician).Add(r => r.Talks, true));
        rail.FindAll(".rail-count").ShouldBeEmpty();
        var id = Guid.CreateVersion7();
        await host.MustAsync(Nurse, new OpenConversation(id, Town.Patient, "義歯", "合わないそうです", [new Addressee(AddresseeKind.Profession, null, Profession.Dentist)]));
        rail.WaitForElement(".rail-count", LivePages.Patience).GetAttribute("aria-label").ShouldBe("Messages for you: 1");
        await host.MustAsync(physician, new MarkConversationRead(id, 1));
        rail.WaitForAssertion(() => rail.FindAll(".rail-count").ShouldBeEmpty(), LivePages.Patience);
    }
}
