using System.Text.Json;
using HomeCare.CareTeams;
using HomeCare.Encounters;
using HomeCare.EventStore;
using HomeCare.Medicines;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.VitalSigns;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Interop;

/// <summary>Hands what was read to the care, resource by resource, and keeps count.</summary>
/// <param name="care">The one way to write.</param>
/// <param name="store">Read only: what came from this source before.</param>
/// <param name="import">What was read; every file has been added.</param>
/// <param name="team">People who join the care team of everybody imported, so that somebody sees them.</param>
public sealed class ImportRun(Care care, Store store, FhirImport import, IReadOnlyList<Guid> team)
{
    /// <summary>Resources that are worked on together.</summary>
    private const int Together = 64;

    /// <summary>Streams that are written at the same time.</summary>
    private const int AtOnce = 8;

    private readonly Actor by = Actor.Importing(import.Options.TenantId, import.Options.Source);
    private readonly string run = Guid.CreateVersion7().ToString();
    private readonly HashSet<Guid> refusedPatients = [];
    private long before;

    /// <summary>Takes over everything that was read.</summary>
    public async Task<ImportReport> RunAsync(CancellationToken ct = default)
    {
        var report = new ImportReport(import.Counts);
        foreach (var missing in import.Missing())
        {
            if (await NameFromBeforeAsync(missing, ct) is { } name)
            {
                import.Name(missing, name);
            }
        }

        // What is referred to comes first; a chunk never mixes it with what refers to it.
        before = await store.HeadAsync(ct);
        var chunk = new List<ImportedResource>(Together);
        foreach (var resource in import.Resources())
        {
            if (chunk.Count == Together || (chunk.Count > 0 && Rank(chunk[0]) != Rank(resource)))
            {
                await TakeAsync(chunk, report, ct);
                chunk.Clear();
            }

            chunk.Add(resource);
        }

        await TakeAsync(chunk, report, ct);
        return report;
    }

    private static int Rank(ImportedResource resource) => resource.Resource.Type switch
    {
        "Organization" => 0,
        "Practitioner" => 1,
        "PractitionerRole" => 2,
        "Patient" => 3,
        _ => 4,
    };

