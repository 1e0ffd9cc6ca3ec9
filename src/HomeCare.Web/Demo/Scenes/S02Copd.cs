using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>小林 正夫, 76, COPD with carbon dioxide retention: the physician's own range 88–92, and what too much oxygen does.</summary>
internal static class S02Copd
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Sakamoto);
        var story = new Case("kobayashi-masao", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            99, Person(days, "小林", "正夫", "コバヤシ", "マサオ", 76, Sex.Male), Level(days, CareLevel.Care2),
            [Relative("小林 節子", "妻", "同居"), Clinic, Station]);
        story.Has(
            98, new Disease("慢性閉塞性肺疾患", "J44.9", 4200), new Disease("慢性Ⅱ型呼吸不全", "J96.1", 800, "PaCO₂ 58 mmHg。酸素は指示された流量を変えないこと。"), new Disease("肺性心", "I27.9", 500));
        story.Do(days.At(98, 13, 55), physician, new UseSpO2Scale2(story.PatientId, new Scale2Decision("動脈血ガス PaCO₂ 58 mmHg(外来)。目標 SpO₂ 88–92%。", 88, 92, days.Day(98))));
        story.Range(98, VitalSign.SpO2, 88, 92, "高二酸化炭素血症あり(PaCO₂ 58 mmHg)。目標 SpO₂ 88–92%。NEWS2 はスケール2で評価する。");
        foreach (var drug in new Drug[]
                 {
                     new("酸素 1 L/分(安静時)", "鼻カニュラ 24時間", "吸入"), new("ウメクリジニウム・ビランテロール吸入用", "1回1吸入 1日1回 朝", "吸入"), new("プロカテロール吸入液", "息苦しいとき 1回2吸入", "吸入"),
                     new("カルボシステイン錠500mg", "1回1錠 1日3回 毎食後"),
                 })
        {
            story.Takes(98, drug);
        }

        var start = days.At(12, 9, 0);
        story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Observation, CareGiven.DeviceCare, CareGiven.Rehabilitation],
            Vitals = Case.Signs(start, 36.6m, 84, 20, 128, 74, 90, 1),
            Note = Note("「歩くと息は切れるが、休めば戻る」", "呼気延長あり。SpO₂ 90%は目標の範囲内。", "安定している。", "流量を変えないことを本人・妻と確認した。"),
        });
        start = days.At(6, 17, 20);
        var visit = story.Visit(nurse, start, 55, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.Drowsy, SoftSign.NotAsUsual], CareGiven = [CareGiven.Observation, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 36.8m, 96, 10, 132, 78, 96, 3, Acvpu.Voice),
            Note = Note("妻「苦しそうだったので、酸素を3 L/分に上げました」", "呼びかけで開眼するが、すぐに眠り込む。呼吸数10。顔面紅潮、発汗あり。", "CO₂ナルコーシスを疑う。", "【至急】主治医へ電話。指示により酸素を1 L/分へ戻し、付き添って観察する。"),
        }, recordedAfter: 2);
        story.Issue(days.At(6, 17, 32), "oxygen-back", InstructionKind.Treatment, "酸素をすぐに 1 L/分へ戻し、30分ごとに意識・呼吸数・SpO₂を観察してください。改善がなければ救急要請を含めて相談します。", To.Person(nurse), Urgency.Urgent, days.At(6, 18, 30))
            .Read(days.At(6, 17, 33), nurse).Take(days.At(6, 17, 34), nurse, "電話で復唱済み。").Complete(days.At(6, 18, 40), nurse, "1 L/分で意識は清明に戻り、呼吸数14、SpO₂ 90%。", visit).Close(days.At(5, 8, 40));
        start = days.At(6, 18, 16);
        story.Do(days.At(6, 18, 36), nurse, new RecordVitals(
            story.Id("vitals", "after-oxygen"), story.PatientId, Case.Signs(start, 36.8m, 92, 14, 130, 76, 90, 1), visit, "酸素を1 L/分へ戻して1時間後"));
        story.Visit(Cast.Sakamoto, days.At(4, 9, 0), 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, SoftSigns = [SoftSign.NotAsUsual], CareGiven = [CareGiven.Hygiene],
            Note = Note(null, "【至急】ご本人が酸素をつけたまま、台所で煙草に火をつけようとされていました。すぐに止め、事業所と看護師さんへ電話しました。"),
        });
        story.Issue(days.At(4, 10, 5), "no-fire", InstructionKind.Care, "酸素の使用中は火気厳禁です(2 m以内)。訪問のたびに煙草・ライター・ガスこんろの位置を確認し、見つけたら電話してください。", To.Person(Cast.Sakamoto), Urgency.Urgent, days.At(3, 18))
            .Read(days.At(4, 10, 12), Cast.Sakamoto).Take(days.At(4, 10, 13), Cast.Sakamoto).Complete(days.At(3, 15, 30), Cast.Sakamoto, "ライターは妻が預かり、火気厳禁の札を2か所に掲示しました。").Close(days.At(3, 18, 5));
        story.Issue(days.At(4, 10, 10), "family-flow", InstructionKind.Treatment, "ご家族へ「酸素の流量は変えない。苦しいときは電話」と書いた紙を渡し、濃縮器の前に貼ってください。", To.All(Profession.Nurse), Urgency.Today, days.At(3, 18))
            .Read(days.At(4, 10, 30), nurse).Take(days.At(4, 10, 31), nurse).Complete(days.At(3, 16, 50), nurse, "妻へ説明し、掲示した。流量つまみの位置に印をつけた。").Close(days.At(3, 18, 6));
        // Waits to be acknowledged.
        story.Do(days.At(1, 17, 40), Cast.Hasegawa, new SendHandover(story.Id("handover", "weekend"), story.PatientId, To.Person(nurse), new Sbar(
            "妻が膝を痛め、夜の吸入と酸素の見守りが難しくなっています。",
            "COPD、PaCO₂ 58 mmHg。目標 SpO₂ 88–92%、酸素 1 L/分は変えない。6日前に3 L/分でCO₂ナルコーシス。",
            null,
            "次の訪問で、流量つまみの印と火気の置き場を妻と確かめてください。眠り込む、呼吸が遅いときは流量を触らず、すぐ佐藤医師へ電話。")));
        var illness = Illnesses.Copd with { Base = new Usual(365, 84, 19, 128, 74, 90, 548, Oxygen: 4), Guides = [Illnesses.Copd.Guides[0], Illnesses.Copd.Guides[1]] };
        return new Course(story, illness, diary, [DayOfWeek.Tuesday, DayOfWeek.Friday]) { IsScene = ago => ago is >= 3 and <= 6 or 12, LastGuideAgo = 14 };
    }
}
