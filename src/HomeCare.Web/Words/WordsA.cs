namespace HomeCare.Web.Words;

/// <summary>Words of the shell, sign-in, my day, the patients, the timeline, the charts and the settings.</summary>
public sealed class WordsA;
