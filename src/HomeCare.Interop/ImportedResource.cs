namespace HomeCare.Interop;

/// <summary>What is to be told about a resource.</summary>
/// <param name="Resource">Which.</param>
/// <param name="NotTaken">Nothing of it was taken; otherwise it is a remark about how something was taken.</param>
/// <param name="Key">Why, as a key of <see cref="ImportWords"/>.</param>
/// <param name="Arguments">What the sentence needs; the same sentence is told once for many resources.</param>
/// <param name="Detail">What differs from resource to resource, such as the impossible number. Never a name.</param>
public sealed record Finding(ResourceId Resource, bool NotTaken, string Key, IReadOnlyList<object> Arguments, string? Detail = null);

/// <summary>What a resource comes to.</summary>
/// <param name="Resource">Which.</param>
/// <param name="Commands">What is asked of the care, in this order; empty when nothing of it was taken.</param>
/// <param name="Findings">What is to be told.</param>
/// <param name="NotKept">Parts of it that have no place here, by path.</param>
public sealed record ImportedResource(
    ResourceId Resource, IReadOnlyList<object> Commands, IReadOnlyList<Finding> Findings, IReadOnlyList<string> NotKept)
{
    /// <summary>The person cared for whom it is about.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The same, as the source names them.</summary>
    public ResourceId? Patient { get; init; }

    /// <summary>Only done to what was imported before: what the source takes back was perhaps never here.</summary>
    public bool OnlyIfKnown { get; init; }

    /// <summary>It is part of another resource's record: a medicine of its prescription, a diastolic pressure of its systolic.</summary>
    public bool WithAnother { get; init; }

    /// <summary>Whether nothing of it was taken.</summary>
    public bool NotTaken => Findings.Any(f => f.NotTaken);
}

/// <summary>How to read.</summary>
/// <param name="TenantId">The community the records go to.</param>
/// <param name="Source">Name of the sending system: two systems may both have a Patient/1.</param>
/// <param name="Now">The moment of the import; nothing can have been measured after it.</param>
public sealed record ImportOptions(string TenantId, string Source, DateTimeOffset Now)
{
    /// <summary>The identifier here of a resource there; the same in every later run.</summary>
    public Guid IdOf(ResourceId resource) => Ids.Of(TenantId, Source, resource.Type, resource.Id);
}

/// <summary>Raised inside when nothing of a resource can be taken.</summary>
internal sealed class NotTaken(string key, params object[] arguments) : Exception(key)
{
    public string Key { get; } = key;

    public IReadOnlyList<object> Arguments { get; } = arguments;

    public string? Detail { get; init; }
}
