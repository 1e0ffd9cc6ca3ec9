using System.Globalization;
using System.Threading.RateLimiting;
using HomeCare.Web.Accounts;
using Microsoft.AspNetCore.RateLimiting;

namespace HomeCare.Web.Api;

/// <summary>How often one address may try to sign in.</summary>
internal static class SignInLimit
{
    public const string Policy = "sign-in";

    /// <summary>An office behind one address signs in at eight in the morning; a guesser needs far more.</summary>
    private const int PerMinute = 120;

    public static void AddSignInLimit(this IServiceCollection services, IConfiguration settings)
    {
        var limit = int.TryParse(settings["HOMECARE_SIGN_INS_PER_MINUTE"], CultureInfo.InvariantCulture, out var given) && given > 0 ? given : PerMinute;
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
            limiter.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                if (SessionRedirects.IsPage(context.HttpContext.Request))
                {
                    context.HttpContext.Response.Redirect("/sign-in?error=session.too_many");
                }
                else
                {
                    await Problems.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "session.too_many");
                }
            };
        });
    }
}
