using HomeCare.Communities;
using HomeCare.Instructions;

namespace HomeCare.Tests.Instructions;

/// <summary>連署: a second person stands for an instruction before it is carried out or closed, and never for their own.</summary>
public sealed class CountersignTests
{
    private static readonly Guid Id = Ids.Of("instruction");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly Actor OtherPhysician = People.As(Profession.Physician, "森 隆之", People.Clinic);
    private static readonly Countersign ByNurse = new(CountersignBefore.Do, Profession.Nurse);
    private static readonly Countersign ByMori = new(CountersignBefore.Close, Profession.Physician, OtherPhysician.PersonId, OtherPhysician.Name);
    private static readonly InstructionTaken Taken = new(Id, Patient, People.Nurse.PersonId, null, null, People.Nurse.Name);
    private static readonly InstructionCompleted Done = new(Id, Patient, "実施", null, Clock.Ago(1));

    private static readonly InstructionIssued Issued = new(
        Id, Patient, InstructionKind.Treatment, "PCA の流量を変える", null, Urgency.Routine, null, new Addressee(AddresseeKind.WhoeverVisitsNext), null, People.Physician.PersonId);

    private static IssueInstruction Issue => new(Id, Patient, InstructionKind.Treatment, "PCA の流量を変える", new Addressee(AddresseeKind.WhoeverVisitsNext));

    private static InstructionIssued Asking(Countersign countersign) => Issued with { Terms = new InstructionTerms { Countersign = countersign } };

    private static InstructionCountersigned Signed(Actor by) => new(Id, Patient, by.PersonId, by.Name, null);

