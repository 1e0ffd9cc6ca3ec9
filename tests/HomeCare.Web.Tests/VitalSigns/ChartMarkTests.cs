using HomeCare.Medicines;
using HomeCare.Timeline;
using HomeCare.Web.Tests.Timeline;
using HomeCare.Web.VitalSigns;

namespace HomeCare.Web.Tests.VitalSigns;

public sealed class ChartMarkTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Samples.Now);

    private static TimelineEntry Entry(long sequence, string kind, DateTimeOffset at, object data) => new(sequence, kind, at, at, Samples.Nurse, data) { SubjectId = Ids.Of($"mark {sequence / 10}") };

    private static MedicineRecorded Medicine(DateOnly from, PrescriptionStatus status = PrescriptionStatus.Active) =>
        new(Samples.Subject, Samples.Patient, new Prescription("アムロジピン錠", null, "1日1回", null, from, null, null, null, status), null);

    internal static IReadOnlyList<TimelineEntry> Entries { get; } =
    [
        Entry(10, "visit-recorded", Samples.Now.AddDays(-12), Samples.Visit),
        Entry(20, "instruction-issued", Samples.Now.AddDays(-9), Samples.Issued),
        Entry(30, "medicine-recorded", Samples.Now.AddDays(-6), Medicine(Today.AddDays(-5))),
        Entry(40, "medicine-stopped", Samples.Now.AddDays(-1), new MedicineStopped(Samples.Subject, Samples.Patient, "フロセミド錠", Today.AddDays(-2), "腎機能")),
    ];

    [Fact]
    public void a_medicine_is_marked_on_its_first_day_and_not_when_it_was_written_down()
    {
        var marks = ChartMark.Of(Entries, Samples.Now.AddDays(-30), Samples.Now);
        marks.Select(m => m.Kind).ShouldBe([MarkKind.Visit, MarkKind.Instruction, MarkKind.Medicine, MarkKind.Medicine]);
        JapanTime.DayOf(marks[2].At).ShouldBe(Today.AddDays(-5));
        JapanTime.DayOf(marks[3].At).ShouldBe(Today.AddDays(-2));
    }

    [Fact]
    public void what_began_before_the_period_or_was_entered_in_error_is_no_mark()
    {
        ChartMark.Of(
            [
                Entry(50, "medicine-recorded", Samples.Now.AddDays(-1), Medicine(Today.AddDays(-400))),
                Entry(60, "medicine-recorded", Samples.Now.AddDays(-1), Medicine(Today.AddDays(-1), PrescriptionStatus.EnteredInError)),
            ],
            Samples.Now.AddDays(-30), Samples.Now).ShouldBeEmpty();
    }

    [Fact]
    public void a_medicine_that_its_source_sent_again_is_marked_once()
    {
        var again = new[] { Entry(71, "medicine-recorded", Samples.Now.AddDays(-3), Medicine(Today.AddDays(-3))), Entry(72, "medicine-recorded", Samples.Now.AddDays(-2), Medicine(Today.AddDays(-3))) };
        ChartMark.Of(again, Samples.Now.AddDays(-30), Samples.Now).ShouldHaveSingleItem();
    }

    [Fact]
    public void a_year_of_daily_visits_is_drawn_as_no_more_than_can_be_told_apart()
    {
        var marks = ChartMark.Of(Enumerable.Range(0, 3000).Select(i => Entry(i * 10, "visit-recorded", Samples.Now.AddHours(-i * 2.9), Samples.Visit)), Samples.Now.AddDays(-365), Samples.Now);
        ChartMark.Drawn(marks, new ChartPlane(Samples.Now.AddDays(-365), Samples.Now, 0, 1)).Count.ShouldBeLessThan(130);
    }
}
