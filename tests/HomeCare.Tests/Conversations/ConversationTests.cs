using HomeCare.Conversations;
using HomeCare.Instructions;

namespace HomeCare.Tests.Conversations;

/// <summary>What the team says to one another: to whom, for information or with an answer needed, and who has read it.</summary>
public sealed class ConversationTests
{
    private static readonly Guid Id = Ids.Of("conversation");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly Addressee ToPhysician = new(AddresseeKind.Person, People.Physician.PersonId);
    private static readonly Addressee ToPharmacists = new(AddresseeKind.Profession, null, Profession.Pharmacist);

    private static readonly OpenConversation Question =
        new(Id, Patient, "夜間の吸引", "回数を増やしますか", [ToPhysician, ToPharmacists], new AnswerNeeded(Urgency.Urgent, Clock.Now.AddHours(1)));

    private static Scenario<Conversation> Opened(params object[] more) =>
        Given.Events<Conversation>([new PostWritten(Id, Patient, "夜間の吸引", 1, "回数を増やしますか", [], null), .. more]);

    private static Scenario<TState> Knowing<TState>(Scenario<TState> given, IReadOnlyList<Actor> team, params Actor[] others) where TState : class, IState<TState> =>
        given with
        {
            Known = new Known(team.Concat(others).ToDictionary(p => p.PersonId, p => p.Known()), new Dictionary<Guid, string>()) { Team = team.Select(p => p.PersonId).ToHashSet() },
        };

    [Fact]
    public void a_post_that_needs_an_answer_asks_each_whom_it_mentions_in_the_ledger()
    {
        var accepted = Knowing(Given.Nothing<Conversation>(), [People.Physician]).When(Question).Decision.ShouldBeOfType<Decision.Accepted>();
        var post = accepted.Events.ShouldHaveSingleItem().ShouldBeOfType<PostWritten>();
        (post.Topic, post.Number, post.Answer).ShouldBe(("夜間の吸引", 1, Question.Answer));
        post.Mentions.ShouldBe([new Mention(People.Physician.PersonId, People.Physician.Name, Profession.Physician), new Mention(null, null, Profession.Pharmacist)]);

        var asked = accepted.Also.SelectMany(a => a.Events).Cast<InstructionIssued>().ToList();
        asked.Select(a => a.Addressee).ShouldBe([ToPhysician, ToPharmacists]);
        asked.ShouldAllBe(a => a.Kind == InstructionKind.Consultation && a.Urgency == Urgency.Urgent && a.DueAt == Question.Answer!.By
            && a.IssuerId == People.Nurse.PersonId && a.Terms!.Conversation == new ConversationPlace(Id, "夜間の吸引", 1));
        asked.Select(a => a.InstructionId).ShouldBeUnique();
    }

    [Fact]
    public void a_post_for_information_asks_nothing_of_anybody()
    {
        var accepted = Knowing(Opened(), [People.Physician]).When(new WritePost(Id, "明日は長女が留守です", [ToPhysician])).Decision.ShouldBeOfType<Decision.Accepted>();
        accepted.Also.ShouldBeEmpty();
        accepted.Events.ShouldHaveSingleItem().ShouldBeOfType<PostWritten>().Number.ShouldBe(2);
    }

    [Fact]
    public void who_is_not_on_the_team_or_may_not_see_it_is_refused_by_name()
    {
        var stranger = Knowing(Given.Nothing<Conversation>(), [], People.Physician).When(Question);
        stranger.IsRefused("conversation.mention_not_on_team");
        ((Decision.Refused)stranger.Decision!).Who.ShouldBe(People.Physician.Name);

        var daughter = People.As(Profession.Family, "岡本 恵子");
        var relative = Knowing(Given.Nothing<Conversation>(), [daughter]).When(Question with { Mentions = [new Addressee(AddresseeKind.Person, daughter.PersonId)] });
        relative.IsRefused("conversation.mention_may_not_see");
        ((Decision.Refused)relative.Decision!).Who.ShouldBe("岡本 恵子");
        Given.Nothing<Conversation>().When(Question with { Mentions = [new Addressee(AddresseeKind.Profession, null, Profession.Family)] }).IsInvalid("mentions", "conversation.mention_incomplete");
    }

    [Fact]
    public void an_answer_is_needed_of_somebody_and_not_in_the_past_and_not_of_oneself()
    {
        Given.Nothing<Conversation>().When(Question with { Mentions = [] }).IsInvalid("mentions", "conversation.answer_of_whom");
        Given.Nothing<Conversation>().When(Question with { Mentions = null }).IsInvalid("mentions", "conversation.answer_of_whom");
        Knowing(Given.Nothing<Conversation>(), [People.Physician]).When(Question with { Answer = new AnswerNeeded(Urgency.Today, Clock.Ago(1)) }).IsInvalid("answer.by", "instruction.due_in_past");
        Knowing(Given.Nothing<Conversation>(), [People.Nurse]).When(Question with { Mentions = [new Addressee(AddresseeKind.Person, People.Nurse.PersonId)] })
            .IsInvalid("mentions", "conversation.mentions_oneself");
        Given.Nothing<Conversation>().When(Question with { Mentions = [new Addressee(AddresseeKind.WhoeverVisitsNext)] }).IsInvalid("mentions", "conversation.mention_incomplete");
        Given.Nothing<Conversation>().When(Question with { Mentions = [.. Enumerable.Range(0, 11).Select(i => new Addressee(AddresseeKind.Person, Ids.Of($"{i}")))] })
            .IsInvalid("mentions", "conversation.too_many");
    }

