using System.Text.Json;

namespace HomeCare.Interop;

/// <summary>Reads FHIR R4 JSON and says what it comes to here. Pure: it reads files and writes nothing; what is told depends on the files and
/// <see cref="ImportOptions"/> alone, not on the order of files or of resources in them.</summary>
/// <remarks>First <see cref="Add"/> for every file, then <see cref="Name"/> for what <see cref="Missing"/> gives, then <see cref="Resources"/>, once.
/// A file is held in memory document by document.</remarks>
public sealed class FhirImport(ImportOptions options)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = JsonCheck.MaxDepth };

    /// <summary>Types in the order in which they are taken; what is referred to comes first.</summary>
    private static readonly string[][] Ranks =
    [
        ["Organization"], ["Practitioner"], ["PractitionerRole"], ["Patient"],
        ["Observation", "Condition", "AllergyIntolerance", "MedicationRequest", "Encounter"],
    ];

    private static readonly HashSet<string> Understood = [.. Ranks.SelectMany(r => r)];

    private readonly FhirIndex index = new();
    private readonly List<ImportFile> files = [];
    private readonly HashSet<ResourceId> medicines = [];
    private bool complete;

    /// <summary>How it reads.</summary>
    public ImportOptions Options => options;

    /// <summary>How many resources of each type the files hold, each version counted.</summary>
    public IReadOnlyDictionary<string, int> Counts => index.Counts;

    /// <summary>Reads a file for the first time. A file with a fault is refused whole and nothing of it counts.</summary>
    /// <returns>The fault, or null.</returns>
    public FileFault? Add(ImportFile file)
    {
        try
        {
            foreach (var document in FhirDocuments.Read(file))
            {
                if (JsonCheck.FirstFault(document.Utf8.Span) is { } fault)
                {
                    var (line, column) = JsonCheck.PositionOf(document.Utf8.Span, fault.Offset);
                    return new FileFault(file.Name, document.LinesBefore + line, column, fault.Key, fault.Arguments);
                }
            }

            var any = false;
            Each(file, _ => true, (id, fullUrl, resource) =>
            {
                any = true;
                index.Add(id, fullUrl, resource);
            }, () => any = true);
            if (!any)
            {
                return new FileFault(file.Name, null, null, "file.empty");
            }

            files.Add(file);
            return null;
        }
        catch (FileRefused refused)
        {
            return refused.Fault;
        }
    }

    /// <summary>Practitioners and organisations that the files mention and do not hold.</summary>
    public IReadOnlyList<ResourceId> Missing()
    {
        Complete();
        return index.Missing();
    }

    /// <summary>Tells the name of one that was imported before.</summary>
    public void Name(ResourceId resource, string name) => index.Name(resource, name);

    /// <summary>Every resource and what it comes to, those first that others refer to.</summary>
    /// <exception cref="FileRefused">A file was changed or taken away meanwhile.</exception>
    public IEnumerable<ImportedResource> Resources()
    {
        Complete();
        foreach (var rank in Ranks)
        {
            foreach (var resource in OfRank(type => rank.Contains(type), rank))
            {
                yield return resource;
            }
        }

        foreach (var resource in OfRank(type => !Understood.Contains(type), [.. index.Counts.Keys.Where(type => !Understood.Contains(type))]))
        {
            yield return resource;
        }
    }

    private IEnumerable<ImportedResource> OfRank(Func<string, bool> wanted, IReadOnlyList<string> types)
    {
        if (!types.Any(index.Counts.ContainsKey))
        {
            yield break;
        }

        foreach (var file in files)
        {
            foreach (var document in FhirDocuments.Read(file))
            {
                var found = new List<ImportedResource>();
                try
                {
                    Each(document, wanted, (id, _, resource) => found.Add(Map(id, resource)), null);
                }
                catch (JsonException)
                {
                    // It was whole when it was checked.
                    throw new FileRefused(new FileFault(file.Name, null, null, "file.changed"));
                }

                foreach (var resource in found)
                {
                    yield return resource;
                }
            }
        }
    }

    private ImportedResource Map(ResourceId id, JsonElement resource)
    {
        var r = new ResourceReading(id, Element.Of(resource), index, options);
        switch (index.Judge(id, resource))
        {
            case Occurrence.Another:
                return new ImportedResource(id, [], [], []) { WithAnother = true };
            case Occurrence.Ambiguous:
                return r.Refuse(new NotTaken("resource.ambiguous")) with { PatientId = id.Type == "Patient" ? options.IdOf(id) : null };
        }

        try
        {
            if (HasModifier(resource))
            {
                throw new NotTaken("resource.modifier_extension");
            }

            return id.Type switch
            {
                "Organization" => OrganisationMapping.Map(r),
                "Practitioner" => PractitionerMapping.MapPractitioner(r),
                "PractitionerRole" => PractitionerMapping.MapRole(r),
                "Patient" => PatientMapping.Map(r),
                "Observation" => ObservationMapping.Map(r),
                "Condition" => ConditionMapping.Map(r),
                "AllergyIntolerance" => AllergyMapping.Map(r),
                "MedicationRequest" => MedicineMapping.Map(r, used => medicines.Add(used)),
                "Encounter" => EncounterMapping.Map(r),
                "Medication" when medicines.Contains(id) => r.TakeWithAnother(),
                "Medication" => throw new NotTaken("medication.not_prescribed"),
                _ => throw new NotTaken("type.not_understood"),
            };
        }
        catch (NotTaken why)
        {
            return r.Refuse(why) with { PatientId = id.Type == "Patient" ? options.IdOf(id) : null };
        }
    }

    /// <summary>FHIR R4, section 2.4.0.1: who does not understand a modifier extension must not use what carries it.</summary>
    private static bool HasModifier(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().Any(p => p.Name == "modifierExtension" || (p.Name != "contained" && HasModifier(p.Value))),
        JsonValueKind.Array => at.EnumerateArray().Any(HasModifier),
        _ => false,
    };

    private void Complete()
    {
        if (!complete)
        {
            complete = true;
            index.Complete();
        }
    }

    private static void Each(ImportFile file, Func<string, bool> wanted, Action<ResourceId, string?, JsonElement> found, Action? bundle)
    {
        foreach (var document in FhirDocuments.Read(file))
        {
            Each(document, wanted, found, bundle);
        }
    }

    private static void Each(FhirDocument document, Func<string, bool> wanted, Action<ResourceId, string?, JsonElement> found, Action? bundle)
    {
        using var json = JsonDocument.Parse(document.Utf8, Reading);
        Visit(json.RootElement, null, topLevel: true);

        void Visit(JsonElement resource, string? fullUrl, bool topLevel)
        {
            var type = resource.GetProperty("resourceType").GetString()!;
            if (type == "Bundle" && topLevel)
            {
                bundle?.Invoke();
                foreach (var entry in Element.Of(resource).Each("entry"))
                {
                    if (entry.Get("resource") is { Exists: true } inner)
                    {
                        Visit(inner.Json, entry.Text("fullUrl"), topLevel: false);
                    }
                }
            }
            else if (wanted(type))
            {
                found(FhirIndex.IdOf(resource, fullUrl), fullUrl, resource);
            }
        }
    }
}
