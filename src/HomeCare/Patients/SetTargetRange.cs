using FluentValidation;
using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>The physician sets the range outside which a sign raises an alert for this person and period.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Range">Sign, bounds and days.</param>
/// <param name="Note">Why, at most 500 characters.</param>
public sealed record SetTargetRange(Guid PatientId, TargetRange Range, string? Note = null) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.Ranges.FindLast(r => r.Sign == Range.Sign) == Range
            ? Decision.AlreadySo
            : Decision.Accept(new TargetRangeSet(PatientId, Range, Note));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SetTargetRange>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Note).MaximumLength(500);
            RuleFor(c => c.Range).NotNull();
            RuleFor(c => c.Range).ChildRules(range =>
            {
                range.RuleFor(r => r.Sign).IsInEnum();
                range.RuleFor(r => r).Must(r => r.Low is not null || r.High is not null).WithErrorCode("range.needs_a_bound");
                range.RuleFor(r => r).Must(r => !(r.Low > r.High)).WithErrorCode("range.low_above_high");
                range.RuleFor(r => r).Must(r => !(r.Until < r.From)).WithErrorCode("time.ends_before_start");
                range.RuleFor(r => r).Must(BePossible).WithErrorCode("range.impossible");
            }).When(c => c.Range is not null);
        }

        private static bool BePossible(TargetRange range) =>
            !Enum.IsDefined(range.Sign)
            || ((range.Low is not { } low || VitalSignTable.Of(range.Sign).Possible.Contains(low))
                && (range.High is not { } high || VitalSignTable.Of(range.Sign).Possible.Contains(high)));
    }
}
