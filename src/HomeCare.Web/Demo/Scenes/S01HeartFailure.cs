using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>岡本 フミ, 88, heart failure, oxygen 1 L: worse again within this hour; the urgent instruction waits to be taken.</summary>
internal static class S01HeartFailure
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Kondo);
        var story = new Case("okamoto-fumi", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            98, Person(days, "岡本", "フミ", "オカモト", "フミ", 88, Sex.Female), Level(days, CareLevel.Care4),
            [Relative("岡本 陽子", "長女", "平日は18時以降。鍵は玄関のキーボックス"), Clinic, Station]);
        story.Has(
            98, new Disease("慢性心不全", "I50.9", 1900, "在宅酸素 1 L/分"), new Disease("心房細動", "I48.9", 2300), new Disease("2型糖尿病", "E11.9", 5200), new Disease("慢性呼吸不全", "J96.1", 420));
        story.IsAllergic(97, nurse, "ペニシリン系抗菌薬", AllergyKind.Medicine, AllergySeverity.Moderate, "アモキシシリンで全身の発疹(本人と長女から聴取)");
        story.Range(97, VitalSign.SpO2, 90, null, "酸素 1 L/分で安静時。90%未満は電話で報告");
        story.Range(97, VitalSign.Systolic, 100, 159, "利尿薬の調整の目安");
        foreach (var drug in new Drug[]
                 {
                     new("フロセミド錠20mg", "1回1錠 1日1回 朝食後"), new("スピロノラクトン錠25mg", "1回1錠 1日1回 朝食後"), new("ビソプロロール錠0.625mg", "1回1錠 1日1回 朝食後"),
                     new("エドキサバン錠30mg", "1回1錠 1日1回 朝食後"), new("リナグリプチン錠5mg", "1回1錠 1日1回 朝食後"),
                 })
        {
            story.Takes(97, drug);
        }

        var amlodipine = story.Takes(97, new Drug("アムロジピン錠5mg", "1回1錠 1日1回 朝食後"));
        story.Stops(days.At(9, 18, 20), amlodipine, "血圧低下のため。下腿浮腫も考慮した");
        Earlier(story, days, nurse, physician);
        ThisWeek(story, days, nurse);
        Now(story, days, nurse);
        var illness = Illnesses.HeartFailure with { Base = new Usual(364, 86, 20, 138, 80, 93, 457, Oxygen: 4, Regular: false), Guides = [Illnesses.HeartFailure.Guides[0], Illnesses.HeartFailure.Guides[2]] };
        return new Course(story, illness, diary, [DayOfWeek.Monday, DayOfWeek.Thursday]) { IsScene = ago => ago is >= 0 and <= 8 or >= 54 and <= 58, LastGuideAgo = 12 };
    }

    /// <summary>The worsening of two months ago, from the first sign to the old dose.</summary>
    private static void Earlier(Case story, Days days, Actor nurse, Actor physician)
    {
        story.Visit(Cast.Kondo, days.At(58, 8, 30), 45, v => v with
        {
            Note = Note(null, "朝食は半分残されました。「だるい」とおっしゃって横になりたがります。足がむくんで靴下がきつそうです。"), SoftSigns = [SoftSign.Weary, SoftSign.EatingLess], CareGiven = [CareGiven.Nutrition],
        });
        var start = days.At(58, 10, 20);
        var visit = story.Visit(nurse, start, 50, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.ShortOfBreath, SoftSign.Swelling], MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 37.1m, 98, 22, 150, 88, 90, 1) with { Weight = 47.6m },
            Note = Note("「横になると苦しくて、昨夜は座って寝ました」", "両下腿に圧痕性浮腫(2+)。両下肺野に水泡音。1週間で1.9 kg増加。", "心不全の悪化を疑う。", "主治医へ電話で報告し、利尿薬の調整について指示を仰いだ。"),
        });
        var order = new MedicineOrder("フロセミド錠", 40, "mg", "経口", null, "朝食後・3日間");
        story.Issue(days.At(58, 11, 25), "furosemide-1", InstructionKind.Medicine, "フロセミドを3日間 20 mg から 40 mg へ増量。本日16:00頃に往診します。SpO₂ 88%未満または安静時の息苦しさは直ちに電話を。", To.Person(nurse), Urgency.Urgent, days.At(58, 14), order)
            .Read(days.At(58, 11, 27), nurse).Take(days.At(58, 11, 29), nurse, "本日分は昼に内服していただきます。")
            .Complete(days.At(58, 12, 10), nurse, "追加分を内服。長女へ電話で説明済み。", visit).Close(days.At(54, 17, 40), "4日で軽快した。");
        story.Issue(days.At(58, 11, 30), "supply-1", InstructionKind.PharmacistVisit, "フロセミド増量分を本日中に届け、残薬と飲み合わせを確認してください。", To.Person(Cast.Suzuki), Urgency.Today, days.At(58, 18))
            .Read(days.At(58, 11, 36), Cast.Suzuki).Take(days.At(58, 11, 37), Cast.Suzuki).Complete(days.At(58, 14, 50), Cast.Suzuki, "3日分を配達し服薬カレンダーへセット。飲み合わせに問題なし。").Close(days.At(57, 12, 30));
        start = days.At(58, 16, 5);
        story.Visit(physician, start, 30, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Observation, CareGiven.DeviceCare, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 37.2m, 98, 22, 142, 88, 92, 2),
            Note = Note("「病院には行かず、家で過ごしたい」", "両肺底部に水泡音。頸静脈怒張あり。酸素を2 L/分へ。", "慢性心不全の増悪。利尿薬増量で在宅で経過をみる。", "在宅で過ごす意思を本人・長女と確認した。明朝電話で状態を聞く。"),
        });
        story.Issue(days.At(58, 16, 40), "oxygen-1", InstructionKind.Treatment, "酸素は安静時 2 L/分とします。SpO₂ 94%以上が続けば 1 L/分へ戻す相談をしてください。", To.All(Profession.Nurse), Urgency.Today, days.At(57, 12))
            .Read(days.At(58, 16, 52), nurse).Take(days.At(58, 16, 53), nurse).Complete(days.At(57, 10, 50), nurse, "2 L/分で安静時 SpO₂ 93%。家族にも流量を説明した。").Close(days.At(54, 17, 42));
        start = days.At(56, 10, 0);
        story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.Medical, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 36.8m, 88, 20, 138, 80, 94, 2) with { Weight = 46.7m },
            Note = Note("「横になって眠れました」", "浮腫は(+)へ軽減。水泡音は減少。体重は2日で0.9 kg減。", "利尿薬に反応している。", "明後日も訪問。酸素の流量は主治医へ報告。"),
        });
        start = days.At(54, 10, 0);
        var last = story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.Medical, MedicinesChecked = true, CareGiven = [CareGiven.Observation],
            Vitals = Case.Signs(start, 36.5m, 84, 18, 134, 78, 95, 1) with { Weight = 45.8m },
            Note = Note("「階段以外は苦しくない」", "浮腫はごく軽度、呼吸音清。酸素1 L/分で SpO₂ 95%。", "増悪前の状態に戻った。", "増量分は終了し、主治医の指示で元の量へ。"),
        });
        story.Issue(days.At(54, 11, 20), "furosemide-old-dose", InstructionKind.Medicine, "フロセミドは明日から元の 20 mg 朝食後へ戻してください。体重測定は毎朝続けること。", To.Person(nurse), Urgency.Today, days.At(54, 18), new MedicineOrder("フロセミド錠", 20, "mg", "経口", null, "朝食後"))
            .Read(days.At(54, 11, 31), nurse).Take(days.At(54, 11, 33), nurse).Complete(days.At(54, 12, 5), nurse, "服薬カレンダーを元の量に戻し、長女へ説明した。", last).Close(days.At(54, 17, 45));
    }

    private static void ThisWeek(Case story, Days days, Actor nurse)
    {
        var start = days.At(7, 10, 0);
        story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.DeviceCare], NextVisitOn = days.Day(3),
            Vitals = Case.Signs(start, 36.6m, 84, 18, 136, 78, 94, 1) with { Weight = 45.7m },
            Note = Note("「今日は調子がいい」", "浮腫は軽度。酸素濃縮器の点検済み。", "安定。", "毎朝の体重測定を継続。"),
        });
        start = days.At(3, 13, 40);
        story.Visit(Cast.Hasegawa, start, 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, MedicinesChecked = true, CareGiven = [CareGiven.Observation], NextVisitOn = days.Day(0),
            Vitals = Case.Signs(start, 36.8m, 90, 20, 142, 84, 93, 1) with { Weight = 46.5m },
            Note = Note("「少し足が重い」", "両下腿に圧痕性浮腫(+)。体重は4日で0.8 kg増。", "うっ血の始まりに注意。", "次回も体重と浮腫をみる。2 kg増で主治医へ電話。"),
        });
        story.Visit(Cast.Suzuki, days.At(2, 16, 30), 30, v => v with
        {
            MedicinesChecked = true, CareGiven = [CareGiven.MedicineSupport],
            Note = Note("「朝は起きるのが遅くて、薬を忘れることがある」", "残薬確認:朝の薬が3回分余り。一包化を提案した。", null, "主治医とケアマネジャーへ報告。"),
        });
        story.Visit(Cast.Kondo, days.At(1, 18, 30), 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, SoftSigns = [SoftSign.Weary, SoftSign.EatingLess, SoftSign.Drowsy], CareGiven = [CareGiven.Nutrition],
            Note = Note(null, "夕食は半分でした。「だるい」とおっしゃって、うとうとされていました。"),
            Vitals = new Vitals(days.At(1, 18, 40)) { Temperature = 36.9m, Systolic = 146, Diastolic = 84, Pulse = 96, SpO2 = 91 },
        });
        var night = story.Id("handover", "night");
        story.Do(days.At(1, 20, 30), Cast.Ono, new SendHandover(night, story.PatientId, To.Person(story.Team.Nurse), new Sbar(
            "18:40 SpO₂ 91%(酸素 1 L)、だるさと傾眠。長女から20時に電話があり、夜は様子をみることにした。",
            "慢性心不全、在宅酸素 1 L/分。4日で体重0.8 kg増、両下腿に浮腫。ペニシリン系で発疹。",
            "うっ血が進んでいるおそれ。",
            "朝のうちに訪問して、体重・SpO₂・浮腫をみてください。SpO₂ 90%未満、または7日で2 kg以上の増加は佐藤医師へ電話。")));
        story.Do(days.At(1, 20, 50), story.Team.Nurse, new AcknowledgeHandover(night, "朝いちばんに伺います。"));
    }

    /// <summary>Within the hour before the first start: the visit, the telephone call, the instruction nobody has taken yet.</summary>
    private static void Now(Case story, Days days, Actor nurse)
    {
        var start = days.UrgentVisit;
        story.Visit(nurse, start, 35, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, MedicinesChecked = true, SoftSigns = [SoftSign.ShortOfBreath, SoftSign.Swelling, SoftSign.Sleepless], CareGiven = [CareGiven.Observation, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 37.4m, 102, 24, 148, 86, 89, 1) with { Weight = 47.8m },
            Note = Note(
                "「横になると苦しくて、椅子で寝た」", "労作時の息切れが昨日より強い。両下腿に圧痕性浮腫(2+)。両下肺野に水泡音。体重は7日で2.1 kg増加。",
                "心不全の悪化が疑われる。", "【至急】主治医へ電話で報告した。利尿薬と酸素流量の指示をお願いします。"),
            Situation = "長女は仕事中。電話で状況を伝えた。", NextVisitOn = JapanTime.DayOf(days.Now.AddMinutes(100)),
        }, recordedAfter: 3);
        story.Issue(
            start.AddMinutes(46), "furosemide-2", InstructionKind.Medicine,
            "フロセミドを3日間 20 mg から 40 mg へ増量(電話で確認済み)。酸素は 2 L/分へ。SpO₂ 88%未満または安静時の息苦しさは直ちに電話を。夕方に往診します。", To.Person(nurse), Urgency.Urgent,
            Days.FiveMinutes(days.Now.AddMinutes(115)), new MedicineOrder("フロセミド錠", 40, "mg", "経口", null, "朝食後・3日間"));
        story.Do(start.AddMinutes(50), nurse, new PlanVisit(
            story.Id("visit", "after-instruction"), story.PatientId, Days.FiveMinutes(days.Now.AddMinutes(100)), 40, nurse.PersonId, VisitKind.Urgent, "利尿薬増量後の状態観察"));
    }
}
