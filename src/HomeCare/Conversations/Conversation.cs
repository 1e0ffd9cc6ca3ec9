using System.Collections.Immutable;
using HomeCare.Instructions;

namespace HomeCare.Conversations;

/// <summary>A conversation about one person (会話): a topic, posts in order, and up to where each person has read. What needs an answer has the life of a
/// request in the ledger (see docs/adr); here it is only said to whom.</summary>
/// <param name="PatientId">About whom; null: there is no such conversation yet.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Posts">How many posts there are; they are numbered from 1.</param>
/// <param name="ReadUpTo">The last post that each person has read.</param>
public sealed record Conversation(Guid? PatientId, string Topic, int Posts, ImmutableDictionary<Guid, int> ReadUpTo) : IState<Conversation>
{
    /// <summary>The most posts of one conversation; then another is begun.</summary>
    public const int MostPosts = 500;

    /// <summary>The conversation's stream.</summary>
    public static string StreamOf(Guid id) => $"conversation-{id}";

    /// <inheritdoc/>
    public static Conversation Initial { get; } = new(null, "", 0, ImmutableDictionary<Guid, int>.Empty);

    /// <inheritdoc/>
    public static string StreamType => "conversation";

    /// <inheritdoc/>
    public Conversation Apply(object e) => e switch
    {
        PostWritten written => this with { PatientId = written.PatientId, Topic = written.Topic, Posts = written.Number },
        ConversationRead read => this with { ReadUpTo = ReadUpTo.SetItem(read.ReaderId, read.UpTo) },
        _ => this,
    };
}

/// <summary>An answer that a post asks of everybody it mentions.</summary>
/// <param name="Urgency">How soon.</param>
/// <param name="By">By when; null: within the community's times for that urgency.</param>
public sealed record AnswerNeeded(Urgency Urgency = Urgency.Routine, DateTimeOffset? By = null);

/// <summary>Whom a post mentions, as they were called at the time.</summary>
/// <param name="PersonId">The person; null: everybody of the profession.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Profession">The profession, the person's where one is mentioned.</param>
public sealed record Mention(Guid? PersonId, string? Name, Profession Profession);

/// <summary>Of which post of which conversation an instruction is the request for an answer.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Number">The post.</param>
public sealed record ConversationPlace(Guid ConversationId, string Topic, int Number);
