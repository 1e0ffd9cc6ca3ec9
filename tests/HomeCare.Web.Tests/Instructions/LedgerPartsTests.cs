using Bunit;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Web.Instructions;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Instructions;

/// <summary>The card of the inbox and of a person's ledger, and the dialogs that open from it.</summary>
public sealed class LedgerPartsTests
{
    private static readonly Allergy Penicillin = new("ペニシリン系抗菌薬", null, AllergyKind.Medicine, null, "発疹", AllergyStatus.Active);

    private static string Card(InstructionCard card, string language, bool ofOne = false)
    {
        using var pages = new Pages(language);
        return pages.Render<AskCard>(p => p.Add(c => c.Card, card).Add(c => c.By, Samples.Reader).Add(c => c.Now, Samples.Now).Add(c => c.OfOne, ofOne)).Words();
    }

    [Theory]
    [InlineData("ja", "実施せず:朝食後だった", "実施せず 田中 美咲:朝食後だった"), InlineData("en", "Not done: 朝食後だった", "Not done, 田中 美咲: 朝食後だった")]
    public void how_it_ended_names_whoever_took_it_and_nobody_where_nobody_did(string language, string nobody, string somebody)
    {
        var declined = Samples.Card with { Status = InstructionStatus.Declined, Outcome = "朝食後だった", TakenBy = null, TakenByName = null };
        Card(declined, language).ShouldContain(nobody);
        Card(declined with { TakenBy = Ids.Of("tanaka"), TakenByName = "田中 美咲" }, language).ShouldContain(somebody);
    }

    [Fact]
    public void among_others_of_the_same_person_the_kind_heads_a_card_and_not_the_name()
    {
        Card(Samples.Card, "ja").ShouldStartWith(Samples.Card.PatientName);
        Card(Samples.Card, "ja", ofOne: true).ShouldNotContain(Samples.Card.PatientName);
        Card(Samples.Card, "ja", ofOne: true).ShouldStartWith("薬");
    }

    [Theory]
    [InlineData(NextStep.Answer), InlineData(NextStep.Question), InlineData(NextStep.Decline), InlineData(NextStep.Withdraw), InlineData(NextStep.Complete)]
    public void a_dialog_says_nothing_is_wrong_before_anything_was_sent(NextStep step)
    {
        using var pages = new Pages();
        var dialog = pages.Render<SayDialog>(p => p.Add(d => d.Card, Samples.Card).Add(d => d.Step, step).Add(d => d.Send, (_, _) => throw new InvalidOperationException("nothing was said")));
        dialog.FindAll(".field-error").ShouldBeEmpty();
        dialog.Find("form").Submit();
        dialog.Find(".field-error").TextContent.ShouldNotBe("Problem");
    }

    [Fact]
    public void a_medicine_changed_to_one_that_the_person_is_allergic_to_is_not_sent_before_it_was_seen()
    {
        using var pages = new Pages();
        var sent = new List<object>();
        var dialog = pages.Render<ChangeDialog>(p => p.Add(d => d.Card, Samples.Card).Add(d => d.Allergies, () => Task.FromResult<IReadOnlyList<Allergy>>([Penicillin])).Add(d => d.Send, (command, _) =>
        {
            sent.Add(command);
            return Task.FromResult<Outcome>(new Outcome.Refused(RefusalKind.Conflict, "instruction.over"));
        }));
        dialog.FindAll(".banner-stop").ShouldBeEmpty();
        dialog.Find("input[id$='-Drug']").Input("ペニシリンV錠");
        dialog.Find("form").Submit();
        sent.ShouldBeEmpty();
        dialog.Find(".banner-stop").TextContent.ShouldContain("発疹");
        dialog.Find(".banner-stop .field-error").TextContent.ShouldNotBeEmpty();

        dialog.Find(".banner-stop input[type=checkbox]").Change(true);
        dialog.Find("form").Submit();
        sent.ShouldHaveSingleItem();

        dialog.Find("input[id$='-Drug']").Input("アモキシシリン");
        dialog.FindAll(".banner-stop .tick").ShouldBeEmpty("names are compared, nothing more");
        dialog.Find("input[id$='-Drug']").Input("ペニシリン");
        dialog.Find("form").Submit();
        sent.Count.ShouldBe(1, "another medicine is looked at anew");
    }
}
