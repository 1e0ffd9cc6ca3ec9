using System.Globalization;
using System.Text.Json;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Visits;

/// <summary>What has been typed of a visit so far, field by field, exactly as typed. The browser keeps the same fields, so that a
/// sheet comes back after a reload with nothing lost; only <see cref="ToCommand"/> makes sense of them.</summary>
public sealed class VisitDraft
{
    /// <summary>Fields that are no text of the record.</summary>
    public const string StartedAt = "startedAt", EndedAt = "endedAt", MeasuredAt = "measuredAt", Identified = "identified",
        VisitIdField = "visitId", CommandIdField = "commandId", StartCommandIdField = "startCommandId", EndIsAutomatic = "endIsAutomatic", Late = "late";

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>All that is filled in.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>A field as typed; null or empty clears it.</summary>
    public string? this[string field]
    {
        get => fields.GetValueOrDefault(field);
        set
        {
            if (string.IsNullOrEmpty(value))
            {
                fields.Remove(field);
            }
            else
            {
                fields[field] = value;
            }
        }
    }

    /// <summary>The field of a sign: its name in camel case.</summary>
    public static string FieldOf(VitalSign sign) => JsonNamingPolicy.CamelCase.ConvertName(sign.ToString());

    /// <summary>The field that says why a sign was not measured.</summary>
    public static string SkipOf(VitalSign sign) => $"skip.{sign}";

    /// <summary>The field that says that an unusual value was looked at again.</summary>
    public static string ConfirmedOf(VitalSign sign) => $"confirmed.{sign}";

    /// <summary>The field of a choice of several.</summary>
    public static string FlagOf<T>(T choice) where T : struct, Enum => $"{typeof(T).Name}.{choice}";

    /// <summary>Whether a choice of several is made.</summary>
    public bool Has<T>(T choice) where T : struct, Enum => this[FlagOf(choice)] is not null;

    /// <summary>Whether a sign's unusual value was looked at again.</summary>
    public bool IsConfirmed(VitalSign sign) => this[ConfirmedOf(sign)] is not null;

    /// <summary>Why a sign was not measured; null when nothing is said.</summary>
    public NotMeasured? SkippedOf(VitalSign sign) =>
        this[SkipOf(sign)]?.Split('|', 2) is [var why, var reason] && Typed.Choice<NotMeasuredWhy>(why) is { } known
            ? new NotMeasured(sign, known, Typed.Text(reason))
            : null;

    /// <summary>Says why a sign was not measured; the value typed gives way.</summary>
    public void Skip(VitalSign sign, NotMeasuredWhy why, string? reason)
    {
        this[FieldOf(sign)] = null;
        this[SkipOf(sign)] = $"{why}|{reason}";
    }

    /// <summary>An identity that belongs to this sheet; made once and kept with it.</summary>
    public Guid IdOf(string field)
    {
        if (Guid.TryParse(this[field], out var kept))
        {
            return kept;
        }

        var made = Guid.CreateVersion7();
        this[field] = made.ToString();
        return made;
    }

    /// <summary>Whether anything of the record itself is filled in.</summary>
    public bool HasContent => fields.Keys.Any(k => k is not (StartedAt or EndedAt or MeasuredAt or Identified or VisitIdField or CommandIdField or StartCommandIdField or EndIsAutomatic or Late));

    /// <summary>Takes fields that the browser kept.</summary>
    public void Take(IEnumerable<KeyValuePair<string, string>> kept)
    {
        foreach (var (field, value) in kept)
        {
            this[field] = value;
        }
    }

    /// <summary>The number typed for a sign; null when there is none.</summary>
    public decimal? NumberOf(VitalSign sign) => Typed.Number(this[FieldOf(sign)]);

