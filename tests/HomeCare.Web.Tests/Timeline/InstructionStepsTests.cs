using Bunit;
using HomeCare.Instructions;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Timeline;

public sealed class InstructionStepsTests
{
    private static readonly InstructionReader.Read Read = new(Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse, Samples.Now);

    private static IEnumerable<string> Steps(InstructionCard card, string language = "ja")
    {
        using var pages = new Pages(language);
        return [.. pages.Render<InstructionLife>(p => p.Add(l => l.Card, card)).FindAll("li.step").Select(s => $"{s.ClassList.FirstOrDefault(c => c != "step")}:{s.TextContent.Trim()}")];
    }

    [Fact]
    public void an_instruction_that_was_read_waits_to_be_taken_by_the_one_it_names() =>
        Steps(Samples.Card with { Reads = [Read] }).ShouldBe(["is-done:発行 14:35", "is-done:既読 14:36", "is-now:指示受け待ち・田中 美咲", ":実施", ":終了"]);

    [Fact]
    public void past_its_time_the_step_that_waits_is_late() =>
        Steps(Samples.Card with { DueAt = Samples.Now.AddHours(-1) }).ShouldContain("is-late:指示受け待ち・田中 美咲");

    [Fact]
    public void once_taken_it_waits_to_be_carried_out() =>
        Steps(Samples.Card with { Status = InstructionStatus.Taken, TakenBy = Samples.Nurse.PersonId, TakenByName = "田中 美咲", TakenAt = Samples.Now }, "en")
            .ShouldBe(["is-done:Issued 14:35", "is-done:Read", "is-done:Taken by 田中 美咲 14:36", "is-now:To be done by 田中 美咲", ":Closed"]);

    [Fact]
    public void a_question_makes_the_issuer_the_next_actor() =>
        Steps(Samples.Card with { Status = InstructionStatus.Questioned, Question = "朝からですか", QuestionedByName = "田中 美咲", QuestionedAt = Samples.Now })
            .ShouldContain("is-now:回答待ち・佐藤 健一 14:36");

    [Fact]
    public void what_was_not_carried_out_stops_there_and_waits_to_be_closed()
    {
        var steps = Steps(Samples.Card with { Status = InstructionStatus.Declined, TakenAt = Samples.Now, TakenByName = "田中 美咲", Outcome = "拒まれた", OverAt = Samples.Now });
        steps.ShouldContain("is-stopped:できず 14:36");
        steps.ShouldContain("is-now:確認待ち・佐藤 健一");
    }

    [Fact]
    public void a_withdrawn_instruction_says_so_at_its_end() =>
        Steps(Samples.Card with { Status = InstructionStatus.Closed, Withdrawn = true, ClosedAt = Samples.Now, Outcome = "入院" }).Last().ShouldBe("is-stopped:取り下げ 14:36");

    [Fact]
    public void question_and_answer_stand_beneath_it()
    {
        using var pages = new Pages();
        var card = Samples.Card with { Status = InstructionStatus.Answered, Question = "朝からですか", QuestionedByName = "田中 美咲", QuestionedAt = Samples.Now, Answer = "夕から", AnsweredAt = Samples.Now };
        var thread = pages.Render<InstructionLife>(p => p.Add(l => l.Card, card)).Find(".thread").TextContent;
        thread.ShouldContain("朝からですか");
        thread.ShouldContain("夕から");
    }
}
