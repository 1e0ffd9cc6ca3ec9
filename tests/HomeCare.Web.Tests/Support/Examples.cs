using HomeCare.CareTeams;
using HomeCare.Communities;
using HomeCare.Conversations;
using HomeCare.Cover;
using HomeCare.Encounters;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Web.Tests.Support;

/// <summary>A good body of every command, about the things of <see cref="Things"/>. A new command needs one.</summary>
internal static class Examples
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static DateOnly Today => JapanTime.DayOf(Now);

    /// <summary>The body of a command, with new identifiers for what it makes.</summary>
    public static object Of(string command, Things things) => All.TryGetValue(command, out var example)
        ? example(things)
        : throw new ShouldAssertException($"The command {command} has no example in {nameof(Examples)}.");

    private static readonly Dictionary<string, Func<Things, object>> All = new()
    {
        ["found-community"] = _ => new FoundCommunity("新しい地域"),
        ["define-news2-acts"] = _ => new DefineNews2Acts(new News2Acts(null, "訪問看護が主治医へ電話する", "主治医へ直ちに電話する")),
        ["define-escalation"] = _ => new DefineEscalation(EscalationRules.Default with { QuietFrom = new TimeOnly(20, 0) }),
        ["set-rota"] = t => new SetRota(t.NurseOrganisation, [new RotaTurn(t.Nurse, null, [], HolidayRule.AsWeekday, new TimeOnly(9, 0), new TimeOnly(9, 0))]),
        ["hand-over-duty"] = t => new HandOverDuty(t.NurseOrganisation, t.Nurse, Now, Now.AddHours(12)),
        ["set-patient-cover"] = t => new SetPatientCover(t.Patient, [new CoverStep(PersonId: t.Nurse)]),
        ["escalate-instruction"] = t => new EscalateInstruction(t.Instruction, 0, 1, LedgerStep.Read, Now, EscalationReason.Overdue, t.Nurse),
        ["register-organisation"] = _ => new RegisterOrganisation(New(), "芝薬局", OrganisationKind.Pharmacy),
        ["register-person"] = _ => new RegisterPerson(New(), "木村 直", "キムラ ナオ", Profession.Nurse),
        ["join-organisation"] = t => new JoinOrganisation(t.NewPerson, t.Organisation, Profession.Nurse),
        ["leave-organisation"] = t => new LeaveOrganisation(t.NewPerson, t.Organisation),
        ["deactivate-person"] = t => new DeactivatePerson(t.NewPerson, "退職"),
        ["register-patient"] = _ => new RegisterPatient(New(), Details),
        ["correct-patient-details"] = t => new CorrectPatientDetails(t.Patient, Details with { PostalCode = "1080014" }),
        ["set-contacts"] = t => new SetContacts(t.Patient, [new Contact("岡本 恵子", "長女", "090-0000-0000")]),
        ["set-care-level"] = t => new SetCareLevel(t.Patient, new CareLevelPeriod(CareLevel.Care3, Today.AddDays(-10), Today.AddYears(1))),
        ["record-condition"] = t => new RecordCondition(t.Patient, New(), new Condition("慢性心不全", null, ConditionStatus.Active)),
        ["record-allergy"] = t => new RecordAllergy(t.Patient, New(), new Allergy("ペニシリン", null, AllergyKind.Medicine, AllergySeverity.Severe, "発疹", AllergyStatus.Active)),
        ["record-wishes"] = t => new RecordWishes(t.Patient, New(), 1, Wishes),
        ["confirm-wishes"] = t => new ConfirmWishes(t.Patient, 1),
        ["withdraw-wishes"] = t => new WithdrawWishes(t.Patient, 1, "別の人の話し合い"),
        ["set-target-range"] = t => new SetTargetRange(t.Patient, new TargetRange(VitalSign.SpO2, 88, 92, Today, null)),
        ["remove-target-range"] = t => new RemoveTargetRange(t.Patient, VitalSign.SpO2),
        ["switch-news2-off"] = t => new SwitchNews2Off(t.Patient, new News2Off(News2OffReason.EndOfLife, Today)),
        ["switch-news2-on"] = t => new SwitchNews2On(t.Patient, "回復"),
        ["use-spo2-scale2"] = t => new UseSpO2Scale2(t.Patient, new Scale2Decision("PaCO₂ 58 mmHg", 88, 92, Today)),
        ["use-spo2-scale1"] = t => new UseSpO2Scale1(t.Patient, "再評価"),
        ["join-care-team"] = t => new JoinCareTeam(t.Patient, PersonId: t.NewPerson, Role: "応援"),
        ["leave-care-team"] = t => new LeaveCareTeam(t.Patient, t.NewPerson, "終了"),
        ["plan-visit"] = t => new PlanVisit(New(), t.Patient, Now.AddDays(1), 60, t.Nurse),
        ["cancel-visit"] = t => new CancelVisit(t.Planned, "入院のため"),
        ["start-visit"] = t => new StartVisit(New(), t.Patient, Now.AddMinutes(-5)),
        ["record-visit"] = t => new RecordVisit(New(), t.Patient, Now.AddMinutes(-60), Now.AddMinutes(-20)) { Vitals = Vitals, Note = new VisitNote("変わりない") },
        ["complete-visit"] = t => new CompleteVisit(t.Started, Now),
        ["correct-vitals"] = t => new CorrectVitals(t.Recorded, Vitals with { Pulse = 80 }, "打ち間違い"),
        ["correct-visit-note"] = t => new CorrectVisitNote(t.Recorded, new VisitNote("食欲なし"), "書き足し"),
        ["enter-visit-in-error"] = t => new EnterVisitInError(t.Recorded, "別の人の記録"),
        ["record-vitals"] = t => new RecordVitals(New(), t.Patient, Vitals),
        ["correct-measurement"] = t => new CorrectMeasurement(t.Measurement, Vitals with { Temperature = 36.9m }, "打ち間違い"),
        ["write-bedside-note"] = t => new HomeCare.Watching.WriteBedsideNote(New(), t.Patient, Now.AddHours(-1), [SoftSign.EatingLess], "朝から食べません"),
        ["take-back-bedside-note"] = t => new HomeCare.Watching.TakeBackBedsideNote(t.Note, "思い違い"),
        ["enter-vitals-in-error"] = t => new EnterVitalsInError(t.Measurement, "別の人の測定"),
        ["issue-instruction"] = t => new IssueInstruction(New(), t.Patient, InstructionKind.Observation, "夕方にSpO₂を再測定してください", new Addressee(AddresseeKind.WhoeverVisitsNext)),
        ["mark-instruction-delivered"] = t => new MarkInstructionDelivered(t.Instruction, "iPad Safari"),
        ["mark-instruction-read"] = t => new MarkInstructionRead(t.Instruction),
        ["take-instruction"] = t => new TakeInstruction(t.Instruction),
        ["question-instruction"] = t => new QuestionInstruction(t.Instruction, "安静時ですか"),
        ["answer-question"] = t => new AnswerQuestion(t.Instruction, "安静時です"),
        ["complete-instruction"] = t => new CompleteInstruction(t.Instruction, "再測定 92%", Now.AddMinutes(-1)),
        ["countersign-instruction"] = t => new CountersignInstruction(t.Instruction, "量を確認"),
        ["decline-instruction"] = t => new DeclineInstruction(t.Instruction, "不在"),
        ["close-instruction"] = t => new CloseInstruction(t.Instruction, "確認しました"),
        ["change-instruction"] = t => new ChangeInstruction(t.Instruction, "夕方と就寝前にSpO₂を再測定してください", "夜間に下がるため"),
        ["enter-verbal-order"] = t => new EnterVerbalOrder(New(), t.Patient, Town.Of(Profession.Physician).PersonId, InstructionKind.Treatment, "吸引を1時間ごとに", true),
        ["confirm-verbal-order"] = t => new ConfirmVerbalOrder(t.Instruction),
        ["reject-verbal-order"] = t => new RejectVerbalOrder(t.Instruction, "2時間ごとです"),
        ["finish-medicine-task"] = t => new FinishMedicineTask(t.Instruction, MedicineTask.TellFamily),
        ["raise-request"] = t => new RaiseRequest(New(), t.Patient, InstructionKind.Question, "SpO₂が下がっています", new Addressee(AddresseeKind.Profession, null, Profession.Physician)),
        ["answer-request"] = t => new AnswerRequest(t.Instruction, "2 L にしてください"),
        ["close-request"] = t => new CloseRequest(t.Instruction, "確認しました"),
        ["open-conversation"] = t => new OpenConversation(New(), t.Patient, "夜間の吸引", "回数を増やしますか", [new Addressee(AddresseeKind.Profession, null, Profession.Physician)], new AnswerNeeded(Urgency.Today)),
        ["write-post"] = t => new WritePost(t.Conversation, "明日は長女が留守です", [new Addressee(AddresseeKind.Profession, null, Profession.Helper)]),
        ["mark-conversation-read"] = t => new MarkConversationRead(t.Conversation, 1),
        ["send-handover"] = t => new SendHandover(New(), t.Patient, new Addressee(AddresseeKind.Profession, null, Profession.Helper), new Sbar("昨夜から咳", null, null, "体温を測ってください")),
        ["acknowledge-handover"] = t => new AcknowledgeHandover(t.Handover, "承知しました"),
        ["withdraw-handover"] = t => new WithdrawHandover(t.Handover, "宛先の誤り"),
        ["open-occasion"] = t => new OpenOccasion(t.Instruction, new Occasion(t.Instruction, "医師", null, Now), t.Patient, InstructionKind.Treatment, "吸引", null, Urgency.Routine, Now,
            new Addressee(AddresseeKind.WhoeverVisitsNext), null, Town.Of(Profession.Physician).PersonId),
        ["expire-instruction"] = t => new ExpireInstruction(t.Instruction),
        ["record-medicine"] = t => new RecordMedicine(New(), t.Patient, new Prescription("フロセミド錠20mg", null, "1日1回朝食後", "内服", Today, 14, null, null, PrescriptionStatus.Active)),
        ["stop-medicine"] = t => new StopMedicine(t.Medicine, Today, "腎機能低下"),
        ["record-encounter"] = t => new RecordEncounter(
            New(), t.Patient, new Encounter(EncounterKind.Ambulatory, Now.AddDays(-3), null, "総合病院", null, null), new SourceIdentifier("urn:test", "1")),
        ["draft-nursing-order"] = t => new DraftNursingOrder(New(), t.Patient, NursingOrderKind.Ordinary, Order(t.Organisation)),
        ["issue-nursing-order"] = t => new IssueNursingOrder(t.Order, t.Patient),
        ["sign-nursing-order"] = t => new SignNursingOrder(t.Order, t.Patient, Today),
        ["withdraw-nursing-order"] = t => new WithdrawNursingOrder(t.Order, t.Patient, "改める"),
        ["acknowledge-alert"] = t => new AcknowledgeAlert(t.Patient, AlertCause.Vitals, ["range/SpO2/Below"], "電話する", Now.AddHours(1)),
        ["snooze-alert"] = t => new SnoozeAlert(t.Patient, AlertCause.SoftSigns, ["soft/Weary"], Now.AddHours(1)),
        ["judge-alert"] = t => new JudgeAlert(t.Patient, AlertCause.Vitals, New(), true),
    };

    public static Vitals Vitals => new(Now.AddMinutes(-30)) { Temperature = 36.5m };

    public static Wishes Wishes => new(
        Today, ["本人", "長女"], DecisionCapacity.CanDecide, new(TreatmentWish.DoesNotWish), new(TreatmentWish.DoesNotWish), new(AdmissionWish.OnlyWhenAsked, "肺炎のときは相談"), new(TreatmentWish.Undecided),
        new(PlaceWish.Home), "家にいたい", new Spokesperson("岡本 恵子", "長女", "090-0000-0000"), Today.AddDays(60));

    public static NursingOrderContent Order(Guid station) => new(station, Today)
    {
        Consent = true, Diagnoses = [new OrderDiagnosis("慢性心不全", "I50.9")], State = "浮腫が続く", EmergencyContact = "診療所 03-0000-0000", ExaminedOn = Today,
        Drugs = [new OrderDrug("フロセミド錠20mg", "1日1回")], Devices = [new OrderDevice(OrderDeviceKind.Oxygen, "1 L/分")],
        Therapy = new OrderTherapy([Profession.PhysicalTherapist], 40, 2), Infusion = new OrderInfusion([new InfusionDrug("ソルデム3A", "500 mL", "点滴")], 5, true),
        Psychiatric = new PsychiatricPart { Points = [new OrderPoint<PsychiatricPoint>(PsychiatricPoint.Rhythm)], SeveralVisitorsReasons = [SeveralVisitorsReason.Other] },
    };

    private static PatientDetails Details => new("田村", "一郎", "タムラ", "イチロウ", new DateOnly(1940, 5, 6), Sex.Male);

    private static Guid New() => Guid.CreateVersion7();
}

