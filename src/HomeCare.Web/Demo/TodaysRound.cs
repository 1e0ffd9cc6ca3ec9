using HomeCare.Visits;

namespace HomeCare.Web.Demo;

/// <summary>The round of 田中 美咲 on the day of the first start: what lies behind her is recorded, what lies before her planned.</summary>
internal static class TodaysRound
{
    private static readonly (string Key, int Hour, int Minute, string Purpose, string S, string O, string A, string P)[] Homes =
    [
        ("townsfolk-02", 9, 10, "踵の観察・清潔ケア", "「靴下がすれると少し痛い」", "右踵に径1.5 cmの発赤、圧迫で消えない。表皮は保たれている。", "圧迫による発赤。広がりはない。", "除圧クッションを追加し、被覆材の指示を確認。次回も写真で比べる。"),
        ("kobayashi-masao", 11, 0, "呼吸状態・酸素の観察", "「昨日はよく眠れた。煙草はやめたよ」", "呼気延長あり、痰は白色少量。濃縮器の流量は1 L/分のまま。火気の札も掲示されている。", "目標の範囲で安定。", "流量を変えないことを妻と再確認。"),
        ("townsfolk-10", 14, 0, "血圧の集計・内服の確認", "「朝の血圧はだいたい140くらい」", "家庭血圧の手帳を確認。昨日の夕の薬が1回分残っている。", "飲み忘れは夕に限られる。", "手帳の集計を主治医へ送る。夕の薬は食卓に置く。"),
        ("saito-tomi", 16, 0, "褥瘡の処置", "「今日は痛くない」", "仙骨部 2.6×1.9 cm、鮮紅色の肉芽。滲出液は少量。", "縮小している。", "洗浄と外用を継続。栄養補助飲料を1本追加。"),
    ];

    public static void Tell(IReadOnlyList<Case> cases, Days days)
    {
        var urgent = days.UrgentVisit;
        var free = DateTimeOffset.MinValue;
        foreach (var home in Homes)
        {
            var story = cases.Single(c => c.Key == home.Key);
            var start = days.At(0, home.Hour, home.Minute);
            start = start < free ? free : start;

            // The urgent visit of this hour comes first; what it stands in the way of moves behind it.
            if (start < urgent.AddMinutes(55) && urgent < start.AddMinutes(65))
            {
                start = urgent.AddMinutes(60);
            }

            free = start.AddMinutes(70);
            Visit(story, start, home.Purpose, new VisitNote(home.S, home.O, home.A, home.P));
        }
    }

    private static void Visit(Case story, DateTimeOffset start, string purpose, VisitNote note)
    {
        var days = story.Days;
        var id = story.Id("visit", "todays-round");
        story.Do(days.At(6, 17, 30), Cast.Tanaka, new PlanVisit(id, story.PatientId, start, 45, Cast.Tanaka.PersonId, VisitKind.Regular, purpose));
        if (!days.HasCome(start.AddMinutes(53)))
        {
            return;
        }

        var dice = Dice.Of(Cast.Tenant, story.Key, "today");
        var copd = story.Key == "kobayashi-masao";
        story.Visit(Cast.Tanaka, start, 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.MedicineSupport], Note = note,
            Vitals = Case.Signs(start, dice.Around(365, 3) / 10m, dice.Around(76, 5), dice.Around(17, 1), dice.Around(132, 8), dice.Around(74, 4), copd ? 90 : dice.Between(95, 98), copd ? 1 : 0),
            NextVisitOn = days.Day(-dice.Between(2, 4)),
        }, id, 5);
    }
}
