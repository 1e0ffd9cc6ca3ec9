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

/// <summary>A condition was recorded, or recorded anew with another status.</summary>
public sealed record ConditionRecorded(Guid PatientId, Guid ConditionId, Condition Condition, SourceIdentifier? Source) : IPatientEvent;

/// <summary>An allergy was recorded, or recorded anew with another status.</summary>
public sealed record AllergyRecorded(Guid PatientId, Guid AllergyId, Allergy Allergy, SourceIdentifier? Source) : IPatientEvent;

/// <summary>The physician set a range.</summary>
public sealed record TargetRangeSet(Guid PatientId, TargetRange Range, string? Note) : IPatientEvent;

/// <summary>The physician removed a range; the default holds again.</summary>
public sealed record TargetRangeRemoved(Guid PatientId, VitalSign Sign) : IPatientEvent;
