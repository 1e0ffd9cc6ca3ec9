using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>木村 勇, 74, diabetes on insulin, lives alone and keeps a diary: a low reading, what was to be done about it, a new dose.</summary>
internal static class S06Diabetes
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Sakamoto);
        var story = new Case("kimura-isamu", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            95, Person(days, "木村", "勇", "キムラ", "イサム", 74, Sex.Male), Level(days, CareLevel.Care1),
            [Relative("木村 直美", "姪", "隣の区。休日のみ"), Clinic, Station]);
        story.Do(days.At(95, 9, 50), Cast.Yamada, new JoinCareTeam(story.PatientId, PersonId: Cast.Kimura.PersonId, Role: "本人"));
        story.Has(94, new Disease("2型糖尿病(インスリン使用)", "E11.9", 7300, "独居。自己注射と自己測定。"), new Disease("糖尿病網膜症", "E11.3", 1500), new Disease("慢性腎臓病", "N18.3", 900));
        story.Range(94, VitalSign.Glucose, 80, 250, "独居のため下限を高めにする。70未満はブドウ糖10 g、15分後に再検");
        foreach (var drug in new Drug[]
                 {
                     new("メトホルミン錠250mg", "1回1錠 1日2回 朝夕食後"), new("カンデサルタン錠4mg", "1回1錠 1日1回 朝食後"), new("ブドウ糖 10g", "低血糖のとき 1回1包"),
                 })
        {
            story.Takes(94, drug);
        }

        var twelve = story.Takes(94, new Drug("インスリン グラルギン注", "1回12単位 1日1回 朝食前", "皮下"));
        story.Issue(
            days.At(89, 13, 30), "insulin-12", InstructionKind.Medicine, "インスリンは毎朝12単位で続けます。自己注射の手技と残量を訪問ごとに確認してください。", To.Person(nurse), Urgency.Routine, days.At(82, 18),
            new MedicineOrder("インスリン グラルギン", 12, "単位", "皮下", null, "毎朝 朝食前"))
            .Read(days.At(89, 14, 20), nurse).Take(days.At(89, 14, 22), nurse).Complete(days.At(82, 16, 50), nurse, "手技・残量とも問題なし。").Close(days.At(81, 12, 35));
        story.Issue(days.At(89, 13, 35), "below-70", InstructionKind.Treatment, "【条件つき】血糖 70 mg/dL未満:ブドウ糖10 g、15分後に再検。戻らなければ繰り返して電話を。", To.Person(nurse), Urgency.Routine, days.At(9, 18))
            .Read(days.At(89, 14, 21), nurse).Take(days.At(89, 14, 23), nurse, "本人の手帳にも同じ文を貼った。")
            .Complete(days.At(10, 9, 20), nurse, "日誌の58 mg/dLで適用。ブドウ糖10 gを摂取、15分後96 mg/dL。").Close(days.At(10, 12, 30), "条件の指示は継続する。");
        Diary(story, days, 17, 7, 20, 132);
        Diary(story, days, 14, 7, 15, 118);
        Diary(story, days, 12, 7, 25, 141);
        Diary(story, days, 10, 7, 5, 58, "ふるえと冷や汗。ブドウ糖を1包のみました。");
        Diary(story, days, 10, 7, 21, 96, "15分後。おさまった。看護師さんに電話した。");
        var start = days.At(10, 17, 25);
        story.Visit(nurse, start, 40, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, SoftSigns = [SoftSign.EatingLess], CareGiven = [CareGiven.Observation, CareGiven.MedicineSupport], MedicinesChecked = true,
            Vitals = Case.Signs(start, 36.4m, 76, 16, 134, 76, 97) with { Glucose = new Glucose(146, null, GlucoseTiming.BeforeMeal) },
            Note = Note("「朝を食べずに打ってしまった」", "手帳で低血糖1回(58→96)。手技は問題なし。夕食は宅配。", "食事と注射の順序で起きた低血糖。", "主治医へ量の見直しを相談。"),
        });
        story.Visit(Cast.Sakamoto, days.At(8, 8, 0), 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, CareGiven = [CareGiven.Nutrition],
            Note = Note(null, "朝食を召し上がったあと、ご本人が注射されました。目盛りが「12」になっているのを一緒に見ました。"),
        });
        story.Do(days.At(7, 21, 6), Cast.Kimura, new RecordVitals(
            story.Id("vitals", "diary-hi"), story.PatientId, new Vitals(days.At(7, 21, 5)) { Glucose = new Glucose(null, MeterReading.Hi, GlucoseTiming.Bedtime) }, null, "機械に Hi と出た。夕方に羊羹を食べた。"));
        Diary(story, days, 6, 7, 10, 204, "昨日の Hi のあと、水をよく飲んだ。");
        story.Stops(days.At(5, 18, 30), twelve, "低血糖があり、10単位へ変更するため");
        story.Takes(4, new Drug("インスリン グラルギン注", "1回10単位 1日1回 朝食後", "皮下"));
        story.Issue(
            days.At(5, 18, 32), "insulin-10", InstructionKind.Medicine, "インスリンを12単位から10単位へ、朝食前から朝食後へ変更します。3日間は毎朝の値を報告してください。", To.Person(nurse), Urgency.Today, days.At(4, 12),
            new MedicineOrder("インスリン グラルギン", 10, "単位", "皮下", null, "毎朝 朝食後"))
            .Read(days.At(5, 18, 41), nurse).Take(days.At(5, 18, 43), nurse).Complete(days.At(4, 12, 30), nurse, "本人と目盛りを確認し、手帳の表を差し替えた。").Close(days.At(1, 12, 30), "3日間 118〜152で安定。");
        Diary(story, days, 3, 7, 20, 127);
        Diary(story, days, 2, 7, 15, 152);
        Diary(story, days, 1, 7, 25, 118);
        var illness = Illnesses.Diabetes with { Base = new Usual(364, 76, 16, 136, 76, 97, 614, 142), Guides = [Illnesses.Diabetes.Guides[1]] };
        return new Course(story, illness, diary, [DayOfWeek.Tuesday, DayOfWeek.Friday]) { IsScene = ago => ago is 8 or 10, LastGuideAgo = 20 };
    }

    /// <summary>What he writes himself before breakfast.</summary>
    private static void Diary(Case story, Days days, int ago, int hour, int minute, int glucose, string? comment = null) =>
        story.Do(days.At(ago, hour, minute + 1), Cast.Kimura, new RecordVitals(
            story.Id("vitals", $"diary-{days.At(ago, hour, minute):yyyyMMddHHmm}"), story.PatientId,
            new Vitals(days.At(ago, hour, minute)) { Glucose = new Glucose(glucose, null, GlucoseTiming.Fasting), Confirmed = glucose < 50 ? [VitalSign.Glucose] : null }, null, comment));
}
