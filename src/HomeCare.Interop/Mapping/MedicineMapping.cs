using HomeCare.Medicines;

namespace HomeCare.Interop;

/// <summary>What a medicine is called, from a CodeableConcept or a Medication.</summary>
/// <param name="Name">As written; of a mixture its parts with 「＋」 between them.</param>
/// <param name="Codes">Codes of the medicine, or of its parts.</param>
internal sealed record MedicineName(string Name, IReadOnlyList<Code>? Codes)
{
    public static MedicineName? Of(Concept concept) => concept.Words is { } words ? new MedicineName(words, concept.Kept) : null;

    /// <summary>Of a Medication; null when it names nothing.</summary>
    public static MedicineName? Of(Element medication)
    {
        if (Of(medication.Concept("code")) is { } whole)
        {
            return whole;
        }

        var parts = new List<(string Name, IReadOnlyList<Code> Codes)>();
        foreach (var ingredient in medication.Each("ingredient"))
        {
            var item = ingredient.Concept("itemCodeableConcept");
            if (item.Words is { } words)
            {
                var strength = ingredient.Get("strength");
                var amount = strength.Exists ? Quantities.Ratio(strength) : null;
                parts.Add((amount is null ? words : $"{words} {amount}", item.Codings));
            }
        }

        return parts.Count == 0 ? null : new MedicineName(string.Join(" ＋ ", parts.Select(p => p.Name)), [.. parts.SelectMany(p => p.Codes).Take(10)]);
    }
}

/// <summary>MedicationRequest → <see cref="RecordMedicine"/>.</summary>
internal static class MedicineMapping
{
    private const string Extensions = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/";

    /// <param name="r">The prescription line.</param>
    /// <param name="used">Takes the Medication it refers to, if it is one of these files.</param>
    public static ImportedResource Map(ResourceReading r, Action<ResourceId> used)
    {
        var root = r.Root;
        var (patient, there) = r.Patient("subject");
        var intent = root.Text("intent");
        if (intent is not ("order" or "original-order" or "reflex-order" or "filler-order" or "instance-order"))
        {
            throw new NotTaken("medicine.no_order", intent ?? "—");
        }

        if (root.Flag("doNotPerform") == true)
        {
            throw new NotTaken("medicine.not_to_give");
        }

        var written = root.Text("status");
        var status = written switch
        {
            "active" => PrescriptionStatus.Active,
            "completed" => PrescriptionStatus.Completed,
            "stopped" or "cancelled" => PrescriptionStatus.Stopped,
            "on-hold" => PrescriptionStatus.OnHold,
            "entered-in-error" => PrescriptionStatus.EnteredInError,
            _ => throw new NotTaken("status.not_taken", written ?? "—"),
        };
        var name = Name(r, used);
        var dosages = root.Each("dosageInstruction").OrderBy(d => Element.Of(d.Json).Number("sequence") ?? 0).ToList();
        foreach (var dosage in dosages)
        {
            dosage.Pass("sequence");
        }

        var (start, days) = Period(r, dosages);
        var dispense = root.Get("dispenseRequest");
        var supplied = dispense.Get("expectedSupplyDuration") is { Exists: true } supply ? Quantities.Days(supply) : null;
        days ??= supplied;
        var texts = dosages.Select(d => Dosage.Words(d)).OfType<string>().ToList();
        if (r.Annotations() is { } words)
        {
            texts.Add(words);
        }

        var route = dosages.Select(d => d.Concept("route").Words).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var quantity = dispense.Get("quantity") is { Exists: true } amount ? Quantities.Words(amount) : null;
        var prescriber = root.Get("requester") is { Exists: true } requester ? r.NameOf(requester) : null;
        var prescription = new Prescription(
            name.Name, name.Codes, texts.Count == 0 ? null : string.Join(" ／ ", texts), route.Count == 0 ? null : string.Join("、", route),
            start, days, quantity, prescriber, status);
        return r.Take(new RecordMedicine(r.Here, patient, prescription, r.Source))
            with { PatientId = patient, Patient = there, OnlyIfKnown = written is "entered-in-error" or "cancelled" };
    }

    private static MedicineName Name(ResourceReading r, Action<ResourceId> used)
    {
        var root = r.Root;
        if (MedicineName.Of(root.Concept("medicationCodeableConcept")) is { } told)
        {
            return told;
        }

        if (root.Get("medicationReference") is not { Exists: true } reference)
        {
            throw new NotTaken("medicine.nameless");
        }

        var (id, contained, display) = r.Follow(reference);
        if (contained.Exists)
        {
            contained.Pass("status");
            return MedicineName.Of(contained) ?? throw new NotTaken("medicine.nameless");
        }

        if (id is { } medication && r.Index.MedicineOf(medication) is { } named)
        {
            used(medication);
            return named;
        }

        return display is not null ? new MedicineName(display, null) : throw new NotTaken("reference.not_here", id?.ToString() ?? "—");
    }

    /// <summary>First day and number of days: JP Core's period of use and duration of use, else the bounds of the timing, else the day of writing.</summary>
    private static (DateOnly Start, int? Days) Period(ResourceReading r, IReadOnlyList<Element> dosages)
    {
        DateOnly? start = null;
        DateOnly? end = null;
        int? days = null;
        foreach (var dosage in dosages)
        {
            var repeat = dosage.Get("timing").Get("repeat");
            foreach (var period in new[]
                     {
                         dosage.Extension(Extensions + "JP_MedicationDosage_PeriodOfUse") is { Exists: true } use ? use.Get("valuePeriod") : default,
                         repeat.Exists ? repeat.Get("boundsPeriod") : default,
                     })
            {
                if (period.Exists)
                {
                    start = Earlier(start, r.Day(period.Text("start"), "dosageInstruction", ahead: true));
                    end = Later(end, FhirTime.Parse(period.Text("end"))?.Day);
                }
            }

            foreach (var duration in new[]
                     {
                         dosage.Extension(Extensions + "JP_MedicationDosage_UsageDuration") is { Exists: true } use ? use.Get("valueDuration") : default,
                         repeat.Exists ? repeat.Get("boundsDuration") : default,
                     })
            {
                if (duration.Exists && Quantities.Days(duration) is { } told)
                {
                    days = Math.Max(days ?? 0, told);
                }
            }
        }

        var authored = r.Root.Text("authoredOn");
        start ??= r.Day(authored, "authoredOn") ?? throw new NotTaken("medicine.no_start");
        if (days is null && end is { } last && last >= start)
        {
            days = last.DayNumber - start.Value.DayNumber + 1;
        }

        return (start.Value, days is > 3650 ? null : days);

        static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other ?? one : one;

        static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;
    }
}
