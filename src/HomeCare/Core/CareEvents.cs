using HomeCare.CareTeams;
using HomeCare.Communities;
using HomeCare.Conversations;
using HomeCare.Cover;
using HomeCare.Encounters;
using HomeCare.EventStore;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare;

/// <summary>Every event there is, by the name it is stored under, and every view. A stored name never changes its meaning.</summary>
public static class CareEvents
{
    /// <summary>The names.</summary>
    public static EventTypes Types() => new EventTypes()
        .Map<CommunityFounded>("community_founded")
        .Map<News2ActsDefined>("news2_acts_defined")
        .Map<EscalationDefined>("escalation_defined")
        .Map<RotaSet>("rota_set")
        .Map<DutyHandedOver>("duty_handed_over")
        .Map<PatientCoverSet>("patient_cover_set")
        .Map<OrganisationRegistered>("organisation_registered")
        .Map<PersonRegistered>("person_registered")
        .Map<OrganisationJoined>("organisation_joined")
        .Map<OrganisationLeft>("organisation_left")
        .Map<PersonDeactivated>("person_deactivated")
        .Map<PatientRegistered>("patient_registered")
        .Map<PatientDetailsCorrected>("patient_details_corrected")
        .Map<ContactsSet>("contacts_set")
        .Map<CareLevelSet>("care_level_set")
        .Map<ConditionRecorded>("condition_recorded")
        .Map<AllergyRecorded>("allergy_recorded")
        .Map<WishesRecorded>("wishes_recorded")
        .Map<WishesConfirmed>("wishes_confirmed")
        .Map<WishesWithdrawn>("wishes_withdrawn")
        .Map<BedsideNoteWritten>("bedside_note_written")
        .Map<BedsideNoteTakenBack>("bedside_note_taken_back")
        .Map<TargetRangeSet>("target_range_set")
        .Map<TargetRangeRemoved>("target_range_removed")
        .Map<News2SwitchedOff>("news2_switched_off")
        .Map<News2SwitchedOn>("news2_switched_on")
        .Map<SpO2Scale2Chosen>("spo2_scale2_chosen")
        .Map<SpO2Scale1Chosen>("spo2_scale1_chosen")
        .Map<CareTeamJoined>("care_team_joined")
        .Map<CareTeamLeft>("care_team_left")
        .Map<VisitPlanned>("visit_planned")
        .Map<VisitCancelled>("visit_cancelled")
        .Map<VisitStarted>("visit_started")
        .Map<VisitRecorded>("visit_recorded")
        .Map<VisitCompleted>("visit_completed")
        .Map<VisitNoteCorrected>("visit_note_corrected")
        .Map<VisitEnteredInError>("visit_entered_in_error")
        .Map<VitalsRecorded>("vitals_recorded")
        .Map<VitalsCorrected>("vitals_corrected")
        .Map<VitalsEnteredInError>("vitals_entered_in_error")
        .Map<InstructionIssued>("instruction_issued")
        .Map<InstructionDelivered>("instruction_delivered")
        .Map<InstructionRead>("instruction_read")
        .Map<InstructionTaken>("instruction_taken")
        .Map<InstructionCountersigned>("instruction_countersigned")
        .Map<InstructionQuestioned>("instruction_questioned")
        .Map<QuestionAnswered>("question_answered")
        .Map<InstructionCompleted>("instruction_completed")
        .Map<InstructionDeclined>("instruction_declined")
        .Map<InstructionClosed>("instruction_closed")
        .Map<InstructionEscalated>("instruction_escalated")
        .Map<InstructionChanged>("instruction_changed")
        .Map<VerbalOrderConfirmed>("verbal_order_confirmed")
        .Map<VerbalOrderRejected>("verbal_order_rejected")
        .Map<MedicineTaskFinished>("medicine_task_finished")
        .Map<InstructionExpired>("instruction_expired")
        .Map<PostWritten>("post_written")
        .Map<ConversationRead>("conversation_read")
        .Map<HandoverSent>("handover_sent")
        .Map<HandoverAcknowledged>("handover_acknowledged")
        .Map<HandoverWithdrawn>("handover_withdrawn")
        .Map<MedicineRecorded>("medicine_recorded")
        .Map<MedicineStopped>("medicine_stopped")
        .Map<EncounterRecorded>("encounter_recorded")
        .Map<NursingOrderDrafted>("nursing_order_drafted")
        .Map<NursingOrderIssued>("nursing_order_issued")
        .Map<NursingOrderSigned>("nursing_order_signed")
        .Map<NursingOrderWithdrawn>("nursing_order_withdrawn")
        .Map<AlertAcknowledged>("alert_acknowledged")
        .Map<AlertSnoozed>("alert_snoozed")
        .Map<AlertJudged>("alert_judged");

    /// <summary>The views, written in every append's transaction.</summary>
    public static IReadOnlyList<IView> Views { get; } =
    [
        new CommunitiesView(), new PeopleView(), new PatientsView(), new CareTeamsView(), new VisitsView(), new InstructionsView(), new CoverView(), new MedicinesView(),
        new ConversationsView(), new HandoversView(), new TimelineView(), new ReadingsView(), new WoundPhotosView(), new NursingOrdersView(), new WatchView(),
    ];

    /// <summary>Views that follow behind, for what nobody waits for. None so far: everything that is shown must be there when a command returns.</summary>
    public static IReadOnlyList<IView> AsyncViews { get; } = [];
}
