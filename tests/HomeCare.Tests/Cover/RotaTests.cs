using HomeCare.Cover;

namespace HomeCare.Tests.Cover;

public sealed class RotaTests
{
    private static readonly Guid Office = Ids.Of("test", "station");
    private static readonly Guid Other = Ids.Of("test", "other station");
    private static readonly Guid First = Ids.Of("test", "first");
    private static readonly Guid Second = Ids.Of("test", "second");
    private static readonly RotaTurn Always = new(First, null, [], HolidayRule.AsWeekday, new TimeOnly(9, 0), new TimeOnly(9, 0));

    private static DateTimeOffset At(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(9));

    private static Rotas Of(params RotaTurn[] turns) => new(new Dictionary<Guid, Rota> { [Office] = Rota.Initial with { Turns = [.. turns] } });

    [Theory]
    [InlineData(2026, 1, 1, true)]
    [InlineData(2026, 1, 12, true)] // 成人の日
    [InlineData(2026, 3, 20, true)] // 春分の日
    [InlineData(2026, 5, 6, true)] // 憲法記念日 on a Sunday moves beyond the two that follow
    [InlineData(2026, 5, 7, false)]
    [InlineData(2026, 7, 20, true)] // 海の日
    [InlineData(2026, 9, 21, true)] // 敬老の日
    [InlineData(2026, 9, 22, true)] // between two holidays
    [InlineData(2026, 9, 23, true)] // 秋分の日
    [InlineData(2026, 10, 12, true)] // スポーツの日
    [InlineData(2026, 11, 23, true)]
    [InlineData(2026, 12, 31, false)]
    [InlineData(2027, 3, 21, true)]
    [InlineData(2027, 3, 22, true)] // 春分の日 on a Sunday
    [InlineData(2028, 9, 22, true)]
    public void holidays_are_those_of_the_law(int year, int month, int day, bool holiday) => JapaneseHolidays.IsHoliday(new DateOnly(year, month, day)).ShouldBe(holiday);

    [Fact]
    public void a_night_belongs_to_the_day_on_which_it_begins()
    {
        var sundays = Always with { Days = [DayOfWeek.Sunday], Start = new TimeOnly(17, 30), End = new TimeOnly(8, 30) };
        sundays.Covers(At(11, 22, 17, 29)).ShouldBeFalse();
        sundays.Covers(At(11, 22, 17, 30)).ShouldBeTrue();
        sundays.Covers(At(11, 23, 8, 29)).ShouldBeTrue();
        sundays.Covers(At(11, 23, 8, 30)).ShouldBeFalse();
        sundays.Covers(At(11, 23, 20)).ShouldBeFalse();
    }

    [Fact]
    public void a_turn_with_the_same_begin_and_end_lasts_a_whole_day()
    {
        var mondays = Always with { Days = [DayOfWeek.Monday] };
        mondays.Covers(At(11, 23, 8, 59)).ShouldBeFalse();
        mondays.Covers(At(11, 23, 9)).ShouldBeTrue();
        mondays.Covers(At(11, 24, 8, 59)).ShouldBeTrue();
        mondays.Covers(At(11, 24, 9)).ShouldBeFalse();
    }

    [Fact]
    public void holidays_count_as_the_rota_says()
    {
        var weekdays = Always with { Days = [DayOfWeek.Monday], Start = new TimeOnly(0, 0), End = new TimeOnly(0, 0) };
        weekdays.Covers(At(11, 23, 12)).ShouldBeTrue();
        (weekdays with { Holidays = HolidayRule.Never }).Covers(At(11, 23, 12)).ShouldBeFalse();
        (weekdays with { Days = [DayOfWeek.Sunday], Holidays = HolidayRule.Also }).Covers(At(11, 23, 12)).ShouldBeTrue();
    }

