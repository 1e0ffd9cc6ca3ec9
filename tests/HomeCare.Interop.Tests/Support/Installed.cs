using HomeCare.Communities;
using HomeCare.EventStore;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Testing;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Interop.Tests;

/// <summary>The care on a database of its own, with one community and a nurse in it.</summary>
internal sealed class Installed : IAsyncDisposable
{
    public const string Tenant = Given.Tenant;

    /// <summary>Made once; every test gets a copy.</summary>
    private static readonly Lazy<Task<TestDatabase>> Template = new(async () =>
    {
        var database = await TestDatabase.CreateAsync();
        await using var installed = new Installed { database = database, leaveDatabase = true };
        installed.Open();
        await installed.Store.MigrateAsync();
        await new ReadMarks(installed.Store, installed.Access, installed.Time).MigrateAsync();
        await installed.FoundAsync(Tenant);
        return database;
    });

    private TestDatabase database = null!;
    private bool leaveDatabase;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public Store Store { get; private set; } = null!;

    public Care Care { get; private set; } = null!;

    public Access Access { get; private set; } = null!;

    public Actor Nurse { get; private set; } = null!;

    public FixedClock Time { get; } = new();

    public static async Task<Installed> StartAsync()
    {
        var installed = new Installed { database = await TestDatabase.CreateAsync(await Template.Value) };
        installed.Open();
        return installed;
    }

    private void Open()
    {
        Source = NpgsqlDataSource.Create(database.ConnectionString);
        Store = new Store(Source, CareEvents.Types(), CareEvents.Views, Time);
        Access = new Access(Source, Time);
        Care = new Care(Store, Access, new Commands(), Time);
        var (nurse, station) = (Ids.Of(Tenant, "nurse"), Ids.Of(Tenant, "station"));
        Nurse = new Actor(Tenant, nurse, "田中 美咲", Profession.Nurse, station, "みなと訪問看護");
    }

    public TimelineReader Timeline => new(Store, Access);

    public PatientReader Patients => new(Source, Access, Time);

    public ReadingsReader Readings => new(Source, Access);

    public PeopleReader People => new(Source, Access, Time);

    public async Task FoundAsync(string tenant)
    {
        await Store.AppendAsync(new Append(tenant, [new StreamAppend(Community.Stream, Community.StreamType, ExpectedVersion.New, [new CommunityFounded("みなと")])]));
        var setup = Actor.Importing(tenant, "setup");
        var (nurse, station) = (Ids.Of(tenant, "nurse"), Ids.Of(tenant, "station"));
        await DoAsync(setup, new RegisterOrganisation(station, "みなと訪問看護", OrganisationKind.NursingStation));
        await DoAsync(setup, new RegisterPerson(nurse, "田中 美咲", null, Profession.Nurse));
        await DoAsync(setup, new JoinOrganisation(nurse, station, Profession.Nurse));
    }

    public async Task DoAsync<TState>(Actor by, ICommand<TState> command) where TState : class, IState<TState> =>
        (await Care.DoAsync(new CommandContext(by, Guid.CreateVersion7()), command)).ShouldBeOfType<Outcome.Done>();

    /// <summary>Imports documents as one run; the nurse joins the teams.</summary>
    public Task<ImportReport> ImportAsync(params IEnumerable<string> documents) => ImportAsync("hospital", documents);

    public Task<ImportReport> ImportAsync(string source, IEnumerable<string> documents) =>
        ImportAsync(source, documents.Select((d, i) => Given.File(d, $"{i}.json")));

    public async Task<ImportReport> ImportAsync(string source, IEnumerable<ImportFile> files)
    {
        var import = new FhirImport(new ImportOptions(Tenant, source, Time.GetUtcNow()));
        foreach (var file in files)
        {
            import.Add(file).ShouldBeNull();
        }

        return await new ImportRun(Care, Store, import, [Nurse.PersonId]).RunAsync();
    }

    public ImportTarget Target(params string[] team) => new(
        Care, Store, Time, (tenant, user, _) => Task.FromResult(tenant == Tenant && user == "ns.tanaka" ? Nurse.PersonId : (Guid?)null), team);

    public async Task<IReadOnlyList<object>> EventsAsync(string stream) =>
        [.. (await Store.ReadStreamAsync(Tenant, stream)).Events.Select(e => e.Data)];

    public async Task<long> EventCountAsync()
    {
        await using var command = Source.CreateCommand("select count(*) from mt_events");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>All that the views hold of patients, without what depends on the order of writing.</summary>
    public async Task<string> PictureAsync()
    {
        var picture = new System.Text.StringBuilder();
        foreach (var (table, left) in new[]
                 {
                     ("organisations", ""), ("people", ""), ("memberships", "joined_sequence"), ("patients", ""), ("patient_conditions", "sequence"), ("patient_allergies", "sequence"),
                     ("medicines", "sequence"), ("readings", "sequence"), ("care_team", "from_at"),
                 })
        {
            await using var command = Source.CreateCommand($"select (to_jsonb(t) - '{left}' - 'registered_sequence')::text from {table} t order by 1");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                picture.Append(table).Append(' ').AppendLine(reader.GetString(0));
            }
        }

        return picture.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
        if (!leaveDatabase)
        {
            await database.DisposeAsync();
        }
    }
}

internal sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Given.Now.ToUniversalTime();
}
