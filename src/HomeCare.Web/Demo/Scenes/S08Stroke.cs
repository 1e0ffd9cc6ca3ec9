using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>清水 義男, 79, stroke with gastrostomy: aspiration, "stop feeding" that reaches the helper in time, admission and return.</summary>
internal static class S08Stroke
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Takeda);
        var story = new Case("shimizu-yoshio", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            98, Person(days, "清水", "義男", "シミズ", "ヨシオ", 79, Sex.Male), Level(days, CareLevel.Care5),
            [Relative("清水 和子", "妻", "同居。腰痛あり、移乗は不可"), Relative("清水 亮", "長男", "電車で40分"), Clinic, Station]);
        story.Has(97, new Disease("脳梗塞後遺症(左片麻痺・嚥下障害)", "I69.3", 900), new Disease("胃瘻造設状態", "Z93.1", 600), new Disease("誤嚥性肺炎(既往)", "J69.0", 400));
        foreach (var drug in new Drug[]
                 {
                     new("クロピドグレル錠75mg", "1回1錠 1日1回 朝", "胃瘻"), new("ランソプラゾールOD錠15mg", "1回1錠 1日1回 朝", "胃瘻"), new("経腸栄養剤", "1回400mL 1日3回 7時・12時・18時", "胃瘻"), new("酸化マグネシウム細粒", "1回0.5g 1日3回", "胃瘻"),
                 })
        {
            story.Takes(97, drug);
        }

        var valsartan = story.Takes(97, new Drug("バルサルタン錠40mg", "1回1錠 1日1回 朝", "胃瘻"));
        story.Issue(days.At(70, 18, 10), "feeding", InstructionKind.Care, "経管栄養:1回400 mLを60分、終了後60分は30度以上を保ってください(認定特定行為業務従事者)。", To.Person(Cast.Takeda), Urgency.Routine, days.At(64, 18))
            .Read(days.At(70, 18, 30), Cast.Takeda).Take(days.At(69, 8, 10), Cast.Takeda, "認定証を確認いただきました。").Complete(days.At(65, 13, 30), Cast.Takeda, "1週間、手順どおりに実施しました。").Close(days.At(64, 12, 30));
        story.Visit(Cast.Takeda, days.At(24, 11, 30), 90, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, CareGiven = [CareGiven.Nutrition],
            Note = Note(null, "12時から栄養400 mLを60分かけて注入。むせなし。終了後は45度で過ごされました。"),
        });
        var start = days.At(22, 9, 0);
        var visit = story.Visit(nurse, start, 60, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.ShortOfBreath, SoftSign.Weary], CareGiven = [CareGiven.Observation, CareGiven.Suction],
            Vitals = Case.Signs(start, 38.6m, 118, 26, 112, 64, 91),
            Note = Note("妻「夜中にむせて、朝から熱があります」", "右下肺野に水泡音。吸引で栄養剤様の痰。尿量少ない。", "誤嚥性肺炎を疑う。", "【至急】主治医へ電話。次の注入(12時)の中止を依頼した。"),
        }, recordedAfter: 2);
        story.Issue(days.At(22, 10, 15), "stop-feeding", InstructionKind.Care, "【中止】本日12時からの経管栄養を中止してください。注入は次の指示があるまで行わないこと。", To.Person(Cast.Takeda), Urgency.Urgent, days.At(22, 12))
            .Read(days.At(22, 10, 21), Cast.Takeda).Take(days.At(22, 10, 22), Cast.Takeda, "11時前に確認しました。").Complete(days.At(22, 12, 5), Cast.Takeda, "12時の注入は行わず、上体を起こして見守りました。").Close(days.At(22, 18, 10));
        story.Issue(
            days.At(22, 10, 25), "infusion", InstructionKind.Medicine, "在宅患者訪問点滴:維持液500 mLとセフトリアキソンを7日間(8日にはしません)。38.5℃以上またはSpO₂ 90%未満なら入院を相談します。", To.All(Profession.Nurse), Urgency.Urgent, days.At(22, 13),
            new MedicineOrder("セフトリアキソン注", 1, "g", "点滴静注", "30分", "1日1回・7日間"))
            .Read(days.At(22, 10, 28), nurse).Take(days.At(22, 10, 30), nurse).Complete(days.At(22, 11, 50), nurse, "左前腕に留置し初回を投与。滴下良好。", visit).Close(days.At(21, 8, 50), "改善せず入院とした。");
        story.Visit(physician, days.At(21, 12, 10), 30, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Observation, CareGiven.FamilySupport],
            Note = Note("妻「ゆうべも熱が下がりません」", "SpO₂ 89%。努力呼吸あり。", "在宅での継続は難しい。", "本人・家族の希望により入院。救急隊へ緊急時カードと情報提供書を渡した。"),
        });
        start = days.At(10, 13, 0);
        story.Visit(nurse, start, 60, v => v with
        {
            Kind = VisitKind.DischargeDay, Insurance = VisitInsurance.Medical, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.Nutrition, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.7m, 84, 18, 116, 68, 96),
            Note = Note("妻「帰ってきてほっとしました」", "退院時の薬と自宅の薬を照合。バルサルタンは入院中に中止、栄養は1回300 mLから。", "全身状態は安定。", "栄養は3日ごとに主治医と調整。指示書の更新を依頼した。"),
        });
        story.Stops(days.At(10, 18, 25), valsartan, "入院中に血圧低下。退院時に中止を確認");
        story.Issue(days.At(10, 18, 30), "feeding-again", InstructionKind.Care, "経管栄養を1回300 mLで再開します(90分かけて)。むせ・発熱があれば中止して電話を。", To.Person(Cast.Takeda), Urgency.Today, days.At(9, 18))
            .Read(days.At(10, 18, 50), Cast.Takeda).Take(days.At(10, 18, 52), Cast.Takeda).Complete(days.At(9, 13, 45), Cast.Takeda, "300 mLを90分で注入。むせなし、嘔吐なし。").Close(days.At(8, 12, 30));
        var illness = Illnesses.Stroke with { Base = new Usual(366, 82, 18, 122, 70, 96, 506), Guides = [Illnesses.Stroke.Guides[2]] };
        return new Course(story, illness, diary, [DayOfWeek.Tuesday, DayOfWeek.Thursday, DayOfWeek.Saturday]) { IsScene = ago => ago is >= 10 and <= 22 or 24, LastGuideAgo = 28 };
    }
}
