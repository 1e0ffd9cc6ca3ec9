using FluentValidation;

namespace HomeCare.People;

/// <summary>A person no longer works for an organisation; what it gave access to is gone at once.</summary>
public sealed record LeaveOrganisation(Guid PersonId, Guid OrganisationId) : ICommand<Person>
{
    string ICommand<Person>.Stream => Person.StreamOf(PersonId);

    /// <inheritdoc/>
    public Guid? PatientOf(Person state) => null;

    /// <inheritdoc/>
    public Decision Decide(Person state, Situation situation) => state switch
    {
        { Registered: null } => Decision.Missing("person.unknown"),
        _ when !state.Memberships.ContainsKey(OrganisationId) => Decision.AlreadySo,
        _ => Decision.Accept(new OrganisationLeft(PersonId, OrganisationId)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<LeaveOrganisation>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PersonId).NotEmpty();
            RuleFor(c => c.OrganisationId).NotEmpty();
        }
    }
}

/// <summary>A person no longer works for an organisation.</summary>
public sealed record OrganisationLeft(Guid PersonId, Guid OrganisationId);
