using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Set whom to call, in order.</summary>
/// <param name="PatientId">Whose contacts.</param>
/// <param name="Contacts">At most 20.</param>
public sealed record SetContacts(Guid PatientId, IReadOnlyList<Contact> Contacts) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        Json.Same(state.Contacts, Contacts) ? Decision.AlreadySo : Decision.Accept(new ContactsSet(PatientId, Contacts));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SetContacts>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Contacts).NotNull().Must(c => c is null || c.Count <= 20).WithErrorCode("field.too_many");
            RuleForEach(c => c.Contacts).NotNull().ChildRules(contact =>
            {
                contact.RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
                contact.RuleFor(c => c.Relation).NotEmpty().MaximumLength(50);
                contact.RuleFor(c => c.Telephone).NotEmpty().MaximumLength(30);
                contact.RuleFor(c => c.Note).MaximumLength(300);
            });
        }
    }
}
