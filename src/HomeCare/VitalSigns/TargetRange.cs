using HomeCare.Patients;
using Npgsql;

namespace HomeCare.VitalSigns;

/// <summary>The physician's own range for one person, sign and period; it takes the place of the default.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Low">Lowest value that raises no alert; null: open.</param>
/// <param name="High">Highest value that raises no alert; null: open.</param>
/// <param name="From">First day it holds.</param>
/// <param name="Until">Last day it holds; null: until changed.</param>
public sealed record TargetRange(VitalSign Sign, decimal? Low, decimal? High, DateOnly From, DateOnly? Until)
{
    /// <summary>Whether setting this range puts it in another's place: that of the same sign from the same day on or later. One from an earlier
    /// day goes on holding until this begins, and again once this has ended.</summary>
    public bool Replaces(TargetRange other) => Sign == other.Sign && other.From >= From;

    /// <summary>Whether it holds on the day.</summary>
    public bool HoldsOn(DateOnly day) => day >= From && !(day > Until);

    internal static TargetRange Read(NpgsqlDataReader reader) => new(
        Enum.Parse<VitalSign>(reader.GetString(0)), Sql.Value<decimal>(reader, 1), Sql.Value<decimal>(reader, 2),
        reader.GetFieldValue<DateOnly>(3), Sql.Value<DateOnly>(reader, 4));
}

/// <summary>A reading outside what is expected, with the bound it broke.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Value">The reading; null when the meter showed Lo or Hi.</param>
/// <param name="Bound">The bound it lies beyond.</param>
/// <param name="Side">Below or above.</param>
/// <param name="ByPhysician">True for the physician's range, false for the default for adults.</param>
public sealed record VitalAlert(VitalSign Sign, decimal? Value, decimal Bound, AlertSide Side, bool ByPhysician);

/// <summary>Which way a reading lies outside.</summary>
public enum AlertSide
{
    /// <summary>Too low.</summary>
    Below,
    /// <summary>Too high.</summary>
    Above,
}

/// <summary>Which readings lie outside the physician's range, or, for an adult without one, outside the default.</summary>
/// <remarks>Decision support: it names readings to look at and draws no conclusion. Source: the project's care rules, table "Vital signs",
/// column "default alert"; adults are 16 and older, as in NEWS2.</remarks>
public static class VitalAlerts
{
    /// <summary>From this age on the defaults for adults hold.</summary>
    public const int AdultAge = 16;

    /// <summary>Judges a set of readings. Pure: the same readings, person and ranges give the same alerts.</summary>
    public static IReadOnlyList<VitalAlert> Of(Vitals vitals, PatientCard patient)
    {
        var day = JapanTime.DayOf(vitals.MeasuredAt);
        var alerts = new List<VitalAlert>();
        foreach (var (sign, value) in vitals.Numbers())
        {
            if (RangeOf(sign, patient, day, vitals.Oxygen?.LitresPerMinute > 0) is not var (limits, byPhysician))
            {
                continue;
            }

            if (value < limits.Low)
            {
                alerts.Add(new VitalAlert(sign, value, limits.Low.Value, AlertSide.Below, byPhysician));
            }
            else if (value > limits.High)
            {
                alerts.Add(new VitalAlert(sign, value, limits.High.Value, AlertSide.Above, byPhysician));
            }
        }

        if (vitals.Glucose?.Meter is { } meter && RangeOf(VitalSign.Glucose, patient, day) is var (glucose, own))
        {
            if (meter == MeterReading.Lo && glucose.Low is { } low)
            {
                alerts.Add(new VitalAlert(VitalSign.Glucose, null, low, AlertSide.Below, own));
            }
            else if (meter == MeterReading.Hi && glucose.High is { } high)
            {
                alerts.Add(new VitalAlert(VitalSign.Glucose, null, high, AlertSide.Above, own));
            }
        }

        return alerts;
    }

    /// <summary>The range that readings of the day are held against, and whether it is the physician's; null when there is none.</summary>
    /// <param name="sign">Which sign.</param>
    /// <param name="patient">Whose.</param>
    /// <param name="day">The day.</param>
    /// <param name="onOxygen">Whether oxygen was given: too much of it is held against a person on SpO₂ scale 2 only then.</param>
    public static (Limits Limits, bool ByPhysician)? RangeOf(VitalSign sign, PatientCard patient, DateOnly day, bool onOxygen = false)
    {
        if (patient.Ranges.Where(r => r.Sign == sign && r.HoldsOn(day)).MaxBy(r => r.From) is { } range)
        {
            return (new Limits(range.Low, range.High), true);
        }

        if (sign == VitalSign.SpO2 && patient.Scale2?.HoldsOn(day) == true)
        {
            return (new Limits(88, onOxygen ? 92 : null), false);
        }

        var adult = patient.AgeOn(day) is not { } age || age >= AdultAge;
        return adult && VitalSignTable.Of(sign).Quiet is { } quiet ? (quiet, false) : null;
    }
}
