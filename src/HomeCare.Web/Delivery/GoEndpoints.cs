using System.Net.Mime;
using HomeCare.Delivery;
using HomeCare.Web.Accounts;

namespace HomeCare.Web.Delivery;

/// <summary>Where the links of messages lead. A session's cookie does not come along from another site, so that the first step is a bare page of this site that goes on.</summary>
internal static class GoEndpoints
{
    public static void MapGo(this IEndpointRouteBuilder app)
    {
        app.MapGet("/go/{id:guid}", static (HttpContext http, Guid id) => StepAsync(http, $"/go/open/{id}")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/go/address", static (HttpContext http) => StepAsync(http, $"/settings?token={Uri.EscapeDataString(http.Request.Query["token"].ToString())}")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/go/open/{id:guid}", OpenAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static Task StepAsync(HttpContext http, string address)
    {
        var safe = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(address);
        http.Response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>HomeCare</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><meta http-equiv=\"refresh\" content=\"0;url={safe}\"></head><body><p><a href=\"{safe}\">HomeCare</a></p></body></html>",
            http.RequestAborted);
    }

    /// <summary>To the entry on the person's timeline; another's link, and one to a record that may not be seen any more, lead to the own page.</summary>
    private static async Task OpenAsync(HttpContext http, Guid id, CurrentActor current, Outbox outbox, Access access)
    {
        var address = await current.GetAsync() is { } by && await outbox.OfAsync(by, id, http.RequestAborted) is { PatientId: { } patient } delivery && await access.MaySeeAsync(by, patient, http.RequestAborted)
            ? $"/patients/{patient}#entry-{delivery.Sequence}" : "/";
        http.Response.Redirect(address);
    }
}
