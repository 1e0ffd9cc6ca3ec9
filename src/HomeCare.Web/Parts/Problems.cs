using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Parts;

/// <summary>What an outcome found wrong, in sentences, each at its field. Fields are named as in <see cref="FieldError.Field"/>.</summary>
public sealed class Problems(IStringLocalizer<Common> words)
{
    private readonly Dictionary<string, string> byField = new(StringComparer.Ordinal);

    /// <summary>What is not about one field, or null.</summary>
    public string? General { get; private set; }

    /// <summary>The keys of what was found wrong.</summary>
    public IReadOnlyList<string> Keys { get; private set; } = [];

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => General is not null || byField.Count > 0;

    /// <summary>Takes an outcome in the place of the one before.</summary>
    /// <returns>True when it was done.</returns>
    public bool Take(Outcome outcome)
    {
        Clear();
        switch (outcome)
        {
            case Outcome.Done:
                return true;
            case Outcome.Invalid invalid:
                foreach (var error in invalid.Errors)
                {
                    byField.TryAdd(error.Field, words.Of(error));
                }

                Keys = [.. invalid.Errors.Select(e => e.Key)];
                return false;
            case Outcome.Refused refused:
                General = words.Of(outcome);
                Keys = [refused.Key];
                return false;
            default:
                throw new InvalidOperationException("An outcome that nobody thought of.");
        }
    }

    /// <summary>Says something of its own.</summary>
    public void Say(string field, string sentence) => byField[field] = sentence;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        byField.Clear();
        General = null;
        Keys = [];
    }

    /// <summary>Forgets what was wrong with a field that is being changed.</summary>
    public void Clear(string field) => byField.Remove(field);

    /// <summary>What is wrong with a field, or null.</summary>
    public string? Of(string field) => byField.GetValueOrDefault(field);

    /// <summary>What is wrong with fields that are not among those shown.</summary>
    public IEnumerable<string> Besides(params IEnumerable<string> shown) => byField.Where(p => !shown.Contains(p.Key)).Select(p => p.Value).Distinct();
}
