using HomeCare.Timeline;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HomeCare.Web.Api;

/// <summary>The OpenAPI document: what the endpoints cannot say of themselves.</summary>
internal static class CareDocument
{
    public static void AddCareDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(async (document, context, ct) =>
        {
            document.Info = new OpenApiInfo { Title = "HomeCare", Version = "1" };
            document.Servers = [];
            await DescribeEntriesAsync(document, context, ct);
        });
        options.AddOperationTransformer(async (operation, context, ct) =>
        {
            foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
            {
                switch (metadata)
                {
                    case CommandBody body:
                        operation.RequestBody = new OpenApiRequestBody
                        {
                            Required = true,
                            Content = new Dictionary<string, OpenApiMediaType>
                            {
                                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct) },
                            },
                        };
                        (operation.Parameters ??= []).Add(new OpenApiParameter
                        {
                            Name = CommandEndpoints.IdHeader,
                            In = ParameterLocation.Header,
                            Required = true,
                            Description = "The command's id, made by the sender: the same again is done once.",
                            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                        });
                        operation.Parameters.Add(new OpenApiParameter
                        {
                            Name = CommandEndpoints.AuthorHeader,
                            In = ParameterLocation.Header,
                            Required = false,
                            Description = "The person who wrote it: in another's session it is refused with 409.",
                            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                        });
                        break;
                    case RawBody raw:
                        operation.RequestBody = new OpenApiRequestBody
                        {
                            Required = true,
                            Content = new Dictionary<string, OpenApiMediaType> { [raw.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
                        };
                        (operation.Parameters ??= []).Add(new OpenApiParameter
                        {
                            Name = CommandEndpoints.AuthorHeader,
                            In = ParameterLocation.Header,
                            Required = true,
                            Description = "The person who sends it: in another's session it is refused with 409.",
                            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                        });
                        break;
                    case QueryParameter query:
                        (operation.Parameters ??= []).Add(new OpenApiParameter
                        {
                            Name = query.Name,
                            In = ParameterLocation.Query,
                            Schema = query.Type == "integer"
                                ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }
                                : new OpenApiSchema { Type = JsonSchemaType.String },
                        });
                        break;
                }
            }
        });
    });

    /// <summary>What an entry holds is one of the events of a person's record; the entry's kind is the event's name in kebab-case.</summary>
    private static async Task DescribeEntriesAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        if (document.Components?.Schemas?[nameof(TimelineEntry)] is not OpenApiSchema { Properties: { } properties })
        {
            return;
        }

        var kinds = new List<IOpenApiSchema>();
        foreach (var (name, type) in CareEvents.Types().All.Where(e => e.Value.IsAssignableTo(typeof(IPatientEvent))).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, ct);
            schema.Description = $"`{name.Replace('_', '-')}`";
            document.AddComponent(type.Name, schema);
            kinds.Add(new OpenApiSchemaReference(type.Name, document));
        }

        properties["data"] = new OpenApiSchema { Description = "The event of the entry's `kind`.", OneOf = kinds };
    }
}
