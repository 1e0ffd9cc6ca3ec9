namespace HomeCare.Web.Words;

/// <summary>Words of the visit sheet that no other screen uses. They go to the browser with those of <see cref="WordsB"/> and <see cref="Common"/>.</summary>
public sealed class SheetWords;
