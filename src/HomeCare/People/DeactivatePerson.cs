using FluentValidation;

namespace HomeCare.People;

/// <summary>A person loses the place in the community: no sign-in, no record seen, from this moment. What they wrote stays.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record DeactivatePerson(Guid PersonId, string Reason) : ICommand<Person>
{
    string ICommand<Person>.Stream => Person.StreamOf(PersonId);

    /// <inheritdoc/>
    public Guid? PatientOf(Person state) => null;

    /// <inheritdoc/>
    public Decision Decide(Person state, Situation situation) => state switch
    {
        { Registered: null } => Decision.Missing("person.unknown"),
        { Active: false } => Decision.AlreadySo,
        _ when PersonId == situation.By.PersonId => Decision.Refuse("person.not_oneself"),
        _ => Decision.Accept(new PersonDeactivated(PersonId, Reason)),
    };

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<DeactivatePerson>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PersonId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

/// <summary>A person lost the place in the community.</summary>
public sealed record PersonDeactivated(Guid PersonId, string Reason);
