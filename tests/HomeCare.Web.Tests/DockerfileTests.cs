using HomeCare.Testing;

namespace HomeCare.Web.Tests;

/// <summary>
/// No container engine is needed: the Dockerfile's own RUN lines are run in a clean folder that holds what the image's build would see.
/// </summary>
public sealed class DockerfileTests
{
    [Fact]
    public async Task what_the_image_would_hold_starts_on_an_external_postgresql_and_serves_its_static_files()
    {
        var folder = Directory.CreateTempSubdirectory("homecare-image-");
        try
        {
            await CopySourcesAsync(folder.FullName);
            foreach (var line in await RunLinesAsync())
            {
                // Outside a container the packages' cache may be that of this machine; what is built may not.
                await Script.RunAsync("bash", ["-euc", line], folder.FullName, new Dictionary<string, string?> { ["CI"] = null });
            }

            await using var database = await TestDatabase.CreateAsync();
            await using var host = await PublishedHost.StartAsync(
                database.ConnectionString, demo: false, folder: Path.Combine(folder.FullName, "published"));
            using var client = new HttpClient { BaseAddress = host.Address };

            (await client.GetAsync("healthz", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
            foreach (var file in (string[])["_framework/blazor.web.js", "fonts/biz-udpgothic/400.css", "lib/signalr/signalr.min.js", "robots.txt"])
            {
                (await client.GetByteArrayAsync(file, TestContext.Current.CancellationToken)).Length
                    .ShouldBeGreaterThan(10, $"{file} has no body");
            }

            (await host.StopAsync()).ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task the_image_runs_without_root_rights_on_port_8080_with_no_demo_community()
    {
        var final = (await File.ReadAllTextAsync(Repository.Path("Dockerfile"), TestContext.Current.CancellationToken))
            .Split("\nFROM ")[^1];

        final.ShouldContain("\nUSER $APP_UID\n");
        final.ShouldContain("HOMECARE_URLS=http://+:8080");
        final.ShouldContain("HOMECARE_DEMO=0");
    }

    private static async Task<IReadOnlyList<string>> RunLinesAsync()
    {
        var lines = (await File.ReadAllLinesAsync(Repository.Path("Dockerfile")))
            .Where(line => line.StartsWith("RUN ", StringComparison.Ordinal))
            .Select(line => line["RUN ".Length..])
            .ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(3);
        return lines;
    }

    private static async Task CopySourcesAsync(string folder)
    {
        var ignored = (await File.ReadAllLinesAsync(Repository.Path(".dockerignore"))).ToHashSet(StringComparer.Ordinal);
        var files = await Script.RunAsync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                     .Where(file => !ignored.Contains(file.Split('/')[0]) && File.Exists(Repository.Path(file))))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.Path(file), target);
        }
    }
}
