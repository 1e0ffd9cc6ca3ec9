using HomeCare.Instructions;

namespace HomeCare.Tests.Instructions;

/// <summary>An instruction from issue to close.</summary>
public sealed class InstructionTests
{
    private static readonly Guid Id = Ids.Of("instruction");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly MedicineOrder Morphine = new("モルヒネ塩酸塩注", 0.07m, "mL/h", "持続皮下注", null, "本日から");

    private static readonly InstructionIssued Issued = new(
        Id, Patient, InstructionKind.Treatment, "褥瘡処置 毎日", null, Urgency.Routine, null, new Addressee(AddresseeKind.WhoeverVisitsNext), null, People.Physician.PersonId);

    private static readonly InstructionIssued Ordered = Issued with { Kind = InstructionKind.Medicine, Order = Morphine };
    private static readonly InstructionTaken Taken = new(Id, Patient, People.Nurse.PersonId, null, null, People.Nurse.Name);

    private static IssueInstruction Issue => new(Id, Patient, InstructionKind.Treatment, "褥瘡処置 毎日", new Addressee(AddresseeKind.WhoeverVisitsNext));

    [Fact]
    public void a_physician_issues() => Given.Nothing<Instruction>().By(People.Physician).When(Issue).Happens(Issued);

    [Fact]
    public void a_due_time_in_the_past_is_refused() =>
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { DueAt = Clock.Ago(1) }).IsInvalid("dueAt", "instruction.due_in_past");

    [Fact]
    public void a_dose_without_a_unit_is_refused() =>
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Kind = InstructionKind.Medicine, Order = Morphine with { Unit = " " } })
            .IsInvalid("order.unit", "instruction.unit_missing");

    [Fact]
    public void a_dose_without_a_medicine_or_a_route_is_refused()
    {
        var given = Given.Nothing<Instruction>().By(People.Physician);
        given.When(Issue with { Kind = InstructionKind.Medicine, Order = Morphine with { Route = " " } }).IsInvalid("order.route", "field.required");
        given.When(Issue with { Kind = InstructionKind.Medicine, Order = Morphine with { Drug = "" } }).IsInvalid("order.drug", "field.required");
    }

    [Fact]
    public void a_medicine_instruction_has_an_order() =>
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Kind = InstructionKind.Medicine }).IsInvalid("order", "instruction.order_missing");

    [Fact]
    public void an_instruction_is_addressed_to_somebody_who_may_take_it() =>
        Given.Nothing<Instruction>().By(People.Physician).Knowing(People.Helper.Known())
            .When(Issue with { Addressee = new Addressee(AddresseeKind.Person, People.Helper.PersonId) }).IsInvalid("addressee", "instruction.addressee_may_not_take");

    [Fact]
    public void an_addressee_is_complete()
    {
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Addressee = new Addressee(AddresseeKind.Person) })
            .IsInvalid("addressee.personId", "instruction.addressee_incomplete");
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Addressee = new Addressee(AddresseeKind.WhoeverVisitsNext, null, Profession.Nurse) })
            .IsInvalid("addressee.profession", "instruction.addressee_incomplete");
    }

    [Fact]
    public void the_same_identifier_is_not_issued_twice() => Given.Events<Instruction>(Issued).By(People.Physician).When(Issue).IsRefused("instruction.already_issued");

    [Fact]
    public void reading_is_kept_once_a_reader_and_takes_nothing()
    {
        var read = Given.Events<Instruction>(Issued).When(new MarkInstructionRead(Id)).Accepted<InstructionRead>();
        read.ReaderId.ShouldBe(People.Nurse.PersonId);
        Given.Events<Instruction>(Issued, read).When(new MarkInstructionRead(Id)).IsAlreadySo();
        Given.Events<Instruction>(Issued, read).By(People.OtherNurse).When(new MarkInstructionRead(Id)).Accepted<InstructionRead>();
        Given.Events<Instruction>(Issued, read).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_taken");
    }

    [Fact]
    public void the_issuer_has_read_what_he_wrote() => Given.Events<Instruction>(Issued).By(People.Physician).When(new MarkInstructionRead(Id)).IsAlreadySo();

    [Fact]
    public void two_cannot_take_the_same()
    {
        Given.Events<Instruction>(Issued).When(new TakeInstruction(Id)).Happens(Taken);
        Given.Events<Instruction>(Issued, Taken).When(new TakeInstruction(Id)).IsAlreadySo();
        Given.Events<Instruction>(Issued, Taken).By(People.OtherNurse).When(new TakeInstruction(Id)).IsRefused("instruction.taken_by_another");
    }

    [Fact]
    public void an_order_is_read_back_to_the_digit()
    {
        var given = Given.Events<Instruction>(Ordered);
        given.When(new TakeInstruction(Id)).IsInvalid("readBack", "instruction.read_back_missing");
        given.When(new TakeInstruction(Id, Morphine with { Dose = 0.7m })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Unit = "mg/h" })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Route = "静注" })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Timing = null })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Drug = "モルヒネ硫酸塩" })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Rate = "早送り 1回/時" })).IsInvalid("readBack", "instruction.read_back_differs");
        given.When(new TakeInstruction(Id, Morphine with { Drug = "ﾓﾙﾋﾈ 塩酸塩注", Dose = 0.070m, Unit = "ｍL/h" })).Accepted<InstructionTaken>();
    }

    [Theory]
    [InlineData(InstructionKind.Treatment, Profession.Nurse, true)]
    [InlineData(InstructionKind.Treatment, Profession.Helper, false)]
    [InlineData(InstructionKind.Care, Profession.Helper, true)]
    [InlineData(InstructionKind.Coordination, Profession.CareManager, true)]
    [InlineData(InstructionKind.Treatment, Profession.CareManager, false)]
    [InlineData(InstructionKind.PharmacistVisit, Profession.Pharmacist, true)]
    [InlineData(InstructionKind.PharmacistVisit, Profession.Nurse, false)]
    [InlineData(InstructionKind.Rehabilitation, Profession.PhysicalTherapist, true)]
    [InlineData(InstructionKind.Medicine, Profession.PhysicalTherapist, false)]
    [InlineData(InstructionKind.Treatment, Profession.Family, false)]
    public void each_kind_is_taken_by_those_who_may(InstructionKind kind, Profession profession, bool may)
    {
        var then = Given.Events<Instruction>(Issued with { Kind = kind }).By(People.As(profession)).When(new TakeInstruction(Id));
        if (may)
        {
            then.Accepted<InstructionTaken>();
        }
        else
        {
            then.IsForbidden("instruction.not_for_profession");
        }
    }

    [Fact]
    public void an_instruction_to_one_person_is_taken_by_that_person() =>
        Given.Events<Instruction>(Issued with { Addressee = new Addressee(AddresseeKind.Person, People.OtherNurse.PersonId) })
            .When(new TakeInstruction(Id)).IsForbidden("instruction.for_another");

    [Fact]
    public void an_instruction_to_nurses_reaches_public_health_nurses_and_no_therapist()
    {
        var toNurses = Given.Events<Instruction>(Issued with { Kind = InstructionKind.Rehabilitation, Addressee = new Addressee(AddresseeKind.Profession, null, Profession.Nurse) });
        toNurses.By(People.As(Profession.PublicHealthNurse)).When(new TakeInstruction(Id)).Accepted<InstructionTaken>();
        toNurses.By(People.As(Profession.PhysicalTherapist)).When(new TakeInstruction(Id)).IsForbidden("instruction.for_another");
        Given.Events<Instruction>(Issued with { Addressee = new Addressee(AddresseeKind.Profession, null, Profession.Pharmacist) })
            .By(People.As(Profession.Midwife)).When(new TakeInstruction(Id)).IsForbidden("instruction.for_another");
    }

    [Fact]
    public void a_question_holds_everything_until_it_is_answered()
    {
        var questioned = new InstructionQuestioned(Id, Patient, "量は?");
        var given = Given.Events<Instruction>(Issued, Taken, questioned);
        given.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.question_open");
        given.When(new TakeInstruction(Id)).IsRefused("instruction.question_open");
        given.When(new QuestionInstruction(Id, "もう一度")).IsRefused("instruction.question_open");
        given.By(People.Physician).When(new AnswerQuestion(Id, "2回")).Accepted<QuestionAnswered>();
        Given.Events<Instruction>(Issued).By(People.Physician).When(new AnswerQuestion(Id, "2回")).IsRefused("instruction.no_open_question");
    }

    [Fact]
    public void after_an_answer_the_one_who_took_it_carries_it_out()
    {
        var given = Given.Events<Instruction>(Issued, Taken, new InstructionQuestioned(Id, Patient, "量は?"), new QuestionAnswered(Id, Patient, "2回"));
        given.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).Accepted<InstructionCompleted>();
        given.By(People.OtherNurse).When(new TakeInstruction(Id)).IsRefused("instruction.taken_by_another");
    }

    [Fact]
    public void who_took_it_reports_it_done_with_evidence_and_not_in_the_future()
    {
        var given = Given.Events<Instruction>(Issued, Taken);
        given.When(new CompleteInstruction(Id, "創部洗浄、写真あり", Clock.Ago(1))).Accepted<InstructionCompleted>();
        given.When(new CompleteInstruction(Id, "", Clock.Ago(1))).IsInvalid("evidence", "field.required");
        given.When(new CompleteInstruction(Id, "実施", Clock.Now.AddHours(1))).IsInvalid("doneAt", "time.in_future");
        given.By(People.OtherNurse).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.taken_by_another");
    }

    [Fact]
    public void not_carrying_out_needs_a_reason()
    {
        Given.Events<Instruction>(Issued).When(new DeclineInstruction(Id, "ご本人が拒否")).Accepted<InstructionDeclined>();
        Given.Events<Instruction>(Issued).When(new DeclineInstruction(Id, " ")).IsInvalid("reason", "field.required");
        Given.Events<Instruction>(Issued, Taken).By(People.OtherNurse).When(new DeclineInstruction(Id, "不在")).IsRefused("instruction.taken_by_another");
    }

    [Fact]
    public void what_is_done_is_closed_and_what_is_not_is_withdrawn_with_a_reason()
    {
        var done = Given.Events<Instruction>(Issued, Taken, new InstructionCompleted(Id, Patient, "実施", null, Clock.Ago(1))).By(People.Physician);
        done.When(new CloseInstruction(Id)).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        var open = Given.Events<Instruction>(Issued, Taken).By(People.Physician);
        open.When(new CloseInstruction(Id)).IsInvalid("comment", "instruction.withdrawal_needs_reason");
        open.When(new CloseInstruction(Id, "方針変更")).Accepted<InstructionClosed>().Withdrawn.ShouldBeTrue();
    }

    [Fact]
    public void an_instruction_withdrawn_meanwhile_is_not_taken_or_done()
    {
        var withdrawn = Given.Events<Instruction>(Issued, Taken, new InstructionClosed(Id, Patient, true, "方針変更"));
        withdrawn.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.over");
        withdrawn.When(new TakeInstruction(Id)).IsRefused("instruction.over");
        withdrawn.When(new QuestionInstruction(Id, "?")).IsRefused("instruction.over");
        withdrawn.When(new DeclineInstruction(Id, "不在")).IsRefused("instruction.over");
        withdrawn.By(People.Physician).When(new CloseInstruction(Id)).IsAlreadySo();
    }

    [Fact]
    public void a_pharmacist_in_doubt_asks_about_a_medicine_whoever_took_it()
    {
        var toNurse = Ordered with { Addressee = new Addressee(AddresseeKind.Person, People.Nurse.PersonId) };
        Given.Events<Instruction>(toNurse, Taken).By(People.Pharmacist).When(new QuestionInstruction(Id, "用量をご確認ください")).Accepted<InstructionQuestioned>();
        Given.Events<Instruction>(Issued, Taken).By(People.Pharmacist).When(new QuestionInstruction(Id, "?")).IsForbidden("instruction.not_for_profession");
    }

    [Fact]
    public void a_dentist_answers_and_closes_the_own_instructions_only()
    {
        var dentist = People.As(Profession.Dentist);
        Given.Events<Instruction>(Issued).By(dentist).When(new CloseInstruction(Id, "取り下げ")).IsForbidden("instruction.not_of_dentist");
        Given.Events<Instruction>(Issued, new InstructionQuestioned(Id, Patient, "量は?")).By(dentist).When(new AnswerQuestion(Id, "2回")).IsForbidden("instruction.not_of_dentist");
        Given.Events<Instruction>(Issued with { IssuerId = dentist.PersonId }).By(dentist).When(new CloseInstruction(Id, "取り下げ")).Accepted<InstructionClosed>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void a_dose_that_cannot_be_is_refused_in_words(int dose) =>
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Kind = InstructionKind.Medicine, Order = Morphine with { Dose = dose } })
            .IsInvalid("order.dose", "instruction.dose");
}
