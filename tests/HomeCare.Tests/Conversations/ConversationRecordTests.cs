using HomeCare.CareTeams;
using HomeCare.Conversations;
using HomeCare.Instructions;

namespace HomeCare.Tests.Conversations;

/// <summary>What waits for whom, on a real database.</summary>
public sealed class ConversationRecordTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Addressee To(Actor person) => new(AddresseeKind.Person, person.PersonId);

    private static Addressee ToAll(Profession profession) => new(AddresseeKind.Profession, null, profession);

    private async Task<int> CountAsync(Community c, Actor by)
    {
        var line = (await c.Patients.LineAsync(by, c.Patient, Ct))!.Conversations;
        (await c.Conversations.WaitingAboutAsync(by, c.Patient, Ct)).ShouldBe(line);
        (await c.Conversations.WaitingAsync(by, Ct)).Count.ShouldBe(line);
        return line;
    }

    [Fact]
    public async Task a_question_waits_for_whom_it_mentions_then_for_who_asked_then_for_nobody()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        await c.Must(c.Nurse, new OpenConversation(id, c.Patient, "夜間の吸引", "回数を増やしますか", [To(c.Physician)], new AnswerNeeded(Urgency.Today)));
        (await CountAsync(c, c.Physician), await CountAsync(c, c.Nurse)).ShouldBe((1, 0));

        // Reading alone does not answer it.
        await c.Must(c.Physician, new MarkConversationRead(id, 1));
        var card = (await c.Conversations.OneAsync(c.Physician, c.Patient, id, Ct))!;
        var request = card.Posts.ShouldHaveSingleItem().Requests.ShouldHaveSingleItem();
        (request.AwaitsMe(c.Physician), request.Owner!.PersonId).ShouldBe((true, (Guid?)c.Physician.PersonId));
        (await CountAsync(c, c.Physician)).ShouldBe(1);
        (await c.Instructions.AwaitingAsync(c.Physician, Ct)).Count.ShouldBe(1);

        await c.Must(c.Physician, new AnswerRequest(request.InstructionId, "1時間ごとに"));
        (await CountAsync(c, c.Physician), await CountAsync(c, c.Nurse)).ShouldBe((0, 1));
        await c.Must(c.Nurse, new CloseRequest(request.InstructionId));
        (await CountAsync(c, c.Physician), await CountAsync(c, c.Nurse)).ShouldBe((0, 0));
        (await c.Conversations.OneAsync(c.Nurse, c.Patient, id, Ct))!.Posts[0].Requests[0].Outcome.ShouldBe("1時間ごとに");
    }

    [Fact]
    public async Task what_is_for_information_waits_until_each_has_read_it_and_a_profession_is_everybody_of_it()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        await c.Must(c.Physician, new OpenConversation(id, c.Patient, "入浴", "今週は控えてください", [ToAll(Profession.Nurse)]));
        (await CountAsync(c, c.Nurse), await CountAsync(c, c.OtherNurse), await CountAsync(c, c.Physician)).ShouldBe((1, 1, 0));
        await c.Must(c.Nurse, new MarkConversationRead(id, 1));
        (await CountAsync(c, c.Nurse), await CountAsync(c, c.OtherNurse)).ShouldBe((0, 1));

        // Mentioned by name, it waits for that person alone; nobody's own post is unread to them.
        await c.Must(c.Physician, new WritePost(id, "田中さん、シャワーも", [To(c.Nurse)]));
        (await CountAsync(c, c.Nurse), await CountAsync(c, c.Physician)).ShouldBe((1, 0));
        (await c.Conversations.OfPatientAsync(c.Physician, c.Patient, Ct))!.ShouldHaveSingleItem().Unread.ShouldBe(0);
        await c.Must(c.Nurse, new MarkConversationRead(id, 2));
        (await CountAsync(c, c.Nurse)).ShouldBe(0);

        // A post that mentions nobody is unread, and waits for nobody.
        await c.Must(c.Physician, new WritePost(id, "補足です"));
        (await c.Conversations.OfPatientAsync(c.Nurse, c.Patient, Ct))!.ShouldHaveSingleItem().Unread.ShouldBe(1);
        (await CountAsync(c, c.Nurse)).ShouldBe(0);
    }

    [Fact]
    public async Task who_left_the_team_sees_nothing_more_and_is_shown_as_left_and_the_question_is_visibly_nobodys()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        await c.Must(c.Physician, new OpenConversation(id, c.Patient, "処置", "写真を見てください", [To(c.OtherNurse)], new AnswerNeeded()));
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.OrganisationId!.Value));
        (await c.Conversations.WaitingAsync(c.OtherNurse, Ct)).ShouldBeEmpty();
        (await c.Conversations.OneAsync(c.OtherNurse, c.Patient, id, Ct)).ShouldBeNull();
        var card = (await c.Conversations.OneAsync(c.Nurse, c.Patient, id, Ct))!;
        card.Left.ShouldBe([c.OtherNurse.PersonId]);
        card.Posts[0].Requests[0].Owner!.Why.ShouldBe(Unowned.LeftTheTeam);
        await c.Refused(c.Physician, new WritePost(id, "?", [To(c.OtherNurse)]), RefusalKind.Conflict, "conversation.mention_not_on_team", c.OtherNurse.Name);
    }

    [Fact]
    public async Task relatives_see_nothing_of_it_anywhere()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        var before = (await c.Patients.LineAsync(c.Daughter, c.Patient, Ct))!;
        await c.Must(c.Nurse, new OpenConversation(id, c.Patient, "心配なこと", "あざがあります", [To(c.Physician)], new AnswerNeeded(Urgency.Urgent)));
        var request = (await c.Conversations.OneAsync(c.Nurse, c.Patient, id, Ct))!.Posts[0].Requests[0].InstructionId;
        await c.Must(c.Physician, new MarkInstructionRead(request));
        await c.Must(c.Physician, new AnswerRequest(request, "あす診ます"));
        await c.Must(c.Nurse, new CloseRequest(request, "承知しました"));

        (await c.Conversations.OfPatientAsync(c.Daughter, c.Patient, Ct)).ShouldBeNull();
        (await c.Conversations.OneAsync(c.Daughter, c.Patient, id, Ct)).ShouldBeNull();
        (await c.Conversations.WaitingAsync(c.Daughter, Ct)).ShouldBeEmpty();
        (await c.Instructions.OfPatientAsync(c.Daughter, c.Patient, closedToo: true, Ct))!.ShouldBeEmpty();
        (await c.Instructions.SomeAsync(c.Daughter, c.Patient, [request], Ct))!.ShouldBeEmpty();
        (await c.Instructions.OpenAsync(c.Daughter, Ct)).ShouldBeEmpty();
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, 0, 200, Ct))!.ShouldAllBe(e => e.SubjectId != id && e.SubjectId != request);
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, 0, 200, Ct))!.Count(e => e.SubjectId == id || e.SubjectId == request).ShouldBe(5);
        Json.Same((await c.Patients.LineAsync(c.Daughter, c.Patient, Ct))!, before).ShouldBeTrue();
        await c.Refused(c.Daughter, new WritePost(id, "何の話ですか"), RefusalKind.Forbidden, "act.not_permitted");
    }

    [Fact]
    public async Task two_who_write_at_once_both_stand_there_and_the_same_sent_twice_stands_once()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        await c.Must(c.Nurse, new OpenConversation(id, c.Patient, "申し送り", "始めます"));
        var command = Guid.CreateVersion7();
        var post = new WritePost(id, "質問です", [To(c.Physician)], new AnswerNeeded());
        await Task.WhenAll(c.Must(c.Nurse, post, command), c.Must(c.Physician, new WritePost(id, "補足です")));
        await c.Must(c.Nurse, post with { Mentions = [.. post.Mentions!] }, command);
        var card = (await c.Conversations.OneAsync(c.Nurse, c.Patient, id, Ct))!;
        card.Posts.Select(p => p.Number).ShouldBe([1, 2, 3]);
        card.Posts.Select(p => p.Text).ShouldBe(["始めます", "質問です", "補足です"], ignoreOrder: true);
        card.Posts.SelectMany(p => p.Requests).ShouldHaveSingleItem();
    }
}
