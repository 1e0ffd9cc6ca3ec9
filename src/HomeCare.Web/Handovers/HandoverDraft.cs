using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Brief;
using HomeCare.Web.Parts;
using HomeCare.Web.Timeline;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Handovers;

/// <summary>A line of a drafted handover, and the visit, measurement, instruction, condition, allergy or medicine it stands on.</summary>
/// <param name="Text">As it is proposed.</param>
/// <param name="SourceId">What it stands on; null: it is said of the whole.</param>
public sealed record DraftLine(string Text, Guid? SourceId);

/// <summary>A handover as the record proposes it, to be edited by the person who hands over. Pure: chosen from what is on record, nothing is concluded.</summary>
/// <param name="Situation">What stands out now: the score, readings outside, what was noticed.</param>
/// <param name="Background">Conditions, the wishes in force, allergies, and what changed this week.</param>
/// <param name="Assessment">The last assessment that somebody wrote.</param>
/// <param name="Recommendation">What is asked and open, and the next visit.</param>
public sealed record HandoverDraft(IReadOnlyList<DraftLine> Situation, IReadOnlyList<DraftLine> Background, IReadOnlyList<DraftLine> Assessment, IReadOnlyList<DraftLine> Recommendation)
{
    private const int MostOfAKind = 6;

    /// <summary>The lines of a step as one text, cut to what a step holds.</summary>
    public static string TextOf(IEnumerable<DraftLine> lines)
    {
        var text = string.Join('\n', lines.Select(l => l.Text));
        return text.Length <= Sbar.Longest ? text : text[..(Sbar.Longest - 1)] + "…";
    }

    /// <summary>Drafts from the on-call brief.</summary>
    public static HandoverDraft Of(OnCallBrief brief, VisitCard? next, IStringLocalizer<Common> c, IStringLocalizer<WordsA> w, IStringLocalizer<WatchWords> h)
    {
        var figures = new Figures(c, w);
        List<DraftLine> situation = [];
        if (brief.Score is { Score.Band: not News2Band.None } scored)
        {
            situation.Add(new(h["draft.at", News2Chip.Words(c, scored.Score), Show.DayTime(scored.MeasuredAt)], scored.SourceId));
        }

        situation.AddRange(brief.Outside.Take(MostOfAKind).Select(r => new DraftLine(
            h["draft.at", $"{Reading(r)} ({figures.Bound(r.Alert!.Value, r.Bound ?? 0, r.ByPhysician == true, r.Sign)})", Show.DayTime(r.MeasuredAt)], r.SourceId)));
        situation.AddRange(brief.SoftSigns.Take(MostOfAKind).Select(e => new DraftLine(
            h["draft.noticed", OnCallBrief.NoticedIn(e, c, w["list"]), e.Author.Name, Show.DayTime(e.OccurredAt)], e.SubjectId)));
        if (situation.Count == 0)
        {
            situation.Add(new(h["draft.nothing"], null));
        }

        List<DraftLine> background = [];
        background.AddRange(brief.Summary.Conditions.Where(x => x.Condition.Status == ConditionStatus.Active).Take(MostOfAKind).Select(x => new DraftLine(x.Condition.Name, x.ConditionId)));
        background.AddRange(WishesText.Lines(brief.Summary, JapanTime.DayOf(brief.ReadAt), c, w).Select(l => new DraftLine(l.Text, l.SourceId)));
        background.AddRange(brief.Summary.Allergies.Where(a => a.Allergy.Status == AllergyStatus.Active)
            .Select(a => new DraftLine(string.Join(' ', w["allergy.title", a.Allergy.Substance].Value, a.Allergy.Reaction).TrimEnd(), a.AllergyId)));
        background.AddRange(brief.Happened.Where(e => e.Data is MedicineRecorded or MedicineStopped).Take(MostOfAKind).Select(e => new DraftLine(
            h["draft.at", $"{c.Kind(e.Kind)} {(e.Data is MedicineRecorded m ? string.Join(' ', m.Prescription.Name, m.Prescription.Dosage).TrimEnd() : ((MedicineStopped)e.Data).Name)}", Show.DayTime(e.OccurredAt)], e.SubjectId)));
        background.AddRange(brief.Changes.Select(x => new DraftLine(
            h["draft.course", c.Of(x.Last.Sign), Figures.Text(x.First.Sign, x.First.Value), Reading(x.Last, named: false), Show.Day(JapanTime.DayOf(x.First.MeasuredAt))], x.Last.SourceId)));

        List<DraftLine> assessment = [];
        if (brief.LastAssessment is { Data: VisitRecorded { Note.Assessment: { } said } } assessed)
        {
            assessment.Add(new(h["draft.said", said, assessed.Author.Name, Show.DayTime(assessed.OccurredAt)], assessed.SubjectId));
        }

        List<DraftLine> recommendation = [];
        recommendation.AddRange(brief.Open.Where(i => !i.IsOver).OrderByDescending(i => i.IsOverdue(brief.ReadAt)).ThenByDescending(i => i.IssuedAt).Take(MostOfAKind)
            .Select(i => new DraftLine(i.DueAt is { } due ? h["draft.due", i.Text, Show.DayTime(due)] : h["draft.open", i.Text, i.IssuerName], i.InstructionId)));
        if (next is { PlannedAt: { } planned })
        {
            recommendation.Add(new(h["draft.next", Show.DayTime(planned), next.VisitorName], null));
        }

        return new HandoverDraft(situation, background, assessment, recommendation);

        string Reading(Reading r, bool named = true) =>
            $"{(named ? c.Of(r.Sign) + " " : "")}{Figures.Text(r.Sign, r.Value)} {figures.Unit(r.Sign)}".TrimEnd()
            + (r is { Sign: VitalSign.SpO2, Oxygen: > 0 } ? $" (O₂ {Figures.Text(VitalSign.OxygenFlow, r.Oxygen.Value)} L)" : null);
    }
}
