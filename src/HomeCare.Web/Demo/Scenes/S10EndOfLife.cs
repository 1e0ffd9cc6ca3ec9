using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using static HomeCare.Web.Demo.Scenes.TenPeople;

namespace HomeCare.Web.Demo.Scenes;

/// <summary>石川 キヨ, 93, end of life at home: her wishes, twice written down, and last night's visit.</summary>
internal static class S10EndOfLife
{
    public static Course Tell(Days days, Diary diary)
    {
        var team = Team(helper: Cast.Kondo);
        var story = new Case("ishikawa-kiyo", days, team, diary);
        var (nurse, physician) = (team.Nurse, team.Physician);
        story.Register(
            96, Person(days, "石川", "キヨ", "イシカワ", "キヨ", 93, Sex.Female), Level(days, CareLevel.Care5),
            [Relative("石川 光男", "長男", "同居。夜間も電話に出る。話し合いの代理人"), Relative("石川 京子", "長男の妻", "日中"), Clinic, Station]);
        story.IsNotScored(95, News2OffReason.EndOfLife, "看取りの時期。苦痛の有無で評価する。");
        story.Has(95, new Disease("老衰", "R54", 200, "看取りの時期。NEWS2 は用いない(主治医の判断)。"), new Disease("慢性心不全", "I50.9", 2600), new Disease("アルツハイマー型認知症", "G30.1", 2200));
        foreach (var drug in new Drug[]
                 {
                     new("アセトアミノフェン坐剤200mg", "痛み・発熱のとき 1回1個", "坐剤"), new("ジアゼパム坐剤4mg", "苦しさの強いとき 1回1個", "坐剤"), new("口腔保湿ジェル", "1日4回 口腔内", "外用"),
                 })
        {
            story.Takes(95, drug);
        }

        var furosemide = story.Takes(95, new Drug("フロセミド錠20mg", "1回1錠 1日1回 朝食後"));
        var donepezil = story.Takes(95, new Drug("ドネペジル錠5mg", "1回1錠 1日1回 朝食後"));
        story.Visit(physician, days.At(60, 12, 5), 45, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.FamilySupport],
            Note = Note(
                "「痛いことはいや。ここで死にたい」", "本人・長男・長男の妻・訪問看護師が同席。意思を表すことができる。",
                "【本人の意思 第1版】心肺蘇生・挿管は望まない。入院は本人が望むときのみ。場所は自宅。", "主治医が確認した。次の見直しは1か月後。"),
        });
        var son = new Spokesperson("石川 光男", "長男", Relative("石川 光男", "長男").Telephone);
        var wishes = new Wishes(
            days.Day(60), ["本人", "長男 石川 光男", "長男の妻 石川 京子", $"主治医 {physician.Name}", $"訪問看護師 {nurse.Name}"], DecisionCapacity.CanDecide, new(TreatmentWish.DoesNotWish), new(TreatmentWish.DoesNotWish),
            new(AdmissionWish.OnlyWhenAsked), new(TreatmentWish.Undecided, "食べられる間は口から"), new(PlaceWish.Home), "痛いことはいや。ここで死にたい", son, days.Day(30));
        story.Wishes(days.At(60, 13, 5), nurse, 1, wishes);
        story.Visit(physician, days.At(14, 12, 5), 45, v => v with
        {
            Insurance = VisitInsurance.Medical, CareGiven = [CareGiven.FamilySupport],
            Note = Note(
                "うなずきで返事。「ここにいる」", "本人・長男が同席。長男が代弁する。",
                "【本人の意思 第2版】入院を望まない。人工的な水分・栄養は行わない。苦痛をやわらげることを最優先とする。", "前版との違いを長男と確認し、枕元の緊急時カードを差し替えた。"),
        });
        story.Wishes(days.At(14, 13, 5), physician, 2, wishes with
        {
            TalkedOn = days.Day(14), TookPart = ["本人", "長男 石川 光男", $"主治医 {physician.Name}"], Capacity = DecisionCapacity.Partly, Admission = new(AdmissionWish.DoesNotWish),
            Feeding = new(TreatmentWish.DoesNotWish, "口の渇きは口腔ケアでやわらげる"), Words = "ここにいる", ReviewOn = days.Day(-16),
        });
        story.Stops(days.At(13, 18, 10), furosemide, "内服が難しくなったため");
        story.Stops(days.At(13, 18, 12), donepezil, "看取りの時期となり中止");
        story.Issue(days.At(13, 18, 15), "comfort", InstructionKind.Treatment, "苦痛の緩和を最優先に、口腔ケアと体位の工夫をお願いします。呼吸困難には坐剤を。救急車を呼ぶ前に、必ずクリニックへ電話するよう家族に繰り返し伝えてください。", To.All(Profession.Nurse), Urgency.Routine, days.At(-7, 18))
            .Read(days.At(13, 18, 40), nurse).Take(days.At(13, 18, 42), nurse, "家族用の紙を電話の横に貼った。");
        var start = days.At(5, 17, 20);
        story.Visit(nurse, start, 50, v => v with
        {
            Kind = VisitKind.EndOfLife, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.DrinkingLess, SoftSign.Drowsy], CareGiven = [CareGiven.EndOfLifeCare, CareGiven.FamilySupport],
            Vitals = new Vitals(start.AddMinutes(6)) { Temperature = 36.2m, Pulse = 92, PulseRegular = false, Respiration = 22, Systolic = 92, Diastolic = 50, SpO2 = 91, Oxygen = new Oxygen(0), Consciousness = new Consciousness(Acvpu.Voice, 10) },
            Note = Note("長男「昨日から、ほとんど飲みません」", "呼びかけで目を開ける。下肢は冷たく、皮膚は乾いている。", "ゆっくりと終末期が進んでいる。", "これからの変化(呼吸・意識)を絵で説明した。夜間の連絡先を確認。"),
        });
        start = days.At(1, 20, 40);
        story.Visit(nurse, start, 60, v => v with
        {
            Kind = VisitKind.EndOfLife, Insurance = VisitInsurance.Medical, SoftSigns = [SoftSign.ShortOfBreath, SoftSign.NotAsUsual], CareGiven = [CareGiven.EndOfLifeCare, CareGiven.FamilySupport],
            Vitals = new Vitals(start.AddMinutes(8))
            {
                Temperature = 37.6m, Pulse = 118, PulseRegular = false, Respiration = 28, Oxygen = new Oxygen(0), Consciousness = new Consciousness(Acvpu.Pain, 100),
                NotMeasured = [new NotMeasured(VitalSign.SpO2, NotMeasuredWhy.CouldNotMeasure, "末梢が冷たく、測定できない"), new NotMeasured(VitalSign.Systolic, NotMeasuredWhy.CouldNotMeasure, "橈骨動脈が触れにくい")],
            },
            Note = Note("長男「息が速くなって、怖くて電話しました」", "呼吸28、肩で息をする。苦痛の表情はない。四肢に紫斑。", "数日以内の看取りが見込まれる。", "主治医へ電話で報告。坐剤を1個使用、30分後に表情がゆるむ。救急車を呼ばずに電話することを長男と再確認した。"),
            Situation = "長男夫婦が付き添っている。明日、孫が来る。",
        });
        var illness = Illnesses.Frail with
        {
            Name = "end-of-life", Base = new Usual(363, 86, 18, 106, 60, 94),
            Subjective = ["「水がおいしい」と一口。", "うとうとしながら家族の声にほほえむ。", "「眠い」", "長男「夜は静かに眠っています」", "手を握り返す。"],
            Objective = ["口腔内の乾燥あり、保湿を行った。", "仙骨部の発赤は消退。", "飲水は{1-3}00mL/日、食事は数口。", "下肢の冷感は軽度。", "呼吸は規則的、苦痛の表情なし。", "尿量は1日{3-5}00mL。"],
            Assessment = ["ゆっくりと衰えが進んでいる。", "苦痛は緩和されている。", "家族は落ち着いて過ごせている。"], Plan = ["口腔ケアの方法を家族と行った。", "体位のクッションを追加した。", "次に起こりうる変化を説明した。", "夜間の連絡先を再確認した。"],
            Physician = ["苦痛は緩和されている。内服は最小限とする。", "食べられる分だけ、を家族と確認した。", "看取りの時期が近いことを説明した。"],
            Guides = [new(InstructionKind.Observation, "苦痛の表情と呼吸の様子を訪問ごとに記録してください。", "苦痛の表情なし。呼吸{16-20}。")], Care = [CareGiven.EndOfLifeCare, CareGiven.Hygiene, CareGiven.FamilySupport], SoftSigns = [SoftSign.Drowsy, SoftSign.EatingLess],
        };
        return new Course(story, illness, diary, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday]) { IsScene = ago => ago is >= 0 and <= 1 or 5 or 14 or 60, LastGuideAgo = 16 };
    }
}
