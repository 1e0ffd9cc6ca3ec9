using System.Collections.Immutable;

namespace HomeCare.People;

/// <summary>A person with a place in the community.</summary>
/// <param name="Registered">Name and profession; null before registration.</param>
/// <param name="Memberships">Organisations worked for, with the profession there.</param>
/// <param name="Active">False once deactivated.</param>
public sealed record Person(PersonRegistered? Registered, ImmutableDictionary<Guid, Profession> Memberships, bool Active) : IState<Person>
{
    /// <summary>The person's stream.</summary>
    public static string StreamOf(Guid id) => $"person-{id}";

    /// <inheritdoc/>
    public static Person Initial { get; } = new(null, ImmutableDictionary<Guid, Profession>.Empty, true);

    /// <inheritdoc/>
    public static string StreamType => "person";

    /// <inheritdoc/>
    public Person Apply(object e) => e switch
    {
        PersonRegistered registered => this with { Registered = registered },
        OrganisationJoined joined => this with { Memberships = Memberships.SetItem(joined.OrganisationId, joined.Profession) },
        OrganisationLeft left => this with { Memberships = Memberships.Remove(left.OrganisationId) },
        PersonDeactivated => this with { Active = false },
        _ => this,
    };
}
