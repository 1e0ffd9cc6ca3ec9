using HomeCare.NursingOrders;
using static HomeCare.NursingOrders.NursingOrderKind;
using static HomeCare.Tests.NursingOrders.Orders;

namespace HomeCare.Tests.NursingOrders;

/// <summary>When an order's end is spoken of, and which visits lie beyond it.</summary>
public sealed class OrderWarningsTests
{
    [Theory]
    [InlineData(31, OrderWarning.None)]
    [InlineData(30, OrderWarning.Month)]
    [InlineData(15, OrderWarning.Month)]
    [InlineData(14, OrderWarning.Fortnight)]
    [InlineData(8, OrderWarning.Fortnight)]
    [InlineData(7, OrderWarning.Week)]
    [InlineData(0, OrderWarning.Week)]
    [InlineData(-1, OrderWarning.Expired)]
    [InlineData(-90, OrderWarning.Expired)]
    [InlineData(-91, OrderWarning.None)]
    public void thirty_fourteen_and_seven_days_before(int left, OrderWarning warning)
    {
        var card = Card(1, Ordinary, Today.AddDays(left - 180), Today.AddDays(left));
        OrderWarnings.Of(card, [card], Today).ShouldBe(warning);
    }

    [Fact]
    public void nothing_is_said_of_a_period_as_short_as_the_warning()
    {
        var special = Card(1, Special, Today, Today.AddDays(13));
        OrderWarnings.Of(special, [special], Today).ShouldBe(OrderWarning.None);
        OrderWarnings.Of(special, [special], Today.AddDays(6)).ShouldBe(OrderWarning.Week);
        OrderWarnings.Of(special, [special], Today.AddDays(14)).ShouldBe(OrderWarning.None, "it ended as it was meant to");
        var infusion = Card(2, Infusion, Today, Today.AddDays(6));
        OrderWarnings.Of(infusion, [infusion], Today.AddDays(6)).ShouldBe(OrderWarning.None);
    }

    [Fact]
    public void nothing_is_said_once_the_next_follows_without_a_gap()
    {
        var card = Card(1, Ordinary, Today.AddDays(-100), Today.AddDays(5));
        OrderWarnings.Of(card, [card, Card(2, Ordinary, Today.AddDays(6), Today.AddDays(60)) with { Status = NursingOrderStatus.Issued, SignedOn = null }], Today).ShouldBe(OrderWarning.None);
        OrderWarnings.Of(card, [card, Card(2, Ordinary, Today.AddDays(7), Today.AddDays(60))], Today).ShouldBe(OrderWarning.Week, "a day lies between");
        OrderWarnings.Of(card, [card, Card(2, Ordinary, Today.AddDays(6), Today.AddDays(60)) with { Status = NursingOrderStatus.Draft, SignedOn = null }], Today).ShouldBe(OrderWarning.Week);
        OrderWarnings.Of(card, [card, Card(2, Psychiatric, Today.AddDays(6), Today.AddDays(60))], Today).ShouldBe(OrderWarning.Week);
    }

    [Fact]
    public void a_visit_after_the_last_day_lies_beyond_the_order_and_one_before_the_first_order_does_not()
    {
        var coverage = new OrderCoverage([new(new(2026, 3, 1), new(2026, 8, 31)), new(new(2026, 9, 5), new(2026, 9, 30))]);
        coverage.ExpiredBefore(new(2026, 8, 31)).ShouldBeNull();
        coverage.ExpiredBefore(new(2026, 9, 1)).ShouldBe(new DateOnly(2026, 8, 31));
        coverage.ExpiredBefore(new(2026, 9, 5)).ShouldBeNull();
        coverage.ExpiredBefore(new(2026, 10, 1)).ShouldBe(new DateOnly(2026, 9, 30));
        coverage.ExpiredBefore(new(2026, 2, 1)).ShouldBeNull();
        OrderCoverage.None.ExpiredBefore(new(2026, 10, 1)).ShouldBeNull();
    }

    [Fact]
    public void the_next_period_follows_the_last_and_is_as_long()
    {
        NursingOrderPrefill.Period(Ordinary, Card(1, Ordinary, new(2026, 6, 1), new(2026, 11, 30)), Today).ShouldBe((new DateOnly(2026, 12, 1), new DateOnly(2027, 5, 31)));
        NursingOrderPrefill.Period(Ordinary, Card(1, Ordinary, new(2026, 5, 1), new(2026, 10, 31)), Today).ShouldBe((Today, NursingOrderLimits.LastDayOfMonths(Today, 6)), "it is over already");
        var blank = Card(1, Ordinary, new(2026, 11, 1), new(2026, 11, 30));
        NursingOrderPrefill.Period(Ordinary, blank with { Content = blank.Content with { Until = null } }, Today).ShouldBe((new DateOnly(2026, 12, 1), null));
        NursingOrderPrefill.Period(Special, null, Today).ShouldBe((Today, Today.AddDays(13)));
        NursingOrderPrefill.Period(Infusion, null, Today).ShouldBe((Today, Today.AddDays(6)));
    }

    internal static NursingOrderCard Card(int n, NursingOrderKind kind, DateOnly from, DateOnly until) => new(
        Id(n), Patient, People.Okamoto.Name, People.Okamoto.BirthDate, kind, "2024-06", NursingOrderStatus.Signed, until, "みなと訪問看護", People.Physician.PersonId,
        People.Physician.Name, "佐藤クリニック", Content(kind, from, until), null, Clock.Now, from, from, People.Physician.Name, null, null, null, null);
}
