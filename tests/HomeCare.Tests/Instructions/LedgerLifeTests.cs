using HomeCare.Instructions;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Instructions;

/// <summary>Changed, said over the telephone, standing, stopped, and what follows from a change of medicine.</summary>
public sealed class LedgerLifeTests
{
    private static readonly Guid Id = Ids.Of("instruction");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly MedicineOrder Insulin = new("インスリン グラルギン", 12, "単位", "皮下注", null, "朝食前");

    private static readonly InstructionIssued Issued = new(
        Id, Patient, InstructionKind.Treatment, "褥瘡処置 毎日", null, Urgency.Routine, null, new Addressee(AddresseeKind.WhoeverVisitsNext), null, People.Physician.PersonId);

    private static readonly InstructionIssued Ordered = Issued with { Kind = InstructionKind.Medicine, Text = "インスリン", Order = Insulin };
    private static readonly InstructionTaken Taken = new(Id, Patient, People.Nurse.PersonId, null, null, People.Nurse.Name);
    private static readonly EnterVerbalOrder Verbal = new(Id, Patient, People.Physician.PersonId, InstructionKind.Treatment, "吸引を1時間ごとに", true);

    private static IssueInstruction Issue => new(Id, Patient, InstructionKind.Treatment, "褥瘡処置 毎日", new Addressee(AddresseeKind.WhoeverVisitsNext));

    private static object[] Said() => [.. Given.Nothing<Instruction>().Knowing(People.Physician.Known()).When(Verbal).Accepted()];

    [Fact]
    public void what_was_changed_keeps_the_old_words_and_is_read_and_taken_again()
    {
        var change = new ChangeInstruction(Id, "インスリンを減らします", "低血糖", Insulin with { Dose = 10 });
        var given = Given.Events<Instruction>(Ordered, new InstructionRead(Id, Patient, People.Nurse.PersonId), Taken);
        var changed = given.By(People.Physician).When(change).Accepted<InstructionChanged>();
        (changed.FormerText, changed.FormerOrder!.Dose, changed.Order!.Dose).ShouldBe(("インスリン", 12, 10));
        var after = Given.Events<Instruction>(Ordered, new InstructionRead(Id, Patient, People.Nurse.PersonId), Taken, changed);
        after.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.not_taken");
        after.When(new MarkInstructionRead(Id)).Accepted<InstructionRead>();
        after.When(new TakeInstruction(Id, Insulin)).IsInvalid("readBack", "instruction.read_back_differs");
        after.When(new TakeInstruction(Id, Insulin with { Dose = 10 })).Accepted<InstructionTaken>();
        after.By(People.Physician).When(change).IsAlreadySo();
    }

    [Fact]
    public void a_change_says_why_has_an_order_where_there_was_one_and_comes_before_the_end()
    {
        var given = Given.Events<Instruction>(Ordered).By(People.Physician);
        given.When(new ChangeInstruction(Id, "減らします", " ", Insulin)).IsInvalid("reason", "field.required");
        given.When(new ChangeInstruction(Id, "減らします", "低血糖")).IsInvalid("order", "instruction.order_missing");
        given.When(new ChangeInstruction(Id, "減らします", "低血糖", Insulin with { Unit = "" })).IsInvalid("order.unit", "instruction.unit_missing");
        given.When(new ChangeInstruction(Id, "減らします", "低血糖", Insulin, null, Clock.Ago(1))).IsInvalid("dueAt", "instruction.due_in_past");
        Given.Events<Instruction>(Ordered, new InstructionClosed(Id, Patient, true, "中止")).By(People.Physician)
            .When(new ChangeInstruction(Id, "減らします", "低血糖", Insulin)).IsRefused("instruction.over");
        Given.Events<Instruction>(Issued).By(People.As(Profession.Dentist)).When(new ChangeInstruction(Id, "毎週", "改善")).IsForbidden("instruction.not_of_dentist");
    }

