using FluentValidation;

namespace HomeCare.NursingOrders;

/// <summary>Withdraws an order, or throws its draft away. One that was signed holds for the day of the withdrawal and no further; it still counts.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Reason">Why, at most 500 characters; needed unless it is a draft.</param>
public sealed record WithdrawNursingOrder(Guid OrderId, Guid PatientId, string? Reason = null) : ICommand<NursingOrderBook>
{
    string ICommand<NursingOrderBook>.Stream => NursingOrderBook.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(NursingOrderBook state) => PatientId;

    /// <inheritdoc/>
    public Decision Decide(NursingOrderBook state, Situation situation)
    {
        if (!state.All.TryGetValue(OrderId, out var order))
        {
            return Decision.Missing("order.unknown");
        }

        return order switch
        {
            { Status: NursingOrderStatus.Withdrawn } => Decision.AlreadySo,
            _ when !order.IsAnsweredBy(situation.By) => Decision.Forbid("order.of_another_physician"),
            { Status: not NursingOrderStatus.Draft } when string.IsNullOrWhiteSpace(Reason) => Decision.Invalid("order.withdrawal_needs_reason", "reason"),
            _ => Decision.Accept(new NursingOrderWithdrawn(OrderId, PatientId, order.Kind, order.Status, JapanTime.DayOf(situation.Now), string.IsNullOrWhiteSpace(Reason) ? null : Reason)),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<WithdrawNursingOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrderId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Reason).MaximumLength(500);
        }
    }
}
