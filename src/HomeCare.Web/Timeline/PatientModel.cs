using HomeCare.Communities;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Timeline;

/// <summary>What the patient's page was drawn with.</summary>
/// <param name="Summary">Who it is and what everybody must know.</param>
/// <param name="Page">The newest entries.</param>
/// <param name="SeenUpTo">The last entry that this reader had seen before.</param>
/// <param name="ReadAt">When it was read: up to here it is complete.</param>
/// <param name="Open">Instructions not yet closed.</param>
/// <param name="Cards">Instructions of the entries shown, as they stand.</param>
/// <param name="Trends">Thirty days.</param>
/// <param name="Planned">Visits to come.</param>
/// <param name="Scores">NEWS2 of thirty days, oldest first.</param>
/// <param name="Acts">What the community does when a score asks for something.</param>
public sealed record PatientModel(
    PatientSummary Summary, TimelinePage Page, long SeenUpTo, DateTimeOffset ReadAt, IReadOnlyList<InstructionCard> Open, IReadOnlyList<InstructionCard> Cards,
    IReadOnlyList<Trend> Trends, IReadOnlyList<VisitCard> Planned, IReadOnlyList<ScoredSet> Scores, News2Acts Acts)
{
    /// <summary>Written orders that stand or ended not long ago, without their words; null: this reader sees none.</summary>
    public IReadOnlyList<NursingOrderCard>? Orders { get; init; }

    /// <summary>What is pointed out; null: this reader is shown none.</summary>
    public HomeCare.Watching.Watched? Alerts { get; init; }

    /// <summary>On which days visits stand on an order.</summary>
    public OrderCoverage Coverage { get; init; } = OrderCoverage.None;

    /// <summary>Handovers about this person that wait for the reader to acknowledge them.</summary>
    public IReadOnlyList<HandoverCard> Handovers { get; init; } = [];

    /// <summary>Conversations about this person that wait for the reader.</summary>
    public int Talks { get; init; }
}
