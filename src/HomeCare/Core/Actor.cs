namespace HomeCare;

/// <summary>Who acts, for which organisation and under which profession. Checked against the community's records on every
/// command and query: an actor is a claim, never a permission.</summary>
/// <param name="TenantId">The community (地域) the person has signed in to.</param>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name as shown beside entries.</param>
/// <param name="Profession">The profession acted under.</param>
/// <param name="OrganisationId">The organisation acted for; null for family, the person cared for and administrators.</param>
/// <param name="OrganisationName">Its name at sign-in.</param>
public sealed record Actor(
    string TenantId,
    Guid PersonId,
    string Name,
    Profession Profession,
    Guid? OrganisationId = null,
    string? OrganisationName = null)
{
    /// <summary>The actor under whose name records from another system are imported.</summary>
    /// <param name="tenantId">The community.</param>
    /// <param name="source">Name of the sending system, shown as the author.</param>
    public static Actor Importing(string tenantId, string source) =>
        new(tenantId, Ids.Of("import", source), source, Profession.Import);

    /// <summary>The product's own timer, which asks the cover when due times pass.</summary>
    /// <param name="tenantId">The community.</param>
    public static Actor Timer(string tenantId) => new(tenantId, Ids.Of("timer"), "HomeCare", Profession.Timer);
}
