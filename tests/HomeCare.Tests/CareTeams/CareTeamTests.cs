using HomeCare.CareTeams;

namespace HomeCare.Tests.CareTeams;

/// <summary>Who joins and leaves a care team.</summary>
public sealed class CareTeamTests
{
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly CareTeamJoined Station = new(Patient, null, People.Station, "みなと訪問看護", null, null, Clock.Ago(1000), null);

    [Fact]
    public void a_relative_joins_by_name_with_a_role()
    {
        var daughter = People.As(Profession.Family, "岡本 恵子");
        var joined = Given.Events<CareTeam>(Station).Knowing(daughter.Known()).When(new JoinCareTeam(Patient, PersonId: daughter.PersonId, Role: "長女")).Accepted<CareTeamJoined>();
        (joined.Name, joined.Profession, joined.Role).ShouldBe(("岡本 恵子", Profession.Family, "長女"));
    }

    [Fact]
    public void joining_again_as_the_same_changes_nothing() =>
        Given.Events<CareTeam>(Station).Knowing(People.Station, "みなと訪問看護").When(new JoinCareTeam(Patient, OrganisationId: People.Station)).IsAlreadySo();

    [Fact]
    public void a_member_is_a_person_or_an_organisation_and_not_both()
    {
        Given.Events<CareTeam>(Station).When(new JoinCareTeam(Patient)).IsInvalid("personId", "care_team.person_or_organisation");
        Given.Events<CareTeam>(Station).When(new JoinCareTeam(Patient, Ids.Of("a"), Ids.Of("b"))).IsInvalid("personId", "care_team.person_or_organisation");
    }

    [Fact]
    public void a_membership_does_not_end_before_it_begins() =>
        Given.Events<CareTeam>(Station).Knowing(People.Clinic, "佐藤クリニック").When(new JoinCareTeam(Patient, OrganisationId: People.Clinic, Until: Clock.Ago(1)))
            .IsInvalid("until", "time.ends_before_start");

    [Fact]
    public void leaving_twice_is_harmless()
    {
        var left = Given.Events<CareTeam>(Station).When(new LeaveCareTeam(Patient, People.Station, "転居")).Accepted<CareTeamLeft>();
        left.Name.ShouldBe("みなと訪問看護");
        Given.Events<CareTeam>(Station, left).When(new LeaveCareTeam(Patient, People.Station, "転居")).IsAlreadySo();
    }

    [Fact]
    public void who_stands_in_for_a_time_neither_stays_longer_nor_sends_others_away()
    {
        var clinic = Ids.Of("test", "clinic-2");
        var end = Clock.Now.AddDays(7);
        var given = Given.Events<CareTeam>(Station with { Until = end }, Station with { OrganisationId = clinic, Name = "佐藤クリニック" })
            .Knowing(People.OtherNurse.Known()).Knowing(People.Station, "みなと訪問看護");
        given.When(new JoinCareTeam(Patient, OrganisationId: People.Station)).IsForbidden("care_team.for_a_time_only");
        given.When(new JoinCareTeam(Patient, PersonId: People.OtherNurse.PersonId)).IsForbidden("care_team.for_a_time_only");
        given.When(new JoinCareTeam(Patient, PersonId: People.OtherNurse.PersonId, Until: end)).Accepted<CareTeamJoined>();
        given.When(new LeaveCareTeam(Patient, clinic)).IsForbidden("care_team.for_a_time_only");
        given.When(new LeaveCareTeam(Patient, People.Station)).Accepted<CareTeamLeft>();
        given.By(People.As(Profession.Administrator)).When(new JoinCareTeam(Patient, OrganisationId: People.Station)).Accepted<CareTeamJoined>();
    }
}
