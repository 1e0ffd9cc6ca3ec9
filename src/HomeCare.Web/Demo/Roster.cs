using HomeCare.Web.Demo.Scenes;

namespace HomeCare.Web.Demo;

/// <summary>Who is cared for by whom. The people of 訪問看護ステーションしおさい and 森内科医院 share nobody with the others.</summary>
internal static class Roster
{
    private const int Minato = 18;
    private const int Shiosai = 36;
    private const int Tsubaki = 50;

    /// <summary>Everybody who is cared for, with the whole story up to the present.</summary>
    public static IReadOnlyList<Case> Tell(Days days)
    {
        var diary = new Diary(days);
        diary.Close(Cast.Tanaka, 0);
        var cases = new List<Case>();
        cases.AddRange(TenPeople.Tell(days, diary));
        for (var number = 0; number < Tsubaki; number++)
        {
            cases.Add(Townsfolk.Tell(number, TeamOf(number), days, diary));
        }

        OpenInstructions.Tell(cases);
        TodaysRound.Tell(cases, days);
        WrittenOrders.Tell(cases, days);
        return cases;
    }

    private static Team TeamOf(int number) => number switch
    {
        < Minato => new(
            number % 5 == 4 ? Cast.SatoMari : Cast.Sato, From([Cast.Tanaka, Cast.Hasegawa, Cast.Ono], number % 2 == 0 ? 0 : 1 + (number / 2 % 2)),
            number % 4 == 3 ? Cast.Fukuda : Cast.Suzuki, number % 6 == 5 ? Cast.Hirano : Cast.Yamada,
            (number % 9) switch { 0 => Cast.Kondo, 3 => Cast.Sakamoto, 6 => Cast.Takeda, _ => null }),
        < Shiosai => new(
            Cast.Mori, number % 3 == 2 ? [Cast.Ueda, Cast.Abe, Cast.Imai] : [Cast.Abe, Cast.Ueda, Cast.Imai], number % 2 == 0 ? Cast.Iwasaki : Cast.Naito,
            number % 2 == 0 ? Cast.Maruyama : Cast.Ogawa, null),
        38 => new(Cast.Shimada, [Cast.Hasegawa, Cast.Ono], Cast.Yokoyama, Cast.Hirano, null),
        39 => new(Cast.SatoMari, [Cast.Murakami, Cast.Harada], Cast.Kudo, Cast.Hirano, null),
        _ => new(
            number % 2 == 0 ? Cast.Shimada : Cast.Sugawara, From([Cast.Murakami, Cast.Harada], number % 2),
            number == 41 ? Cast.Suzuki : number % 2 == 0 ? Cast.Yokoyama : Cast.Kudo, number % 3 == 0 ? Cast.Yamada : Cast.Hirano,
            number % 7 == 0 ? Cast.Sakamoto : null),
    };

    private static Actor[] From(Actor[] nurses, int first) => [.. nurses[first..], .. nurses[..first]];
}
