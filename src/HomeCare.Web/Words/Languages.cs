using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace HomeCare.Web.Words;

/// <summary>The languages, and how a reader's is known.</summary>
public static class Languages
{
    /// <summary>Japanese first.</summary>
    public static IReadOnlyList<string> All { get; } = ["ja", "en"];

    /// <summary>A query <c>culture</c> before the cookie; the API, which may come from a program, also goes by Accept-Language. Else Japanese.</summary>
    internal static void ConfigureLanguages(this IServiceCollection services)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(All[0]);
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = All.Select(CultureInfo.GetCultureInfo).ToList();
            options.DefaultRequestCulture = new RequestCulture(All[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { Options = options, UIQueryStringKey = "culture" },
                new CookieRequestCultureProvider { Options = options, CookieName = Preferences.CultureCookie },
                new ApiLanguage { Options = options },
            ];
        });
    }

    private sealed class ApiLanguage : AcceptLanguageHeaderRequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
            Accounts.SessionRedirects.IsPage(httpContext.Request) ? NullProviderCultureResult : base.DetermineProviderCultureResult(httpContext);
    }
}