/// <summary>Things on record that commands are about.</summary>
internal sealed record Things(
    Guid Patient, Guid Nurse, Guid NewPerson, Guid Organisation, Guid Planned, Guid Started, Guid Recorded, Guid Measurement, Guid Instruction, Guid Medicine, Guid Order)
{
    public Guid Handover { get; } = Guid.CreateVersion7();

    public Guid Note { get; } = Guid.CreateVersion7();

    public Guid Conversation { get; } = Guid.CreateVersion7();

    public Guid NurseOrganisation { get; } = Town.Of(Profession.Nurse).OrganisationId!.Value;

    /// <summary>Makes them, each made by the people of the town's care team.</summary>
    public static async Task<Things> MakeAsync(WebHost host)
    {
        var (nurse, physician) = (Town.Of(Profession.Nurse), Town.Of(Profession.Physician));
        var admin = Town.Of(Profession.Administrator);
        var now = TimeProvider.System.GetUtcNow();
        var things = new Things(
            Town.Patient, nurse.PersonId, Guid.CreateVersion7(), Town.Of(Profession.Nurse, related: false).OrganisationId!.Value,
            Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.MustAsync(admin, new RegisterPerson(things.NewPerson, "新人 花子", null, Profession.Nurse));
        await host.MustAsync(nurse, new PlanVisit(things.Planned, things.Patient, now.AddDays(1), 60, nurse.PersonId));
        await host.MustAsync(nurse, new StartVisit(things.Started, things.Patient, now.AddMinutes(-5)));
        await host.MustAsync(nurse, new RecordVisit(things.Recorded, things.Patient, now.AddMinutes(-60), now.AddMinutes(-20)) { Vitals = Examples.Vitals });
        await host.MustAsync(nurse, new RecordVitals(things.Measurement, things.Patient, Examples.Vitals));
        await host.MustAsync(Town.Of(Profession.Family), new HomeCare.Watching.WriteBedsideNote(things.Note, things.Patient, now.AddHours(-2), [SoftSign.EatingLess]));
        await host.MustAsync(physician, new IssueInstruction(things.Instruction, things.Patient, InstructionKind.Observation, "SpO₂を再測定", new Addressee(AddresseeKind.WhoeverVisitsNext)));
        await host.MustAsync(nurse, new SendHandover(things.Handover, things.Patient, new Addressee(AddresseeKind.Profession, null, Profession.Physician), new Sbar("昨夜から咳", null, null, "診察をお願いします")));
        await host.MustAsync(nurse, new OpenConversation(things.Conversation, things.Patient, "夜間の吸引", "昨夜は3回でした"));
        await host.MustAsync(physician, new RecordMedicine(
            things.Medicine, things.Patient, new Prescription("アムロジピン錠5mg", null, null, null, JapanTime.DayOf(now), 28, null, null, PrescriptionStatus.Active)));
        await host.MustAsync(physician, new DraftNursingOrder(things.Order, things.Patient, NursingOrderKind.Ordinary, Examples.Order(things.Organisation)));
        return things;
    }
}
