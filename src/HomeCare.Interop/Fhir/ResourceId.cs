namespace HomeCare.Interop;

/// <summary>A resource by the name its own system has for it.</summary>
/// <param name="Type">FHIR resource type: <c>Patient</c>.</param>
/// <param name="Id">Its id there; where it has none, its business identifier (<c>system|value</c>), the entry's address, or a hash of its content.</param>
public readonly record struct ResourceId(string Type, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}/{Id}";
}
