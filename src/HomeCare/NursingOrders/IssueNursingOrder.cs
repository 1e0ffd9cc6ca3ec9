using FluentValidation;

namespace HomeCare.NursingOrders;

/// <summary>The physician confirms what an order says. From here on it can be signed or withdrawn, not changed.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
public sealed record IssueNursingOrder(Guid OrderId, Guid PatientId) : ICommand<NursingOrderBook>
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

        var today = JapanTime.DayOf(situation.Now);
        return order switch
        {
            { Status: NursingOrderStatus.Withdrawn } => Decision.Refuse("order.withdrawn"),
            { Status: not NursingOrderStatus.Draft } => Decision.AlreadySo,
            _ when order.PhysicianId != situation.By.PersonId => Decision.Forbid("order.of_another_physician"),
            _ when NursingOrderLimits.Missing(order.Kind, order.Content).Count > 0 => Decision.Refuse("order.incomplete"),
            _ when NursingOrderLimits.PeriodProblem(order.Kind, order.Content) is var (_, key) => Decision.Refuse(key),
            _ when order.Content.ExaminedOn > today => Decision.Refuse("order.examined_in_future"),
            _ when NursingOrderLimits.Conflict(order, state.All.Values) is { } key => Decision.Refuse(key),
            _ => Decision.Accept(new NursingOrderIssued(
                OrderId, PatientId, order.Kind, order.Content.From, order.LastDay, order.StationName, today, situation.Patient!.Name, situation.Patient.BirthDate)),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<IssueNursingOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrderId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
        }
    }
}
