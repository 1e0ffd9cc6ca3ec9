using System.Text.Json.Nodes;
using HomeCare.Visits;
using HomeCare.Web.Operations;
using HomeCare.Web.Tests.Support;
using Npgsql;

namespace HomeCare.Web.Tests.Operations;

/// <summary>The command line for whoever keeps the store.</summary>
public sealed class StoreCommandsTests : IAsyncLifetime
{
    private readonly WebHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        var now = TimeProvider.System.GetUtcNow();
        await host.MustAsync(Town.Of(Profession.Nurse), new RecordVisit(VisitId, Town.Patient, now.AddMinutes(-40), now.AddMinutes(-5)) { Note = new VisitNote("変わりない") });
    }

    private Guid VisitId { get; } = Guid.CreateVersion7();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task verify_says_that_each_community_holds_and_then_which_does_not_and_where()
    {
        var (code, output, _) = await RunAsync("verify");
        code.ShouldBe(0, output);
        output.ShouldContain("town: holds");
        output.ShouldContain("elsewhere: holds");

        var sequence = await host.Store.HeadAsync(Ct);
        await ExecuteAsync($"update mt_events set user_name = 'somebody else' where seq_id = {sequence}");

        (code, output, _) = await RunAsync("verify");
        code.ShouldBe(1);
        output.ShouldContain("town: DOES NOT HOLD");
        output.ShouldContain($"Changed: Event {sequence}");
        output.ShouldContain("elsewhere: holds");
        (await RunAsync("verify", "--tenant", "elsewhere")).Code.ShouldBe(0);
        (await RunAsync("verify", "--tenant", "nobody")).ShouldBe((1, "", $"There is no community 'nobody'.{Environment.NewLine}"));
    }

    [Fact]
    public async Task heads_that_were_kept_are_checked_later()
    {
        var (_, heads, _) = await RunAsync("heads");
        JsonNode.Parse(heads)!.AsArray().Select(h => h!["tenant"]!.GetValue<string>()).ShouldBe(["elsewhere", "town"]);
        var file = Path.Combine(Directory.CreateTempSubdirectory("homecare-heads-").FullName, "heads.json");
        try
        {
            await File.WriteAllTextAsync(file, heads, Ct);
            (await RunAsync("verify", "--head", file)).Code.ShouldBe(0);

            await ExecuteAsync("""
                delete from hc_heads where tenant_id = 'town';
                update mt_events set hc_place = null, hc_hash = null, hc_log_hash = null, user_name = 'x' where tenant_id = 'town'
                """);
            (await RunAsync("seal", "--tenant", "town")).Code.ShouldBe(0);
            (await RunAsync("verify")).Code.ShouldBe(0);

            var (code, output, _) = await RunAsync("verify", "--head", file);
            code.ShouldBe(1);
            output.ShouldContain("it was written anew after that");

            await File.WriteAllTextAsync(file, "no json", Ct);
            (await RunAsync("verify", "--head", file)).Code.ShouldBe(2);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public async Task an_archived_record_takes_no_more_entries_and_says_so()
    {
        (await RunAsync("archive", "--tenant", "town", "--reason", "転居", Visit.StreamOf(VisitId))).Output.ShouldContain("is archived");

        var outcome = await host.Services.GetCare().DoAsync(new CommandContext(Town.Of(Profession.Nurse), Guid.CreateVersion7()),
            new RecordVisit(VisitId, Town.Patient, TimeProvider.System.GetUtcNow().AddMinutes(-40), TimeProvider.System.GetUtcNow().AddMinutes(-5)) { Note = new VisitNote("もう一度") }, Ct);

        outcome.ShouldBe(new Outcome.Refused(RefusalKind.Conflict, "record.archived"));
        var (code, _, error) = await RunAsync("archive", "--tenant", "town", "--reason", "転居", "visit-unknown");
        code.ShouldBe(1);
        error.ShouldContain("has no stream 'visit-unknown'");
    }

    [Fact]
    public async Task views_are_rebuilt_and_unknown_ones_named()
    {
        var view = CareEvents.Views[0].Name;
        (await RunAsync("rebuild", view)).Output.ShouldContain($"{view} is rebuilt");
        (await RunAsync("rebuild", view, "--tenant", "town")).Code.ShouldBe(0);
        var (code, _, error) = await RunAsync("rebuild", "nothing");
        code.ShouldBe(1);
        error.ShouldContain("There is no view 'nothing'");
        (await RunAsync("projections")).Code.ShouldBe(0);
        (await RunAsync("projections", "start", "nothing")).Code.ShouldBe(1);
        (await RunAsync("migrate")).Output.ShouldContain("up to date");
    }

    [Theory]
    [InlineData("verify", "--head")]
    [InlineData("verify", "--what", "x")]
    [InlineData("verify", "town")]
    [InlineData("archive", "visit-1")]
    [InlineData("archive", "--tenant", "town", "visit-1")]
    [InlineData("rebuild")]
    [InlineData("projections", "stop", "x")]
    [InlineData("migrate", "--tenant", "town")]
    public async Task a_command_line_that_is_wrong_gets_the_usage(params string[] args)
    {
        var (code, _, error) = await RunAsync(args);
        code.ShouldBe(2);
        error.ShouldContain("verify [--tenant T] [--head FILE]");
    }

    [Fact]
    public async Task a_database_without_tables_asks_to_be_migrated()
    {
        await using var database = await HomeCare.Testing.TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var store = new EventStore.EventStore(source, CareEvents.Types(), CareEvents.Views, TimeProvider.System);
        using var output = new StringWriter();
        using var error = new StringWriter();

        (await StoreCommands.RunAsync(["verify"], _ => Task.FromResult(store), output, error, Ct)).ShouldBe(1);

        error.ToString().ShouldContain("run \"migrate\" first");
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await StoreCommands.RunAsync(args, _ => Task.FromResult(host.Store), output, error, Ct);
        return (code, output.ToString(), error.ToString());
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = host.Store.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}

internal static class Cares
{
    public static Care GetCare(this IServiceProvider services) => (Care)services.GetService(typeof(Care))!;
}
