using System.Text.RegularExpressions;
using HomeCare.Testing;

namespace HomeCare.Interop.Tests;

public sealed class ImportCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("homecare-import-");
    private Installed installed = null!;

    public async ValueTask InitializeAsync() => installed = await Installed.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await installed.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task it_reports_in_japanese_and_ends_with_0()
    {
        var (code, output, error) = await RunAsync("--team", "ns.tanaka", File("p.json", Given.Taro), File("l.json", """{"resourceType":"Location","id":"l1"}"""));

        code.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("Patient 1: 書き込み 1");
        output.ShouldContain("Location 1: この種類のリソースは扱いません。");
        output.ShouldContain("l1");
        output.ShouldNotContain("山田");
        (await installed.Patients.ListAsync(installed.Nurse)).Lines.ShouldHaveSingleItem().Name.ShouldBe("山田 太郎");
    }

    [Fact]
    public async Task it_reports_in_english_when_asked()
    {
        var (_, output, _) = await RunAsync("--language", "en", File("p.json", Given.Taro));

        output.ShouldContain("Patient 1: written 1");
        output.ShouldContain("Without --team nobody sees");
    }

    [Fact]
    public async Task a_broken_file_is_refused_with_its_place_the_others_go_on_and_it_ends_with_1()
    {
        var broken = File("broken.json", "{\"resourceType\":\"Patient\",\n \"id\":");

        var (code, output, error) = await RunAsync(broken, File("p.json", Given.Taro));

        code.ShouldBe(1);
        error.ShouldContain($"{broken}:2:7: JSON が途中で終わっています。");
        output.ShouldContain("Patient 1: 書き込み 1");
    }

    [Theory]
    [InlineData("--community", "tokyo", "地域 tokyo はありません（あるのは: minato）。")]
    [InlineData("--team", "dr.nobody", "サインイン名 dr.nobody はこの地域にありません。")]
    [InlineData("--frist", "x", "オプション --frist はありません。")]
    [InlineData("--source", "a b", "送信元の名前は")]
    public async Task a_wrong_option_is_one_clear_sentence_and_ends_with_2(string option, string value, string sentence)
    {
        var before = await installed.EventCountAsync();

        var (code, _, error) = await RunAsync(option, value, File("p.json", Given.Taro));

        code.ShouldBe(2);
        error.ShouldContain(sentence);
        (await installed.EventCountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task without_files_it_says_how_it_is_used()
    {
        var (code, _, error) = await RunAsync();

        code.ShouldBe(2);
        error.ShouldContain("script/import");
    }

    [Fact]
    public async Task among_several_communities_one_has_to_be_named()
    {
        await installed.FoundAsync("chuo");

        var (code, _, error) = await RunAsync(File("p.json", Given.Taro));

        (code, error).ShouldBe((2, "地域が複数あります（chuo, minato）。--community で一つ指定してください。" + Environment.NewLine));
        (await RunAsync("--community=minato", File("q.json", Given.Taro))).Code.ShouldBe(0);
    }

    [Fact]
    public void every_reason_has_its_sentence_in_both_languages()
    {
        var keys = Directory.GetFiles(Repository.Path("src", "HomeCare.Interop"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(System.IO.File.ReadAllText(file), """(?:NotTaken|Note|Say|Fault|Refused|FileFault)\([^";]*"(?<key>[a-z]+(?:_[a-z]+)*\.[a-z0-9_]+)""").Select(m => m.Groups["key"].Value))
            .Distinct().ToList();

        keys.Count.ShouldBeGreaterThan(60);
        foreach (var key in keys)
        {
            new ImportWords(english: false).Say(key, "1", "2", "3", "4").ShouldNotBe(key);
            new ImportWords(english: true).Say(key, "1", "2", "3", "4").ShouldNotMatch("[\u3040-\u30ff\u4e00-\u9fff]", key);
        }
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        // The machine's own language must not decide what is tested.
        string[] all = args.Contains("--language") ? args : ["--language", "ja", .. args];
        var code = await ImportCommand.RunAsync(all, _ => Task.FromResult(installed.Target()), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
