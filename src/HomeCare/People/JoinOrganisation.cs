using FluentValidation;

namespace HomeCare.People;

/// <summary>A person begins to work for an organisation, under a profession (which may differ between organisations).</summary>
public sealed record JoinOrganisation(Guid PersonId, Guid OrganisationId, Profession Profession) : ICommand<Person>
{
    string ICommand<Person>.Stream => Person.StreamOf(PersonId);

    /// <inheritdoc/>
    public Guid? PatientOf(Person state) => null;

    IEnumerable<Reference> ICommand<Person>.References => [new(ReferenceKind.Organisation, OrganisationId)];

    /// <inheritdoc/>
    public Decision Decide(Person state, Situation situation) => state switch
    {
        { Registered: null } => Decision.Missing("person.unknown"),
        { Active: false } => Decision.Refuse("person.deactivated"),
        _ when state.Memberships.TryGetValue(OrganisationId, out var profession) && profession == Profession => Decision.AlreadySo,
        _ => Decision.Accept(new OrganisationJoined(PersonId, OrganisationId, situation.Known.Organisations[OrganisationId], Profession)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<JoinOrganisation>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PersonId).NotEmpty();
            RuleFor(c => c.OrganisationId).NotEmpty();
            RuleFor(c => c.Profession).IsInEnum()
                .Must(p => p is not (Profession.Import or Profession.Timer or Profession.Family or Profession.Patient or Profession.Administrator))
                .WithErrorCode("field.not_a_choice");
        }
    }
}

/// <summary>A person began to work for an organisation.</summary>
public sealed record OrganisationJoined(Guid PersonId, Guid OrganisationId, string OrganisationName, Profession Profession);
