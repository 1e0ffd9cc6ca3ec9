using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Record a diagnosis or problem, or its new status.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="ConditionId">Chosen by the sender; the same again changes it.</param>
/// <param name="Condition">What it is now.</param>
/// <param name="Source">Where it came from, if from another system.</param>
/// <param name="TeamOnly">Not shown to the person and relatives: a diagnosis that has not been disclosed. Recording it again without discloses it.</param>
public sealed record RecordCondition(Guid PatientId, Guid ConditionId, Condition Condition, SourceIdentifier? Source = null, bool TeamOnly = false) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation)
    {
        if (Condition.OnsetOn > JapanTime.DayOf(situation.Now))
        {
            return Decision.Invalid("time.in_future", "condition.onsetOn");
        }

        var known = state.Conditions.GetValueOrDefault(ConditionId);
        // Another system does not know what the team keeps to itself, so it discloses nothing.
        var teamOnly = TeamOnly || (situation.By.Profession == Profession.Import && known is { TeamOnly: true });
        return known is not null && known.TeamOnly == teamOnly && Json.Same(known.Condition, Condition)
            ? Decision.AlreadySo
            : Decision.Accept(new ConditionRecorded(PatientId, ConditionId, Condition, Source, teamOnly));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordCondition>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.ConditionId).NotEmpty();
            RuleFor(c => c.Condition).NotNull();
            RuleFor(c => c.Condition).ChildRules(condition =>
            {
                condition.RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
                condition.RuleFor(c => c.Status).IsInEnum();
                condition.RuleFor(c => c.Note).MaximumLength(1000);
                condition.RuleFor(c => c.Codes).Must(c => c is null || c.Count <= 10).WithErrorCode("field.too_many");
                condition.RuleForEach(c => c.Codes).NotNull().SetValidator(new Code.Rules());
            }).When(c => c.Condition is not null);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
        }
    }
}
