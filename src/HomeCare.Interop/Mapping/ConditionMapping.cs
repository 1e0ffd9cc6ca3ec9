using HomeCare.Patients;

namespace HomeCare.Interop;

/// <summary>Condition → <see cref="RecordCondition"/>.</summary>
internal static class ConditionMapping
{
    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        var (patient, there) = r.Patient("subject");
        var code = root.Concept("code");
        if (code.Words is not { } words)
        {
            throw new NotTaken("condition.nameless");
        }

        var (clinical, verification) = (root.Concept("clinicalStatus"), root.Concept("verificationStatus"));
        if (verification.HasCode("refuted"))
        {
            throw new NotTaken("condition.refuted");
        }

        var inError = verification.HasCode("entered-in-error");
        // In Japan an unconfirmed diagnosis carries 疑い in its name; nobody may take it for a confirmed one.
        var doubtful = verification.HasCode("unconfirmed", "provisional", "differential");
        var status = inError ? ConditionStatus.EnteredInError
            : clinical.HasCode("inactive", "remission", "resolved") ? ConditionStatus.Resolved
            : clinical.Codings.Count == 0 && (root.Has("abatementDateTime") || root.Has("abatementPeriod")) ? ConditionStatus.Resolved
            : ConditionStatus.Active;
        var onset = r.Day(root.Text("onsetDateTime") ?? root.Get("onsetPeriod").Text("start"), "onset");
        var condition = new Condition(doubtful ? $"{words}（疑い）" : words, code.Kept, status, onset, Note(r));
        return r.Take(new RecordCondition(patient, r.Here, condition, r.Source)) with { PatientId = patient, Patient = there, OnlyIfKnown = inError };
    }

    private static string? Note(ResourceReading r)
    {
        var root = r.Root;
        var parts = new List<string>();
        void Add(string label, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                parts.Add($"{label}：{text}");
            }
        }

        Add("重症度", root.Concept("severity").Words);
        Add("部位", string.Join("、", root.Concepts("bodySite").Select(s => s.Words).OfType<string>()));
        if (root.Get("onsetAge") is { Exists: true } age && age.Number("value") is { } years && age.Text("code") is "a" or null)
        {
            age.Pass("unit", "system");
            Add("発症", $"{years:0.#}歳");
        }

        Add("発症", root.Text("onsetString"));
        Add("根拠", string.Join("、", root.Each("evidence").SelectMany(e => e.Concepts("code")).Select(c => c.Words).OfType<string>()));
        if (r.Annotations() is { } words)
        {
            parts.Add(words);
        }

        return parts.Count == 0 ? null : string.Join('\n', parts);
    }
}
