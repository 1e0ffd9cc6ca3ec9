using HomeCare.VitalSigns;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Timeline;

/// <summary>What an entry adds to a course as it arrives is what reading the record anew would show.</summary>
public sealed class TrendTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(9));

    private static readonly TargetRange Range = new(VitalSign.SpO2, 90, 94, new DateOnly(2026, 1, 1), null);

    [Theory]
    [InlineData(0)]
    [InlineData(-90)]
    [InlineData(-100_000)]
    public void a_set_that_arrives_is_shown_as_if_it_had_been_read(int minutes)
    {
        var held = Enumerable.Range(1, 20).SelectMany(i => Readings(Set(Noon.AddHours(-i), 90 + i % 5, 70 + i))).ToList();
        var set = Set(Noon.AddMinutes(minutes), 86, 61);

        var with = Trend.With(Of(held), set, Alerts(set));

        with.ShouldNotBeNull();
        Words(with).ShouldBe(Words(Of([.. held, .. Readings(set)])));
    }

    [Fact]
    public void the_second_reading_of_a_sign_begins_a_course_which_must_be_read()
    {
        var held = Readings(Set(Noon.AddHours(-1), 93, null)).Concat(Readings(Set(Noon.AddHours(-2), 93, null))).ToList();

        Trend.With(Of(held), Set(Noon, 92, 70), []).ShouldBeNull();
        Trend.With(Of(held), Set(Noon, 92, null), []).ShouldNotBeNull();
    }

    [Fact]
    public void a_course_that_is_watched_all_day_does_not_grow_without_end()
    {
        var trends = Of([.. Enumerable.Range(1, 3).SelectMany(i => Readings(Set(Noon.AddHours(-i), 93, null)))]);
        for (var i = 0; i < 1000; i++)
        {
            trends = Trend.With(trends, Set(Noon.AddMinutes(i), i == 400 ? 71 : 93, null), []).ShouldNotBeNull();
        }

        trends.ShouldHaveSingleItem().Points.Count.ShouldBeLessThan(150);
        trends[0].Points.Min(p => p.Value).ShouldBe(71);
        trends[0].Points[^1].At.ShouldBe(Noon.AddMinutes(999));
    }

    private static IReadOnlyList<Trend> Of(IReadOnlyList<Reading> readings) => Trend.Of(readings, [Range], new DateOnly(2026, 11, 22));

    private static Vitals Set(DateTimeOffset at, decimal spO2, decimal? pulse) => new(at) { SpO2 = spO2, Pulse = pulse };

    private static IReadOnlyList<VitalAlert> Alerts(Vitals set) => set.SpO2 < 90 ? [new(VitalSign.SpO2, set.SpO2, 90, AlertSide.Below, true)] : [];

    private static IEnumerable<Reading> Readings(Vitals set) => set.Numbers().Select(n => new Reading(
        n.Sign, set.MeasuredAt, n.Value, null, Alerts(set).FirstOrDefault(a => a.Sign == n.Sign)?.Side, null, null, Guid.CreateVersion7()));

    private static IEnumerable<string> Words(IReadOnlyList<Trend> trends) =>
        trends.Select(t => $"{t.Sign} {t.Low}–{t.High} {t.Alert}: {string.Join(' ', t.Points.Select(p => $"{p.At:O}={p.Value}"))}");
}
