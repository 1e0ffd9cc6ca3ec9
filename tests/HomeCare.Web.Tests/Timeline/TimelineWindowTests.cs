using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Timeline;

public sealed class TimelineWindowTests
{
    private static TimelineEntry At(long minute, long? sequence = null) =>
        Samples.Entry(Samples.Visit, sequence ?? minute, occurredAt: Samples.Now.AddMinutes(minute));

    private static TimelinePage Page(long from, int count, bool more) =>
        new([.. Enumerable.Range(0, count).Select(i => At(from - i))], more, 1000);

    private static IEnumerable<long> Minutes(TimelineWindow window) => window.Entries.Select(e => e.Sequence);

    [Fact]
    public void an_entry_takes_its_clinical_place_not_that_of_its_arrival()
    {
        var window = new TimelineWindow();
        window.Show(Page(10, 3, more: false));
        window.Arrive(At(9, sequence: 99)).ShouldBeTrue();
        Minutes(window).ShouldBe([10, 99, 9, 8]);
    }

    [Fact]
    public void an_entry_that_was_read_with_the_page_does_not_come_twice()
    {
        var window = new TimelineWindow();
        window.Show(Page(10, 3, more: false));
        window.Arrive(At(10)).ShouldBeFalse();
        window.Entries.Count.ShouldBe(3);
    }

    [Fact]
    public void however_far_it_is_scrolled_no_more_than_the_most_are_held_and_the_way_back_is_open()
    {
        var window = new TimelineWindow(most: 10);
        window.Show(Page(100, 6, more: true));
        window.HasNewer.ShouldBeFalse();
        window.AddOlder(Page(94, 6, more: true));
        window.Entries.Count.ShouldBe(10);
        Minutes(window).First().ShouldBe(98);
        window.HasNewer.ShouldBeTrue();

        window.AddNewer(new TimelinePage([At(100), At(99)], More: false, 1000));
        Minutes(window).ShouldBe(Enumerable.Range(91, 10).Reverse().Select(i => (long)i));
        window.HasNewer.ShouldBeFalse();
        window.HasOlder.ShouldBeTrue();
    }

    [Fact]
    public void an_entry_outside_the_stretch_is_left_to_be_read_when_it_is_scrolled_to()
    {
        var window = new TimelineWindow(most: 4);
        window.Show(Page(100, 4, more: true));
        window.AddOlder(Page(96, 2, more: true));
        window.Arrive(At(101)).ShouldBeFalse();
        window.Arrive(At(50)).ShouldBeFalse();
        Minutes(window).ShouldBe([98, 97, 96, 95]);
    }

    [Fact]
    public void a_correction_marks_what_it_speaks_of_and_nothing_else()
    {
        var window = new TimelineWindow();
        var other = At(2) with { SubjectId = Guid.CreateVersion7() };
        window.Show(new TimelinePage([other, At(1)], More: false, 10));
        window.MarkCorrected(Samples.Entry(new VitalsCorrected(Samples.Subject, Samples.Patient, Samples.Vitals, [], "読み違い"), 20));
        window.Entries.Select(e => e.State).ShouldBe([EntryState.AsWritten, EntryState.Corrected]);
    }

    [Fact]
    public void when_access_ends_nothing_is_held()
    {
        var window = new TimelineWindow();
        window.Show(Page(10, 5, more: true));
        window.Empty();
        window.Entries.ShouldBeEmpty();
        window.HasOlder.ShouldBeFalse();
        window.Arrive(At(10)).ShouldBeTrue();
    }
}
