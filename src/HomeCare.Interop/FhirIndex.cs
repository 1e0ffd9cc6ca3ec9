using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>What must be known of all files before any resource is taken: what there is, which version of it counts, who is called what.
/// The order in which files and resources come makes no difference.</summary>
internal sealed partial class FhirIndex
{
    private readonly Dictionary<ResourceId, Known> resources = [];
    private readonly Dictionary<string, ResourceId> addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string System, string Value), ResourceId?> identifiers = [];
    private readonly Dictionary<ResourceId, ResourceId> partners = [];
    private readonly Dictionary<ResourceId, List<Profession>> professions = [];
    private readonly Dictionary<ResourceId, string> namesFromBefore = [];
    private readonly HashSet<string> mentioned = new(StringComparer.Ordinal);

    /// <summary>How many resources of a type there are, each version counted.</summary>
    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a resource. Of several versions the one last changed at its source counts (meta.lastUpdated).</summary>
    public void Add(ResourceId id, string? fullUrl, JsonElement resource)
    {
        Counts[id.Type] = Counts.GetValueOrDefault(id.Type) + 1;
        if (fullUrl is not null && Named(fullUrl) != id)
        {
            addresses[fullUrl] = id;
        }

        Mention(resource);
        var updated = resource.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("lastUpdated", out var stamp)
            && stamp.ValueKind == JsonValueKind.String ? FhirTime.Parse(stamp.GetString())?.At?.UtcTicks ?? 0 : 0;
        var hash = HashOf(resource);
        if (resources.TryGetValue(id, out var known))
        {
            known.Several = true;
            if (updated < known.Updated || (updated == known.Updated && hash == known.Hash))
            {
                return;
            }

            if (updated == known.Updated)
            {
                known.Ambiguous = true;
                known.About = null;
                return;
            }
        }

        resources[id] = new Known(hash, updated) { Several = known is not null, About = About.Of(id, resource) };
        foreach (var (system, value) in IdentifiersOf(resource))
        {
            var key = (id.Type, system, value);
            identifiers[key] = identifiers.TryGetValue(key, out var other) && other != id ? null : id;
        }
    }

    /// <summary>To be called once after the last file: ties together what belongs together.</summary>
    public void Complete()
    {
        var pressures = new Dictionary<(ResourceId Patient, DateTimeOffset At), List<ResourceId>>();
        foreach (var (id, known) in resources)
        {
            if (known.About is { Practitioner: { } practitioner, Profession: { } profession } && Resolve(practitioner) is { } person)
            {
                (professions.TryGetValue(person, out var list) ? list : professions[person] = []).Add(profession);
            }
            else if (known.About is { Profession: { } own } && id.Type == "Practitioner")
            {
                (professions.TryGetValue(id, out var list) ? list : professions[id] = []).Add(own);
            }

            if (known.About?.Pressure is { } pressure && Resolve(pressure.Patient) is { } patient)
            {
                (pressures.TryGetValue((patient, pressure.At), out var list) ? list : pressures[(patient, pressure.At)] = []).Add(id);
            }
        }

        // Two of the same kind at one moment, of two arms perhaps: nobody knows which belong together.
        foreach (var together in pressures.Values.Where(p => p.Count == 2 && PressureOf(p[0])!.Sign != PressureOf(p[1])!.Sign))
        {
            (partners[together[0]], partners[together[1]]) = (together[1], together[0]);
        }
    }

    /// <summary>Whether this occurrence of a resource is the one that counts; the second of two equal ones does not.</summary>
    public Occurrence Judge(ResourceId id, JsonElement resource)
    {
        if (!resources.TryGetValue(id, out var known) || known.Done || (known is { Several: true, Ambiguous: false } && HashOf(resource) != known.Hash))
        {
            return Occurrence.Another;
        }

        known.Done = true;
        return known.Ambiguous ? Occurrence.Ambiguous : Occurrence.Counts;
    }

    public bool Has(ResourceId id) => resources.ContainsKey(id);

    /// <summary>A practitioner's or organisation's name, from these files or from before.</summary>
    public string? NameOf(ResourceId id) =>
        resources.TryGetValue(id, out var known) ? known.About?.Name : namesFromBefore.GetValueOrDefault(id);

    public void Name(ResourceId id, string name) => namesFromBefore[id] = name;

    /// <summary>A person's profession as licence or role tell; of several the one that comes first in <see cref="HomeCare.Profession"/>.</summary>
    public Profession? ProfessionOf(ResourceId practitioner) => professions.TryGetValue(practitioner, out var list) ? list.Min() : null;

    /// <summary>The person whom a role is of.</summary>
    public ResourceId? PractitionerOfRole(ResourceId role) => resources.TryGetValue(role, out var known) ? Resolve(known.About?.Practitioner) : null;

    public MedicineName? MedicineOf(ResourceId medication) => resources.TryGetValue(medication, out var known) ? known.About?.Medicine : null;

    /// <summary>The other pressure, systolic or diastolic, that was measured at the same moment.</summary>
    public (ResourceId Id, Pressure Pressure)? PartnerOf(ResourceId observation) =>
        partners.TryGetValue(observation, out var partner) ? (partner, PressureOf(partner)!) : null;

    /// <summary>Practitioners and organisations that are mentioned and not in these files.</summary>
    public IReadOnlyList<ResourceId> Missing() =>
        [.. mentioned.Select(Resolve).OfType<ResourceId>().Where(id => id.Type is "Practitioner" or "Organization" && !Has(id)).Distinct()];

    /// <summary>What a reference names; null when it is none that can be followed. It need not be in these files.</summary>
    public ResourceId? Resolve(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        if (addresses.TryGetValue(reference, out var known))
        {
            return known;
        }

        var question = reference.IndexOf("?identifier=", StringComparison.Ordinal);
        if (question > 0 && reference[(question + "?identifier=".Length)..].Split('|') is [var system, var value])
        {
            return ByIdentifier(reference[..question].Split('/')[^1], Uri.UnescapeDataString(system), Uri.UnescapeDataString(value));
        }

        return Named(reference);
    }

    public ResourceId? ByIdentifier(string type, string system, string value) => identifiers.GetValueOrDefault((type, system, value));

    /// <summary>The id under which a resource is known: its own, else its business identifier, its entry's address, its content.</summary>
    public static ResourceId IdOf(JsonElement resource, string? fullUrl)
    {
        var type = resource.GetProperty("resourceType").GetString()!;
        var own = resource.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()!.Trim() : "";
        var name = own.Length > 0 ? own
            : IdentifiersOf(resource).Select(i => $"{i.System}|{i.Value}").FirstOrDefault()
            ?? fullUrl
            ?? $"sha256-{Convert.ToHexStringLower(BitConverter.GetBytes(HashOf(resource)))}";
        // Longer than a source identifier may be: known by its hash.
        return new ResourceId(type, name.Length <= 250 ? name : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))));
    }

    private Pressure? PressureOf(ResourceId id) => resources[id].About?.Pressure;

    private static ResourceId? Named(string reference) =>
        ReferenceShape().Match(reference) is { Success: true } match ? new ResourceId(match.Groups["type"].Value, match.Groups["id"].Value) : null;

    private static IEnumerable<(string System, string Value)> IdentifiersOf(JsonElement resource)
    {
        foreach (var identifier in Element.Of(resource).Each("identifier"))
        {
            if (identifier.Text("system") is { } system && identifier.Text("value") is { } value)
            {
                yield return (system, value);
            }
        }
    }

    private void Mention(JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                Mention(item);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in at.EnumerateObject())
            {
                if (property.Name == "reference" && property.Value.ValueKind == JsonValueKind.String)
                {
                    var reference = property.Value.GetString()!;
                    if (reference.Contains("Practitioner", StringComparison.Ordinal) || reference.Contains("Organization", StringComparison.Ordinal))
                    {
                        mentioned.Add(reference);
                    }
                }
                else
                {
                    Mention(property.Value);
                }
            }
        }
    }

    /// <summary>The same for the same content, whatever the order of its names, its layout and its metadata.</summary>
    private static ulong HashOf(JsonElement resource)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, resource, top: true);
        }

        return BitConverter.ToUInt64(SHA256.HashData(buffer.WrittenSpan));

        static void Write(Utf8JsonWriter writer, JsonElement at, bool top)
        {
            switch (at.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    foreach (var property in at.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                    {
                        if (!top || property.Name is not ("meta" or "text"))
                        {
                            writer.WritePropertyName(property.Name);
                            Write(writer, property.Value, top: false);
                        }
                    }

                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var item in at.EnumerateArray())
                    {
                        Write(writer, item, top: false);
                    }

                    writer.WriteEndArray();
                    break;
                default:
                    at.WriteTo(writer);
                    break;
            }
        }
    }

    [GeneratedRegex(@"(^|/)(?<type>[A-Z][A-Za-z]{1,60})/(?<id>[A-Za-z0-9\-.]{1,64})(/_history/[A-Za-z0-9\-.]{1,64})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReferenceShape();

    private sealed class Known(ulong hash, long updated)
    {
        public ulong Hash { get; } = hash;

        public long Updated { get; } = updated;

        /// <summary>It occurs more than once.</summary>
        public bool Several { get; set; }

        public bool Ambiguous { get; set; }

        public bool Done { get; set; }

        public About? About { get; set; }
    }
}

/// <summary>What one occurrence of a resource is.</summary>
internal enum Occurrence
{
    /// <summary>The one that counts.</summary>
    Counts,
    /// <summary>One of several that contradict each other and do not tell which is newer.</summary>
    Ambiguous,
    /// <summary>The same once more, or an older version.</summary>
    Another,
}

/// <summary>The little that other resources need to know of one.</summary>
internal sealed record About
{
    public string? Name { get; init; }

    /// <summary>The person whom a role is of.</summary>
    public string? Practitioner { get; init; }

    public Profession? Profession { get; init; }

    public MedicineName? Medicine { get; init; }

    public Pressure? Pressure { get; init; }

    public static About? Of(ResourceId id, JsonElement resource)
    {
        var root = Element.Of(resource);
        return id.Type switch
        {
            "Practitioner" => new About { Name = HumanName.Of(root).Shown, Profession = PractitionerMapping.ProfessionByLicence(root) },
            "Organization" => root.Text("name") is { } name ? new About { Name = name } : null,
            "PractitionerRole" => new About { Practitioner = root.Get("practitioner").Text("reference"), Profession = PractitionerMapping.ProfessionByRole(root) },
            "Medication" => MedicineName.Of(root) is { } medicine ? new About { Medicine = medicine } : null,
            "Observation" => ObservationMapping.PressureOf(root) is { } pressure ? new About { Pressure = pressure } : null,
            _ => null,
        };
    }
}

/// <summary>A systolic or diastolic pressure that stands alone in its Observation.</summary>
/// <param name="Patient">Reference to the person.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Sign">Which of the two.</param>
/// <param name="Value">mmHg.</param>
internal sealed record Pressure(string Patient, DateTimeOffset At, VitalSign Sign, decimal Value);
