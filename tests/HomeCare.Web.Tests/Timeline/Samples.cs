using HomeCare.CareTeams;
using HomeCare.Encounters;
using HomeCare.EventStore;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;

namespace HomeCare.Web.Tests.Timeline;

/// <summary>One event of every kind that a timeline can hold, about a person who does not exist.</summary>
internal static class Samples
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 5, 36, 12, TimeSpan.Zero);

    public static Guid Patient { get; } = new("0190a000-0000-8000-8000-000000000001");

    public static Guid Subject { get; } = new("0190a000-0000-8000-8000-000000000002");

    public static Author Nurse { get; } = new(new Guid("0190a000-0000-8000-8000-000000000003"), "田中 美咲", Profession.Nurse, new Guid("0190a000-0000-8000-8000-000000000004"), "みなと訪問看護");

    public static Actor Reader { get; } = new("minato", new Guid("0190a000-0000-8000-8000-000000000005"), "佐藤 健一", Profession.Physician, new Guid("0190a000-0000-8000-8000-000000000006"), "佐藤クリニック");

    public static Vitals Vitals { get; } = new(Now)
    {
        Temperature = 37.4m, Pulse = 102, Respiration = 24, Systolic = 148, Diastolic = 86, SpO2 = 89, Oxygen = new Oxygen(1), Weight = 47.8m,
        NotMeasured = [new NotMeasured(VitalSign.Glucose, NotMeasuredWhy.Declined, "採血を嫌がる")],
    };

    public static VitalAlert LowSpO2 { get; } = new(VitalSign.SpO2, 89, 90, AlertSide.Below, ByPhysician: true);

    public static InstructionIssued Issued { get; } = new(
        Subject, Patient, InstructionKind.Medicine, "フロセミドを増量します。", new MedicineOrder("フロセミド錠", 40, "mg", "経口", null, "朝食後・3日間"), Urgency.Urgent,
        Now.AddHours(2), new Addressee(AddresseeKind.Person, Nurse.PersonId), Nurse.Name, Reader.PersonId);

    public static Wishes Wishes { get; } = new(
        new DateOnly(2026, 11, 15), ["本人", "長女 陽子"], DecisionCapacity.Partly, new(TreatmentWish.DoesNotWish), new(TreatmentWish.DoesNotWish), new(AdmissionWish.OnlyWhenAsked, "肺炎のときは相談"),
        new(TreatmentWish.Undecided), new(PlaceWish.Home), "ここにいたい", new Spokesperson("岡本 陽子", "長女", "090-0000-9269"), new DateOnly(2026, 12, 15));

    public static VisitRecorded Visit { get; } = new(
        Subject, Patient, Now.AddMinutes(-60), Now.AddMinutes(-10), Nurse.PersonId, VisitKind.Regular, VisitInsurance.Medical, "実習生", Vitals, [LowSpO2],
        new VisitNote("息が切れる", "下腿に浮腫", "心不全の増悪を疑う", "医師に報告"), [SoftSign.ShortOfBreath, SoftSign.Swelling], [CareGiven.Observation], "長女が泊まっている",
        true, new DateOnly(2026, 11, 24), false);

    private static SourceIdentifier Source { get; } = new("urn:oid:1.2.392", "A-1");

    public static IReadOnlyList<object> All { get; } =
    [
        new PatientRegistered(Patient, new PatientDetails("岡本", "フミ", "オカモト", "フミ", new DateOnly(1938, 4, 3), Sex.Female), null),
        new PatientDetailsCorrected(Patient, new PatientDetails("岡本", "ふみ", null, null, null, Sex.Female)),
        new ContactsSet(Patient, [new Contact("岡本 陽子", "長女", "090-0000-0000", "18時以降")]),
        new CareLevelSet(Patient, new CareLevelPeriod(CareLevel.Care4, new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31))),
        new ConditionRecorded(Patient, Subject, new Condition("心不全", null, ConditionStatus.Active, new DateOnly(2020, 1, 1), "NYHA III"), null),
        new AllergyRecorded(Patient, Subject, new Allergy("ペニシリン系", null, AllergyKind.Medicine, AllergySeverity.Severe, "発疹", AllergyStatus.Active), null),
        new TargetRangeSet(Patient, new TargetRange(VitalSign.SpO2, 90, 96, new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 31)), "在宅酸素"),
        new TargetRangeRemoved(Patient, VitalSign.SpO2),
        new HomeCare.Watching.BedsideNoteWritten(Subject, Patient, Now.AddHours(-1), [HomeCare.Visits.SoftSign.Weary], "朝からぼんやり", Nurse.PersonId),
        new HomeCare.Watching.BedsideNoteTakenBack(Subject, Patient, "思い違い"),
        new WishesRecorded(Patient, Subject, 2, Wishes, Nurse.PersonId),
        new WishesConfirmed(Patient, Subject, 2),
        new WishesWithdrawn(Patient, Subject, 2, "別の人の話し合い"),
        new News2SwitchedOff(Patient, new News2Off(News2OffReason.Ventilated, new DateOnly(2026, 11, 1), "気管切開")),
        new News2SwitchedOn(Patient, "離脱"),
        new SpO2Scale2Chosen(Patient, new Scale2Decision("PaCO₂ 58 mmHg", 88, 92, new DateOnly(2026, 11, 1))),
        new SpO2Scale1Chosen(Patient, "再評価"),
        new CareTeamJoined(Patient, null, Subject, "みなと訪問看護", null, "訪問看護", Now, null),
        new HomeCare.Cover.PatientCoverSet(Patient, [new HomeCare.Cover.CoverStep(PersonId: Nurse.PersonId)]),
        new InstructionChanged(Subject, Patient, "フロセミドを減らします。", Issued.Order, Urgency.Today, Now.AddHours(3), "脱水", Issued.Text, Issued.Order),
        new VerbalOrderConfirmed(Subject, Patient),
        new VerbalOrderRejected(Subject, Patient, "2時間ごとです", Nurse.PersonId),
        new MedicineTaskFinished(Subject, Patient, MedicineTask.Dispense, "14日分"),
        new InstructionExpired(Subject, Patient, Now),
        new InstructionEscalated(Subject, Patient, LedgerStep.Read, 1, Now, EscalationReason.Overdue, Nurse.PersonId, Nurse.Name),
        new HomeCare.Conversations.PostWritten(Subject, Patient, "夜間の吸引", 1, "回数を増やしますか", [new HomeCare.Conversations.Mention(Nurse.PersonId, Nurse.Name, Profession.Nurse)], new HomeCare.Conversations.AnswerNeeded(Urgency.Urgent)),
        new HomeCare.Conversations.ConversationRead(Subject, Patient, Nurse.PersonId, 1),
        new HomeCare.Handovers.HandoverSent(Subject, Patient, Nurse.PersonId, new Addressee(AddresseeKind.Person, Reader.PersonId), Reader.Name, new HomeCare.Handovers.Sbar("昨夜から咳", "COPD", "感染の始まりか", "明朝の体温")),
        new HomeCare.Handovers.HandoverAcknowledged(Subject, Patient, Reader.PersonId, "承知しました"),
        new HomeCare.Handovers.HandoverWithdrawn(Subject, Patient, "宛先の誤り"),
        new CareTeamLeft(Patient, Subject, "みなと訪問看護", "契約終了"),
        new VisitPlanned(Subject, Patient, Now.AddDays(1), 60, Nurse.PersonId, Nurse.Name, VisitKind.Regular, "入浴介助"),
        new VisitCancelled(Subject, Patient, "入院"),
        new VisitStarted(Subject, Patient, Now, Nurse.PersonId, VisitKind.Urgent),
        Visit,
        new VisitCompleted(Subject, Patient, Now.AddMinutes(-30), Now),
        new VisitNoteCorrected(Subject, Patient, new VisitNote("息は楽", null, null, null), "書き間違い", false),
        new VisitEnteredInError(Subject, Patient, "別の方の記録", false),
        new VitalsRecorded(Subject, Patient, Vitals, [LowSpO2], null, "食後", null, "長女"),
        new VitalsCorrected(Subject, Patient, Vitals with { Temperature = 36.4m }, [], "読み違い"),
        new VitalsEnteredInError(Subject, Patient, "別の方の値"),
        Issued,
        new InstructionDelivered(Subject, Patient, Nurse.PersonId, "iPad Safari"),
        new InstructionRead(Subject, Patient, Nurse.PersonId),
        new InstructionTaken(Subject, Patient, Nurse.PersonId, Issued.Order, "承知しました"),
        new InstructionQuestioned(Subject, Patient, "朝の分からでよいですか"),
        new QuestionAnswered(Subject, Patient, "夕から"),
        new InstructionCountersigned(Subject, Patient, Nurse.PersonId, Nurse.Name, "量を確認"),
        new InstructionCompleted(Subject, Patient, "16:05 に内服を確認", Subject, Now, [new EvidenceLink(EvidenceKind.Vitals, Subject, Now, 1041)]),
        new InstructionDeclined(Subject, Patient, "本人が拒まれた"),
        new InstructionClosed(Subject, Patient, true, "入院のため"),
        new MedicineRecorded(Subject, Patient, new Prescription("アムロジピン錠 5 mg", null, "1回1錠 朝食後", "経口", new DateOnly(2026, 11, 1), 28, "28錠", "佐藤 健一", PrescriptionStatus.Active), null),
        new MedicineStopped(Subject, Patient, "アムロジピン錠 5 mg", new DateOnly(2026, 11, 20), "低血圧"),
        new EncounterRecorded(Subject, Patient, new Encounter(EncounterKind.Inpatient, Now.AddDays(-20), Now.AddDays(-9), "みなと中央病院", ["高木 一郎"], "心不全増悪"), Source),
        new NursingOrderDrafted(Subject, Patient, NursingOrderKind.Ordinary, "2024-06", new NursingOrderContent(Subject, new DateOnly(2026, 11, 1)), "みなと訪問看護", Reader.PersonId, null, null),
        new NursingOrderIssued(Subject, Patient, NursingOrderKind.Special, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 14), "みなと訪問看護", new DateOnly(2026, 11, 1), "岡本 フミ", null),
        new NursingOrderSigned(Subject, Patient, NursingOrderKind.Ordinary, new OrderSignature(new DateOnly(2026, 11, 2))),
        new NursingOrderWithdrawn(Subject, Patient, NursingOrderKind.Infusion, NursingOrderStatus.Signed, new DateOnly(2026, 11, 3), "入院"),
        new HomeCare.Watching.AlertAcknowledged(Patient, HomeCare.Watching.AlertCause.Vitals, ["range/SpO2/Below"], "主治医へ電話", Now.AddHours(1)),
        new HomeCare.Watching.AlertSnoozed(Patient, HomeCare.Watching.AlertCause.SoftSigns, ["soft/Weary"], Now.AddHours(1)),
        new HomeCare.Watching.AlertJudged(Patient, HomeCare.Watching.AlertCause.Vitals, Subject, true, null, Reader.PersonId),
    ];

    /// <summary>An event as an entry, as if it had just been stored.</summary>
    public static TimelineEntry Entry(object data, long sequence = 1041, Author? author = null, DateTimeOffset? recordedAt = null, DateTimeOffset? occurredAt = null)
    {
        author ??= Nurse;
        var types = CareEvents.Types();
        return new TimelineEntry(
            sequence, types.AliasOf(data.GetType()).Replace('_', '-'), recordedAt ?? Now,
            occurredAt ?? (data is VisitRecorded visit ? visit.StartedAt : recordedAt ?? Now), author, data)
        {
            PatientId = Patient,
            SubjectId = Subject,
            Groups = EntryGroups.Visits | EntryGroups.Vitals,
        };
    }

    /// <summary>The sample instruction as it stands after its issue.</summary>
    public static InstructionCard Card { get; } = new(
        Subject, Patient, "岡本 フミ", InstructionStatus.Issued, Issued.Kind, Issued.Text, Issued.Order, Issued.Urgency, Issued.DueAt, Issued.Addressee, Issued.AddresseeName,
        Reader.PersonId, Reader.Name, Reader.OrganisationName, Now.AddMinutes(-1), null, null, null, null, null, null, null, null, null, null, null, null, []);
}
