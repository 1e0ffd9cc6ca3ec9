using Bunit;
using HomeCare.Instructions;
using HomeCare.VitalSigns;
using HomeCare.Web.Instructions;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Instructions;

/// <summary>A countersignature is asked for, waited for and given on the cards; what shows that something was done is chosen from the record.</summary>
public sealed class CountersignPartsTests
{
    private static readonly Actor Nurse = new("minato", Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse, Samples.Nurse.OrganisationId, Samples.Nurse.OrganisationName);
    private static readonly Actor Ono = Nurse with { PersonId = Ids.Of("ono"), Name = "大野 拓也" };
    private static readonly Actor Mori = Samples.Reader with { PersonId = Ids.Of("mori"), Name = "森 隆之" };

    private static InstructionCard Taken => Samples.Card with
    {
        Status = InstructionStatus.Taken, TakenBy = Nurse.PersonId, TakenByName = Nurse.Name, TakenAt = Samples.Now, Countersign = new Countersign(CountersignBefore.Do, Profession.Nurse),
    };

    private static InstructionCard Done => Taken with
    {
        Status = InstructionStatus.Completed, Outcome = "実施", OverAt = Samples.Now, Countersign = new Countersign(CountersignBefore.Close, Profession.Physician, Mori.PersonId, Mori.Name),
    };

    private static string[] Steps(InstructionCard card, string language = "ja")
    {
        using var pages = new Pages(language);
        return [.. pages.Render<InstructionLife>(p => p.Add(l => l.Card, card)).FindAll("li.step").Select(s => $"{s.ClassList.FirstOrDefault(c => c != "step")}:{s.TextContent.Trim()}")];
    }

    [Fact]
    public void whoever_may_countersign_has_it_first_and_the_one_who_carries_it_out_waits()
    {
        NextSteps.Of(Taken, Ono).ShouldBe([NextStep.Countersign, NextStep.Read, NextStep.Question]);
        NextSteps.Of(Taken, Nurse).ShouldNotContain(NextStep.Complete);
        NextSteps.Of(Taken, Nurse).ShouldNotContain(NextStep.Countersign);
        NextSteps.Of(Taken with { CountersignedAt = Samples.Now, CountersignedBy = Ono.PersonId }, Nurse)[0].ShouldBe(NextStep.Complete);
        NextSteps.Of(Done, Samples.Reader).ShouldBeEmpty("it waits for another physician");
        NextSteps.Of(Done, Mori).ShouldBe([NextStep.Countersign]);
        NextSteps.Of(Done with { Asked = [Guid.Empty] }, Samples.Reader).ShouldBe([NextStep.CloseSaying]);
        NextSteps.Of(Done with { CountersignedAt = Samples.Now }, Samples.Reader)[0].ShouldBe(NextStep.Close);
    }

    [Fact]
    public void tasks_that_are_open_are_left_with_the_reason() =>
        NextSteps.Of(Done with { Countersign = null, Terms = new InstructionTerms { ChangesMedicine = true } }, Samples.Reader).ShouldBe([NextStep.CloseSaying]);

    [Fact]
    public void it_is_a_step_of_the_life_in_its_place()
    {
        Steps(Taken)[2..].ShouldBe(["is-done:指示受け・田中 美咲 14:36", "is-now:連署・看護師", ":実施", ":終了"]);
        Steps(Taken with { CountersignedAt = Samples.Now, CountersignedByName = "大野 拓也" }, "en")[3..].ShouldBe(["is-done:Countersigned by 大野 拓也 14:36", "is-now:To be done by 田中 美咲", ":Closed"]);
        Steps(Done)[3..].ShouldBe(["is-done:実施 14:36", "is-now:連署・森 隆之", ":終了"]);
    }

    [Theory]
    [InlineData("ja", "連署待ち・看護師"), InlineData("en", "To be countersigned: Nurse")]
    public void who_is_waited_for_is_said(string language, string words)
    {
        using var pages = new Pages(language);
        pages.Render<StateChip>(p => p.Add(s => s.Card, Taken)).Words().ShouldBe(words);
    }

    [Fact]
    public void it_is_given_in_a_dialog_that_shows_the_order_and_needs_no_word()
    {
        using var pages = new Pages();
        var sent = new List<object>();
        var dialog = pages.Render<SayDialog>(p => p.Add(d => d.Card, Taken).Add(d => d.Step, NextStep.Countersign).Add(d => d.Send, (command, _) =>
        {
            sent.Add(command);
            return Task.FromResult<Outcome>(new Outcome.Refused(RefusalKind.Conflict, "instruction.countersigned_by_another") { Who = "長谷川 文" });
        }));
        dialog.Find(".order").TextContent.ShouldContain("フロセミド錠");
        dialog.Find("form").Submit();
        sent.ShouldHaveSingleItem().ShouldBe(new CountersignInstruction(Taken.InstructionId));
        dialog.Find("[role=alert]").TextContent.ShouldContain("長谷川 文さんがすでに連署しています");
    }

    [Fact]
    public void what_shows_that_it_was_done_is_chosen_from_the_record_since_the_issue()
    {
        var link = new EvidenceLink(EvidenceKind.Vitals, Samples.Subject, Samples.Now, 1041);
        using var pages = new Pages();
        var sent = new List<object>();
        var dialog = pages.Render<SayDialog>(p => p.Add(d => d.Card, Taken).Add(d => d.Step, NextStep.Complete)
            .Add(d => d.Evidence, () => Task.FromResult<IReadOnlyList<EvidenceChoice>>([new EvidenceChoice(link, "田中 美咲", "vitals-recorded", new Vitals(Samples.Now) { SpO2 = 92 }, null)]))
            .Add(d => d.Send, (command, _) =>
            {
                sent.Add(command);
                return Task.FromResult<Outcome>(new Outcome.Invalid([new FieldError("links", "instruction.evidence_before_issue", [])]));
            }));
        dialog.Find("fieldset").TextContent.ShouldContain("SpO₂ 92");
        dialog.Find("textarea").Input("再測定した");
        dialog.Find("[data-evidence]").Change(true);
        dialog.Find("form").Submit();
        sent.ShouldHaveSingleItem().ShouldBeOfType<CompleteInstruction>().Links.ShouldBe([new EvidenceSource(EvidenceKind.Vitals, Samples.Subject)]);
        dialog.Find("fieldset .field-error").TextContent.ShouldContain("指示より前の記録");
    }

    [Fact]
    public void what_shows_it_leads_to_where_it_stands()
    {
        using var pages = new Pages();
        var life = pages.Render<InstructionLife>(p => p.Add(l => l.Card, Done with { Evidence = [new EvidenceLink(EvidenceKind.Photo, Samples.Subject, Samples.Now, 77)] }));
        life.Find("a[data-evidence=Photo]").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}#entry-77");
    }

    [Theory]
    [InlineData("Do:Nurse", CountersignBefore.Do, Profession.Nurse, null)]
    [InlineData("Close:0190a000-0000-8000-8000-000000000005", CountersignBefore.Close, null, "0190a000-0000-8000-8000-000000000005")]
    public void a_choice_asks_for_one_before_one_step(string value, CountersignBefore before, Profession? profession, string? person) =>
        CountersignChoice.Parse(value).ShouldBe(new CountersignRequest(before, person is null ? null : Guid.Parse(person), profession));

    [Fact]
    public void nothing_chosen_asks_for_nothing() => CountersignChoice.Parse(null).ShouldBeNull();
}
