using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>山口 隆, 67, pancreatic cancer with a PCA pump: the pump's order read back, the residue counted, too much of it noticed.</summary>
internal static class S03Cancer
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team();
        var story = new Case("yamaguchi-takashi", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            96, Person(days, "山口", "隆", "ヤマグチ", "タカシ", 67, Sex.Male), Level(days, CareLevel.Care3),
            [Relative("山口 恵子", "妻", "同居。夜間も可"), Relative("山口 健", "長男", "土日"), Clinic, Station]);
        story.IsNotScored(95, News2OffReason.EndOfLife, "終末期。症状と本人の希望で評価する。");
        story.Has(95, new Disease("膵癌(StageⅣ)", "C25.9", 300), new Disease("癌性疼痛", "R52.2", 180), new Disease("腹膜播種", "C78.6", 130, "NEWS2 は用いない(終末期、主治医の判断)。症状と本人の希望で評価する。"));
        story.Range(95, VitalSign.Respiration, 10, 24, "オピオイド持続皮下注のため下限を10とする。10未満は直ちに電話");
        story.Range(95, VitalSign.Pain, null, 4, "NRS 5以上で連絡");
        foreach (var drug in new Drug[]
                 {
                     new("ナルデメジン錠0.2mg", "1回1錠 1日1回 朝食後"), new("プロクロルペラジン錠5mg", "吐き気のあるとき 1回1錠"), new("ベタメタゾン錠0.5mg", "1回2錠 1日1回 朝食後"),
                 })
        {
            story.Takes(95, drug);
        }

        var oral = story.Takes(95, new Drug("オキシコドン徐放錠20mg", "1回1錠 1日2回 8時・20時"));
        Pump(story, days, nurse, physician, oral);
        MoreThanEnough(story, days, nurse, physician);
        // Talked about three days ago; the physician has not confirmed it yet.
        story.Wishes(days.At(3, 17, 40), nurse, 1, new Wishes(
            days.Day(3), ["本人", "妻 山口 恵子", $"訪問看護師 {nurse.Name}"], DecisionCapacity.CanDecide, new(TreatmentWish.DoesNotWish), new(TreatmentWish.DoesNotWish),
            new(AdmissionWish.OnlyWhenAsked, "痛みが抑えられないときは緩和ケア病棟を相談"), new(TreatmentWish.Undecided), new(PlaceWish.Home), "孫の運動会までは家にいたい",
            new Spokesperson("山口 恵子", "妻", Relative("山口 恵子", "妻").Telephone), days.Day(-11)), confirmed: false);
        var illness = Illnesses.Cancer with { Base = new Usual(366, 92, 17, 108, 64, 96, 472, Pain: 3), Guides = [Illnesses.Cancer.Guides[1]] };
        return new Course(story, illness, diary, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday]) { IsScene = ago => ago is >= 1 and <= 15, LastGuideAgo = 18 };
    }

    private static void Pump(Case story, Days days, Actor nurse, Actor physician, Guid oral)
    {
        var order = new MedicineOrder("モルヒネ塩酸塩注 10 mg/mL", 0.05m, "mL/h", "持続皮下注", "0.05 mL/h", "ボーラス 0.05 mL・ロックアウト15分");
        story.Visit(physician, days.At(15, 12, 10), 30, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical,
            Note = Note("「飲み込むのがつらくなった」", "内服が難しい。安静時の痛みはNRS 5。", "経口から持続皮下注へ切り替える。", "PCAポンプを今夕から開始。妻と長男に操作と連絡先を説明した。"),
        });
        var start = days.At(15, 17, 20);
        story.Issue(days.At(15, 12, 50), "pca-supply", InstructionKind.PharmacistVisit, "モルヒネ注(10 mg/mL)を50 mLのカセットで本日17時までに届け、経口の残りを回収してください。", To.Person(Cast.Suzuki), Urgency.Today, days.At(15, 17))
            .Read(days.At(15, 12, 58), Cast.Suzuki).Take(days.At(15, 12, 59), Cast.Suzuki).Complete(days.At(15, 16, 40), Cast.Suzuki, "50 mLを交付。オキシコドン徐放錠9錠を回収し、帳簿に記載。").Close(days.At(14, 12, 20));
        story.Stops(days.At(15, 12, 45), oral, "持続皮下注への切り替え");
        var begun = story.Issue(days.At(15, 12, 48), "pca-start", InstructionKind.Medicine, "PCAポンプでモルヒネの持続皮下注を開始してください。呼吸数10未満、または呼びかけに反応が鈍いときは止めて電話を。", To.Person(nurse), Urgency.Today, days.At(15, 19), order)
            .Read(days.At(15, 13, 2), nurse).Take(days.At(15, 13, 4), nurse, "濃度・流量・ボーラス・ロックアウトを復唱した。");
        var visit = story.Visit(nurse, start, 60, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Infusion, CareGiven.DeviceCare, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.7m, 92, 18, 112, 66, 96) with { Pain = 5 },
            Note = Note("「針は思ったより痛くない」", "前胸部に留置し18時に開始。0.05 mL/h、ボーラス0.05 mL、ロックアウト15分。設定を二人で確認。", "開始時の問題なし。", "明日18時に残液を測る。"),
        });
        begun.Complete(days.At(15, 18, 30), nurse, "18:00 開始。設定を妻と一緒に確認した。", visit).Close(days.At(14, 18, 50));
        start = days.At(14, 17, 40);
        story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Infusion, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 36.6m, 88, 16, 110, 64, 96) with { Pain = 3 },
            Note = Note("「夜は眠れた。ボタンは押しやすい」", "24時間でボーラス9回。残液は計算上 48.35 mL(50 − 0.05×24 − 0.05×9)、実測 48.3 mL。", "差は測定の範囲内。痛みは軽減。", "ボーラスの回数を続けてみる。"),
        });
    }

    private static void MoreThanEnough(Case story, Days days, Actor nurse, Actor physician)
    {
        var start = days.At(9, 17, 20);
        var visit = story.Visit(nurse, start, 50, v => v with
        {
            Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.InPain, SoftSign.Sleepless], CareGiven = [CareGiven.Infusion],
            Vitals = Case.Signs(start, 36.8m, 104, 20, 118, 68, 95) with { Pain = 7 },
            Note = Note("「背中がうずく。昨夜は4回押した」", "NRS 7。ボーラスは24時間で14回。", "持続量が足りない。", "主治医へ電話し、増量の指示を依頼した。"),
        });
        story.Issue(
            days.At(9, 17, 50), "pca-up", InstructionKind.Medicine, "持続量を 0.05 から 0.07 mL/h へ上げてください。ボーラスとロックアウトは同じです。1時間後に呼吸数と眠気を確認してください。", To.Person(nurse), Urgency.Urgent, days.At(9, 19),
            new MedicineOrder("モルヒネ塩酸塩注 10 mg/mL", 0.07m, "mL/h", "持続皮下注", "0.07 mL/h", "ボーラス 0.05 mL・ロックアウト15分"))
            .Read(days.At(9, 17, 51), nurse).Ask(days.At(9, 17, 52), nurse, "電話では 0.7 と聞こえました。0.07 mL/h で間違いありませんか。").Answer(days.At(9, 17, 54), "0.07 mL/h です。0.7 ではありません。")
            .Take(days.At(9, 17, 55), nurse, "0.07 mL/h を復唱した。").Complete(days.At(9, 18, 58), nurse, "18:00 に 0.07 mL/h へ変更。1時間後 NRS 3、呼吸数16、眠気は軽度。", visit).Close(days.At(8, 12, 25));
        start = days.At(5, 21, 50);
        var night = story.Visit(Cast.Hasegawa, start, 60, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.Drowsy, SoftSign.NotAsUsual], CareGiven = [CareGiven.Observation, CareGiven.Infusion, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.5m, 84, 8, 102, 60, 93, 0, Acvpu.Voice) with { Pain = 0 },
            Note = Note("妻「声をかけても、すぐ眠ってしまう」(夜間の電話で訪問)", "呼吸数8、瞳孔は2 mm。呼びかけで開眼。ボーラスは24時間で2回。", "オピオイドの効きすぎを疑う。", "【至急】主治医へ電話。持続を止めて付き添い、30分ごとに呼吸数を数える。"),
        }, recordedAfter: 2);
        story.Issue(
            days.At(5, 22, 4), "pca-down", InstructionKind.Medicine, "持続をいったん止め、呼吸数が12以上に戻ったら 0.05 mL/h で再開してください。", To.Person(Cast.Hasegawa), Urgency.Urgent, days.At(5, 23, 30),
            new MedicineOrder("モルヒネ塩酸塩注 10 mg/mL", 0.05m, "mL/h", "持続皮下注", "0.05 mL/h", "呼吸数12以上で再開"), by: Cast.SatoMari)
            .Read(days.At(5, 22, 5), Cast.Hasegawa).Take(days.At(5, 22, 6), Cast.Hasegawa, "停止を確認。").Complete(days.At(5, 23, 10), Cast.Hasegawa, "22:05 停止、22:50 呼吸数13で 0.05 mL/h を再開。会話ができる。", night).Close(days.At(4, 8, 30));
        start = days.At(2, 17, 30);
        story.Visit(nurse, start, 50, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Infusion, CareGiven.Hygiene, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.6m, 90, 14, 104, 60, 95) with { Pain = 2 },
            Note = Note("「痛みはない。家がいい」", "会話は保たれる。残液は計算と一致。経口はゼリーを数口。", "症状は落ち着いている。", "夜間の連絡先を妻と再確認。次回カセット交換。"),
        });
    }
}