    [Fact]
    public void a_conversation_is_begun_once_and_ends_before_it_grows_too_long()
    {
        Opened().When(Question with { Mentions = null, Answer = null }).IsRefused("conversation.already_open");
        Opened(new PostWritten(Id, Patient, "夜間の吸引", Conversation.MostPosts, "…", [], null)).When(new WritePost(Id, "まだ")).IsRefused("conversation.full");
    }

    [Fact]
    public void reading_goes_forward_once_and_never_past_the_end()
    {
        Opened().When(new MarkConversationRead(Id, 1)).Happens(new ConversationRead(Id, Patient, People.Nurse.PersonId, 1));
        Opened(new ConversationRead(Id, Patient, People.Nurse.PersonId, 1)).When(new MarkConversationRead(Id, 1)).IsAlreadySo();
        Opened(new ConversationRead(Id, Patient, People.Nurse.PersonId, 1)).By(People.OtherNurse).When(new MarkConversationRead(Id, 1)).Accepted<ConversationRead>();
        Opened().When(new MarkConversationRead(Id, 2)).IsInvalid("upTo", "conversation.no_such_post");
        Opened().When(new MarkConversationRead(Id, 0)).IsInvalid("upTo", "conversation.no_such_post");
    }

    [Theory]
    [InlineData(Profession.Helper)]
    [InlineData(Profession.CareManager)]
    [InlineData(Profession.Pharmacist)]
    [InlineData(Profession.Nurse)]
    public void everybody_who_works_on_the_team_may_be_asked_and_answers(Profession profession)
    {
        var asked = Asked(new Addressee(AddresseeKind.Profession, null, profession));
        var given = Given.Events<Instruction>(asked).By(People.As(profession, "答える人", People.Station));
        given.When(new AnswerRequest(asked.InstructionId, "はい")).Accepted<InstructionCompleted>().Evidence.ShouldBe("はい");
        given.By(People.As(profession == Profession.Nurse ? Profession.Helper : Profession.Nurse, "ほかの人", People.Station)).When(new AnswerRequest(asked.InstructionId, "はい")).IsForbidden("instruction.for_another");
    }

    [Fact]
    public void it_cannot_be_raised_outside_a_conversation() =>
        Given.Nothing<Instruction>().When(new RaiseRequest(Id, Patient, InstructionKind.Consultation, "?", ToPharmacists)).IsInvalid("kind", "field.not_a_choice");

    /// <summary>A relative sees entries by what each says of itself: none of a conversation's may say nothing.</summary>
    [Fact]
    public void whatever_comes_of_an_answer_that_a_conversation_needs_is_for_the_team_only()
    {
        var asked = Asked(ToPhysician);
        ((ITeamOnly)asked).TeamOnly.ShouldBeTrue();
        var id = asked.InstructionId;
        ICommand<Instruction>[] commands =
        [
            new MarkInstructionRead(id), new AnswerRequest(id, "はい"), new CloseRequest(id, "電話で解決"), new CloseInstruction(id, "終了"), new ChangeInstruction(id, "別の文", "訂正"),
            new TakeInstruction(id), new QuestionInstruction(id, "?"), new AnswerQuestion(id, "はい"), new CompleteInstruction(id, "実施", Clock.Ago(1)), new DeclineInstruction(id, "不在"),
            new ConfirmVerbalOrder(id), new RejectVerbalOrder(id, "違う"), new FinishMedicineTask(id, MedicineTask.Dispense), new ExpireInstruction(id),
            new EscalateInstruction(id, 0, 1, LedgerStep.Read, Clock.Now, EscalationReason.Overdue, null),
        ];
        var happened = 0;
        foreach (var by in new[] { People.Physician, People.Nurse, People.Pharmacist, Actor.Timer(People.Tenant) })
        {
            foreach (var command in commands)
            {
                if (Given.Events<Instruction>(asked).By(by).When(command).Decision is Decision.Accepted accepted)
                {
                    accepted.Events.ShouldAllBe(e => e is ITeamOnly && ((ITeamOnly)e).TeamOnly, $"{command} by {by.Profession}");
                    happened++;
                }
            }
        }

        happened.ShouldBeGreaterThan(5);
    }

    private static InstructionIssued Asked(Addressee addressee) => Knowing(Given.Nothing<Conversation>(), [People.Physician])
        .When(Question with { Mentions = [addressee] }).Decision.ShouldBeOfType<Decision.Accepted>().Also.Single().Events.Single().ShouldBeOfType<InstructionIssued>();
}
