using System.Globalization;
using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Demo;

/// <summary>A command, who sends it and when it is recorded.</summary>
internal sealed record Step(DateTimeOffset At, Actor By, object Command, Guid CommandId);

/// <summary>One person cared for and everything that is done for them, as commands in the order of time.</summary>
internal sealed class Case(string key, Days days, Team team, Diary diary)
{
    private readonly List<Step> steps = [];

    /// <summary>Names the person in every identifier.</summary>
    public string Key => key;

    public Days Days => days;

    public Team Team => team;

    public Guid PatientId { get; } = Ids.Of(Cast.Tenant, "patient", key);

    /// <summary>The commands by time; those of the same instant in the order in which they were said.</summary>
    public IEnumerable<Step> Steps => steps.OrderBy(s => s.At);

    /// <summary>An identifier of this person's record.</summary>
    public Guid Id(string kind, string name) => Ids.Of(Cast.Tenant, key, kind, name);

    /// <summary>Says a command.</summary>
    /// <exception cref="InvalidOperationException">It would be recorded in the future.</exception>
    public void Do(DateTimeOffset at, Actor by, object command)
    {
        if (!days.HasCome(at))
        {
            throw new InvalidOperationException($"The demo story of {key} would record {command.GetType().Name} at {at:O}, after {days.Now:O}.");
        }

        steps.Add(new Step(at, by, command, Ids.Of(Cast.Tenant, key, "command", steps.Count.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Registers the person so many days ago; the organisations of the team join.</summary>
    public void Register(int ago, PatientDetails details, CareLevelPeriod? careLevel, IReadOnlyList<Contact> contacts)
    {
        var at = days.At(ago, 9, 30);
        var by = team.CareManager ?? team.Nurse;
        Do(at, by, new RegisterPatient(PatientId, details));
        foreach (var member in team.Everybody.Where(m => m.OrganisationId != by.OrganisationId))
        {
            Do(at.AddMinutes(4), by, new JoinCareTeam(PatientId, OrganisationId: member.OrganisationId, Role: RoleOf(member.Profession)));
        }

        Do(at.AddMinutes(8), by, new SetContacts(PatientId, contacts));
        if (careLevel is not null)
        {
            Do(at.AddMinutes(10), by, new SetCareLevel(PatientId, careLevel));
        }
    }

    public void Has(int ago, params ReadOnlySpan<Disease> diseases)
    {
        var at = days.At(ago, 13, 40);
        foreach (var disease in diseases)
        {
            Do(at, team.Physician, new RecordCondition(PatientId, Id("condition", disease.Name), new Condition(
                disease.Name, [new Code("http://hl7.org/fhir/sid/icd-10", disease.Icd10)], ConditionStatus.Active, days.Day(disease.SinceDays), disease.Note)));
        }
    }

    public void IsAllergic(int ago, Actor by, string substance, AllergyKind kind, AllergySeverity severity, string reaction) =>
        Do(days.At(ago, 13, 45), by, new RecordAllergy(PatientId, Id("allergy", substance), new Allergy(
            substance, null, kind, severity, reaction, AllergyStatus.Active, days.Day(ago))));

    public void Range(int ago, VitalSign sign, decimal? low, decimal? high, string note) =>
        Do(days.At(ago, 13, 50), team.Physician, new SetTargetRange(PatientId, new TargetRange(sign, low, high, days.Day(ago), null), note));

    /// <summary>The physician decides not to score with NEWS2.</summary>
    public void IsNotScored(int ago, News2OffReason reason, string note) =>
        Do(days.At(ago, 13, 55), team.Physician, new SwitchNews2Off(PatientId, new News2Off(reason, days.Day(ago), note)));

    /// <summary>What a talk about the wishes left; the physician confirms it a few minutes later, or has not yet.</summary>
    public void Wishes(DateTimeOffset at, Actor by, int version, Wishes wishes, bool confirmed = true)
    {
        Do(at, by, new RecordWishes(PatientId, Id("wishes", version.ToString(CultureInfo.InvariantCulture)), version, wishes));
        if (confirmed)
        {
            Do(at.AddMinutes(7), team.Physician, new ConfirmWishes(PatientId, version));
        }
    }

    /// <summary>Records a medicine; gives its identifier.</summary>
    public Guid Takes(int ago, Drug drug, Actor? by = null)
    {
        var id = Id("medicine", drug.Name + ago.ToString(CultureInfo.InvariantCulture));
        Do(days.At(ago, 14, 5), by ?? team.Physician, new RecordMedicine(id, PatientId, new Prescription(
            drug.Name, null, drug.Dosage, drug.Route, days.Day(ago), drug.Days, drug.Quantity, team.Physician.Name, PrescriptionStatus.Active)));
        return id;
    }

    public void Stops(DateTimeOffset at, Guid medicine, string reason, Actor? by = null) =>
        Do(at, by ?? team.Physician, new StopMedicine(medicine, JapanTime.DayOf(at), reason));

    /// <summary>Records a visit a few minutes after its end; gives its identifier.</summary>
    public Guid Visit(Actor by, DateTimeOffset start, int minutes, Func<RecordVisit, RecordVisit> with, Guid? planned = null, int recordedAfter = 6)
    {
        diary.Block(by, start, minutes);
        var id = planned ?? Id("visit", by.Name + start.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));
        Do(start.AddMinutes(minutes + recordedAfter), by, with(new RecordVisit(id, PatientId, start, start.AddMinutes(minutes))));
        return id;
    }

    /// <summary>Issues an instruction.</summary>
    public Ordered Issue(
        DateTimeOffset at, string name, InstructionKind kind, string text, Addressee to, Urgency urgency = Urgency.Routine,
        DateTimeOffset? due = null, MedicineOrder? order = null, Actor? by = null)
    {
        var id = Id("instruction", name);
        Do(at, by ?? team.Physician, new IssueInstruction(id, PatientId, kind, text, to, urgency, due, order));
        return new Ordered(this, id, order);
    }

    /// <summary>Seven signs and consciousness, six minutes into the visit.</summary>
    public static Vitals Signs(
        DateTimeOffset at, decimal temperature, int pulse, int respiration, int systolic, int diastolic, int spO2, decimal oxygen = 0, Acvpu acvpu = Acvpu.Alert) =>
        new(at.AddMinutes(6))
        {
            Temperature = temperature, TemperatureSite = TemperatureSite.Axilla, Pulse = pulse, Respiration = respiration,
            Systolic = systolic, Diastolic = diastolic, SpO2 = spO2,
            Oxygen = new Oxygen(oxygen, oxygen > 0 ? OxygenDevice.NasalCannula : null, oxygen > 0 ? Exertion.AtRest : null),
            Consciousness = new Consciousness(acvpu, acvpu switch { Acvpu.Alert => 0, Acvpu.Voice => 10, _ => null }),
        };

    private static string RoleOf(Profession profession) => profession switch
    {
        Profession.Physician => "主治医",
        Profession.Pharmacist => "居宅療養管理指導",
        Profession.CareManager => "ケアプラン",
        Profession.Helper => "訪問介護",
        _ => "訪問看護",
    };
}

/// <summary>An instruction on its way.</summary>
internal sealed class Ordered(Case story, Guid id, MedicineOrder? order)
{
    public Guid Id => id;

    public Ordered Read(DateTimeOffset at, Actor by) => Say(at, by, new MarkInstructionRead(id));

    /// <summary>Takes it, reading back the order as it stands.</summary>
    public Ordered Take(DateTimeOffset at, Actor by, string? comment = null) => Say(at, by, new TakeInstruction(id, order, comment));

    public Ordered Ask(DateTimeOffset at, Actor by, string question) => Say(at, by, new QuestionInstruction(id, question));

    public Ordered Answer(DateTimeOffset at, string answer) => Say(at, story.Team.Physician, new AnswerQuestion(id, answer));

    public Ordered Complete(DateTimeOffset at, Actor by, string evidence, Guid? visit = null) => Say(at, by, new CompleteInstruction(id, evidence, at, visit));

    public Ordered Decline(DateTimeOffset at, Actor by, string reason) => Say(at, by, new DeclineInstruction(id, reason));

    public Ordered Close(DateTimeOffset at, string? comment = null) => Say(at, story.Team.Physician, new CloseInstruction(id, comment));

    private Ordered Say(DateTimeOffset at, Actor by, object command)
    {
        story.Do(at, by, command);
        return this;
    }
}

/// <summary>To whom an instruction goes.</summary>
internal static class To
{
    public static Addressee Person(Actor actor) => new(AddresseeKind.Person, actor.PersonId);

    public static Addressee All(Profession profession) => new(AddresseeKind.Profession, Profession: profession);

    public static Addressee NextVisitor { get; } = new(AddresseeKind.WhoeverVisitsNext);
}

/// <summary>A diagnosis with its ICD-10 code.</summary>
internal sealed record Disease(string Name, string Icd10, int SinceDays, string? Note = null);

/// <summary>A medicine as prescribed.</summary>
internal sealed record Drug(string Name, string Dosage, string Route = "内服", int? Days = null, string? Quantity = null);
