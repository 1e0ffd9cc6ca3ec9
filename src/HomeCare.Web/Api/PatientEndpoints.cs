using System.Globalization;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Api;

/// <summary>A page of the people whom the reader may see.</summary>
/// <param name="Patients">By kana.</param>
/// <param name="More">Whether there is a further page.</param>
public sealed record PatientList(IReadOnlyList<PatientLine> Patients, bool More);

/// <summary>Up to where the reader has seen a timeline.</summary>
/// <param name="Sequence">The last entry seen.</param>
public sealed record SeenRequest(long Sequence);

/// <summary>Reads of people cared for. One that the reader may not see is not there: 404.</summary>
internal static class PatientEndpoints
{
    private const int LongestQuery = 100;
    private const int LastPage = 100_000;

    public static void MapPatients(this IEndpointRouteBuilder api)
    {
        var patients = api.MapGroup("/patients").RequireAuthorization().WithTags("Patients");
        patients.MapGet("", ListAsync).Produces<PatientList>().Refuses(400, 401)
            .WithSummary("The people whom I may see, by kana, 50 a page.")
            .WithDescription("`query`: part of a name in kanji or kana; width, kind of kana and case make no difference. `page`: from 1.")
            .WithMetadata(new QueryParameter("query", "string"), new QueryParameter("page", "integer"));
        patients.MapGet("/{id}", SummaryAsync).Produces<PatientSummary>().Refuses(401, 404)
            .WithSummary("What everybody on the care team must know of one person.");
        patients.MapGet("/{id}/timeline", TimelineAsync).Produces<IReadOnlyList<TimelineEntry>>().Refuses(400, 401, 404)
            .WithSummary("Entries in the order of recording: newest first, or with `after` oldest first.")
            .WithDescription("`before`, `after`: a sequence, one of the two at most. `limit`: 1 to 200, 50 unless given. `data` holds the event of the entry's kind.")
            .WithMetadata(new QueryParameter("before", "integer"), new QueryParameter("after", "integer"), new QueryParameter("limit", "integer"));
        patients.MapPost("/{id}/seen", SeenAsync).Accepts<SeenRequest>("application/json").Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 404, 413, 415, 422)
            .WithSummary("I have seen this timeline up to a sequence. It never goes back.");
    }

    private static async Task ListAsync(HttpContext http, CurrentActor current, PatientReader patients)
    {
        var query = http.Request.Query["query"].ToString();
        if (query.Length > LongestQuery || query.Contains('\0', StringComparison.Ordinal))
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.parameter", "query");
            return;
        }

        if (await WhoAsync(http, current) is not { } by || await NumberAsync(http, "page", 1, LastPage) is not (true, var page))
        {
            return;
        }

        var (lines, more) = await patients.ListAsync(by, query, (int)(page ?? 1), ct: http.RequestAborted);
        await WriteAsync(http, new PatientList(lines, more));
    }

    private static async Task SummaryAsync(HttpContext http, string id, CurrentActor current, PatientReader patients)
    {
        if (await WhoAsync(http, current) is not { } by)
        {
            return;
        }

        if (Guid.TryParse(id, out var patient) && await patients.SummaryAsync(by, patient, http.RequestAborted) is { } summary)
        {
            await WriteAsync(http, summary);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
        }
    }

    private static async Task TimelineAsync(HttpContext http, string id, CurrentActor current, TimelineReader timeline)
    {
        if (await WhoAsync(http, current) is not { } by
            || await NumberAsync(http, "before", 0, long.MaxValue) is not (true, var before)
            || await NumberAsync(http, "after", 0, long.MaxValue) is not (true, var after)
            || await NumberAsync(http, "limit", 1, TimelineReader.LongestPage) is not (true, var limit))
        {
            return;
        }

        if (before is not null && after is not null)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.parameter", "before, after");
            return;
        }

        if (Guid.TryParse(id, out var patient)
            && await timeline.ReadAsync(by, patient, before, after, (int)(limit ?? 50), http.RequestAborted) is { } entries)
        {
            await WriteAsync(http, entries);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
        }
    }

    private static async Task SeenAsync(HttpContext http, string id, CurrentActor current, ReadMarks marks)
    {
        if (await WhoAsync(http, current) is not { } by || await RequestBody.ReadAsync<SeenRequest>(http) is not { } seen)
        {
            return;
        }

        if (seen.Sequence < 0)
        {
            await Problems.WriteAsync(http, new Outcome.Invalid([new FieldError("sequence", "request.bad", [])]));
        }
        else if (Guid.TryParse(id, out var patient) && await marks.MoveToAsync(by, patient, seen.Sequence, http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
        }
    }

    private static async Task<Actor?> WhoAsync(HttpContext http, CurrentActor current)
    {
        if (await current.GetAsync() is { } by)
        {
            return by;
        }

        await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        return null;
    }

    /// <summary>A whole number of the query within its limits; false when a problem was written instead.</summary>
    private static async Task<(bool Good, long? Value)> NumberAsync(HttpContext http, string name, long low, long high)
    {
        var values = http.Request.Query[name];
        if (values.Count == 0)
        {
            return (true, null);
        }

        if (values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return (true, value);
        }

        await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.parameter", name);
        return (false, null);
    }

    private static Task WriteAsync<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, Json.Options, http.RequestAborted);
}
