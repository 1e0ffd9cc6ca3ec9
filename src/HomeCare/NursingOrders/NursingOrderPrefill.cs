using HomeCare.Organisations;
using HomeCare.Patients;

namespace HomeCare.NursingOrders;

/// <summary>Puts a draft together from what is on record and what was ordered before. The physician reads all of it before confirming; nothing of it holds by itself.</summary>
public static class NursingOrderPrefill
{
    /// <summary>A draft's content.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="summary">The person's record.</param>
    /// <param name="orders">The person's orders.</param>
    /// <param name="renewed">The order that it renews; null: none.</param>
    /// <param name="by">The physician.</param>
    /// <param name="today">Japan's day.</param>
    /// <returns>Null when no nursing station is known to address it to.</returns>
    public static NursingOrderContent? Of(
        NursingOrderKind kind, PatientSummary summary, IReadOnlyList<NursingOrderCard> orders, NursingOrderCard? renewed, Actor by, DateOnly today)
    {
        // What the last order of this physician to this person said of the house, the life and the devices.
        var former = renewed ?? orders.Where(o => o.Stands && o.PhysicianId == by.PersonId && o.Kind == NursingOrderKind.Suction == (kind == NursingOrderKind.Suction)).OrderByDescending(o => NursingOrderLimits.IsBase(o.Kind)).ThenByDescending(o => o.Content.From).FirstOrDefault();
        var station = renewed?.Content.StationId
            ?? summary.Team.FirstOrDefault(m => m.OrganisationKind == AddressedBy(kind))?.OrganisationId
            ?? former?.Content.StationId;
        if (station is not { } addressed)
        {
            return null;
        }

        var (from, until) = Period(kind, renewed, today);
        var short_ = !NursingOrderLimits.IsRenewed(kind);
        var content = (former?.Content ?? new NursingOrderContent(addressed, from)) with
        {
            StationId = addressed,
            From = from,
            Until = until,
            ExaminedOn = short_ ? today : renewed is null ? null : former?.Content.ExaminedOn is null ? null : today,
            // Consent is asked each time.
            Consent = false,
            SecondReason = null,
            Address = summary.Details.Address ?? former?.Content.Address,
            Telephone = summary.Details.Telephones is [var telephone, ..] ? telephone : former?.Content.Telephone,
            Diagnoses = former is { Content.Diagnoses.Count: > 0 } ? former.Content.Diagnoses : Diagnoses(summary),
            Drugs = [.. summary.Medicines.Where(m => m.Status == Medicines.PrescriptionStatus.Active).Take(20).Select(m => new OrderDrug(Cut(m.Prescription.Name, 200)!, Cut(Usage(m), 500)))],
            CareLevel = summary.CareLevel?.Level ?? former?.Content.CareLevel,
            EmergencyContact = former?.Content.EmergencyContact ?? Emergency(summary, by),
            SpecialNotes = former?.Content.SpecialNotes ?? Allergies(summary),
            InstitutionTelephone = former?.Content.InstitutionTelephone ?? summary.Team.FirstOrDefault(m => m.OrganisationId == by.OrganisationId)?.Telephone,
        };
        return kind switch
        {
            NursingOrderKind.Special or NursingOrderKind.PsychiatricSpecial => content with { State = null, Reason = null, CareNotes = null, Infusion = null },
            NursingOrderKind.Infusion => content with { State = null, Reason = null, CareNotes = null, Infusion = renewed?.Content.Infusion },
            NursingOrderKind.Suction => content with { Drugs = [], SpecialNotes = null, Suction = content.Suction ?? new SuctionPart() },
            NursingOrderKind.Psychiatric => content with { Psychiatric = content.Psychiatric ?? new PsychiatricPart() },
            _ => content,
        };
    }

    /// <summary>To which organisations an order of the kind goes.</summary>
    public static OrganisationKind AddressedBy(NursingOrderKind kind) => kind == NursingOrderKind.Suction ? OrganisationKind.HomeHelpOffice : OrganisationKind.NursingStation;

    /// <summary>The period that follows another: as long as it was, from the day after it or from today when it is over already.</summary>
    public static (DateOnly From, DateOnly? Until) Period(NursingOrderKind kind, NursingOrderCard? renewed, DateOnly today)
    {
        var from = renewed is { } before && before.LastDay >= today ? before.LastDay.AddDays(1) : today;
        switch (kind)
        {
            case NursingOrderKind.Special or NursingOrderKind.PsychiatricSpecial:
                return (today, today.AddDays(NursingOrderLimits.SpecialDays - 1));
            case NursingOrderKind.Infusion:
                return (from, from.AddDays(NursingOrderLimits.InfusionDays - 1));
            default:
                if (renewed is null)
                {
                    return (from, NursingOrderLimits.LastDayOfMonths(from, NursingOrderLimits.OrdinaryMonths));
                }

                if (renewed.Content.Until is not { } end)
                {
                    return (from, null);
                }

                var months = Enumerable.Range(1, NursingOrderLimits.OrdinaryMonths).FirstOrDefault(m => NursingOrderLimits.LastDayOfMonths(renewed.Content.From, m) == end);
                return (from, months > 0 ? NursingOrderLimits.LastDayOfMonths(from, months) : from.AddDays(end.DayNumber - renewed.Content.From.DayNumber));
        }
    }

    private static IReadOnlyList<OrderDiagnosis> Diagnoses(PatientSummary summary) =>
    [
        .. summary.Conditions.Where(c => c.Condition.Status == ConditionStatus.Active).Take(3)
            .Select(c => new OrderDiagnosis(Cut(c.Condition.Name, 100)!, c.Condition.Codes is [var code, ..] && code.Value.Length <= 20 ? code.Value : null)),
    ];

    private static string? Usage(TakenMedicine medicine) =>
        string.Join(' ', new[] { medicine.Prescription.Dosage, medicine.Prescription.Route }.Where(s => !string.IsNullOrWhiteSpace(s))) is { Length: > 0 } usage ? usage : null;

    private static string? Emergency(PatientSummary summary, Actor by)
    {
        var contact = summary.Contacts is [var first, ..] ? $"{first.Name}({first.Relation}) {first.Telephone}" : null;
        var clinic = summary.Team.FirstOrDefault(m => m.OrganisationId == by.OrganisationId && m.Telephone is not null) is { } office ? $"{office.Name} {office.Telephone}" : null;
        return Cut(string.Join(" / ", new[] { contact, clinic }.Where(s => s is not null)), 300);
    }

    private static string? Allergies(PatientSummary summary)
    {
        var active = summary.Allergies.Where(a => a.Allergy.Status == AllergyStatus.Active)
            .Select(a => a.Allergy.Reaction is { Length: > 0 } reaction ? $"{a.Allergy.Substance}({reaction})" : a.Allergy.Substance).ToList();
        return active.Count == 0 ? null : Cut("アレルギー: " + string.Join("、", active), 2000);
    }

    private static string? Cut(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : text.Length > longest ? text[..longest] : text;
}
