using HomeCare.Organisations;
using HomeCare.People;

namespace HomeCare.Tests.Persons;

/// <summary>People and organisations of a community.</summary>
public sealed class PersonTests
{
    private static readonly Guid Id = Ids.Of("person");
    private static readonly PersonRegistered Registered = new(Id, "田中 美咲", "タナカ ミサキ", Profession.Nurse, null, null);

    [Fact]
    public void nobody_is_registered_as_an_import() =>
        Given.Nothing<Person>().When(new RegisterPerson(Id, "機械", null, Profession.Import)).IsInvalid("profession", "field.not_a_choice");

    [Fact]
    public void a_person_joins_an_organisation_under_a_profession()
    {
        var given = Given.Events<Person>(Registered).Knowing(Tests.People.Station, "みなと訪問看護");
        var joined = given.When(new JoinOrganisation(Id, Tests.People.Station, Profession.Nurse)).Accepted<OrganisationJoined>();
        joined.OrganisationName.ShouldBe("みなと訪問看護");
        Given.Events<Person>(Registered, joined).When(new JoinOrganisation(Id, Tests.People.Station, Profession.Nurse)).IsAlreadySo();
        given.When(new JoinOrganisation(Id, Tests.People.Station, Profession.Family)).IsInvalid("profession", "field.not_a_choice");
    }

    [Fact]
    public void who_is_deactivated_joins_nothing_and_nobody_deactivates_themselves()
    {
        var admin = Tests.People.As(Profession.Administrator);
        var gone = Given.Events<Person>(Registered).By(admin).When(new DeactivatePerson(Id, "退職")).Accepted<PersonDeactivated>();
        Given.Events<Person>(Registered, gone).Knowing(Tests.People.Station, "みなと訪問看護").When(new JoinOrganisation(Id, Tests.People.Station, Profession.Nurse))
            .IsRefused("person.deactivated");
        Given.Events<Person>(Registered).By(admin with { PersonId = Id }).When(new DeactivatePerson(Id, "退職")).IsRefused("person.not_oneself");
    }

    [Fact]
    public void an_organisation_is_registered_once()
    {
        var command = new RegisterOrganisation(Ids.Of("org"), "港薬局", OrganisationKind.Pharmacy);
        var registered = Given.Nothing<Organisation>().When(command).Accepted<OrganisationRegistered>();
        Given.Events<Organisation>(registered).When(command).IsAlreadySo();
        Given.Events<Organisation>(registered).When(command with { Name = "別の薬局" }).IsRefused("organisation.already_registered");
    }
}
