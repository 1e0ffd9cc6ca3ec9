using System.Globalization;
using HomeCare.Visits;
using HomeCare.Web.Accounts;
using HomeCare.Web.Visits;

namespace HomeCare.Web.Api;

/// <summary>Photographs of wounds: sent in pieces by whoever took them, seen by whoever sees the visit.</summary>
internal static class PhotoEndpoints
{
    private const string PieceType = "application/octet-stream";

    public static void MapPhotos(this IEndpointRouteBuilder api)
    {
        var photos = api.MapGroup("/patients/{id}/photos/{photo}").RequireAuthorization().WithTags("Visits");
        photos.MapGet("", ReadAsync).Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: ["image/webp", "image/png"])
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 404)
            .WithSummary("A photograph that a visit's record names. 204: the record names it, and it has not arrived yet.");
        photos.MapGet("/pieces", StandingAsync).Produces<PhotoStanding>().Refuses(401, 404)
            .WithSummary("Which pieces of a photograph are here: sending goes on with the others.");
        photos.MapPut("/pieces/{piece}", TakeAsync).WithMetadata(new RawBody(PieceType)).Produces<PhotoStanding>().Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
            .WithSummary("A piece of a photograph: 65,536 bytes, the last one what is left. The same piece again changes nothing.")
            .WithDescription("With the last piece the hash, the kind and the size are compared with the record; "
                + "what does not fit is thrown away whole (422).");
    }

    private static async Task ReadAsync(HttpContext http, string id, string photo, CurrentActor current, WoundPhotos photos)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
        else if (!Guid.TryParse(id, out var patient) || !Guid.TryParse(photo, out var one) || await photos.ReadAsync(by, patient, one, http.RequestAborted) is not var (known, file))
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "photo.unknown");
        }
        else
        {
            // On a shared tablet nothing of it stays behind.
            http.Response.Headers.CacheControl = "no-store";
            if (file is null)
            {
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            http.Response.ContentType = known.Type;
            http.Response.ContentLength = file.Length;
            await http.Response.Body.WriteAsync(file, http.RequestAborted);
        }
    }

    private static async Task StandingAsync(HttpContext http, string id, string photo, CurrentActor current, WoundPhotos photos)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
        else if (Guid.TryParse(id, out var patient) && Guid.TryParse(photo, out var one) && await photos.StandingAsync(by, patient, one, http.RequestAborted) is { } standing)
        {
            await http.Response.WriteAsJsonAsync(standing, Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "photo.unknown");
        }
    }

    private static async Task TakeAsync(HttpContext http, string id, string photo, string piece, CurrentActor current, WoundPhotos photos)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
            return;
        }

        if (SheetFiles.IsTooOld(http.Request))
        {
            await Problems.WriteAsync(http, StatusCodes.Status409Conflict, "sheet.too_old");
            return;
        }

        // A header that a foreign form cannot send; and nobody's picture gets another's name.
        var author = http.Request.Headers[CommandEndpoints.AuthorHeader];
        if (!(author.Count == 1 && Guid.TryParse(author[0], out var person) && person == by.PersonId))
        {
            await Problems.WriteAsync(http, StatusCodes.Status409Conflict, "session.other_person");
            return;
        }

        if (!Guid.TryParse(id, out var patient) || !Guid.TryParse(photo, out var one))
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "photo.unknown");
            return;
        }

        if (!int.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            await Problems.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, "photo.piece_wrong");
            return;
        }

        if (await RequestBody.BytesAsync(http, PieceType, WoundPhoto.PieceSize) is not { } data)
        {
            return;
        }

        var answer = await photos.TakeAsync(by, patient, one, number, data, http.RequestAborted);
        if (answer.Standing is { } standing)
        {
            await http.Response.WriteAsJsonAsync(standing, Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, answer.Refused!);
        }
    }
}
