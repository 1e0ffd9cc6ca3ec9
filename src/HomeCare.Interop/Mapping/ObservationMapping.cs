using System.Globalization;
using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>Observation → <see cref="RecordVitals"/>: vital signs and body measurements, by every coding and category, components included.</summary>
internal static class ObservationMapping
{
    /// <summary>Why a record is marked as entered in error when its source takes it back; staff read it on the record.</summary>
    public const string TakenBack = "送信元による取消";

    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        var code = root.Concept("code");
        var categories = root.Concepts("category").SelectMany(c => c.Codings).Select(c => c.Value).ToList();
        var (own, whole) = (SignCodes.Of(code), SignCodes.PressureOf(code));
        var components = root.Each("component").Select(c => (Element: c, Code: SignCodes.Of(Element.Of(c.Json).Concept("code")))).ToList();
        if (own is null && components.All(c => c.Code is null))
        {
            throw whole is not null || categories.Count == 0 || categories.Exists(c => c is "vital-signs" or "body-measurement")
                ? new NotTaken("observation.code_unknown", code.Shown)
                : new NotTaken("observation.category", string.Join(", ", categories));
        }

        if (categories.Contains("laboratory") && !categories.Exists(c => c is "vital-signs" or "body-measurement"))
        {
            throw new NotTaken("observation.category", string.Join(", ", categories));
        }

        root.Pass("issued");
        var (patient, patientThere) = r.Patient("subject");
        var status = root.Text("status");
        if (status == "entered-in-error")
        {
            return r.Take(new EnterVitalsInError(r.Here, TakenBack)) with { PatientId = patient, Patient = patientThere, OnlyIfKnown = true, NotKept = [] };
        }

        if (!Takeable(status))
        {
            throw new NotTaken("status.not_taken", status ?? "—");
        }

        var found = new Found(r);
        if (own is not null)
        {
            found.Read(own, root);
        }

        foreach (var (component, sign) in components)
        {
            if (sign is not null)
            {
                component.Pass("code");
                found.Read(sign, component);
            }
        }

        var measuredAt = MeasuredAt(r);
        var partner = r.Index.PartnerOf(r.Id);
        if (partner is { } other && found.Values.ContainsKey(VitalSign.Diastolic) && found.Values.Count == 1)
        {
            // Recorded with its systolic pressure, as one reading.
            root.Pass("performer");
            return r.TakeWithAnother() with { PatientId = patient, Patient = patientThere };
        }

        if (partner is { } diastolic && found.Values.ContainsKey(VitalSign.Systolic))
        {
            found.Values[VitalSign.Diastolic] = diastolic.Pressure.Value;
        }

        if (found.Values.TryGetValue(VitalSign.Diastolic, out var low))
        {
            if (!found.Values.TryGetValue(VitalSign.Systolic, out var high))
            {
                throw new NotTaken("observation.diastolic_alone");
            }

            if (high <= low)
            {
                throw new NotTaken("vitals.systolic_not_above_diastolic");
            }
        }

        var vitals = found.Vitals(measuredAt, whole);
        if (vitals.IsEmpty)
        {
            throw new NotTaken("observation.no_value");
        }

        var performers = string.Join("、", r.Names(root.Each("performer")));
        var comment = r.Annotations();
        if (comment?.Length > 1000)
        {
            throw new NotTaken("field.too_long", "note", 1000);
        }

