using FluentValidation;

namespace HomeCare.VitalSigns;

/// <summary>What can and what cannot have been measured, from <see cref="VitalSignTable"/>.</summary>
public sealed class VitalsRules : AbstractValidator<Vitals>
{
    /// <summary>The date of the first clinical thermometer is not the limit; a typing error is. Earlier years are refused.</summary>
    public static DateTimeOffset Earliest { get; } = new(1950, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary/>
    public VitalsRules()
    {
        RuleFor(v => v.MeasuredAt).GreaterThan(Earliest).WithErrorCode("time.too_early");
        RuleFor(v => v).Custom((vitals, context) =>
        {
            foreach (var (sign, value) in vitals.Numbers())
            {
                var rule = VitalSignTable.Of(sign);
                if (!rule.Possible.Contains(value))
                {
                    Add(PathOf(sign), "vitals.impossible", rule.Possible.Low ?? 0, rule.Possible.High ?? 0, rule.Unit);
                }
                else if (value % rule.Step != 0)
                {
                    Add(PathOf(sign), "vitals.too_fine", rule.Step, rule.Unit);
                }
                else if (rule.Usual is { } usual && !usual.Contains(value) && vitals.Confirmed?.Contains(sign) != true)
                {
                    Add(PathOf(sign), "vitals.look_again", value, rule.Unit);
                }
            }

            if (vitals.IsEmpty)
            {
                Add("", "vitals.empty");
            }

            if (vitals.Systolic <= vitals.Diastolic)
            {
                Add(nameof(Vitals.Systolic), "vitals.systolic_not_above_diastolic");
            }

            if (vitals.Diastolic is not null && vitals.Systolic is null)
            {
                Add(nameof(Vitals.Systolic), "field.required");
            }

            if (vitals.Glucose is { } glucose && glucose.MilligramsPerDecilitre is null == glucose.Meter is null)
            {
                Add(nameof(Vitals.Glucose), "vitals.glucose_number_or_meter");
            }

            void Add(string path, string key, params object[] arguments) =>
                context.AddFailure(new FluentValidation.Results.ValidationFailure(
                    string.Join('.', new[] { context.PropertyPath, path }.Where(p => !string.IsNullOrEmpty(p))), key)
                {
                    ErrorCode = key,
                    CustomState = arguments,
                });
        });
        RuleFor(v => v.TemperatureSite).IsInEnum();
        RuleFor(v => v.Posture).IsInEnum();
        RuleFor(v => v.Side).IsInEnum();
        RuleFor(v => v.Consciousness!.Acvpu).IsInEnum().When(v => v.Consciousness is not null);
        RuleFor(v => v.Consciousness!.Jcs).Must(jcs => jcs is null || Consciousness.JcsValues.Contains(jcs.Value))
            .WithErrorCode("field.not_a_choice").When(v => v.Consciousness is not null);
        RuleFor(v => v.Intake!.Route).MaximumLength(100).When(v => v.Intake is not null);
        RuleFor(v => v.Output!.Route).MaximumLength(100).When(v => v.Output is not null);
        RuleFor(v => v.Stool!.Amount).MaximumLength(100).When(v => v.Stool is not null);
        RuleForEach(v => v.NotMeasured).NotNull().ChildRules(n =>
        {
            n.RuleFor(x => x.Sign).IsInEnum();
            n.RuleFor(x => x.Why).IsInEnum();
            n.RuleFor(x => x.Reason).MaximumLength(200);
        });
        RuleForEach(v => v.Confirmed).IsInEnum();
        RuleFor(v => v.NotMeasured).Must(list => list is null || list.Count <= VitalSignTable.All.Count).WithErrorCode("field.too_many");
        RuleFor(v => v.Confirmed).Must(list => list is null || list.Count <= VitalSignTable.All.Count).WithErrorCode("field.too_many");
    }

    private static string PathOf(VitalSign sign) => sign switch
    {
        VitalSign.OxygenFlow => $"{nameof(Vitals.Oxygen)}.{nameof(Oxygen.LitresPerMinute)}",
        VitalSign.Glucose => $"{nameof(Vitals.Glucose)}.{nameof(Glucose.MilligramsPerDecilitre)}",
        VitalSign.Intake => $"{nameof(Vitals.Intake)}.{nameof(Fluid.Millilitres)}",
        VitalSign.Output => $"{nameof(Vitals.Output)}.{nameof(Fluid.Millilitres)}",
        VitalSign.Stool => $"{nameof(Vitals.Stool)}.{nameof(Stool.Bristol)}",
        _ => sign.ToString(),
    };
}
