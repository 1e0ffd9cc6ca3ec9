using System.Collections.Frozen;
using System.Globalization;
using HomeCare.VitalSigns;

namespace HomeCare.Interop;

/// <summary>The sentences of the import, Japanese and English.</summary>
public sealed class ImportWords(bool english)
{
    private static readonly FrozenDictionary<string, (string Japanese, string English)> Sentences = new Dictionary<string, (string, string)>
    {
        // The command line.
        ["usage"] = (
            "使い方: script/import [--source 名前] [--community 地域] [--team サインイン名,…] [--language ja|en] ファイル…",
            "Usage: script/import [--source NAME] [--community TENANT] [--team SIGN-IN-NAME,…] [--language ja|en] FILE…"),
        ["option.unknown"] = ("オプション {0} はありません。", "There is no option {0}."),
        ["option.value_missing"] = ("オプション {0} の値がありません。", "Option {0} needs a value."),
        ["option.source"] = ("送信元の名前は 1〜40 文字で、空白を含められません。", "The source's name has 1 to 40 characters and no spaces."),
        ["community.none"] = ("地域がまだありません。先に script/run で始めるか、--community で指定してください。", "There is no community yet. Start script/run first, or name one with --community."),
        ["community.several"] = ("地域が複数あります（{0}）。--community で一つ指定してください。", "There are several communities ({0}). Name one with --community."),
        ["community.unknown"] = ("地域 {0} はありません（あるのは: {1}）。", "There is no community {0} (there are: {1})."),
        ["team.unknown"] = ("サインイン名 {0} はこの地域にありません。", "There is no sign-in name {0} in this community."),
        ["team.nobody"] = ("--team がないため、取り込んだ患者は、チームに人を加えるまで誰にも見えません。", "Without --team nobody sees the imported patients until somebody joins their care teams."),
        ["database.unreachable"] = ("データベースに接続できません。ConnectionStrings__HomeCare を確かめてください。取り込みは途中まで済んでいることがあります。もう一度実行すると続きから始まります。", "The database does not answer. Check ConnectionStrings__HomeCare. Part of the import may be done; running it again goes on from there."),

        ["import.stopped"] = ("止めました。書き込んだものは残ります。もう一度実行すると続きから始まります。", "Stopped. What was written stays; running it again goes on from there."),

        // The report.
        ["report.head"] = ("送信元 {0}、地域 {1}、ファイル {2}（うち拒否 {3}）", "Source {0}, community {1}, {2} files ({3} refused)"),
        ["report.written"] = ("書き込み", "written"),
        ["report.unchanged"] = ("変化なし", "unchanged"),
        ["report.with_another"] = ("他の記録とともに", "with another"),
        ["report.not_taken"] = ("取り込まず", "not taken"),
        ["report.reasons"] = ("取り込まなかったものと理由", "Not taken, and why"),
        ["report.remarks"] = ("取り込みについての注記", "Remarks"),
        ["report.not_kept"] = ("取り込んだが残さなかった要素（リソース数）", "Elements not kept (number of resources)"),
        ["report.files_refused"] = ("拒否したファイル（何も保存していません）", "Files refused (nothing of them was stored)"),
        ["report.more"] = ("ほか {0} 件", "and {0} more"),
        ["report.team_refused"] = ("チームに加えられなかった患者: {0}", "Patients whose care team not everybody could join: {0}"),

        // Files.
        ["file.missing"] = ("ファイルがありません。", "There is no such file."),
        ["file.unreadable"] = ("ファイルを読めません（フォルダー、または権限がありません）。", "The file cannot be read (a folder, or no permission)."),
        ["file.changed"] = ("読んでいる間にファイルが変わりました。もう一度実行してください。", "The file changed while it was read; run it again."),
        ["file.empty"] = ("ファイルが空です。", "The file is empty."),
        ["file.too_long"] = ("一つの JSON が {0} MB を超えています。大きなデータは NDJSON（1 行 1 リソース）にしてください。", "One JSON document is longer than {0} MB. Give large data as NDJSON (one resource a line)."),
        ["file.not_utf8"] = ("文字コードが UTF-8 ではありません。", "The text is not UTF-8."),
        ["file.not_fhir"] = ("FHIR のリソース（resourceType を持つ JSON オブジェクト）ではありません。", "This is no FHIR resource (a JSON object with a resourceType)."),
        ["json.broken"] = ("JSON の書き方が誤っています。", "This is not JSON."),
        ["json.ends_early"] = ("JSON が途中で終わっています。", "The JSON ends too early."),
        ["json.name_twice"] = ("同じ名前「{0}」が一つのオブジェクトに二度あります。", "The name \"{0}\" occurs twice in one object."),

        // Resources.
        ["type.not_understood"] = ("この種類のリソースは扱いません。", "This type of resource is not understood."),
        ["resource.ambiguous"] = ("同じ id で内容の異なるものがあり、どちらが新しいか分かりません（meta.lastUpdated がありません）。", "There are several with this id and different content, and nothing says which is newer (no meta.lastUpdated)."),
        ["resource.modifier_extension"] = ("意味を変える拡張（modifierExtension）があり、扱えません。", "It carries a modifierExtension, which may change its meaning."),
        ["resource.taken_back"] = ("送信元が取り消しています。以前に取り込んでいないため、何もしません。", "Its source has taken it back; it was not imported before, so there is nothing to do."),
        ["status.not_taken"] = ("status「{0}」のものは取り込みません。", "Those with status \"{0}\" are not taken."),
        ["reference.not_here"] = ("参照先 {0} は、これらのファイルにも、以前に取り込んだものにもありません。", "It refers to {0}, which is neither in these files nor was imported before."),
        ["name.not_here"] = ("{0} の名前が分からないため、名前なしで取り込みました。", "Taken without the name of {0}, which is not known."),
        ["patient.not_said"] = ("誰のものか書かれていません。", "It does not say whose it is."),
        ["patient.contained"] = ("患者がこのリソースの中にしか書かれていません（contained）。", "The patient is only contained in it."),
        ["patient.is_no_patient"] = ("患者ではなく {0} についてのものです。", "It is about a {0}, not a patient."),
        ["patient.refused"] = ("{0} が取り込まれなかったため、取り込みません。", "Not taken because {0} was not."),
        ["patient.inactive"] = ("使われなくなった患者記録です（active が false）。", "The patient's record is no longer in use (active is false)."),
        ["patient.nameless"] = ("氏名がありません。", "It has no name."),
        ["patient.kana_only"] = ("カナ氏名がカナではないため、残しません。", "The reading of the name is not kana and was not kept."),
        ["patient.postal_code"] = ("郵便番号が 7 桁ではないため、残しません。", "The postal code has not seven digits and was not kept."),
        ["patient.telephones_too_many"] = ("電話番号は {0} 件までです。", "Only {0} telephone numbers were kept."),
        ["patient.other_person_same_source"] = ("同じ送信元の同じ id で別の人が登録されています（生年月日または性別が違います）。別のシステムなら --source で名前を分けてください。", "Another person is registered under this id of this source (birth date or sex differ). If it is another system, give it its own --source."),
        ["patient.already_registered"] = ("この id はほかの登録に使われています。", "This identifier is taken by another registration."),
        ["contact.incomplete"] = ("名前または電話番号のない連絡先は残しません。", "A contact without a name or a telephone was not kept."),
        ["birth_date.unknown"] = ("生年月日がありません。不明として取り込みました。", "No birth date; taken as unknown."),
        ["date.partial"] = ("{0} が年月日まで書かれていません。不明として取り込みました。", "{0} is not told to the day (or clock); taken as unknown."),
        ["date.not_fhir"] = ("{0} が FHIR の日付ではありません。不明として取り込みました。", "{0} is no FHIR date; taken as unknown."),
        ["date.in_future"] = ("{0} が未来の日付です。不明として取り込みました。", "{0} is in the future; taken as unknown."),
        ["time.not_fhir"] = ("時刻が FHIR の日時ではありません。", "Its time is no FHIR dateTime."),
        ["time.day_only"] = ("日付だけで時刻がありません。時刻は推測しません。", "Only the day is told, not the clock; no time is invented."),
        ["time.in_future"] = ("未来の時刻です。", "Its time is in the future."),
        ["time.too_early"] = ("時刻が古すぎます。", "Its time is too early."),
        ["time.too_far_ahead"] = ("日付が先すぎます。", "Its date is too far ahead."),
        ["time.ends_before_start"] = ("終わりが始まりより前です。", "It ends before it starts."),
        ["time.zone_assumed"] = ("時差の書かれていない時刻を日本時間として読みました。", "A time without a zone was read as Japan's."),
        ["practitioner.inactive"] = ("使われなくなった記録です（active が false）。", "The record is no longer in use (active is false)."),
        ["practitioner.nameless"] = ("氏名がありません。", "It has no name."),
        ["practitioner.profession_not_said"] = ("職種が分からないため、地域の人としては登録しません（記録に名前は残ります）。", "The profession is not said; not registered as a person of the community (the name stays beside entries)."),
        ["role.not_now"] = ("いまの所属ではありません（期間外）。", "The membership does not hold now."),
        ["role.of_whom_or_where"] = ("誰の、どの組織での役割か書かれていません。", "It does not say whose role it is, or where."),
        ["organisation.inactive"] = ("使われなくなった組織です（active が false）。", "The organisation is no longer in use (active is false)."),
        ["organisation.nameless"] = ("名称がありません。", "It has no name."),
        ["organisation.gives_no_care"] = ("ケアを行う組織ではありません（{0}）。", "It gives no care ({0})."),
        ["observation.category"] = ("バイタルサイン・身体計測ではありません（category: {0}）。", "Neither a vital sign nor a body measurement (category: {0})."),
        ["observation.code_unknown"] = ("コード {0} は扱う項目ではありません。", "Code {0} is none of those taken."),
        ["observation.codes_contradict"] = ("コードが別々の項目を指しています（{0}）。", "Its codes say different things ({0})."),
        ["observation.impossible"] = ("{0}: ありえない値（{1}–{2} {3} の外）", "{0}: impossible value (outside {1}–{2} {3})"),
        ["observation.unit"] = ("{0}: 単位「{1}」は正確に換算できません。", "{0}: the unit \"{1}\" cannot be converted exactly."),
        ["observation.comparator"] = ("{0}: 「{1}」付きの値は数値として扱いません。", "{0}: a value with \"{1}\" is no number."),
        ["observation.two_values"] = ("{0}: 一つの記録に異なる値が二つあります。", "{0}: two different values in one record."),
        ["observation.no_value"] = ("値がありません。", "It has no value."),
        ["observation.no_time"] = ("いつ測定したか書かれていません。", "It does not say when it was measured."),
        ["observation.over_a_period"] = ("1 時間を超える期間の値です。", "It is a value over more than an hour."),
        ["observation.diastolic_alone"] = ("同じ時刻の収縮期血圧がこれらのファイルにありません。", "There is no systolic pressure of the same moment in these files."),
        ["vitals.systolic_not_above_diastolic"] = ("収縮期血圧が拡張期血圧以下です。", "The systolic pressure is not above the diastolic."),
        ["value.converted"] = ("{0}: {1} に換算しました。", "{0}: converted to {1}."),
        ["value.rounded"] = ("{0}: {1} {2} 単位に丸めました。", "{0}: rounded to {1} {2}."),
        ["condition.nameless"] = ("病名がありません。", "It names no condition."),
        ["condition.refuted"] = ("否定された病名です。", "The condition was refuted."),
        ["allergy.nameless"] = ("何に対するものか書かれていません。", "It names no substance."),
        ["allergy.none_known"] = ("「アレルギーなし」という記録です。アレルギーとしては登録しません。", "It says that none is known; that is not recorded as an allergy."),
        ["medicine.nameless"] = ("薬の名前がありません。", "It names no medicine."),
        ["medicine.no_order"] = ("指示ではありません（intent: {0}）。", "It is no order (intent: {0})."),
        ["medicine.not_to_give"] = ("「投与しない」という指示です（doNotPerform）。", "It orders not to give (doNotPerform)."),
        ["medicine.no_start"] = ("開始日が分かりません。", "Its first day is not told."),
        ["medication.not_prescribed"] = ("これらのファイルの処方から参照されていません。", "No prescription of these files refers to it."),
        ["encounter.no_time"] = ("いつ始まったか書かれていません。", "It does not say when it began."),

        // What the care refuses.
        ["field.required"] = ("{0} がありません。", "{0} is missing."),
        ["field.too_long"] = ("{0} が長すぎます（{1} 文字まで）。", "{0} is too long (at most {1} characters)."),
        ["field.too_many"] = ("{0} が多すぎます。", "{0} are too many."),
        ["text.not_storable"] = ("保存できない文字（NUL など）を含みます。", "It holds a character that cannot be stored, such as NUL."),
        ["person.unknown"] = ("その人は、これらのファイルにも、以前に取り込んだものにもありません。", "That person is neither in these files nor was imported before."),
        ["person.deactivated"] = ("その人はもう地域にいません。", "That person no longer has a place in the community."),
        ["reference.unknown"] = ("参照先の組織または人が、これらのファイルにも、以前に取り込んだものにもありません。", "The organisation or person it refers to is neither in these files nor was imported before."),
        ["vitals.entered_in_error"] = ("この記録は誤記とされています。", "This record is marked as entered in error."),
        ["encounter.other_patient"] = ("同じ id が別の患者で取り込まれています。", "The same id was imported for another patient."),
        ["medicine.already_recorded"] = ("同じ id が別の患者で取り込まれています。", "The same id was imported for another patient."),
        ["vitals.already_recorded"] = ("同じ id が別の患者で取り込まれています。", "The same id was imported for another patient."),
        ["store.busy"] = ("混み合っています。もう一度実行してください。", "Too much at once; run it again."),
        ["command.changed_meanwhile"] = ("ほかの人が同時に書き込みました。もう一度実行してください。", "Somebody else wrote at the same time; run it again."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<VitalSign, (string Japanese, string English)> Signs = new Dictionary<VitalSign, (string, string)>
    {
        [VitalSign.Temperature] = ("体温", "Temperature"),
        [VitalSign.Pulse] = ("脈拍", "Pulse"),
        [VitalSign.Respiration] = ("呼吸", "Respiration"),
        [VitalSign.Systolic] = ("収縮期血圧", "Systolic pressure"),
        [VitalSign.Diastolic] = ("拡張期血圧", "Diastolic pressure"),
        [VitalSign.SpO2] = ("SpO₂", "SpO₂"),
        [VitalSign.OxygenFlow] = ("酸素流量", "Oxygen flow"),
        [VitalSign.Glucose] = ("血糖", "Glucose"),
        [VitalSign.Weight] = ("体重", "Weight"),
        [VitalSign.Height] = ("身長", "Height"),
        [VitalSign.Pain] = ("痛み", "Pain"),
        [VitalSign.Intake] = ("水分摂取", "Intake"),
        [VitalSign.Output] = ("排出", "Output"),
        [VitalSign.Stool] = ("便", "Stool"),
    }.ToFrozenDictionary();

    /// <summary>The sentence of a key; the key itself where there is none.</summary>
    public string Say(string key, params IReadOnlyList<object> arguments)
    {
        if (!Sentences.TryGetValue(key, out var sentence))
        {
            return key;
        }

        var shown = arguments.Select(a => a switch
        {
            VitalSign sign when Signs.TryGetValue(sign, out var name) => english ? name.English : name.Japanese,
            _ => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "",
        }).ToArray<object>();
        // A sentence may need more than a refusal brought along.
        var needed = shown.Concat(Enumerable.Repeat<object>("—", Math.Max(0, 6 - shown.Length))).ToArray();
        return string.Format(CultureInfo.InvariantCulture, english ? sentence.English : sentence.Japanese, needed);
    }

    internal static bool Knows(string key) => Sentences.ContainsKey(key);
}
