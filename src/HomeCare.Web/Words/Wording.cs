using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Words;

/// <summary>The product's choices, outcomes and errors as sentences for the reader.</summary>
public static class Wording
{
    private const string General = "error.unknown";

    /// <summary>The word for a choice, such as 看護師.</summary>
    public static string Of(this IStringLocalizer<Common> words, Enum value) =>
        words[$"{value.GetType().Name}.{value}"] is { ResourceNotFound: false } word ? word.Value : value.ToString();

    /// <summary>All choices of a kind with their words, for a field that offers them.</summary>
    public static IEnumerable<(string Value, string Text)> Choices<T>(this IStringLocalizer<Common> words) where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => (value.ToString(), words.Of(value)));

    /// <summary>What a command came to, in a sentence.</summary>
    public static string Of(this IStringLocalizer<Common> words, Outcome outcome) => outcome switch
    {
        Outcome.Done { Repeated: true } => words["outcome.repeated"],
        Outcome.Done => words["outcome.done"],
        Outcome.Invalid { Errors: [var only] } => words.Of(only),
        Outcome.Invalid => words["outcome.invalid"],
        Outcome.Refused { Key: "instruction.taken_by_another", Who: { } who } => words["instruction.taken_by_another.who", who],
        Outcome.Refused { Key: "conversation.mention_not_on_team" or "conversation.mention_may_not_see", Who: { } whom } refused => words.Key(refused.Key, whom),
        Outcome.Refused { Key: "instruction.countersigned_by_another", Who: { } who } => words["instruction.countersigned_by_another.who", who],
        Outcome.Refused refused => words.Key(refused.Key),
        _ => words[General],
    };

    /// <summary>What is wrong with a field, in a sentence.</summary>
    public static string Of(this IStringLocalizer<Common> words, FieldError error) => words.Key(error.Key, [.. error.Arguments.Select(a => Argument(words, a))]);

    /// <summary>The sentence of a refusal's key. A key that has none gives a general sentence, never the key.</summary>
    public static string Key(this IStringLocalizer<Common> words, string key, params object[] arguments) =>
        words[key, arguments] is { ResourceNotFound: false } sentence ? sentence.Value : words[General].Value;

    /// <summary>The kind of a timeline entry, such as <c>visit-recorded</c>.</summary>
    public static string Kind(this IStringLocalizer<Common> words, string kind) =>
        words[$"kind.{kind}"] is { ResourceNotFound: false } word ? word.Value : kind;

    /// <summary>A unit as written in the reader's language; one that is the same everywhere stays.</summary>
    public static string Unit(this IStringLocalizer<Common> words, string unit) =>
        words[$"unit.{unit}"] is { ResourceNotFound: false } word ? word.Value : unit;

    /// <summary>The person cared for, as the reader's profession says it: 患者 for physicians, dentists and pharmacists, 利用者 for the others.</summary>
    public static string PatientWord(this IStringLocalizer<Common> words, Profession reader) =>
        words[reader is Profession.Physician or Profession.Dentist or Profession.Pharmacist ? "word.patient.medical" : "word.patient.care"];

    private static object Argument(IStringLocalizer<Common> words, object argument) => argument switch
    {
        decimal number => Show.Number(number),
        Enum choice => words.Of(choice),
        string unit => words.Unit(unit),
        _ => argument,
    };
}
