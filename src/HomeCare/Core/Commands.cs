using System.Collections.Frozen;
using FluentValidation;
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

namespace HomeCare;

/// <summary>Every command there is. A command that is not listed here cannot be sent.</summary>
public sealed class Commands
{
    private readonly FrozenDictionary<string, CommandType> byName;
    private readonly FrozenDictionary<Type, CommandType> byType;

    /// <summary/>
    public Commands()
    {
        All =
        [
            Command<FoundCommunity, Community>("found-community", Act.FoundCommunity, new FoundCommunity.Rules()),
            Command<DefineNews2Acts, Community>("define-news2-acts", Act.ManageCommunity, new DefineNews2Acts.Rules()),
            Command<DefineEscalation, Community>("define-escalation", Act.ManageCommunity, new DefineEscalation.Rules()),
            Command<RegisterOrganisation, Organisation>("register-organisation", Act.ManageCommunity, new RegisterOrganisation.Rules()),
            Command<RegisterPerson, Person>("register-person", Act.ManageCommunity, new RegisterPerson.Rules()),
            Command<JoinOrganisation, Person>("join-organisation", Act.ManageCommunity, new JoinOrganisation.Rules()),
            Command<LeaveOrganisation, Person>("leave-organisation", Act.ManageCommunity, new LeaveOrganisation.Rules()),
            Command<DeactivatePerson, Person>("deactivate-person", Act.ManageCommunity, new DeactivatePerson.Rules()),
            Command<SetRota, Rota>("set-rota", Act.KeepRota, new SetRota.Rules()),
            Command<HandOverDuty, Rota>("hand-over-duty", Act.KeepRota, new HandOverDuty.Rules()),
            Command<RegisterPatient, Patient>("register-patient", Act.RegisterPatient, new RegisterPatient.Rules()),
            Command<CorrectPatientDetails, Patient>("correct-patient-details", Act.KeepPatientDetails, new CorrectPatientDetails.Rules()),
            Command<SetContacts, Patient>("set-contacts", Act.KeepPatientDetails, new SetContacts.Rules()),
            Command<SetCareLevel, Patient>("set-care-level", Act.KeepPatientDetails, new SetCareLevel.Rules()),
            Command<RecordCondition, Patient>("record-condition", Act.RecordConditions, new RecordCondition.Rules()),
            Command<RecordAllergy, Patient>("record-allergy", Act.RecordConditions, new RecordAllergy.Rules()),
            Command<RecordWishes, Patient>("record-wishes", Act.RecordWishes, new RecordWishes.Rules()),
            Command<ConfirmWishes, Patient>("confirm-wishes", Act.ConfirmWishes, new ConfirmWishes.Rules()),
            Command<WithdrawWishes, Patient>("withdraw-wishes", Act.RecordWishes, new WithdrawWishes.Rules()),
            Command<SetTargetRange, Patient>("set-target-range", Act.SetTargetRanges, new SetTargetRange.Rules()),
            Command<RemoveTargetRange, Patient>("remove-target-range", Act.SetTargetRanges, new RemoveTargetRange.Rules()),
            Command<SwitchNews2Off, Patient>("switch-news2-off", Act.DecideNews2, new SwitchNews2Off.Rules()),
            Command<SwitchNews2On, Patient>("switch-news2-on", Act.DecideNews2, new SwitchNews2On.Rules()),
            Command<UseSpO2Scale2, Patient>("use-spo2-scale2", Act.DecideNews2, new UseSpO2Scale2.Rules()),
            Command<UseSpO2Scale1, Patient>("use-spo2-scale1", Act.DecideNews2, new UseSpO2Scale1.Rules()),
            Command<JoinCareTeam, CareTeam>("join-care-team", Act.ManageCareTeam, new JoinCareTeam.Rules()),
            Command<LeaveCareTeam, CareTeam>("leave-care-team", Act.ManageCareTeam, new LeaveCareTeam.Rules()),
            Command<SetPatientCover, PatientCover>("set-patient-cover", Act.ManageCareTeam, new SetPatientCover.Rules()),
            Command<PlanVisit, Visit>("plan-visit", Act.PlanVisit, new PlanVisit.Rules()),
            Command<CancelVisit, Visit>("cancel-visit", Act.PlanVisit, new CancelVisit.Rules()),
            Command<StartVisit, Visit>("start-visit", Act.RecordVisit, new StartVisit.Rules()),
            Command<RecordVisit, Visit>("record-visit", Act.RecordVisit, new RecordVisit.Rules()),
            Command<CompleteVisit, Visit>("complete-visit", Act.RecordVisit, new CompleteVisit.Rules()),
            Command<CorrectVitals, Visit>("correct-vitals", Act.RecordVisit, new CorrectVitals.Rules()),
            Command<CorrectVisitNote, Visit>("correct-visit-note", Act.RecordVisit, new CorrectVisitNote.Rules()),
            Command<EnterVisitInError, Visit>("enter-visit-in-error", Act.RecordVisit, new EnterVisitInError.Rules()),
            Command<RecordVitals, Measurement>("record-vitals", Act.RecordVitals, new RecordVitals.Rules()),
            Command<CorrectMeasurement, Measurement>("correct-measurement", Act.RecordVitals, new CorrectMeasurement.Rules()),
            Command<EnterVitalsInError, Measurement>("enter-vitals-in-error", Act.RecordVitals, new EnterVitalsInError.Rules()),
            Command<IssueInstruction, Instruction>("issue-instruction", Act.IssueInstruction, new IssueInstruction.Rules()),
            Command<MarkInstructionDelivered, Instruction>("mark-instruction-delivered", Act.ReadInstruction, new MarkInstructionDelivered.Rules()),
            Command<MarkInstructionRead, Instruction>("mark-instruction-read", Act.ReadInstruction, new MarkInstructionRead.Rules()),
            Command<TakeInstruction, Instruction>("take-instruction", Act.CarryOutInstruction, new TakeInstruction.Rules()),
            Command<QuestionInstruction, Instruction>("question-instruction", Act.CarryOutInstruction, new QuestionInstruction.Rules()),
            Command<AnswerQuestion, Instruction>("answer-question", Act.AnswerInstruction, new AnswerQuestion.Rules()),
            Command<CountersignInstruction, Instruction>("countersign-instruction", Act.CountersignInstruction, new CountersignInstruction.Rules()),
            Command<CompleteInstruction, Instruction>("complete-instruction", Act.CarryOutInstruction, new CompleteInstruction.Rules()),
            Command<DeclineInstruction, Instruction>("decline-instruction", Act.CarryOutInstruction, new DeclineInstruction.Rules()),
            Command<CloseInstruction, Instruction>("close-instruction", Act.AnswerInstruction, new CloseInstruction.Rules()),
            Command<ChangeInstruction, Instruction>("change-instruction", Act.AnswerInstruction, new ChangeInstruction.Rules()),
            Command<EnterVerbalOrder, Instruction>("enter-verbal-order", Act.EnterVerbalOrder, new EnterVerbalOrder.Rules()),
            Command<ConfirmVerbalOrder, Instruction>("confirm-verbal-order", Act.AnswerInstruction, new ConfirmVerbalOrder.Rules()),
            Command<RejectVerbalOrder, Instruction>("reject-verbal-order", Act.AnswerInstruction, new RejectVerbalOrder.Rules()),
            Command<FinishMedicineTask, Instruction>("finish-medicine-task", Act.DoMedicineTask, new FinishMedicineTask.Rules()),
            Command<OpenOccasion, Instruction>("open-occasion", Act.EscalateInstruction, new OpenOccasion.Rules()),
            Command<ExpireInstruction, Instruction>("expire-instruction", Act.EscalateInstruction, new ExpireInstruction.Rules()),
            Command<RaiseRequest, Instruction>("raise-request", Act.RaiseRequest, new RaiseRequest.Rules()),
            Command<AnswerRequest, Instruction>("answer-request", Act.AnswerRequest, new AnswerRequest.Rules()),
            Command<CloseRequest, Instruction>("close-request", Act.RaiseRequest, new CloseRequest.Rules()),
            Command<OpenConversation, Conversation>("open-conversation", Act.Converse, new OpenConversation.Rules()),
            Command<WritePost, Conversation>("write-post", Act.Converse, new WritePost.Rules()),
            Command<MarkConversationRead, Conversation>("mark-conversation-read", Act.Converse, new MarkConversationRead.Rules()),
            Command<SendHandover, Handover>("send-handover", Act.HandOver, new SendHandover.Rules()),
            Command<AcknowledgeHandover, Handover>("acknowledge-handover", Act.HandOver, new AcknowledgeHandover.Rules()),
            Command<WithdrawHandover, Handover>("withdraw-handover", Act.HandOver, new WithdrawHandover.Rules()),
            Command<EscalateInstruction, Instruction>("escalate-instruction", Act.EscalateInstruction, new EscalateInstruction.Rules()),
            Command<RecordMedicine, Medicine>("record-medicine", Act.RecordMedicine, new RecordMedicine.Rules()),
            Command<StopMedicine, Medicine>("stop-medicine", Act.RecordMedicine, new StopMedicine.Rules()),
            Command<RecordEncounter, EncounterState>("record-encounter", Act.RecordEncounter, new RecordEncounter.Rules()),
            Command<DraftNursingOrder, NursingOrderBook>("draft-nursing-order", Act.WriteNursingOrder, new DraftNursingOrder.Rules()),
            Command<IssueNursingOrder, NursingOrderBook>("issue-nursing-order", Act.WriteNursingOrder, new IssueNursingOrder.Rules()),
            Command<SignNursingOrder, NursingOrderBook>("sign-nursing-order", Act.SignNursingOrder, new SignNursingOrder.Rules()),
            Command<WithdrawNursingOrder, NursingOrderBook>("withdraw-nursing-order", Act.WriteNursingOrder, new WithdrawNursingOrder.Rules()),
            Command<WriteBedsideNote, BedsideNote>("write-bedside-note", Act.WriteBedsideNote, new WriteBedsideNote.Rules()),
            Command<TakeBackBedsideNote, BedsideNote>("take-back-bedside-note", Act.WriteBedsideNote, new TakeBackBedsideNote.Rules()),
            Command<AcknowledgeAlert, Watch>("acknowledge-alert", Act.AnswerAlert, new AcknowledgeAlert.Rules()),
            Command<SnoozeAlert, Watch>("snooze-alert", Act.AnswerAlert, new SnoozeAlert.Rules()),
            Command<JudgeAlert, Watch>("judge-alert", Act.AnswerAlert, new JudgeAlert.Rules()),
        ];
        byName = All.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        byType = All.ToFrozenDictionary(c => c.Type);
    }

    /// <summary>All, in the order in which a community needs them.</summary>
    public IReadOnlyList<CommandType> All { get; }

    /// <summary>The command of a name, or null.</summary>
    public CommandType? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The command of a record.</summary>
    public CommandType Of(Type type) =>
        byType.TryGetValue(type, out var command) ? command : throw new ArgumentException($"{type.Name} is not a listed command.", nameof(type));

    private static CommandType<TCommand, TState> Command<TCommand, TState>(string name, Act act, IValidator<TCommand> rules)
        where TCommand : class, ICommand<TState>
        where TState : class, IState<TState> => new(name, act, rules);
}
