using FluentValidation;

namespace HomeCare.VitalSigns;

/// <summary>Mark vital signs as entered in error: another person's, or never measured. They stay readable, struck out.</summary>
/// <param name="MeasurementId">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record EnterVitalsInError(Guid MeasurementId, string Reason) : ICommand<Measurement>
{
    string ICommand<Measurement>.Stream => Measurement.StreamOf(MeasurementId);

    /// <inheritdoc/>
    public Guid? PatientOf(Measurement state) => state.Recorded?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Measurement state, Situation situation) =>
        state.InError ? Decision.AlreadySo
        : !state.IsCorrectedBy(situation.By) ? Decision.Forbid("vitals.of_another")
        : Decision.Accept(new VitalsEnteredInError(MeasurementId, state.Recorded!.PatientId, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<EnterVitalsInError>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.MeasurementId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
