namespace HomeCare.Web.Words;

/// <summary>Words of what is told outside the page: the settings, and the messages themselves.</summary>
public sealed class DeliveryWords;
