using FluentValidation;
using HomeCare.EventStore;
using HomeCare.Instructions;

namespace HomeCare.Conversations;

/// <summary>Begin a conversation about one person with its first post.</summary>
/// <param name="ConversationId">Chosen by the sender.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Topic">What it is about, at most 100 characters.</param>
/// <param name="Text">The first post, at most 4,000 characters.</param>
/// <param name="Mentions">Persons of the care team or professions that it is addressed to, at most 10.</param>
/// <param name="Answer">The answer needed of them; null: it is for information.</param>
public sealed record OpenConversation(
    Guid ConversationId, Guid PatientId, string Topic, string Text, IReadOnlyList<Addressee>? Mentions = null, AnswerNeeded? Answer = null) : ICommand<Conversation>
{
    string ICommand<Conversation>.Stream => Conversation.StreamOf(ConversationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Conversation state) => state.PatientId ?? PatientId;

    IEnumerable<Reference> ICommand<Conversation>.References => Posts.Named(Mentions);

    /// <inheritdoc/>
    public Decision Decide(Conversation state, Situation situation) => state.PatientId is not null
        ? Decision.Refuse("conversation.already_open")
        : Posts.Write(ConversationId, PatientId, Topic, 1, Text, Mentions ?? [], Answer, situation);

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<OpenConversation>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.ConversationId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Topic).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Text).NotEmpty().MaximumLength(Posts.LongestText);
            RuleFor(c => c.Mentions).Must(Posts.AreFew).WithErrorCode("conversation.too_many").Must(Posts.AreWhole).WithErrorCode("conversation.mention_incomplete");
            RuleFor(c => c.Mentions).NotEmpty().WithErrorCode("conversation.answer_of_whom").When(c => c.Answer is not null);
            RuleFor(c => c.Answer!.Urgency).IsInEnum().When(c => c.Answer is not null);
        }
    }
}

/// <summary>Write another post of a conversation.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="Text">In words, at most 4,000 characters.</param>
/// <param name="Mentions">Persons of the care team or professions that it is addressed to, at most 10.</param>
/// <param name="Answer">The answer needed of them; null: it is for information.</param>
public sealed record WritePost(Guid ConversationId, string Text, IReadOnlyList<Addressee>? Mentions = null, AnswerNeeded? Answer = null) : ICommand<Conversation>
{
    string ICommand<Conversation>.Stream => Conversation.StreamOf(ConversationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Conversation state) => state.PatientId;

    IEnumerable<Reference> ICommand<Conversation>.References => Posts.Named(Mentions);

    /// <inheritdoc/>
    public Decision Decide(Conversation state, Situation situation) => state.Posts >= Conversation.MostPosts
        ? Decision.Refuse("conversation.full")
        : Posts.Write(ConversationId, state.PatientId!.Value, state.Topic, state.Posts + 1, Text, Mentions ?? [], Answer, situation);

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<WritePost>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.ConversationId).NotEmpty();
            RuleFor(c => c.Text).NotEmpty().MaximumLength(Posts.LongestText);
            RuleFor(c => c.Mentions).Must(Posts.AreFew).WithErrorCode("conversation.too_many").Must(Posts.AreWhole).WithErrorCode("conversation.mention_incomplete");
            RuleFor(c => c.Mentions).NotEmpty().WithErrorCode("conversation.answer_of_whom").When(c => c.Answer is not null);
            RuleFor(c => c.Answer!.Urgency).IsInEnum().When(c => c.Answer is not null);
        }
    }
}

/// <summary>What the two ways of writing a post have in common.</summary>
internal static class Posts
{
    /// <summary>Characters of a post, at most.</summary>
    public const int LongestText = 4000;

    /// <summary>The most whom one post mentions.</summary>
    private const int MostMentions = 10;

    /// <summary>Whether they are not too many.</summary>
    public static bool AreFew(IReadOnlyList<Addressee>? mentions) => mentions is null or { Count: <= MostMentions };

    /// <summary>Whether each is a person, or a profession that takes part in conversations.</summary>
    public static bool AreWhole(IReadOnlyList<Addressee>? mentions) => (mentions ?? []).All(m => m switch
    {
        { Kind: AddresseeKind.Person, PersonId: not null, Profession: null } => true,
        { Kind: AddresseeKind.Profession, PersonId: null, Profession: { } profession } => Permissions.Allows(Act.Converse, profession),
        _ => false,
    });

    /// <summary>Whom it names. Whether they belong to the care team is for the decision, which says so by name.</summary>
    public static IEnumerable<Reference> Named(IReadOnlyList<Addressee>? mentions) =>
        (mentions ?? []).Where(m => m?.PersonId is not null).Select(m => new Reference(ReferenceKind.Person, m.PersonId!.Value)).Distinct();

    /// <summary>The post, and for each whom it needs an answer of a request in the ledger, all or none.</summary>
    public static Decision Write(
        Guid conversationId, Guid patientId, string topic, int number, string text, IReadOnlyList<Addressee> mentions, AnswerNeeded? answer, Situation situation)
    {
        if (answer?.By < situation.Now)
        {
            return Decision.Invalid("instruction.due_in_past", "answer.by");
        }

        var mentioned = new List<Mention>();
        foreach (var mention in mentions.Distinct())
        {
            if (mention.PersonId is not { } id)
            {
                mentioned.Add(new Mention(null, null, mention.Profession!.Value));
            }
            else if (id == situation.By.PersonId)
            {
                return Decision.Invalid("conversation.mentions_oneself", "mentions");
            }
            else if (situation.Known.People[id] is var person && !Permissions.Allows(Act.Converse, person.Profession))
            {
                return new Decision.Refused(RefusalKind.Conflict, "conversation.mention_may_not_see") { Who = person.Name };
            }
            else if (!situation.Known.Team.Contains(id))
            {
                return new Decision.Refused(RefusalKind.Conflict, "conversation.mention_not_on_team") { Who = person.Name };
            }
            else
            {
                mentioned.Add(new Mention(id, person.Name, person.Profession));
            }
        }

        var decision = Decision.Accept(new PostWritten(conversationId, patientId, topic, number, text, mentioned, answer));
        foreach (var mention in answer is null ? [] : mentioned)
        {
            var request = RequestOf(conversationId, number, mention);
            var addressee = mention.PersonId is null ? new Addressee(AddresseeKind.Profession, null, mention.Profession) : new Addressee(AddresseeKind.Person, mention.PersonId);
            decision = decision.And(Instruction.StreamOf(request), Instruction.StreamType, ExpectedVersion.New, new InstructionIssued(
                request, patientId, InstructionKind.Consultation, text, null, answer!.Urgency, answer.By, addressee, mention.Name, situation.By.PersonId,
                new InstructionTerms { Conversation = new ConversationPlace(conversationId, topic, number) }));
        }

        return decision;
    }

    /// <summary>The request that a post makes of one whom it mentions.</summary>
    public static Guid RequestOf(Guid conversationId, int number, Mention mention) =>
        Ids.Of("conversation", $"{conversationId}", $"{number}", mention.PersonId is { } person ? $"{person}" : $"{mention.Profession}");
}
