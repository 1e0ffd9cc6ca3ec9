using System.Collections.Frozen;
using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>What a code says was measured, and how.</summary>
internal sealed record SignCode(VitalSign Sign, TemperatureSite? Site = null, Posture? Posture = null, Side? Side = null);

/// <summary>The codes of vital signs and body measurements.</summary>
/// <remarks>
/// Sources: LOINC (FHIR R4 vital signs profiles, table "Vital Signs"); MEDIS 看護実践用語標準マスター 看護観察編, as JP Core lists it in
/// JP_ObservationVitalSignsCode_CS and JP_ObservationBodyMeasurementCode_CS; JLAC10 items of the specific health checkup (特定健診);
/// SNOMED CT. Codes of a leg, of an artery, of a foetus and of the lungs' circulation are left out on purpose: they are other signs.
/// </remarks>
internal static class SignCodes
{
    private const string Loinc = "http://loinc.org";
    private const string Snomed = "http://snomed.info/sct";

    private static readonly string[] Medis =
    [
        "urn:oid:1.2.392.200119.4.804",
        "http://medis.or.jp/CodeSystem/master-nursingObservationKeyCode",
        "http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationVitalSignsCode_CS",
        "http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationBodyMeasurementCode_CS",
    ];

    private static readonly string[] Jlac10 = ["urn:oid:1.2.392.200119.4.504", "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"];

    private static readonly FrozenDictionary<(string System, string Value), SignCode> Signs = MakeSigns().ToFrozenDictionary();

    /// <summary>Codes of a blood pressure as a whole; the numbers are in its components.</summary>
    private static readonly FrozenDictionary<(string System, string Value), SignCode> Pressures = MakePressures().ToFrozenDictionary();

    /// <summary>What the codings say; null when none of them is known. An unknown coding beside a known one (a local code) does not matter.</summary>
    /// <exception cref="NotTaken">Two known codings say different things.</exception>
    public static SignCode? Of(Concept concept)
    {
        SignCode? found = null;
        foreach (var coding in concept.Codings)
        {
            if (!Signs.TryGetValue((coding.System, coding.Value), out var sign))
            {
                continue;
            }

            if (found is not null && found.Sign != sign.Sign)
            {
                throw new NotTaken("observation.codes_contradict", concept.Shown);
            }

            // Of a general and a special code for the same sign, both hold.
            found = found is null ? sign : new SignCode(sign.Sign, found.Site ?? sign.Site, found.Posture ?? sign.Posture, found.Side ?? sign.Side);
        }

        return found;
    }

    /// <summary>How a blood pressure as a whole was taken; null when the codings are of something else.</summary>
    public static SignCode? PressureOf(Concept concept) =>
        concept.Codings.Select(c => Pressures.GetValueOrDefault((c.System, c.Value))).FirstOrDefault(p => p is not null);

