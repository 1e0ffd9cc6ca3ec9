using System.Text.Json.Serialization;
using HomeCare.CareTeams;
using HomeCare.Conversations;
using HomeCare.Cover;
using HomeCare.Encounters;
using HomeCare.EventStore;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Timeline;

/// <summary>One line of a person's timeline: an event as people read it.</summary>
/// <param name="Sequence">Place in the log; it orders entries as they were recorded.</param>
/// <param name="Kind">What kind of event: <c>visit-recorded</c>, <c>instruction-issued</c> and so on.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="OccurredAt">The clinical time: when it was measured, done or said.</param>
/// <param name="Author">Who wrote it, as said at the time.</param>
/// <param name="Data">The event itself.</param>
public sealed record TimelineEntry(long Sequence, string Kind, DateTimeOffset RecordedAt, DateTimeOffset OccurredAt, Author Author, object Data)
{
    /// <summary>Whose timeline.</summary>
    [JsonIgnore]
    public Guid PatientId { get; init; }

    /// <summary>The visit, instruction, measurement or medicine it belongs to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Not shown to the person and relatives.</summary>
    public bool TeamOnly { get; init; }

    /// <summary>Whether something later changed it. Known when read from the timeline, not when it has just arrived.</summary>
    public EntryState State { get; init; }

    /// <summary>Groups for filtering.</summary>
    [JsonIgnore]
    public EntryGroups Groups { get; init; }

