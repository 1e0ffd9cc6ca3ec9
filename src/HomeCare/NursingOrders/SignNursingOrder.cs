using FluentValidation;

namespace HomeCare.NursingOrders;

/// <summary>Says that an order is signed: by its physician's hand on paper, or with a signed file that was handed in before. From then on it is in
/// force. The product keeps the file and its hash and does not verify an electronic signature.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="SignedOn">The day of the signature; not in the future.</param>
/// <param name="FileId">The signed file; null: on paper.</param>
public sealed record SignNursingOrder(Guid OrderId, Guid PatientId, DateOnly SignedOn, Guid? FileId = null) : ICommand<NursingOrderBook>
{
    string ICommand<NursingOrderBook>.Stream => NursingOrderBook.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(NursingOrderBook state) => PatientId;

    IEnumerable<Reference> ICommand<NursingOrderBook>.References => FileId is { } file ? [new Reference(ReferenceKind.OrderFile, file)] : [];

    /// <inheritdoc/>
    public Decision Decide(NursingOrderBook state, Situation situation)
    {
        if (!state.All.TryGetValue(OrderId, out var order))
        {
            return Decision.Missing("order.unknown");
        }

        var file = FileId is { } id ? situation.Known.OrderFiles[id] : null;
        var signature = new OrderSignature(SignedOn, file?.File);
        return order switch
        {
            { Status: NursingOrderStatus.Withdrawn } => Decision.Refuse("order.withdrawn"),
            { Status: NursingOrderStatus.Draft } => Decision.Refuse("order.not_issued"),
            { Status: NursingOrderStatus.Signed } when order.Signature == signature => Decision.AlreadySo,
            { Status: NursingOrderStatus.Signed } => Decision.Refuse("order.already_signed"),
            _ when file is not null && file.OrderId != OrderId => Decision.Missing("reference.unknown"),
            _ when SignedOn > JapanTime.DayOf(situation.Now) => Decision.Invalid("time.in_future", "signedOn"),
            _ when NursingOrderLimits.BaseOf(order.Kind) is { } kind && !state.All.Values.Any(o =>
                o.Kind == kind && o.Status == NursingOrderStatus.Signed && o.PhysicianId == order.PhysicianId && o.Includes(order.Content.From)) => Decision.Refuse("order.ordinary_unsigned"),
            _ => Decision.Accept(new NursingOrderSigned(OrderId, PatientId, order.Kind, signature)),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SignNursingOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrderId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.SignedOn).Must(d => d.Year >= 2000).WithErrorCode("time.too_early");
        }
    }
}