    private static Dictionary<(string, string), SignCode> MakeSigns()
    {
        var signs = new Dictionary<(string, string), SignCode>();
        void Add(IEnumerable<string> systems, SignCode sign, params ReadOnlySpan<string> codes)
        {
            foreach (var system in systems)
            {
                foreach (var code in codes)
                {
                    signs.Add((system, code), sign);
                }
            }
        }

        void Pressure(IEnumerable<string> systems, string systolic, string diastolic, Posture? posture = null, Side? side = null)
        {
            Add(systems, new SignCode(VitalSign.Systolic, null, posture, side), systolic);
            Add(systems, new SignCode(VitalSign.Diastolic, null, posture, side), diastolic);
        }

        string[] loinc = [Loinc], snomed = [Snomed];
        Add(loinc, new SignCode(VitalSign.Temperature), "8310-5");
        Add(loinc, new SignCode(VitalSign.Temperature, TemperatureSite.Axilla), "8328-7");
        Add(loinc, new SignCode(VitalSign.Temperature, TemperatureSite.Oral), "8331-1");
        Add(loinc, new SignCode(VitalSign.Temperature, TemperatureSite.Rectal), "8332-9");
        Add(loinc, new SignCode(VitalSign.Temperature, TemperatureSite.Ear), "8333-7");
        Add(loinc, new SignCode(VitalSign.Pulse), "8867-4", "8893-0", "8889-8");
        Add(loinc, new SignCode(VitalSign.Respiration), "9279-1");
        Pressure(loinc, "8480-6", "8462-4");
        Pressure(loinc, "8459-0", "8453-3", Posture.Sitting);
        Pressure(loinc, "8460-8", "8454-1", Posture.Standing);
        Pressure(loinc, "8461-6", "8455-8", Posture.Lying);
        Add(loinc, new SignCode(VitalSign.SpO2), "59408-5", "2708-6");
        Add(loinc, new SignCode(VitalSign.OxygenFlow), "3151-8");
        Add(loinc, new SignCode(VitalSign.Glucose), "41653-7", "2339-0");
        Add(loinc, new SignCode(VitalSign.Weight), "29463-7", "3141-9");
        Add(loinc, new SignCode(VitalSign.Height), "8302-2", "3137-7", "8306-3");
        Add(loinc, new SignCode(VitalSign.Pain), "72514-3", "38208-5");

        Add(Medis, new SignCode(VitalSign.Temperature), "31001368");
        Add(Medis, new SignCode(VitalSign.Temperature, TemperatureSite.Rectal), "31002883");
        Add(Medis, new SignCode(VitalSign.Temperature, TemperatureSite.Oral), "31002884");
        Add(Medis, new SignCode(VitalSign.Temperature, TemperatureSite.Axilla), "31002887");
        Add(Medis, new SignCode(VitalSign.Temperature, TemperatureSite.Ear), "31002889");
        Add(Medis, new SignCode(VitalSign.Pulse), "31001390", "31000595");
        Add(Medis, new SignCode(VitalSign.Respiration), "31001369");
        Add(Medis, new SignCode(VitalSign.SpO2), "31000001");
        Pressure(Medis, "31001848", "31001849");
        Pressure(Medis, "31006129", "31006130", side: Side.Left);
        Pressure(Medis, "31006131", "31006132", side: Side.Right);
        Pressure(Medis, "31006135", "31006136");
        Pressure(Medis, "31006139", "31006140", Posture.Standing);
        Pressure(Medis, "31006141", "31006142", Posture.Sitting);
        Pressure(Medis, "31006143", "31006144", Posture.Lying);
        Add(Medis, new SignCode(VitalSign.Weight), "31000296", "31000297");
        Add(Medis, new SignCode(VitalSign.Height), "31000298");

        Pressure(Jlac10, "9A751000000000001", "9A761000000000001");
        Pressure(Jlac10, "9A752000000000001", "9A762000000000001");
        Pressure(Jlac10, "9A755000000000001", "9A765000000000001");
        Add(Jlac10, new SignCode(VitalSign.Height), "9N001000000000001");
        Add(Jlac10, new SignCode(VitalSign.Weight), "9N006000000000001");

        Add(snomed, new SignCode(VitalSign.Temperature), "386725007");
        Add(snomed, new SignCode(VitalSign.Pulse), "364075005", "78564009");
        Add(snomed, new SignCode(VitalSign.Respiration), "86290005");
        Pressure(snomed, "271649006", "271650006");
        Add(snomed, new SignCode(VitalSign.SpO2), "431314004");
        Add(snomed, new SignCode(VitalSign.Weight), "27113001");
        Add(snomed, new SignCode(VitalSign.Height), "50373000");
        return signs;
    }

    private static Dictionary<(string, string), SignCode> MakePressures()
    {
        var whole = new Dictionary<(string, string), SignCode>
        {
            [(Loinc, "85354-9")] = new(VitalSign.Systolic),
            [(Loinc, "55284-4")] = new(VitalSign.Systolic),
            [(Snomed, "75367002")] = new(VitalSign.Systolic),
        };
        foreach (var system in Medis)
        {
            whole[(system, "31002365")] = new(VitalSign.Systolic);
            whole[(system, "31002370")] = new(VitalSign.Systolic);
            whole[(system, "31002368")] = new(VitalSign.Systolic, Side: Side.Left);
            whole[(system, "31002369")] = new(VitalSign.Systolic, Side: Side.Right);
            whole[(system, "31006466")] = new(VitalSign.Systolic, Posture: Posture.Standing);
            whole[(system, "31006467")] = new(VitalSign.Systolic, Posture: Posture.Sitting);
            whole[(system, "31006468")] = new(VitalSign.Systolic, Posture: Posture.Lying);
        }

        return whole;
    }
}
