using System.Text;

namespace HomeCare.Interop;

/// <summary>A CodeableConcept: every coding and the words.</summary>
/// <param name="Text">The words; null when only codes are given.</param>
/// <param name="Codings">All codings that have a code.</param>
internal sealed record Concept(string? Text, IReadOnlyList<Code> Codings)
{
    public static Concept None { get; } = new(null, []);

    /// <summary>The words, else the wording of the first coding that has one, else the codes.</summary>
    public string? Words => Text ?? Codings.FirstOrDefault(c => c.Display is not null)?.Display ?? (Codings.Count > 0 ? Codings[0].Value : null);

    /// <summary>Codes for a record that keeps at most ten; null when there is none.</summary>
    public IReadOnlyList<Code>? Kept => Codings.Count == 0 ? null : [.. Codings.Take(10)];

    public bool HasCode(params ReadOnlySpan<string> codes)
    {
        foreach (var coding in Codings)
        {
            if (codes.Contains(coding.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Codes as the report names them: <c>system|code</c>.</summary>
    public string Shown => Codings.Count == 0 ? Text ?? "—" : string.Join(", ", Codings.Select(c => $"{c.System}|{c.Value}"));
}

internal static class ConceptReading
{
    /// <summary>The concept of this name; empty when absent.</summary>
    public static Concept Concept(this Element element, string name) => element.Get(name) is { Exists: true } found ? found.AsConcept() : Interop.Concept.None;

    /// <summary>The concepts of a list.</summary>
    public static IReadOnlyList<Concept> Concepts(this Element element, string name) => [.. element.Each(name).Select(AsConcept)];

    public static Concept AsConcept(this Element concept) =>
        new(concept.Text("text"), [.. concept.Each("coding").Select(AsCode).OfType<Code>()]);

    /// <summary>A Coding; null when it has no code.</summary>
    public static Code? AsCode(this Element coding)
    {
        coding.Pass("version", "userSelected");
        var (system, code, display) = (coding.Text("system"), coding.Text("code"), coding.Text("display"));
        return code is null ? null : new Code(system ?? "", code, display);
    }

    /// <summary>Text without the difference between full and half width, and without case.</summary>
    public static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).Trim();
}
