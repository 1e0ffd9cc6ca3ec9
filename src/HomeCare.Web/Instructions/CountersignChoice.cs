using HomeCare.Instructions;
using HomeCare.People;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Instructions;

/// <summary>Whose countersignature can be asked for, and before what, as one choice.</summary>
public static class CountersignChoice
{
    /// <summary>The choices: before it is carried out and before it is closed, each of a profession or of a person who may.</summary>
    public static IEnumerable<(string Value, string Text)> Of(
        IEnumerable<KnownPerson> reachable, IStringLocalizer<Common> common, IStringLocalizer<LedgerWords> words, bool onlyBeforeDoing = false)
    {
        var able = reachable.Where(p => Permissions.Allows(Act.CountersignInstruction, p.Profession)).ToList();
        var trades = able.Select(p => InstructionTakers.TradeOf(p.Profession)).Distinct().Order().ToList();
        foreach (var before in onlyBeforeDoing ? [CountersignBefore.Do] : Enum.GetValues<CountersignBefore>())
        {
            foreach (var trade in trades)
            {
                yield return ($"{before}:{trade}", words[$"countersign.before.{before}", common.Of(trade)]);
            }

            foreach (var person in able)
            {
                yield return ($"{before}:{person.PersonId}", words[$"countersign.before.{before}", $"{person.Name}({common.Of(person.Profession)})"]);
            }
        }
    }

    /// <summary>What a choice asks for; null: nothing.</summary>
    public static CountersignRequest? Parse(string? value) => value?.Split(':') is not [var step, var whose] || !Enum.TryParse<CountersignBefore>(step, out var before) ? null
        : Guid.TryParse(whose, out var person) ? new CountersignRequest(before, person)
        : new CountersignRequest(before, Profession: Enum.Parse<Profession>(whose));
}