    /// <summary>What was measured; null when nothing was and nothing is said of it.</summary>
    public Vitals? ToVitals(DateTimeOffset measuredAt)
    {
        var signs = Enum.GetValues<VitalSign>();
        var skipped = signs.Select(SkippedOf).OfType<NotMeasured>().ToList();
        var vitals = new Vitals(measuredAt)
        {
            Temperature = NumberOf(VitalSign.Temperature),
            TemperatureSite = NumberOf(VitalSign.Temperature) is null ? null : Typed.Choice<TemperatureSite>(this["temperatureSite"]),
            Pulse = NumberOf(VitalSign.Pulse),
            PulseRegular = NumberOf(VitalSign.Pulse) is null ? null : Flag("pulseRegular"),
            Respiration = NumberOf(VitalSign.Respiration),
            Ventilated = NumberOf(VitalSign.Respiration) is null ? null : Flag("ventilated"),
            Systolic = NumberOf(VitalSign.Systolic),
            Diastolic = NumberOf(VitalSign.Diastolic),
            Posture = NumberOf(VitalSign.Systolic) is null ? null : Typed.Choice<Posture>(this["posture"]),
            Side = NumberOf(VitalSign.Systolic) is null ? null : Typed.Choice<Side>(this["side"]),
            SpO2 = NumberOf(VitalSign.SpO2),
            Oxygen = NumberOf(VitalSign.OxygenFlow) is { } flow
                ? new Oxygen(flow, Typed.Choice<OxygenDevice>(this["oxygenDevice"]), Typed.Choice<Exertion>(this["oxygenDuring"]))
                : null,
            Glucose = (NumberOf(VitalSign.Glucose), Typed.Choice<MeterReading>(this["glucoseMeter"])) is var (number, meter) && (number is not null || meter is not null)
                ? new Glucose(number, meter, Typed.Choice<GlucoseTiming>(this["glucoseTiming"]))
                : null,
            Weight = NumberOf(VitalSign.Weight),
            Height = NumberOf(VitalSign.Height),
            Pain = NumberOf(VitalSign.Pain),
            Consciousness = Typed.Choice<Acvpu>(this["acvpu"]) is { } level ? new Consciousness(level, int.TryParse(this["jcs"], CultureInfo.InvariantCulture, out var jcs) ? jcs : null) : null,
            Intake = NumberOf(VitalSign.Intake) is { } intake ? new Fluid(intake, Typed.Text(this["intakeRoute"])) : null,
            Output = NumberOf(VitalSign.Output) is { } output ? new Fluid(output, Typed.Text(this["outputRoute"])) : null,
            Stool = NumberOf(VitalSign.Stool) is { } bristol ? new Stool(bristol, Typed.Text(this["stoolAmount"])) : null,
            NotMeasured = skipped is [] ? null : skipped,
            Confirmed = signs.Where(s => IsConfirmed(s) && NumberOf(s) is not null).ToList() is { Count: > 0 } confirmed ? confirmed : null,
        };
        return vitals.IsEmpty ? null : vitals;
    }

    /// <summary>The whole record.</summary>
    /// <param name="visitId">The visit.</param>
    /// <param name="patientId">Whose home.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="endedAt">When it ended.</param>
    public RecordVisit ToCommand(Guid visitId, Guid patientId, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        var note = new VisitNote(Typed.Text(this["subjective"]), Typed.Text(this["objective"]), Typed.Text(this["assessment"]), Typed.Text(this["plan"]));
        return new RecordVisit(visitId, patientId, startedAt, endedAt, Typed.Choice<VisitKind>(this["kind"]) ?? VisitKind.Regular)
        {
            Insurance = Typed.Choice<VisitInsurance>(this["insurance"]),
            Companion = Typed.Text(this["companion"]),
            Vitals = ToVitals(LocalTime.Parse(this[MeasuredAt]) ?? startedAt),
            Note = note.IsEmpty ? null : note,
            SoftSigns = Chosen<SoftSign>(),
            CareGiven = Chosen<CareGiven>(),
            Situation = Typed.Text(this["situation"]),
            MedicinesChecked = Flag("medicinesChecked"),
            NextVisitOn = LocalTime.ParseDay(this["nextVisitOn"]),
            TeamOnly = Flag("teamOnly") == true,
        };
    }

    /// <summary>The field at which an error of the command is shown.</summary>
    public static string FieldOf(string path) => path switch
    {
        "vitals.oxygen.litresPerMinute" => "oxygenFlow",
        "vitals.glucose.milligramsPerDecilitre" or "vitals.glucose" => "glucose",
        "vitals.intake.millilitres" => "intake",
        "vitals.intake.route" => "intakeRoute",
        "vitals.output.millilitres" => "output",
        "vitals.output.route" => "outputRoute",
        "vitals.stool.bristol" => "stool",
        "vitals.stool.amount" => "stoolAmount",
        _ => path[(path.LastIndexOf('.') + 1)..],
    };

    private List<T>? Chosen<T>() where T : struct, Enum => Enum.GetValues<T>().Where(Has).ToList() is { Count: > 0 } chosen ? chosen : null;

    private bool? Flag(string field) => this[field] switch { "true" => true, "false" => false, _ => null };
}
