using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;
using HomeCare.Watching;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Brief;

/// <summary>What somebody on call must know of a person in half a minute. Pure: chosen from what is on record, nothing is concluded.</summary>
/// <param name="Summary">Who it is, what they wish, have, take and are allergic to.</param>
/// <param name="Week">Entries of the last seven days, newest first, in clinical order.</param>
/// <param name="WeekIsWhole">False when the week has more entries than are read here.</param>
/// <param name="Latest">The latest reading of each sign.</param>
/// <param name="Readings">Readings of the last seven days, oldest first.</param>
/// <param name="Scores">Scores of the last seven days, oldest first.</param>
/// <param name="Open">Instructions not yet closed, newest first.</param>
/// <param name="Acts">What the community does when a score asks for something.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record OnCallBrief(
    PatientSummary Summary, IReadOnlyList<TimelineEntry> Week, bool WeekIsWhole, IReadOnlyList<Reading> Latest, IReadOnlyList<Reading> Readings,
    IReadOnlyList<ScoredSet> Scores, IReadOnlyList<InstructionCard> Open, News2Acts Acts, DateTimeOffset ReadAt)
{
    /// <summary>How far back "this week" goes.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromDays(7);

    /// <summary>What was noticed longer ago than this is no longer what is wrong now.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromHours(72);

    /// <summary>The signs whose course over the week is said.</summary>
    private static readonly VitalSign[] Courses = [VitalSign.Weight, VitalSign.SpO2, VitalSign.Systolic, VitalSign.Pulse, VitalSign.Temperature, VitalSign.Respiration];

    /// <summary>Latest readings of the week that lie outside, the newest first.</summary>
    public IReadOnlyList<Reading> Outside => [.. Latest.Where(r => r.Alert is not null && ReadAt - r.MeasuredAt <= Span).OrderByDescending(r => r.MeasuredAt).ThenBy(r => r.Sign)];

    /// <summary>The last score of the week; null: none, or the person is not scored.</summary>
    public ScoredSet? Score => Summary.News2Off is not null ? null : Scores.LastOrDefault(s => s.Score.NotScored is null);

    /// <summary>The visits and the notes from home of the last three days at which something was noticed, newest first.</summary>
    public IReadOnlyList<TimelineEntry> SoftSigns => [.. Standing.Where(e => e.Data is VisitRecorded { SoftSigns.Count: > 0 } or BedsideNoteWritten && ReadAt - e.OccurredAt <= Noticed)];

    /// <summary>What was noticed, in words: the signs, and what somebody at home wrote.</summary>
    public static string NoticedIn(TimelineEntry entry, IStringLocalizer<Common> common, string separator) => string.Join(separator, entry.Data switch
    {
        BedsideNoteWritten note => [.. note.SoftSigns.Select(s => common.Of(s)), .. note.Words is { } said ? [said] : Array.Empty<string>()],
        VisitRecorded visit => [.. visit.SoftSigns.Select(s => common.Of(s))],
        _ => Array.Empty<string>(),
    });

    /// <summary>The last visit of the week whose note draws a conclusion; null: none.</summary>
    public TimelineEntry? LastAssessment => Standing.FirstOrDefault(e => e.Data is VisitRecorded { Note.Assessment.Length: > 0 });

    /// <summary>First and last reading of the week of each sign that changed.</summary>
    public IReadOnlyList<(Reading First, Reading Last)> Changes =>
    [
        .. Courses.Select(sign => Readings.Where(r => r.Sign == sign).ToList()).Where(r => r.Count > 1 && r[0].Value != r[^1].Value).Select(r => (r[0], r[^1])),
    ];

    /// <summary>What happened this week beside readings: medicines, conditions, allergies, wishes, ranges, encounters, instructions carried out or declined; newest first.</summary>
    public IReadOnlyList<TimelineEntry> Happened =>
    [
        .. Standing.Where(e => e.Data is MedicineRecorded or MedicineStopped or ConditionRecorded or AllergyRecorded or WishesRecorded or WishesConfirmed or WishesWithdrawn or TargetRangeSet or TargetRangeRemoved
            or News2SwitchedOff or News2SwitchedOn or SpO2Scale2Chosen or SpO2Scale1Chosen or Encounters.EncounterRecorded or InstructionIssued
            or InstructionCompleted or InstructionDeclined),
    ];

    /// <summary>Visits that took place this week.</summary>
    public int Visits => Standing.Count(e => e.Data is VisitRecorded or VisitCompleted);

    /// <summary>Instructions not yet over: those that await the reader first, then what is overdue, then the newest.</summary>
    public IReadOnlyList<InstructionCard> Asked(Actor by) =>
        [.. Open.Where(c => c.AwaitsMe(by) || !c.IsOver).OrderByDescending(c => c.AwaitsMe(by)).ThenByDescending(c => c.IsOverdue(ReadAt)).ThenByDescending(c => c.IssuedAt)];

    /// <summary>Entries that still stand: what was entered in error says nothing any more.</summary>
    private IEnumerable<TimelineEntry> Standing => Week.Where(e => e.State != EntryState.EnteredInError);
}
