using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>One person as a list or board shows them, to one reader.</summary>
/// <param name="PatientId">Who.</param>
/// <param name="Name">Name in kanji.</param>
/// <param name="Kana">Name in kana.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="CareLevel">Care level.</param>
/// <param name="Allergies">Substances.</param>
/// <param name="Conditions">Names of lasting conditions.</param>
/// <param name="LastChange">The last thing written.</param>
/// <param name="Unread">Entries by others since this reader last looked; 100 means 100 or more.</param>
/// <param name="NextVisit">The next planned visit by anybody.</param>
/// <param name="OpenInstructions">Instructions not yet closed.</param>
/// <param name="UnownedInstructions">Of these, not yet taken by anybody.</param>
/// <param name="OpenQuestions">Of these, with a question not yet answered.</param>
/// <param name="OverdueInstructions">Of these, past their due time and not done.</param>
/// <param name="Latest">Latest reading of each sign.</param>
/// <param name="SpO2">SpO₂ of the last 14 days, oldest first.</param>
public sealed record PatientLine(
    Guid PatientId, string Name, string? Kana, DateOnly? BirthDate, Sex Sex, CareLevel? CareLevel, IReadOnlyList<string> Allergies, IReadOnlyList<string> Conditions,
    LastChange? LastChange, int Unread, NextVisit? NextVisit, int OpenInstructions, int UnownedInstructions, int OpenQuestions, int OverdueInstructions,
    IReadOnlyList<LatestReading> Latest, IReadOnlyList<SeriesPoint> SpO2)
{
    /// <summary>The last score; null: none in the last 7 days, or the person is not scored.</summary>
    public News2Line? News2 { get; init; }

    /// <summary>Conversations that wait for this reader: an unread post mentions the reader, or an answer is theirs to give or to see to.</summary>
    public int Conversations { get; init; }

    /// <summary>What is pointed out now, by urgency; empty for the person and relatives.</summary>
    public IReadOnlyList<Watching.AlertItem> Alerts { get; init; } = [];

    /// <summary>When the clock alone changes something of that next; null: nothing is foreseen.</summary>
    public DateTimeOffset? AlertsChangeAt { get; init; }

    /// <summary>Whom this reader calls: the clinic, and for a physician the nursing station of the team; null: no telephone is known.</summary>
    public TeamCall? Call { get; init; }
}

/// <summary>Whom to telephone.</summary>
public sealed record TeamCall(string Name, string Telephone);

/// <summary>The last score of a person, and its course.</summary>
/// <param name="MeasuredAt">When the readings were measured.</param>
/// <param name="Score">As judged when they were recorded.</param>
/// <param name="Totals">Totals of the last 14 days, oldest first; partial sets are left out.</param>
public sealed record News2Line(DateTimeOffset MeasuredAt, News2 Score, IReadOnlyList<SeriesPoint> Totals);

/// <summary>The last thing written on a record.</summary>
public sealed record LastChange(long Sequence, DateTimeOffset RecordedAt, string Kind, string AuthorName);

/// <summary>The next planned visit.</summary>
public sealed record NextVisit(Guid VisitId, DateTimeOffset PlannedAt, string VisitorName);

/// <summary>The latest reading of a sign.</summary>
public sealed record LatestReading(VitalSign Sign, decimal Value, DateTimeOffset MeasuredAt, AlertSide? Alert, decimal? Bound, bool? ByPhysician, decimal? Oxygen);

/// <summary>A point of a small line.</summary>
public readonly record struct SeriesPoint(DateTimeOffset At, decimal Value);
