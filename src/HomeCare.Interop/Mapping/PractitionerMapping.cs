using System.Collections.Frozen;
using HomeCare.People;

namespace HomeCare.Interop;

/// <summary>Practitioner → <see cref="RegisterPerson"/>, PractitionerRole → <see cref="JoinOrganisation"/>. Nobody gets an account or a record to see by it.</summary>
internal static class PractitionerMapping
{
    private const string JpRoles = "http://jpfhir.jp/fhir/core/CodeSystem/JP_PractitionerRole_CS";
    private const string JpLicences = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicalLicenseCertificate_CS";
    private const string Roles = "http://terminology.hl7.org/CodeSystem/practitioner-role";
    private const string Degrees = "http://terminology.hl7.org/CodeSystem/v2-0360";

    /// <summary>The license number of a physician (医籍登録番号).</summary>
    private const string PhysicianRegister = "urn:oid:1.2.392.100495.20.3.31";

    private static readonly FrozenDictionary<(string, string), Profession> Professions = new Dictionary<(string, string), Profession>
    {
        // JP Core: JP_PractitionerRole_CS. Students, trainees in nursing and occupations without a place in the care team are not in it.
        [(JpRoles, "JPR10000")] = Profession.Physician,
        [(JpRoles, "JPR10100")] = Profession.Physician,
        [(JpRoles, "JPR10101")] = Profession.Physician,
        [(JpRoles, "JPR10102")] = Profession.Physician,
        [(JpRoles, "JPR10300")] = Profession.Physician,
        [(JpRoles, "JPR10400")] = Profession.Physician,
        [(JpRoles, "JPR10200")] = Profession.Dentist,
        [(JpRoles, "JPR20000")] = Profession.Nurse,
        [(JpRoles, "JPR20100")] = Profession.AssistantNurse,
        [(JpRoles, "JPR20300")] = Profession.PublicHealthNurse,
        [(JpRoles, "JPR20400")] = Profession.Midwife,
        [(JpRoles, "JPR20600")] = Profession.Helper,
        [(JpRoles, "JPR30000")] = Profession.Pharmacist,
        [(JpRoles, "JPR30400")] = Profession.PhysicalTherapist,
        [(JpRoles, "JPR30500")] = Profession.OccupationalTherapist,
        [(JpRoles, "JPR30600")] = Profession.SpeechTherapist,
        [(JpLicences, "medical-registration")] = Profession.Physician,
        [(Roles, "doctor")] = Profession.Physician,
        [(Roles, "nurse")] = Profession.Nurse,
        [(Roles, "pharmacist")] = Profession.Pharmacist,
        [(Degrees, "MD")] = Profession.Physician,
        [(Degrees, "RN")] = Profession.Nurse,
    }.ToFrozenDictionary();

    public static Profession? ProfessionByLicence(Element practitioner) =>
        First(practitioner.Each("qualification").SelectMany(q => q.Concept("code").Codings));

    public static Profession? ProfessionByRole(Element role) => First(role.Concepts("code").SelectMany(c => c.Codings));

    public static ImportedResource MapPractitioner(ResourceReading r)
    {
        var root = r.Root;
        if (root.Flag("active") == false)
        {
            throw new NotTaken("practitioner.inactive");
        }

        var name = HumanName.Of(root);
        if (name.Shown is not { } shown)
        {
            throw new NotTaken("practitioner.nameless");
        }

        string? licence = null;
        foreach (var qualification in root.Each("qualification"))
        {
            if (First(qualification.Concept("code").Codings) is not null)
            {
                licence ??= qualification.Each("identifier")
                    .OrderBy(i => HomeCare.Interop.Element.Of(i.Json).Text("system") == PhysicianRegister ? 0 : 1)
                    .Select(i => (i.Text("system"), i.Text("value")).Item2).FirstOrDefault(v => v is { Length: <= 50 });
            }
        }

        return r.Index.ProfessionOf(r.Id) is { } profession
            ? r.Take(new RegisterPerson(r.Here, shown, name.Kana, profession, licence, r.Source))
            : throw new NotTaken("practitioner.profession_not_said");
    }

    public static ImportedResource MapRole(ResourceReading r)
    {
        var root = r.Root;
        var practitioner = r.Follow(root.Get("practitioner")).Id;
        var organisation = r.Follow(root.Get("organization")).Id;
        var today = JapanTime.DayOf(r.Options.Now);
        var (from, until) = (FhirTime.Parse(root.Get("period").Text("start"))?.Day, FhirTime.Parse(root.Get("period").Text("end"))?.Day);
        if (root.Flag("active") == false || until < today || from > today)
        {
            throw new NotTaken("role.not_now");
        }

        if (practitioner is not { Type: "Practitioner" } person || organisation is not { Type: "Organization" } place)
        {
            throw new NotTaken("role.of_whom_or_where");
        }

        return (ProfessionByRole(root) ?? r.Index.ProfessionOf(person)) is { } profession
            ? r.Take(new JoinOrganisation(r.Options.IdOf(person), r.Options.IdOf(place), profession))
            : throw new NotTaken("practitioner.profession_not_said");
    }

    private static Profession? First(IEnumerable<Code> codings)
    {
        foreach (var coding in codings)
        {
            if (Professions.TryGetValue((coding.System, coding.Value), out var profession))
            {
                return profession;
            }
        }

        return null;
    }
}