    [Fact]
    public void it_is_asked_for_when_it_is_issued_of_a_person_or_a_profession()
    {
        var given = Given.Nothing<Instruction>().By(People.Physician).Knowing(OtherPhysician.Known(), People.Physician.Known(), People.Helper.Known(), People.Nurse.Known());
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Close, OtherPhysician.PersonId) }).Accepted<InstructionIssued>().Terms!.Countersign.ShouldBe(ByMori);
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do, null, Profession.Nurse) }).Accepted<InstructionIssued>().Terms!.Countersign.ShouldBe(ByNurse);
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do) }).IsInvalid("countersign.profession", "instruction.countersign_incomplete");
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do, People.Nurse.PersonId, Profession.Nurse) }).IsInvalid("countersign.profession", "instruction.countersign_incomplete");
    }

    [Fact]
    public void nobody_is_asked_to_countersign_their_own_or_beyond_their_licence()
    {
        var given = Given.Nothing<Instruction>().By(People.Physician).Knowing(People.Physician.Known(), People.Helper.Known(), People.Nurse.Known());
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do, People.Physician.PersonId) }).IsInvalid("countersign", "instruction.countersign_own");
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do, People.Helper.PersonId) }).IsInvalid("countersign", "instruction.countersigner_may_not");
        given.When(Issue with { Countersign = new CountersignRequest(CountersignBefore.Do, null, Profession.AssistantNurse) }).IsInvalid("countersign", "instruction.countersigner_may_not");
        given.When(Issue with { Addressee = new Addressee(AddresseeKind.Person, People.Nurse.PersonId), Countersign = new CountersignRequest(CountersignBefore.Do, People.Nurse.PersonId) })
            .IsInvalid("countersign", "instruction.countersign_own");
    }

    [Fact]
    public void whoever_takes_it_may_ask_a_colleague_where_the_instruction_asks_nobody()
    {
        var take = new TakeInstruction(Id, Countersign: new CountersignRequest(CountersignBefore.Do, null, Profession.Nurse));
        var taken = Given.Events<Instruction>(Issued).When(take).Accepted<InstructionTaken>();
        taken.Countersign.ShouldBe(ByNurse);
        Given.Events<Instruction>(Issued, taken).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_countersigned");
        Given.Events<Instruction>(Asking(ByMori)).When(take).IsInvalid("countersign", "instruction.countersign_settled");
        var verbal = Issued with { Terms = new InstructionTerms { Verbal = new VerbalOrder(People.Nurse.PersonId, People.Nurse.Name, People.Physician.Name) } };
        Given.Events<Instruction>(verbal).When(take).IsInvalid("countersign", "instruction.countersign_settled");
        Given.Events<Instruction>(Issued).Knowing(People.Nurse.Known()).When(take with { Countersign = new CountersignRequest(CountersignBefore.Do, People.Nurse.PersonId) })
            .IsInvalid("countersign", "instruction.countersign_own");
    }

    [Fact]
    public void it_is_not_carried_out_before_another_of_the_profession_has_countersigned()
    {
        var waiting = Given.Events<Instruction>(Asking(ByNurse), Taken);
        waiting.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_countersigned");
        waiting.When(new CountersignInstruction(Id)).IsForbidden("instruction.countersign_own");
        waiting.By(People.Physician).When(new CountersignInstruction(Id)).IsForbidden("instruction.countersign_own");
        waiting.By(People.Pharmacist).When(new CountersignInstruction(Id)).IsForbidden("instruction.countersign_for_another");
        var signed = waiting.By(People.OtherNurse).When(new CountersignInstruction(Id, "量を確認")).Accepted<InstructionCountersigned>();
        (signed.CountersignerId, signed.CountersignerName, signed.Comment).ShouldBe((People.OtherNurse.PersonId, People.OtherNurse.Name, "量を確認"));
        Given.Events<Instruction>(Asking(ByNurse), Taken, signed).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).Accepted<InstructionCompleted>();
    }

    [Fact]
    public void two_who_countersign_at_once_are_told_who_did()
    {
        var given = Given.Events<Instruction>(Asking(ByNurse), Taken, Signed(People.OtherNurse));
        given.By(People.OtherNurse).When(new CountersignInstruction(Id)).IsAlreadySo();
        var then = given.By(People.As(Profession.Nurse, "大野 拓也", People.Station)).When(new CountersignInstruction(Id));
        then.IsRefused("instruction.countersigned_by_another");
        ((Decision.Refused)then.Decision!).Who.ShouldBe(People.OtherNurse.Name);
    }

    [Fact]
    public void it_comes_in_its_turn_and_only_where_it_is_asked_for()
    {
        Given.Events<Instruction>(Issued, Taken).By(People.OtherNurse).When(new CountersignInstruction(Id)).IsRefused("instruction.no_countersign");
        Given.Events<Instruction>(Asking(ByNurse)).By(People.OtherNurse).When(new CountersignInstruction(Id)).IsRefused("instruction.not_taken");
        Given.Events<Instruction>(Asking(ByMori), Taken).By(OtherPhysician).When(new CountersignInstruction(Id)).IsRefused("instruction.not_done_yet");
        Given.Events<Instruction>(Asking(ByNurse), Taken, new InstructionQuestioned(Id, Patient, "?")).By(People.OtherNurse).When(new CountersignInstruction(Id)).IsRefused("instruction.question_open");
        Given.Events<Instruction>(Asking(ByNurse), Taken, new InstructionDeclined(Id, Patient, "不在")).By(People.OtherNurse).When(new CountersignInstruction(Id)).IsRefused("instruction.over");
        Given.Events<Instruction>(Asking(ByMori), Taken, new InstructionDeclined(Id, Patient, "不在")).By(People.Physician).When(new CloseInstruction(Id)).Accepted<InstructionClosed>();
    }

    [Fact]
    public void it_is_not_closed_before_and_after_the_cover_was_asked_only_with_the_reason()
    {
        object[] done = [Asking(ByMori), Taken, Done];
        Given.Events<Instruction>(done).By(People.Physician).When(new CloseInstruction(Id, "急ぐ")).IsRefused("instruction.not_countersigned");
        var asked = new InstructionEscalated(Id, Patient, LedgerStep.Countersign, 1, Clock.Ago(1), EscalationReason.Overdue, null, null);
        Given.Events<Instruction>([.. done, asked]).By(People.Physician).When(new CloseInstruction(Id)).IsInvalid("comment", "instruction.countersign_left_out");
        Given.Events<Instruction>([.. done, asked]).By(People.Physician).When(new CloseInstruction(Id, "学会で不在")).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        Given.Events<Instruction>([.. done, Signed(OtherPhysician)]).By(People.Physician).When(new CloseInstruction(Id)).Accepted<InstructionClosed>();
    }

    [Fact]
    public void whoever_is_to_countersign_does_not_take_it_but_may_ask_back()
    {
        var byAbe = new Countersign(CountersignBefore.Do, Profession.Nurse, People.OtherNurse.PersonId, People.OtherNurse.Name);
        Given.Events<Instruction>(Asking(byAbe)).By(People.OtherNurse).When(new TakeInstruction(Id)).IsForbidden("instruction.countersigner_may_not_take");
        Given.Events<Instruction>(Asking(byAbe), Taken).By(People.OtherNurse).When(new QuestionInstruction(Id, "0.7 では?")).Accepted<InstructionQuestioned>();
        Given.Events<Instruction>(Issued, Taken).By(People.OtherNurse).When(new QuestionInstruction(Id, "0.7 では?")).IsRefused("instruction.taken_by_another");
    }

    [Fact]
    public void what_is_changed_or_taken_over_by_the_countersigner_is_countersigned_anew()
    {
        object[] signed = [Asking(ByNurse), Taken, Signed(People.OtherNurse)];
        var changed = Given.Events<Instruction>(signed).By(People.Physician).When(new ChangeInstruction(Id, "0.05 に", "呼吸")).Accepted<InstructionChanged>();
        Given.Events<Instruction>([.. signed, changed, Taken]).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_countersigned");
        var over = Taken with { TakerId = People.OtherNurse.PersonId, TakerName = People.OtherNurse.Name };
        Given.Events<Instruction>([.. signed, over]).By(People.OtherNurse).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_countersigned");
        Given.Events<Instruction>([.. signed, over]).When(new CountersignInstruction(Id)).Accepted<InstructionCountersigned>();
    }

    [Fact]
    public void each_occasion_of_a_standing_order_is_countersigned_and_not_the_order()
    {
        var standing = Issued with { Terms = new InstructionTerms { Standing = new StandingOrder(Clock.Now.AddDays(9), Every: new OrderSchedule([new TimeOnly(8, 0)], [])), Countersign = ByNurse } };
        Given.Events<Instruction>(standing, Taken).By(People.OtherNurse).When(new CountersignInstruction(Id)).IsRefused("instruction.no_countersign");
        var open = new OpenOccasion(Id, new Occasion(Id, "佐藤 健一", null, Clock.Now), Patient, InstructionKind.Treatment, "注射", null, Urgency.Routine, Clock.Now,
            new Addressee(AddresseeKind.WhoeverVisitsNext), null, People.Physician.PersonId, ByNurse);
        var occasion = Given.Nothing<Instruction>().By(Actor.Timer("test")).When(open).Accepted<InstructionIssued>();
        Given.Events<Instruction>(occasion, Taken with { InstructionId = open.InstructionId }).When(new CompleteInstruction(open.InstructionId, "実施", Clock.Ago(1)))
            .IsRefused("instruction.not_countersigned");
    }

    private static readonly InstructionCard Card = new(
        Id, Patient, "岡本 フミ", InstructionStatus.Taken, InstructionKind.Treatment, "PCA の流量を変える", null, Urgency.Urgent, null, new Addressee(AddresseeKind.WhoeverVisitsNext), null,
        People.Physician.PersonId, People.Physician.Name, null, Clock.Ago(60), People.Nurse.PersonId, People.Nurse.Name, Clock.Ago(30), null, null, null, null, null, null, null, null, null, [])
    {
        Countersign = ByNurse,
    };

    private static readonly Standing Team = new(
        [.. new[] { People.Physician, People.Nurse, People.OtherNurse, OtherPhysician }.Select(a => new TeamPerson(a.PersonId, a.Name, a.Profession, a.OrganisationId))], [], [People.Nurse.PersonId]);

    [Fact]
    public void whose_turn_it_is_is_the_person_named_else_on_call_else_the_first_of_the_team_who_may_and_else_visibly_nobodys()
    {
        Owner.Of(Card, Team).PersonId.ShouldBe(People.OtherNurse.PersonId, "who is on call has taken it");
        Owner.Of(Card with { Countersign = ByNurse with { PersonId = People.OtherNurse.PersonId } }, Team).PersonId.ShouldBe(People.OtherNurse.PersonId);
        Owner.Of(Card with { Countersign = ByNurse with { PersonId = Ids.Of("gone") } }, Team).Why.ShouldBe(Unowned.LeftTheTeam);
        Owner.Of(Card with { Countersign = new Countersign(CountersignBefore.Do, Profession.Pharmacist) }, Team).Why.ShouldBe(Unowned.NobodyNamed);
        Owner.Of(Card with { CountersignedAt = Clock.Now, CountersignedBy = People.OtherNurse.PersonId }, Team).PersonId.ShouldBe(People.Nurse.PersonId);
        var done = Card with { Status = InstructionStatus.Completed, OverAt = Clock.Ago(5), Countersign = ByMori };
        Owner.Of(done, Team).PersonId.ShouldBe(OtherPhysician.PersonId);
        Owner.Of(done with { CountersignedAt = Clock.Now }, Team).PersonId.ShouldBe(People.Physician.PersonId);
    }

    [Fact]
    public void who_does_not_come_is_followed_by_others_of_the_profession_and_then_by_those_who_decide()
    {
        var rules = EscalationRules.Default;
        Escalation.StepOf(Card).ShouldBe(LedgerStep.Countersign);
        Escalation.StepDueAt(Card, rules).ShouldBe(Clock.Ago(15), "as long as an answer may take");
        Escalation.IsDue(Card, rules, false, Clock.Now).ShouldBeTrue();
        Escalation.Next(Card, Team, rules, Clock.Now)!.PersonId.ShouldBe(People.OtherNurse.PersonId);
        Escalation.Next(Card with { Asked = [People.OtherNurse.PersonId] }, Team, rules, Clock.Now)!.PersonId.ShouldBe(People.Physician.PersonId);
        Escalation.StepOf(Card with { CountersignedAt = Clock.Now }).ShouldBe(LedgerStep.Do);
    }
}
