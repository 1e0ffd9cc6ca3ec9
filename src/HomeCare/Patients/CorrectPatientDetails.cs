using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Correct or change identity and address.</summary>
public sealed record CorrectPatientDetails(Guid PatientId, PatientDetails Details) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        Details.BirthDate > JapanTime.DayOf(situation.Now) ? Decision.Invalid("time.in_future", "details.birthDate")
        : Json.Same(state.Details, Details) ? Decision.AlreadySo
        : Decision.Accept(new PatientDetailsCorrected(PatientId, Details));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CorrectPatientDetails>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Details).NotNull().SetValidator(new PatientDetailsRules());
        }
    }
}
