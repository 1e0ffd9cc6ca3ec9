using System.Text.Json.Serialization;

namespace HomeCare.NursingOrders;

/// <summary>An event of a person's orders. They name diagnoses, also such as are not disclosed: never shown to the person and relatives.</summary>
public interface INursingOrderEvent : IPatientEvent, ITeamOnly
{
    /// <summary>Which order.</summary>
    Guid OrderId { get; }

    /// <summary>Its kind.</summary>
    NursingOrderKind Kind { get; }
}

/// <summary>A physician drafted an order, or wrote its draft anew.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="FormVersion">The version of the form.</param>
/// <param name="Content">What it says.</param>
/// <param name="StationName">The station, by name at the time.</param>
/// <param name="PhysicianId">Whose order it is.</param>
/// <param name="InstitutionId">The institution that the physician acted for.</param>
/// <param name="Renews">The order that it renews, if one.</param>
public sealed record NursingOrderDrafted(
    Guid OrderId, Guid PatientId, NursingOrderKind Kind, string FormVersion, NursingOrderContent Content, string StationName, Guid PhysicianId, Guid? InstitutionId,
    Guid? Renews) : INursingOrderEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>The physician confirmed what an order says; it waits for the signature.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="From">First day.</param>
/// <param name="LastDay">Last day, a blank period resolved.</param>
/// <param name="StationName">The station, by name at the time.</param>
/// <param name="IssuedOn">The day written on it.</param>
/// <param name="PatientName">The person's name at the time.</param>
/// <param name="BirthDate">The person's birth date at the time.</param>
public sealed record NursingOrderIssued(
    Guid OrderId, Guid PatientId, NursingOrderKind Kind, DateOnly From, DateOnly LastDay, string StationName, DateOnly IssuedOn, string PatientName, DateOnly? BirthDate)
    : INursingOrderEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>An order is signed, and in force on the days of its period.</summary>
public sealed record NursingOrderSigned(Guid OrderId, Guid PatientId, NursingOrderKind Kind, OrderSignature Signature) : INursingOrderEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>An order or its draft was withdrawn.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Was">How far it had come.</param>
/// <param name="WithdrawnOn">The day; one that was signed holds for this day and no further.</param>
/// <param name="Reason">Why; null for a draft.</param>
public sealed record NursingOrderWithdrawn(Guid OrderId, Guid PatientId, NursingOrderKind Kind, NursingOrderStatus Was, DateOnly WithdrawnOn, string? Reason) : INursingOrderEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>How an order was signed. The product keeps what it is given and its hash; it does not verify an electronic signature (HPKI).</summary>
/// <param name="SignedOn">The day of the signature.</param>
/// <param name="File">The signed file; null: signed by hand on paper.</param>
public sealed record OrderSignature(DateOnly SignedOn, OrderFile? File = null);

/// <summary>A file that belongs to an order.</summary>
/// <param name="FileId">Which.</param>
/// <param name="Name">Its name as given.</param>
/// <param name="Type">Its media type, as its first bytes show.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, as 64 hexadecimal digits.</param>
public sealed record OrderFile(Guid FileId, string Name, string Type, int Bytes, string Sha256);
