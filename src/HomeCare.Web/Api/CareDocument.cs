using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HomeCare.Web.Api;

/// <summary>The OpenAPI document: what the endpoints cannot say of themselves.</summary>
internal static class CareDocument
{
    public static void AddCareDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "HomeCare", Version = "1" };
            document.Servers = [];
            return Task.CompletedTask;
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
}
