using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>斎藤 トミ, 90, pressure ulcer: scores by DESIGN-R 2020, special orders, two nurses who score differently.</summary>
internal static class S07PressureUlcer
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Takeda);
        var story = new Case("saito-tomi", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            99, Person(days, "斎藤", "トミ", "サイトウ", "トミ", 90, Sex.Female), Level(days, CareLevel.Care5),
            [Relative("斎藤 博", "長男", "同居。夜間の体位変換を担当"), Clinic, Station]);
        story.Has(98, new Disease("仙骨部褥瘡(D3)", "L89.2", 110), new Disease("廃用症候群", "M62.5", 700), new Disease("低栄養", "E46", 300));
        foreach (var drug in new Drug[]
                 {
                     new("スルファジアジン銀クリーム1%", "1日1回 仙骨部 洗浄後", "外用"), new("アセトアミノフェン錠500mg", "処置の30分前 1回1錠"), new("エンシュア・リキッド 250mL", "1日2缶 食間"),
                 })
        {
            story.Takes(98, drug);
        }

        // The photograph was taken where there was no network and reached the record later: both times stand.
        var start = days.At(62, 12, 5);
        story.Visit(nurse, start, 60, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.WoundCare, CareGiven.Observation], Vitals = Case.Signs(start, 36.7m, 82, 18, 118, 66, 96) with { Pain = 3 },
            Note = Note(
                "「動かすとひりひりする」", "仙骨部 DESIGN-R2020:D3-e3s8i1G4n0p0 = 16点。滲出液多い。写真は圏外で撮影し、端末に保存した。", "感染の兆候あり(i1)。滲出液の管理が必要。",
                "主治医へ報告し、特別訪問看護指示を依頼。連日の処置へ。"),
        }, recordedAfter: 190);
        story.Issue(days.At(62, 18, 15), "special-1", InstructionKind.Treatment, "特別訪問看護指示:本日から14日間、毎日の創洗浄と外用をお願いします(15日にはなりません)。滲出液と臭いの変化を報告してください。", To.All(Profession.Nurse), Urgency.Today, days.At(48, 18))
            .Read(days.At(62, 18, 40), nurse).Take(days.At(62, 18, 42), nurse).Complete(days.At(48, 18, 10), nurse, "14日間、毎日処置。滲出液は中等量へ減少。").Close(days.At(47, 12, 30));
        story.Issue(days.At(42, 18, 5), "special-2", InstructionKind.Treatment, "特別訪問看護指示(同月2回目:真皮を越える褥瘡 D3)。本日から14日間、毎日の処置を再開してください。", To.All(Profession.Nurse), Urgency.Today, days.At(28, 18))
            .Read(days.At(42, 18, 30), nurse).Take(days.At(42, 18, 32), nurse).Complete(days.At(29, 18, 20), nurse, "14日間、毎日処置。創は縮小している。").Close(days.At(28, 12, 30));
        start = days.At(24, 12, 5);
        story.Visit(nurse, start, 55, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.WoundCare], Vitals = Case.Signs(start, 36.5m, 78, 16, 122, 68, 97) with { Pain = 2 },
            Note = Note(null, "仙骨部 DESIGN-R2020:D3-e1s6i0g3n0p0 = 10点。肉芽は鮮紅色。", "改善している。", "処置は週3回へ戻す。栄養補助を続ける。"),
        });
        start = days.At(24, 17, 30);
        story.Visit(Cast.Hasegawa, start, 30, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.WoundCare],
            Note = Note(null, "仙骨部 DESIGN-R2020:D3-e1s8i0g3n0p0 = 12点(大きさの測り方が午前と異なる)。", "同じ日の評価が分かれた。", "カンファレンスで測定の基準線を確認する。午前の値と併記した。"),
        });
        start = days.At(8, 12, 5);
        story.Visit(nurse, start, 50, v => v with
        {
            Insurance = VisitInsurance.LongTermCare, CareGiven = [CareGiven.WoundCare, CareGiven.Nutrition], Vitals = Case.Signs(start, 36.4m, 76, 16, 120, 68, 97) with { Pain = 1 },
            Note = Note("「痛みはほとんどない」", "仙骨部 D3、2.8×2.0 cm。滲出液少量、周囲の皮膚は乾燥。", "特別指示の期間は終了している。通常の指示で訪問。", "【確認】指示書の期限(今月末)を主治医へ連絡。エアマットの圧を点検した。"),
        });
        var illness = Illnesses.Frail with
        {
            Name = "ulcer", Base = new Usual(365, 78, 16, 120, 68, 97, 382, Pain: 2),
            Subjective = ["「さわられなければ痛くない」", "「夜は息子が向きを変えてくれる」", "「プリンなら食べられる」", "うとうとして返事は少なめ。", "「背中が軽くなった」"],
            Objective =
            [
                "創底は鮮紅色の肉芽、壊死組織なし。", "滲出液は{少量|中等量}、臭いなし。", "周囲の浸軟は{なし|ごく軽度}。", "踵に発赤なし。エアマットの圧は適正。", "食事は{4-7}割と栄養補助飲料{1-2}本。", "ポケットなし。",
            ],
            Assessment = ["創は縮小傾向。", "感染の兆候なし。", "除圧は保たれている。", "栄養の摂取がもう一歩。"], Plan = ["洗浄と外用を継続。", "体位変換の表を家族と見直した。", "次回に大きさを同じ基準線で測る。", "たんぱく質の多い間食を提案。"],
            Physician = ["創は良好な肉芽。外用は継続。", "栄養状態を採血で確認する。", "除圧と処置の継続を確認した。"],
            Guides = [new(InstructionKind.Treatment, "洗浄は微温湯で十分量。滲出液が減ったら被覆材の変更を相談してください。", "滲出液は少量。被覆材を薄型へ変更した。", null, "交換は隔日でもよいですか。", "滲出液が少量なら隔日で構いません。"), new(InstructionKind.Observation, "体重と食事量を2週間記録してください。", "記録を提出。体重は{1-4}00 g増。")],
            Care = [CareGiven.WoundCare, CareGiven.Hygiene, CareGiven.Nutrition], SoftSigns = [SoftSign.SkinChange, SoftSign.EatingLess],
        };
        return new Course(story, illness, diary, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday]) { IsScene = ago => ago is 8 or 24 or 62, LastGuideAgo = 12 };
    }
}
