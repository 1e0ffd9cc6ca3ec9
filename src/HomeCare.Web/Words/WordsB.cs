namespace HomeCare.Web.Words;

/// <summary>Words of the visit sheet, the instructions, the board and the administration.</summary>
public sealed class WordsB;