        return r.Take(new RecordVitals(
            r.Here, patient, vitals, Comment: comment, Source: r.Source, MeasuredBy: performers.Length is > 0 and <= 100 ? performers : null))
            with { PatientId = patient, Patient = patientThere };
    }

    /// <summary>A systolic or diastolic pressure alone in its Observation, which has to be brought together with the other; null for all else.</summary>
    public static Pressure? PressureOf(Element root)
    {
        try
        {
            return Takeable(root.Text("status"))
                && SignCodes.Of(root.Concept("code")) is { Sign: VitalSign.Systolic or VitalSign.Diastolic } code
                && !root.Has("component")
                && root.Get("subject").Text("reference") is { } patient
                && FhirTime.Parse(root.Text("effectiveDateTime") ?? root.Text("effectiveInstant")) is { At: { } at }
                && Value(code.Sign, root, null) is { } value
                ? new Pressure(patient, at, code.Sign, value)
                : null;
        }
        catch (NotTaken)
        {
            // It is told when the Observation itself is mapped.
            return null;
        }
    }

    private static bool Takeable(string? status) => status is "final" or "amended" or "corrected";

    private static DateTimeOffset MeasuredAt(ResourceReading r)
    {
        var root = r.Root;
        if ((root.Text("effectiveDateTime") ?? root.Text("effectiveInstant")) is { } at)
        {
            return r.Instant(at);
        }

        if (root.Get("effectivePeriod") is { Exists: true } period && period.Text("start") is { } start)
        {
            var begun = r.Instant(start);
            var ended = FhirTime.Parse(period.Text("end"))?.At;
            return ended is null || ended - begun <= TimeSpan.FromHours(1) ? begun : throw new NotTaken("observation.over_a_period");
        }

        throw new NotTaken("observation.no_time");
    }

    /// <summary>The value in our unit and step; null when there is none.</summary>
    /// <exception cref="NotTaken">It cannot be, or its unit does not fit.</exception>
    private static decimal? Value(VitalSign sign, Element holder, ResourceReading? r)
    {
        if (holder.Get("valueQuantity") is not { Exists: true } quantity)
        {
            return holder.Number("valueInteger") is { } integer ? Checked(sign, integer, false, r) : null;
        }

        if (quantity.Text("comparator") is { } comparator)
        {
            throw new NotTaken("observation.comparator", sign, comparator);
        }

        if (quantity.Number("value") is not { } value)
        {
            return null;
        }

        var (unit, code, system) = (quantity.Text("unit"), quantity.Text("code"), quantity.Text("system"));
        var (converted, changed) = Units.Convert(sign, value, unit, code, system)
            ?? throw new NotTaken("observation.unit", sign, unit ?? code ?? "—");
        return Checked(sign, converted, changed, r);
    }

    private static decimal Checked(VitalSign sign, decimal value, bool converted, ResourceReading? r)
    {
        var rule = VitalSignTable.Of(sign);
        var rounded = Math.Abs(value) > 1_000_000 ? value : Units.Round(sign, value);
        if (!rule.Possible.Contains(value) || !rule.Possible.Contains(rounded))
        {
            throw new NotTaken("observation.impossible", sign, rule.Possible.Low ?? 0, rule.Possible.High ?? 0, rule.Unit)
            {
                Detail = value.ToString("0.####", CultureInfo.InvariantCulture),
            };
        }

        if (converted)
        {
            r?.Note("value.converted", sign, rule.Unit);
        }

        if (rounded != value)
        {
            r?.Note("value.rounded", sign, rule.Step, rule.Unit);
        }

        return rounded;
    }

    /// <summary>What one Observation says, brought together.</summary>
    private sealed class Found(ResourceReading r)
    {
        private readonly List<NotMeasured> notMeasured = [];
        private SignCode? how;

        public Dictionary<VitalSign, decimal> Values { get; } = [];

        public void Read(SignCode code, Element holder)
        {
            if (code.Sign is VitalSign.Temperature or VitalSign.Systolic || how is null)
            {
                how = code;
            }

            if (Value(code.Sign, holder, r) is { } value)
            {
                if (Values.TryGetValue(code.Sign, out var other) && other != value)
                {
                    throw new NotTaken("observation.two_values", code.Sign);
                }

                Values[code.Sign] = value;
            }
            else if (holder.Concept("dataAbsentReason") is { Codings.Count: > 0 } absent)
            {
                if (absent.HasCode("asked-declined"))
                {
                    notMeasured.Add(new NotMeasured(code.Sign, NotMeasuredWhy.Declined, Reason(absent)));
                }
                else if (absent.HasCode("not-performed", "error"))
                {
                    notMeasured.Add(new NotMeasured(code.Sign, NotMeasuredWhy.CouldNotMeasure, Reason(absent)));
                }
            }
        }

        public Vitals Vitals(DateTimeOffset measuredAt, SignCode? whole)
        {
            var vitals = new Vitals(measuredAt);
            foreach (var (sign, value) in Values)
            {
                vitals = sign switch
                {
                    VitalSign.Temperature => vitals with { Temperature = value, TemperatureSite = how?.Site ?? BodySites.TemperatureSite(r.Root.Concept("bodySite")) },
                    VitalSign.Pulse => vitals with { Pulse = value },
                    VitalSign.Respiration => vitals with { Respiration = value },
                    VitalSign.Systolic => vitals with
                    {
                        Systolic = value,
                        Posture = how?.Posture ?? whole?.Posture,
                        Side = how?.Side ?? whole?.Side ?? BodySites.Side(r.Root.Concept("bodySite")),
                    },
                    VitalSign.Diastolic => vitals with { Diastolic = value },
                    VitalSign.SpO2 => vitals with { SpO2 = value },
                    VitalSign.OxygenFlow => vitals with { Oxygen = new Oxygen(value) },
                    VitalSign.Glucose => vitals with { Glucose = new Glucose(value) },
                    VitalSign.Weight => vitals with { Weight = value },
                    VitalSign.Height => vitals with { Height = value },
                    VitalSign.Pain => vitals with { Pain = value },
                    _ => throw new InvalidOperationException($"No code is read as {sign}."),
                };
            }

            // The source has let an unusual value stand; nobody here can be asked to look again.
            var unusual = Values.Where(v => VitalSignTable.Of(v.Key).Usual is { } usual && !usual.Contains(v.Value)).Select(v => v.Key).Order().ToList();
            return vitals with { Confirmed = unusual.Count > 0 ? unusual : null, NotMeasured = notMeasured.Count > 0 ? notMeasured : null };
        }

        private static string? Reason(Concept absent) => absent.Text is { Length: <= 200 } text ? text : null;
    }
}

/// <summary>Where on the body something was measured (SNOMED CT body structures, and Japanese words).</summary>
internal static class BodySites
{
    public static TemperatureSite? TemperatureSite(Concept site) =>
        site.HasCode("91470000", "34797008") || Says(site, "腋窩", "腋下") ? VitalSigns.TemperatureSite.Axilla
        : site.HasCode("74262004", "123851003") || Says(site, "口腔") ? VitalSigns.TemperatureSite.Oral
        : site.HasCode("42859004", "117590005", "25342003") || Says(site, "鼓膜", "耳") ? VitalSigns.TemperatureSite.Ear
        : site.HasCode("34402009") || Says(site, "直腸") ? VitalSigns.TemperatureSite.Rectal
        : site.HasCode("52795006") || Says(site, "前額", "額") ? VitalSigns.TemperatureSite.Forehead
        : null;

    public static Side? Side(Concept site) =>
        site.HasCode("368209003") || Says(site, "右上腕", "右腕", "右上肢") ? VitalSigns.Side.Right
        : site.HasCode("368208006") || Says(site, "左上腕", "左腕", "左上肢") ? VitalSigns.Side.Left
        : null;

    private static bool Says(Concept site, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (site.Words?.Contains(word, StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }
}
