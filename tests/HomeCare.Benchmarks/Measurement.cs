using System.Globalization;
using System.Text.Json;

namespace HomeCare.Benchmarks;

/// <param name="Value">the median of the rounds</param>
/// <param name="Yardstick">what the same rounds gave for the yardstick, in the same unit; null where the target is absolute</param>
/// <param name="Ratio">the median of the rounds' own ratios</param>
/// <param name="Target">the ratio that must be reached, or without a yardstick the value that must not be exceeded; null: for comparison only</param>
/// <param name="Spread">lowest and highest of the rounds: ratios, or values without a yardstick</param>
internal sealed record Measurement(
    string Name, double Value, string Unit, double? Yardstick, double? Ratio, double? Target, bool? Met, double[] Spread)
{
    public static Measurement AtLeast(string name, string unit, IReadOnlyList<(double Value, double Yardstick)> rounds, double target)
    {
        var ratios = rounds.Select(r => r.Value / r.Yardstick).Order().ToArray();
        var ratio = Median(ratios);
        return new(name, Median(rounds.Select(r => r.Value)), unit, Median(rounds.Select(r => r.Yardstick)), ratio, target, ratio >= target, [ratios[0], ratios[^1]]);
    }

    /// <summary>A ratio that must not be exceeded.</summary>
    public static Measurement RatioAtMost(string name, string unit, IReadOnlyList<(double Value, double Yardstick)> rounds, double target)
    {
        var measured = AtLeast(name, unit, rounds, target);
        return measured with { Met = measured.Ratio <= target };
    }

    /// <summary>For comparison, to find what takes the time.</summary>
    public Measurement WithoutTarget() => this with { Target = null, Met = null };

    public static Measurement AtMost(string name, string unit, IReadOnlyList<double> rounds, double target)
    {
        var values = rounds.Order().ToArray();
        return new(name, Median(values), unit, null, null, target, Median(values) <= target, [values[0], values[^1]]);
    }

    public static double Percentile(List<double> values, double percentile)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[Math.Min(values.Count - 1, (int)(values.Count * percentile))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Header() =>
        Console.WriteLine($"{"ratio",7} {"target",7} {"met",4}  {"name",-52} {"value",12} {"yardstick",12} {"unit",-12} spread");

    public static void Line(Measurement m) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{m.Ratio,7:0.00} {m.Target,7:0.##} {(m.Met switch { true => "yes", false => "no", null => "" }),4}  {m.Name,-52} {m.Value,12:0.##} {m.Yardstick,12:0.##} {m.Unit,-12} {m.Spread[0]:0.##}–{m.Spread[^1]:0.##}"));

    public static async Task SaveAsync(string folder, string name, IReadOnlyList<Measurement> measurements)
    {
        Directory.CreateDirectory(folder);
        await using var file = File.Create(Path.Combine(folder, $"{name}.json"));
        await JsonSerializer.SerializeAsync(file, measurements, Json);
    }
}
