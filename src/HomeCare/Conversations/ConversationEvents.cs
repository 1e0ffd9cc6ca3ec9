namespace HomeCare.Conversations;

/// <summary>Somebody wrote a post; the first begins the conversation. What the team says to one another is not shown to the person and relatives.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Topic">What the conversation is about.</param>
/// <param name="Number">The how-manieth post it is, from 1.</param>
/// <param name="Text">In words.</param>
/// <param name="Mentions">Whom it is addressed to; empty: nobody in particular.</param>
/// <param name="Answer">The answer needed of them; null: it is for information.</param>
public sealed record PostWritten(
    Guid ConversationId, Guid PatientId, string Topic, int Number, string Text, IReadOnlyList<Mention> Mentions, AnswerNeeded? Answer) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}

/// <summary>Somebody has read a conversation up to a post.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="ReaderId">Who.</param>
/// <param name="UpTo">The last post read.</param>
public sealed record ConversationRead(Guid ConversationId, Guid PatientId, Guid ReaderId, int UpTo) : IPatientEvent, ITeamOnly
{
    bool ITeamOnly.TeamOnly => true;
}
