using HomeCare.Patients;
using HomeCare.VitalSigns;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Visits;

/// <summary>Why a typed value cannot be taken.</summary>
public enum SignFault
{
    /// <summary>Nothing is wrong.</summary>
    None,
    /// <summary>It is no number.</summary>
    NotANumber,
    /// <summary>It lies outside what can be.</summary>
    Impossible,
    /// <summary>It is finer than what is measured.</summary>
    TooFine,
    /// <summary>The upper pressure is not above the lower.</summary>
    PressureReversed,
}

/// <summary>What is to be said of a value while it is being typed.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Value">The number; null when there is none.</param>
/// <param name="Fault">Why it cannot be taken.</param>
/// <param name="LookAgain">It is unusual, and nobody has looked at it again.</param>
/// <param name="Alert">It lies outside the physician's range, or the default for adults.</param>
public sealed record SignCheck(VitalSign Sign, decimal? Value, SignFault Fault, bool LookAgain, VitalAlert? Alert)
{
    /// <summary>Looks at a value as typed, with the same table and the same ranges as the record will be judged by.</summary>
    /// <param name="sign">The sign.</param>
    /// <param name="draft">What is typed.</param>
    /// <param name="patient">Whose.</param>
    /// <param name="day">The day it is measured.</param>
    public static SignCheck Of(VitalSign sign, VisitDraft draft, PatientCard patient, DateOnly day)
    {
        var text = draft[VisitDraft.FieldOf(sign)];
        if (string.IsNullOrWhiteSpace(text))
        {
            return new SignCheck(sign, null, SignFault.None, false, null);
        }

        var rule = VitalSignTable.Of(sign);
        if (Typed.Number(text) is not { } value)
        {
            return new SignCheck(sign, null, SignFault.NotANumber, false, null);
        }

        if (!rule.Possible.Contains(value))
        {
            return new SignCheck(sign, value, SignFault.Impossible, false, null);
        }

        if (value % rule.Step != 0)
        {
            return new SignCheck(sign, value, SignFault.TooFine, false, null);
        }

        if (sign == VitalSign.Diastolic && draft.NumberOf(VitalSign.Systolic) is { } upper && upper <= value)
        {
            return new SignCheck(sign, value, SignFault.PressureReversed, false, null);
        }

        var lookAgain = rule.Usual is { } usual && !usual.Contains(value) && !draft.IsConfirmed(sign);
        return new SignCheck(sign, value, SignFault.None, lookAgain, AlertOf(sign, value, patient, day));
    }

    private static VitalAlert? AlertOf(VitalSign sign, decimal value, PatientCard patient, DateOnly day) =>
        VitalAlerts.RangeOf(sign, patient, day) is not var (limits, byPhysician) ? null
        : value < limits.Low ? new VitalAlert(sign, value, limits.Low.Value, AlertSide.Below, byPhysician)
        : value > limits.High ? new VitalAlert(sign, value, limits.High.Value, AlertSide.Above, byPhysician)
        : null;
}

/// <summary>What a value of the Japan Coma Scale suggests; a person confirms it.</summary>
/// <remarks>Source: the project's care rules, "Vital signs", consciousness.</remarks>
public static class JcsSuggestion
{
    /// <summary>The level suggested; null for 1–3, where it is first asked whether this is different from usual.</summary>
    public static Acvpu? Of(int jcs) => jcs switch
    {
        0 => Acvpu.Alert,
        1 or 2 or 3 => null,
        10 or 20 => Acvpu.Voice,
        30 or 100 or 200 => Acvpu.Pain,
        300 => Acvpu.Unresponsive,
        _ => throw new ArgumentOutOfRangeException(nameof(jcs)),
    };

    /// <summary>The level for 1–3: different from usual, or not known, is confusion; as usual is alert.</summary>
    public static Acvpu WhenAsked(bool asUsual) => asUsual ? Acvpu.Alert : Acvpu.Confusion;
}
