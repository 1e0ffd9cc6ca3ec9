using System.Text.Json;
using FluentValidation.Results;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Tests;

/// <summary>Given what happened, when somebody asks for something, then this follows.</summary>
internal static class Given
{
    public static Scenario<TState> Events<TState>(params object[] events) where TState : class, IState<TState> =>
        new(events.Aggregate(TState.Initial, (state, e) => state.Apply(e)), People.Nurse, Clock.Now, People.Okamoto, Known.Nobody);

    public static Scenario<TState> Nothing<TState>() where TState : class, IState<TState> => Events<TState>();
}

internal sealed record Scenario<TState>(TState State, Actor Actor, DateTimeOffset Now, PatientCard? Patient, Known Known) where TState : class, IState<TState>
{
    private static readonly Commands Commands = new();

    public Scenario<TState> By(Actor actor) => this with { Actor = actor };

    public Scenario<TState> At(DateTimeOffset now) => this with { Now = now };

    public Scenario<TState> About(PatientCard patient) => this with { Patient = patient };

    public Scenario<TState> Knowing(params KnownPerson[] people) =>
        this with { Known = new(people.ToDictionary(p => p.PersonId), Known.Organisations) };

    public Scenario<TState> Knowing(Guid organisation, string name) =>
        this with { Known = new(Known.People, new Dictionary<Guid, string> { [organisation] = name }) };

    public Then When(ICommand<TState> command)
    {
        var type = Commands.Of(command.GetType());
        var validation = type.Validate(command);
        return validation.IsValid
            ? new Then(validation, command.Decide(State, new Situation(Actor, Now, Patient, Known)))
            : new Then(validation, null);
    }
}

internal sealed record Then(ValidationResult Validation, Decision? Decision)
{
    public IReadOnlyList<object> Accepted() => Decision.ShouldBeOfType<Decision.Accepted>(Why()).Events;

    public T Accepted<T>() => Accepted().ShouldHaveSingleItem().ShouldBeOfType<T>();

    public void Happens(params object[] events) =>
        Accepted().Select(Text).ShouldBe(events.Select(Text));

    public void IsAlreadySo() => Decision.ShouldBeOfType<Decision.Nothing>(Why());

    public void IsRefused(string key) => Decision.ShouldBeOfType<Decision.Refused>(Why()).Key.ShouldBe(key);

    public void IsForbidden(string key)
    {
        IsRefused(key);
        ((Decision.Refused)Decision!).Kind.ShouldBe(RefusalKind.Forbidden);
    }

    /// <summary>The field is wrong, by the rules or by the decision.</summary>
    public void IsInvalid(string field, string key)
    {
        if (Decision is Decision.Refused refused)
        {
            (refused.Field, refused.Key).ShouldBe((field, key));
            return;
        }

        Decision.ShouldBeNull(Why());
        Validation.Errors.Select(FieldErrors.Of).Select(e => (e.Field, e.Key)).ShouldContain((field, key));
    }

    private static string Text(object e) => e.GetType().Name + JsonSerializer.Serialize(e, e.GetType(), Json.Options);

    private string Why() => Decision?.ToString() ?? string.Join("; ", Validation.Errors.Select(e => $"{e.PropertyName}: {e.ErrorCode}"));
}

internal static class Clock
{
    /// <summary>22 November 2026, 14:35 in Japan.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 14, 35, 0, TimeSpan.FromHours(9));

    public static DateTimeOffset Ago(int minutes) => Now.AddMinutes(-minutes);
}

/// <summary>Synthetic people.</summary>
internal static class People
{
    public const string Tenant = "test";

    public static Guid Station { get; } = Ids.Of("test", "station");

    public static Guid Clinic { get; } = Ids.Of("test", "clinic");

    public static Actor Nurse { get; } = As(Profession.Nurse, "田中 美咲", Station);

    public static Actor OtherNurse { get; } = As(Profession.Nurse, "安部 翔", Station);

    public static Actor Physician { get; } = As(Profession.Physician, "佐藤 健一", Clinic);

    public static Actor Pharmacist { get; } = As(Profession.Pharmacist, "鈴木 彩", Ids.Of("test", "pharmacy"));

    public static Actor CareManager { get; } = As(Profession.CareManager, "山田 洋子", Ids.Of("test", "office"));

    public static Actor Helper { get; } = As(Profession.Helper, "近藤 直子", Ids.Of("test", "helpers"));

    public static PatientCard Okamoto { get; } = new(Ids.Of("test", "okamoto"), "岡本 フミ", new DateOnly(1938, 3, 4), Sex.Female, []);

    public static PatientCard Child { get; } = new(Ids.Of("test", "child"), "森 そら", new DateOnly(2022, 5, 1), Sex.Male, []);

    public static Actor As(Profession profession, string? name = null, Guid? organisation = null) =>
        new(Tenant, Ids.Of("test", "person", name ?? profession.ToString()), name ?? profession.ToString(), profession, organisation,
            organisation is null ? null : "事業所");

    public static KnownPerson Known(this Actor actor) => new(actor.PersonId, actor.Name, actor.Profession, actor.OrganisationName);

    public static PatientCard With(this PatientCard card, params TargetRange[] ranges) => card with { Ranges = ranges };
}
