using System.Text.Json.Nodes;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Api;

/// <summary>/openapi/v1.json describes what there is.</summary>
public sealed class OpenApiTests(WebHost host) : IClassFixture<WebHost>
{
    private async Task<JsonNode> DocumentAsync()
    {
        using var anonymous = host.Anonymous();
        return JsonNode.Parse(await anonymous.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
    }

    [Fact]
    public async Task every_command_is_described_with_its_body_its_key_its_receipt_and_its_problems()
    {
        var document = await DocumentAsync();
        foreach (var command in new Commands().All)
        {
            var post = document["paths"]![$"/api/commands/{command.Name}"]?["post"].ShouldNotBeNull(command.Name)!;
            var schema = Resolve(document, post["requestBody"]!["content"]!["application/json"]!["schema"]!);
            var required = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToList() ?? [];
            foreach (var parameter in command.Type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters())
            {
                var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                schema["properties"]!.AsObject().ShouldContainKey(name, command.Name);
                required.Contains(name).ShouldBe(!parameter.IsOptional, $"{command.Name}.{name}");
            }

            var key = post["parameters"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "Idempotency-Key")!;
            key["in"]!.GetValue<string>().ShouldBe("header");
            key["required"]!.GetValue<bool>().ShouldBeTrue();
            foreach (var status in new[] { "400", "401", "403", "404", "409", "413", "415", "422", "429", "503" })
            {
                post["responses"]![status]!["content"]!["application/problem+json"].ShouldNotBeNull($"{command.Name} {status}");
            }

            Resolve(document, post["responses"]!["200"]!["content"]!["application/json"]!["schema"]!)["properties"]!.AsObject().Select(p => p.Key)
                .ShouldBe(["sequence", "version", "recordedAt"], ignoreOrder: true);
        }
    }

    [Theory]
    [InlineData("/healthz", "get")]
    [InlineData("/readyz", "get")]
    [InlineData("/api/session", "post")]
    [InlineData("/api/session", "delete")]
    [InlineData("/api/me", "get")]
    [InlineData("/api/patients", "get")]
    [InlineData("/api/patients/{id}", "get")]
    [InlineData("/api/patients/{id}/timeline", "get")]
    [InlineData("/api/patients/{id}/seen", "post")]
    [InlineData("/api/patients/{id}/photos/{photo}", "get")]
    [InlineData("/api/patients/{id}/photos/{photo}/pieces", "get")]
    [InlineData("/api/patients/{id}/photos/{photo}/pieces/{piece}", "put")]
    public async Task every_other_call_is_described(string path, string method)
    {
        var operation = (await DocumentAsync())["paths"]![path]?[method].ShouldNotBeNull()!;
        operation["summary"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        operation["responses"]!.AsObject().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_timeline_is_described_with_its_parameters_and_the_kinds_of_its_entries()
    {
        var document = await DocumentAsync();
        var get = document["paths"]!["/api/patients/{id}/timeline"]!["get"]!;
        get["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["id", "before", "after", "limit"], ignoreOrder: true);
        var data = document["components"]!["schemas"]!["TimelineEntry"]!["properties"]!["data"]!;
        data["oneOf"]!.AsArray().Count.ShouldBe(CareEvents.Types().All.Values.Count(t => t.IsAssignableTo(typeof(IPatientEvent))));
    }

    [Fact]
    public async Task nothing_is_described_that_is_only_for_pages()
    {
        (await DocumentAsync())["paths"]!.AsObject().Select(p => p.Key).ShouldAllBe(p => p.StartsWith("/api/") || p == "/healthz" || p == "/readyz");
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;
}
