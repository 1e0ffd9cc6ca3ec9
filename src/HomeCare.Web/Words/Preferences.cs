using Microsoft.AspNetCore.Localization;

namespace HomeCare.Web.Words;

/// <summary>What a reader chose for this browser: <c>?culture=ja|en</c> and <c>?theme=light|dark|auto</c> on any page are kept in cookies.</summary>
public sealed class Preferences(RequestDelegate next)
{
    /// <summary>Keeps the language.</summary>
    public const string CultureCookie = "culture";

    /// <summary>Keeps light, dark, or as the device has it.</summary>
    public const string ThemeCookie = "theme";

    private static readonly string[] Themes = ["light", "dark", "auto"];

    /// <summary>The theme that this request asks for, or its cookie: light, dark or auto.</summary>
    public static string ThemeOf(HttpContext http) =>
        Themes.FirstOrDefault(t => t == http.Request.Query["theme"]) ?? Themes.FirstOrDefault(t => t == http.Request.Cookies[ThemeCookie]) ?? "auto";

    /// <summary>Sets the cookies.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            if (Languages.All.FirstOrDefault(l => l == http.Request.Query["culture"]) is { } culture)
            {
                Keep(CultureCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            }

            if (Themes.FirstOrDefault(t => t == http.Request.Query["theme"]) is { } theme)
            {
                Keep(ThemeCookie, theme);
            }
        }

        return next(http);

        void Keep(string name, string value) => http.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            IsEssential = true,
            Path = "/",
        });
    }
}
