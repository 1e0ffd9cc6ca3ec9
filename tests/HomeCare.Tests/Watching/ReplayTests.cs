using System.Globalization;
using HomeCare.Patients;
using HomeCare.Testing;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Tests.Watching;

/// <summary>Ninety days of a made-up population run through the rules: how many alerts there would be, and how many items they merge into. The
/// figures stand in docs/watching.md; HOMECARE_WRITE_FIGURES=1 writes them anew.</summary>
public sealed class ReplayTests
{
    private const int Seed = 20261122;
    private const int People = 200;
    private const int Days = 90;

    private static readonly DateTimeOffset Start = JapanTime.StartOf(new DateOnly(2026, 8, 1));

    [Fact]
    public async Task ninety_days_of_two_hundred_people_come_to_the_figures_of_the_documentation()
    {
        var random = new Random(Seed);
        var end = Start.AddDays(Days);
        var (alerts, items, now) = (0, 0, 0);
        var causes = Enum.GetValues<AlertCause>().ToDictionary(c => c, _ => (Alerts: 0, Items: 0));
        for (var person = 0; person < People; person++)
        {
            var record = Live(random, person);
            foreach (var alert in EveryAlert(record, end))
            {
                alerts++;
                causes[alert.Cause] = causes[alert.Cause] with { Alerts = causes[alert.Cause].Alerts + 1 };
            }

            foreach (var item in AlertItems.Of(record, end).Items)
            {
                items++;
                causes[item.Cause] = causes[item.Cause] with { Items = causes[item.Cause].Items + 1 };
            }

            now += AlertItems.Of(record, end).Open.Count;
        }

        items.ShouldBeLessThan(alerts);
        string[] lines =
        [
            $"| {People} people, {Days} days, seed {Seed} | alerts one by one | items |", "|---|---:|---:|",
            .. causes.Where(c => c.Value.Alerts > 0).Select(c => Invariant($"| {c.Key} | {c.Value.Alerts} | {c.Value.Items} |")),
            Invariant($"| altogether | {alerts} | {items} |"),
            Invariant($"| **for each person and day** | **{(double)alerts / (People * Days):0.00}** | **{(double)items / (People * Days):0.00}** |"),
            Invariant($"| open at the end, for each person | | {(double)now / People:0.00} |"),
        ];
        await SaysAsync(string.Join('\n', lines));
    }

    /// <summary>Each alert as often as a reading or an event makes it anew, as a device would raise it.</summary>
    private static IEnumerable<Alert> EveryAlert(WatchRecord record, DateTimeOffset end)
    {
        var rules = new AlertRules(record);
        var seen = new HashSet<(string, Guid)>();
        var sets = new Queue<WatchedSet>(record.Sets.OrderBy(s => s.At));
        var signs = new Queue<WatchedSigns>(record.Signs.OrderBy(s => s.At));
        var times = record.Sets.SelectMany(s => new[] { s.At, s.At + AlertRuleTable.WithoutStool }).Concat(record.Signs.Select(s => s.At))
            .Concat(record.Visits.Select(v => v.MissedAt)).Concat(record.Instructions.Select(i => i.DueAt.AddMinutes(1))).Where(t => t <= end).Distinct().Order();
        foreach (var at in times)
        {
            for (; sets.TryPeek(out var set) && set.At <= at; sets.Dequeue())
            {
                rules.Take(set);
            }

            for (; signs.TryPeek(out var noticed) && noticed.At <= at; signs.Dequeue())
            {
                rules.Take(noticed);
            }

            foreach (var alert in rules.Standing(at).Where(a => seen.Add((a.Key, a.Evidence[^1].SourceId))))
            {
                yield return alert;
            }
        }
    }

