using FluentValidation;
using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>The physician removes the own range of a sign; the default for adults holds again.</summary>
public sealed record RemoveTargetRange(Guid PatientId, VitalSign Sign) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.Ranges.Exists(r => r.Sign == Sign) ? Decision.Accept(new TargetRangeRemoved(PatientId, Sign)) : Decision.AlreadySo;

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RemoveTargetRange>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Sign).IsInEnum();
        }
    }
}
