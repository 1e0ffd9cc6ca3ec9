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

    private static void Talked(IRenderedComponent<WishesDialog> page)
    {
        page.Choose("wishes-talked", Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        page.Type("wishes-part", "本人");
    }

    private static IRenderedComponent<WishesDialog> Open(LivePages pages, PatientSummary summary, Action? done = null, Action? newer = null) => pages.Render<WishesDialog>(p => p
        .Add(d => d.Summary, summary).Add(d => d.OnDone, () => done?.Invoke()).Add(d => d.OnNewer, () => newer?.Invoke()));

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
        section.Words().ShouldContain("Not yet confirmed by a physician");
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
        // It has taken the place of the one that was read: a press that was meant for that one finds no button.
        section.FindAll("[data-wishes=confirm]").ShouldBeEmpty();
        section.Words().ShouldContain($"Version {newer} is shown now. Read it before you confirm.");
        await section.Find("[data-wishes=read]").ClickAsync(new());
        section.Words().ShouldNotContain("Read it before you confirm");
        await section.Find("[data-wishes=confirm]").ClickAsync(new());
        section.WaitForAssertion(() => changed.ShouldBe(2), LivePages.Patience);
        section.FindAll("[role=alert]").ShouldBeEmpty();
        var after = await SummaryAsync(Family);
        (after.Wishes!.Version, after.Wishes.ConfirmedBy).ShouldBe((newer, Physician.Name));
        section.Render(p => p.Add(s => s.Summary, after));
        section.Words().ShouldContain($"Confirmed by {Physician.Name}");
        section.FindAll("[data-wishes=confirm]").ShouldBeEmpty();
        // Another person's page in the same place is opened, not changed.
        var other = after with { PatientId = Guid.CreateVersion7(), WishesVersions = [after.Wishes! with { Version = newer + 5, ConfirmedAt = null }] };
        section.Render(p => p.Add(s => s.Summary, other));
        section.FindAll("[data-wishes=confirm]").Count.ShouldBe(1);
        section.Render(p => p.Add(s => s.Summary, after));
        section.FindAll("details a.row").Count.ShouldBe(after.WishesVersions.Count - 1);
    }

    [Fact]
    public async Task the_next_version_begins_with_the_topics_of_the_last_and_what_belongs_to_a_talk_is_asked_anew()
    {
        var version = await RecordAsync(Nurse, w => w with { ReviewOn = Today.AddDays(5) });
        var done = 0;
        await using var pages = new LivePages(host, Family, "en");
        var page = Open(pages, await SummaryAsync(Family), () => done++);
        page.Find("#wishes-admission-OnlyWhenAsked").HasAttribute("checked").ShouldBeTrue();
        page.Find("#wishes-admission-note").GetAttribute("value").ShouldBe("肺炎のときは相談");
        page.Find("#wishes-speaks-name").GetAttribute("value").ShouldBe("岡本 恵子");
        foreach (var asked in new[] { "talked", "part", "words", "review" })
        {
            page.Find($"#wishes-{asked}").GetAttribute("value").ShouldBeNullOrEmpty($"{asked} belongs to the last talk");
        }

        page.FindAll("input[name=wishes-capacity][checked]").ShouldBeEmpty();
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("wishes-capacity").ShouldBe("This is needed."), LivePages.Patience);
        page.Wrong("wishes-talked").ShouldBe("This is needed.");
        Talked(page);
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
        Talked(page);
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
        section.Find($"[data-withdrawn='{version}'] a").TextContent.ShouldBe($"Version {version} was withdrawn");
        section.Find("[data-withdrawn] a").GetAttribute("href").ShouldBe($"/patients/{Town.Patient}/source/{after.WishesVersions[0].WishesId}");
        // Once there is a newer one, the old mistake is among the earlier versions only.
        await RecordAsync(Nurse);
        var replaced = await SummaryAsync(Nurse);
        section.Render(p => p.Add(s => s.Summary, replaced));
        section.FindAll("[data-withdrawn]").ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_withdrawn_is_the_version_for_which_it_was_asked_though_a_newer_one_arrives()
    {
        var meant = await RecordAsync(Nurse);
        await using var pages = new LivePages(host, Physician, "en");
        var opened = await SummaryAsync(Physician);
        var section = pages.Render<WishesSection>(p => p.Add(s => s.Summary, opened).Add(s => s.By, Physician));
        await section.Find("[data-wishes=withdraw]").ClickAsync(new());
        var newer = await RecordAsync(Family);
        var read = await SummaryAsync(Physician);
        section.Render(p => p.Add(s => s.Summary, read));
        section.Find(".dialog-title").TextContent.ShouldContain($"Withdraw version {meant} as an error");
        section.Find("dialog .banner-warn").TextContent.ShouldBe($"Version {newer} was recorded while this was open. What you withdraw here is version {meant}.");
        section.Type("wishes-reason", "別の人の話し合い");
        await section.SendAsync();
        section.WaitForAssertion(() => section.FindAll("dialog").ShouldBeEmpty(), LivePages.Patience);
        var after = await SummaryAsync(Physician);
        after.WishesVersions.Take(2).Select(v => (v.Version, v.WithdrawnAt is null)).ShouldBe([(newer, true), (meant, false)]);
    }

    [Fact]
    public async Task what_was_typed_over_an_older_version_comes_back_with_it_and_the_newer_one_is_read_first()
    {
        var older = await RecordAsync(Nurse);
        var newer = await RecordAsync(Family, w => w with { Words = "長女が聞いたこと" });
        var (done, told) = (0, 0);
        await using var pages = new LivePages(host, Nurse, "en");
        var page = Open(pages, await SummaryAsync(Nurse), () => done++, () => told++);
        page.FindAll(".wishes-newer").ShouldBeEmpty();
        // As the page puts back after a reload what was typed, and what it was typed over.
        page.Find("#wishes-basis").HasAttribute("data-keep-along").ShouldBeTrue();
        page.Find("#wishes-basis").GetAttribute("value").ShouldBe($"{newer}");
        page.Choose("wishes-basis", older);
        Talked(page);
        page.Choose("wishes-capacity-CanDecide", DecisionCapacity.CanDecide);
        page.Type("wishes-words", "看護師が聞いたこと");
        page.Find(".wishes-newer").TextContent.ShouldContain("長女が聞いたこと");
        await page.SendAsync();
        page.WaitForAssertion(() => told.ShouldBe(1), LivePages.Patience);
        (await SummaryAsync(Nurse)).NewestWishes.ShouldBe(newer);
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(Nurse)).Wishes!.Wishes.Words.ShouldBe("看護師が聞いたこと");
    }
}
