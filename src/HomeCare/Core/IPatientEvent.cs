namespace HomeCare;

/// <summary>An event of one person's record. What has it is on that person's timeline.</summary>
public interface IPatientEvent
{
    /// <summary>The person cared for.</summary>
    Guid PatientId { get; }
}

/// <summary>An event that may be for the team only.</summary>
public interface ITeamOnly
{
    /// <summary>Not shown to the person cared for and relatives.</summary>
    bool TeamOnly { get; }
}
