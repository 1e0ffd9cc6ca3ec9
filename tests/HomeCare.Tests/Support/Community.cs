using HomeCare.CareTeams;
using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Testing;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Tests;

/// <summary>A database with the care in it; each test founds communities of its own and cleans nothing.</summary>
public sealed class CareDatabase : IAsyncLifetime
{
    private TestDatabase database = null!;

    internal NpgsqlDataSource Source { get; private set; } = null!;

    internal string ConnectionString { get; private set; } = "";

    internal Store Store { get; private set; } = null!;

    internal Access Access { get; private set; } = null!;

    internal Care Care { get; private set; } = null!;

    internal WoundPhotos Photos { get; private set; } = null!;

    internal FixedClock Time { get; } = new();

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        ConnectionString = database.ConnectionString + ";Timezone=Asia/Tokyo";
        Source = NpgsqlDataSource.Create(ConnectionString);
        Store = new Store(Source, CareEvents.Types(), CareEvents.Views, Time);
        await Store.MigrateAsync();
        Access = new Access(Source, Time);
        Care = new Care(Store, Access, new Commands(), Time);
        await new ReadMarks(Store, Access, Time).MigrateAsync();
        Photos = new WoundPhotos(Source, Access, Time);
        await Photos.MigrateAsync();
        await new HomeCare.NursingOrders.OrderFiles(Source, Access, Time).MigrateAsync();
    }

    internal async Task<Community> FoundAsync()
    {
        var community = new Community(this, $"t{Guid.CreateVersion7():N}");
        await community.FoundAsync();
        return community;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
        await database.DisposeAsync();
    }
}

internal sealed class FixedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Clock.Now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>A small community: a station with two nurses, a clinic with a physician, a relative, and one person cared for by them.</summary>
internal sealed class Community(CareDatabase database, string tenant)
{
    private readonly Actor installer = Actor.Importing(tenant, "test");

    public Guid Patient { get; } = Ids.Of(tenant, "patient");

    public Guid Stranger { get; } = Ids.Of(tenant, "stranger");

    public Actor Nurse { get; private set; } = null!;

    public Actor Physician { get; private set; } = null!;

    public Actor OtherNurse { get; private set; } = null!;

    public Actor Daughter { get; private set; } = null!;

    public Actor Admin { get; private set; } = null!;

    public string Tenant => tenant;

    public PatientReader Patients => new(database.Source, database.Access, database.Time);

    public TimelineReader Timeline => new(database.Store, database.Access);

    public InstructionReader Instructions => new(database.Source, database.Access, database.Time);

    public HomeCare.Conversations.ConversationReader Conversations => new(database.Source, database.Access, Instructions, database.Time);

    public HomeCare.Handovers.HandoverReader Handovers => new(database.Source, database.Access, database.Time);

    public ReadingsReader Readings => new(database.Source, database.Access);

    public VisitReader Visits => new(database.Source, database.Access, database.Time);

    public PeopleReader People => new(database.Source, database.Access, database.Time);

    public ReadMarks Marks => new(database.Store, database.Access, database.Time);

    public async Task FoundAsync()
    {
        Nurse = await JoinAsync("田中 美咲", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        OtherNurse = await JoinAsync("安部 翔", Profession.Nurse, "しば訪問看護", OrganisationKind.NursingStation);
        Physician = await JoinAsync("佐藤 健一", Profession.Physician, "佐藤クリニック", OrganisationKind.Clinic);
        Daughter = await JoinAsync("岡本 恵子", Profession.Family, null, default);
        Admin = await JoinAsync("管理者", Profession.Administrator, null, default);
        await Must(installer, new RegisterPatient(Patient, Details("岡本", "フミ", "オカモト", "フミ")));
        await Must(installer, new RegisterPatient(Stranger, Details("石井", "清", "イシイ", "キヨシ")));
        await Must(Admin, new JoinCareTeam(Patient, OrganisationId: Nurse.OrganisationId));
        await Must(Admin, new JoinCareTeam(Patient, OrganisationId: Physician.OrganisationId, Role: "主治医"));
        await Must(Admin, new JoinCareTeam(Patient, PersonId: Daughter.PersonId, Role: "長女"));
    }

    public static PatientDetails Details(string family, string given, string familyKana, string givenKana) =>
        new(family, given, familyKana, givenKana, new DateOnly(1938, 3, 4), Sex.Female);

    public async Task<Actor> JoinAsync(string name, Profession profession, string? organisation, OrganisationKind kind)
    {
        var person = Ids.Of(tenant, "person", name);
        await Must(installer, new RegisterPerson(person, name, null, profession));
        if (organisation is null)
        {
            return new Actor(tenant, person, name, profession);
        }

        var id = Ids.Of(tenant, "organisation", organisation);
        await Must(installer, new RegisterOrganisation(id, organisation, kind));
        await Must(installer, new JoinOrganisation(person, id, profession));
        return new Actor(tenant, person, name, profession, id, organisation);
    }

    public Task<Outcome> DoAsync<TState>(Actor by, ICommand<TState> command, Guid? commandId = null) where TState : class, IState<TState> =>
        database.Care.DoAsync(new CommandContext(by, commandId ?? Guid.CreateVersion7()), command, TestContext.Current.CancellationToken);

    public async Task<Outcome.Done> Must<TState>(Actor by, ICommand<TState> command, Guid? commandId = null) where TState : class, IState<TState> =>
        (await DoAsync(by, command, commandId)).ShouldBeOfType<Outcome.Done>();

    public async Task Refused<TState>(Actor by, ICommand<TState> command, RefusalKind kind, string key, string? who = null) where TState : class, IState<TState> =>
        (await DoAsync(by, command)).ShouldBe(new Outcome.Refused(kind, key) { Who = who });

    public RecordVisit Visit(string words, Vitals? vitals = null, bool teamOnly = false) =>
        new(Guid.CreateVersion7(), Patient, Clock.Ago(40), Clock.Ago(5)) { Note = new VisitNote(words), Vitals = vitals, TeamOnly = teamOnly };

    public IssueInstruction Instruct(string words) =>
        new(Guid.CreateVersion7(), Patient, InstructionKind.Treatment, words, new Addressee(AddresseeKind.WhoeverVisitsNext));
}
