using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>井上 由紀子, 58, ALS on a ventilator: suction by a certified helper, a pressure alarm, a power cut, a relative whose access ends.</summary>
internal static class S04Als
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Takeda);
        var story = new Case("inoue-yukiko", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            100, Person(days, "井上", "由紀子", "イノウエ", "ユキコ", 58, Sex.Female), Level(days, CareLevel.Care5),
            [Relative("井上 和彦", "夫", "同居。電源と吸引の操作ができる"), Clinic, Station]);
        story.IsNotScored(99, News2OffReason.Ventilated, "気管切開・人工呼吸器 24時間。");
        story.Has(99, new Disease("筋萎縮性側索硬化症", "G12.2", 1700, "気管切開・人工呼吸器 24時間。NEWS2 は用いない(人工呼吸中、主治医の判断)。"), new Disease("胃瘻造設状態", "Z93.1", 700), new Disease("神経因性膀胱", "N31.9", 400));
        story.Range(99, VitalSign.SpO2, 93, null, "人工呼吸中。93%未満は吸引後に再検し、戻らなければ電話");
        foreach (var drug in new Drug[]
                 {
                     new("リルゾール錠50mg", "1回1錠 1日2回 朝夕食前", "胃瘻"), new("アンブロキソール液0.3%", "1回5mL 1日3回", "胃瘻"), new("経腸栄養剤(半固形)", "1回300mL 1日3回 7時・12時・18時", "胃瘻"),
                     new("センノシド錠12mg", "1回2錠 1日1回 就寝前", "胃瘻"),
                 })
        {
            story.Takes(99, drug);
        }

        // To be talked about again a week ago.
        story.Wishes(days.At(97, 15, 30), physician, 1, new Wishes(
            days.Day(97), ["本人(視線入力)", "夫 井上 和彦", $"主治医 {physician.Name}", $"訪問看護師 {nurse.Name}"], DecisionCapacity.CanDecide, new(TreatmentWish.Undecided, "急変時は夫と主治医で相談"),
            new(TreatmentWish.Wishes, "気管切開・人工呼吸器を続ける"), new(AdmissionWish.OnlyWhenAsked, "機器の故障・停電・肺炎のとき"), new(TreatmentWish.Wishes, "胃瘻を続ける"), new(PlaceWish.Home),
            "声が出なくても、家で暮らす", new Spokesperson("井上 和彦", "夫", Relative("井上 和彦", "夫").Telephone), days.Day(7)));
        var joined = days.At(60, 11, 0);
        story.Do(joined, Cast.Yamada, new JoinCareTeam(story.PatientId, PersonId: Cast.Nephew.PersonId, Role: "甥(連絡の補助)"));
        story.Do(days.At(8, 9, 40), Cast.Yamada, new LeaveCareTeam(story.PatientId, Cast.Nephew.PersonId, "本人の希望により閲覧を終了"));
        story.Issue(days.At(40, 18, 10), "suction", InstructionKind.Care, "認定特定行為業務従事者による口腔内・気管カニューレ内の吸引を認めます。吸引圧20 kPa以下、1回10秒以内。", To.Person(Cast.Takeda), Urgency.Routine, days.At(36, 18))
            .Read(days.At(40, 18, 40), Cast.Takeda).Take(days.At(39, 8, 20), Cast.Takeda, "認定証(第3号)を提示した。").Complete(days.At(37, 16, 0), Cast.Takeda, "看護師の立ち会いで3回実施、手技の確認を受けました。").Close(days.At(36, 12, 30));
        story.Visit(Cast.Takeda, days.At(13, 8, 0), 60, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, CareGiven = [CareGiven.Suction, CareGiven.Hygiene],
            Note = Note(null, "カニューレ内の吸引を2回しました。痰は白色で少量。文字盤で「らく」とのことでした。"),
        });
        var start = days.At(11, 17, 30);
        var visit = story.Visit(nurse, start, 75, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.NotAsUsual], CareGiven = [CareGiven.Observation, CareGiven.Suction, CareGiven.DeviceCare],
            Vitals = Case.Signs(start, 36.9m, 104, 16, 122, 74, 90) with { Ventilated = true, Oxygen = new Oxygen(0, OxygenDevice.Ventilator) },
            Note = Note("夫「気道内圧の警報が鳴りやまない」", "最高気道内圧 38 hPa。吸引で粘稠な痰を多量に回収、SpO₂ 90%から96%へ。内圧は 22 hPa に低下。", "痰による閉塞。", "加温加湿器の水位を確認。排痰の回数を増やす。主治医へ電話で報告。"),
        }, recordedAfter: 3);
        story.Issue(days.At(11, 18, 55), "airway", InstructionKind.Treatment, "排痰補助装置を1日4回に増やし、3日間は内圧の最高値を記録してください。35 hPaを超えたら電話を。", To.Person(nurse), Urgency.Today, days.At(8, 18))
            .Read(days.At(11, 18, 59), nurse).Take(days.At(11, 19, 0), nurse).Complete(days.At(8, 17, 50), nurse, "3日間の最高値は 24 hPa。痰は減っている。", visit).Close(days.At(7, 12, 40));
        start = days.At(5, 19, 10);
        story.Visit(Cast.Ono, start, 60, v => v with
        {
            Kind = VisitKind.Urgent, Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.DeviceCare, CareGiven.FamilySupport],
            Vitals = Case.Signs(start, 36.6m, 88, 14, 118, 70, 96) with { Ventilated = true, Oxygen = new Oxygen(0, OxygenDevice.Ventilator) },
            Note = Note(
                "夫「停電しました。呼吸器は動いています」", "18:52 停電。内部電池 2時間10分、外部電池 6時間を確認。吸引器は充電式へ切り替え。19:38 復電、外部電池で運転に支障なし。",
                "安全は保たれた。電池の残りは外部5時間20分。", "外部電池を充電。復電まで15分おきに残時間を記録した。"),
            Situation = "安否:本人・夫とも無事。懐中電灯と手動式の蘇生バッグは枕元にある。",
        });
        var illness = Illnesses.Frail with
        {
            Name = "als", Base = new Usual(365, 82, 14, 116, 70, 97, Pain: -1),
            Subjective = ["文字盤で「だいじょうぶ」。", "視線入力で「夜、まくらを低く」と入力。", "夫より「夜間の吸引は2回」。", "「外の空気がすいたい」と入力。", "まばたきで返事をする。"],
            Objective = ["カニューレの固定は良好、皮膚に発赤なし。", "胃瘻部に漏れ・肉芽なし。", "最高気道内圧は{19-24} hPa、一回換気量は設定どおり。", "痰は白色、吸引{4-8}回/日。", "カフ圧 {22-28} cmH₂O。", "外部電池は満充電、予備回路あり。"],
            Assessment = ["呼吸器の設定と作動に問題なし。", "栄養は計画どおり入っている。", "意思の伝達は視線入力で保たれている。"],
            Plan = ["回路の交換は次回。", "吸引の手順を夫と確認した。", "外部電池の充電を毎晩確認する。"],
            Physician = ["カニューレを交換。気道に出血なし。", "呼吸器の設定は変更なし。排痰補助を続ける。", "胃瘻の状態は良好。次回に採血を予定。"],
            Guides = [new(InstructionKind.Treatment, "胃瘻の周囲は毎日洗浄し、発赤が2 cmを超えたら写真を残して報告してください。", "洗浄を継続。発赤{3-8} mmで変化なし。")],
            Care = [CareGiven.Observation, CareGiven.Suction, CareGiven.DeviceCare, CareGiven.Nutrition], SoftSigns = [SoftSign.Sleepless],
        };
        return new Course(story, illness, diary, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday]) { IsScene = ago => ago is 5 or 11 or 13, LastGuideAgo = 16 };
    }
}
