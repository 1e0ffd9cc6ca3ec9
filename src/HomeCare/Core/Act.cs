using System.Collections.Frozen;
using static HomeCare.Profession;

namespace HomeCare;

/// <summary>The acts that professions differ in.</summary>
public enum Act
{
    /// <summary>Found a community; only the installation itself.</summary>
    FoundCommunity,
    /// <summary>Organisations, people and their places in the community.</summary>
    ManageCommunity,
    /// <summary>Register a person to be cared for.</summary>
    RegisterPatient,
    /// <summary>Change who belongs to a care team.</summary>
    ManageCareTeam,
    /// <summary>Identity, address, contacts, care level.</summary>
    KeepPatientDetails,
    /// <summary>Conditions and allergies.</summary>
    RecordConditions,
    /// <summary>Write down the person's wishes for the last part of life.</summary>
    RecordWishes,
    /// <summary>Confirm them, as the physician who will act on them.</summary>
    ConfirmWishes,
    /// <summary>The physician's target ranges.</summary>
    SetTargetRanges,
    /// <summary>Whether a person is scored with NEWS2, and on which SpO₂ scale.</summary>
    DecideNews2,
    /// <summary>Plan a visit.</summary>
    PlanVisit,
    /// <summary>Record a visit.</summary>
    RecordVisit,
    /// <summary>Record vital signs outside a visit.</summary>
    RecordVitals,
    /// <summary>Tell the team what was noticed at home.</summary>
    WriteBedsideNote,
    /// <summary>Issue an instruction.</summary>
    IssueInstruction,
    /// <summary>Mark an instruction read (既読).</summary>
    ReadInstruction,
    /// <summary>Take (指示受け), question, carry out or decline an instruction.</summary>
    CarryOutInstruction,
    /// <summary>Countersign an instruction where that is asked for.</summary>
    CountersignInstruction,
    /// <summary>Ask the other way: questions, doubts, opinions, and what is to be known.</summary>
    RaiseRequest,
    /// <summary>Write in conversations of the team about a person, read them, and be mentioned in them.</summary>
    Converse,
    /// <summary>Hand a person over to the next, take over, and read what was handed over.</summary>
    HandOver,
    /// <summary>Answer what was asked the other way.</summary>
    AnswerRequest,
    /// <summary>Enter a physician's verbal order.</summary>
    EnterVerbalOrder,
    /// <summary>Do what follows from a change of medicine.</summary>
    DoMedicineTask,
    /// <summary>Answer a question about an instruction, or close it.</summary>
    AnswerInstruction,
    /// <summary>Ask the next person of the cover, open an occasion of a standing order, let one expire; only the product's own timer.</summary>
    EscalateInstruction,
    /// <summary>Who is on call for an organisation, and handing duty over.</summary>
    KeepRota,
    /// <summary>Prescriptions and other medicines taken.</summary>
    RecordMedicine,
    /// <summary>Encounters elsewhere, brought in from another system.</summary>
    RecordEncounter,
    /// <summary>Acknowledge, snooze and judge what is pointed out.</summary>
    AnswerAlert,
    /// <summary>Draft, confirm and withdraw a written order to a nursing station.</summary>
    WriteNursingOrder,
    /// <summary>Say that a written order is signed, with or without the signed file.</summary>
    SignNursingOrder,
}

/// <summary>Which professions an act is open to. The single place of the table "Who may do what".</summary>
/// <remarks>
/// Source: the Medical Practitioners' Act (医師法) art. 17, the Act on Public Health Nurses, Midwives and Nurses (保健師助産師看護師法)
/// art. 5, 6 and 37, the Pharmacists' Act (薬剤師法) art. 24, and the project's care rules, table "Who may do what".
/// Permission rests on what is listed: an act or a profession that is not here is refused.
/// </remarks>
public static class Permissions
{
    private static readonly Profession[] Nurses = [Nurse, PublicHealthNurse, Midwife];
    private static readonly Profession[] Therapists = [PhysicalTherapist, OccupationalTherapist, SpeechTherapist];

