using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Accounts;
using HomeCare.Web.Instructions;

namespace HomeCare.Web.Api;

/// <summary>What a visit is written with, all of one person: enough to work without the network.</summary>
/// <param name="Patient">Who it is and what everybody must know.</param>
/// <param name="Readings">The last three of each sign within 60 days, and the earliest weight of the last seven days; oldest first.</param>
/// <param name="Visit">The visit asked for, else my visit under way; null when there is none.</param>
/// <param name="Instructions">Instructions that I can take or carry out.</param>
public sealed record VisitSheetData(
    PatientSummary Patient, IReadOnlyList<Reading> Readings, VisitCard? Visit, IReadOnlyList<SheetInstruction> Instructions)
{
    /// <summary>The last day of the nursing order that had run out before the day of the visit; null: one holds, or there is none to speak of.</summary>
    public DateOnly? OrderExpiredOn { get; init; }
}

/// <summary>An instruction, and what I can do with it as it stands.</summary>
public sealed record SheetInstruction(InstructionCard Card, IReadOnlyList<NextStep> Steps);

/// <summary>My visits of today that are not yet recorded, with what each needs.</summary>
/// <param name="Day">Today in Japan.</param>
/// <param name="Sheets">One for each visit, by time.</param>
public sealed record TodaysSheets(DateOnly Day, IReadOnlyList<VisitSheetData> Sheets);

/// <summary>Reads for the visit sheet. Access is asked anew for every person.</summary>
internal static class VisitEndpoints
{
    private const int ReadingsKept = 3;

    public static void MapVisits(this IEndpointRouteBuilder api)
    {
        api.MapGet("/patients/{id}/visit-sheet", OneAsync).RequireAuthorization().WithTags("Visits")
            .Produces<VisitSheetData>().Refuses(400, 401, 404)
            .WithSummary("What a visit at one person's home is written with.")
            .WithDescription("`visit`: a planned or started visit; without it my visit under way, if there is one.")
            .WithMetadata(new QueryParameter("visit", "string"));
        api.MapGet("/visits/today", TodayAsync).RequireAuthorization().WithTags("Visits")
            .Produces<TodaysSheets>().Refuses(401)
            .WithSummary("My visits of today that are not yet recorded, with what each is written with: to be taken along.");
    }

    private static async Task OneAsync(HttpContext http, string id, CurrentActor current, SheetReader sheets, InstructionDeliveries deliveries)
    {
        var asked = http.Request.Query["visit"].ToString();
        Guid? visit = Guid.TryParse(asked, out var given) ? given : null;
        if (asked.Length > 0 && visit is null)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "request.parameter", "visit");
        }
        else if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
        }
        else if (Guid.TryParse(id, out var patient) && await sheets.ReadAsync(by, patient, visit, http.RequestAborted) is { } sheet)
        {
            await http.Response.WriteAsJsonAsync(sheet, Json.Options, http.RequestAborted);
            await ArrivedAsync(http, by, [sheet], deliveries);
        }
        else
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "patient.unknown");
        }
    }

    private static async Task TodayAsync(HttpContext http, CurrentActor current, SheetReader sheets, InstructionDeliveries deliveries, TimeProvider time)
    {
        if (await current.GetAsync() is not { } by)
        {
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "session.missing");
            return;
        }

        var day = JapanTime.DayOf(time.GetUtcNow());
        var taken = await sheets.OfDayAsync(by, day, http.RequestAborted);
        await http.Response.WriteAsJsonAsync(new TodaysSheets(day, taken), Json.Options, http.RequestAborted);
        await ArrivedAsync(http, by, taken, deliveries);
    }

    /// <summary>What was handed out has reached the device. Should that not be written down, it is at the next time: the device has what it asked for.</summary>
    private static async Task ArrivedAsync(HttpContext http, Actor by, IEnumerable<VisitSheetData> sheets, InstructionDeliveries deliveries)
    {
        try
        {
            await deliveries.RecordAsync(by, sheets.SelectMany(s => s.Instructions).Where(i => i.Card.IsToArriveAt(by)).Select(i => i.Card.InstructionId).Distinct(),
                DeviceName.Of(http.Request.Headers.UserAgent), http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException || Failures.IsOutage(e))
        {
            // The device is gone, or the database away.
        }
    }

    /// <summary>Puts a sheet's data together from the readers, each of which asks for access itself.</summary>
    internal sealed class SheetReader(PatientReader patients, ReadingsReader readings, VisitReader visits, InstructionReader instructions, NursingOrderReader orders, TimeProvider time)
    {
        public async Task<IReadOnlyList<VisitSheetData>> OfDayAsync(Actor by, DateOnly day, CancellationToken ct)
        {
            var sheets = new List<VisitSheetData>();
            foreach (var visit in (await visits.OfDayAsync(by, day, ct)).Where(v => v.Stage != VisitStage.Recorded))
            {
                if (await ReadAsync(by, visit.PatientId, visit.VisitId, ct) is { } sheet)
                {
                    sheets.Add(sheet);
                }
            }

            return sheets;
        }

        public async Task<VisitSheetData?> ReadAsync(Actor by, Guid patientId, Guid? visitId, CancellationToken ct)
        {
            if (await patients.SummaryAsync(by, patientId, ct) is not { } patient)
            {
                return null;
            }

            var now = time.GetUtcNow();
            var visit = visitId is { } id ? await visits.OneAsync(by, id, ct) : await visits.UnderWayAsync(by, patientId, ct);
            var series = await readings.SeriesAsync(by, patientId, now.AddDays(-60), now.AddMinutes(5), ct) ?? [];
            var cards = await instructions.OfPatientAsync(by, patientId, closedToo: false, ct) ?? [];
            return new VisitSheetData(
                patient, Kept(series, JapanTime.StartOf(JapanTime.DayOf(now).AddDays(-7))), visit?.PatientId == patientId ? visit : null,
                // A stop order is for whoever is next at the door, whomever it is addressed to.
                [.. cards.Where(c => !c.IsOver && !c.Kind.IsRequest() && (c.IsFor(by) || c.Terms?.StopOrder == true)).OrderByDescending(c => c.Terms?.StopOrder == true)
                    .Select(c => new SheetInstruction(c, NextSteps.Of(c, by)))])
            {
                OrderExpiredOn = OrderCoverage.Concerns(by.Profession)
                    ? (await orders.CoverageAsync(by, patientId, ct)).ExpiredBefore(JapanTime.DayOf(visit?.StartedAt ?? visit?.PlannedAt ?? now)) : null,
            };
        }

        private static IReadOnlyList<Reading> Kept(IReadOnlyList<Reading> series, DateTimeOffset week)
        {
            var kept = series.GroupBy(r => r.Sign).SelectMany(sign => sign.TakeLast(ReadingsKept)).ToHashSet();
            if (series.FirstOrDefault(r => r.Sign == VitalSign.Weight && r.MeasuredAt >= week) is { } weight)
            {
                kept.Add(weight);
            }

            return [.. series.Where(kept.Contains)];
        }
    }
}
