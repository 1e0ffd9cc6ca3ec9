using HomeCare.Patients;

namespace HomeCare.Interop;

/// <summary>AllergyIntolerance → <see cref="RecordAllergy"/>.</summary>
internal static class AllergyMapping
{
    /// <summary>Codes that say that no allergy is known (SNOMED CT; HL7 IPS absent-unknown): not an allergy.</summary>
    private static readonly string[] NoneKnown =
    [
        "716186003", "409137002", "429625007", "428607008", "716184000", "716220001",
        "no-allergy-info", "no-known-allergies", "no-known-medication-allergies", "no-known-environmental-allergies", "no-known-food-allergies",
    ];

    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        var (patient, there) = r.Patient("patient");
        var code = root.Concept("code");
        var substance = code.Words ?? root.Each("reaction").Select(x => x.Concept("substance").Words).OfType<string>().FirstOrDefault();
        if (substance is null)
        {
            throw new NotTaken("allergy.nameless");
        }

        if (code.HasCode(NoneKnown))
        {
            throw new NotTaken("allergy.none_known");
        }

        var (clinical, verification) = (root.Concept("clinicalStatus"), root.Concept("verificationStatus"));
        var inError = verification.HasCode("entered-in-error");
        var status = inError ? AllergyStatus.EnteredInError
            : verification.HasCode("refuted") || clinical.HasCode("inactive", "resolved") ? AllergyStatus.Resolved
            : AllergyStatus.Active;
        var categories = root.Texts("category");
        var kind = categories.Contains("medication") ? AllergyKind.Medicine : categories.Contains("food") ? AllergyKind.Food : AllergyKind.Other;
        var noted = r.Day(root.Text("onsetDateTime"), "onsetDateTime") ?? r.Day(root.Text("recordedDate"), "recordedDate");
        var allergy = new Allergy(substance, code.Kept, kind, Severity(root), Reaction(r, verification), status, noted);
        return r.Take(new RecordAllergy(patient, r.Here, allergy, r.Source)) with { PatientId = patient, Patient = there, OnlyIfKnown = inError };
    }

    /// <summary>The gravest of its reactions.</summary>
    private static AllergySeverity? Severity(Element root) =>
        root.Each("reaction").Select(x => x.Text("severity")).Select(s => s switch
        {
            "mild" => AllergySeverity.Mild,
            "moderate" => AllergySeverity.Moderate,
            "severe" => AllergySeverity.Severe,
            _ => (AllergySeverity?)null,
        }).Max();

    private static string? Reaction(ResourceReading r, Concept verification)
    {
        var root = r.Root;
        var parts = new List<string>();
        if (verification.HasCode("unconfirmed", "presumed"))
        {
            parts.Add("未確認");
        }

        foreach (var reaction in root.Each("reaction"))
        {
            parts.AddRange(reaction.Concepts("manifestation").Select(m => m.Words).OfType<string>());
            if (reaction.Text("description") is { } description)
            {
                parts.Add(description);
            }
        }

        // How grave a reaction could become is not how grave one was.
        if (root.Text("criticality") is { } criticality)
        {
            parts.Add(criticality switch { "high" => "重篤化のおそれ：高", "low" => "重篤化のおそれ：低", _ => "重篤化のおそれ：評価できず" });
        }

        if (root.Text("type") is { } type)
        {
            parts.Add(type == "intolerance" ? "不耐症" : "アレルギー");
        }

        if (r.Annotations() is { } words)
        {
            parts.Add(words);
        }

        return parts.Count == 0 ? null : string.Join("、", parts);
    }
}
