using Bunit;
using HomeCare.Instructions;
using HomeCare.VitalSigns;
using HomeCare.Web.Instructions;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Instructions;

/// <summary>What is particular about an instruction is said on its card, and each may do what is theirs.</summary>
public sealed class TermsTests
{
    private static readonly Actor Nurse = new("minato", Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse, Samples.Nurse.OrganisationId, Samples.Nurse.OrganisationName);
    private static readonly Actor Pharmacist = new("minato", Ids.Of("pharmacist"), "鈴木 彩", Profession.Pharmacist, Ids.Of("pharmacy"), "港薬局");

    private static string Terms(InstructionCard card, string language = "ja")
    {
        using var pages = new Pages(language);
        return pages.Render<TermsLine>(p => p.Add(t => t.Card, card)).Words();
    }

    [Fact]
    public void a_stop_a_condition_and_an_end_are_said()
    {
        var card = Samples.Card with
        {
            Terms = new InstructionTerms { StopOrder = true, Standing = new StandingOrder(Samples.Now.AddDays(9), new OrderCondition(VitalSign.SpO2, Below: 90)) },
        };
        Terms(card).ShouldContain("中止指示");
        Terms(card).ShouldContain("SpO₂が90未満のとき");
        Terms(card, "en").ShouldContain("holds until");
    }

    [Fact]
    public void an_occasion_says_what_called_for_it()
    {
        var occasion = new Occasion(Samples.Subject, "佐藤 健一", null, Samples.Now, VitalSign.Glucose, 58, Samples.Subject);
        Terms(Samples.Card with { Terms = new InstructionTerms { Occasion = occasion } }).ShouldContain("58");
        Terms(Samples.Card with { Terms = new InstructionTerms { Occasion = occasion with { Value = null } } }).ShouldContain("Lo/Hi");
    }

    [Fact]
    public void what_it_said_before_stands_struck_with_who_changed_it_and_why()
    {
        using var pages = new Pages();
        var line = pages.Render<TermsLine>(p => p.Add(t => t.Card, Samples.Card with { Former = [new FormerWording("12単位", null, Samples.Now, "佐藤 健一", "低血糖")] }));
        line.Find("del").TextContent.ShouldBe("12単位");
        line.Words().ShouldContain("佐藤 健一が変更(理由: 低血糖)");
    }

    [Fact]
    public void a_verbal_order_is_confirmed_in_one_tap_by_the_one_who_said_it_alone()
    {
        var card = Samples.Card with { IssuerId = Samples.Reader.PersonId, Terms = new InstructionTerms { Verbal = new VerbalOrder(Nurse.PersonId, Nurse.Name, "佐藤 健一") } };
        NextSteps.Of(card, Samples.Reader)[0].ShouldBe(NextStep.Confirm);
        NextSteps.Of(card, Nurse).ShouldNotContain(NextStep.Confirm);
        NextSteps.Of(card with { ConfirmedAt = Samples.Now }, Samples.Reader).ShouldNotContain(NextStep.Confirm);
        Terms(card).ShouldContain("確認待ち");
    }

    [Fact]
    public void each_task_of_a_change_of_medicine_is_finished_by_those_who_may()
    {
        var card = Samples.Card with
        {
            Terms = new InstructionTerms { ChangesMedicine = true },
            TasksDone = [new TaskDone(MedicineTask.Prescribe, "佐藤 健一", Samples.Now, null)],
            Tasks = [new OpenTask(MedicineTask.Dispense, new Owner(Pharmacist.PersonId, Pharmacist.Name, null, Samples.Now)), new OpenTask(MedicineTask.TellFamily, new Owner(null, null, Unowned.NobodyNamed, Samples.Now))],
        };
        using var pages = new Pages();
        var sent = new List<object>();
        var list = pages.Render<TaskList>(p => p.Add(t => t.Card, card).Add(t => t.By, Pharmacist).Add(t => t.Send, (command, _) =>
        {
            sent.Add(command);
            return Task.FromResult<Outcome>(new Outcome.Refused(RefusalKind.Conflict, "instruction.question_open"));
        }));
        list.Find("[data-task=Prescribe]").TextContent.ShouldContain("済み・佐藤 健一");
        list.Find("[data-task=TellFamily]").TextContent.ShouldContain("担当なし");
        list.FindAll("[data-task=Prescribe] button").ShouldBeEmpty();
        list.Find("[data-task=Dispense] button").Click();
        sent.ShouldHaveSingleItem().ShouldBe(new FinishMedicineTask(card.InstructionId, MedicineTask.Dispense));
        list.Find("[role=alert]").TextContent.ShouldContain("照会への回答を待っています");
    }

    [Fact]
    public void a_question_is_answered_by_the_physician_and_closed_by_the_nurse_who_asked()
    {
        var card = Samples.Card with { Kind = InstructionKind.Question, Order = null, IssuerId = Nurse.PersonId, IssuerName = Nurse.Name, Addressee = new Addressee(AddresseeKind.Person, Samples.Reader.PersonId) };
        NextSteps.Of(card, Samples.Reader).ShouldBe([NextStep.Reply, NextStep.Read]);
        NextSteps.Of(card, Nurse).ShouldBe([NextStep.Withdraw]);
        NextSteps.Of(card with { Status = InstructionStatus.Completed, Outcome = "2 L に" }, Nurse).ShouldBe([NextStep.Close]);
        NextSteps.Of(card, Pharmacist).ShouldBe([NextStep.Read]);
    }
}
