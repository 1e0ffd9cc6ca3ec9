namespace HomeCare.Web;

/// <summary>The host cannot start, for a reason that the one who starts it can mend.</summary>
/// <param name="sentence">What is wrong and what to do, in one sentence.</param>
public sealed class CannotStart(string sentence) : Exception(sentence);
