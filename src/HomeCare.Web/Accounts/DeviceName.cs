namespace HomeCare.Web.Accounts;

/// <summary>What a browser calls itself, short enough to be read: "iPad Safari".</summary>
public static class DeviceName
{
    private static readonly (string Mark, string Name)[] Devices =
    [
        ("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Others call themselves Chrome and Safari as well, and so come before these.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    /// <summary>The name by the browser's own word (RFC 9110, section 10.1.5); "Browser" where it says nothing that is known.</summary>
    public static string Of(string? userAgent)
    {
        var parts = new[] { Of(userAgent, Devices), Of(userAgent, Browsers) }.OfType<string>().ToList();
        return parts.Count > 0 ? string.Join(' ', parts) : "Browser";
    }

    private static string? Of(string? userAgent, (string Mark, string Name)[] known) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
