using FsCheck;
using FsCheck.Fluent;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using static HomeCare.Tests.Watching.Records;

namespace HomeCare.Tests.Watching;

/// <summary>What holds of every record.</summary>
public sealed class AlertItemsPropertyTests
{
    private static readonly Arbitrary<WatchRecord> AnyRecord = (
        from sets in AnySet().ListOf(25)
        from signs in (from at in Gen.Choose(0, Days(12)) from sign in Gen.Elements(Enum.GetValues<SoftSign>()) select Noticed(at, sign)).ListOf(4)
        from visits in (from at in Gen.Choose(0, Days(9)) from n in Gen.Choose(1, 99) select new WatchedVisit(Id(n), Clock.Ago(at), 45, "田中")).ListOf(3)
        from due in (from at in Gen.Choose(0, Days(9)) from over in Gen.Choose(-1, 500) from n in Gen.Choose(100, 199) select new WatchedInstruction(Id(n), "指示", Clock.Ago(at), over < 0 ? null : Clock.Ago(at).AddMinutes(over))).ListOf(3)
        from heart in Gen.Elements(true, false)
        select new WatchRecord(People.Okamoto.PatientId)
        {
            Sets = [.. sets], Signs = [.. signs], Visits = [.. visits.DistinctBy(v => v.VisitId)], Instructions = [.. due.DistinctBy(i => i.InstructionId)],
            Conditions = heart ? [HeartFailure] : [], Ranges = [new TargetRange(VitalSign.Systolic, null, 140, Today.AddDays(-90), null)],
        }).ToArbitrary();

    [Fact]
    public void merging_never_loses_an_alert_and_never_shows_one_twice() => Check(record =>
    {
        // What stands, worked out without merging.
        var rules = new AlertRules(record);
        foreach (var set in record.Sets.OrderBy(s => AlertItems.Minute(s.At)).ThenBy(s => s.Sequence))
        {
            rules.Take(set);
        }

        foreach (var signs in record.Signs.OrderBy(s => s.At).ThenBy(s => s.Sequence))
        {
            rules.Take(signs);
        }

        var open = AlertItems.Of(record, Clock.Now).Open;
        open.Select(i => i.Cause).ShouldBeUnique();
        open.SelectMany(i => i.Keys).Order().ShouldBe(rules.Standing(Clock.Now).Select(a => a.Key).Order());
        open.ShouldAllBe(i => i.Alerts.All(a => a.Cause == i.Cause && a.Evidence.Count > 0));
    });

    [Fact]
    public void the_order_of_arrival_in_the_list_does_not_matter() => Check(record =>
        Text(AlertItems.Of(record with { Sets = [.. record.Sets.Reverse()], Signs = [.. record.Signs.Reverse()], Visits = [.. record.Visits] }, Clock.Now))
            .ShouldBe(Text(AlertItems.Of(record, Clock.Now))));

    [Fact]
    public void of_one_cause_no_two_items_are_open_at_the_same_time_and_none_ends_before_it_begins() => Check(record =>
    {
        foreach (var cause in AlertItems.Of(record, Clock.Now).Items.GroupBy(i => i.Cause))
        {
            var items = cause.OrderBy(i => i.OpenedAt).ToList();
            items.ShouldAllBe(i => i.ClosedAt == null || i.ClosedAt > i.OpenedAt);
            items.Zip(items.Skip(1)).ShouldAllBe(pair => pair.First.ClosedAt <= pair.Second.OpenedAt);
        }
    });

    [Fact]
    public void nothing_changes_before_the_moment_that_was_foreseen() => Check(record =>
    {
        var now = AlertItems.Of(record, Clock.Now);
        var before = (now.ChangesAt ?? Clock.Now.AddYears(1)).AddTicks(-10);
        Text(AlertItems.Of(record, before)).ShouldBe(Text(now));
    });

    private static Gen<WatchedSet> AnySet() =>
        from at in Gen.Choose(0, Days(12))
        from spO2 in Gen.Choose(84, 99)
        from systolic in Gen.Choose(85, 185)
        from respiration in Gen.Choose(6, 30)
        from weight in Gen.Choose(480, 530)
        from which in Gen.Choose(0, 63)
        select Set(at, new Vitals(Clock.Ago(at))
        {
            SpO2 = Has(which, 1) ? spO2 : null, Respiration = Has(which, 2) ? respiration : null, Weight = Has(which, 4) ? weight / 10m : null,
            Systolic = Has(which, 8) ? systolic : null, Diastolic = Has(which, 8) ? 70 : null, Stool = Has(which, 16) ? new Stool(4) : null,
            NotMeasured = Has(which, 32) && !Has(which, 1) ? [new NotMeasured(VitalSign.SpO2, NotMeasuredWhy.CouldNotMeasure)] : null,
        });

    private static bool Has(int bits, int bit) => (bits & bit) != 0;

    private static string Text(Watched watched) => System.Text.Json.JsonSerializer.Serialize(watched.Items, Json.Options);

    private static void Check(Action<WatchRecord> holds) =>
        Prop.ForAll(AnyRecord, holds).QuickCheckThrowOnFailure();
}
