using HomeCare.Cover;
using HomeCare.Organisations;

namespace HomeCare.Web.Demo;

/// <summary>The rotas of the demo community: clinics and stations share the days of the week among their physicians and nurses, day and night.</summary>
internal static class Duties
{
    private static readonly DayOfWeek[] Week = Enum.GetValues<DayOfWeek>();
    private static readonly TimeOnly Change = new(8, 30);

    /// <summary>One organisation's rota. Each turn lasts from one morning to the next; the next in the row is called second.</summary>
    public static SetRota Of(Office office)
    {
        var trade = office.Kind == OrganisationKind.Clinic ? Profession.Physician : Profession.Nurse;
        var people = Cast.Players.Where(p => p.Actor.OrganisationId == office.Id && p.Actor.Profession == trade).Select(p => p.Actor.PersonId).ToList();
        return new SetRota(office.Id,
        [
            .. people.Select((person, i) => Turn(person, i, people.Count, 1)),
            .. people.Count == 1 ? [] : people.Select((person, i) => Turn(person, (i + 1) % people.Count, people.Count, 2)),
        ]);
    }

    private static RotaTurn Turn(Guid person, int first, int people, int rank) =>
        new(person, null, [.. Week.Where(d => (int)d % people == first)], HolidayRule.AsWeekday, Change, Change, Rank: rank);
}
