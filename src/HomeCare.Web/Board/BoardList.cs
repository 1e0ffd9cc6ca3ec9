using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Board;

/// <summary>The rows of a board in their order, and the counts above them. A change of one person touches that person's row; the list
/// is ordered anew only when the row belongs elsewhere.</summary>
public sealed class BoardList
{
    private readonly Dictionary<Guid, BoardRow> rows = [];
    private readonly Dictionary<BoardFilter, int> counts = [];

    /// <summary>The order chosen.</summary>
    public BoardOrder Order { get; set; }

    /// <summary>The groups chosen.</summary>
    public BoardGrouping Grouping { get; set; }

    /// <summary>The rows chosen.</summary>
    public BoardFilter Filter { get; set; }

    /// <summary>Part of a name that is looked for.</summary>
    public string? Query { get; set; }

    /// <summary>Everybody on the board.</summary>
    public int Count => rows.Count;

    /// <summary>How many a filter leaves.</summary>
    public int CountOf(BoardFilter filter) => filter == BoardFilter.All ? rows.Count : counts.GetValueOrDefault(filter);

    /// <summary>The row of a person; null when they are not on the board.</summary>
    public BoardRow? Of(Guid patientId) => rows.GetValueOrDefault(patientId);

    /// <summary>Takes everybody anew.</summary>
    public void Take(IEnumerable<PatientLine> lines, DateTimeOffset now)
    {
        rows.Clear();
        counts.Clear();
        foreach (var line in lines)
        {
            Put(BoardRow.Of(line, now));
        }
    }

    /// <summary>Takes one person anew; a null line takes them off the board.</summary>
    /// <returns>Whether rows stand elsewhere now than before.</returns>
    public bool Take(Guid patientId, PatientLine? line, DateTimeOffset now)
    {
        var before = rows.GetValueOrDefault(patientId);
        if (before is not null)
        {
            rows.Remove(patientId);
            Tally(before, -1);
        }

        if (line is null)
        {
            return before is not null;
        }

        var row = BoardRow.Of(line, now);
        Put(row);
        return before is null || Shows(before) != Shows(row) || !Key(before).Equals(Key(row)) || Heading(before) != Heading(row);
    }

    /// <summary>Those in whose row the clock alone has changed something.</summary>
    public IReadOnlySet<Guid> ChangedBy(DateTimeOffset now) => rows.Values.Where(r => r.Line.AlertsChangeAt <= now).Select(r => r.Line.PatientId).ToHashSet();

    /// <summary>The rows shown, in their groups.</summary>
    public IReadOnlyList<(BoardHeading Heading, IReadOnlyList<BoardRow> Rows)> Groups() =>
    [
        .. rows.Values.Where(Shows).OrderBy(Key).ThenBy(r => r.Line.Kana ?? r.Line.Name, StringComparer.Ordinal).ThenBy(r => r.Line.PatientId)
            .GroupBy(Heading).OrderBy(g => g.Key.Place).Select(g => (g.Key, (IReadOnlyList<BoardRow>)[.. g])),
    ];

    private BoardHeading Heading(BoardRow row) => Grouping switch
    {
        BoardGrouping.Need => new(row.Need),
        BoardGrouping.Day => row.Line.NextVisit is { } next ? new(Day: JapanTime.DayOf(next.PlannedAt)) : new(Without: true),
        BoardGrouping.CareLevel => row.Line.CareLevel is { } level ? new(Level: level) : new(Without: true),
        _ => new(),
    };

    private static bool Is(BoardRow row, BoardFilter filter) => filter switch
    {
        BoardFilter.Now => row.Need == Need.Now,
        BoardFilter.Today => row.Need == Need.Today,
        BoardFilter.Overdue => row.Line.OverdueInstructions > 0,
        BoardFilter.Unread => row.Line.Unread > 0,
        _ => true,
    };

    private void Put(BoardRow row)
    {
        rows[row.Line.PatientId] = row;
        Tally(row, 1);
    }

    private void Tally(BoardRow row, int by)
    {
        foreach (var filter in Enum.GetValues<BoardFilter>().Where(f => Is(row, f)))
        {
            counts[filter] = counts.GetValueOrDefault(filter) + by;
        }
    }

    private bool Shows(BoardRow row) =>
        Is(row, Filter) && (string.IsNullOrWhiteSpace(Query) || SearchText.Of(row.Line.Name, row.Line.Kana).Contains(SearchText.Of(Query), StringComparison.Ordinal));

    /// <summary>The place in the chosen order; smaller stands higher.</summary>
    private (long, int) Key(BoardRow row) => Order switch
    {
        BoardOrder.Name => (0, 0),
        BoardOrder.NextVisit => (row.Line.NextVisit?.PlannedAt.UtcTicks ?? long.MaxValue, 0),
        BoardOrder.Unread => (-row.Line.Unread, 0),
        _ => ((long)row.Need, -((int)(row.Line.News2?.Score.Band ?? News2Band.None) * 15 + 10 * row.Outside.Count(r => r.ByPhysician == true) + 5 * row.Line.OverdueInstructions + 4 * row.Outside.Count + 2 * row.Line.OpenQuestions + row.Line.UnownedInstructions)),
    };
}
