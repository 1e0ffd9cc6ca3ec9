using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Demo;

namespace HomeCare.Web.Tests.Demo;

public sealed partial class DemoCommunityTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static readonly Guid Okamoto = Ids.Of(Cast.Tenant, "patient", "okamoto-fumi");

    [Fact]
    public void It_has_the_organisations_the_people_and_sixty_patients_with_ninety_days()
    {
        demo.Events.Count(e => e.Type == "organisation_registered").ShouldBe(12);
        demo.Events.Count(e => e.Type == "patient_registered").ShouldBe(60);
        demo.Events.Count(e => e.Type == "visit_recorded").ShouldBeInRange(2000, 5000);
        demo.Events.Count(e => e.Type == "instruction_issued").ShouldBeInRange(200, 600);
        demo.Events.Count(e => e.Type == "medicine_recorded").ShouldBeGreaterThan(240);
        var visited = demo.Events.Select(e => e.Data).OfType<VisitRecorded>().ToLookup(v => v.PatientId);
        visited.Count.ShouldBe(60);
        visited.ShouldAllBe(v => v.Count() > 25);
        visited.ShouldAllBe(v => JapanTime.DayOf(v.Min(x => x.StartedAt)) < JapanTime.DayOf(DemoDatabase.Start).AddDays(-80));
    }

    [Fact]
    public async Task The_wishes_of_the_dying_are_in_their_second_version_and_others_wait_for_a_physician_or_a_review()
    {
        var patients = new PatientReader(demo.Source, demo.Access, demo.Time);
        async Task<PatientSummary> Of(string key) => (await patients.SummaryAsync(Cast.Tanaka, Ids.Of(Cast.Tenant, "patient", key)))!;
        var today = JapanTime.DayOf(DemoDatabase.Start);
        var ishikawa = (await Of("ishikawa-kiyo")).Wishes!;
        (ishikawa.Version, ishikawa.Wishes.Admission.Choice, ishikawa.ConfirmedBy, ishikawa.IsReviewOverdue(today)).ShouldBe((2, AdmissionWish.DoesNotWish, Cast.Sato.Name, false));
        (await Of("yamaguchi-takashi")).Wishes!.ConfirmedAt.ShouldBeNull();
        (await Of("inoue-yukiko")).Wishes!.IsReviewOverdue(today).ShouldBeTrue();
        (await Of("okamoto-fumi")).Wishes.ShouldBeNull();
    }

    [Fact]
    public void Sign_in_names_are_those_of_the_contract() =>
        DemoCommunity.SignIns.Select(s => s.User).Order().ShouldBe(
            ["admin", "cm.yamada", "dr.mori", "dr.sato", "fm.kato", "hp.kondo", "ns.abe", "ns.tanaka", "ph.suzuki"]);

    [Fact]
    public async Task Four_of_one_team_share_patients_and_the_nurse_of_the_other_station_none_with_them()
    {
        var shared = (await SeenByAsync(Cast.Tanaka)).Intersect(await SeenByAsync(Cast.Sato)).Intersect(await SeenByAsync(Cast.Suzuki)).Intersect(await SeenByAsync(Cast.Yamada));
        shared.Count().ShouldBeGreaterThanOrEqualTo(10);
        var abe = await SeenByAsync(Cast.Abe);
        abe.Length.ShouldBeGreaterThan(10);
        foreach (var other in new[] { Cast.Tanaka, Cast.Sato, Cast.Suzuki, Cast.Yamada })
        {
            (await SeenByAsync(other)).Intersect(abe).ShouldBeEmpty();
        }

        (await SeenByAsync(Cast.Kato)).ShouldBe([Ids.Of(Cast.Tenant, "patient", "kato-hana")]);
        (await SeenByAsync(Cast.Kondo)).ShouldNotBeEmpty();
        (await SeenByAsync(Cast.Nephew)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_recorded_in_the_future_and_the_log_goes_from_day_to_day()
    {
        demo.Events.ShouldAllBe(e => e.RecordedAt <= DemoDatabase.Start);
        demo.Events.Zip(demo.Events.Skip(1)).ShouldAllBe(pair => pair.Second.RecordedAt >= pair.First.RecordedAt.AddHours(-24));
        foreach (var patient in demo.Events.Where(e => e.Data is IPatientEvent).GroupBy(e => ((IPatientEvent)e.Data).PatientId))
        {
            patient.Select(e => e.RecordedAt).ShouldBeInOrder();
        }
    }

    [Fact]
    public void Nobody_is_in_two_homes_at_once()
    {
        foreach (var visitor in demo.Events.Select(e => e.Data).OfType<VisitRecorded>().GroupBy(v => v.VisitorId))
        {
            var visits = visitor.OrderBy(v => v.StartedAt).ToArray();
            visits.Zip(visits.Skip(1)).ShouldAllBe(pair => pair.Second.StartedAt >= pair.First.EndedAt);
        }
    }

    [Fact]
    public async Task A_second_making_does_nothing()
    {
        var before = await demo.Store.HeadAsync();
        (await demo.Demo.MakeAsync()).ShouldBeFalse();
        (await demo.Store.HeadAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Two_machines_make_the_same()
    {
        await using var other = new DemoDatabase();
        await other.InitializeAsync();
        Hash(other).ShouldBe(Hash(demo));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(13)]
    public async Task It_fits_the_rules_at_any_hour(int hour)
    {
        await using var other = new DemoDatabase { Now = new DateTimeOffset(2027, 3, 1, hour, 7, 31, TimeSpan.FromHours(9)) };
        await other.InitializeAsync();
        other.Events.ShouldAllBe(e => e.RecordedAt <= other.Now);
        other.Events.Count(e => e.Type == "patient_registered").ShouldBe(60);
    }

    [Fact]
    public async Task A_making_that_was_interrupted_goes_on_and_ends_the_same()
    {
        await using var other = new DemoDatabase();
        await other.PrepareAsync();
        using var interruption = new CancellationTokenSource();
        var making = other.Demo.MakeAsync(ct: interruption.Token);
        while (await other.Store.HeadAsync() < 1500)
        {
            await Task.Delay(20);
        }

        await interruption.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(making);
        (await other.Demo.MakeAsync()).ShouldBeTrue();
        await other.ReadAsync();
        Hash(other).ShouldBe(Hash(demo));
    }

    [Fact]
    public async Task The_first_screen_shows_the_urgent_instruction_waiting_for_the_nurse()
    {
        var visit = demo.Events.Select(e => e.Data).OfType<VisitRecorded>().Where(v => v.PatientId == Okamoto).MaxBy(v => v.StartedAt)!;
        JapanTime.DayOf(visit.StartedAt).ShouldBe(JapanTime.DayOf(DemoDatabase.Start));
        visit.Vitals!.Weight.ShouldBe(47.8m);
        var open = await new InstructionReader(demo.Source, demo.Access, demo.Time).OpenAsync(Cast.Tanaka);
        open.ShouldContain(i => i.PatientId == Okamoto && i.Urgency == Urgency.Urgent && i.Status == InstructionStatus.Issued);
    }

    [Fact]
    public void Telephones_are_of_the_range_that_is_not_given_out_and_there_is_no_mail_address()
    {
        foreach (var text in demo.Events.Select(e => JsonNode.Parse(JsonSerializer.Serialize(e.Data, e.Data.GetType(), Json.Options))!).SelectMany(Texts))
        {
            text.ShouldNotContain("@");
            foreach (Match telephone in Telephone().Matches(text))
            {
                telephone.Value.ShouldMatch("^(03-0000-|090-0000-)[0-9]{4}$");
            }
        }
    }

    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Texts(p.Value!)),
        JsonArray a => a.Where(n => n is not null).SelectMany(n => Texts(n!)),
        JsonValue v when v.TryGetValue<string>(out var text) && !Guid.TryParse(text, out _) => [text],
        _ => [],
    };

    private async Task<Guid[]> SeenByAsync(Actor actor)
    {
        var seen = new List<Guid>();
        foreach (var patient in demo.Events.Select(e => e.Data).OfType<PatientRegistered>())
        {
            if (await demo.Access.MaySeeAsync(actor, patient.PatientId))
            {
                seen.Add(patient.PatientId);
            }
        }

        return [.. seen];
    }

    /// <summary>One line a stream: what is in it and when it was recorded, whatever place in the log it got.</summary>
    private static string Hash(DemoDatabase database)
    {
        var text = new StringBuilder();
        foreach (var stream in database.Events.GroupBy(e => e.StreamId).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{stream.Key}\n");
            foreach (var e in stream.OrderBy(e => e.Version))
            {
                text.Append(CultureInfo.InvariantCulture, $"{e.Version} {e.Type} {e.RecordedAt:O} {JsonSerializer.Serialize(e.Data, e.Data.GetType(), Json.Options)}\n");
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    [GeneratedRegex("(?<![0-9])0[0-9]{1,3}-[0-9]{2,4}-[0-9]{4}(?![0-9])")]
    private static partial Regex Telephone();
}
