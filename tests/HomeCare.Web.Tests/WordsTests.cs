using System.Text.RegularExpressions;
using System.Xml.Linq;
using HomeCare.Testing;

namespace HomeCare.Web.Tests;

/// <summary>The words of the screens: the same keys in both languages, none unused, no half translation.</summary>
public sealed partial class WordsTests
{
    public static TheoryData<string> Books => ["Common", "WordsA", "WordsB", "LedgerWords", "SheetWords", "OrderWords", "DeliveryWords", "TalkWords", "WatchWords"];

    [Theory, MemberData(nameof(Books))]
    public void both_languages_have_the_same_keys_with_the_same_places_to_fill(string book)
    {
        var japanese = Read($"{book}.resx");
        var english = Read($"{book}.en.resx");

        english.Keys.Except(japanese.Keys).ShouldBeEmpty("only in English");
        japanese.Keys.Except(english.Keys).ShouldBeEmpty("only in Japanese");
        japanese.Where(word => !Places(word.Value).SetEquals(Places(english[word.Key]))).Select(word => $"{word.Key}: {word.Value} / {english[word.Key]}").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Books))]
    public void english_sentences_are_english_and_none_is_empty(string book)
    {
        Read($"{book}.en.resx").Where(word => word.Value.Length == 0 || Japanese().IsMatch(word.Value)).Select(word => $"{word.Key}: {word.Value}")
            .Where(word => !word.StartsWith("language.", StringComparison.Ordinal)).ShouldBeEmpty();
        Read($"{book}.resx").Where(word => word.Value.Length == 0).Select(word => word.Key).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Books))]
    public async Task every_key_is_used_somewhere(string book)
    {
        var folders = new[] { Repository.Path("src"), Repository.Path("wwwroot") };
        var sources = new List<string>();
        foreach (var file in folders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
                     .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".js", StringComparison.Ordinal))
                     .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            sources.Add(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        var all = string.Join('\n', sources);
        // A key stands in the sources whole, or its beginning does, followed by what is put in: W[$"step.{Step}.title"].
        var beginnings = Interpolated().Matches(all).Select(m => m.Groups["start"].Value).Where(s => s.Length > 0).ToHashSet(StringComparer.Ordinal);
        var names = Interpolated().Matches(all).Where(m => m.Groups["start"].Length == 0).Any();
        Read($"{book}.resx").Keys
            .Where(key => !all.Contains($"\"{key}\"", StringComparison.Ordinal) && !all.Contains($"'{key}'", StringComparison.Ordinal))
            .Where(key => !beginnings.Any(b => key.StartsWith(b, StringComparison.Ordinal)))
            .Where(key => !(names && char.IsUpper(key[0])))
            .ShouldBeEmpty();
    }

    /// <summary>A key that its book does not have is shown as it is: "call" where a telephone call was meant.</summary>
    [Fact]
    public async Task every_key_that_is_asked_of_a_book_stands_in_it()
    {
        var books = Books.Select(b => b.Data).ToDictionary(b => b, b => Read($"{b}.resx").Keys.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var missing = new List<string>();
        var asked = 0;
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "HomeCare.Web"), "*.*", SearchOption.AllDirectories)
                     .Where(f => Path.GetExtension(f) is ".razor" or ".cs" && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var source = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            // A component has the books of its own file, of the other half of its class, and of the imports of its folder.
            var given = source;
            foreach (var beside in new[] { Path.Combine(Path.GetDirectoryName(file)!, "_Imports.razor"), Repository.Path("src", "HomeCare.Web", "_Imports.razor"), file.Replace(".razor.cs", ".razor", StringComparison.Ordinal), file + ".cs" }
                         .Where(b => b != file && File.Exists(b)))
            {
                given += '\n' + await File.ReadAllTextAsync(beside, TestContext.Current.CancellationToken);
            }

            var byName = Given().Matches(given).Where(m => books.ContainsKey(m.Groups["book"].Value)).ToLookup(m => m.Groups["name"].Value, m => m.Groups["book"].Value, StringComparer.Ordinal);
            foreach (var match in Asked().Matches(source).Where(m => byName.Contains(m.Groups["name"].Value)))
            {
                foreach (var key in Literal().Matches(match.Groups["keys"].Value).Select(m => m.Groups["key"].Value).Take(match.Groups["choice"].Success ? 2 : 1))
                {
                    asked++;
                    if (!byName[match.Groups["name"].Value].Any(book => books[book].Contains(key)))
                    {
                        missing.Add($"{Path.GetFileName(file)}: {match.Groups["name"].Value}[\"{key}\"]");
                    }
                }
            }
        }

        asked.ShouldBeGreaterThan(1000);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task every_refusal_of_the_care_is_a_sentence()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "HomeCare"), "*.cs", SearchOption.AllDirectories)
                     .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            keys.UnionWith(Refusal().Matches(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Select(m => m.Groups["key"].Value));
        }

        keys.Count.ShouldBeGreaterThan(30);
        keys.Except(Read("Common.resx").Keys).ShouldBeEmpty();
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Repository.Path("src", "HomeCare.Web", "Words", file)).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static HashSet<string> Places(string sentence) => [.. Place().Matches(sentence).Select(m => m.Value)];

    [GeneratedRegex(@"IStringLocalizer<(?<book>\w+)>\??\s+(?<name>\w+)")]
    private static partial Regex Given();

    [GeneratedRegex("\\b(?<name>[A-Za-z]\\w*)\\[(?<keys>(?<choice>[^\"\\[\\]$]*\\?\\s*)?\"[^\"]+\"(\\s*:\\s*\"[^\"]+\")?)[\\],]")]
    private static partial Regex Asked();

    [GeneratedRegex("\"(?<key>[^\"]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Place();

    [GeneratedRegex("(Decision\\.[A-Za-z]+|WithErrorCode|Outcome\\.Refused)\\([^\"()]*\"(?<key>[a-z_]+\\.[a-z_.]+)\"")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"[\u3041-\u30ff\u4e00-\u9fff]")]
    private static partial Regex Japanese();

    [GeneratedRegex("\\$\"(?<start>[a-z0-9_.\\-]*)\\{|`(?<start>[a-z0-9_.\\-]+)\\$\\{")]
    private static partial Regex Interpolated();
}
