using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Brief;

/// <summary>Reads what the on-call brief, and a handover drafted from it, are made of.</summary>
public sealed class BriefReader(PatientReader patients, TimelineReader timeline, ReadingsReader readings, InstructionReader instructions, CommunityReader community, TimeProvider time)
{
    /// <summary>The most entries of a week that are looked through.</summary>
    private const int MostEntries = TimelineReader.LongestPage;

    /// <summary>The brief as it stands now. Null when the reader may not see the record.</summary>
    public async Task<OnCallBrief?> ReadAsync(Actor by, Guid patientId, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var from = now - OnCallBrief.Span;
        if (await patients.SummaryAsync(by, patientId, ct) is not { } summary
            || await timeline.PageAsync(by, patientId, TimelineFilter.Everything, limit: MostEntries, ct: ct) is not { } page)
        {
            return null;
        }

        var week = page.Entries.Where(e => e.OccurredAt >= from).ToList();
        return new OnCallBrief(
            summary, week, !page.More || week.Count < page.Entries.Count, await readings.LatestAsync(by, patientId, ct: ct) ?? [],
            await readings.SeriesAsync(by, patientId, from, now.AddMinutes(5), ct) ?? [], await readings.News2Async(by, patientId, from, now.AddMinutes(5), ct) ?? [],
            await instructions.OfPatientAsync(by, patientId, closedToo: false, ct) ?? [], await community.News2ActsAsync(by, ct), now);
    }
}
