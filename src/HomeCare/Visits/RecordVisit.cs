using FluentValidation;
using HomeCare.VitalSigns;

namespace HomeCare.Visits;

/// <summary>Record a visit, whole: planned and started before, or not. The record is final; corrections follow it.</summary>
/// <param name="VisitId">Chosen by the sender, or the planned or started visit's.</param>
/// <param name="PatientId">Whose home.</param>
/// <param name="StartedAt">When it began; not in the future.</param>
/// <param name="EndedAt">When it ended; after the start, at most 24 hours.</param>
/// <param name="Kind">Kind of visit.</param>
public sealed record RecordVisit(Guid VisitId, Guid PatientId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitKind Kind = VisitKind.Regular)
    : ICommand<Visit>
{
    /// <summary>The insurance it stands on.</summary>
    public VisitInsurance? Insurance { get; init; }

    /// <summary>Who came along, at most 100 characters.</summary>
    public string? Companion { get; init; }

    /// <summary>What was measured.</summary>
    public Vitals? Vitals { get; init; }

    /// <summary>S/O/A/P.</summary>
    public VisitNote? Note { get; init; }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<SoftSign>? SoftSigns { get; init; }

    /// <summary>What was done. Infusions and injections are never a helper's (医政発第0726005号, 2005; 保健師助産師看護師法 art. 31).</summary>
    public IReadOnlyList<CareGiven>? CareGiven { get; init; }

    /// <summary>The situation at home, at most 2,000 characters.</summary>
    public string? Situation { get; init; }

    /// <summary>Whether medicines were checked; null: not said.</summary>
    public bool? MedicinesChecked { get; init; }

    /// <summary>The next visit, as told the person.</summary>
    public DateOnly? NextVisitOn { get; init; }

    /// <summary>Supplies used or handed over, at most 500 characters.</summary>
    public string? Supplies { get; init; }

    /// <summary>Photographs of wounds, at most six. The pictures themselves are sent afterwards, in pieces.</summary>
    public IReadOnlyList<WoundPhoto>? Photos { get; init; }

    /// <summary>How the clock stood by which the times were taken; null: written at the server's.</summary>
    public DeviceClock? Clock { get; init; }

    /// <summary>Not shown to the person and relatives.</summary>
    public bool TeamOnly { get; init; }

    (DateTimeOffset At, Guid SourceId)? ICommand<Visit>.Measured => Vitals is null ? null : (Vitals.MeasuredAt, VisitId);

    string ICommand<Visit>.Stream => Visit.StreamOf(VisitId);

    /// <inheritdoc/>
    public Guid? PatientOf(Visit state) => state.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(Visit state, Situation situation)
    {
        if (state.PatientId is { } patient && patient != PatientId)
        {
            return Decision.Refuse("visit.other_patient");
        }

        return state switch
        {
            { Stage: VisitStage.EnteredInError } => Decision.Refuse("visit.entered_in_error"),
            { IsFinal: true } => Decision.Refuse("visit.already_recorded"),
            { Stage: VisitStage.Started } when state.VisitorId != situation.By.PersonId => Decision.Refuse("visit.started_by_another"),
            _ when situation.IsFuture(StartedAt) => Decision.Invalid("time.in_future", "startedAt"),
            _ when situation.IsFuture(EndedAt) => Decision.Invalid("time.in_future", "endedAt"),
            _ when Vitals is not null && situation.IsFuture(Vitals.MeasuredAt) => Decision.Invalid("time.in_future", "vitals.measuredAt"),
            _ when Photos?.Any(p => situation.IsFuture(p.TakenAt)) == true => Decision.Invalid("time.in_future", "photos"),
            _ when Vitals is not null && !Permissions.Allows(Act.RecordVitals, situation.By.Profession) => Decision.Forbid("vitals.not_for_profession"),
            _ when Vitals is not null && HelperLimits.Exceeded(Vitals, situation.By) => Decision.Forbid("vitals.not_for_helpers"),
            _ when CareGiven?.Contains(Visits.CareGiven.Infusion) == true && situation.By.Profession == Profession.Helper => Decision.Forbid("visit.injection_not_for_helpers"),
            // A visit that was cancelled and took place after all is recorded: what happened weighs more than the plan.
            _ => Decision.Accept(new VisitRecorded(
                VisitId, PatientId, StartedAt, EndedAt, situation.By.PersonId, Kind, Insurance, Companion,
                Vitals, Vitals is null ? [] : VitalAlerts.Of(Vitals, situation.Patient!), Note is { IsEmpty: false } ? Note : null,
                [.. (SoftSigns ?? []).Distinct()], [.. (CareGiven ?? []).Distinct()], Situation, MedicinesChecked, NextVisitOn, TeamOnly,
                string.IsNullOrWhiteSpace(Supplies) ? null : Supplies, Clock, Vitals is null ? null : News2Rule.Of(Vitals, situation.Patient!), Photos is { Count: > 0 } ? Photos : null))
                .Unless(Measurement.StreamOf(VisitId), Measurement.StreamType),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordVisit>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.VisitId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.StartedAt).GreaterThan(VitalsRules.Earliest).WithErrorCode("time.too_early");
            RuleFor(c => c.EndedAt).GreaterThan(c => c.StartedAt).WithErrorCode("time.ends_before_start");
            RuleFor(c => c.EndedAt).Must((c, end) => end - c.StartedAt <= Visit.Longest).WithErrorCode("visit.too_long")
                .When(c => c.StartedAt > VitalsRules.Earliest && c.EndedAt > c.StartedAt);
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Insurance).IsInEnum();
            RuleFor(c => c.Companion).MaximumLength(100);
            RuleFor(c => c.Situation).MaximumLength(2000);
            RuleFor(c => c.Supplies).MaximumLength(500);
            RuleFor(c => c.Vitals!).SetValidator(new VitalsRules()).When(c => c.Vitals is not null);
            RuleFor(c => c.Note!).SetValidator(new VisitNoteRules()).When(c => c.Note is not null);
            RuleFor(c => c.Photos!.Count).LessThanOrEqualTo(WoundPhoto.Most).WithErrorCode("photo.too_many").OverridePropertyName("Photos").When(c => c.Photos is not null);
            RuleFor(c => c.Photos).Must(p => p!.Where(one => one is not null).Select(one => one.PhotoId).Distinct().Count() == p!.Count).WithErrorCode("photo.bad").When(c => c.Photos is not null);
            RuleForEach(c => c.Photos).NotNull().SetValidator(new WoundPhotoRules());
            RuleForEach(c => c.SoftSigns).IsInEnum();
            RuleForEach(c => c.CareGiven).IsInEnum();
            RuleFor(c => c.NextVisitOn).Must((c, next) => !(next < JapanTime.DayOf(c.StartedAt))).WithErrorCode("visit.next_before_this")
                .When(c => c.StartedAt > VitalsRules.Earliest);
            RuleFor(c => c.Note).Must((c, _) => HasContent(c)).WithErrorCode("visit.empty");
        }

        private static bool HasContent(RecordVisit c) =>
            c.Vitals is not null || c.Note is { IsEmpty: false } || c.SoftSigns is { Count: > 0 } || c.CareGiven is { Count: > 0 } || !string.IsNullOrWhiteSpace(c.Situation)
            || !string.IsNullOrWhiteSpace(c.Supplies) || c.Photos is { Count: > 0 };
    }
}

/// <summary>What must hold of a note.</summary>
public sealed class VisitNoteRules : AbstractValidator<VisitNote>
{
    /// <summary>Longest of each of the four parts.</summary>
    public const int LongestPart = 4000;

    /// <summary/>
    public VisitNoteRules()
    {
        RuleFor(n => n.Subjective).MaximumLength(LongestPart);
        RuleFor(n => n.Objective).MaximumLength(LongestPart);
        RuleFor(n => n.Assessment).MaximumLength(LongestPart);
        RuleFor(n => n.Plan).MaximumLength(LongestPart);
    }
}