    private static readonly FrozenDictionary<Act, FrozenSet<Profession>> Open = new Dictionary<Act, Profession[]>
    {
        [Act.FoundCommunity] = [],
        [Act.ManageCommunity] = [Administrator, Import],
        [Act.RegisterPatient] = [Physician, Dentist, .. Nurses, CareManager, Administrator, Import],
        [Act.ManageCareTeam] = [Physician, Dentist, .. Nurses, CareManager, Administrator, Import],
        [Act.KeepPatientDetails] = [Physician, Dentist, .. Nurses, CareManager, Import],
        [Act.RecordConditions] = [Physician, Dentist, .. Nurses, Pharmacist, Import],
        // The wishes are the person's own: they and their family write them as well as those who talk with them.
        [Act.RecordWishes] = [Physician, .. Nurses, CareManager, Family, Profession.Patient],
        [Act.ConfirmWishes] = [Physician],
        [Act.SetTargetRanges] = [Physician],
        [Act.DecideNews2] = [Physician],
        [Act.PlanVisit] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager],
        [Act.RecordVisit] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.RecordVitals] =
            [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, Helper, Family, Profession.Patient, Import],
        // Whoever visits writes it in the record of the visit.
        [Act.WriteBedsideNote] = [Family, Profession.Patient],
        [Act.IssueInstruction] = [Physician, Dentist],
        [Act.ReadInstruction] =
            [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.CarryOutInstruction] = [.. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        // An assistant nurse works under a nurse's or physician's direction (art. 6), and answers for nobody else's.
        [Act.CountersignInstruction] = [Physician, Dentist, .. Nurses, Pharmacist],
        [Act.RaiseRequest] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.Converse] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.HandOver] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.AnswerRequest] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper],
        [Act.EnterVerbalOrder] = Nurses,
        [Act.DoMedicineTask] = [Physician, Dentist, .. Nurses, AssistantNurse, Pharmacist, CareManager],
        [Act.AnswerInstruction] = [Physician, Dentist],
        [Act.EscalateInstruction] = [Profession.Timer],
        [Act.KeepRota] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper, Administrator, Import],
        [Act.RecordMedicine] = [Physician, Dentist, Pharmacist, Import],
        [Act.RecordEncounter] = [Import],
        // Helpers see what is pointed out; to take it up is for whoever can judge it.
        [Act.AnswerAlert] = [Physician, Dentist, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager],
        [Act.WriteNursingOrder] = [Physician],
        [Act.SignNursingOrder] = [Physician, .. Nurses],
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet());

    /// <summary>Acts that do not touch one person's record and so need no relation to one.</summary>
    private static readonly FrozenSet<Act> WithoutPatient =
        new[] { Act.FoundCommunity, Act.ManageCommunity, Act.RegisterPatient, Act.KeepRota }.ToFrozenSet();

    /// <summary>Whether the act is open to the profession.</summary>
    public static bool Allows(Act act, Profession profession) =>
        Open.TryGetValue(act, out var professions) && professions.Contains(profession);

    /// <summary>Whether the act needs a relation to the person cared for.</summary>
    public static bool NeedsPatient(Act act) => !WithoutPatient.Contains(act);

    /// <summary>Whether the act may be done to a record without belonging to its care team: an administrator keeps the team's
    /// list without seeing the record, and an import writes the records it brings.</summary>
    public static bool WithoutRelation(Act act, Profession profession) =>
        profession == Import || (profession == Profession.Timer && act == Act.EscalateInstruction) || (profession == Administrator && act == Act.ManageCareTeam);

    /// <summary>Whether the profession sees records of people whose team it belongs to at all.</summary>
    public static bool SeesRecords(Profession profession) => profession is not (Administrator or Ambulance or Import or Profession.Timer);

    /// <summary>Whether it is nobody who could sign in: the import and the timer.</summary>
    public static bool IsNobody(Profession profession) => profession is Import or Profession.Timer;

    /// <summary>Whether the profession reads what is for the team only.</summary>
    public static bool SeesTeamOnly(Profession profession) =>
        SeesRecords(profession) && profession is not (Family or Profession.Patient);
}
