namespace HomeCare;

/// <summary>Who sends a command, and which sending it is.</summary>
/// <param name="By">Who asks.</param>
/// <param name="CommandId">Made by the sender, once for each act: sending the same again does nothing twice.</param>
public sealed record CommandContext(Actor By, Guid CommandId)
{
    /// <summary>The device, where it tells.</summary>
    public string? Device { get; init; }

    /// <summary>Why the record was opened, where the person had to say so, as in an emergency.</summary>
    public string? AccessReason { get; init; }

    /// <summary>Ties together what belongs to one request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Recorded time, for history that is brought in as it was. Null: now.</summary>
    public DateTimeOffset? RecordedAt { get; init; }
}
