using FluentValidation;

namespace HomeCare.Conversations;

/// <summary>Say that one has read a conversation up to a post. It never goes back, and answers nothing.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="UpTo">The last post read, from 1.</param>
public sealed record MarkConversationRead(Guid ConversationId, int UpTo) : ICommand<Conversation>
{
    string ICommand<Conversation>.Stream => Conversation.StreamOf(ConversationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Conversation state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(Conversation state, Situation situation) =>
        UpTo > state.Posts ? Decision.Invalid("conversation.no_such_post", "upTo")
        : state.ReadUpTo.GetValueOrDefault(situation.By.PersonId) >= UpTo ? Decision.AlreadySo
        : Decision.Accept(new ConversationRead(ConversationId, state.PatientId!.Value, situation.By.PersonId, UpTo));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<MarkConversationRead>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.ConversationId).NotEmpty();
            RuleFor(c => c.UpTo).GreaterThan(0).WithErrorCode("conversation.no_such_post");
        }
    }
}
