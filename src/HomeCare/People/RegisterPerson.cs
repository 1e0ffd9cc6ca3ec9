using FluentValidation;

namespace HomeCare.People;

/// <summary>A person gets a place in the community.</summary>
/// <param name="PersonId">Chosen by the sender.</param>
/// <param name="Name">Name as shown, at most 100 characters.</param>
/// <param name="Kana">Reading in kana, at most 100 characters.</param>
/// <param name="Profession">Profession, or the tie to the person cared for.</param>
/// <param name="Licence">Number of the licence, if the profession has one.</param>
/// <param name="Source">Where it came from, if from another system.</param>
public sealed record RegisterPerson(Guid PersonId, string Name, string? Kana, Profession Profession, string? Licence = null, SourceIdentifier? Source = null)
    : ICommand<Person>
{
    string ICommand<Person>.Stream => Person.StreamOf(PersonId);

    /// <inheritdoc/>
    public Guid? PatientOf(Person state) => null;

    /// <inheritdoc/>
    public Decision Decide(Person state, Situation situation)
    {
        var registered = new PersonRegistered(PersonId, Name, Kana, Profession, Licence, Source);
        return state.Registered switch
        {
            null => Decision.Accept(registered),
            var same when same == registered => Decision.AlreadySo,
            { Source: { } source } when source == Source => Decision.Accept(registered),
            _ => Decision.Refuse("person.already_registered"),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RegisterPerson>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PersonId).NotEmpty();
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
            RuleFor(c => c.Kana).MaximumLength(100);
            RuleFor(c => c.Licence).MaximumLength(50);
            RuleFor(c => c.Profession).IsInEnum().Must(p => !Permissions.IsNobody(p)).WithErrorCode("field.not_a_choice");
        }
    }
}

/// <summary>A person got a place in the community.</summary>
public sealed record PersonRegistered(Guid PersonId, string Name, string? Kana, Profession Profession, string? Licence, SourceIdentifier? Source);
