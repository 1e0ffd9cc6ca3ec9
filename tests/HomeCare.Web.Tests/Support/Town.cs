using HomeCare.CareTeams;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Testing;
using HomeCare.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Support;

/// <summary>Two communities of synthetic people. In the first, of every profession one belongs to the care team of <see cref="Patient"/> and
/// one does not; <see cref="Stranger"/> is cared for by nobody among them. The second community has a nurse and a person cared for.</summary>
internal static class Town
{
    public const string Tenant = "town";

    public const string OtherTenant = "elsewhere";

    public const string Password = "test-homecare-2026";

    public static Guid Patient { get; } = Ids.Of("town", "patient");

    public static Guid Stranger { get; } = Ids.Of("town", "stranger");

    public static Guid OtherPatient { get; } = Ids.Of("elsewhere", "patient");

    /// <summary>Everybody who can sign in: all but the import and the timer.</summary>
    public static IReadOnlyList<Profession> Professions { get; } = [.. Enum.GetValues<Profession>().Where(p => !Permissions.IsNobody(p))];

    /// <summary>The one of the profession who belongs to the care team, or the one who does not.</summary>
    public static Actor Of(Profession profession, bool related = true)
    {
        var side = related ? "in" : "out";
        var staff = !IsByName(profession);
        return new Actor(
            Tenant, Ids.Of("town", "person", profession.ToString(), side), $"{profession} {side}", profession,
            staff ? Ids.Of("town", "organisation", profession.ToString(), side) : null, staff ? $"{profession} {side} office" : null);
    }

    public static Actor OtherNurse { get; } = new(
        OtherTenant, Ids.Of("elsewhere", "nurse"), "Nurse elsewhere", Profession.Nurse, Ids.Of("elsewhere", "station"), "Station elsewhere");

    public static string UserOf(Actor actor) => actor.TenantId == Tenant ? actor.Name.Replace(' ', '.').ToLowerInvariant() : "nurse.elsewhere";

    private static readonly Lazy<Task<TestDatabase>> Made = new(MakeAsync);

    /// <summary>A database with both communities in it, nobody connected, to copy.</summary>
    public static Task<TestDatabase> TemplateAsync() => Made.Value;

    private static bool IsByName(Profession profession) =>
        profession is Profession.Family or Profession.Patient or Profession.Administrator or Profession.Ambulance;

    private static async Task<TestDatabase> MakeAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await using var app = Composition.Build(WebHost.Settings(database));
        await HomeCareHost.PrepareAsync(app.Services);
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountBook>();
        var installation = scope.ServiceProvider.GetRequiredService<Installation>();
        var care = app.Services.GetRequiredService<Care>();

        await installation.FoundAsync(Tenant, "みなと在宅ケアネット");
        await installation.FoundAsync(OtherTenant, "よその地域");
        await DoAsync(Tenant, new RegisterPatient(Patient, Details("岡本", "フミ", "オカモト", "フミ")));
        await DoAsync(Tenant, new RegisterPatient(Stranger, Details("石井", "清", "イシイ", "キヨシ")));
        await DoAsync(OtherTenant, new RegisterPatient(OtherPatient, Details("遠田", "花", "トオダ", "ハナ")));
        foreach (var actor in Professions.SelectMany(p => new[] { Of(p), Of(p, related: false) }))
        {
            await RegisterAsync(actor);
            if (actor == Of(actor.Profession))
            {
                await DoAsync(Tenant, actor.OrganisationId is { } organisation
                    ? new JoinCareTeam(Patient, OrganisationId: organisation)
                    : new JoinCareTeam(Patient, PersonId: actor.PersonId));
            }
        }

        await RegisterAsync(OtherNurse);
        await DoAsync(OtherTenant, new JoinCareTeam(OtherPatient, OrganisationId: OtherNurse.OrganisationId));
        return database;

        async Task RegisterAsync(Actor actor)
        {
            await DoAsync(actor.TenantId, new RegisterPerson(actor.PersonId, actor.Name, null, actor.Profession));
            if (actor is { OrganisationId: { } organisation, OrganisationName: { } name })
            {
                await DoAsync(actor.TenantId, new RegisterOrganisation(organisation, name, OrganisationKind.Other));
                await DoAsync(actor.TenantId, new JoinOrganisation(actor.PersonId, organisation, actor.Profession));
            }

            (await accounts.CreateAsync(UserOf(actor), Password, actor.TenantId, actor.PersonId)).ShouldBeNull();
        }

        async Task DoAsync<TState>(string tenant, ICommand<TState> command) where TState : class, IState<TState> =>
            (await care.DoAsync(new CommandContext(Actor.Importing(tenant, "test"), Guid.CreateVersion7()), command)).ShouldBeOfType<Outcome.Done>();
    }

    private static PatientDetails Details(string family, string given, string familyKana, string givenKana) =>
        new(family, given, familyKana, givenKana, new DateOnly(1938, 3, 4), Sex.Female);
}
