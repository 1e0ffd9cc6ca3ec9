using System.Globalization;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Demo;

/// <summary>Fifty invented people cared for beside those of the scenes. Districts are real, house numbers are not: the ward has no 11th to 14th chōme.</summary>
internal static class Townsfolk
{
    private static readonly (string Name, string Kana)[] Families =
    [
        ("石井", "イシイ"), ("川口", "カワグチ"), ("高田", "タカダ"), ("中村", "ナカムラ"), ("吉田", "ヨシダ"), ("山本", "ヤマモト"), ("伊藤", "イトウ"), ("橋本", "ハシモト"),
        ("藤井", "フジイ"), ("小野", "オノ"), ("竹内", "タケウチ"), ("和田", "ワダ"), ("酒井", "サカイ"), ("柴田", "シバタ"), ("宮崎", "ミヤザキ"), ("久保", "クボ"),
        ("谷口", "タニグチ"), ("太田", "オオタ"), ("増田", "マスダ"), ("松井", "マツイ"), ("千葉", "チバ"), ("野村", "ノムラ"), ("新井", "アライ"), ("渡部", "ワタナベ"),
        ("古川", "フルカワ"), ("市川", "イチカワ"), ("浜田", "ハマダ"), ("水野", "ミズノ"), ("吉川", "ヨシカワ"), ("東", "ヒガシ"), ("矢野", "ヤノ"), ("松尾", "マツオ"),
        ("樋口", "ヒグチ"), ("永井", "ナガイ"), ("山内", "ヤマウチ"), ("秋山", "アキヤマ"), ("本田", "ホンダ"), ("高野", "タカノ"), ("田村", "タムラ"), ("片山", "カタヤマ"),
        ("須藤", "スドウ"), ("大塚", "オオツカ"), ("早川", "ハヤカワ"), ("平田", "ヒラタ"), ("荒木", "アラキ"), ("大久保", "オオクボ"), ("服部", "ハットリ"), ("川崎", "カワサキ"),
    ];

    private static readonly (string Name, string Kana)[] Women =
    [
        ("ヨシ子", "ヨシコ"), ("トミ子", "トミコ"), ("千代", "チヨ"), ("静江", "シズエ"), ("キミ", "キミ"), ("文子", "フミコ"), ("節子", "セツコ"), ("幸子", "サチコ"), ("とし子", "トシコ"),
        ("美代子", "ミヨコ"), ("春江", "ハルエ"), ("貞子", "サダコ"), ("久子", "ヒサコ"), ("八重", "ヤエ"), ("つね", "ツネ"), ("ミツ", "ミツ"), ("光子", "ミツコ"), ("信子", "ノブコ"),
    ];

    private static readonly (string Name, string Kana)[] Men =
    [
        ("清", "キヨシ"), ("修", "オサム"), ("実", "ミノル"), ("正一", "ショウイチ"), ("武雄", "タケオ"), ("栄", "サカエ"), ("昭二", "ショウジ"), ("勉", "ツトム"), ("弘", "ヒロシ"),
        ("恒一", "コウイチ"), ("茂", "シゲル"), ("一郎", "イチロウ"), ("誠二", "セイジ"), ("博", "ヒロシ"),
    ];

    private static readonly (string Postal, string Town)[] Towns =
    [
        ("108-0074", "高輪"), ("108-0072", "白金"), ("108-0071", "白金台"), ("108-0073", "三田"), ("105-0014", "芝"), ("108-0023", "芝浦"), ("108-0075", "港南"), ("106-0047", "南麻布"),
        ("106-0031", "西麻布"), ("106-0044", "東麻布"), ("107-0052", "赤坂"), ("107-0062", "南青山"), ("105-0022", "海岸"), ("106-0046", "元麻布"),
    ];

    private static readonly string[] Houses = ["", "", "", "しおかぜハイツ", "つばき荘", "コーポ波止場", "みはらしマンション", "都市住宅かもめ", "グリーンコート坂上"];

    private static readonly string[] Children = ["長男", "長女", "次男", "次女", "姪"];

    private static readonly (string Substance, AllergyKind Kind, AllergySeverity Severity, string Reaction)[] Allergies =
    [
        ("セフェム系抗菌薬", AllergyKind.Medicine, AllergySeverity.Moderate, "全身の発疹"), ("ヨード造影剤", AllergyKind.Medicine, AllergySeverity.Moderate, "じんましん"), ("アスピリン", AllergyKind.Medicine, AllergySeverity.Severe, "喘鳴"),
        ("そば", AllergyKind.Food, AllergySeverity.Severe, "呼吸困難"), ("えび・かに", AllergyKind.Food, AllergySeverity.Mild, "口の中のかゆみ"), ("絆創膏(アクリル系)", AllergyKind.Other, AllergySeverity.Mild, "接触皮膚炎"),
    ];

    private static readonly CareLevel[] Levels = [CareLevel.Support2, CareLevel.Care1, CareLevel.Care2, CareLevel.Care2, CareLevel.Care3, CareLevel.Care3, CareLevel.Care4, CareLevel.Care5];

