namespace HomeCare.Web.Words;

/// <summary>Words that all screens and the API share: professions, choices, units, refusals and field errors.</summary>
public sealed class Common;
