using System.Diagnostics;
using System.Text.Json;
using HomeCare.Web.Accounts;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Api;

/// <summary>An error as programs and people read it (RFC 9457), media type <c>application/problem+json</c>.</summary>
/// <param name="Type"><c>urn:homecare:problem:</c> and the key.</param>
/// <param name="Title">A sentence in the reader's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Key">The key of the refusal, such as <c>visit.already_recorded</c>.</param>
public sealed record Problem(string Type, string Title, int Status, string Key)
{
    /// <summary>For each field that is wrong, sentences in the reader's language. Fields as in the body: <c>vitals.temperature</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The same as keys.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ErrorKeys { get; init; }

    /// <summary>Where in the JSON body it cannot be read, such as <c>$.vitals.temperature</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Line in the body, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>Byte in that line, from 1.</summary>
    public long? Column { get; init; }
}

/// <summary>Writes errors.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    // Field names are taken as they are: they have been made camel case already, and keys of errors may hold dots.
    private static readonly JsonSerializerOptions Writing = MakeOptions();

    public static Task WriteAsync(HttpContext http, int status, string key, params object[] arguments) =>
        WriteAsync(http, Of(http, status, key, arguments));

    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = ContentType;
        http.Response.Headers.ContentLanguage = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, Writing), http.RequestAborted);
        }
    }

    public static Problem Of(HttpContext http, int status, string key, params object[] arguments) =>
        new($"urn:homecare:problem:{key}", Words(http).Key(key, arguments), status, key);

    /// <summary>What a command was refused for.</summary>
    public static Task WriteAsync(HttpContext http, Outcome outcome)
    {
        var words = Words(http);
        switch (outcome)
        {
            case Outcome.Invalid invalid:
                var fields = invalid.Errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToList();
                return WriteAsync(http, Of(http, StatusCodes.Status422UnprocessableEntity, "outcome.invalid") with
                {
                    Errors = fields.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[.. f.Select(e => words.Of(e))], StringComparer.Ordinal),
                    ErrorKeys = fields.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[.. f.Select(e => e.Key)], StringComparer.Ordinal),
                });
            case Outcome.Refused refused:
                if (refused.Kind == RefusalKind.Busy)
                {
                    http.Response.Headers.RetryAfter = "1";
                }

                return WriteAsync(http, Of(http, refused.Key == "store.unavailable" ? StatusCodes.Status503ServiceUnavailable : StatusOf(refused.Kind), refused.Key) with { Title = words.Of(refused) });
            default:
                throw new ArgumentException("It was not refused.", nameof(outcome));
        }
    }

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Bodies for bare statuses of the API, and answers for what nobody caught.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(errors => errors.Run(OnErrorAsync));
        app.UseWhen(http => !SessionRedirects.IsPage(http.Request), api => api.UseStatusCodePages(context => OnStatusAsync(context.HttpContext)));
    }

    /// <summary>A request that the framework refused by its status alone.</summary>
    private static Task OnStatusAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => WriteAsync(http, 400, "request.bad"),
        StatusCodes.Status401Unauthorized => WriteAsync(http, 401, "session.missing"),
        StatusCodes.Status403Forbidden => WriteAsync(http, 403, "act.not_permitted"),
        StatusCodes.Status404NotFound => WriteAsync(http, 404, "request.not_found"),
        StatusCodes.Status405MethodNotAllowed => WriteAsync(http, 405, "request.method"),
        StatusCodes.Status413PayloadTooLarge => WriteAsync(http, 413, "request.too_large", RequestBody.Longest),
        StatusCodes.Status415UnsupportedMediaType => WriteAsync(http, 415, "request.content_type"),
        StatusCodes.Status429TooManyRequests => WriteAsync(http, 429, "session.too_many"),
        var status => WriteAsync(http, status, "request.bad"),
    };

    private static async Task OnErrorAsync(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var number = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        switch (error)
        {
            case BadHttpRequestException bad:
                http.Response.StatusCode = bad.StatusCode;
                await OnStatusAsync(http);
                break;
            case { } outage when Failures.IsOutage(outage):
                http.Response.Headers.RetryAfter = "2";
                await WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "store.unavailable");
                break;
            default:
                await WriteAsync(http, StatusCodes.Status500InternalServerError, "server.failed", number);
                break;
        }
    }

    private static IStringLocalizer<Common> Words(HttpContext http) => http.RequestServices.GetRequiredService<IStringLocalizer<Common>>();

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions();
        Json.Configure(options);
        options.DictionaryKeyPolicy = null;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