    /// <summary>Makes the entry of an event; null when the event is not of a person's record. Pure: live and stored entries are the same.</summary>
    public static TimelineEntry? Of(StoredEvent e)
    {
        if (e.Data is not IPatientEvent patientEvent)
        {
            return null;
        }

        var (occurredAt, subject, groups) = e.Data switch
        {
            VisitPlanned p => (e.RecordedAt, p.VisitId, EntryGroups.Visits),
            VisitCancelled c => (e.RecordedAt, c.VisitId, EntryGroups.Visits),
            VisitStarted s => (s.StartedAt, s.VisitId, EntryGroups.Visits),
            VisitRecorded r => (r.StartedAt, r.VisitId, r.Vitals is null ? EntryGroups.Visits : EntryGroups.Visits | EntryGroups.Vitals),
            VisitCompleted c => (c.EndedAt, c.VisitId, EntryGroups.Visits),
            VisitNoteCorrected c => (e.RecordedAt, c.VisitId, EntryGroups.Visits),
            VisitEnteredInError x => (e.RecordedAt, x.VisitId, EntryGroups.Visits),
            VitalsRecorded r => (r.Vitals.MeasuredAt, r.MeasurementId, EntryGroups.Vitals),
            VitalsCorrected c => (e.RecordedAt, c.SourceId, EntryGroups.Vitals),
            VitalsEnteredInError x => (e.RecordedAt, x.MeasurementId, EntryGroups.Vitals),
            // What a post asks for stands in the post.
            InstructionIssued { Terms.Conversation: not null } i => (e.RecordedAt, i.InstructionId, EntryGroups.Steps),
            InstructionIssued i => (e.RecordedAt, i.InstructionId, EntryGroups.Instructions),
            InstructionDelivered d => (e.RecordedAt, d.InstructionId, EntryGroups.Steps),
            InstructionRead r => (e.RecordedAt, r.InstructionId, EntryGroups.Steps),
            InstructionTaken t => (e.RecordedAt, t.InstructionId, EntryGroups.Steps),
            InstructionCountersigned s => (e.RecordedAt, s.InstructionId, EntryGroups.Steps),
            InstructionQuestioned q => (e.RecordedAt, q.InstructionId, EntryGroups.Instructions),
            QuestionAnswered a => (e.RecordedAt, a.InstructionId, EntryGroups.Instructions),
            InstructionCompleted c => (c.DoneAt, c.InstructionId, EntryGroups.Instructions),
            InstructionDeclined d => (e.RecordedAt, d.InstructionId, EntryGroups.Instructions),
            InstructionChanged c => (e.RecordedAt, c.InstructionId, EntryGroups.Instructions),
            VerbalOrderConfirmed c => (e.RecordedAt, c.InstructionId, EntryGroups.Steps),
            VerbalOrderRejected r => (e.RecordedAt, r.InstructionId, EntryGroups.Instructions),
            MedicineTaskFinished f => (e.RecordedAt, f.InstructionId, EntryGroups.Medicines),
            InstructionExpired x => (e.RecordedAt, x.InstructionId, EntryGroups.Steps),
            InstructionEscalated x => (e.RecordedAt, x.InstructionId, EntryGroups.Steps),
            InstructionClosed c => (e.RecordedAt, c.InstructionId, EntryGroups.Steps),
            PostWritten p => (e.RecordedAt, p.ConversationId, EntryGroups.Conversations),
            ConversationRead r => (e.RecordedAt, r.ConversationId, EntryGroups.Steps),
            HandoverSent s => (e.RecordedAt, s.HandoverId, EntryGroups.Conversations),
            HandoverAcknowledged a => (e.RecordedAt, a.HandoverId, EntryGroups.Steps),
            HandoverWithdrawn w => (e.RecordedAt, w.HandoverId, EntryGroups.Conversations),
            MedicineRecorded r => (e.RecordedAt, r.MedicineId, EntryGroups.Medicines),
            MedicineStopped s => (e.RecordedAt, s.MedicineId, EntryGroups.Medicines),
            EncounterRecorded r => (r.Encounter.StartedAt, r.EncounterId, EntryGroups.Visits),
            AllergyRecorded a => (e.RecordedAt, (Guid?)a.AllergyId, EntryGroups.Record),
            ConditionRecorded c => (e.RecordedAt, c.ConditionId, EntryGroups.Record),
            WishesRecorded w => (e.RecordedAt, w.WishesId, EntryGroups.Record),
            WishesConfirmed w => (e.RecordedAt, w.WishesId, EntryGroups.Record),
            WishesWithdrawn w => (e.RecordedAt, w.WishesId, EntryGroups.Record),
            BedsideNoteWritten n => (n.NoticedAt, n.NoteId, EntryGroups.Visits),
            BedsideNoteTakenBack x => (e.RecordedAt, x.NoteId, EntryGroups.Visits),
            NursingOrderDrafted d => (e.RecordedAt, d.OrderId, EntryGroups.Steps),
            // A draft that nobody saw and that was thrown away is no line.
            NursingOrderWithdrawn { Was: NursingOrderStatus.Draft } w => (e.RecordedAt, w.OrderId, EntryGroups.Steps),
            INursingOrderEvent o => (e.RecordedAt, o.OrderId, EntryGroups.Instructions),
            IAlertAct => (e.RecordedAt, (Guid?)null, EntryGroups.Steps),
            CareTeamJoined or CareTeamLeft or PatientCoverSet => (e.RecordedAt, null, EntryGroups.Team),
            _ => (e.RecordedAt, (Guid?)null, EntryGroups.Record),
        };
        return new TimelineEntry(e.Sequence, e.Type.Replace('_', '-'), e.RecordedAt, occurredAt, Author.Of(e), e.Data)
        {
            PatientId = patientEvent.PatientId,
            SubjectId = subject,
            TeamOnly = e.Data is ITeamOnly { TeamOnly: true },
            Groups = groups,
        };
    }
}

/// <summary>Whether something later changed an entry.</summary>
public enum EntryState
{
    /// <summary>It stands as written.</summary>
    AsWritten,
    /// <summary>A later entry corrects it.</summary>
    Corrected,
    /// <summary>A later entry says that it should never have been there.</summary>
    EnteredInError,
}

/// <summary>Groups by which a timeline is filtered.</summary>
[Flags]
public enum EntryGroups
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>訪問</summary>
    Visits = 1,
    /// <summary>バイタル</summary>
    Vitals = 2,
    /// <summary>指示</summary>
    Instructions = 4,
    /// <summary>薬</summary>
    Medicines = 8,
    /// <summary>基本情報</summary>
    Record = 16,
    /// <summary>チーム</summary>
    Team = 32,
    /// <summary>Steps of an instruction's life, shown on its card rather than as lines of their own.</summary>
    Steps = 64,
    /// <summary>会話</summary>
    Conversations = 128,
    /// <summary>What a timeline shows when nothing is filtered.</summary>
    Lines = Visits | Vitals | Instructions | Medicines | Record | Team | Conversations,
    /// <summary>Everything.</summary>
    All = Lines | Steps,
}
