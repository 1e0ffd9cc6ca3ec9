using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>One resource while it is being taken over: what it says, what it refers to, what is to be told about it.</summary>
internal sealed class ResourceReading(ResourceId id, Element root, FhirIndex index, ImportOptions options)
{
    private readonly List<Finding> findings = [];

    public ResourceId Id { get; } = id;

    public Element Root { get; } = root;

    public FhirIndex Index { get; } = index;

    public ImportOptions Options { get; } = options;

    /// <summary>The identifier here.</summary>
    public Guid Here => Options.IdOf(Id);

    /// <summary>The identifier there.</summary>
    public SourceIdentifier Source => new(Options.Source, Id.ToString());

    public void Note(string key, params object[] arguments) => findings.Add(new Finding(Id, false, key, arguments));

    public ImportedResource Take(params IReadOnlyList<object> commands) => new(Id, commands, findings, Root.NotRead());

    public ImportedResource TakeWithAnother() => Take() with { WithAnother = true };

    public ImportedResource Refuse(NotTaken why) =>
        new(Id, [], [new Finding(Id, true, why.Key, why.Arguments, why.Detail)], []);

    /// <summary>What a reference names: a resource, or one contained in this one.</summary>
    public (ResourceId? Id, Element Contained, string? Display) Follow(Element reference)
    {
        reference.Pass("type", "display");
        var display = Element.Of(reference.Json).Text("display");
        var text = reference.Text("reference");
        if (text is ['#', .. var local])
        {
            return (null, Root.Contained(local), display);
        }

        if (text is null && reference.Get("identifier") is { Exists: true } identifier)
        {
            var type = Element.Of(reference.Json).Text("type");
            return (type is not null && identifier.Text("system") is { } system && identifier.Text("value") is { } value
                ? Index.ByIdentifier(type, system, value) : null, default, display);
        }

        return (Index.Resolve(text), default, display);
    }

    /// <summary>The person cared for whom this is about.</summary>
    /// <exception cref="NotTaken">It is about nobody who can be told.</exception>
    public (Guid Here, ResourceId There) Patient(string name)
    {
        var reference = Root.Get(name);
        if (!reference.Exists)
        {
            throw new NotTaken("patient.not_said");
        }

        var (id, contained, _) = Follow(reference);
        if (contained.Exists)
        {
            throw new NotTaken("patient.contained");
        }

        if (id is not { } there)
        {
            throw new NotTaken("reference.not_here", reference.Text("reference") ?? "identifier");
        }

        return there.Type == "Patient" ? (Options.IdOf(there), there) : throw new NotTaken("patient.is_no_patient", there.Type);
    }

    /// <summary>The names behind references: from these files, from before, or as the reference itself shows them.</summary>
    public IReadOnlyList<string> Names(IEnumerable<Element> references)
    {
        var names = new List<string>();
        foreach (var reference in references)
        {
            var (id, contained, display) = Follow(reference);
            var name = contained.Exists ? Element.Of(contained.Json) is var inner && inner.Text("resourceType") == "Organization" ? inner.Text("name") : HumanName.Of(inner).Shown
                : id is { } there ? Index.NameOf(there) ?? Index.NameOf(BehindRole(there)) : null;
            // Of a person who measured for themselves only that is told; the name is on the record.
            if ((id?.Type == "Patient" ? "本人" : name ?? display) is { } found)
            {
                names.Add(found);
            }
            else
            {
                Note("name.not_here", id?.ToString() ?? "—");
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The name behind one reference; null when nobody tells it.</summary>
    public string? NameOf(Element reference) => Names([reference]) is [var name, ..] ? name : null;

    private ResourceId BehindRole(ResourceId id) => Index.PractitionerOfRole(id) ?? id;

    /// <summary>A time at which something happened, with the clock.</summary>
    /// <exception cref="NotTaken">Only the day is told, or it is no time, or it has not come yet.</exception>
    public DateTimeOffset Instant(string text)
    {
        if (FhirTime.Parse(text) is not { } time)
        {
            throw new NotTaken("time.not_fhir");
        }

        if (time.At is not { } at)
        {
            throw new NotTaken("time.day_only");
        }

        if (at > Options.Now + Situation.ClockTolerance)
        {
            throw new NotTaken("time.in_future");
        }

        if (at <= VitalsRules.Earliest)
        {
            throw new NotTaken("time.too_early");
        }

        if (time.ZoneAssumed)
        {
            Note("time.zone_assumed");
        }

        return at;
    }

    /// <summary>A day, where the source tells one; a year or month alone is told and not kept.</summary>
    /// <param name="text">As written.</param>
    /// <param name="what">The element, for the report.</param>
    /// <param name="ahead">Whether it may be a day to come.</param>
    public DateOnly? Day(string? text, string what, bool ahead = false)
    {
        if (text is null)
        {
            return null;
        }

        var time = FhirTime.Parse(text);
        switch (time)
        {
            case null:
                Note("date.not_fhir", what);
                return null;
            case { Day: null }:
                Note("date.partial", what);
                return null;
            case { Day: { } day } when !ahead && day > JapanTime.DayOf(Options.Now):
                Note("date.in_future", what);
                return null;
            default:
                return time.Value.Day;
        }
    }

    /// <summary>Notes in words, joined.</summary>
    public string? Annotations()
    {
        var texts = Root.Each("note").Select(n => n.Text("text")).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }
}
