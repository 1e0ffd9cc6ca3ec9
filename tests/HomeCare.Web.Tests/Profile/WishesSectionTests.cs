using Bunit;
using HomeCare.Patients;
using HomeCare.Web.Profile;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Profile;

/// <summary>The wishes on a profile: written down by those who talked, confirmed by a physician, read by all.</summary>
public sealed class WishesSectionTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Physician = Town.Of(Profession.Physician);
    private static readonly Actor Family = Town.Of(Profession.Family);

    private static DateOnly Today => JapanTime.DayOf(TimeProvider.System.GetUtcNow());

    private async Task<PatientSummary> SummaryAsync(Actor by) =>
        (await host.Services.GetRequiredService<PatientReader>().SummaryAsync(by, Town.Patient, TestContext.Current.CancellationToken))!;

    private async Task<int> RecordAsync(Actor by, Func<Wishes, Wishes>? with = null)
    {
        var next = (await SummaryAsync(by)).NewestWishes + 1;
        await host.MustAsync(by, new RecordWishes(Town.Patient, Guid.CreateVersion7(), next, (with ?? (w => w))(Examples.Wishes)));
        return next;
    }

    private static async Task SendUntilAsync<T>(IRenderedComponent<T> page, Func<bool> done) where T : IComponent
    {
        await page.SendAsync();
        page.WaitForAssertion(() => done().ShouldBeTrue(), LivePages.Patience);
    }

    private static IRenderedComponent<WishesDialog> Open(LivePages pages, PatientSummary summary, Action? done = null, Action? newer = null) => pages.Render<WishesDialog>(p => p
        .Add(d => d.Summary, summary).Add(d => d.Today, Today).Add(d => d.OnDone, () => done?.Invoke()).Add(d => d.OnNewer, () => newer?.Invoke()));

    [Theory]
    [InlineData(Profession.Physician, "record confirm withdraw"), InlineData(Profession.Nurse, "record withdraw"), InlineData(Profession.CareManager, "record"), InlineData(Profession.Family, "record"),
     InlineData(Profession.Helper, ""), InlineData(Profession.Pharmacist, "")]
    public async Task each_is_offered_what_they_may_do(Profession profession, string offered)
    {
        await RecordAsync(Nurse);
        await using var pages = new LivePages(host, Nurse, "en");
        var summary = await SummaryAsync(Nurse);
        var section = pages.Render<WishesSection>(p => p.Add(s => s.Summary, summary).Add(s => s.By, Town.Of(profession)));
        section.FindAll("[data-wishes]").Select(b => b.GetAttribute("data-wishes")).ShouldBe(offered.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        section.Words().ShouldContain("Not yet confirmed by the physician");
        section.Words().ShouldContain("Only if they ask");
        section.Words().ShouldContain("“家にいたい”");
        section.FindAll("a[href='tel:09000000000']").Count.ShouldBe(1);
    }

    [Fact]
    public async Task where_nothing_is_on_record_it_says_so()
    {
        await using var pages = new LivePages(host, Nurse);
        var bare = await SummaryAsync(Nurse) with { WishesVersions = [] };
        pages.Render<WishesSection>(p => p.Add(s => s.Summary, bare).Add(s => s.By, Nurse)).Words().ShouldContain("まだ記録がありません");
    }

    [Fact]
    public async Task a_physician_confirms_what_is_on_the_screen_and_not_a_version_that_came_meanwhile()
    {
        await RecordAsync(Nurse);
        var seen = await SummaryAsync(Physician);
        var changed = 0;
        await using var pages = new LivePages(host, Physician, "en");
        var section = pages.Render<WishesSection>(p => p.Add(s => s.Summary, seen).Add(s => s.By, Physician).Add(s => s.OnChanged, () => changed++));
        var newer = await RecordAsync(Nurse);
        await section.Find("[data-wishes=confirm]").ClickAsync(new());
        section.WaitForAssertion(() => section.Find("[role=alert]").TextContent.ShouldContain("A newer version has been recorded."), LivePages.Patience);
        var read = await SummaryAsync(Physician);
        read.Wishes!.ConfirmedAt.ShouldBeNull();
        section.Render(p => p.Add(s => s.Summary, read));
        await section.Find("[data-wishes=confirm]").ClickAsync(new());
        section.WaitForAssertion(() => changed.ShouldBe(2), LivePages.Patience);
        section.FindAll("[role=alert]").ShouldBeEmpty();
        var after = await SummaryAsync(Family);
        (after.Wishes!.Version, after.Wishes.ConfirmedBy).ShouldBe((newer, Physician.Name));
        section.Render(p => p.Add(s => s.Summary, after));
        section.Words().ShouldContain($"Confirmed by {Physician.Name}");
        section.FindAll("[data-wishes=confirm]").ShouldBeEmpty();
        section.FindAll("details a.row").Count.ShouldBe(after.WishesVersions.Count - 1);
    }

    [Fact]
    public async Task the_next_version_begins_with_the_last_but_who_could_decide_is_asked_anew()
    {
        var version = await RecordAsync(Nurse, w => w with { ReviewOn = Today.AddDays(5) });
        var done = 0;
        await using var pages = new LivePages(host, Family, "en");
        var page = Open(pages, await SummaryAsync(Family), () => done++);
        page.Find("#wishes-talked").GetAttribute("value").ShouldBe(Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        page.Find("#wishes-part").GetAttribute("value").ShouldBe("本人\n長女");
        page.Find("#wishes-admission-OnlyWhenAsked").HasAttribute("checked").ShouldBeTrue();
        page.Find("#wishes-admission-note").GetAttribute("value").ShouldBe("肺炎のときは相談");
        page.FindAll("input[name=wishes-capacity][checked]").ShouldBeEmpty();
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-capacity").ShouldBe("This is needed."), LivePages.Patience);
        page.Choose("wishes-capacity-Partly", DecisionCapacity.Partly);
        page.Choose("wishes-admission-DoesNotWish", AdmissionWish.DoesNotWish);
        page.Type("wishes-admission-note", " ");
        page.Type("wishes-words", "もう入院はしない");
        await SendUntilAsync(page, () => done == 1);
        var now = (await SummaryAsync(Nurse)).Wishes!;
        (now.Version, now.ByProfession, now.Wishes.Capacity, now.Wishes.Admission, now.Wishes.Words, now.Wishes.Resuscitation.Choice)
            .ShouldBe((version + 1, Profession.Family, DecisionCapacity.Partly, new Wish<AdmissionWish>(AdmissionWish.DoesNotWish), "もう入院はしない", TreatmentWish.DoesNotWish));
    }

    [Fact]
    public async Task what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var pages = new LivePages(host, Nurse, "en");
        var page = Open(pages, await SummaryAsync(Nurse));
        page.Choose("wishes-capacity-CanDecide", DecisionCapacity.CanDecide);
        page.Type("wishes-part", "");
        page.Type("wishes-words", "言ったまま");
        page.Choose("wishes-talked", "2199-01-01");
        page.Choose("wishes-review", "2198-01-01");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-part").ShouldBe("Name at least one person who took part in the talk."), LivePages.Patience);
        page.Wrong("wishes-review").ShouldBe("The next review must come after the day of the talk.");
        page.Type("wishes-part", $"本人\n{new string('あ', 101)}");
        page.Choose("wishes-review", "");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-part").ShouldNotBeNull().ShouldContain("100"), LivePages.Patience);
        page.Type("wishes-part", "本人");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-talked").ShouldBe("This time lies in the future."), LivePages.Patience);
        page.Find("#wishes-words").GetAttribute("value").ShouldBe("言ったまま");
    }

    [Fact]
    public async Task of_two_who_write_at_once_the_second_reads_the_first_and_saves_what_they_typed_as_the_next()
    {
        await RecordAsync(Nurse);
        var opened = await SummaryAsync(Nurse);
        var (done, told) = (0, 0);
        await using var pages = new LivePages(host, Nurse, "en");
        var page = Open(pages, opened, () => done++, () => told++);
        page.Choose("wishes-capacity-CanDecide", DecisionCapacity.CanDecide);
        page.Type("wishes-words", "看護師が聞いたこと");
        var newer = await RecordAsync(Family, w => w with { Words = "長女が聞いたこと" });
        await page.SendAsync();
        page.WaitForAssertion(() => page.Words().ShouldContain("Somebody else recorded a newer version meanwhile. What you wrote is kept."), LivePages.Patience);
        (done, told).ShouldBe((0, 1));
        // As long as the newer one was not shown, nothing is saved over it.
        await page.SendAsync();
        page.WaitForAssertion(() => told.ShouldBe(2), LivePages.Patience);
        var read = await SummaryAsync(Nurse);
        page.Render(p => p.Add(d => d.Summary, read));
        page.Words().ShouldContain("“長女が聞いたこと”");
        page.Find("#wishes-words").GetAttribute("value").ShouldBe("看護師が聞いたこと");
        await page.SendAsync();
        page.WaitForAssertion(() => told.ShouldBe(3), LivePages.Patience);
        await SendUntilAsync(page, () => done == 1);
        var versions = (await SummaryAsync(Nurse)).WishesVersions;
        versions.Take(2).Select(v => (v.Version, v.Wishes.Words)).ShouldBe([(newer + 1, "看護師が聞いたこと"), (newer, "長女が聞いたこと")]);
    }

    [Fact]
    public async Task a_version_of_another_person_is_withdrawn_with_a_reason_and_the_one_before_is_in_force_again()
    {
        await RecordAsync(Nurse);
        var version = await RecordAsync(Nurse);
        var done = 0;
        var summary = await SummaryAsync(Nurse);
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<WishesWithdrawDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.Known, summary.Wishes!).Add(d => d.OnDone, () => done++));
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-reason").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("wishes-reason", "別の人の話し合い");
        await SendUntilAsync(page, () => done == 1);
        var after = await SummaryAsync(Nurse);
        after.Wishes!.Version.ShouldBe(version - 1);
        var section = pages.Render<WishesSection>(p => p.Add(s => s.Summary, after).Add(s => s.By, Nurse));
        section.Find("details .chip-stop").TextContent.ShouldBe("Withdrawn");
    }
}
