using System.Globalization;
using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Demo;

/// <summary>What the other professions write: medicines counted, the plan followed up, an ordinary day seen by a helper.</summary>
internal static class Colleagues
{
    private static readonly string[] Counts =
    [
        "残薬:{0-4}日分。服薬カレンダーと一致。", "一包化を継続。飲み忘れは夕に{1-3}回。", "貼付剤・外用剤の残りを確認、使用は適切。", "お薬手帳を確認、他院からの処方なし。", "吸入・点眼の手技を確認、問題なし。", "頓用薬の使用は週{0-3}回。残数を記録した。",
    ];

    private static readonly string[] PharmacistPlans =
    [
        "医師とケアマネジャーへ報告書を送付。", "夕の薬を食卓に置く運用を家族と決めた。", "次回は剤形の変更を医師へ相談する。", "副作用の初期症状を紙にまとめて渡した。", "残薬を次回処方で調整するよう提案する。",
    ];

    private static readonly string[] PharmacistHears = ["「飲みにくい薬はない」", "「昼の薬を忘れることがある」", "「薬の数が減って助かった」", "「便の薬は自分で調節している」", "家族より、飲ませ方で困ることはないとの話。"];

    private static readonly string[] Monitoring =
    [
        "サービスは計画どおり。本人・家族とも継続を希望。", "福祉用具の使用状況を確認、手すりの追加を検討。", "通所は週2回参加できている。入浴も落ち着いて行えた。", "家族の介護負担について聞き取り、短期入所の空きを照会。", "更新の手続きの時期を説明した。主治医意見書を依頼予定。",
    ];

    private static readonly string[] HelperDays =
    [
        "朝食は{6-10}割。お茶はコップ2杯。", "着替えと洗面を手伝いました。ご機嫌よく歌っておられました。", "洗濯と掃除、買い物をしました。冷蔵庫の賞味期限を確認。", "清拭をしました。かかとが少し赤いので次も見ます。", "昼食はおかゆと煮魚。むせはありませんでした。", "トイレに2回付き添いました。ふらつきなし。", "お薬をのまれたのを確認しました。", "お通じがあったそうです。気分もよさそうでした。", "話し声が小さめでしたが、食べる量はいつも通りでした。", "ベッドのシーツを替えました。テレビを見て過ごされました。",
    ];

    /// <summary>An urgent instruction of a feverish day.</summary>
    public static Guide FeverGuide { get; } = new(
        InstructionKind.Medicine, "発熱と脱水に対して抗菌薬を始めます。明日も訪問し、体温・SpO₂・飲水量を報告してください。38.5℃以上、またはSpO₂ 90%未満なら電話を。",
        "体温は下がり始め、飲水は{8-12}00mL。副作用なし。", new MedicineOrder("アモキシシリン・クラブラン酸配合錠", 1, "錠", "経口", null, "毎食後・5日間"),
        "直近の腎機能の値で量の調整は要りますか。", "調整は不要です。下痢が続くときは中止して連絡してください。");

    /// <summary>The note of the first, second… day of a fever.</summary>
    public static VisitNote FeverNote(Dice dice, int day) => day switch
    {
        1 => new(dice.Fill("「昨夜から寒気がして、{咳|だるさ}が強い」"), dice.Fill("顔面紅潮、口唇の乾燥あり。飲水は昨日から{3-5}00mL程度。"), "発熱と軽い脱水。感染を疑う。", "主治医へ電話で報告。飲水を少量ずつ勧め、クーリング。明日も訪問。"),
        2 => new("「少し楽になった。食欲はまだない」", dice.Fill("発汗あり、尿は{3-5}回。呼吸音は{右下肺野でやや減弱|清}。"), "解熱傾向。脱水は改善しつつある。", "抗菌薬の内服を確認。水分の記録を家族に依頼。"),
        3 => new("「おかゆが食べられた」", dice.Fill("口腔内の湿潤は保たれる。食事{4-6}割。"), "経過は良好。", "活動を少しずつ戻す。"),
        _ => new("「もう平気」", "活気は戻り、室内を歩いている。", "感染は軽快。", "抗菌薬の飲み切りを確認する。"),
    };

