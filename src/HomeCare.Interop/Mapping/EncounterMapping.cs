using HomeCare.Encounters;

namespace HomeCare.Interop;

/// <summary>Encounter → <see cref="RecordEncounter"/>.</summary>
internal static class EncounterMapping
{
    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        var (patient, there) = r.Patient("subject");
        var status = root.Text("status");
        if (status is not ("finished" or "in-progress" or "arrived" or "triaged" or "onleave"))
        {
            throw new NotTaken("status.not_taken", status ?? "—");
        }

        var period = root.Get("period");
        if (period.Text("start") is not { } begin)
        {
            throw new NotTaken("encounter.no_time");
        }

        var start = r.Instant(begin);
        DateTimeOffset? end = null;
        if (period.Text("end") is { } written)
        {
            if (FhirTime.Parse(written)?.At is { } at)
            {
                end = at >= start ? at : throw new NotTaken("time.ends_before_start");
            }
            else
            {
                r.Note("date.partial", "period.end");
            }
        }

        var kind = (root.Get("class") is { Exists: true } coding ? coding.AsCode()?.Value : null) switch
        {
            "AMB" => EncounterKind.Ambulatory,
            "EMER" => EncounterKind.Emergency,
            "IMP" or "ACUTE" or "NONAC" => EncounterKind.Inpatient,
            "HH" => EncounterKind.Home,
            "VR" => EncounterKind.Virtual,
            _ => EncounterKind.Other,
        };
        var provider = root.Get("serviceProvider") is { Exists: true } organisation ? r.NameOf(organisation) : null;
        var participants = r.Names(root.Each("participant").Select(p => p.Get("individual")).Where(p => p.Exists));
        var reasons = root.Concepts("reasonCode").Concat(root.Concepts("type")).Select(c => c.Words).OfType<string>().ToList();
        var encounter = new Encounter(
            kind, start, end, provider, participants.Count == 0 ? null : [.. participants.Take(20)], reasons.Count == 0 ? null : string.Join("、", reasons));
        return r.Take(new RecordEncounter(r.Here, patient, encounter, r.Source)) with { PatientId = patient, Patient = there };
    }
}
