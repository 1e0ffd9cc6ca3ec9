using HomeCare.Web.VitalSigns;

namespace HomeCare.Web.Tests.VitalSigns;

public sealed class ChartPeriodTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData(null, null, null, "2026-10-24", "2026-11-22")]
    [InlineData(7, null, null, "2026-11-16", "2026-11-22")]
    [InlineData(8, null, null, "2026-10-24", "2026-11-22")]
    [InlineData(7, "2026-11-01", "2026-11-03", "2026-11-01", "2026-11-03")]
    [InlineData(null, "2026-11-03", "2026-11-01", "2026-11-01", "2026-11-03")]
    [InlineData(null, "2026-11-03", null, "2026-11-03", "2026-11-22")]
    [InlineData(null, "2026-11-03", "2031-01-01", "2026-11-03", "2026-11-22")]
    [InlineData(null, "2031-01-01", "2031-01-02", "2026-10-24", "2026-11-22")]
    [InlineData(null, "2026-02-30", "x", "2026-10-24", "2026-11-22")]
    [InlineData(null, "0001-01-01", "0001-01-02", "2026-10-24", "2026-11-22")]
    [InlineData(null, "1950-01-01", "2026-11-22", "2023-11-21", "2026-11-22")]
    public void an_address_asks_for_days_and_what_is_none_shows_the_last_thirty(int? days, string? from, string? until, string first, string last)
    {
        var period = ChartPeriod.Of(days, from, until, Today);
        (ChartPeriod.Text(period.From), ChartPeriod.Text(period.Until)).ShouldBe((first, last));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(30, 30)]
    [InlineData(90, 13)]
    [InlineData(365, 13)]
    [InlineData(1098, 37)]
    public void its_parts_meet_without_gap_and_are_nearer_than_the_whole(int days, int parts)
    {
        var period = new ChartPeriod(Today.AddDays(1 - days), Today);
        period.Parts.Count.ShouldBe(parts);
        if (parts > 0)
        {
            (period.Parts[0].From, period.Parts[^1].Until).ShouldBe((period.From, period.Until));
            period.Parts.Zip(period.Parts.Skip(1)).ShouldAllBe(p => p.First.Until.AddDays(1) == p.Second.From);
            period.Parts.ShouldAllBe(p => p.Days < days && p.Days > 0);
        }
    }

    [Fact]
    public void earlier_and_later_keep_the_length_and_never_show_days_to_come()
    {
        var week = ChartPeriod.Of(7, null, null, Today);
        week.LaterOn(Today).ShouldBeNull();
        var before = week.Earlier;
        (before.Days, before.Until.AddDays(1)).ShouldBe((7, week.From));
        before.LaterOn(Today).ShouldBe(week);
        new ChartPeriod(Today.AddDays(-8), Today.AddDays(-2)).LaterOn(Today).ShouldBe(week);
    }

    [Fact]
    public void its_address_leads_back_to_it()
    {
        foreach (var period in new[] { ChartPeriod.Of(90, null, null, Today), new ChartPeriod(Today.AddDays(-40), Today.AddDays(-3)), new ChartPeriod(Today, Today) })
        {
            var query = System.Web.HttpUtility.ParseQueryString(period.QueryOn(Today));
            ChartPeriod.Of(query["days"] is { } days ? int.Parse(days) : null, query["from"], query["until"], Today).ShouldBe(period);
        }
    }
}
