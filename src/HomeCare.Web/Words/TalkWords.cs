namespace HomeCare.Web.Words;

/// <summary>Words of the team's conversations, and of what calls somebody to the page.</summary>
public sealed class TalkWords;