    [Fact]
    public void a_verbal_order_is_the_nurses_who_entered_it_and_pending_until_the_physician_confirms_it()
    {
        var said = Said();
        said.OfType<InstructionTaken>().Single().TakerId.ShouldBe(People.Nurse.PersonId);
        said.OfType<InstructionIssued>().Single().IssuerId.ShouldBe(People.Physician.PersonId);
        var given = Given.Events<Instruction>(said);
        var done = given.When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).Accepted<InstructionCompleted>();
        var afterwards = Given.Events<Instruction>([.. said, done]).By(People.Physician);
        afterwards.When(new CloseInstruction(Id)).IsRefused("instruction.not_confirmed");
        var confirmed = afterwards.When(new ConfirmVerbalOrder(Id)).Accepted<VerbalOrderConfirmed>();
        Given.Events<Instruction>([.. said, done, confirmed]).By(People.Physician).When(new CloseInstruction(Id)).Accepted<InstructionClosed>();
        Given.Events<Instruction>([.. said, confirmed]).By(People.Physician).When(new ConfirmVerbalOrder(Id)).IsAlreadySo();
        Given.Events<Instruction>([.. said, confirmed]).By(People.Physician).When(new RejectVerbalOrder(Id, "違う")).IsRefused("instruction.already_confirmed");
    }

    [Fact]
    public void where_the_physician_who_said_it_is_gone_another_ends_it_with_the_reason()
    {
        var another = People.As(Profession.Physician, "森 隆之");
        var done = Given.Events<Instruction>(Said()).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).Accepted<InstructionCompleted>();
        Given.Events<Instruction>([.. Said(), done]).By(another).When(new CloseInstruction(Id, "退職のため")).IsRefused("instruction.not_confirmed");
        var passedOn = new InstructionEscalated(Id, Patient, LedgerStep.Close, 1, Clock.Now, EscalationReason.LeftTheTeam, another.PersonId, another.Name);
        var given = Given.Events<Instruction>([.. Said(), done, passedOn]);
        given.By(another).When(new CloseInstruction(Id)).IsInvalid("comment", "instruction.confirmation_left_out");
        given.By(another).When(new CloseInstruction(Id, "退職のため")).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        given.By(People.Physician).When(new CloseInstruction(Id, "確認")).IsRefused("instruction.not_confirmed");
    }

    [Fact]
    public void only_who_said_it_confirms_it_and_what_was_not_said_so_ends()
    {
        var given = Given.Events<Instruction>(Said());
        given.By(People.As(Profession.Physician, "森 隆之")).When(new ConfirmVerbalOrder(Id)).IsForbidden("instruction.said_by_another");
        given.By(People.As(Profession.Physician, "森 隆之")).When(new RejectVerbalOrder(Id, "違う")).IsForbidden("instruction.said_by_another");
        var rejected = given.By(People.Physician).When(new RejectVerbalOrder(Id, "2時間ごとです")).Accepted<VerbalOrderRejected>();
        rejected.EnteredById.ShouldBe(People.Nurse.PersonId);
        Given.Events<Instruction>([.. Said(), rejected]).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.over");
        Given.Events<Instruction>(Issued).By(People.Physician).When(new ConfirmVerbalOrder(Id)).IsRefused("instruction.not_verbal");
    }

    [Fact]
    public void what_was_not_read_back_is_no_order_and_only_a_physician_says_one()
    {
        var given = Given.Nothing<Instruction>().Knowing(People.Physician.Known());
        given.When(Verbal with { ReadBack = false }).IsInvalid("readBack", "instruction.not_read_back");
        given.When(Verbal with { Kind = InstructionKind.PharmacistVisit }).IsInvalid("kind", "instruction.not_for_profession");
        given.When(Verbal with { Kind = InstructionKind.Medicine }).IsInvalid("order", "instruction.order_missing");
        given.When(Verbal with { Kind = InstructionKind.Medicine, Order = Insulin with { Unit = "" } }).IsInvalid("order.unit", "instruction.unit_missing");
        given.When(Verbal with { DueAt = Clock.Ago(1) }).IsInvalid("dueAt", "instruction.due_in_past");
        Given.Nothing<Instruction>().Knowing(People.OtherNurse.Known()).When(Verbal with { PhysicianId = People.OtherNurse.PersonId }).IsInvalid("physicianId", "instruction.not_a_physician");
    }

    [Fact]
    public void a_standing_order_has_an_end_within_six_months_and_either_a_condition_or_times()
    {
        var given = Given.Nothing<Instruction>().By(People.Physician);
        var low = new OrderCondition(VitalSign.Glucose, Below: 70);
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(30), low) }).Accepted<InstructionIssued>().Terms!.Standing!.When.ShouldBe(low);
        given.When(Issue with { Standing = new StandingOrder(Clock.Now, low) }).IsInvalid("standing.until", "instruction.due_in_past");
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(190), low) }).IsInvalid("standing.until", "instruction.standing_too_long");
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(30), new OrderCondition(VitalSign.Glucose)) }).IsInvalid("standing.when.below", "instruction.condition_without_bound");
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(30), new OrderCondition(VitalSign.SpO2, Below: 900)) }).IsInvalid("standing.when.below", "instruction.condition_bound");
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(30), Every: new OrderSchedule([], [])) }).IsInvalid("standing.every.times", "instruction.schedule_times");
        given.When(Issue with { Standing = new StandingOrder(Clock.Now.AddDays(30), low, new OrderSchedule([new TimeOnly(8, 0)], [])) }).IsInvalid("standing.every", "instruction.condition_or_schedule");
    }

    [Fact]
    public void what_is_carried_out_by_its_occasions_is_not_reported_done_as_a_whole()
    {
        var standing = Issued with { Terms = new InstructionTerms { Standing = new StandingOrder(Clock.Now.AddDays(9), new OrderCondition(VitalSign.SpO2, Below: 90)) } };
        Given.Events<Instruction>(standing, Taken).When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).IsRefused("instruction.done_by_occasions");
        Given.Events<Instruction>(standing with { Terms = new InstructionTerms { Standing = new StandingOrder(Clock.Now.AddDays(9)) } }, Taken)
            .When(new CompleteInstruction(Id, "実施", Clock.Ago(1))).Accepted<InstructionCompleted>();
    }

    [Fact]
    public void a_schedule_gives_its_times_on_its_days()
    {
        var schedule = new OrderSchedule([new TimeOnly(20, 0), new TimeOnly(8, 0)], [DayOfWeek.Sunday, DayOfWeek.Tuesday]);
        schedule.Between(Clock.Now, Clock.Now.AddDays(2)).Select(t => JapanTime.Of(t).ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(["Sun 20:00", "Tue 08:00"]);
    }

    [Fact]
    public void an_order_that_has_come_to_its_end_expires_once_and_is_closed()
    {
        var standing = Issued with { Terms = new InstructionTerms { Standing = new StandingOrder(Clock.Now.AddDays(1)) } };
        Given.Events<Instruction>(standing).When(new ExpireInstruction(Id)).IsAlreadySo();
        var expired = Given.Events<Instruction>(standing).At(Clock.Now.AddDays(1)).When(new ExpireInstruction(Id)).Accepted<InstructionExpired>();
        Given.Events<Instruction>(standing, expired).At(Clock.Now.AddDays(2)).When(new ExpireInstruction(Id)).IsAlreadySo();
        Given.Events<Instruction>(standing, expired).When(new TakeInstruction(Id)).IsRefused("instruction.over");
        Given.Events<Instruction>(standing, expired).By(People.Physician).When(new CloseInstruction(Id)).Accepted<InstructionClosed>().Withdrawn.ShouldBeFalse();
        Given.Events<Instruction>(Issued).At(Clock.Now.AddYears(1)).When(new ExpireInstruction(Id)).IsAlreadySo();
    }

    [Fact]
    public void a_change_of_medicine_is_closed_when_its_tasks_are_done_or_it_is_said_why_not()
    {
        var issued = Given.Nothing<Instruction>().By(People.Physician).When(Issue with { Kind = InstructionKind.Medicine, Order = Insulin, ChangesMedicine = true }).Accepted<InstructionIssued>();
        object[] done = [issued, Taken, new InstructionCompleted(Id, Patient, "実施", null, Clock.Ago(1))];
        Given.Events<Instruction>(done).By(People.Physician).When(new CloseInstruction(Id)).IsRefused("instruction.tasks_open");
        Given.Events<Instruction>(done).By(People.Physician).When(new CloseInstruction(Id, "次回受診で処方")).Accepted<InstructionClosed>();
        var tasks = new[] { (MedicineTask.Prescribe, People.Physician), (MedicineTask.Dispense, People.Pharmacist), (MedicineTask.Repack, People.Nurse), (MedicineTask.TellFamily, People.CareManager) };
        var finished = tasks.Select(t => (object)Given.Events<Instruction>(done).By(t.Item2).When(new FinishMedicineTask(Id, t.Item1)).Accepted<MedicineTaskFinished>()).ToArray();
        Given.Events<Instruction>([.. done, .. finished]).By(People.Physician).When(new CloseInstruction(Id)).Accepted<InstructionClosed>();
        Given.Events<Instruction>([.. done, .. finished]).By(People.Pharmacist).When(new FinishMedicineTask(Id, MedicineTask.Dispense)).IsAlreadySo();
    }

    [Fact]
    public void only_a_pharmacist_dispenses_and_not_while_a_question_is_open()
    {
        var issued = Ordered with { Terms = new InstructionTerms { ChangesMedicine = true } };
        Given.Events<Instruction>(issued).When(new FinishMedicineTask(Id, MedicineTask.Dispense)).IsForbidden("instruction.not_for_profession");
        Given.Events<Instruction>(issued, new InstructionQuestioned(Id, Patient, "用量は?")).By(People.Pharmacist).When(new FinishMedicineTask(Id, MedicineTask.Dispense))
            .IsRefused("instruction.question_open");
        Given.Events<Instruction>(Issued).When(new FinishMedicineTask(Id, MedicineTask.TellFamily)).IsRefused("instruction.no_tasks");
        Given.Nothing<Instruction>().By(People.Physician).When(Issue with { ChangesMedicine = true }).IsInvalid("order", "instruction.order_missing");
    }
}
