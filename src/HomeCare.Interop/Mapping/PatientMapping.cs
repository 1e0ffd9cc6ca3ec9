using System.Text.RegularExpressions;
using HomeCare.Patients;

namespace HomeCare.Interop;

/// <summary>Patient → <see cref="RegisterPatient"/> and, where it names people to call, <see cref="SetContacts"/>.</summary>
internal static partial class PatientMapping
{
    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        if (root.Flag("active") == false)
        {
            throw new NotTaken("patient.inactive");
        }

        root.Pass("managingOrganization");
        var name = HumanName.Of(root);
        if (name.Family.Length + name.Given.Length == 0)
        {
            throw new NotTaken("patient.nameless");
        }

        var kana = name.Kana is null || IsKana(name.FamilyKana) && IsKana(name.GivenKana);
        if (!kana)
        {
            r.Note("patient.kana_only");
        }

        var (postalCode, address) = Address(r);
        var details = new PatientDetails(
            name.Family.Length > 0 ? name.Family : name.Given,
            name.Family.Length > 0 ? name.Given : "",
            kana ? name.FamilyKana : null,
            kana ? name.GivenKana : null,
            BirthDate(r),
            root.Text("gender") switch { "female" => Sex.Female, "male" => Sex.Male, "other" => Sex.Other, _ => Sex.Unknown },
            postalCode, address, Telephones(root, r), Identifiers(root, r));
        var register = new RegisterPatient(r.Here, details, r.Source);
        var imported = Contacts(r) is { Count: > 0 } contacts ? r.Take(register, new SetContacts(r.Here, contacts)) : r.Take(register);
        return imported with { PatientId = r.Here, Patient = r.Id };
    }

    private static DateOnly? BirthDate(ResourceReading r)
    {
        if (r.Root.Text("birthDate") is not { } written)
        {
            r.Note("birth_date.unknown");
            return null;
        }

        return r.Day(written, "birthDate");
    }

    private static (string? PostalCode, string? Address) Address(ResourceReading r)
    {
        var all = r.Root.Each("address").ToList();
        var chosen = all.Select((address, index) => (address, index, use: HomeCare.Interop.Element.Of(address.Json).Text("use")))
            .OrderBy(a => a.use switch { "home" => 0, null => 1, "temp" => 2, "work" => 3, "billing" => 4, _ => 5 }).ThenBy(a => a.index)
            .Where(a => a.use != "old").Select(a => a.address).FirstOrDefault();
        if (!chosen.Exists)
        {
            return (null, null);
        }

        chosen.Pass("use", "type", "country");
        var (text, state, district, city, lines) = (chosen.Text("text"), chosen.Text("state"), chosen.Text("district"), chosen.Text("city"), chosen.Texts("line"));
        var postalCode = chosen.Text("postalCode") is { } written ? PostalCode(written) : null;
        if (postalCode is null && chosen.Has("postalCode"))
        {
            r.Note("patient.postal_code");
        }

        return (postalCode, text ?? Compose(state, district, city, lines));
    }

    /// <summary>Prefecture, city and lines in the order in which Japan writes them; a line that begins with them has said them already.</summary>
    private static string? Compose(string? state, string? district, string? city, IReadOnlyList<string> lines)
    {
        var rest = string.Join(' ', lines);
        var parts = new List<string>();
        foreach (var part in new[] { state, district, city })
        {
            if (part is not null && !rest.Contains(part, StringComparison.Ordinal) && !parts.Contains(part))
            {
                parts.Add(part);
            }
        }

        var composed = string.Concat(parts) + rest;
        if (composed.All(char.IsAscii))
        {
            composed = string.Join(", ", new[] { rest, city, district, state }.Where(p => !string.IsNullOrEmpty(p)));
        }

        return composed.Length > 0 ? composed : null;
    }

    private static string? PostalCode(string written)
    {
        var plain = ConceptReading.Plain(written).Replace("〒", "", StringComparison.Ordinal).Replace("‐", "-", StringComparison.Ordinal).Replace("−", "-", StringComparison.Ordinal).Trim();
        return PostalCodeShape().IsMatch(plain) ? plain : null;
    }

    private static List<string>? Telephones(Element element, ResourceReading r)
    {
        var found = new List<(decimal Rank, string Value)>();
        foreach (var contact in element.Each("telecom"))
        {
            var peek = HomeCare.Interop.Element.Of(contact.Json);
            if (peek.Text("system") is "phone" or "sms" or null && peek.Text("use") != "old" && peek.Text("value") is { Length: <= 30 } value)
            {
                contact.Pass("system", "value", "use", "rank");
                found.Add((peek.Number("rank") ?? 100, value));
            }
        }

        if (found.Count > 5)
        {
            r.Note("patient.telephones_too_many", 5);
        }

        return found.Count == 0 ? null : [.. found.OrderBy(t => t.Rank).Select(t => t.Value).Distinct(StringComparer.Ordinal).Take(5)];
    }

    private static List<SourceIdentifier>? Identifiers(Element root, ResourceReading r)
    {
        var found = new List<SourceIdentifier>();
        foreach (var identifier in root.Each("identifier"))
        {
            identifier.Pass("use", "type");
            if (identifier.Text("value") is { Length: <= 300 } value)
            {
                found.Add(new SourceIdentifier(identifier.Text("system") is { Length: <= 300 } system ? system : r.Options.Source, value));
            }
        }

        return found.Count == 0 ? null : [.. found.Distinct().Take(20)];
    }

    private static List<Contact> Contacts(ResourceReading r)
    {
        var contacts = new List<Contact>();
        foreach (var contact in r.Root.Each("contact"))
        {
            var named = contact.Get("name") is { Exists: true } name ? NameOf(name) : null;
            var relation = contact.Concepts("relationship").Select(c => c.Words).OfType<string>().FirstOrDefault() ?? "連絡先";
            var telephone = Telephones(contact, r)?.FirstOrDefault();
            if (named is null || telephone is null)
            {
                r.Note("contact.incomplete");
                continue;
            }

            contacts.Add(new Contact(named, relation.Length <= 50 ? relation : relation[..50], telephone));
        }

        return [.. contacts.Take(20)];
    }

    private static string? NameOf(Element name)
    {
        var (text, family, given) = (name.Text("text"), name.Text("family"), string.Join(' ', name.Texts("given")));
        return text ?? ($"{family} {given}".Trim() is { Length: > 0 } joined ? joined : null);
    }

    private static bool IsKana(string? text) =>
        text is null || text.All(c => c is (>= '\u3041' and <= '\u30ff') or (>= '\uff66' and <= '\uff9f') or ' ' or '\u3000' or '-' or '.' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));

    [GeneratedRegex(@"^\d{3}-?\d{4}$", RegexOptions.CultureInvariant | RegexOptions.ECMAScript, 1000)]
    private static partial Regex PostalCodeShape();
}
