using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Record an allergy or intolerance, or its new status.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="AllergyId">Chosen by the sender; the same again changes it.</param>
/// <param name="Allergy">What it is now.</param>
/// <param name="Source">Where it came from, if from another system.</param>
public sealed record RecordAllergy(Guid PatientId, Guid AllergyId, Allergy Allergy, SourceIdentifier? Source = null) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        Allergy.NotedOn > JapanTime.DayOf(situation.Now) ? Decision.Invalid("time.in_future", "allergy.notedOn")
        : state.Allergies.TryGetValue(AllergyId, out var known) && Json.Same(known, Allergy) ? Decision.AlreadySo
        : Decision.Accept(new AllergyRecorded(PatientId, AllergyId, Allergy, Source));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordAllergy>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.AllergyId).NotEmpty();
            RuleFor(c => c.Allergy).NotNull();
            RuleFor(c => c.Allergy).ChildRules(allergy =>
            {
                allergy.RuleFor(a => a.Substance).NotEmpty().MaximumLength(200);
                allergy.RuleFor(a => a.Kind).IsInEnum();
                allergy.RuleFor(a => a.Severity).IsInEnum();
                allergy.RuleFor(a => a.Status).IsInEnum();
                allergy.RuleFor(a => a.Reaction).MaximumLength(500);
                allergy.RuleFor(a => a.Codes).Must(c => c is null || c.Count <= 10).WithErrorCode("field.too_many");
                allergy.RuleForEach(a => a.Codes).NotNull().SetValidator(new Code.Rules());
            }).When(c => c.Allergy is not null);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
        }
    }
}
