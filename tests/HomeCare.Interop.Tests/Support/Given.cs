using System.Text;

namespace HomeCare.Interop.Tests;

/// <summary>Given these files, then this is what they come to. Nothing is stored.</summary>
internal static class Given
{
    public const string Tenant = "minato";

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(9));

    public static ImportOptions Options { get; } = new(Tenant, "hospital", Now);

    /// <summary>A patient to whom other resources can refer.</summary>
    public const string Taro = """{"resourceType":"Patient","id":"taro","name":[{"text":"山田 太郎"}],"birthDate":"1940-02-03","gender":"male"}""";

    public static ImportFile File(string json, string name = "file.json") => File(Encoding.UTF8.GetBytes(json), name);

    public static ImportFile File(byte[] bytes, string name = "file.json") => new(name, () => new MemoryStream(bytes, writable: false));

    public static FhirImport Import(params IEnumerable<string> documents)
    {
        var import = new FhirImport(Options);
        foreach (var (document, index) in documents.Select((d, i) => (d, i)))
        {
            import.Add(File(document, $"{index}.json")).ShouldBeNull();
        }

        return import;
    }

    /// <summary>What each resource comes to.</summary>
    public static IReadOnlyList<ImportedResource> Files(params IEnumerable<string> documents) => [.. Import(documents).Resources()];

    /// <summary>What one resource comes to, the last document's, beside the others.</summary>
    public static ImportedResource Resource(string document, params IEnumerable<string> others)
    {
        var import = Import([.. others, document]);
        var id = System.Text.Json.JsonDocument.Parse(document).RootElement.GetProperty("id").GetString();
        return import.Resources().Single(r => r.Resource.Id == id && !r.WithAnother);
    }

    /// <summary>The fault for which a file is refused whole.</summary>
    public static FileFault Fault(string json, string name = "file.json") => new FhirImport(Options).Add(File(json, name)).ShouldNotBeNull();

    public static Guid IdOf(string type, string id) => Options.IdOf(new ResourceId(type, id));
}

internal static class Then
{
    /// <summary>The only command, which is of this kind.</summary>
    public static T Command<T>(this ImportedResource resource)
    {
        resource.Findings.Where(f => f.NotTaken).ShouldBeEmpty();
        return resource.Commands.ShouldHaveSingleItem().ShouldBeOfType<T>();
    }

    public static Finding NotTaken(this ImportedResource resource, string key)
    {
        resource.Commands.ShouldBeEmpty();
        var finding = resource.Findings.ShouldHaveSingleItem();
        finding.NotTaken.ShouldBeTrue();
        finding.Key.ShouldBe(key);
        return finding;
    }

    public static void Remarks(this ImportedResource resource, params string[] keys) =>
        resource.Findings.Where(f => !f.NotTaken).Select(f => f.Key).ShouldBe(keys, ignoreOrder: true);
}
