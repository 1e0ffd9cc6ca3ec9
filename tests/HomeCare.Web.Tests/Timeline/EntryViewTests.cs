using HomeCare.Instructions;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;
using HomeCare.Web.Timeline;

namespace HomeCare.Web.Tests.Timeline;

public sealed class EntryViewTests
{
    private static IReadOnlyList<EntryView> Views(long seenUpTo, params TimelineEntry[] entries) =>
        EntryView.Of(entries, Samples.Reader, seenUpTo, new HashSet<long>(), new Dictionary<Guid, InstructionCard>(), _ => null);

    [Fact]
    public void what_others_wrote_since_the_last_look_is_unread_and_what_I_wrote_is_not()
    {
        var mine = new Author(Samples.Reader.PersonId, Samples.Reader.Name, Samples.Reader.Profession, null, null);
        Views(10, Samples.Entry(Samples.Visit, 12), Samples.Entry(Samples.Visit, 11, mine), Samples.Entry(Samples.Visit, 10))
            .Select(v => v.Unread).ShouldBe([true, false, false]);
    }

    [Fact]
    public void the_value_before_comes_from_the_last_entry_that_stands()
    {
        TimelineEntry Measured(long sequence, decimal temperature) =>
            Samples.Entry(new VitalsRecorded(Samples.Subject, Samples.Patient, new Vitals(Samples.Now) { Temperature = temperature }, [], null, null, null, null), sequence);
        var views = Views(0, Measured(3, 38.2m), Measured(2, 41.9m) with { State = EntryState.EnteredInError }, Measured(1, 36.6m));
        views[0].Before![VitalSign.Temperature].ShouldBe(36.6m);
        views[2].Before.ShouldBeNull();
    }

    [Fact]
    public void a_view_that_shows_the_same_is_kept_so_that_its_card_is_not_drawn_again()
    {
        var entries = new[] { Samples.Entry(Samples.Visit, 12), Samples.Entry(Samples.Visit, 11) };
        var first = Views(11, entries);
        EntryView Again(long seen, int index) =>
            EntryView.Of(entries, Samples.Reader, seen, new HashSet<long>(), new Dictionary<Guid, InstructionCard>(), _ => null, first)[index];
        Again(11, 0).ShouldBeSameAs(first[0]);
        Again(12, 0).ShouldNotBeSameAs(first[0]);
        Again(12, 1).ShouldBeSameAs(first[1]);
    }

    [Theory]
    [InlineData(Profession.Nurse, true)]
    [InlineData(Profession.Family, false)]
    public void only_those_who_record_visits_correct_their_vital_signs(Profession profession, bool may) =>
        EntryView.MayBeCorrectedBy(Samples.Entry(Samples.Visit), Samples.Reader with { Profession = profession }).ShouldBe(may);

    [Fact]
    public void what_was_corrected_already_is_corrected_at_its_correction() =>
        EntryView.MayBeCorrectedBy(Samples.Entry(Samples.Visit) with { State = EntryState.Corrected }, Samples.Reader with { PersonId = Samples.Nurse.PersonId, Profession = Profession.Nurse })
            .ShouldBeFalse();

    [Fact]
    public void a_note_without_vital_signs_is_corrected_by_its_author_alone()
    {
        var note = Samples.Entry(Samples.Visit with { Vitals = null });
        EntryView.MayBeCorrectedBy(note, Samples.Reader with { PersonId = Samples.Nurse.PersonId, Profession = Profession.Nurse }).ShouldBeTrue();
        EntryView.MayBeCorrectedBy(note, Samples.Reader with { Profession = Profession.Nurse }).ShouldBeFalse();
    }
}
