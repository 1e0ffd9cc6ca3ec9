using HomeCare.Encounters;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Timeline;
using HomeCare.Visits;

namespace HomeCare.Web.VitalSigns;

/// <summary>What a mark on a chart stands for.</summary>
public enum MarkKind
{
    /// <summary>A visit or a stay elsewhere.</summary>
    Visit,
    /// <summary>An instruction was issued or changed.</summary>
    Instruction,
    /// <summary>A medicine began or ended.</summary>
    Medicine,
}

/// <summary>Something beside the readings that may explain them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When; a medicine begins with its first day and ends with its last.</param>
/// <param name="Event">The entry's kind: <c>instruction-issued</c>.</param>
/// <param name="Text">What was ordered, which medicine, where; null: the kind says it all.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="SubjectId">What the entry belongs to.</param>
/// <param name="Sequence">The entry that says so.</param>
public sealed record ChartMark(MarkKind Kind, DateTimeOffset At, string Event, string? Text, string AuthorName, Guid? SubjectId, long Sequence)
{
    /// <summary>Marks of a period, oldest first. A medicine that was only written down in it, and began before, is no change in it.</summary>
    public static IReadOnlyList<ChartMark> Of(IEnumerable<TimelineEntry> entries, DateTimeOffset from, DateTimeOffset until) =>
    [
        .. entries.Select(Of).OfType<ChartMark>().Where(m => m.At >= from && m.At <= until)
            // Recorded anew as its source has it now, a medicine is still one.
            .DistinctBy(m => (m.SubjectId ?? Guid.Empty, m.Event, m.At)).OrderBy(m => m.At),
    ];

    private static ChartMark? Of(TimelineEntry entry) => entry.Data switch
    {
        VisitRecorded => Make(entry, MarkKind.Visit, entry.OccurredAt, null),
        EncounterRecorded e => Make(entry, MarkKind.Visit, entry.OccurredAt, e.Encounter.Organisation),
        InstructionIssued i => Make(entry, MarkKind.Instruction, entry.OccurredAt, i.Text),
        InstructionChanged i => Make(entry, MarkKind.Instruction, entry.OccurredAt, i.Text),
        MedicineRecorded { Prescription: { Status: not PrescriptionStatus.EnteredInError } p } => Make(entry, MarkKind.Medicine, JapanTime.StartOf(p.StartOn), $"{p.Name} {p.Dosage}".TrimEnd()),
        MedicineStopped m => Make(entry, MarkKind.Medicine, JapanTime.StartOf(m.StoppedOn), m.Name),
        _ => null,
    };

    private static ChartMark Make(TimelineEntry entry, MarkKind kind, DateTimeOffset at, string? text) =>
        new(kind, at, entry.Kind, text, entry.Author.Name, entry.SubjectId, entry.Sequence);

    /// <summary>Those that are told apart on a drawing: of each kind one for each few points.</summary>
    public static IReadOnlyList<(ChartMark Mark, double X)> Drawn(IEnumerable<ChartMark> marks, ChartPlane plane) =>
        [.. marks.Select(m => (Mark: m, X: plane.X(m.At))).DistinctBy(m => (m.Mark.Kind, (int)(m.X / 4)))];
}
