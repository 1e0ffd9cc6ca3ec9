using FluentValidation;

namespace HomeCare.Medicines;

/// <summary>Record that a medicine is no longer taken.</summary>
/// <param name="MedicineId">Which.</param>
/// <param name="StoppedOn">Last day; not in the future.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record StopMedicine(Guid MedicineId, DateOnly StoppedOn, string Reason) : ICommand<Medicine>
{
    string ICommand<Medicine>.Stream => Medicine.StreamOf(MedicineId);

    /// <inheritdoc/>
    public Guid? PatientOf(Medicine state) => state.Recorded?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Medicine state, Situation situation) =>
        state.Stopped ? Decision.AlreadySo
        : StoppedOn < state.Recorded!.Prescription.StartOn ? Decision.Invalid("time.ends_before_start", "stoppedOn")
        // From the moment it is stopped it stands on no list; one that is to end later ends by its days.
        : StoppedOn > JapanTime.DayOf(situation.Now) ? Decision.Invalid("time.in_future", "stoppedOn")
        : Decision.Accept(new MedicineStopped(MedicineId, state.Recorded.PatientId, state.Recorded.Prescription.Name, StoppedOn, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<StopMedicine>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.MedicineId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
