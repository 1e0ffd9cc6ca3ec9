using System.Globalization;

namespace HomeCare.Interop;

/// <summary>How a medicine is taken, in words: amount, then what the source wrote, then what it adds; composed from the structure where it wrote nothing.</summary>
internal static class Dosage
{
    /// <summary>Words of one dosage instruction; null when it says nothing.</summary>
    public static string? Words(Element dosage)
    {
        var timing = dosage.Get("timing");
        var text = dosage.Text("text") ?? dosage.Text("patientInstruction");
        var structured = timing.Exists ? Timing(timing) : null;
        var parts = new List<string>();
        foreach (var amount in Amounts(dosage))
        {
            if (text is null || !Same(text).Contains(Same(amount), StringComparison.Ordinal))
            {
                Add(amount);
            }
        }

        if (text is not null)
        {
            Add(text);
        }
        else
        {
            Add(dosage.Concept("method").Words);
            Add(structured);
        }

        foreach (var additional in dosage.Concepts("additionalInstruction"))
        {
            Add(additional.Words);
        }

        if (dosage.Flag("asNeededBoolean") == true)
        {
            Add("頓用");
        }
        else if (dosage.Concept("asNeededCodeableConcept").Words is { } reason)
        {
            Add($"頓用（{reason}）");
        }

        Add(dosage.Text("patientInstruction"));
        if (text is not null)
        {
            // Said by the text, in the source's own words.
            dosage.Pass("method");
        }

        return parts.Count == 0 ? null : string.Join(' ', parts);

        // What the words say already is not said twice.
        void Add(string? part)
        {
            if (part is not null && !parts.Exists(p => Same(p).Contains(Same(part), StringComparison.Ordinal)))
            {
                parts.Add(part);
            }
        }
    }

    private static string Same(string text) => ConceptReading.Plain(text).Replace(" ", "", StringComparison.Ordinal);

    private static IEnumerable<string> Amounts(Element dosage)
    {
        foreach (var dose in dosage.Each("doseAndRate"))
        {
            dose.Pass("type");
            if (dose.Get("doseQuantity") is { Exists: true } quantity && Quantities.Words(quantity) is { } each)
            {
                yield return $"1回{each}";
            }
            else if (dose.Get("doseRange") is { Exists: true } range && Quantities.Words(range.Get("low")) is { } low && Quantities.Words(range.Get("high")) is { } high)
            {
                yield return $"1回{low}〜{high}";
            }

            if (dose.Get("rateRatio") is { Exists: true } ratio && Quantities.Ratio(ratio) is { } rate)
            {
                yield return rate;
            }
            else if (dose.Get("rateQuantity") is { Exists: true } speed && Quantities.Words(speed) is { } flow)
            {
                yield return flow;
            }
        }
    }

    private static string? Timing(Element timing)
    {
        if (timing.Concept("code").Words is { } words)
        {
            return words;
        }

        var repeat = timing.Get("repeat");
        if (!repeat.Exists)
        {
            return null;
        }

        var parts = new List<string>();
        var (frequency, period, unit) = (repeat.Number("frequency"), repeat.Number("period"), repeat.Text("periodUnit"));
        if (period is { } every && Quantities.Unit(unit) is { } of)
        {
            parts.Add(every == 1 ? $"1{of}{Quantities.Number(frequency ?? 1)}回" : $"{Quantities.Number(every)}{of}ごとに{Quantities.Number(frequency ?? 1)}回");
        }

        parts.AddRange(repeat.Texts("dayOfWeek").Select(day => day switch
        {
            "mon" => "月曜", "tue" => "火曜", "wed" => "水曜", "thu" => "木曜", "fri" => "金曜", "sat" => "土曜", "sun" => "日曜", _ => day,
        }));
        parts.AddRange(repeat.Texts("when").Select(When));
        parts.AddRange(repeat.Texts("timeOfDay").Select(time => time.Length >= 5 ? time[..5] : time));
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    /// <summary>HL7 v3 TimingEvent.</summary>
    private static string When(string code) => code switch
    {
        "MORN" => "朝", "NOON" => "昼", "AFT" => "午後", "EVE" => "夕", "NIGHT" => "夜", "HS" => "就寝前", "WAKE" => "起床時",
        "AC" => "食前", "ACM" => "朝食前", "ACD" => "昼食前", "ACV" => "夕食前",
        "PC" => "食後", "PCM" => "朝食後", "PCD" => "昼食後", "PCV" => "夕食後",
        "C" => "食中", "CM" => "朝食中", "CD" => "昼食中", "CV" => "夕食中",
        _ => code,
    };
}

/// <summary>Amounts in words.</summary>
internal static class Quantities
{
    public static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>「3錠」; null when there is no number.</summary>
    public static string? Words(Element quantity)
    {
        if (!quantity.Exists)
        {
            return null;
        }

        var (value, unit, code) = (quantity.Number("value"), quantity.Text("unit"), quantity.Text("code"));
        quantity.Pass("system");
        return value is { } number ? $"{Number(number)}{unit ?? Unit(code) ?? code}" : null;
    }

    /// <summary>「1日3錠」, 「102mL/時間」, 「1アンプル/回」.</summary>
    public static string? Ratio(Element ratio)
    {
        var (numerator, denominator) = (ratio.Get("numerator"), ratio.Get("denominator"));
        if (Words(numerator) is not { } amount || Words(denominator) is not { } per)
        {
            return null;
        }

        return per is "1日" or "1d" ? $"1日{amount}" : per is ['1', var next, ..] && !char.IsAsciiDigit(next) && next != '.' ? $"{amount}/{per[1..]}" : $"{amount}/{per}";
    }

    /// <summary>Whole days of a duration in days or weeks; null for all else.</summary>
    public static int? Days(Element duration)
    {
        var (value, unit, code) = (duration.Number("value"), duration.Text("unit"), duration.Text("code"));
        duration.Pass("system");
        var factor = (code ?? unit) switch { "d" or "日" or "日分" or "day" or "days" => 1, "wk" or "週" or "週間" => 7, _ => 0 };
        var days = value * factor;
        return days is >= 1 and <= 3650 && days % 1 == 0 ? (int)days : null;
    }

    /// <summary>A UCUM unit of time in Japanese.</summary>
    public static string? Unit(string? code) => code switch
    {
        "d" => "日", "h" => "時間", "min" => "分", "wk" => "週", "mo" => "か月", "a" => "年", _ => null,
    };
}
