using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Open one occasion of a standing order, as an instruction with a life of its own. The product's own timer sends it.</summary>
/// <remarks>The occasion's identifier follows from the standing order and what called for it, so that two nodes open it once.</remarks>
/// <param name="Standing">The standing order as it stands.</param>
/// <param name="Occasion">What called for it.</param>
/// <param name="Kind">As in the standing order.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Text">As in the standing order.</param>
/// <param name="Order">As in the standing order.</param>
/// <param name="Urgency">Urgent where a value called for it, else as in the standing order.</param>
/// <param name="DueAt">The time that was set; null where a value called for it.</param>
/// <param name="Addressee">As in the standing order.</param>
/// <param name="AddresseeName">As in the standing order.</param>
/// <param name="IssuerId">Who issued the standing order.</param>
/// <param name="Countersign">As in the standing order.</param>
public sealed record OpenOccasion(
    Guid Standing, Occasion Occasion, Guid PatientId, InstructionKind Kind, string Text, MedicineOrder? Order, Urgency Urgency, DateTimeOffset? DueAt,
    Addressee Addressee, string? AddresseeName, Guid IssuerId, Countersign? Countersign = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <summary>The same on every node.</summary>
    public Guid InstructionId => Ids.Of("occasion", $"{Standing}", Occasion.SourceId is { } source ? $"{source} {Occasion.Sign}" : $"{Occasion.At.ToUniversalTime():O}");

    /// <summary>Opens it from the standing order's card.</summary>
    public static OpenOccasion Of(InstructionCard card, Occasion occasion) => new(
        card.InstructionId, occasion, card.PatientId, card.Kind, card.Text, card.Order, occasion.Sign is null ? card.Urgency : Instructions.Urgency.Urgent,
        occasion.Sign is null ? occasion.At : null, card.Addressee, card.AddresseeName, card.IssuerId, card.Terms?.Countersign);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) => state.Issued is not null ? Decision.AlreadySo : Decision.Accept(
        new InstructionIssued(InstructionId, PatientId, Kind, Text, Order, Urgency, DueAt, Addressee, AddresseeName, IssuerId, new InstructionTerms { Occasion = Occasion, Countersign = Countersign }));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<OpenOccasion>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.Standing).NotEmpty();
            RuleFor(c => c.Occasion).NotNull();
            RuleFor(c => c.PatientId).NotEmpty();
        }
    }
}

/// <summary>A standing order has reached its end. The product's own timer sends it.</summary>
/// <param name="InstructionId">Which.</param>
public sealed record ExpireInstruction(Guid InstructionId) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(InstructionId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        state.IsOver || state.Issued!.Terms?.Standing is not { } standing || standing.Until > situation.Now
            ? Decision.AlreadySo
            : Decision.Accept(new InstructionExpired(InstructionId, state.Issued.PatientId, standing.Until));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<ExpireInstruction>
    {
        /// <summary/>
        public Rules() => RuleFor(c => c.InstructionId).NotEmpty();
    }
}
