using System.Diagnostics;
using HomeCare.Web.Accounts;
using HomeCare.Web.Visits;

namespace HomeCare.Web.Api;

/// <summary>What a command gives back: of its last event, or of the last event of what it found to be so already.</summary>
/// <param name="Sequence">Place in the log.</param>
/// <param name="Version">Place in its stream.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record CommandReceipt(long Sequence, long Version, DateTimeOffset RecordedAt);

/// <summary>Every command of <see cref="Commands"/>, each under its own name.</summary>
internal static class CommandEndpoints
{
    /// <summary>Carries the command's id.</summary>
    public const string IdHeader = "Idempotency-Key";

    /// <summary>Says which device sends, for the record; optional.</summary>
    public const string DeviceHeader = "Device";

    /// <summary>Names the person who wrote what is sent; optional. Sent in another's session it is refused: nobody's words get another's name.</summary>
    public const string AuthorHeader = "Author";

    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        var commands = api.MapGroup("/commands").RequireAuthorization().WithTags("Commands");
        foreach (var command in api.ServiceProvider.GetRequiredService<Commands>().All)
        {
            commands.MapPost($"/{command.Name}", (HttpContext http, CurrentActor current, Care care) => SendAsync(http, command, current, care))
                .WithName(command.Name)
                .WithMetadata(new CommandBody(command.Type))
                .Produces<CommandReceipt>()
                .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        }

        commands.MapPost("/{name}", static (HttpContext http) => Problems.WriteAsync(http, StatusCodes.Status404NotFound, "command.unknown")).ExcludeFromDescription();
    }

    private static async Task SendAsync(HttpContext http, CommandType command, CurrentActor current, Care care)
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

        var author = http.Request.Headers[AuthorHeader];
        if (author.Count > 0 && !(author.Count == 1 && Guid.TryParse(author[0], out var person) && person == by.PersonId))
        {
            await Problems.WriteAsync(http, StatusCodes.Status409Conflict, "session.other_person");
            return;
        }

        var given = http.Request.Headers[IdHeader];
        if (given.Count == 0)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "command.id_missing");
            return;
        }

        if (given.Count > 1 || !Guid.TryParseExact(given[0], "D", out var id) || id == Guid.Empty)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "command.id_not_uuid");
            return;
        }

        if (await RequestBody.ReadAsync(http, command.Type) is not { } body)
        {
            return;
        }

        var context = new CommandContext(by, id) { CorrelationId = Activity.Current?.TraceId.ToString(), Device = DeviceOf(http) };
        var outcome = await Failures.PersistAsync(() => command.DoAsync(care, context, body, http.RequestAborted), http.RequestAborted);
        if (outcome is Outcome.Done { Receipt: var receipt })
        {
            await http.Response.WriteAsJsonAsync(
                new CommandReceipt(receipt.Sequence, receipt.Version, receipt.RecordedAt), Json.Options, http.RequestAborted);
        }
        else
        {
            await Problems.WriteAsync(http, outcome);
        }
    }

    private static string? DeviceOf(HttpContext http) =>
        http.Request.Headers[DeviceHeader].ToString() is { Length: > 0 and <= 100 } device && device.All(c => c is > ' ' and < '\u007f') ? device : null;
}

/// <summary>The record that a command's body is.</summary>
internal sealed record CommandBody(Type Type);

/// <summary>A body of bytes, sent by the person whom the header <c>Author</c> names.</summary>
internal sealed record RawBody(string MediaType);

/// <summary>A parameter of the query, for the document.</summary>
internal sealed record QueryParameter(string Name, string Type);
