using HomeCare.Conversations;
using HomeCare.Instructions;

namespace HomeCare.Web.Conversations;

/// <summary>A post as it was typed.</summary>
/// <param name="Topic">What the conversation is about; empty where it has begun already.</param>
/// <param name="Text">In words.</param>
/// <param name="Mentions">Whom it is addressed to.</param>
/// <param name="Answer">The answer needed of them; null: for information.</param>
public sealed record PostDraft(string Topic, string Text, IReadOnlyList<Addressee> Mentions, AnswerNeeded? Answer)
{
    /// <summary>Whether another says the same: sent twice, it is one act.</summary>
    public bool SaysTheSame(PostDraft other) =>
        (Topic, Text, Answer) == (other.Topic, other.Text, other.Answer) && Mentions.SequenceEqual(other.Mentions);
}