    private static readonly DayOfWeek[][] Weeks =
    [
        [DayOfWeek.Monday, DayOfWeek.Thursday], [DayOfWeek.Tuesday, DayOfWeek.Friday], [DayOfWeek.Wednesday, DayOfWeek.Saturday], [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday],
        [DayOfWeek.Tuesday, DayOfWeek.Saturday],
    ];

    /// <summary>A pattern of weekdays.</summary>
    public static DayOfWeek[] Week(int number) => Weeks[number % Weeks.Length];

    /// <summary>An address in the ward that nobody has.</summary>
    public static (string Postal, string Address) Home(Dice dice)
    {
        var (postal, town) = dice.Pick(Towns);
        var house = dice.Pick(Houses);
        var room = house.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {house}{dice.Between(1, 5)}0{dice.Between(1, 8)}");
        return (postal, string.Create(CultureInfo.InvariantCulture, $"東京都港区{town}{dice.Between(11, 14)}丁目{dice.Between(1, 19)}-{dice.Between(1, 24)}{room}"));
    }

    /// <summary>A telephone of the range that is not given out.</summary>
    public static string Telephone(Dice dice, bool mobile) =>
        string.Create(CultureInfo.InvariantCulture, $"{(mobile ? "090-0000-" : "03-0000-")}{dice.Between(2000, 9899)}");

    /// <summary>Tells one of them: who, whose team, what illness.</summary>
    public static Case Tell(int number, Team team, Days days, Diary diary)
    {
        var key = $"townsfolk-{number.ToString("00", CultureInfo.InvariantCulture)}";
        var dice = Dice.Of(Cast.Tenant, key);
        var story = new Case(key, days, team, diary);
        var illness = Illnesses.All[(number * 3 + (number / 10)) % Illnesses.All.Length];
        var ago = Days.History + dice.Between(2, 12);
        var details = Details(number, illness, days, out var family);

        var contact = dice.Pick(Children);
        story.Register(
            ago, details,
            new CareLevelPeriod(dice.Pick(Levels), days.Day(ago + dice.Between(20, 200)), days.Day(-dice.Between(20, 500))),
            [
                new Contact($"{family} {dice.Pick(Men).Name}", contact, Telephone(dice, mobile: true), dice.Pick([null, "平日は18時以降", "鍵を預かっている", "日中は勤務先、留守電に"])),
                new Contact(team.Physician.OrganisationName!, "主治医(24時間)", Cast.Offices.First(o => o.Id == team.Physician.OrganisationId).Telephone),
            ]);
        story.Has(ago, illness.Diseases);
        var fever = dice.Chance(45) ? dice.Between(14, 74) : 0;
        if (dice.Chance(30))
        {
            var (substance, kind, severity, reaction) = dice.Pick(Allergies);
            story.IsAllergic(ago, team.Nurse, substance, kind, severity, reaction);
        }

        foreach (var drug in illness.Drugs)
        {
            story.Takes(ago, drug);
        }

        if (illness.Stopped is var (stopped, reason) && dice.Chance(60))
        {
            var medicine = story.Takes(ago, stopped);
            story.Stops(days.At(dice.Between(20, 80), 15, dice.Between(0, 59)), medicine, reason);
        }

        if (illness.Name is "copd")
        {
            story.Range(ago, VitalSign.SpO2, 90, null, "安静時・室内気。90%未満は電話で報告");
        }
        else if (illness.Name is "heart-failure" or "renal")
        {
            story.Range(ago, VitalSign.Systolic, 100, 159, "家庭での目標");
        }

        new Course(story, illness, diary, Week(number)) { FeverAgo = fever }.Tell();
        return story;
    }

    private static PatientDetails Details(int number, Illness illness, Days days, out string family)
    {
        var dice = Dice.Of(Cast.Tenant, "details", number.ToString(CultureInfo.InvariantCulture));
        var female = dice.Chance(58);

        // Two live together, and two who are no relation have the same name: whoever opens a record looks at the birth date.
        var name = number switch { 7 => Families[6], 38 => ("渡辺", "ワタナベ"), 11 => ("渡辺", "ワタナベ"), _ => Families[number % Families.Length] };
        var given = number switch { 6 => Men[3], 7 => Women[7], 11 or 38 => Women[0], _ => dice.Pick(female ? Women : Men) };
        var sex = number switch { 6 => Sex.Male, 7 or 11 or 38 => Sex.Female, _ => female ? Sex.Female : Sex.Male };
        var (postal, address) = Home(number == 7 ? Dice.Of(Cast.Tenant, "home", "6") : Dice.Of(Cast.Tenant, "home", number.ToString(CultureInfo.InvariantCulture)));
        var age = illness.Name is "cancer" ? dice.Between(58, 84) : dice.Between(70, 97);
        family = name.Item1;
        return new PatientDetails(
            name.Item1, given.Name, name.Item2, given.Kana, days.Today.AddYears(-age).AddDays(-dice.Between(3, 350)), sex, postal, address, [Telephone(dice, mobile: dice.Chance(30))]);
    }
}
