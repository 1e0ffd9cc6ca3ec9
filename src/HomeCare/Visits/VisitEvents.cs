using HomeCare.VitalSigns;

namespace HomeCare.Visits;

/// <summary>A visit was planned, or planned anew for another time or visitor.</summary>
public sealed record VisitPlanned(Guid VisitId, Guid PatientId, DateTimeOffset PlannedAt, int Minutes, Guid VisitorId, string VisitorName, VisitKind Kind, string? Purpose) : IPatientEvent;

/// <summary>A planned visit will not take place.</summary>
public sealed record VisitCancelled(Guid VisitId, Guid PatientId, string Reason) : IPatientEvent;

/// <summary>The visitor is there.</summary>
public sealed record VisitStarted(Guid VisitId, Guid PatientId, DateTimeOffset StartedAt, Guid VisitorId, VisitKind Kind) : IPatientEvent;

/// <summary>A visit was recorded, whole. From here on, corrections only.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="PatientId">Whose home.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="VisitorId">Who visited.</param>
/// <param name="Kind">Kind of visit.</param>
/// <param name="Insurance">The insurance it stands on.</param>
/// <param name="Companion">Who came along.</param>
/// <param name="Vitals">What was measured.</param>
/// <param name="Alerts">What lay outside, judged when it was recorded.</param>
/// <param name="Note">S/O/A/P.</param>
/// <param name="SoftSigns">What was noticed.</param>
/// <param name="CareGiven">What was done.</param>
/// <param name="Situation">The situation at home.</param>
/// <param name="MedicinesChecked">Whether medicines were checked; null: not said.</param>
/// <param name="NextVisitOn">The next visit, as told the person.</param>
/// <param name="TeamOnly">Not shown to the person and relatives.</param>
/// <param name="Supplies">Supplies used or handed over.</param>
/// <param name="Clock">How the clock stood by which the times were taken.</param>
/// <param name="News2">The score, judged when it was recorded; null: nothing that scores was measured, or recorded before scores were.</param>
/// <param name="Photos">Photographs of wounds, by their hashes; null: none.</param>
public sealed record VisitRecorded(
    Guid VisitId, Guid PatientId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, Guid VisitorId, VisitKind Kind, VisitInsurance? Insurance, string? Companion,
    Vitals? Vitals, IReadOnlyList<VitalAlert> Alerts, VisitNote? Note, IReadOnlyList<SoftSign> SoftSigns, IReadOnlyList<CareGiven> CareGiven,
    string? Situation, bool? MedicinesChecked, DateOnly? NextVisitOn, bool TeamOnly, string? Supplies = null,
    DeviceClock? Clock = null, News2? News2 = null, IReadOnlyList<WoundPhoto>? Photos = null) : IPatientEvent, ITeamOnly;

/// <summary>A started visit ended without a record of its own: what was seen stands in the vital signs recorded during it.</summary>
public sealed record VisitCompleted(Guid VisitId, Guid PatientId, DateTimeOffset StartedAt, DateTimeOffset EndedAt) : IPatientEvent;

/// <summary>A visit's note was corrected; the note before stays readable in the stream.</summary>
public sealed record VisitNoteCorrected(Guid VisitId, Guid PatientId, VisitNote Note, string Reason, bool TeamOnly) : IPatientEvent, ITeamOnly;

/// <summary>A visit's record should never have been there: another person's, or it did not take place.</summary>
public sealed record VisitEnteredInError(Guid VisitId, Guid PatientId, string Reason, bool TeamOnly) : IPatientEvent, ITeamOnly;