    private async Task TakeAsync(List<ImportedResource> chunk, ImportReport report, CancellationToken ct)
    {
        // What goes to one stream goes in order; the rest side by side.
        var streams = chunk.Select((resource, index) => (resource, index))
            .GroupBy(r => r.resource.Commands.Count > 0 ? SubjectOf(r.resource.Commands[0]).Stream : r.resource.Resource.ToString(), StringComparer.Ordinal);
        var results = new Result[chunk.Count];
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (stream, token) =>
        {
            foreach (var (resource, index) in stream)
            {
                results[index] = await TakeAsync(resource, token);
            }
        });
        for (var i = 0; i < chunk.Count; i++)
        {
            if (chunk[i].Resource.Type == "Patient" && results[i].Refusal is not null)
            {
                refusedPatients.Add(import.Options.IdOf(chunk[i].Resource));
            }

            report.Add(chunk[i], results[i]);
        }
    }

    private async Task<Result> TakeAsync(ImportedResource resource, CancellationToken ct)
    {
        if (resource.NotTaken || resource.Commands.Count == 0)
        {
            return new Result(resource.Findings.FirstOrDefault(f => f.NotTaken), 0);
        }

        // What belongs to a person who was refused must not end up with the one who has that identifier here.
        if (resource.Resource.Type != "Patient" && resource.PatientId is { } patient && refusedPatients.Contains(patient))
        {
            return Refused(resource, "patient.refused", resource.Patient?.ToString() ?? "");
        }

        if (resource.OnlyIfKnown && !await IsKnownAsync(resource.Commands[0], ct))
        {
            return Refused(resource, "resource.taken_back");
        }

        var written = 0;
        foreach (var command in resource.Commands)
        {
            switch (await SendAsync(command, ct))
            {
                case Outcome.Done { Repeated: false } done when done.Receipt.Sequence > before:
                    written++;
                    break;
                case Outcome.Done:
                    break;
                case Outcome.Invalid invalid:
                    return Refused(resource, invalid.Errors[0].Key, [invalid.Errors[0].Field, .. invalid.Errors[0].Arguments]);
                case Outcome.Refused { Key: "patient.unknown" }:
                    return Refused(resource, "reference.not_here", resource.Patient?.ToString() ?? "Patient");
                case Outcome.Refused refused:
                    return Refused(resource, refused.Key);
            }
        }

        if (resource.Resource.Type == "Patient" && resource.PatientId is { } registered)
        {
            foreach (var person in team)
            {
                var joined = await SendAsync(new JoinCareTeam(registered, person), ct);
                if (joined is Outcome.Refused or Outcome.Invalid)
                {
                    return new Result(null, written) { TeamRefused = true };
                }
            }
        }

        return new Result(null, written);
    }

    /// <summary>Sends a command under an identifier made from its content: the same content again does nothing. Where the source has meanwhile
    /// sent something else for the same thing and now returns to the earlier content, that is a new act.</summary>
    private async Task<Outcome> SendAsync(object command, CancellationToken ct)
    {
        var type = care.Commands.Of(command.GetType());
        var (stream, subject) = SubjectOf(command);
        var id = Ids.Of("import", by.TenantId, import.Options.Source, type.Name, JsonSerializer.Serialize(command, command.GetType(), Json.Options));
        for (var waits = 0; ;)
        {
            var outcome = await type.DoAsync(care, new CommandContext(by, id) { CorrelationId = run }, command, ct);
            switch (outcome)
            {
                case Outcome.Refused { Kind: RefusalKind.Busy } when waits < 20:
                    waits++;
                    await Task.Delay(TimeSpan.FromMilliseconds(100 * waits), ct);
                    continue;
                case Outcome.Done { Repeated: true } repeated when command is not JoinCareTeam
                    && await OvertakenByAsync(stream, subject, repeated.Receipt.Version, ct) is { } later:
                    id = Ids.Of(id.ToString(), later.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    continue;
                default:
                    return outcome;
            }
        }
    }

    /// <summary>The first thing this source sent about the subject after a version, as a sequence; what people here wrote does not count.</summary>
    private async Task<long?> OvertakenByAsync(string stream, Guid subject, long version, CancellationToken ct)
    {
        var later = await store.ReadStreamAsync(by.TenantId, stream, version + 1, ct: ct);
        return later.Events.FirstOrDefault(e => e.UserName == by.PersonId.ToString() && SubjectOf(e) == subject)?.Sequence;
    }

    private async Task<bool> IsKnownAsync(object command, CancellationToken ct)
    {
        var (stream, subject) = SubjectOf(command);
        return (await store.ReadStreamAsync(by.TenantId, stream, ct: ct)).Events.Any(e => SubjectOf(e) == subject);
    }

    private async Task<string?> NameFromBeforeAsync(ResourceId resource, CancellationToken ct)
    {
        var id = import.Options.IdOf(resource);
        var stream = resource.Type == "Practitioner" ? Person.StreamOf(id) : Organisation.StreamOf(id);
        var events = (await store.ReadStreamAsync(by.TenantId, stream, ct: ct)).Events;
        return events.Select(e => e.Data).OfType<PersonRegistered>().LastOrDefault()?.Name
            ?? events.Select(e => e.Data).OfType<OrganisationRegistered>().LastOrDefault()?.Name;
    }

    /// <summary>The stream a command goes to and the thing on it that it is about.</summary>
    private static (string Stream, Guid Subject) SubjectOf(object command) => command switch
    {
        RegisterOrganisation c => (Organisation.StreamOf(c.OrganisationId), c.OrganisationId),
        RegisterPerson c => (Person.StreamOf(c.PersonId), c.PersonId),
        JoinOrganisation c => (Person.StreamOf(c.PersonId), c.OrganisationId),
        RegisterPatient c => (Patient.StreamOf(c.PatientId), c.PatientId),
        SetContacts c => (Patient.StreamOf(c.PatientId), ContactsOf(c.PatientId)),
        RecordCondition c => (Patient.StreamOf(c.PatientId), c.ConditionId),
        RecordAllergy c => (Patient.StreamOf(c.PatientId), c.AllergyId),
        RecordVitals c => (Measurement.StreamOf(c.MeasurementId), c.MeasurementId),
        EnterVitalsInError c => (Measurement.StreamOf(c.MeasurementId), c.MeasurementId),
        RecordMedicine c => (Medicine.StreamOf(c.MedicineId), c.MedicineId),
        RecordEncounter c => (EncounterState.StreamOf(c.EncounterId), c.EncounterId),
        JoinCareTeam c => (CareTeam.StreamOf(c.PatientId), c.PersonId ?? c.PatientId),
        _ => throw new ArgumentException($"An import sends no {command.GetType().Name}.", nameof(command)),
    };

    private static Guid? SubjectOf(StoredEvent e) => e.Data switch
    {
        OrganisationRegistered x => x.OrganisationId,
        PersonRegistered x => x.PersonId,
        OrganisationJoined x => x.OrganisationId,
        PatientRegistered x => x.PatientId,
        PatientDetailsCorrected x => x.PatientId,
        ContactsSet x => ContactsOf(x.PatientId),
        ConditionRecorded x => x.ConditionId,
        AllergyRecorded x => x.AllergyId,
        VitalsRecorded x => x.MeasurementId,
        VitalsCorrected x => x.SourceId,
        VitalsEnteredInError x => x.MeasurementId,
        MedicineRecorded x => x.MedicineId,
        EncounterRecorded x => x.EncounterId,
        _ => null,
    };

    private static Guid ContactsOf(Guid patient) => Ids.Of("contacts", patient.ToString());

    private static Result Refused(ImportedResource resource, string key, params IReadOnlyList<object> arguments) =>
        new(new Finding(resource.Resource, true, key, arguments), 0);

    /// <summary>What became of a resource.</summary>
    /// <param name="Refusal">Why nothing of it was taken; null when it was.</param>
    /// <param name="Written">Commands carried out for the first time.</param>
    internal sealed record Result(Finding? Refusal, int Written)
    {
        public bool TeamRefused { get; init; }
    }
}
