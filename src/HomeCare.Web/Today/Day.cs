using HomeCare.Conversations;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Today;

/// <summary>What one person's day holds.</summary>
/// <param name="Visits">The own visits of the day, by time.</param>
/// <param name="Waiting">Instructions whose next step is this person's.</param>
/// <param name="People">Those this person cares for.</param>
/// <param name="ReadAt">Up to when it is complete.</param>
public sealed record Day(IReadOnlyList<VisitCard> Visits, IReadOnlyList<InstructionCard> Waiting, IReadOnlyList<PatientLine> People, DateTimeOffset ReadAt)
{
    /// <summary>How long a reading outside a range keeps somebody among those to look at.</summary>
    private static readonly TimeSpan AlertLasts = TimeSpan.FromHours(48);

    /// <summary>Conversations that wait for this person.</summary>
    public IReadOnlyList<ConversationLine> Talks { get; init; } = [];

    /// <summary>Handovers that wait for this person to acknowledge them, then those this person sent that nobody has acknowledged.</summary>
    public IReadOnlyList<HomeCare.Handovers.HandoverCard> Handovers { get; init; } = [];

    /// <summary>The visit that comes next: under way, or the first that is not recorded.</summary>
    public VisitCard? Next => Visits.FirstOrDefault(v => v.Stage == VisitStage.Started) ?? Visits.FirstOrDefault(v => v.Stage == VisitStage.Planned);

    /// <summary>People with something new, the newest first.</summary>
    public IReadOnlyList<PatientLine> New => [.. People.Where(p => p.Unread > 0).OrderByDescending(p => p.LastChange?.RecordedAt)];

    /// <summary>Questions that wait for an answer.</summary>
    public IReadOnlyList<InstructionCard> Questions => [.. Waiting.Where(c => c.Status == InstructionStatus.Questioned)];

    /// <summary>Results to see and close.</summary>
    public IReadOnlyList<InstructionCard> Results => [.. Waiting.Where(c => c.Status is InstructionStatus.Completed or InstructionStatus.Declined)];

    /// <summary>What is to be taken or carried out.</summary>
    public IReadOnlyList<InstructionCard> ToDo => [.. Waiting.Except(Questions).Except(Results)];

    /// <summary>People with most need, and why: readings outside their range, instructions overdue or with nobody to carry them out, questions.</summary>
    public IReadOnlyList<(PatientLine Line, IReadOnlyList<LatestReading> Alerts)> InNeed(DateTimeOffset now) =>
    [
        .. People.Select(line => (Line: line, Alerts: (IReadOnlyList<LatestReading>)[.. line.Latest.Where(r => r.Alert is not null && now - r.MeasuredAt <= AlertLasts)]))
            .Where(p => p.Alerts.Count > 0 || p.Line.OverdueInstructions > 0 || p.Line.UnownedInstructions > 0 || p.Line.OpenQuestions > 0)
            .OrderByDescending(p => (p.Line.OverdueInstructions > 0 ? 2 : 0) + (p.Alerts.Count > 0 ? 2 : 0) + (p.Alerts.Any(a => a.ByPhysician == true) ? 1 : 0)
                + (p.Line.OpenQuestions > 0 ? 1 : 0) + (p.Line.UnownedInstructions > 0 ? 1 : 0))
            .ThenByDescending(p => p.Line.LastChange?.RecordedAt),
    ];

    /// <summary>People with a visit planned by anybody, soonest first.</summary>
    public IReadOnlyList<PatientLine> Expected => [.. People.Where(p => p.NextVisit is not null).OrderBy(p => p.NextVisit!.PlannedAt)];
}
