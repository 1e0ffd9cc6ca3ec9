namespace HomeCare;

/// <summary>Who wrote an entry, as it was said at the time: later changes of name or employer do not rewrite it.</summary>
public sealed record Author(Guid PersonId, string Name, Profession Profession, Guid? OrganisationId, string? OrganisationName)
{
    internal static IReadOnlyDictionary<string, string> HeadersOf(CommandContext context)
    {
        var by = context.By;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["person_id"] = by.PersonId.ToString(),
            ["person_name"] = by.Name,
            ["profession"] = by.Profession.ToString(),
        };
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers[name] = value;
            }
        }

        Add("organisation_id", by.OrganisationId?.ToString());
        Add("organisation_name", by.OrganisationName);
        Add("device", context.Device);
        Add("access_reason", context.AccessReason);
        return headers;
    }

    /// <summary>Reads the author off an event's headers.</summary>
    public static Author Of(EventStore.StoredEvent e)
    {
        string? Header(string name) => e.Headers.TryGetValue(name, out var value) ? value : null;
        return new Author(
            Guid.TryParse(Header("person_id"), out var person) ? person : Guid.Empty,
            Header("person_name") ?? "",
            Enum.TryParse<Profession>(Header("profession"), out var profession) ? profession : Profession.Import,
            Guid.TryParse(Header("organisation_id"), out var organisation) ? organisation : null,
            Header("organisation_name"));
    }
}
