namespace HomeCare.Interop;

/// <summary>A person's name in kanji and kana, from a list of FHIR HumanName.</summary>
/// <remarks>Which is which is told by the extension iso21090-EN-representation (IDE ideographic, SYL syllabic, ABC alphabetic; JP Core 1.1.2,
/// profile JP_Patient); where it is absent, a name all in kana is the reading. Former names and nicknames are left alone.</remarks>
internal sealed record HumanName(string Family, string Given, string? FamilyKana, string? GivenKana)
{
    private const string Representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    /// <summary>Name in kanji with a space.</summary>
    public string? Shown => $"{Family} {Given}".Trim() is { Length: > 0 } name ? name : null;

    public string? Kana => $"{FamilyKana} {GivenKana}".Trim() is { Length: > 0 } kana ? kana : null;

    public static HumanName Of(Element person)
    {
        var names = person.Each("name").Select((name, index) => Read(name, index)).Where(n => n.Use is not ("old" or "maiden" or "nickname" or "anonymous")).ToList();
        if (names.Count == 0)
        {
            names = [.. person.Each("name").Select(Read)];
        }

        var ordered = names.Where(n => n.Family.Length + n.Given.Length > 0).OrderBy(n => n.Use switch { "official" => 0, "usual" => 1, _ => 2 }).ThenBy(n => n.Index).ToList();
        var kana = ordered.FirstOrDefault(n => n.Kind == "SYL");
        var kanji = ordered.FirstOrDefault(n => n.Kind == "IDE") ?? ordered.FirstOrDefault(n => n.Kind == "ABC") ?? kana;
        foreach (var taken in new[] { kana, kanji })
        {
            taken?.Element.Pass("text", "family", "given", "use");
        }

        return new HumanName(kanji?.Family ?? "", kanji?.Given ?? "", kana?.Family is { Length: > 0 } f ? f : null, kana?.Given is { Length: > 0 } g ? g : null);
    }

    private static Name Read(Element element, int index)
    {
        element.Pass("use");
        var kind = element.Extension(Representation) is { Exists: true } extension ? extension.Text("valueCode") : null;
        // Peeked at without being counted as read: only the names taken are.
        var peek = HomeCare.Interop.Element.Of(element.Json);
        var family = peek.Text("family") ?? "";
        var given = string.Join(' ', peek.Texts("given"));
        if (family.Length == 0 && given.Length == 0 && peek.Text("text") is { } text)
        {
            var parts = text.Split([' ', '\u3000'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            (family, given) = parts.Length == 2 ? (parts[0], parts[1]) : (text, "");
        }

        kind ??= IsKana(family + given) ? "SYL" : "IDE";
        return new Name(element, index, peek.Text("use"), kind, family, given);
    }

    private static bool IsKana(string text) =>
        text.Length > 0 && text.All(c => c is (>= '\u3041' and <= '\u30ff') or (>= '\uff66' and <= '\uff9f') or ' ' or '\u3000' or '・' or 'ー');

    private sealed record Name(Element Element, int Index, string? Use, string Kind, string Family, string Given);
}
