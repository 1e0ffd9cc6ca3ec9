using System.Text.RegularExpressions;
using HomeCare.Testing;

namespace HomeCare.Web.Tests;

/// <summary>What a compiler lets pass in markup and a reader would see.</summary>
public sealed partial class MarkupTests
{
    /// <summary>What is no text to be read, and often named after what it is about.</summary>
    private static readonly string[] Names = ["Id", "Field", "Class", "Kind"];

    /// <summary>A text parameter given as <c>Sentence="Problem"</c> shows the word "Problem", where <c>@Problem</c> was meant.</summary>
    [Fact]
    public async Task no_text_of_a_component_is_the_name_of_a_member()
    {
        var found = new List<string>();
        var files = Directory.EnumerateFiles(Repository.Path("src", "HomeCare.Web"), "*.razor", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            sources[file] = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        }

        var texts = sources.Values.SelectMany(s => TextParameter().Matches(s)).Select(m => m.Groups["name"].Value).Except(Names).ToHashSet(StringComparer.Ordinal);
        texts.ShouldContain("Sentence");
        foreach (var (file, source) in sources)
        {
            var members = TextMember().Matches(source).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            found.AddRange(Bare().Matches(source).Where(m => texts.Contains(m.Groups["name"].Value) && members.Contains(m.Groups["value"].Value))
                .Select(m => $"{Path.GetFileName(file)}: {m.Value.Trim()}"));
        }

        found.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\[Parameter[^\]]*\]\s*(\[[^\]]*\]\s*)*public\s+string\??\s+(?<name>\w+)")]
    private static partial Regex TextParameter();

    [GeneratedRegex(@"\b(private|public|protected|internal)\s+(static\s+)?string\??\s+(?<name>\w+)\s*(=>|\{|;|=)")]
    private static partial Regex TextMember();

    [GeneratedRegex("\\s(?<name>[A-Z]\\w*)=\"(?<value>[A-Za-z]\\w*)\"")]
    private static partial Regex Bare();
}
