namespace HomeCare.Web.Words;

/// <summary>Words of what is pointed out.</summary>
public sealed class WatchWords;
