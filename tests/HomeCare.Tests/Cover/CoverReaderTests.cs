using HomeCare.Cover;
using HomeCare.Organisations;
using HomeCare.People;

namespace HomeCare.Tests.Cover;

/// <summary>Which rotas are shouted, on PostgreSQL.</summary>
public sealed class CoverReaderTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CoverReader Reader => new(database.Source, database.Access, database.Time);

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Gap>>> EmptyAsync(Actor by) => (await Reader.EmptyAsync(by, Ct)).ToDictionary(l => l.OrganisationId, l => l.Gaps);

    [Fact]
    public async Task an_office_of_a_care_team_that_never_set_a_rota_is_shouted_and_one_of_no_team_is_not()
    {
        var c = await database.FoundAsync();
        var empty = await EmptyAsync(c.Physician);
        empty.Keys.ShouldBe([c.Nurse.OrganisationId!.Value, c.Physician.OrganisationId!.Value], ignoreOrder: true);
        var now = database.Time.GetUtcNow();
        empty.Values.ShouldAllBe(gaps => gaps.Count == 1 && gaps[0] == new Gap(now, now + CoverReader.Ahead));
        (await EmptyAsync(c.Admin)).Keys.ShouldBe(empty.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task a_rota_of_somebody_who_lost_the_place_in_the_community_is_empty()
    {
        var c = await database.FoundAsync();
        var colleague = await c.JoinAsync("大野 拓也", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        var station = c.Nurse.OrganisationId!.Value;
        await c.Must(c.Nurse, new SetRota(station, [new RotaTurn(colleague.PersonId, null, [], HolidayRule.AsWeekday, new TimeOnly(9, 0), new TimeOnly(9, 0))]));
        (await EmptyAsync(c.Physician)).Keys.ShouldNotContain(station);
        await c.Must(c.Admin, new DeactivatePerson(colleague.PersonId, "退職"));
        (await EmptyAsync(c.Physician)).Keys.ShouldContain(station);
    }
}
