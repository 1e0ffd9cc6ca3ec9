using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Patients;

namespace HomeCare.Web.Demo;

/// <summary>The written orders to the nursing stations: everybody has one; some run out soon, some ran out, some wait for a signature.</summary>
internal static class WrittenOrders
{
    private const int BegunAgo = 89;

    public static void Tell(IReadOnlyList<Case> cases, Days days)
    {
        for (var i = 0; i < cases.Count; i++)
        {
            Tell(cases[i], i, days);
        }
    }

    private static void Tell(Case story, int number, Days days)
    {
        var kind = number % 20 == 17 ? NursingOrderKind.Psychiatric : NursingOrderKind.Ordinary;
        var ulcer = story.Key == "saito-tomi";
        var from = days.Day(BegunAgo);
        var until = ulcer ? days.Day(9) : (number % 12) switch
        {
            1 => days.Today.AddDays(5),
            2 => days.Today.AddDays(12),
            4 => days.Today.AddDays(26),
            7 => days.Day(2),
            _ => NursingOrderLimits.LastDayOfMonths(from, NursingOrderLimits.OrdinaryMonths),
        };
        var content = Content(story, kind, from, until, number);
        Give(story, "ordinary", days, BegunAgo, kind, content);
        if (ulcer)
        {
            foreach (var (name, first, last) in new[] { ("special-1", 62, 49), ("special-2", 42, 29) })
            {
                Give(story, name, days, first, NursingOrderKind.Special, content with
                {
                    From = days.Day(first), Until = days.Day(last), ExaminedOn = days.Day(first), SecondReason = name == "special-2" ? SecondSpecialReason.PressureUlcerBeyondDermis : null,
                    Diagnoses = [], Drugs = [], Devices = [], Bedridden = null, Dementia = null, CareLevel = null, Ulcer = null, Therapy = null,
                    State = "仙骨部の褥瘡(D3)。滲出液が多い。", Reason = "褥瘡の悪化により、毎日の創洗浄と処置が必要なため。", CareNotes = "微温湯で十分に洗浄し、外用する。感染の徴候があれば電話する。",
                });
            }
        }

        if (number % 12 == 2)
        {
            var renewal = content with { From = until.AddDays(1), Until = NursingOrderLimits.LastDayOfMonths(until.AddDays(1), 6), Consent = number != 2 };
            var draft = Draft(story, "renewal", days.At(1, 18, 40), kind, renewal, story.Id("order", "ordinary"));
            if (number is 14 or 38)
            {
                story.Do(days.At(1, 18, 50), story.Team.Physician, new IssueNursingOrder(draft, story.PatientId));
            }
        }
    }

    private static void Give(Case story, string name, Days days, int ago, NursingOrderKind kind, NursingOrderContent content)
    {
        var order = Draft(story, name, days.At(ago, 18, 20), kind, content, null);
        story.Do(days.At(ago, 18, 25), story.Team.Physician, new IssueNursingOrder(order, story.PatientId));
        story.Do(days.At(ago, 18, 40), story.Team.Physician, new SignNursingOrder(order, story.PatientId, days.Day(ago)));
    }

    private static Guid Draft(Case story, string name, DateTimeOffset at, NursingOrderKind kind, NursingOrderContent content, Guid? renews)
    {
        var order = story.Id("order", name);
        story.Do(at, story.Team.Physician, new DraftNursingOrder(order, story.PatientId, kind, content, renews));
        return order;
    }

    /// <summary>From what the story tells of the person.</summary>
    private static NursingOrderContent Content(Case story, NursingOrderKind kind, DateOnly from, DateOnly until, int number)
    {
        var told = story.Steps.Select(s => s.Command).ToList();
        var details = told.OfType<RegisterPatient>().First().Details;
        var contacts = told.OfType<SetContacts>().FirstOrDefault()?.Contacts ?? [];
        var allergies = told.OfType<RecordAllergy>().Select(a => a.Allergy.Substance).Distinct().ToList();
        var diagnoses = told.OfType<RecordCondition>().Select(c => c.Condition).DistinctBy(c => c.Name).Take(3).Select(c => new OrderDiagnosis(c.Name, c.Codes is [var code, ..] ? code.Value : null)).ToList();
        var oxygen = diagnoses.Any(d => d.Name.Contains("心不全", StringComparison.Ordinal) || d.Name.Contains("COPD", StringComparison.Ordinal) || d.Name.Contains("閉塞性肺疾患", StringComparison.Ordinal));
        var office = Cast.Offices.First(o => o.Id == story.Team.Physician.OrganisationId);
        return new NursingOrderContent(story.Team.Nurse.OrganisationId!.Value, from, until)
        {
            Consent = true,
            Address = details.Address,
            Telephone = details.Telephones is [var telephone, ..] ? telephone : null,
            Diagnoses = diagnoses,
            State = "状態はおおむね安定している。処方を継続し、月2回の訪問診療で経過をみる。",
            Drugs = [.. told.OfType<RecordMedicine>().Select(m => m.Prescription).DistinctBy(p => p.Name).Take(6).Select(p => new OrderDrug(p.Name, p.Dosage))],
            Bedridden = kind == NursingOrderKind.Ordinary ? (BedriddenLevel)(1 + (number % 8)) : null,
            Dementia = (DementiaLevel)(number % 5),
            CareLevel = kind == NursingOrderKind.Ordinary ? told.OfType<SetCareLevel>().FirstOrDefault()?.CareLevel.Level : null,
            Ulcer = story.Key == "saito-tomi" ? UlcerDepth.D3 : null,
            Devices = kind == NursingOrderKind.Ordinary && oxygen ? [new OrderDevice(OrderDeviceKind.Oxygen, "安静時 1 L/分、労作時 2 L/分")] : [],
            CareNotes = kind == NursingOrderKind.Ordinary ? "水分と塩分の摂取、内服の状況を確認する。体重が1週間で2 kg以上増えたときは連絡する。" : null,
            Therapy = kind == NursingOrderKind.Ordinary && number % 3 == 0 ? new OrderTherapy([Profession.PhysicalTherapist], 40, 2, "起立と歩行の練習") : null,
            WoundCare = story.Key == "saito-tomi" ? "仙骨部を微温湯で洗浄し、外用のうえ被覆する。" : null,
            OtherCare = kind == NursingOrderKind.Ordinary ? "状態が変わったときは電話で報告する。" : null,
            Psychiatric = kind == NursingOrderKind.Psychiatric ? new PsychiatricPart
            {
                Disclosed = true, Acceptance = "受け入れている", SeveralVisitors = false, ShortVisits = false, SeveralVisitsADay = false,
                Points = [new OrderPoint<PsychiatricPoint>(PsychiatricPoint.Rhythm, "起床と就寝の時刻を整える"), new OrderPoint<PsychiatricPoint>(PsychiatricPoint.Medicine)], Exchange = "電話、月1回の報告書",
            } : null,
            EmergencyContact = string.Join(" / ", contacts.Take(1).Select(c => $"{c.Name}({c.Relation}) {c.Telephone}").Append($"{office.Name} {office.Telephone}")),
            WhenAbsent = "診療所へ電話する",
            SpecialNotes = allergies.Count > 0 ? "アレルギー: " + string.Join("、", allergies) : null,
            InstitutionAddress = "東京都港区海岸9丁目",
            InstitutionTelephone = office.Telephone,
        };
    }
}
