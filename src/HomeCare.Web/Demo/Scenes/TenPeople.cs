using HomeCare.Patients;
using HomeCare.Visits;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>Ten invented people, each told by hand.</summary>
internal static class TenPeople
{
    public static IReadOnlyList<Case> Tell(Days days, Diary diary)
    {
        // First what is told by hand, so that the ordinary visits of all ten find their way around it.
        Course[] courses =
        [
            S01HeartFailure.Tell(days, diary), S02Copd.Tell(days, diary), S03Cancer.Tell(days, diary), S04Als.Tell(days, diary), S05Dementia.Tell(days, diary),
            S06Diabetes.Tell(days, diary), S07PressureUlcer.Tell(days, diary), S08Stroke.Tell(days, diary), S09Child.Tell(days, diary), S10EndOfLife.Tell(days, diary),
        ];
        foreach (var course in courses)
        {
            course.Tell();
        }

        return [.. courses.Select(c => c.Story)];
    }

    public static VisitNote Note(string? s, string? o, string? a = null, string? p = null) => new(s, o, a, p);

    /// <summary>The team of the ten: 佐藤クリニック, みなと訪問看護, 港薬局 and, where there is a care plan, 港ケアプラン and あおぞら介護.</summary>
    public static Team Team(bool careManager = true, Actor? helper = null) =>
        new(Cast.Sato, [Cast.Tanaka, Cast.Hasegawa, Cast.Ono], Cast.Suzuki, careManager ? Cast.Yamada : null, helper);

    /// <summary>Identity with an address and a telephone that nobody has.</summary>
    public static PatientDetails Person(Days days, string family, string given, string familyKana, string givenKana, int age, Sex sex)
    {
        var dice = Dice.Of(Cast.Tenant, family, given);
        var (postal, address) = Townsfolk.Home(dice);
        return new PatientDetails(
            family, given, familyKana, givenKana, days.Today.AddYears(-age).AddDays(-dice.Between(20, 330)), sex, postal, address, [Townsfolk.Telephone(dice, mobile: false)]);
    }

    public static Contact Relative(string name, string relation, string? note = null) =>
        new(name, relation, Townsfolk.Telephone(Dice.Of(Cast.Tenant, name, relation), mobile: true), note);

    public static Contact Clinic { get; } = new(Cast.SatoClinic.Name, "主治医(24時間)", Cast.SatoClinic.Telephone);

    public static Contact Station { get; } = new(Cast.MinatoNursing.Name, "訪問看護(24時間)", Cast.MinatoNursing.Telephone);

    public static CareLevelPeriod Level(Days days, CareLevel level) => new(level, days.Day(220), days.Day(-146));
}
