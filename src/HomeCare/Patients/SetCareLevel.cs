using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Set the level of care need (要介護状態区分) and its period.</summary>
public sealed record SetCareLevel(Guid PatientId, CareLevelPeriod CareLevel) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.CareLevel == CareLevel ? Decision.AlreadySo : Decision.Accept(new CareLevelSet(PatientId, CareLevel));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SetCareLevel>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.CareLevel).NotNull();
            RuleFor(c => c.CareLevel.Level).IsInEnum().When(c => c.CareLevel is not null);
            RuleFor(c => c.CareLevel).Must(l => !(l.Until < l.From)).WithErrorCode("time.ends_before_start").When(c => c.CareLevel is not null);
        }
    }
}
