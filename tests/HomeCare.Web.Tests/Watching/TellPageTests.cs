using Bunit;
using HomeCare.Timeline;
using HomeCare.Watching;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Watching;

/// <summary>The page on which the family tells what they noticed.</summary>
public sealed class TellPageTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Daughter = Town.Of(Profession.Family);

    [Theory]
    [InlineData("ja", "気づいたことを選ぶか、言葉で書いてください。"), InlineData("en", "Choose what you noticed, or say it in words.")]
    public async Task nothing_is_sent_before_something_is_said_and_what_was_ticked_arrives(string language, string refusal)
    {
        await using var pages = new LivePages(host, Daughter, language);
        var page = pages.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Patient));
        page.WaitForElement("#tell-words", LivePages.Patience);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".field-error").TextContent.ShouldBe(refusal), LivePages.Patience);

        var words = $"夜に何度も起きます {language}";
        await page.Find("input[value=Sleepless]").ChangeAsync(new() { Value = true });
        await page.Find("#tell-words").InputAsync(new() { Value = words });
        await page.Find("form").SubmitAsync();
        await UntilAsync(async () => (await NotesAsync(Town.Of(Profession.Nurse))).Count(n => n.Words == words && n.SoftSigns is [HomeCare.Visits.SoftSign.Sleepless] && !n.TeamOnly) == 1);
        (await NotesAsync(Daughter)).ShouldContain(n => n.Words == words);
    }

    [Fact]
    public async Task what_is_told_to_the_team_alone_is_on_nobody_elses_screen_and_not_on_the_writers()
    {
        await using var pages = new LivePages(host, Daughter);
        var page = pages.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Patient));
        page.WaitForElement("#tell-words", LivePages.Patience);
        await page.Find("#tell-words").InputAsync(new() { Value = "兄が母に大きな声を出します" });
        await page.Find("#tell-team-only").ChangeAsync(new() { Value = true });
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".banner-ok", LivePages.Patience);
        (await NotesAsync(Town.Of(Profession.Nurse))).ShouldContain(n => n.Words == "兄が母に大きな声を出します" && n.TeamOnly);
        (await NotesAsync(Daughter)).ShouldNotContain(n => n.TeamOnly);
        (await NotesAsync(Town.Of(Profession.Patient))).ShouldNotContain(n => n.TeamOnly);
    }

    [Fact]
    public async Task it_is_for_the_person_and_the_family()
    {
        await using var pages = new LivePages(host, Town.Of(Profession.Nurse));
        pages.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Patient)).FindAll("#tell-words").ShouldBeEmpty();
        await using var others = new LivePages(host, Daughter);
        others.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Stranger)).FindAll("#tell-words").ShouldBeEmpty();
    }

    private async Task<List<BedsideNoteWritten>> NotesAsync(Actor by) =>
        [.. (await host.Services.GetRequiredService<TimelineReader>().ReadAsync(by, Town.Patient, null, null, 50, Xunit.TestContext.Current.CancellationToken))!.Select(e => e.Data).OfType<BedsideNoteWritten>()];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300 && !await condition(); i++)
        {
            await Task.Delay(100, Xunit.TestContext.Current.CancellationToken);
        }

        (await condition()).ShouldBeTrue();
    }
}