    /// <summary>Somebody's ninety days: two or three visits a week, a diary of pressure and weight for some, now and then some days worse.</summary>
    private static WatchRecord Live(Random random, int person)
    {
        var card = new PatientCard(Ids.Of("replay", $"{person}"), "試験 太郎", new DateOnly(1940, 1, 1), Sex.Male, []);
        var (heart, lung, hypertension, diary, stools) = (random.Next(4) == 0, random.Next(6) == 0, random.Next(2) == 0, random.Next(3) == 0, random.Next(6) == 0);
        if (hypertension)
        {
            card = card.With(new TargetRange(VitalSign.Systolic, 100, random.Next(3) == 0 ? 135 : 150, JapanTime.DayOf(Start), null));
        }

        var usual = new { Pulse = random.Next(62, 84), Systolic = random.Next(114, 146), SpO2 = lung ? random.Next(91, 94) : random.Next(95, 98), Weight = random.Next(420, 620) / 10m };
        var sets = new List<WatchedSet>();
        var signs = new List<WatchedSigns>();
        var visits = new List<WatchedVisit>();
        var orders = new List<WatchedInstruction>();
        var (sick, weight) = (0, usual.Weight);
        for (var day = 0; day < Days; day++)
        {
            sick = sick > 0 ? sick - 1 : random.Next(45) == 0 ? random.Next(3, 8) : 0;
            weight += (sick > 0 && heart ? 0.8m : 0) + ((usual.Weight - weight) * 0.2m) + ((random.Next(5) - 2) * 0.1m);
            var morning = Start.AddDays(day).AddHours(7).AddMinutes(random.Next(60));
            if (diary)
            {
                Measure(morning, new Vitals(morning) { Systolic = usual.Systolic + Spread(9), Diastolic = 76 + Spread(6), Weight = heart ? Math.Round(weight, 1) : null });
            }

            if (stools && random.Next(10) < 6)
            {
                Measure(morning.AddHours(1), new Vitals(morning.AddHours(1)) { Stool = new Stool(4) });
            }

            if (day % 7 is not (0 or 2 or 4) || random.Next(12) == 0)
            {
                continue;
            }

            var at = Start.AddDays(day).AddHours(10).AddMinutes(random.Next(300));
            if (random.Next(60) == 0)
            {
                visits.Add(new WatchedVisit(Ids.Of("visit", $"{person}", $"{day}"), at, 45, "田中", random.Next(2) == 0 ? at.AddHours(20) : null));
                continue;
            }

            Measure(at, new Vitals(at)
            {
                Temperature = 36.4m + (Spread(4) / 10m) + (sick > 0 ? random.Next(3, 18) / 10m : 0), Pulse = usual.Pulse + Spread(7) + (sick > 0 ? random.Next(10, 34) : 0),
                Respiration = 16 + Spread(2) + (sick > 0 ? random.Next(2, 9) : 0), Systolic = usual.Systolic + Spread(10) - (sick > 0 ? random.Next(20) : 0), Diastolic = 74 + Spread(6),
                SpO2 = Math.Min(100, usual.SpO2 + Spread(1) - (sick > 0 ? random.Next(1, 6) : 0)), Oxygen = new Oxygen(lung ? 1 : 0), Weight = Math.Round(weight, 1),
                Consciousness = random.Next(3) == 0 ? null : new Consciousness(Acvpu.Alert), Stool = random.Next(2) == 0 ? new Stool(4) : null,
            });
            if (random.Next(sick > 0 ? 2 : 12) == 0)
            {
                signs.Add(new WatchedSigns(Ids.Of("signs", $"{person}", $"{day}"), signs.Count + 1, at, [(SoftSign)random.Next(12)], "近藤"));
            }

            if (random.Next(14) == 0)
            {
                var due = at.AddHours(random.Next(4, 72));
                orders.Add(new WatchedInstruction(Ids.Of("order", $"{person}", $"{day}"), "指示", due, due.AddHours(random.Next(-60, 12))));
            }
        }

        return new WatchRecord(card.PatientId)
        {
            Sets = sets, Signs = signs, Visits = visits, Instructions = orders, Ranges = card.Ranges,
            Conditions = heart ? [new Condition("慢性心不全", null, ConditionStatus.Active)] : [],
        };

        int Spread(int most) => random.Next(-most, most + 1);

        void Measure(DateTimeOffset at, Vitals vitals) =>
            sets.Add(WatchedSet.Of(Ids.Of("set", $"{person}", $"{at:O}"), sets.Count + 1, vitals, VitalAlerts.Of(vitals, card), News2Rule.Of(vitals, card)));
    }

    private static async Task SaysAsync(string table)
    {
        const string From = "<!-- replay -->\n", Until = "\n<!-- /replay -->";
        var file = Repository.Path("docs", "watching.md");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var (begin, stop) = (text.IndexOf(From, StringComparison.Ordinal) + From.Length, text.IndexOf(Until, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("HOMECARE_WRITE_FIGURES") == "1")
        {
            await File.WriteAllTextAsync(file, text[..begin] + table + text[stop..], TestContext.Current.CancellationToken);
            return;
        }

        text[begin..stop].ShouldBe(table, "HOMECARE_WRITE_FIGURES=1 script/test HomeCare.Tests -- -class HomeCare.Tests.Watching.ReplayTests writes the figures anew.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
