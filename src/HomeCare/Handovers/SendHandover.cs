using FluentValidation;
using HomeCare.Instructions;

namespace HomeCare.Handovers;

/// <summary>Hand a person over to the next.</summary>
/// <param name="HandoverId">Chosen by the sender.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="To">A person of the care team, or a profession: then one of them acknowledges for all.</param>
/// <param name="Sbar">What is to be known; situation and recommendation are needed.</param>
public sealed record SendHandover(Guid HandoverId, Guid PatientId, Addressee To, Sbar Sbar) : ICommand<Handover>
{
    string ICommand<Handover>.Stream => Handover.StreamOf(HandoverId);

    /// <inheritdoc/>
    public Guid? PatientOf(Handover state) => state.Sent?.PatientId ?? PatientId;

    // Whether the person belongs to the care team is for the decision, which says so by name.
    IEnumerable<Reference> ICommand<Handover>.References => To.PersonId is { } person ? [new Reference(ReferenceKind.Person, person)] : [];

    /// <inheritdoc/>
    public Decision Decide(Handover state, Situation situation)
    {
        if (state.Sent is not null)
        {
            return Decision.Refuse("handover.already_sent");
        }

        if (To.PersonId is { } id)
        {
            if (id == situation.By.PersonId)
            {
                return Decision.Invalid("handover.to_oneself", "to");
            }

            var person = situation.Known.People[id];
            if (!Permissions.Allows(Act.HandOver, person.Profession))
            {
                return new Decision.Refused(RefusalKind.Conflict, "handover.may_not_see") { Who = person.Name };
            }

            if (!situation.Known.Team.Contains(id))
            {
                return new Decision.Refused(RefusalKind.Conflict, "handover.not_on_team") { Who = person.Name };
            }
        }

        return Decision.Accept(new HandoverSent(HandoverId, PatientId, situation.By.PersonId, To, To.NameIn(situation.Known), Sbar with
        {
            Background = NullIfBlank(Sbar.Background),
            Assessment = NullIfBlank(Sbar.Assessment),
        }));
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SendHandover>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.HandoverId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.To).Must(IsWhole).WithErrorCode("handover.to_whom");
            RuleFor(c => c.Sbar).NotNull();
            When(c => c.Sbar is not null, () =>
            {
                RuleFor(c => c.Sbar.Situation).NotEmpty().WithErrorCode("handover.situation_missing").MaximumLength(Sbar.Longest);
                RuleFor(c => c.Sbar.Background).MaximumLength(Sbar.Longest);
                RuleFor(c => c.Sbar.Assessment).MaximumLength(Sbar.Longest);
                RuleFor(c => c.Sbar.Recommendation).NotEmpty().WithErrorCode("handover.recommendation_missing").MaximumLength(Sbar.Longest);
            });
        }

        private static bool IsWhole(Addressee? to) => to switch
        {
            { Kind: AddresseeKind.Person, PersonId: not null, Profession: null } => true,
            { Kind: AddresseeKind.Profession, PersonId: null, Profession: { } profession } => Permissions.Allows(Act.HandOver, profession),
            _ => false,
        };
    }
}

/// <summary>Say that one has read a handover and takes over; whom it is sent to, or one of the profession.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="Comment">What one wants to say to it, at most 500 characters.</param>
public sealed record AcknowledgeHandover(Guid HandoverId, string? Comment = null) : ICommand<Handover>
{
    string ICommand<Handover>.Stream => Handover.StreamOf(HandoverId);

    /// <inheritdoc/>
    public Guid? PatientOf(Handover state) => state.Sent?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Handover state, Situation situation)
    {
        var sent = state.Sent!;
        return state.AcknowledgedBy == situation.By.PersonId ? Decision.AlreadySo
            : state.AcknowledgedBy is not null ? Decision.Refuse("handover.taken_by_another")
            : state.Withdrawn ? Decision.Refuse("handover.withdrawn")
            : sent.SenderId == situation.By.PersonId || !IsFor(sent.To, situation.By) ? Decision.Forbid("handover.for_another")
            : Decision.Accept(new HandoverAcknowledged(HandoverId, sent.PatientId, situation.By.PersonId, string.IsNullOrWhiteSpace(Comment) ? null : Comment));
    }

    private static bool IsFor(Addressee to, Actor by) => to.PersonId is { } person ? person == by.PersonId : InstructionTakers.SameTrade(to.Profession, by.Profession);

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<AcknowledgeHandover>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.HandoverId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(500);
        }
    }
}

/// <summary>Take a handover back that nobody has acknowledged yet; its sender only. It stays readable, struck out.</summary>
/// <param name="HandoverId">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record WithdrawHandover(Guid HandoverId, string Reason) : ICommand<Handover>
{
    string ICommand<Handover>.Stream => Handover.StreamOf(HandoverId);

    /// <inheritdoc/>
    public Guid? PatientOf(Handover state) => state.Sent?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Handover state, Situation situation) =>
        state.Sent!.SenderId != situation.By.PersonId ? Decision.Forbid("handover.of_another")
        : state.Withdrawn ? Decision.AlreadySo
        : state.AcknowledgedBy is not null ? Decision.Refuse("handover.acknowledged")
        : Decision.Accept(new HandoverWithdrawn(HandoverId, state.Sent.PatientId, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<WithdrawHandover>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.HandoverId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
