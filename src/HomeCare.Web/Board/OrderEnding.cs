using HomeCare.NursingOrders;

namespace HomeCare.Web.Board;

/// <summary>A person's written order to a nursing station that runs out, or has run out with nothing to follow it.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="LastDay">Its last day.</param>
/// <param name="Warning">How near that is.</param>
public sealed record OrderEnding(Guid OrderId, DateOnly LastDay, OrderWarning Warning)
{
    /// <summary>The one of a person's orders that presses most; null: none does.</summary>
    public static OrderEnding? Of(IReadOnlyCollection<NursingOrderCard> orders, DateOnly today) => orders
        .Select(o => new OrderEnding(o.OrderId, o.LastDay, OrderWarnings.Of(o, orders, today)))
        .Where(e => e.Warning != OrderWarning.None).OrderByDescending(e => e.Warning).ThenBy(e => e.LastDay).FirstOrDefault();
}
