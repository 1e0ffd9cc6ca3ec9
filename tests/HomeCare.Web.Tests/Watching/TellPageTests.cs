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
        var timeline = host.Services.GetRequiredService<TimelineReader>();
        page.WaitForAssertion(() => page.FindAll(".field-error").ShouldBeEmpty(), LivePages.Patience);
        var entries = await timeline.ReadAsync(Town.Of(Profession.Nurse), Town.Patient, null, null, 50, Xunit.TestContext.Current.CancellationToken);
        entries!.Select(e => e.Data).OfType<BedsideNoteWritten>().Count(n => n.Words == words && n.SoftSigns is [HomeCare.Visits.SoftSign.Sleepless]).ShouldBe(1);
    }

    [Fact]
    public async Task it_is_for_the_person_and_the_family()
    {
        await using var pages = new LivePages(host, Town.Of(Profession.Nurse));
        pages.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Patient)).FindAll("#tell-words").ShouldBeEmpty();
        await using var others = new LivePages(host, Daughter);
        others.Render<TellPage>(p => p.Add(t => t.PatientId, Town.Stranger)).FindAll("#tell-words").ShouldBeEmpty();
    }
}
