using HomeCare.Timeline;
using HomeCare.Web.Shell;

namespace HomeCare.Web.Tests.Timeline;

public sealed class CarriedTests
{
    [Fact]
    public void every_entry_comes_out_as_it_went_in()
    {
        foreach (var sample in Samples.All)
        {
            var entry = Samples.Entry(sample) with { State = EntryState.Corrected, TeamOnly = true };
            var again = Carried.Unpack<TimelineEntry>(Carried.Pack(entry))!;
            again.Data.ShouldBeOfType(sample.GetType());
            Json.Same(again.Data, sample).ShouldBeTrue(sample.GetType().Name);
            (again with { Data = sample }).ShouldBe(entry);
        }
    }

    [Fact]
    public void an_instruction_with_its_computed_answers_comes_out_as_it_went_in() =>
        Json.Same(Carried.Unpack<HomeCare.Instructions.InstructionCard>(Carried.Pack(Samples.Card)), Samples.Card).ShouldBeTrue();

    [Fact]
    public void a_page_of_entries_fits_into_one_message_of_the_circuit()
    {
        var page = new TimelinePage([.. Enumerable.Range(1, 30).Select(i => Samples.Entry(Samples.Visit, i))], More: true, 30);
        Carried.Pack(page).Length.ShouldBeLessThan(64 * 1024);
    }
}
