using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// <c>insert into t … values ($1, …)</c> of one row, and the same insert of many rows in one statement. It is taken for one only when
/// many rows at once leave what the rows one after another would: plain, with <c>on conflict … do nothing</c>, or with an
/// <c>on conflict (key) do update</c> that replaces everything beside the key, so that the last row of a key stands for all before it.
/// </summary>
internal sealed partial class RowInsert
{
    private static readonly Dictionary<string, Func<List<object?[]>, int, Array>> Columns = new(StringComparer.Ordinal)
    {
        ["text"] = Column(v => (string)v),
        ["varchar"] = Column(v => (string)v),
        ["jsonb"] = Column(v => (string)v),
        ["uuid"] = ColumnOf(v => (Guid)v),
        ["int8"] = ColumnOf(v => Convert.ToInt64(v, CultureInfo.InvariantCulture)),
        ["int4"] = ColumnOf(v => Convert.ToInt32(v, CultureInfo.InvariantCulture)),
        ["numeric"] = ColumnOf(v => Convert.ToDecimal(v, CultureInfo.InvariantCulture)),
        ["bool"] = ColumnOf(v => (bool)v),
        ["timestamptz"] = ColumnOf(v => (DateTimeOffset)v),
        ["date"] = ColumnOf(v => (DateOnly)v),
    };

    private readonly string[] types;
    private readonly int[]? key;
    private readonly string many;

    private RowInsert(string table, string[] types, int[]? key, string many)
    {
        Table = table;
        this.types = types;
        this.key = key;
        this.many = many;
    }

    public string Table { get; }

    /// <param name="types">of the parameters, as PostgreSQL names them</param>
    /// <returns>null where the statement is anything else</returns>
    public static RowInsert? Of(string sql, string[] types)
    {
        var match = Shape().Match(sql);
        if (!match.Success || types.Length == 0 || !types.All(Columns.ContainsKey))
            return null;
        var values = match.Groups["value"].Captures.Select(c => c.Value.Trim()).ToArray();
        int[]? key = null;
        if (match.Groups["replace"].Success)
        {
            var columns = NamesIn(match.Groups["columns"].Value);
            var keyColumns = NamesIn(match.Groups["key"].Value);
            var replaced = match.Groups["replaced"].Captures.Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
            if (columns.Length != values.Length || !columns.Except(keyColumns).All(replaced.Contains))
                return null;
            var places = Array.ConvertAll(keyColumns, c => PlaceOf(values, Array.IndexOf(columns, c)));
            if (places.Any(p => p < 0 || types[p] is not ("text" or "uuid" or "int8" or "int4")))
                return null;
            key = places;
        }

        var from = string.Join(", ", types.Select((t, i) => $"${i + 1}::{t}[]"));
        var names = string.Join(", ", types.Select((_, i) => $"p{i + 1}"));
        var selected = string.Join(", ", values.Select(v => Parameter().Replace(v, "row.p$1")));
        return new(
            match.Groups["table"].Value, types, key,
            $"insert into {match.Groups["table"].Value} {match.Groups["list"].Value} select {selected} from unnest({from}) as row ({names}) {match.Groups["conflict"].Value}");
    }

    public static IReadOnlySet<string> WordsOf(string sql) => Word().Matches(sql).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>All rows, or, where a later row takes an earlier one's place, the last of each key.</summary>
    public List<object?[]> LastOfEachKey(List<object?[]> rows)
    {
        if (key is null || rows.Count == 1)
            return rows;
        var last = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var row in rows)
            last[string.Join('\0', key.Select(k => row[k]))] = row;
        return [.. last.Values];
    }

    public NpgsqlBatchCommand Command(List<object?[]> rows)
    {
        var command = new NpgsqlBatchCommand(many);
        for (var i = 0; i < types.Length; i++)
            command.Parameters.Add(new NpgsqlParameter { DataTypeName = types[i] + "[]", Value = Columns[types[i]](rows, i) });
        return command;
    }

    private static int PlaceOf(string[] values, int column) =>
        column >= 0 && Parameter().Match(values[column]) is { Success: true } m && m.Length == values[column].Length
            ? int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1
            : -1;

    private static string[] NamesIn(string list) => list.Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static Func<List<object?[]>, int, Array> Column<T>(Func<object, T> of) where T : class => (rows, i) =>
    {
        var column = new T?[rows.Count];
        for (var r = 0; r < column.Length; r++)
            column[r] = rows[r][i] is { } value ? of(value) : null;
        return column;
    };

    private static Func<List<object?[]>, int, Array> ColumnOf<T>(Func<object, T> of) where T : struct => (rows, i) =>
    {
        var column = new T?[rows.Count];
        for (var r = 0; r < column.Length; r++)
            column[r] = rows[r][i] is { } value ? of(value) : null;
        return column;
    };

    [GeneratedRegex("""
        ^\s*insert\s+into\s+(?<table>\w+)\s*(?<list>\((?<columns>[\w\s,]+)\))?
        \s*values\s*\((?:(?<value>\s*(?:\$\d+(?:::\w+)?|'[^']*'|-?\d+|true|false|null)\s*)(?:,|\)))+
        \s*(?<conflict>on\s+conflict\s*(?:\((?<key>[\w\s,]+)\)\s*)?do\s+
            (?:nothing|(?<replace>update\s+set)\s+(?:(?<replaced>\w+)\s*=\s*excluded\.\k<replaced>\s*(?:,\s*|$))+))?\s*$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\$(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
