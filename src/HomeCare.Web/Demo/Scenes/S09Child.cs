using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>高橋 そら, 4, tracheostomy: no adult limits, the physician's own range, no care level and no care manager.</summary>
internal static class S09Child
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(careManager: false);
        var story = new Case("takahashi-sora", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            97, Person(days, "高橋", "そら", "タカハシ", "ソラ", 4, Sex.Male), null,
            [Relative("高橋 美穂", "母", "同居"), Relative("高橋 大輔", "父", "別居。通院の付き添い"), Clinic, Station]);
        story.Has(96, new Disease("先天性気管狭窄症(気管切開後)", "Q32.1", 1200), new Disease("脳性麻痺", "G80.9", 1100));
        story.Range(96, VitalSign.SpO2, 92, null, "小児。睡眠時も92%以上。NEWS2 は16歳未満には用いない");
        story.Range(96, VitalSign.Pulse, 80, 140, "安静時(4歳)");
        story.Range(96, VitalSign.Respiration, 18, 34, "安静時(4歳)");
        foreach (var drug in new Drug[]
                 {
                     new("カルボシステインシロップ5%", "1回3mL 1日3回 毎食後", "経管"), new("バルプロ酸シロップ5%", "1回2mL 1日2回 朝夕", "経管"), new("サルブタモール吸入液", "1回0.2mL 1日2回", "吸入"),
                 })
        {
            story.Takes(96, drug);
        }

        var start = days.At(16, 17, 20);
        story.Visit(nurse, start, 60, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.NotAsUsual], CareGiven = [CareGiven.Observation, CareGiven.Suction, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 37.8m, 128, 32, 92, 54, 95) with { Weight = 14.2m },
            Note = Note("母「鼻水が出て、吸引の回数が増えています」", "カニューレ内の痰は白色多め。顔色はよい。おもちゃに手を伸ばす。", "感冒の始まり。年齢のためNEWS2は算出しない。", "吸入を1日3回へ増やす相談。明日も様子を聞く。"),
        });
        var order = new MedicineOrder("アセトアミノフェン細粒", 140, "mg", "経管", null, "38.5℃以上のとき 6時間あけて");
        story.Issue(days.At(16, 18, 35), "fever-dose", InstructionKind.Medicine, "発熱時の薬です。体重14.2 kg、1回10 mg/kgで140 mg。", To.Person(Cast.Suzuki), Urgency.Today, days.At(16, 20), order)
            .Read(days.At(16, 18, 40), Cast.Suzuki).Ask(days.At(16, 18, 43), Cast.Suzuki, "【疑義照会】処方箋は1回1400 mg(100 mg/kg)と読めます。10倍です。140 mgで間違いないか確認をお願いします。")
            .Answer(days.At(16, 18, 49), "140 mgです。処方箋の桁を訂正しました。").Take(days.At(16, 18, 51), Cast.Suzuki, "140 mg(10 mg/kg)を復唱した。").Complete(days.At(16, 19, 45), Cast.Suzuki, "6回分を母へ渡し、量の目盛りを一緒に確認した。").Close(days.At(15, 12, 30));
        start = days.At(13, 17, 25);
        var visit = story.Visit(Cast.Hasegawa, start, 60, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.Suction, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 37.2m, 124, 30, 94, 56, 88),
            Note = Note("母「モニターが鳴って、吸引しても戻りにくい」", "SpO₂ 88%(下限92%)。カニューレ内に粘稠な痰、交換後に96%へ回復。", "痰による狭窄。", "【至急】主治医へ電話。予備カニューレを補充。"),
        }, recordedAfter: 2);
        story.Issue(days.At(13, 18, 0), "humidify", InstructionKind.Treatment, "加湿を強め、吸入を1日3回に。92%未満が続くときは電話してください。", To.Person(Cast.Hasegawa), Urgency.Urgent, days.At(13, 20))
            .Read(days.At(13, 18, 4), Cast.Hasegawa).Take(days.At(13, 18, 5), Cast.Hasegawa).Complete(days.At(13, 18, 32), Cast.Hasegawa, "加湿器の設定を変更し、母と吸入の手順を確認。SpO₂ 96%。", visit).Close(days.At(12, 12, 30));
        var illness = Illnesses.Frail with
        {
            Name = "cancer", // Medical insurance, as for cancer: a child has no long-term care insurance.
            Base = new Usual(366, 108, 24, 94, 56, 97, 141),
            Subjective = ["母「よく笑っています」", "母「夜の吸引は{1-3}回」", "母「保育園の見学に行きました」", "手を伸ばして遊ぶ。", "母「体重が少し増えました」"],
            Objective = ["カニューレの固定よし、周囲に発赤なし。", "痰は白色、{少量|中等量}。", "四肢の緊張はふだんと同じ。", "注入後の嘔吐なし。", "顔色よく、あやすと笑う。", "絵本に手を伸ばす。"],
            Assessment = ["呼吸の状態は安定。", "成長の曲線に沿っている。", "家族のケアの手技は安定している。"], Plan = ["カニューレの交換は次回。", "緊急時の手順を母と復習した。", "リハビリの姿勢を写真で残した。", "保育園と医療的ケアの打ち合わせを予定。"],
            Physician = ["カニューレを交換。肉芽なし。", "発達と栄養は順調。予防接種の予定を確認。", "胸部は清。吸入は継続。"],
            Guides = [new(InstructionKind.Observation, "睡眠中のSpO₂を1週間記録してください。", "7晩とも{93-95}%以上。")], Care = [CareGiven.Observation, CareGiven.Suction, CareGiven.DeviceCare, CareGiven.FamilySupport], SoftSigns = [SoftSign.NotAsUsual],
        };
        return new Course(story, illness, diary, [DayOfWeek.Tuesday, DayOfWeek.Thursday]) { IsScene = ago => ago is 13 or 16, LastGuideAgo = 20 };
    }
}
