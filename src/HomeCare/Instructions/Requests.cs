using FluentValidation;

namespace HomeCare.Instructions;

/// <summary>Ask the other way: a nurse's question to the physician, a pharmacist's doubt (疑義照会), a care manager's request for an opinion, or something
/// to be known. It has the life of an instruction: it is read, answered or passed up, and closed by the one who asked.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">Question, inquiry, opinion or information.</param>
/// <param name="Text">In words, at most 4,000 characters.</param>
/// <param name="Addressee">A person of the team, or a profession: then whoever of it is on call.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="AnswerBy">By when an answer is needed; not in the past.</param>
public sealed record RaiseRequest(
    Guid RequestId, Guid PatientId, InstructionKind Kind, string Text, Addressee Addressee, Urgency Urgency = Urgency.Routine, DateTimeOffset? AnswerBy = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(RequestId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Instruction>.References => Addressee.References;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        if (state.Issued is not null)
        {
            return Decision.Refuse("instruction.already_issued");
        }

        if (AnswerBy < situation.Now)
        {
            return Decision.Invalid("instruction.due_in_past", "answerBy");
        }

        // 疑義照会 is the pharmacist's own (薬剤師法 art. 24).
        if (Kind == InstructionKind.Inquiry && situation.By.Profession != Profession.Pharmacist)
        {
            return Decision.Forbid("instruction.inquiry_is_pharmacists");
        }

        return !Addressee.MayTake(Kind, situation.Known) ? Decision.Invalid("instruction.addressee_may_not_answer", "addressee")
            : Addressee.PersonId == situation.By.PersonId ? Decision.Invalid("instruction.addressee_oneself", "addressee")
            : Decision.Accept(new InstructionIssued(
                RequestId, PatientId, Kind, Text, null, Urgency, AnswerBy, Addressee, Addressee.NameIn(situation.Known), situation.By.PersonId));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RaiseRequest>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.RequestId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Kind).Must(k => k.IsRequest() && k != InstructionKind.Consultation).WithErrorCode("field.not_a_choice");
            RuleFor(c => c.Text).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Urgency).IsInEnum();
            RuleFor(c => c.Addressee).NotNull().SetValidator(new AddresseeRules());
            RuleFor(c => c.Addressee.Kind).NotEqual(AddresseeKind.WhoeverVisitsNext).WithErrorCode("field.not_a_choice").When(c => c.Addressee is not null);
        }
    }
}

/// <summary>Answer what was asked: whom it is addressed to, whoever of the cover was asked, or another physician of the team in the physician's place.</summary>
/// <param name="RequestId">Which.</param>
/// <param name="Answer">In words, at most 2,000 characters.</param>
public sealed record AnswerRequest(Guid RequestId, string Answer) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(RequestId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation) =>
        !state.Issued!.Kind.IsRequest() ? Decision.Refuse("instruction.no_request")
        : state.Issued.IssuerId == situation.By.PersonId ? Decision.Forbid("instruction.for_another")
        : state.NotFor(situation.By) is { } refused && situation.By.Profession != Profession.Physician ? refused
        : !InstructionTakers.MayTake(state.Issued.Kind, situation.By.Profession) ? Decision.Forbid("instruction.not_for_profession")
        : state.IsOver ? Decision.Refuse("instruction.over")
        : Decision.Accept(new InstructionCompleted(RequestId, state.Issued.PatientId, Answer, null, situation.Now, TeamOnly: state.TeamOnly));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<AnswerRequest>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.RequestId).NotEmpty();
            RuleFor(c => c.Answer).NotEmpty().MaximumLength(2000);
        }
    }
}

/// <summary>Close what one asked: answered, or no longer needed, with the reason.</summary>
/// <param name="RequestId">Which.</param>
/// <param name="Comment">In words, at most 2,000 characters; needed where there is no answer.</param>
public sealed record CloseRequest(Guid RequestId, string? Comment = null) : ICommand<Instruction>
{
    string ICommand<Instruction>.Stream => Instruction.StreamOf(RequestId);

    /// <inheritdoc/>
    public Guid? PatientOf(Instruction state) => state.Issued?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Instruction state, Situation situation)
    {
        if (!state.Issued!.Kind.IsRequest())
        {
            return Decision.Refuse("instruction.no_request");
        }

        // Answered, and whoever asked did not close it although it was passed on: then anybody who may ask ends it.
        if (state.Issued.IssuerId != situation.By.PersonId && !state.Asked.Contains(situation.By.PersonId) && !(state.IsOver && state.Asked.Count > 0))
        {
            return Decision.Forbid("instruction.asked_by_another");
        }

        return state.Status == InstructionStatus.Closed ? Decision.AlreadySo
            : !state.IsOver && string.IsNullOrWhiteSpace(Comment) ? Decision.Invalid("instruction.withdrawal_needs_reason", "comment")
            : Decision.Accept(new InstructionClosed(RequestId, state.Issued.PatientId, !state.IsOver, Comment, state.TeamOnly));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<CloseRequest>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.RequestId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(2000);
        }
    }
}
