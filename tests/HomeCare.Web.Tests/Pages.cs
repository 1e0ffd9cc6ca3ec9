using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests;

/// <summary>Renders components in one language, at one moment.</summary>
internal sealed class Pages : BunitContext
{
    public Pages(string language = "ja")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new Moment(Samples.Now));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    private sealed class Moment(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
