using HomeCare.Instructions;

namespace HomeCare.Web.Demo;

/// <summary>Instructions on their way at the first start, in every state: read, taken, asked about, answered, overdue, with nobody, done and not yet closed.</summary>
internal static class OpenInstructions
{
    public static void Tell(IReadOnlyList<Case> cases)
    {
        Case Of(int townsfolk) => cases.Single(c => c.Key == $"townsfolk-{townsfolk:00}");
        Minato(Of);
        Others(Of);
    }

    private static void Minato(Func<int, Case> of)
    {
        var (nurse, pharmacist, manager) = (Cast.Tanaka, Cast.Suzuki, Cast.Yamada);

        // Read, not yet taken.
        var story = of(0);
        var days = story.Days;
        story.Issue(days.At(1, 16, 20), "open-read", InstructionKind.Test, "次の訪問で採血をお願いします(BNP・電解質・腎機能)。結果は当日中に確認します。", To.Person(nurse), Urgency.Routine, days.At(-3, 18))
            .Read(days.At(1, 17, 5), nurse);

        // Taken, to be done tomorrow.
        story = of(2);
        story.Issue(days.At(1, 14, 10), "open-taken", InstructionKind.Treatment, "右踵の発赤に被覆材を貼り、3日ごとに写真で大きさを報告してください。", To.Person(nurse), Urgency.Routine, days.At(-1, 18))
            .Read(days.At(1, 14, 32), nurse).Take(days.At(1, 14, 33), nurse, "明日の訪問で開始します。");

        // The nurse asks; the physician has not answered.
        story = of(6);
        story.Issue(days.At(1, 15, 0), "open-question", InstructionKind.Medicine, "夜間の不眠に対して就寝前の薬を始めます。転倒に注意してください。", To.Person(nurse), Urgency.Today, days.At(-1, 12), new MedicineOrder("レンボレキサント錠", 2.5m, "mg", "経口", null, "就寝直前"))
            .Read(days.At(1, 15, 18), nurse).Ask(days.At(1, 15, 21), nurse, "先月ふらつきで睡眠薬を中止した経過があります。開始してよいか、歩行時の見守りの範囲も確認させてください。");

        // Answered; to be taken.
        story = of(8);
        story.Issue(days.At(2, 15, 40), "open-answered", InstructionKind.Treatment, "下腿の浮腫に弾性包帯を日中だけ巻いてください。", To.Person(nurse), Urgency.Routine, days.At(-2, 18))
            .Read(days.At(2, 16, 10), nurse).Ask(days.At(2, 16, 12), nurse, "足背動脈が触れにくい側があります。右も同じ強さで巻きますか。").Answer(days.At(1, 12, 40), "右は弱めに。しびれや色の変化があれば外してください。");

        // Overdue: taken, not reported done.
        story = of(10);
        story.Issue(days.At(3, 14, 0), "open-overdue", InstructionKind.Observation, "3日分の家庭血圧と脈拍をまとめて報告してください。", To.Person(nurse), Urgency.Routine, days.At(1, 18))
            .Read(days.At(3, 14, 26), nurse).Take(days.At(3, 14, 27), nurse);

        // With nobody.
        story = of(4);
        story.Issue(days.At(1, 17, 10), "open-unowned", InstructionKind.Observation, "次に訪問される方は、口腔内の乾燥と尿の色を確認し、脱水が疑われれば電話してください。", To.NextVisitor, Urgency.Today, days.At(-1, 12));
        story = of(12);
        story.Issue(days.At(2, 13, 20), "open-unowned", InstructionKind.Treatment, "ストーマ装具の漏れについて、次の訪問で皮膚の状態と面板の型を確認してください。", To.All(Profession.Nurse), Urgency.Routine, days.At(-2, 18));

        // Done, waiting to be closed.
        story = of(14);
        story.Issue(days.At(4, 13, 50), "open-done", InstructionKind.Treatment, "耳垢の除去後の外耳の観察をお願いします。痛みや出血があれば連絡してください。", To.Person(nurse), Urgency.Routine, days.At(-1, 18))
            .Read(days.At(4, 14, 15), nurse).Take(days.At(4, 14, 16), nurse).Complete(days.At(1, 11, 35), nurse, "外耳道の発赤・出血なし。聞こえの改善を本人が自覚。");

        // Not done, for a reason.
        story = of(16);
        story.Issue(days.At(3, 13, 15), "open-declined", InstructionKind.Test, "空腹時の採血をお願いします。", To.Person(nurse), Urgency.Routine, days.At(-1, 18))
            .Read(days.At(3, 13, 40), nurse).Decline(days.At(1, 10, 45), nurse, "訪問前に朝食をとられていたため実施できず。次回の空腹時に改めてご指示ください。");

        // For the pharmacist: a query that blocks dispensing, and a visit; for the care manager; for the helper.
        story = of(5);
        story.Issue(days.At(1, 16, 50), "open-pharmacist-question", InstructionKind.Medicine, "鎮痛薬を追加します。胃部症状があれば中止してください。", To.Person(pharmacist), Urgency.Today, days.At(-1, 18), new MedicineOrder("セレコキシブ錠", 100, "mg", "経口", null, "朝夕食後・14日間"))
            .Read(days.At(1, 17, 2), pharmacist).Ask(days.At(1, 17, 6), pharmacist, "【疑義照会】直近のeGFRが38です。減量または別の薬への変更を検討いただけますか。調剤は止めています。");
        story = of(1);
        story.Issue(days.At(2, 17, 0), "open-pharmacist-visit", InstructionKind.PharmacistVisit, "残薬が多いようです。訪問して数え、飲み方の合わない薬を教えてください。", To.Person(pharmacist), Urgency.Routine, days.At(-4, 18))
            .Read(days.At(2, 17, 20), pharmacist).Take(days.At(2, 17, 22), pharmacist, "週明けに訪問します。");
        story = of(9);
        story.Issue(days.At(1, 13, 30), "open-coordination", InstructionKind.Coordination, "福祉用具(歩行器)の見直しと、通所リハビリの体験を調整してください。", To.Person(manager), Urgency.Routine, days.At(-7, 18))
            .Read(days.At(1, 14, 5), manager);
        story = of(3);
        story.Issue(days.At(2, 14, 30), "open-coordination", InstructionKind.Coordination, "短期入所の利用を検討してください。家族の受診予定があります。", To.Person(manager), Urgency.Routine, days.At(-5, 18))
            .Read(days.At(2, 15, 5), manager).Take(days.At(2, 15, 7), manager, "2施設に空きを照会しています。");
        of(0).Issue(days.At(1, 12, 50), "open-helper", InstructionKind.Care, "足のむくみが強い日は、午後に30分横になって足を上げていただいてください。", To.Person(Cast.Kondo), Urgency.Routine, days.At(-6, 18))
            .Read(days.At(1, 13, 10), Cast.Kondo).Take(days.At(1, 13, 11), Cast.Kondo);
    }

