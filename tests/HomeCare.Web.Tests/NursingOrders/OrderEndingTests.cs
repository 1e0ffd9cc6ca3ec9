using Bunit;
using HomeCare.NursingOrders;
using HomeCare.Web.Board;
using HomeCare.Web.Tests.Patients;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.NursingOrders;

/// <summary>On the board stands which order runs out, and leads to it.</summary>
public sealed class OrderEndingTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Samples.Now);

    private static NursingOrderCard Order(int daysLeft, NursingOrderStatus status = NursingOrderStatus.Signed) => new(
        Guid.CreateVersion7(), Samples.Patient, "岡本 フミ", null, NursingOrderKind.Ordinary, "2024-06", status, Today.AddDays(daysLeft), "みなと訪問看護", Samples.Reader.PersonId, Samples.Reader.Name, null,
        new NursingOrderContent(Ids.Of($"station {daysLeft}"), Today.AddDays(daysLeft - 150)), null, Samples.Now, Today, Today, null, null, null, null, null);

    [Theory]
    [InlineData(31, OrderWarning.None), InlineData(30, OrderWarning.Month), InlineData(14, OrderWarning.Fortnight), InlineData(7, OrderWarning.Week), InlineData(-1, OrderWarning.Expired)]
    public void an_order_is_spoken_of_at_thirty_fourteen_and_seven_days_and_afterwards(int daysLeft, OrderWarning warning) =>
        (OrderEnding.Of([Order(daysLeft)], Today)?.Warning ?? OrderWarning.None).ShouldBe(warning);

    [Fact]
    public void the_one_that_presses_most_stands_there()
    {
        NursingOrderCard[] orders = [Order(20), Order(3), Order(10), Order(1, NursingOrderStatus.Draft)];
        OrderEnding.Of(orders, Today)!.OrderId.ShouldBe(orders[1].OrderId);
        OrderEnding.Of([], Today).ShouldBeNull();
    }

    [Theory]
    [InlineData("ja", "残り5日"), InlineData("en", "5 days left")]
    public async Task the_row_says_it_and_leads_to_the_order(string language, string words)
    {
        using var pages = new Pages(language);
        var ending = new OrderEnding(Ids.Of("order"), Today.AddDays(5), OrderWarning.Week);
        var row = pages.Render<RowView>(p => p.Add(r => r.Row, BoardRow.Of(PatientRowTests.Line, Samples.Now)).Add(r => r.Today, Today).Add(r => r.Ending, ending));
        row.Find("a.board-order").TextContent.Trim().ShouldBe(words);
        row.Find("a.board-order").GetAttribute("href").ShouldBe($"/patients/{PatientRowTests.Line.PatientId}/orders/{ending.OrderId}");
        await row.InvokeAsync(() => row.Instance.Take(BoardRow.Of(PatientRowTests.Line, Samples.Now), null));
        row.FindAll("a.board-order").ShouldBeEmpty();
    }
}
