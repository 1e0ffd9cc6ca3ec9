using HomeCare.Web.Accounts;
using HomeCare.Web.Words;

namespace HomeCare.Web.Api;

/// <summary>The HTTP API. Its document is at <c>/openapi/v1.json</c>.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services, IConfiguration settings)
    {
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.AddSignInLimit(settings);
        services.AddCareDocument();
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        var api = app.MapGroup("/api").DisableAntiforgery();
        api.MapSession();
        api.MapPatients();
        api.MapVisits();
        api.MapPhotos();
        api.MapNursingOrders();
        api.MapDevices();
        api.MapCommands();
        api.Map("/{**rest}", static (HttpContext http) => Problems.WriteAsync(http, StatusCodes.Status404NotFound, "request.not_found"))
            .ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>Documents the problems that an endpoint answers with.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problems.ContentType]));
        }

        return builder;
    }
}
