using FluentValidation;
using HomeCare.Patients;

namespace HomeCare.VitalSigns;

/// <summary>The physician's decision that a person is not scored with NEWS2.</summary>
/// <param name="Reason">Why.</param>
/// <param name="From">First day on which readings are not scored.</param>
/// <param name="Note">In words, at most 500 characters.</param>
public sealed record News2Off(News2OffReason Reason, DateOnly From, string? Note = null)
{
    /// <summary>Whether readings of the day are not scored.</summary>
    public bool HoldsOn(DateOnly day) => day >= From;
}

/// <summary>Why a person is not scored.</summary>
/// <remarks>Source: Royal College of Physicians, NEWS2, 2017: not in pregnancy, unreliable with spinal cord injury; the project's care rules:
/// the dying and the ventilated.</remarks>
public enum News2OffReason
{
    /// <summary>看取り期</summary>
    EndOfLife,
    /// <summary>人工呼吸中</summary>
    Ventilated,
    /// <summary>脊髄損傷</summary>
    SpinalCordInjury,
    /// <summary>妊娠中</summary>
    Pregnancy,
    /// <summary>その他</summary>
    Other,
}

/// <summary>The physician's decision that a person's saturation is scored on SpO₂ scale 2 (hypercapnic respiratory failure).</summary>
/// <remarks>Source: Royal College of Physicians, NEWS2, 2017: scale 2 only on the decision of a competent clinical decision maker, recorded;
/// COPD alone stays on scale 1.</remarks>
/// <param name="Evidence">What shows it, such as a blood gas with its date; at most 500 characters.</param>
/// <param name="TargetLow">Lower end of the target saturation, %.</param>
/// <param name="TargetHigh">Upper end of the target saturation, %.</param>
/// <param name="DecidedOn">Day of the decision; readings from that day on are scored on scale 2.</param>
public sealed record Scale2Decision(string Evidence, int TargetLow, int TargetHigh, DateOnly DecidedOn)
{
    /// <summary>Whether readings of the day are scored on scale 2.</summary>
    public bool HoldsOn(DateOnly day) => day >= DecidedOn;
}

/// <summary>The physician decides that a person is not scored with NEWS2, or changes the reason.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Off">Reason, first day, words.</param>
public sealed record SwitchNews2Off(Guid PatientId, News2Off Off) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        Off.From > JapanTime.DayOf(situation.Now) ? Decision.Invalid("time.in_future", "off.from")
        : state.News2Off == Off ? Decision.AlreadySo
        : Decision.Accept(new News2SwitchedOff(PatientId, Off));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SwitchNews2Off>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Off).NotNull();
            RuleFor(c => c.Off).ChildRules(off =>
            {
                off.RuleFor(o => o.Reason).IsInEnum();
                off.RuleFor(o => o.From).GreaterThan(JapanTime.DayOf(VitalsRules.Earliest)).WithErrorCode("time.too_early");
                off.RuleFor(o => o.Note).MaximumLength(500);
                off.RuleFor(o => o.Note).NotEmpty().When(o => o.Reason == News2OffReason.Other);
            }).When(c => c.Off is not null);
        }
    }
}

/// <summary>The physician decides that a person is scored again.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record SwitchNews2On(Guid PatientId, string? Reason = null) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.News2Off is null ? Decision.AlreadySo : Decision.Accept(new News2SwitchedOn(PatientId, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SwitchNews2On>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Reason).MaximumLength(500);
        }
    }
}

/// <summary>The physician decides that saturation is scored on scale 2.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Scale2">Evidence, target, day.</param>
public sealed record UseSpO2Scale2(Guid PatientId, Scale2Decision Scale2) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        Scale2.DecidedOn > JapanTime.DayOf(situation.Now) ? Decision.Invalid("time.in_future", "scale2.decidedOn")
        : state.Scale2 == Scale2 ? Decision.AlreadySo
        : Decision.Accept(new SpO2Scale2Chosen(PatientId, Scale2));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<UseSpO2Scale2>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Scale2).NotNull();
            RuleFor(c => c.Scale2).ChildRules(scale =>
            {
                scale.RuleFor(s => s.Evidence).NotEmpty().MaximumLength(500);
                scale.RuleFor(s => s.TargetLow).Must(BePossible).WithErrorCode("range.impossible");
                scale.RuleFor(s => s.TargetHigh).Must(BePossible).WithErrorCode("range.impossible");
                scale.RuleFor(s => s.TargetHigh).GreaterThan(s => s.TargetLow).WithErrorCode("range.low_above_high");
                scale.RuleFor(s => s.DecidedOn).GreaterThan(JapanTime.DayOf(VitalsRules.Earliest)).WithErrorCode("time.too_early");
            }).When(c => c.Scale2 is not null);
        }

        private static bool BePossible(int saturation) => VitalSignTable.Of(VitalSign.SpO2).Possible.Contains(saturation);
    }
}

/// <summary>The physician decides that saturation is scored on scale 1 again.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record UseSpO2Scale1(Guid PatientId, string? Reason = null) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.Scale2 is null ? Decision.AlreadySo : Decision.Accept(new SpO2Scale1Chosen(PatientId, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<UseSpO2Scale1>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Reason).MaximumLength(500);
        }
    }
}

/// <summary>The physician decided that the person is not scored.</summary>
public sealed record News2SwitchedOff(Guid PatientId, News2Off Off) : IPatientEvent;

/// <summary>The physician decided that the person is scored again.</summary>
public sealed record News2SwitchedOn(Guid PatientId, string? Reason) : IPatientEvent;

/// <summary>The physician decided on SpO₂ scale 2.</summary>
public sealed record SpO2Scale2Chosen(Guid PatientId, Scale2Decision Scale2) : IPatientEvent;

/// <summary>The physician went back to SpO₂ scale 1.</summary>
public sealed record SpO2Scale1Chosen(Guid PatientId, string? Reason) : IPatientEvent;
