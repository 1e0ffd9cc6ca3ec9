using HomeCare.VitalSigns;

namespace HomeCare.Patients;

/// <summary>A person to be cared for was registered.</summary>
public sealed record PatientRegistered(Guid PatientId, PatientDetails Details, SourceIdentifier? Source) : IPatientEvent;

/// <summary>Identity or address was corrected or changed.</summary>
public sealed record PatientDetailsCorrected(Guid PatientId, PatientDetails Details) : IPatientEvent;

/// <summary>The contacts are now these, in this order.</summary>
public sealed record ContactsSet(Guid PatientId, IReadOnlyList<Contact> Contacts) : IPatientEvent;

/// <summary>The care level is now this.</summary>
public sealed record CareLevelSet(Guid PatientId, CareLevelPeriod CareLevel) : IPatientEvent;

/// <summary>A condition was recorded, or recorded anew with another status, or disclosed.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="ConditionId">The condition.</param>
/// <param name="Condition">What it is now.</param>
/// <param name="Source">Where it came from, if from another system.</param>
/// <param name="TeamOnly">Not shown to the person and relatives: a diagnosis that has not been disclosed.</param>
public sealed record ConditionRecorded(Guid PatientId, Guid ConditionId, Condition Condition, SourceIdentifier? Source, bool TeamOnly = false) : IPatientEvent, ITeamOnly;

/// <summary>An allergy was recorded, or recorded anew with another status.</summary>
public sealed record AllergyRecorded(Guid PatientId, Guid AllergyId, Allergy Allergy, SourceIdentifier? Source) : IPatientEvent;

/// <summary>The wishes were written down, as the next version.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="WishesId">Names this version.</param>
/// <param name="Version">From 1.</param>
/// <param name="Wishes">What is wished.</param>
/// <param name="ById">Who wrote it down.</param>
public sealed record WishesRecorded(Guid PatientId, Guid WishesId, int Version, Wishes Wishes, Guid ById) : IPatientEvent;

/// <summary>A physician confirmed a version of the wishes.</summary>
public sealed record WishesConfirmed(Guid PatientId, Guid WishesId, int Version) : IPatientEvent;

/// <summary>A version of the wishes should never have been there.</summary>
public sealed record WishesWithdrawn(Guid PatientId, Guid WishesId, int Version, string Reason) : IPatientEvent;

/// <summary>The physician set a range.</summary>
public sealed record TargetRangeSet(Guid PatientId, TargetRange Range, string? Note) : IPatientEvent;

/// <summary>The physician removed a range; the default holds again.</summary>
public sealed record TargetRangeRemoved(Guid PatientId, VitalSign Sign) : IPatientEvent;
