using HomeCare.Patients;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Web.Board;

/// <summary>How soon a person is to be looked at.</summary>
public enum Need
{
    /// <summary>すぐ確認: a reading of the last day lies outside, its NEWS2 asks for review, or an instruction is overdue.</summary>
    Now,
    /// <summary>今日中: a question is open, an instruction has no owner, an older reading lies outside, something else is pointed out, or somebody has taken it up.</summary>
    Today,
    /// <summary>変わりなし</summary>
    None,
}

/// <summary>One person on the board. Pure: the same line at the same moment gives the same row.</summary>
/// <param name="Line">The person as read.</param>
/// <param name="Need">How soon.</param>
/// <param name="Outside">Latest readings that lie outside, gravest first.</param>
public sealed record BoardRow(PatientLine Line, Need Need, IReadOnlyList<LatestReading> Outside)
{
    /// <summary>A reading of this age is no longer what is so now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    /// <summary>Older readings are not judged.</summary>
    private static readonly TimeSpan Judged = TimeSpan.FromDays(7);

    /// <summary>Judges a line.</summary>
    public static BoardRow Of(PatientLine line, DateTimeOffset now)
    {
        IReadOnlyList<LatestReading> outside =
        [
            .. line.Latest.Where(r => r.Alert is not null && now - r.MeasuredAt <= Judged).OrderByDescending(r => now - r.MeasuredAt <= Fresh)
                .ThenByDescending(r => r.ByPhysician == true).ThenBy(r => r.Sign == VitalSign.SpO2 ? 0 : 1).ThenBy(r => r.Sign),
        ];
        var asks = line.News2 is { Score.Band: not News2Band.None } score && now - score.MeasuredAt <= Judged ? score : null;
        // What somebody has taken up, or set aside for now, no longer asks for a look now; what was not there then does.
        var held = line.Alerts.Where(i => !i.Asks).SelectMany(i => i.Keys).ToHashSet(StringComparer.Ordinal);
        var need = (line.OverdueInstructions > 0 && !line.Alerts.Any(i => i is { Cause: AlertCause.Instructions, Asks: false }))
                || (asks is not null && now - asks.MeasuredAt <= Fresh && !held.Contains($"news2/{asks.Score.Band}"))
                || outside.Any(r => now - r.MeasuredAt <= Fresh && !held.Contains($"range/{r.Sign}/{r.Alert}"))
                || line.Alerts.Any(i => i is { Asks: true, Level: AlertLevel.Now }) ? Need.Now
            : line.OpenQuestions > 0 || line.UnownedInstructions > 0 || line.OverdueInstructions > 0 || outside.Count > 0 || asks is not null
                || line.Alerts.Any(i => i.Asks || i.Answer?.Kind == AlertActKind.Acknowledged) ? Need.Today
            : Need.None;
        return new BoardRow(line, need, outside);
    }

    /// <summary>What is pointed out and does not stand in the row already, and what somebody has taken up.</summary>
    public IReadOnlyList<AlertItem> Beside => [.. Line.Alerts.Where(i => i.Asks && i.Alerts.Any(a => a.Rule is not (AlertRule.VitalRange or AlertRule.News2 or AlertRule.OverdueInstruction)))];

    /// <summary>Whether the row shows the same as another.</summary>
    public bool ShowsTheSame(BoardRow other) => Need == other.Need && Line.PatientId == other.Line.PatientId && Json.Same(Line, other.Line);
}

/// <summary>Orders in which a board is read.</summary>
public enum BoardOrder
{
    /// <summary>気になる順</summary>
    Need,
    /// <summary>名前順</summary>
    Name,
    /// <summary>次の訪問順</summary>
    NextVisit,
    /// <summary>未読の多い順</summary>
    Unread,
}

/// <summary>In which groups a board is read.</summary>
public enum BoardGrouping
{
    /// <summary>気になる順に分ける</summary>
    Need,
    /// <summary>次の訪問日ごと</summary>
    Day,
    /// <summary>要介護度ごと</summary>
    CareLevel,
    /// <summary>分けない</summary>
    None,
}

/// <summary>What a group of rows has in common; all null: everybody.</summary>
/// <param name="Need">How soon.</param>
/// <param name="Day">The day of the next visit.</param>
/// <param name="Level">The care level.</param>
/// <param name="Without">Those who have no such day or level.</param>
public readonly record struct BoardHeading(Need? Need = null, DateOnly? Day = null, CareLevel? Level = null, bool Without = false)
{
    /// <summary>The place of the group; smaller stands higher. The highest care level first.</summary>
    public int Place => Without ? int.MaxValue : (int?)Need ?? Day?.DayNumber ?? -(int?)Level ?? 0;
}

/// <summary>Which rows a board shows.</summary>
public enum BoardFilter
{
    /// <summary>All.</summary>
    All,
    /// <summary>すぐ確認</summary>
    Now,
    /// <summary>今日中</summary>
    Today,
    /// <summary>期限切れの指示</summary>
    Overdue,
    /// <summary>未読のある方</summary>
    Unread,
}
