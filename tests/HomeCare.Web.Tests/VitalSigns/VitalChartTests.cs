using Bunit;
using HomeCare.Patients;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.VitalSigns;

namespace HomeCare.Web.Tests.VitalSigns;

public sealed class VitalChartTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Samples.Now);

    private static Reading Reading(VitalSign sign, int daysAgo, decimal value, AlertSide? alert = null) =>
        new(sign, Samples.Now.AddDays(-daysAgo), value, null, alert, alert is null ? null : 90, alert is null ? null : true, Ids.Of(daysAgo.ToString()));

    private static PatientCard Card(params TargetRange[] ranges) => new(Samples.Patient, "岡本 フミ", new DateOnly(1938, 4, 3), Sex.Female, ranges);

    private static TargetRange Range { get; } = new(VitalSign.SpO2, 90, 96, Today.AddDays(-30), null);

    private static IRenderedComponent<VitalChart> Chart(Pages pages, ChartSeries series) =>
        pages.Render<VitalChart>(p => p.Add(c => c.Series, series).Add(c => c.From, Samples.Now.AddDays(-30)).Add(c => c.Until, Samples.Now));

    [Fact]
    public void the_physicians_range_is_shaded_and_its_bounds_are_named()
    {
        using var pages = new Pages();
        var series = ChartSeries.Of([Reading(VitalSign.SpO2, 2, 94), Reading(VitalSign.SpO2, 1, 93)], Card(Range), Today).Single();
        var chart = Chart(pages, series);
        chart.Find("rect.chart-band").ClassList.ShouldNotContain("is-default");
        chart.FindAll(".chart-limit-text").Select(t => t.TextContent).ShouldBe(["下限 90", "上限 96"]);
    }

    [Fact]
    public void without_it_the_usual_range_of_adults_is_shaded_otherwise()
    {
        using var pages = new Pages();
        var series = ChartSeries.Of([Reading(VitalSign.SpO2, 2, 94), Reading(VitalSign.SpO2, 1, 93)], Card(), Today).Single();
        Chart(pages, series).Find("rect.chart-band").ClassList.ShouldContain("is-default");
    }

    [Fact]
    public void a_child_without_a_range_of_its_own_has_none()
    {
        var child = new PatientCard(Samples.Patient, "高橋 そら", new DateOnly(2022, 5, 5), Sex.Male, []);
        ChartSeries.Of([Reading(VitalSign.SpO2, 1, 93)], child, Today).Single().Limits.ShouldBeNull();
    }

    [Fact]
    public void a_reading_outside_its_range_has_another_shape_and_is_counted_in_words()
    {
        using var pages = new Pages("en");
        var series = ChartSeries.Of([Reading(VitalSign.SpO2, 2, 94), Reading(VitalSign.SpO2, 1, 89, AlertSide.Below)], Card(Range), Today).Single();
        var chart = Chart(pages, series);
        chart.FindAll("path.chart-dot.is-stop").Count.ShouldBe(1);
        chart.FindAll("circle.chart-dot").Count.ShouldBe(1);
        chart.Find("svg").GetAttribute("aria-label").ShouldBe("SpO₂, 2 readings. Last 89 %, lowest 89, highest 94. 1 outside the range.");
    }

    [Theory]
    [InlineData(VitalSign.Weight, 46.5)]
    [InlineData(VitalSign.Pain, 0)]
    [InlineData(VitalSign.OxygenFlow, 0.25)]
    public void a_single_value_has_an_axis_of_values_that_somebody_would_measure(VitalSign sign, double value)
    {
        var series = ChartSeries.Of([Reading(sign, 1, (decimal)value)], Card(), Today).Single();
        var plane = ChartPlane.Of(series, Samples.Now.AddDays(-1), Samples.Now);
        (plane.Highest - plane.Lowest).ShouldBeGreaterThanOrEqualTo(0.5);
        plane.Lowest.ShouldBeLessThanOrEqualTo(value);
        plane.Highest.ShouldBeGreaterThan(value);
    }

    [Fact]
    public void the_pressure_is_one_chart_of_two_lines()
    {
        using var pages = new Pages();
        var readings = new[] { 3, 2, 1 }.SelectMany(d => new[] { Reading(VitalSign.Systolic, d, 140 + d), Reading(VitalSign.Diastolic, d, 80 + d) }).ToList();
        var series = ChartSeries.Of(readings, Card(), Today).ShouldHaveSingleItem();
        series.Last.ShouldBe("141/81");
        Chart(pages, series).FindAll("polyline").Count.ShouldBe(2);
    }

    [Fact]
    public void a_year_of_readings_is_thinned_and_keeps_every_one_outside_its_range()
    {
        var readings = Enumerable.Range(1, 3000).Reverse().Select(i => Reading(VitalSign.SpO2, 0, i % 97 == 0 ? 88 : 94 + (i % 3), i % 97 == 0 ? AlertSide.Below : null) with
        {
            MeasuredAt = Samples.Now.AddHours(-i),
        }).ToList();
        var drawn = ChartSeries.Thin(readings);
        drawn.Count.ShouldBeLessThan(400);
        drawn.Count(r => r.Alert is not null).ShouldBe(readings.Count(r => r.Alert is not null));
    }

    [Fact]
    public void the_table_gives_every_measurement_a_row_the_newest_first()
    {
        using var pages = new Pages();
        var table = pages.Render<VitalsTable>(p => p.Add(t => t.SourceOf, id => $"/source/{id}").Add(t => t.Readings,
            [Reading(VitalSign.SpO2, 2, 94), Reading(VitalSign.Pulse, 2, 88), Reading(VitalSign.SpO2, 1, 89, AlertSide.Below)]));
        table.FindAll("tbody tr").Select(r => string.Join('|', r.QuerySelectorAll("td").Select(c => c.TextContent))).ShouldBe(["|▼ 89低い", "88|94"]);
    }

    [Fact]
    public void visits_instructions_and_medicines_are_marked_each_in_a_shape_of_its_own()
    {
        using var pages = new Pages("en");
        var marks = ChartMark.Of(ChartMarkTests.Entries, Samples.Now.AddDays(-30), Samples.Now);
        var series = ChartSeries.Of([Reading(VitalSign.SpO2, 2, 94), Reading(VitalSign.SpO2, 1, 93)], Card(), Today).Single();
        var chart = pages.Render<VitalChart>(p => p.Add(c => c.Series, series).Add(c => c.From, Samples.Now.AddDays(-30)).Add(c => c.Until, Samples.Now).Add(c => c.Marks, marks));
        chart.FindAll("path.chart-mark").Select(m => m.GetAttribute("d")![^8..]).Distinct().Count().ShouldBe(3);
        chart.FindAll("line.chart-event").Count.ShouldBe(3, "a line for the instruction and for each change of medicine, none for the visit");
    }

    [Fact]
    public void the_list_of_marks_leads_each_to_its_source()
    {
        using var pages = new Pages();
        var marks = ChartMark.Of(ChartMarkTests.Entries, Samples.Now.AddDays(-30), Samples.Now);
        var list = pages.Render<MarksList>(p => p.Add(l => l.Marks, marks).Add(l => l.PatientId, Samples.Patient));
        list.FindAll("li").Count.ShouldBe(4);
        list.FindAll("li a").ShouldAllBe(a => a.GetAttribute("href")!.StartsWith($"/patients/{Samples.Patient}/source/", StringComparison.Ordinal));
        list.Markup.ShouldContain("アムロジピン錠");
    }
}