    private static void Others(Func<int, Case> of)
    {
        var story = of(18);
        var days = story.Days;
        story.Issue(days.At(1, 16, 0), "open-issued", InstructionKind.Observation, "体重が2週で1.5 kg減っています。食事内容を3日分記録してください。", To.Person(Cast.Abe), Urgency.Routine, days.At(-3, 18));
        story = of(21);
        story.Issue(days.At(1, 15, 10), "open-taken", InstructionKind.Treatment, "足趾の爪周囲の発赤を毎回洗浄し、膿が出たら電話してください。", To.Person(Cast.Abe), Urgency.Routine, days.At(-2, 18))
            .Read(days.At(1, 15, 41), Cast.Abe).Take(days.At(1, 15, 42), Cast.Abe);
        story = of(24);
        story.Issue(days.At(1, 17, 20), "open-question", InstructionKind.Medicine, "便秘に対して薬を追加します。", To.Person(Cast.Abe), Urgency.Today, days.At(-1, 12), new MedicineOrder("エロビキシバット錠", 5, "mg", "経口", null, "夕食前"))
            .Read(days.At(1, 17, 33), Cast.Abe).Ask(days.At(1, 17, 35), Cast.Abe, "腹部の張りと軽い痛みがあります。浣腸を先にしてから開始してよいですか。");
        story = of(40);
        story.Issue(days.At(2, 16, 30), "open-unowned", InstructionKind.Rehabilitation, "屋内の歩行訓練を再開してください。開始は次の訪問から。", To.NextVisitor, Urgency.Routine, days.At(-2, 18));
    }
}
