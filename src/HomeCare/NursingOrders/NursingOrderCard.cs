namespace HomeCare.NursingOrders;

/// <summary>An order as it stands.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="PatientName">The person's name: as on the order once it was confirmed, as on record before.</param>
/// <param name="BirthDate">The person's birth date, likewise.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="FormVersion">The version of the form.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="LastDay">Its last day: a blank period resolved, or the day of its withdrawal.</param>
/// <param name="StationName">The station.</param>
/// <param name="PhysicianId">Whose order it is.</param>
/// <param name="PhysicianName">By name.</param>
/// <param name="InstitutionName">The physician's institution.</param>
/// <param name="Content">What it says.</param>
/// <param name="Renews">The order that it renews.</param>
/// <param name="DraftedAt">When its draft was last written.</param>
/// <param name="IssuedOn">The day written on it.</param>
/// <param name="SignedOn">The day of the signature.</param>
/// <param name="SignedByName">Who said that it is signed.</param>
/// <param name="File">The signed file; null: signed on paper, or not yet.</param>
/// <param name="WithdrawnOn">The day of its withdrawal.</param>
/// <param name="WithdrawnByName">Who withdrew it.</param>
/// <param name="WithdrawnReason">Why.</param>
public sealed record NursingOrderCard(
    Guid OrderId, Guid PatientId, string PatientName, DateOnly? BirthDate, NursingOrderKind Kind, string FormVersion, NursingOrderStatus Status, DateOnly LastDay,
    string StationName, Guid PhysicianId, string PhysicianName, string? InstitutionName, NursingOrderContent Content, Guid? Renews, DateTimeOffset DraftedAt,
    DateOnly? IssuedOn, DateOnly? SignedOn, string? SignedByName, OrderFile? File, DateOnly? WithdrawnOn, string? WithdrawnByName, string? WithdrawnReason)
{
    /// <summary>Whether it is in force on a day.</summary>
    public bool HoldsOn(DateOnly day) => SignedOn is not null && Content.From <= day && day <= LastDay;

    /// <summary>Whether it was confirmed and not withdrawn.</summary>
    public bool Stands => Status is NursingOrderStatus.Issued or NursingOrderStatus.Signed;

    /// <summary>Whether this actor may change, confirm or throw away the draft.</summary>
    public bool IsMine(Actor by) => PhysicianId == by.PersonId && Permissions.Allows(Act.WriteNursingOrder, by.Profession);
}

/// <summary>How near the end of an order is.</summary>
public enum OrderWarning
{
    /// <summary>Nothing to say.</summary>
    None,
    /// <summary>30 days and less.</summary>
    Month,
    /// <summary>14 days and less.</summary>
    Fortnight,
    /// <summary>7 days and less.</summary>
    Week,
    /// <summary>Its last day is over, and nothing follows it.</summary>
    Expired,
}

/// <summary>Which orders run out.</summary>
/// <remarks>Source: the project's care rules, "Orders": warn 30, 14 and 7 days before expiry.</remarks>
public static class OrderWarnings
{
    /// <summary>An expired order is spoken of for so many days.</summary>
    public const int SpokenOfFor = 90;

    private static readonly (int Days, OrderWarning Warning)[] Steps = [(7, OrderWarning.Week), (14, OrderWarning.Fortnight), (30, OrderWarning.Month)];

    /// <summary>How near the end of an order is. Of a period no longer than the warning's own days nothing is said; nor where another follows it without a gap.</summary>
    /// <param name="order">The order.</param>
    /// <param name="all">All of the person's orders.</param>
    /// <param name="today">Japan's day.</param>
    public static OrderWarning Of(NursingOrderCard order, IEnumerable<NursingOrderCard> all, DateOnly today)
    {
        if (order.Status != NursingOrderStatus.Signed || all.Any(o =>
                o.OrderId != order.OrderId && o.Stands && o.Kind == order.Kind && o.Content.StationId == order.Content.StationId
                && o.Content.From <= order.LastDay.AddDays(1) && o.LastDay > order.LastDay))
        {
            return OrderWarning.None;
        }

        var left = order.LastDay.DayNumber - today.DayNumber;
        if (left < 0)
        {
            // A special order ends as it was meant to.
            return NursingOrderLimits.IsRenewed(order.Kind) && left >= -SpokenOfFor ? OrderWarning.Expired : OrderWarning.None;
        }

        var length = order.LastDay.DayNumber - order.Content.From.DayNumber + 1;
        return today < order.Content.From ? OrderWarning.None : Steps.FirstOrDefault(s => left <= s.Days && length > s.Days).Warning;
    }
}

/// <summary>On which days visits stand on an order, as far as this person has orders at all.</summary>
/// <param name="Periods">Periods of the orders that stand by themselves and are or were in force, by first day.</param>
public sealed record OrderCoverage(IReadOnlyList<OrderPeriod> Periods)
{
    /// <summary>No order is on record: nothing can be said.</summary>
    public static OrderCoverage None { get; } = new([]);

    /// <summary>The last day of the order that ran out before the day; null when an order holds on the day, or none was there before.</summary>
    public DateOnly? ExpiredBefore(DateOnly day) =>
        Periods.Any(p => p.From <= day && day <= p.LastDay) ? null : Periods.Where(p => p.LastDay < day).Select(p => (DateOnly?)p.LastDay).Max();

    /// <summary>Whether a visitor of this profession visits on an order.</summary>
    public static bool Concerns(Profession visitor) => visitor is Profession.Nurse or Profession.PublicHealthNurse or Profession.Midwife or Profession.AssistantNurse
        or Profession.PhysicalTherapist or Profession.OccupationalTherapist or Profession.SpeechTherapist;
}

/// <summary>Days from and to, both included.</summary>
public sealed record OrderPeriod(DateOnly From, DateOnly LastDay);

/// <summary>A visit that stands on no order, because the last one had run out.</summary>
/// <param name="VisitId">Which.</param>
/// <param name="At">When it began, or is planned.</param>
/// <param name="VisitorName">Who visits.</param>
/// <param name="Planned">Whether it is still to come.</param>
/// <param name="ExpiredOn">The last day of the order before.</param>
public sealed record VisitBeyondOrder(Guid VisitId, DateTimeOffset At, string VisitorName, bool Planned, DateOnly ExpiredOn);
