namespace HomeCare.Web.Words;

/// <summary>Words of the written orders to nursing stations. The forms themselves are Japanese in either language, as they are handed over.</summary>
public sealed class OrderWords;
