using FsCheck;
using FsCheck.Fluent;
using HomeCare.NursingOrders;
using static HomeCare.NursingOrders.NursingOrderKind;
using static HomeCare.Tests.NursingOrders.Orders;

namespace HomeCare.Tests.NursingOrders;

/// <summary>Whatever physicians ask for in whatever order: what was accepted keeps every limit, counted anew by other means.</summary>
public sealed class NursingOrderPropertyTests
{
    private static readonly Actor[] Physicians = [People.Physician, People.As(Profession.Physician, "森 由美", People.Clinic), People.As(Profession.Physician, "よその医師", Ids.Of("test", "elsewhere"))];
    private static readonly Guid[] Stations = [Station, Ids.Of("test", "station", "2")];
    private static readonly NursingOrderKind[] Kinds = Enum.GetValues<NursingOrderKind>();

    /// <summary>One thing asked: numbers from which its command is made.</summary>
    public sealed record Ask(int What, int Order, int Kind, int Who, int Where, int Day, int Length, bool Reason);

    private static readonly Gen<Ask> Asks =
        from what in Gen.Choose(0, 9)
        from order in Gen.Choose(0, 11)
        from kind in Gen.Choose(0, Kinds.Length - 1)
        from who in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
        from place in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Constant(1)))
        from day in Gen.Choose(-80, 0)
        from length in Gen.Frequency((4, Gen.Choose(0, 15)), (1, Gen.Choose(16, 200)))
        from reason in Gen.Elements(true, false)
        select new Ask(what, order, kind, who, place, day, length, reason);

    [Fact]
    public void what_was_accepted_keeps_every_limit() =>
        Prop.ForAll(Asks.ListOf(120).ToArbitrary(), asks =>
        {
            var events = new List<object>();
            foreach (var ask in asks)
            {
                events.AddRange(Do(ask, events));
            }

            Check(events);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void accepted_orders_of_every_kind_come_up_so_that_the_check_is_not_empty()
    {
        var kinds = new HashSet<NursingOrderKind>();
        // The rarest kind is missing from some runs of a hundred.
        for (var round = 0; round < 10 && !kinds.SetEquals(Kinds); round++)
        {
            Prop.ForAll(Asks.ListOf(200).ToArbitrary(), asks =>
            {
                var events = new List<object>();
                foreach (var ask in asks)
                {
                    events.AddRange(Do(ask, events));
                }

                kinds.UnionWith(events.OfType<NursingOrderSigned>().Select(s => s.Kind));
            }).QuickCheckThrowOnFailure();
        }

        kinds.ShouldBe(Kinds, ignoreOrder: true);
    }

    [Fact]
    public void a_period_of_months_ends_where_the_next_begins() =>
        Prop.ForAll(Gen.Choose(0, 4000).ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (offset, months) =>
        {
            var from = new DateOnly(2024, 1, 1).AddDays(offset);
            var last = NursingOrderLimits.LastDayOfMonths(from, months);
            last.ShouldBeGreaterThanOrEqualTo(from);
            var next = from.AddMonths(months);
            // The day after it is the same day of the month, or the first of a month where there is no such day.
            last.AddDays(1).ShouldBeOneOf(next, new DateOnly(next.Year, next.Month, 1).AddMonths(1));
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<object> Do(Ask ask, IReadOnlyList<object> events)
    {
        var kind = Kinds[ask.Kind];
        var from = Today.AddDays(ask.Day);
        var content = Content(kind, from, from.AddDays(ask.Length), from) with { StationId = Stations[ask.Where], SecondReason = ask.Reason ? SecondSpecialReason.TrachealCannula : null };
        ICommand<NursingOrderBook> command = ask.What switch
        {
            <= 2 => new DraftNursingOrder(Id(ask.Order), Patient, kind, content),
            <= 5 => new IssueNursingOrder(Id(ask.Order), Patient),
            <= 8 => new SignNursingOrder(Id(ask.Order), Patient, Today),
            _ => new WithdrawNursingOrder(Id(ask.Order), Patient, "改める"),
        };
        var then = Given.Events<NursingOrderBook>([.. events]).ByPhysician().Knowing(Stations[ask.Where], "訪問看護").By(Physicians[ask.Who]).When(command);
        return then.Decision is Decision.Accepted accepted ? accepted.Events : [];
    }

    /// <summary>Counts from the events alone, without the product's state and limits.</summary>
    private static void Check(IReadOnlyList<object> events)
    {
        var drafts = new Dictionary<Guid, NursingOrderDrafted>();
        var standing = new Dictionary<Guid, NursingOrderDrafted>();
        var signed = new HashSet<Guid>();
        var given = new Dictionary<Guid, NursingOrderDrafted>();
        foreach (var e in events)
        {
            switch (e)
            {
                case NursingOrderDrafted d:
                    standing.ShouldNotContainKey(d.OrderId, "a confirmed order was changed");
                    drafts[d.OrderId] = d;
                    break;
                case NursingOrderIssued i:
                    standing[i.OrderId] = given[i.OrderId] = drafts[i.OrderId];
                    IsWithin(i, drafts[i.OrderId]);
                    HasPlace(i, drafts[i.OrderId], standing, given);
                    break;
                case NursingOrderSigned s:
                    standing.ShouldContainKey(s.OrderId);
                    signed.Add(s.OrderId);
                    break;
                case NursingOrderWithdrawn w:
                    standing.Remove(w.OrderId);
                    if (!signed.Contains(w.OrderId))
                    {
                        given.Remove(w.OrderId);
                    }

                    break;
            }
        }
    }

    private static void IsWithin(NursingOrderIssued issued, NursingOrderDrafted order)
    {
        var days = issued.LastDay.DayNumber - issued.From.DayNumber + 1;
        days.ShouldBeGreaterThan(0);
        days.ShouldBeLessThanOrEqualTo(order.Kind switch { Ordinary or Psychiatric or Suction => 184, Infusion => 7, _ => 14 });
        if (order.Kind is Special or PsychiatricSpecial)
        {
            (issued.LastDay.DayNumber - order.Content.ExaminedOn!.Value.DayNumber + 1).ShouldBeLessThanOrEqualTo(14);
        }
    }

    private static void HasPlace(NursingOrderIssued issued, NursingOrderDrafted order, Dictionary<Guid, NursingOrderDrafted> standing, Dictionary<Guid, NursingOrderDrafted> given)
    {
        var others = standing.Values.Where(o => o.OrderId != order.OrderId).ToList();
        var days = Days(order).ToHashSet();
        others.Where(o => o.Kind == order.Kind && o.Content.StationId == order.Content.StationId).Any(o => Days(o).Any(days.Contains)).ShouldBeFalse("two orders overlap");
        switch (order.Kind)
        {
            case Ordinary or Psychiatric:
                others.Any(o => o.Kind == order.Kind && o.InstitutionId != order.InstitutionId && Days(o).Any(days.Contains)).ShouldBeFalse("two institutions order");
                break;
            case Special or PsychiatricSpecial:
                others.Any(o => o.Kind == (order.Kind == Special ? Ordinary : Psychiatric) && o.PhysicianId == order.PhysicianId && Days(o).Contains(issued.From)).ShouldBeTrue("it stands on no order");
                var month = given.Values.Where(o => o.Kind == order.Kind && Month(o) == Month(order)).Select(o => o.Content.ExaminedOn).Distinct().Count();
                month.ShouldBeLessThanOrEqualTo(order.Kind == Special && order.Content.SecondReason is not null ? 2 : month == 2 && given.Values.Any(o => o.Content.ExaminedOn == order.Content.ExaminedOn && o.OrderId != order.OrderId) ? 2 : 1);
                break;
            case Infusion:
                given.Values.Where(o => o.Kind == Infusion && Week(o) == Week(order)).Select(o => o.Content.From).Distinct().Count().ShouldBe(1);
                break;
        }

        static (int, int) Month(NursingOrderDrafted o) => (o.Content.ExaminedOn!.Value.Year, o.Content.ExaminedOn.Value.Month);

        // 4 January 1970 is a Sunday.
        static int Week(NursingOrderDrafted o) => (o.Content.From.DayNumber - new DateOnly(1970, 1, 4).DayNumber) / 7;

        static IEnumerable<DateOnly> Days(NursingOrderDrafted o) =>
            Enumerable.Range(0, o.Content.Until!.Value.DayNumber - o.Content.From.DayNumber + 1).Select(n => o.Content.From.AddDays(n));
    }
}
