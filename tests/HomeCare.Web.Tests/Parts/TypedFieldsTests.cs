using HomeCare.Testing;

namespace HomeCare.Web.Tests.Parts;

/// <summary>
/// A field with a value and a handler of its own gets back what the server knew a moment ago: on a slow network the letters typed since are
/// gone. A bound field does not, because the framework knows what its element holds.
/// </summary>
public sealed class TypedFieldsTests
{
    [Fact]
    public async Task every_field_that_is_heard_at_each_key_is_bound()
    {
        var pages = Directory.GetFiles(Repository.Path("src", "HomeCare.Web"), "*.razor", SearchOption.AllDirectories);
        pages.Length.ShouldBeGreaterThan(50);
        var unbound = new List<string>();
        foreach (var page in pages)
        {
            var lines = await File.ReadAllLinesAsync(page, TestContext.Current.CancellationToken);
            unbound.AddRange(lines.Where(line => line.Contains("@oninput", StringComparison.Ordinal)).Select(line => $"{Path.GetFileName(page)}: {line.Trim()}"));
        }

        unbound.ShouldBeEmpty();
    }
}
