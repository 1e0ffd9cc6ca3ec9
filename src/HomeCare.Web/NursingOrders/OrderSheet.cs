using HomeCare.NursingOrders;

namespace HomeCare.Web.NursingOrders;

/// <summary>The parts of the list of orders.</summary>
public enum OrderPart
{
    /// <summary>Running out, or over with nothing after them.</summary>
    Expiring,
    /// <summary>Drafts to confirm.</summary>
    Drafts,
    /// <summary>Confirmed, to be printed and signed.</summary>
    Unsigned,
    /// <summary>All in force.</summary>
    Current,
}

/// <summary>Orders of everybody whom one reader may see, sorted into what is to be done.</summary>
/// <param name="Orders">As read.</param>
/// <param name="Today">Japan's day.</param>
/// <param name="By">Who reads.</param>
public sealed record OrderSheet(IReadOnlyList<NursingOrderCard> Orders, DateOnly Today, Actor By)
{
    private readonly Dictionary<(Guid, Guid), OrderWarning> warnings = Warnings(Orders, Today);

    /// <summary>How near the end of an order is.</summary>
    public OrderWarning WarningOf(NursingOrderCard card) => warnings.GetValueOrDefault((card.PatientId, card.OrderId));

    /// <summary>The orders of a part. A physician's drafts are that physician's own.</summary>
    public IReadOnlyList<NursingOrderCard> Of(OrderPart part) => part switch
    {
        OrderPart.Expiring => [.. Orders.Where(o => WarningOf(o) != OrderWarning.None)],
        OrderPart.Drafts => [.. Orders.Where(o => o.Status == NursingOrderStatus.Draft && (!Permissions.Allows(Act.WriteNursingOrder, By.Profession) || o.IsMine(By)))],
        OrderPart.Unsigned => [.. Orders.Where(o => o.Status == NursingOrderStatus.Issued)],
        _ => [.. Orders.Where(o => o.HoldsOn(Today))],
    };

    /// <summary>Those that this reader may renew: no draft follows them yet.</summary>
    public bool MayRenew(NursingOrderCard card) =>
        Permissions.Allows(Act.WriteNursingOrder, By.Profession) && !Orders.Any(o => o.PatientId == card.PatientId && o.Renews == card.OrderId && o.Status is NursingOrderStatus.Draft or NursingOrderStatus.Issued);

    private static Dictionary<(Guid, Guid), OrderWarning> Warnings(IReadOnlyList<NursingOrderCard> orders, DateOnly today) =>
        orders.GroupBy(o => o.PatientId).SelectMany(person => person.Select(o => (o, OrderWarnings.Of(o, person, today)))).ToDictionary(p => (p.o.PatientId, p.o.OrderId), p => p.Item2);
}
