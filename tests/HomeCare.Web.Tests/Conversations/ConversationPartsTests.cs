using Bunit;
using HomeCare.Conversations;
using HomeCare.Instructions;
using HomeCare.Web.Board;
using HomeCare.Web.Conversations;
using HomeCare.Web.Patients;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Conversations;

public sealed class ConversationPartsTests
{
    private static readonly Guid Gone = Guid.CreateVersion7();

    private static readonly ConversationPost Post = new(
        2, Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse, "みなと訪問看護", "回数を増やしますか",
        [new Mention(Samples.Reader.PersonId, Samples.Reader.Name, Profession.Physician), new Mention(Gone, "安部 翔", Profession.Nurse), new Mention(null, null, Profession.Pharmacist)],
        new AnswerNeeded(Urgency.Urgent, Samples.Now.AddHours(1)), Samples.Now, [Samples.Card with { Kind = InstructionKind.Consultation, AddresseeName = Samples.Reader.Name }]);

    private static string Words(ConversationPost post, IReadOnlyList<ConversationReaderMark> readers, string language = "ja", DateTimeOffset? now = null)
    {
        using var pages = new Pages(language);
        return pages.Render<PostView>(p => p.Add(v => v.Post, post).Add(v => v.By, Samples.Reader).Add(v => v.Readers, readers).Add(v => v.Left, new HashSet<Guid> { Gone })
            .Add(v => v.Now, now ?? Samples.Now)).Words();
    }

    [Fact]
    public void a_post_says_to_whom_whether_they_read_it_and_who_left()
    {
        ConversationReaderMark[] readers = [new(Samples.Reader.PersonId, Samples.Reader.Name, Profession.Physician, 2, Samples.Now), new(Guid.CreateVersion7(), "鈴木 彩", Profession.Pharmacist, 1, Samples.Now)];
        var words = Words(Post, readers);
        words.ShouldContain($"{Samples.Reader.Name} 既読");
        words.ShouldContain("安部 翔 チームを離れました");
        words.ShouldContain("薬剤師の全員 未読");
        Words(Post, [readers[0], readers[1] with { UpTo = 2 }]).ShouldContain("薬剤師の全員 既読 1人");
        Words(Post, readers, "en").ShouldContain("安部 翔 left the team");
    }

    [Fact]
    public void an_answer_that_is_needed_says_by_when_and_how_far_it_has_come()
    {
        Words(Post, []).ShouldContain("要返答 ");
        Words(Post, []).ShouldContain("返答待ち");
        Words(Post, [], now: Samples.Now.AddHours(3)).ShouldContain("返答の期限切れ");
        var answered = Words(Post with { Requests = [Post.Requests[0] with { Status = InstructionStatus.Completed, Outcome = "1時間ごとに" }] }, [], "en");
        answered.ShouldContain("Answered");
        answered.ShouldContain("1時間ごとに");
        Words(Post with { Requests = [Post.Requests[0] with { Status = InstructionStatus.Closed, Withdrawn = false }] }, []).ShouldContain("解決");
        var information = Words(Post with { Answer = null, Requests = [] }, []);
        information.ShouldContain("参考");
        information.ShouldNotContain("要返答");
    }

    [Fact]
    public async Task a_post_goes_to_those_chosen_and_says_whose_answer_is_needed()
    {
        using var pages = new Pages();
        var sent = new List<(PostDraft Draft, Guid Id)>();
        Outcome answer = new Outcome.Refused(RefusalKind.Conflict, "conversation.mention_not_on_team") { Who = "安部 翔" };
        var composer = pages.Render<Composer>(p => p.Add(c => c.By, Samples.Reader).Add(c => c.Reachable, [
            new KnownPerson(Samples.Reader.PersonId, Samples.Reader.Name, Profession.Physician, null), new KnownPerson(Samples.Nurse.PersonId, Samples.Nurse.Name, Profession.Nurse, "みなと訪問看護"),
            new KnownPerson(Gone, "岡本 恵子", Profession.Family, null),
        ]).Add(c => c.Send, (draft, id) =>
        {
            sent.Add((draft, id));
            return Task.FromResult(answer);
        }));
        // Neither oneself nor a relative can be chosen.
        composer.FindAll(".choice").Select(c => c.TextContent.Trim()).ShouldBe(["看護師の全員", $"{Samples.Nurse.Name} 看護師"]);
        await composer.Find("#talk-text").InputAsync(new() { Value = "増やしますか" });
        await composer.FindAll(".choice input")[1].ChangeAsync(new() { Value = true });
        await composer.FindAll("input[name=talk-need]")[1].ChangeAsync(new() { Value = "on" });
        await composer.FindAll("input[name=talk-urgency]")[2].ChangeAsync(new() { Value = "on" });
        await composer.Find("form").SubmitAsync();
        composer.Find("[role=alert]").TextContent.ShouldContain("安部 翔さんはこの方のケアチームにいません");
        var (draft, first) = sent.ShouldHaveSingleItem();
        draft.Mentions.ShouldBe([new Addressee(AddresseeKind.Person, Samples.Nurse.PersonId)]);
        (draft.Text, draft.Answer).ShouldBe(("増やしますか", new AnswerNeeded(Urgency.Urgent)));

        // The same words again are the same act; once sent, the field is empty.
        answer = new Outcome.Done(new(1, 1, Samples.Now), false);
        await composer.Find("form").SubmitAsync();
        sent[1].Id.ShouldBe(first);
        composer.Find("#talk-text").GetAttribute("value").ShouldBeNullOrEmpty();
        composer.FindAll("input[name=talk-urgency]").ShouldBeEmpty();
    }

    [Fact]
    public void a_row_says_how_many_conversations_wait_for_the_reader()
    {
        var line = HomeCare.Web.Tests.Patients.PatientRowTests.Line with { Conversations = 2 };
        using var pages = new Pages();
        pages.Render<PatientRow>(p => p.Add(r => r.Line, line)).Find("[data-talks]").TextContent.ShouldContain("あなた宛て 2");
        pages.Render<RowView>(p => p.Add(r => r.Row, BoardRow.Of(line, Samples.Now))).Find("[data-talks]").TextContent.ShouldContain("あなた宛て 2");
        pages.Render<PatientRow>(p => p.Add(r => r.Line, line with { Conversations = 0 })).FindAll("[data-talks]").ShouldBeEmpty();
    }

    [Fact]
    public void a_timelines_entry_leads_to_the_post_and_says_to_whom()
    {
        using var pages = new Pages();
        var entry = Samples.Entry(new PostWritten(Gone, Samples.Patient, "夜間の吸引", 3, "増やしますか", Post.Mentions, Post.Answer));
        var body = pages.Render<HomeCare.Web.Timeline.EntryBody>(p => p.Add(b => b.View, new HomeCare.Web.Timeline.EntryView(entry)));
        body.Find("a").GetAttribute("href").ShouldBe($"/patients/{Samples.Patient}/talk/{Gone}#post-3");
        body.Words().ShouldContain("薬剤師の全員");
        body.Words().ShouldContain("要返答");
    }
}
