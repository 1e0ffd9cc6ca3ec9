using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Api;

/// <summary>Every field of every command with what nobody would write: never a failure of the server, and the session goes on.</summary>
public sealed class FuzzTests(WebHost host) : IClassFixture<WebHost>
{
    /// <summary>JSON texts put in the place of a value.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "\"\"", "\" \"", "-1", "0", "1e400", "-1e-400", "79228162514264337593543950335", "99999999999999999999999999999999999999",
        "0.00000000000000000000000000001", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\u202e\ufeff\"", "\"NaN\"",
        "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-02-30\"", "\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
        $"\"{new string('あ', 5000)}\"", $"[{string.Join(',', Enumerable.Repeat("1", 20_000))}]", $"[{string.Join(',', Enumerable.Repeat("null", 20_000))}]",
        $"[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]", new string('[', 200) + new string(']', 200),
        "\"2026-11-22T10:00:00+99:00\"", "\"pulse\"", "3.14",
    ];

    public static TheoryData<string> AllCommands => [.. new Commands().All.Select(c => c.Name)];

    [Theory, MemberData(nameof(AllCommands))]
    public async Task whatever_stands_in_a_field_the_answer_is_a_refusal_or_a_receipt(string command)
    {
        var things = await Things.MakeAsync(host);
        var open = Town.Professions.FirstOrDefault(p => Permissions.Allows(new Commands().Find(command)!.Act, p), Profession.Physician);
        var client = await host.AsAsync(open);
        var good = JsonSerializer.SerializeToNode(Examples.Of(command, things), Json.Options)!.AsObject();
        foreach (var path in Paths(good, ""))
        {
            foreach (var value in Values)
            {
                var body = With(good, path, value);
                using var response = await client.CommandAsync(command, Encoding.UTF8.GetBytes(body), Guid.CreateVersion7().ToString());
                var status = (int)response.StatusCode;
                if (status is not (200 or 400 or 403 or 404 or 409 or 422))
                {
                    var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    Assert.Fail($"{command} {path} = {value[..Math.Min(60, value.Length)]}: {status} {text[..Math.Min(300, text.Length)]}");
                }
            }
        }
    }

    /// <summary>Paths of all values, inner ones included.</summary>
    private static IEnumerable<string> Paths(JsonObject of, string prefix)
    {
        foreach (var (name, value) in of)
        {
            yield return prefix + name;
            var inner = value switch
            {
                JsonObject o => Paths(o, $"{prefix}{name}."),
                JsonArray { Count: > 0 } a when a[0] is JsonObject first => Paths(first, $"{prefix}{name}.0."),
                _ => [],
            };
            foreach (var path in inner)
            {
                yield return path;
            }
        }
    }

    private static string With(JsonObject good, string path, string value)
    {
        const string Place = "\"%%%\"";
        JsonNode copy = good.DeepClone();
        var at = copy;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            at = int.TryParse(name, CultureInfo.InvariantCulture, out var index) ? at[index]! : at[name]!;
        }

        at[names[^1]] = "%%%";
        return copy.ToJsonString(Json.Options).Replace(Place, value, StringComparison.Ordinal);
    }
}
