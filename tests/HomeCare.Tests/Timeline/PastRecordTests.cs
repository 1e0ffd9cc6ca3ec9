using System.Text.Json;
using HomeCare.CareTeams;
using HomeCare.Instructions;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using HomeCare.Patients;

namespace HomeCare.Tests.Timeline;

/// <summary>The record as it was known at a past moment is what the screens were given then.</summary>
public sealed class PastRecordTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PastRecords Past => new(new ViewsAddress(database.ConnectionString), database.Store, database.Access, database.Time);

    /// <summary>What timeline, board line, brief and what is pointed out are made of, in words.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ScreensAsync(
        Community c, Actor by, DateTimeOffset now, PatientReader patients, TimelineReader timeline, ReadingsReader readings, InstructionReader instructions, HomeCare.Communities.CommunityReader community,
        WatchReader watching, HomeCare.NursingOrders.NursingOrderReader orders, VisitReader visits)
    {
        var screens = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add<T>(string name, T data) => screens[name] = JsonSerializer.Serialize(data, Json.Options);
        var page = await timeline.PageAsync(by, c.Patient, new TimelineFilter(EntryGroups.All), limit: TimelineReader.LongestPage, ct: Ct);
        Add("timeline", page?.Entries.Select(e => (object)new { e.Sequence, e.Kind, e.State, e.TeamOnly, e.OccurredAt, e.Author, Data = JsonSerializer.Serialize(e.Data, e.Data.GetType(), Json.Options) }));
        Add("medicines", (await timeline.PageAsync(by, c.Patient, new TimelineFilter(EntryGroups.Medicines), ct: Ct))?.Entries.Select(e => e.Sequence));
        Add("summary", await patients.SummaryAsync(by, c.Patient, Ct));
        Add("board line", await patients.LineAsync(by, c.Patient, Ct));
        Add("latest", await readings.LatestAsync(by, c.Patient, ct: Ct));
        Add("series", await readings.SeriesAsync(by, c.Patient, now.AddDays(-60), now.AddMinutes(5), Ct));
        Add("scores", await readings.News2Async(by, c.Patient, now.AddDays(-60), now.AddMinutes(5), Ct));
        Add("instructions", await instructions.OfPatientAsync(by, c.Patient, closedToo: true, Ct));
        Add("acts", await community.News2ActsAsync(by, Ct));
        Add("pointed out", await watching.OfPatientAsync(by, c.Patient, Ct));
        Add("orders", await orders.OfPatientAsync(by, c.Patient, Ct));
        Add("planned", await visits.PlannedAsync(by, c.Patient, Ct));
        return screens;
    }

    private Task<IReadOnlyDictionary<string, string>> NowAsync(Community c, Actor by) => ScreensAsync(
        c, by, database.Time.Now, c.Patients, c.Timeline, c.Readings, c.Instructions, new(database.Source, database.Access), new(database.Source, database.Access, database.Time),
        new(database.Source, database.Access, database.Time), c.Visits);

    private async Task<IReadOnlyDictionary<string, string>> ThenAsync(Community c, Actor by, DateTimeOffset at)
    {
        await using var past = (await Past.OpenAsync(by, c.Patient, at, Ct))!;
        return await ScreensAsync(c, by, at, past.Patients, past.Timeline, past.Readings, past.Instructions, past.Community, past.Watching, past.Orders, past.Visits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task as_it_was_known_is_what_was_shown_then_over_random_histories(int seed)
    {
        var random = new Random(seed);
        var c = await database.FoundAsync();
        var shown = new List<(Actor By, DateTimeOffset At, IReadOnlyDictionary<string, string> Screens)>();
        for (var round = 0; round < 12; round++)
        {
            database.Time.Now += TimeSpan.FromMinutes(random.Next(1, 600));
            await RandomHistory.WriteAsync(c, random, random.Next(1, 12));
            // Some look a while after the last entry: what the clock alone changes is as it was then as well.
            database.Time.Now += TimeSpan.FromMinutes(random.Next(2) * random.Next(1, 300));
            var by = random.Next(2) == 0 ? c.Physician : c.Nurse;
            if (random.Next(2) == 0)
            {
                // Somebody looks, sometimes only at what came first: the unread are counted from there.
                await new ReadMarks(database.Store, database.Access, database.Time).MoveToAsync(by, c.Patient, random.Next(2) == 0 ? long.MaxValue : await database.Store.HeadAsync(Ct) - random.Next(20), Ct);
            }

            shown.Add((by, database.Time.Now, await NowAsync(c, by)));
            database.Time.Now += TimeSpan.FromSeconds(1);
        }

        foreach (var (by, at, screens) in shown)
        {
            var then = await ThenAsync(c, by, at);
            foreach (var (name, data) in screens)
            {
                then[name].ShouldBe(data, $"seed {seed}, {by.Name} at {at:O}: {name}");
            }
        }
    }

    [Fact]
    public async Task what_came_later_is_absent_though_it_tells_of_earlier_and_a_correction_does_not_reach_back()
    {
        var c = await database.FoundAsync();
        database.Time.Now += TimeSpan.FromHours(1);
        var visit = c.Visit("呼吸は楽", new Vitals(Clock.Ago(30)) { SpO2 = 96 });
        await c.Must(c.Nurse, visit);
        var then = database.Time.Now;
        database.Time.Now += TimeSpan.FromMinutes(10);
        // Written on a tablet without a network before, and here only now; and the reading was wrong.
        await c.Must(c.Nurse, c.Visit("朝は苦しかった", new Vitals(Clock.Ago(60)) { SpO2 = 85 }));
        await c.Must(c.Nurse, new CorrectVitals(visit.VisitId, new Vitals(Clock.Ago(30)) { SpO2 = 90 }, "読み違い"));

        await using var past = (await Past.OpenAsync(c.Nurse, c.Patient, then, Ct))!;
        (await past.Readings.LatestAsync(c.Nurse, c.Patient, ct: Ct))!.ShouldHaveSingleItem().Value.ShouldBe(96);
        var page = (await past.Timeline.PageAsync(c.Nurse, c.Patient, TimelineFilter.Everything, ct: Ct))!;
        page.Entries.ShouldNotContain(e => e.Data is VitalsCorrected);
        var entry = page.Entries.Where(e => e.Data is VisitRecorded).ShouldHaveSingleItem();
        (entry.SubjectId, entry.State).ShouldBe((visit.VisitId, EntryState.AsWritten));
        // And now it is as it is.
        (await c.Readings.LatestAsync(c.Nurse, c.Patient, ct: Ct))!.First(r => r.Sign == VitalSign.SpO2).Value.ShouldBe(90);
    }

    [Fact]
    public async Task whoever_may_not_see_the_record_now_sees_nothing_of_its_past_and_no_other_record_with_it()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        await c.Must(c.Nurse, c.Visit("記録"));
        database.Time.Now += TimeSpan.FromMinutes(5);
        var then = database.Time.Now;
        database.Time.Now += TimeSpan.FromMinutes(5);
        await (await Past.OpenAsync(c.OtherNurse, c.Patient, then, Ct)).ShouldNotBeNull().DisposeAsync();
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.OrganisationId!.Value));
        (await Past.OpenAsync(c.OtherNurse, c.Patient, then, Ct)).ShouldBeNull();
        (await Past.OpenAsync(c.Admin, c.Patient, then, Ct)).ShouldBeNull();
        // What was hidden from relatives later stood open before: they do not look back.
        (await Past.OpenAsync(c.Daughter, c.Patient, then, Ct)).ShouldBeNull();
        (await Past.OpenAsync(c.Nurse, c.Patient, database.Time.Now.AddMinutes(1), Ct)).ShouldBeNull("a moment that has not come");
        await using var past = (await Past.OpenAsync(c.Nurse, c.Patient, then, Ct))!;
        (await past.Patients.SummaryAsync(c.Nurse, c.Stranger, Ct)).ShouldBeNull();
        (await past.Timeline.PageAsync(c.Nurse, c.Stranger, TimelineFilter.Everything, ct: Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task before_anybody_was_registered_there_is_no_record()
    {
        var c = await database.FoundAsync();
        await using var past = (await Past.OpenAsync(c.Nurse, c.Patient, database.Time.Now.AddYears(-30), Ct))!;
        (await past.Patients.SummaryAsync(c.Nurse, c.Patient, Ct)).ShouldBeNull();
    }
}
