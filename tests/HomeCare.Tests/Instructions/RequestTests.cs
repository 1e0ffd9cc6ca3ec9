using HomeCare.Instructions;

namespace HomeCare.Tests.Instructions;

/// <summary>What is asked the other way has the same life.</summary>
public sealed class RequestTests
{
    private static readonly Guid Id = Ids.Of("request");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly RaiseRequest Question = new(Id, Patient, InstructionKind.Question, "SpO₂ 89 %、体重 +2.1 kg です", new Addressee(AddresseeKind.Person, People.Physician.PersonId), Urgency.Urgent);

    private static object Asked(RaiseRequest request, Actor by) => Given.Nothing<Instruction>().By(by).Knowing(People.Physician.Known(), People.Nurse.Known()).When(request).Accepted<InstructionIssued>();

    [Fact]
    public void a_nurse_asks_the_physician_answers_and_the_nurse_closes_it()
    {
        var asked = Asked(Question, People.Nurse);
        var answered = Given.Events<Instruction>(asked).By(People.Physician).When(new AnswerRequest(Id, "2 L にしてください")).Accepted<InstructionCompleted>();
        answered.Evidence.ShouldBe("2 L にしてください");
        var given = Given.Events<Instruction>(asked, answered);
        given.By(People.OtherNurse).When(new CloseRequest(Id)).IsForbidden("instruction.asked_by_another");
        given.When(new CloseRequest(Id)).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        given.By(People.Physician).When(new AnswerRequest(Id, "もう一度")).IsRefused("instruction.over");
    }

    [Fact]
    public void it_is_neither_taken_nor_carried_out_nor_ordered()
    {
        var given = Given.Events<Instruction>(Asked(Question, People.Nurse));
        given.By(People.OtherNurse).When(new TakeInstruction(Id)).IsRefused("instruction.is_request");
        given.By(People.OtherNurse).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.is_request");
        Given.Nothing<Instruction>().By(People.Physician).When(new IssueInstruction(Id, Patient, InstructionKind.Question, "?", new Addressee(AddresseeKind.WhoeverVisitsNext)))
            .IsInvalid("kind", "field.not_a_choice");
        Given.Nothing<Instruction>().When(Question with { Kind = InstructionKind.Treatment }).IsInvalid("kind", "field.not_a_choice");
    }

    [Fact]
    public void what_somebody_asked_is_neither_changed_nor_withdrawn_by_a_physician()
    {
        var given = Given.Events<Instruction>(Asked(Question, People.Nurse)).By(People.Physician);
        given.When(new ChangeInstruction(Id, "別の質問", "訂正")).IsRefused("instruction.is_request");
        given.When(new CloseInstruction(Id, "不要")).IsRefused("instruction.is_request");
    }

    [Fact]
    public void an_answer_that_nobody_closes_although_it_was_passed_on_is_closed_by_whoever_sees_it()
    {
        var asked = Asked(Question, People.Nurse);
        var answered = Given.Events<Instruction>(asked).By(People.Physician).When(new AnswerRequest(Id, "2 L にしてください")).Accepted<InstructionCompleted>();
        var passedOn = new InstructionEscalated(Id, Patient, LedgerStep.Close, 1, Clock.Now, EscalationReason.LeftTheTeam, null, null);
        Given.Events<Instruction>(asked, answered).By(People.CareManager).When(new CloseRequest(Id)).IsForbidden("instruction.asked_by_another");
        Given.Events<Instruction>(asked, answered, passedOn).By(People.CareManager).When(new CloseRequest(Id)).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        Given.Events<Instruction>(asked, passedOn with { Step = LedgerStep.Answer }).By(People.CareManager).When(new CloseRequest(Id, "不要")).IsForbidden("instruction.asked_by_another");
    }

    [Fact]
    public void each_kind_is_answered_by_those_who_may()
    {
        Given.Nothing<Instruction>().By(People.Physician).Knowing(People.Nurse.Known()).When(Question with { Addressee = new Addressee(AddresseeKind.Person, People.Nurse.PersonId) })
            .IsInvalid("addressee", "instruction.addressee_may_not_answer");
        var opinion = Question with { Kind = InstructionKind.Opinion, Addressee = new Addressee(AddresseeKind.Profession, null, Profession.Nurse) };
        var asked = Asked(opinion, People.CareManager);
        Given.Events<Instruction>(asked).When(new AnswerRequest(Id, "週2回が必要です")).Accepted<InstructionCompleted>();
        Given.Events<Instruction>(asked).By(People.Pharmacist).When(new AnswerRequest(Id, "?")).IsForbidden("instruction.for_another");
        Given.Nothing<Instruction>().When(Question with { Kind = InstructionKind.Inquiry }).IsForbidden("instruction.inquiry_is_pharmacists");
        Asked(Question with { Kind = InstructionKind.Inquiry }, People.Pharmacist);
    }

    [Fact]
    public void a_question_that_is_no_longer_needed_says_why_and_one_due_in_the_past_is_refused()
    {
        var given = Given.Events<Instruction>(Asked(Question, People.Nurse));
        given.When(new CloseRequest(Id)).IsInvalid("comment", "instruction.withdrawal_needs_reason");
        given.When(new CloseRequest(Id, "電話で解決")).Accepted<InstructionClosed>().Withdrawn.ShouldBeTrue();
        Given.Nothing<Instruction>().Knowing(People.Physician.Known()).When(Question with { AnswerBy = Clock.Ago(1) }).IsInvalid("answerBy", "instruction.due_in_past");
    }

    [Fact]
    public void what_is_only_to_be_known_ends_when_whom_it_is_for_has_read_it()
    {
        var information = Question with { Kind = InstructionKind.Information, Text = "明日は長女が留守です", Addressee = new Addressee(AddresseeKind.Person, People.Nurse.PersonId) };
        var told = Asked(information, People.CareManager);
        Given.Events<Instruction>(told).By(People.OtherNurse).When(new MarkInstructionRead(Id)).Accepted<InstructionRead>();
        Given.Events<Instruction>(told).When(new MarkInstructionRead(Id)).Accepted().Select(e => e.GetType()).ShouldBe([typeof(InstructionRead), typeof(InstructionClosed)]);
    }
}