    public static void Pharmacist(Case story, Diary diary, Func<int, bool> isScene)
    {
        var dice = Dice.Of(Cast.Tenant, story.Key, nameof(Pharmacist));
        var by = story.Team.Pharmacist;
        var counts = new Deck(dice, Counts);
        var plans = new Deck(dice, PharmacistPlans);
        var hears = new Deck(dice, PharmacistHears);
        for (var ago = Days.History - dice.Between(3, 20); ago >= -Days.Ahead; ago -= 21)
        {
            Visit(story, diary, isScene, by, ago, dice, 30, "居宅療養管理指導", (v, _) => v with
            {
                MedicinesChecked = true, CareGiven = [CareGiven.MedicineSupport],
                Note = new VisitNote(hears.Deal(), $"{counts.Deal()}{counts.Deal()}", null, plans.Deal()),
            });
        }
    }

    public static void CareManager(Case story, Diary diary, Func<int, bool> isScene)
    {
        var dice = Dice.Of(Cast.Tenant, story.Key, nameof(CareManager));
        if (story.Team.CareManager is not { } by)
        {
            return;
        }

        var notes = new Deck(dice, Monitoring);
        for (var ago = Days.History - dice.Between(5, 25); ago >= -Days.Ahead; ago -= 29)
        {
            Visit(story, diary, isScene, by, ago, dice, 40, "モニタリング", (v, _) => v with { Note = new VisitNote(null, notes.Deal(), null, "次月の訪問日を確認した。"), CareGiven = [CareGiven.FamilySupport] });
        }
    }

    public static void Helper(Case story, Diary diary, Illness illness, Func<int, bool> isScene)
    {
        var dice = Dice.Of(Cast.Tenant, story.Key, nameof(Helper));
        if (story.Team.Helper is not { } by)
        {
            return;
        }

        var notes = new Deck(dice, HelperDays);
        var every = dice.Pick([3, 4]);
        for (var ago = Days.History - dice.Between(0, 3); ago >= -Days.Ahead; ago -= every)
        {
            var measure = dice.Chance(40);
            var soft = dice.Chance(15) ? new[] { dice.Pick(illness.SoftSigns) } : [];
            var temperature = dice.Around(illness.Base.Temperature, 3) / 10m;
            var (systolic, diastolic, pulse) = (dice.Around(illness.Base.Systolic, 9), dice.Around(illness.Base.Diastolic, 6), dice.Around(illness.Base.Pulse, 6));
            Visit(story, diary, isScene, by, ago, dice, 45, "訪問介護", (v, start) => v with
            {
                Insurance = VisitInsurance.LongTermCare,
                Note = new VisitNote(null, notes.Deal()), SoftSigns = soft, CareGiven = [dice.Pick([CareGiven.Hygiene, CareGiven.Nutrition, CareGiven.Elimination])],
                Vitals = measure ? new Vitals(start.AddMinutes(5)) { Temperature = temperature, Systolic = systolic, Diastolic = diastolic, Pulse = pulse } : null,
            });
        }
    }

    private static void Visit(
        Case story, Diary diary, Func<int, bool> isScene, Actor by, int ago, Dice dice, int minutes, string purpose, Func<RecordVisit, DateTimeOffset, RecordVisit> with)
    {
        var days = story.Days;
        var wished = dice.Between(0, 7);
        if (isScene(ago) || days.Day(ago).DayOfWeek == DayOfWeek.Sunday || diary.Take(by, ago, wished) is not { } start)
        {
            return;
        }

        var id = story.Id("visit", $"{purpose}{ago.ToString(CultureInfo.InvariantCulture)}");
        if (ago <= 3)
        {
            // A helper's round is planned by the care manager, who alone of the two plans visits.
            var planner = by.Profession == Profession.Helper ? story.Team.CareManager! : by;
            story.Do(days.At(Math.Max(ago + 7, 1), 17, 40), planner, new PlanVisit(id, story.PatientId, start, minutes, by.PersonId, VisitKind.Regular, purpose));
        }

        var recordedAfter = dice.Between(4, 30);
        if (days.HasCome(start.AddMinutes(minutes + recordedAfter)))
        {
            story.Visit(by, start, minutes, v => with(v, start), id, recordedAfter);
        }
    }
}
