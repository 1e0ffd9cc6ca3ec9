using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>加藤 はな, 82, dementia: usual disorientation and new confusion, an allergy that stops an antibiotic, a note that the family must not see.</summary>
internal static class S05Dementia
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Kondo);
        var story = new Case("kato-hana", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            97, Person(days, "加藤", "はな", "カトウ", "ハナ", 82, Sex.Female), Level(days, CareLevel.Care3),
            [Relative("加藤 裕子", "長女", "同居。平日の日中は勤務先"), Clinic, Station]);
        story.Do(days.At(97, 9, 45), Cast.Yamada, new JoinCareTeam(story.PatientId, PersonId: Cast.Kato.PersonId, Role: "長女"));
        story.Has(96, new Disease("アルツハイマー型認知症", "G30.1", 2100, "ふだんから場所と日付の見当識が低い。これは新たな混乱ではない。"), new Disease("高血圧症", "I10", 5000), new Disease("過活動膀胱", "N32.8", 900));
        story.IsAllergic(96, nurse, "ペニシリン系抗菌薬", AllergyKind.Medicine, AllergySeverity.Severe, "2019年、アモキシシリンで全身の発疹と喘鳴");
        foreach (var drug in Illnesses.Dementia.Drugs)
        {
            story.Takes(96, drug);
        }

        var sleep = story.Takes(96, new Drug("エスゾピクロン錠1mg", "眠れないとき 1回1錠"));
        story.Stops(days.At(33, 18, 5), sleep, "夜間のふらつきのため");
        var start = days.At(21, 17, 15);
        story.Visit(nurse, start, 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.5m, 78, 16, 126, 72, 97) with { Consciousness = new Consciousness(Acvpu.Alert, 1) },
            Note = Note("「ここは学校だったかしら」といつもの調子。", "日付と場所は答えられないが、ふだんと同じ。会話は穏やか。", "見当識の低下は平常の範囲(A)。", "家族へ変わりないことを伝えた。"),
        });
        story.Visit(Cast.Kondo, days.At(12, 8, 0), 45, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, SoftSigns = [SoftSign.Sleepless, SoftSign.NotAsUsual], CareGiven = [CareGiven.Hygiene],
            Note = Note(null, "昨夜は2時頃から家の中を歩き回られたと娘さんから聞きました。今朝は眠そうです。"),
        });
        Infection(story, days, nurse);
        story.Visit(nurse, days.At(3, 17, 25), 40, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, SoftSigns = [SoftSign.SkinChange], CareGiven = [CareGiven.Hygiene, CareGiven.Observation], TeamOnly = true,
            Note = Note(
                "「ぶつけたの」と小声で話し、視線をそらす。", "左上腕内側に3×2 cm の暗紫色のあざ。指の跡に似た並び。ほかに新しい傷なし。", "転倒の記録と合わない。家族の疲れも考えられ、虐待の可能性を否定できない。",
                "【チーム内のみ】管理者とケアマネジャーへ報告。地域包括支援センターへの相談を検討する。家族には経過をみると伝えた。"),
        });
        story.Do(days.At(9, 20, 10), Cast.Kato, new RecordVitals(
            story.Id("vitals", "family-1"), story.PatientId, new Vitals(days.At(9, 20, 0)) { Temperature = 37.0m, Systolic = 124, Diastolic = 70, Pulse = 84 }, null, "夕食後に測りました。よく食べました。"));
        story.Do(days.At(1, 19, 30), Cast.Kato, new HomeCare.Watching.WriteBedsideNote(
            story.Id("bedside-note", "1"), story.PatientId, days.At(1, 18, 40), [SoftSign.Sleepless], "夜中に二度、玄関へ行こうとしました。昼間はうとうとしています。"));
        story.Do(days.At(2, 20, 15), Cast.Kato, new RecordVitals(
            story.Id("vitals", "family-2"), story.PatientId, new Vitals(days.At(2, 20, 5)) { Temperature = 36.4m, Systolic = 128, Diastolic = 72, Pulse = 76 }, null, "落ち着いています。"));
        var illness = Illnesses.Dementia with { Base = new Usual(365, 78, 16, 126, 72, 97, 462) };
        return new Course(story, illness, diary, [DayOfWeek.Wednesday, DayOfWeek.Saturday]) { IsScene = ago => ago is 3 or >= 9 and <= 12 or 21, LastGuideAgo = 24 };
    }

    private static void Infection(Case story, Days days, Actor nurse)
    {
        var start = days.At(11, 12, 5);
        var visit = story.Visit(nurse, start, 50, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.NotAsUsual, SoftSign.Weary, SoftSign.DrinkingLess], CareGiven = [CareGiven.Observation],
            Vitals = Case.Signs(start, 38.3m, 112, 22, 104, 62, 95, 0, Acvpu.Confusion) with { Consciousness = new Consciousness(Acvpu.Confusion, 2) },
            Note = Note("長女「昨日から別人のよう。壁に向かって話している」", "呼名に反応するがつじつまが合わず、点滴の跡を何度も引っかく。尿は混濁。", "新たな混乱(C)。尿路感染を疑う。", "【至急】主治医へ電話。尿の検体を採取した。"),
        }, recordedAfter: 2);
        var amoxicillin = new MedicineOrder("アモキシシリンカプセル", 250, "mg", "経口", null, "毎食後・7日間");
        story.Issue(days.At(11, 13, 10), "amoxicillin", InstructionKind.Medicine, "尿路感染として抗菌薬を開始します。明日も訪問し、体温と意識をみてください。", To.All(Profession.Pharmacist), Urgency.Urgent, days.At(11, 18), amoxicillin)
            .Read(days.At(11, 13, 20), Cast.Suzuki).Ask(days.At(11, 13, 24), Cast.Suzuki, "【疑義照会】ペニシリン系の重いアレルギーがあります。アモキシシリンは調剤を止めています。変更をお願いします。")
            .Answer(days.At(11, 13, 31), "ご指摘のとおりです。取り消し、別の薬で出し直します。").Close(days.At(11, 13, 32), "ペニシリンアレルギーのため取り消し。");
        story.Issue(
            days.At(11, 13, 40), "levofloxacin", InstructionKind.Medicine, "レボフロキサシンへ変更します。水分を1日1000 mLを目安に。38.5℃以上または飲めないときは電話を。", To.All(Profession.Pharmacist), Urgency.Urgent, days.At(11, 18),
            new MedicineOrder("レボフロキサシン錠", 250, "mg", "経口", null, "1日1回 夕食後・7日間"))
            .Read(days.At(11, 13, 44), Cast.Suzuki).Take(days.At(11, 13, 46), Cast.Suzuki, "アレルギー・併用を確認した。").Complete(days.At(11, 16, 20), Cast.Suzuki, "7日分を配達。長女へ飲み方を説明した。").Close(days.At(10, 12, 35));
        story.Takes(11, new Drug("レボフロキサシン錠250mg", "1回1錠 1日1回 夕食後", Days: 7, Quantity: "7錠"));
        start = days.At(10, 12, 10);
        story.Visit(nurse, start, 40, v => v with
        {
            Insurance = VisitInsurance.Medical, MedicinesChecked = true, CareGiven = [CareGiven.Observation, CareGiven.Nutrition],
            Vitals = Case.Signs(start, 37.4m, 94, 18, 114, 66, 96) with { Consciousness = new Consciousness(Acvpu.Alert, 1) },
            Note = Note("「お茶がおいしい」", "会話はふだんの調子に戻りつつある。発疹なし。飲水700 mL。", "感染と混乱は軽快の方向。", "抗菌薬の飲み切りを長女と確認した。"),
        });
    }
}
