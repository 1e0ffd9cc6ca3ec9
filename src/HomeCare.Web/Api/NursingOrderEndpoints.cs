using System.Buffers;
using HomeCare.NursingOrders;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Api;

/// <summary>Reads of written orders to nursing stations, and the files they are signed with. For relatives and the person there are none: 404.</summary>
internal static class NursingOrderEndpoints
{
    public static void MapNursingOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("").RequireAuthorization().WithTags("Nursing orders");
        orders.MapGet("/nursing-orders", CurrentAsync).Produces<IReadOnlyList<NursingOrderCard>>().Refuses(401)
            .WithSummary("Orders about everybody whom I may see that are drafts, wait for a signature, are in force, or ended within 90 days; the first to end first.");
        orders.MapGet("/patients/{id}/nursing-orders", OfPatientAsync).Produces<IReadOnlyList<NursingOrderCard>>().Refuses(401, 404)
            .WithSummary("All orders about one person, the last to begin first.");
        orders.MapGet("/patients/{id}/nursing-orders/files/{file:guid}", FileAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").Refuses(401, 404, 409)
            .WithSummary("The file that an order is signed with, as it was handed in. 409: its bytes are no longer those that were handed in.");
        orders.MapPut("/patients/{id}/nursing-orders/{order:guid}/files/{file:guid}", AddFileAsync).Accepts<byte[]>("application/octet-stream").Produces<OrderFile>()
            .Refuses(401, 403, 404, 409, 413, 422)
            .WithSummary("Hand in a signed file for an order, before `sign-nursing-order` names it.")
            .WithDescription("The body is the file: PDF, a CMS signature or XML, at most 4 MiB. `name`: its name. It is kept with its SHA-256; the signature is not verified.")
            .WithMetadata(new QueryParameter("name", "string"));
    }

    private static async Task CurrentAsync(HttpContext http, CurrentActor current, NursingOrderReader orders)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
            return;
        }

        await http.Response.WriteAsJsonAsync(await orders.CurrentAsync(by, ct: http.RequestAborted), Json.Options, http.RequestAborted);
    }

    private static async Task OfPatientAsync(HttpContext http, string id, CurrentActor current, NursingOrderReader orders)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
        else if (Guid.TryParse(id, out var patient) && await orders.OfPatientAsync(by, patient, http.RequestAborted) is { } cards)
        {
            await http.Response.WriteAsJsonAsync(cards, Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
        }
    }

    private static async Task FileAsync(HttpContext http, string id, Guid file, CurrentActor current, OrderFiles files)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
            return;
        }

        if (!Guid.TryParse(id, out var patient) || await files.ReadAsync(by, patient, file, http.RequestAborted) is not { } stored)
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "reference.unknown");
            return;
        }

        if (!stored.Intact)
        {
            await Problems.WriteAsync(http, StatusCodes.Status409Conflict, "file.changed");
            return;
        }

        // Never shown within this site: what somebody handed in might be made to run.
        http.Response.ContentType = "application/octet-stream";
        http.Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = stored.File.Name }.ToString();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = stored.Content.Length;
        await http.Response.Body.WriteAsync(stored.Content, http.RequestAborted);
    }

    private static async Task AddFileAsync(HttpContext http, string id, Guid order, Guid file, CurrentActor current, OrderFiles files)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
            return;
        }

        if (!Guid.TryParse(id, out var patient))
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
            return;
        }

        if (http.Request.ContentLength > OrderFiles.Longest || await BytesAsync(http) is not { } content)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "file.too_large");
            return;
        }

        var handed = await files.AddAsync(by, patient, order, file, http.Request.Query["name"].ToString(), content, http.RequestAborted);
        if (handed.File is { } kept)
        {
            await http.Response.WriteAsJsonAsync(kept, Json.Options, http.RequestAborted);
            return;
        }

        await Problems.WriteAsync(http, handed.Refusal switch
        {
            "act.not_permitted" => StatusCodes.Status403Forbidden,
            "patient.unknown" or "order.unknown" => StatusCodes.Status404NotFound,
            "file.id_reused" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        }, handed.Refusal!);
    }

    private static async Task<byte[]?> BytesAsync(HttpContext http)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(buffer.GetMemory(16 * 1024), http.RequestAborted);
            if (read == 0)
            {
                return buffer.WrittenSpan.ToArray();
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > OrderFiles.Longest)
            {
                return null;
            }
        }
    }
}
