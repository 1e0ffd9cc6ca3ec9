using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Visits;

/// <summary>What the sheet says and judges by, for one language: words, choices, and the limits of <see cref="VitalSignTable"/>, which stand there alone.</summary>
public sealed class SheetLanguage(IStringLocalizer<Common> common, IStringLocalizer<WordsB> screens, IStringLocalizer<SheetWords> sheet)
{
    private static readonly Type[] Choices =
    [
        typeof(VisitKind), typeof(VisitInsurance), typeof(SoftSign), typeof(CareGiven), typeof(TemperatureSite), typeof(Posture), typeof(Side), typeof(OxygenDevice),
        typeof(Exertion), typeof(GlucoseTiming), typeof(MeterReading), typeof(Acvpu), typeof(NotMeasuredWhy),
    ];

    private readonly ConcurrentDictionary<string, byte[]> made = new();

    /// <summary>Where it is served.</summary>
    public static string Path(string language) => $"/sheet-words/{language}.json";

    /// <summary>The JSON of a language.</summary>
    public byte[] Of(string language) => made.GetOrAdd(language, Make);

    private byte[] Make(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var words = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var word in new IStringLocalizer[] { common, screens, sheet }.SelectMany(w => w.GetAllStrings(includeParentCultures: true)))
            {
                words[word.Name] = word.Value;
            }

            return JsonSerializer.SerializeToUtf8Bytes(new
            {
                language,
                words,
                choices = Choices.ToDictionary(Camel, t => Enum.GetValues(t).Cast<Enum>().Select(v => new { value = Camel(v), word = common.Of(v) }).ToList()),
                signs = VitalSignTable.All.Select(r => new
                {
                    sign = Camel(r.Sign), name = common.Of(r.Sign), unit = common.Unit(r.Unit), r.Step, r.Possible, r.Usual, r.Quiet,
                }),
                adultAge = VitalAlerts.AdultAge,
                longestVisitHours = Visit.Longest.TotalHours,
                clockToleranceSeconds = Situation.ClockTolerance.TotalSeconds,
                jcs = Consciousness.JcsValues,
            }, Writing);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // The names of words are kept as they are.
    private static readonly JsonSerializerOptions Writing = new(Json.Options) { DictionaryKeyPolicy = null };

    private static string Camel(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name);

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
