namespace HomeCare.VitalSigns;

/// <summary>How the clock of the device on which something was written stood to the server's.</summary>
/// <param name="AheadSeconds">The device's time less the server's, in seconds: positive where the device was fast. Known to about a second.</param>
/// <param name="ComparedAt">When the two were last compared, on the server's clock.</param>
/// <param name="Corrected">Whether the times written have been moved by the difference, by the sheet or by the person.</param>
public sealed record DeviceClock(decimal AheadSeconds, DateTimeOffset? ComparedAt = null, bool Corrected = false);