    [Fact]
    public void a_turn_with_dates_holds_between_them()
    {
        var newYear = Always with { From = new DateOnly(2026, 12, 29), Until = new DateOnly(2026, 12, 31), Start = new TimeOnly(0, 0), End = new TimeOnly(0, 0) };
        newYear.Covers(At(12, 28, 23, 59)).ShouldBeFalse();
        newYear.Covers(At(12, 29, 0)).ShouldBeTrue();
        newYear.Covers(At(12, 31, 23, 59)).ShouldBeTrue();
        newYear.Covers(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.FromHours(9))).ShouldBeFalse();
    }

    [Fact]
    public void the_first_is_called_before_the_second() => Of(Always with { PersonId = Second, Rank = 2 }, Always).OnCall(Office, Clock.Now).ShouldBe([First, Second]);

    [Fact]
    public void an_organisation_may_stand_in_and_a_circle_ends()
    {
        var rotas = new Rotas(new Dictionary<Guid, Rota>
        {
            [Office] = Rota.Initial with { Turns = [new RotaTurn(null, Other, [], HolidayRule.AsWeekday, new TimeOnly(0, 0), new TimeOnly(0, 0))] },
            [Other] = Rota.Initial with { Turns = [Always, new RotaTurn(null, Office, [], HolidayRule.AsWeekday, new TimeOnly(0, 0), new TimeOnly(0, 0))] },
        });
        rotas.OnCall(Office, Clock.Now).ShouldBe([First]);
    }

    [Fact]
    public void duty_that_was_handed_over_stands_first_for_its_time()
    {
        var rota = Rota.Initial with { Turns = [Always], HandedOver = [new DutyTaken(Second, Clock.Now, Clock.Now.AddHours(3), null)] };
        var rotas = new Rotas(new Dictionary<Guid, Rota> { [Office] = rota });
        rotas.OnCall(Office, Clock.Ago(1)).ShouldBe([First]);
        rotas.OnCall(Office, Clock.Now).ShouldBe([Second, First]);
        rotas.OnCall(Office, Clock.Now.AddHours(3)).ShouldBe([First]);
    }

    [Fact]
    public void of_duty_handed_over_twice_for_the_same_time_the_last_stands()
    {
        var (from, until) = (Clock.Ago(60), Clock.Now.AddHours(3));
        var rota = Rota.Initial with { Turns = [Always], HandedOver = [new DutyTaken(Other, from, until, null), new DutyTaken(Second, from, until, null)] };
        new Rotas(new Dictionary<Guid, Rota> { [Office] = rota }).OnCall(Office, Clock.Now).ShouldBe([Second, First]);
    }

    [Fact]
    public void gaps_are_found_before_they_come_and_to_the_minute()
    {
        var days = Always with { Start = new TimeOnly(8, 30), End = new TimeOnly(17, 30) };
        var from = At(11, 22, 12);
        Of(days).Gaps(Office, from, from.AddDays(1), _ => true).ShouldBe([new Gap(At(11, 22, 17, 30), At(11, 23, 8, 30))]);
        Of(Always).Gaps(Office, from, from.AddDays(7), _ => true).ShouldBeEmpty();
        Of(Always).Gaps(Office, from, from.AddDays(7), _ => false).ShouldBe([new Gap(from, from.AddDays(7))], "a rota of people who have left is empty");
        Rotas.None.Gaps(Office, from, from.AddDays(7), _ => true).ShouldHaveSingleItem();
    }

    [Fact]
    public void staff_set_their_own_rota_and_administrators_any()
    {
        var set = new SetRota(People.Station, [Always]);
        Given.Nothing<Rota>().By(People.Nurse).When(set).Accepted<RotaSet>();
        Given.Nothing<Rota>().By(People.As(Profession.Administrator)).When(set).Accepted<RotaSet>();
        Given.Nothing<Rota>().By(People.Physician).When(set).IsForbidden("cover.not_own_organisation");
        Given.Events<Rota>(new RotaSet(People.Station, [Always])).By(People.Nurse).When(set).IsAlreadySo();
        Given.Nothing<Rota>().By(People.Nurse).When(new SetRota(People.Station, [Always with { PersonId = null }])).IsInvalid("turns[0].personId", "cover.person_or_organisation");
        Given.Nothing<Rota>().By(People.Nurse).When(new SetRota(People.Station, [Always with { PersonId = null, OrganisationId = People.Station }])).IsInvalid("turns", "cover.itself");
        Given.Nothing<Rota>().By(People.Nurse).When(new SetRota(People.Station, [Always with { From = new DateOnly(2026, 12, 2), Until = new DateOnly(2026, 12, 1) }]))
            .IsInvalid("turns[0].until", "time.ends_before_start");
    }

    [Fact]
    public void duty_is_handed_over_for_a_time_that_is_not_over()
    {
        var given = Given.Nothing<Rota>().By(People.Nurse).Knowing(People.OtherNurse.Known());
        var hand = new HandOverDuty(People.Station, People.OtherNurse.PersonId, Clock.Now, Clock.Now.AddHours(12), "夜間は電話で");
        var handed = given.When(hand).Accepted<DutyHandedOver>();
        (handed.ToPersonId, handed.ToName).ShouldBe((People.OtherNurse.PersonId, People.OtherNurse.Name));
        given.When(hand with { Until = Clock.Now }).IsInvalid("until", "time.ends_before_start");
        given.When(hand with { From = Clock.Ago(60), Until = Clock.Ago(1) }).IsInvalid("until", "time.ends_before_start");
        given.When(hand with { Until = Clock.Now.AddDays(32) }).IsInvalid("until", "cover.handed_over_too_long");
        given.By(People.Physician).When(hand).IsForbidden("cover.not_own_organisation");
        Given.Events<Rota>(handed).By(People.Nurse).Knowing(People.OtherNurse.Known()).When(hand).IsAlreadySo();
    }

    [Fact]
    public void the_cover_of_one_person_is_set_and_given_back_to_the_team()
    {
        var patient = People.Okamoto.PatientId;
        var set = new SetPatientCover(patient, [new CoverStep(PersonId: First), new CoverStep(OrganisationId: Office)]);
        var happened = Given.Nothing<PatientCover>().When(set).Accepted<PatientCoverSet>();
        Given.Events<PatientCover>(happened).When(set).IsAlreadySo();
        Given.Events<PatientCover>(happened).When(new SetPatientCover(patient, [])).Accepted<PatientCoverSet>();
        Given.Nothing<PatientCover>().When(new SetPatientCover(patient, [])).Accepted<PatientCoverSet>();
        Given.Nothing<Rota>().By(People.Nurse).When(new SetRota(People.Station, [])).Accepted<RotaSet>();
        Given.Nothing<PatientCover>().When(new SetPatientCover(patient, [new CoverStep()])).IsInvalid("steps[0]", "cover.person_or_organisation");
    }
}
