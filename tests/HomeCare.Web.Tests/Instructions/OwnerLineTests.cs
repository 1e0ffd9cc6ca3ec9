using Bunit;
using HomeCare.Instructions;
using HomeCare.Web.Instructions;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Tests.Timeline;

namespace HomeCare.Web.Tests.Instructions;

public sealed class OwnerLineTests
{
    private static string Text(InstructionCard card, string language = "ja")
    {
        using var pages = new Pages(language);
        return pages.Render<OwnerLine>(p => p.Add(l => l.Card, card).Add(l => l.Now, Samples.Now)).Words();
    }

    [Fact]
    public void nobodys_says_since_when_and_why()
    {
        var card = Samples.Card with { Owner = new Owner(null, null, Unowned.LeftTheTeam, Samples.Now.AddHours(-3)) };
        Text(card).ShouldContain("担当なし 3時間");
        Text(card).ShouldContain("チームを離れました");
        Text(card, "en").ShouldContain("Nobody's for 3 h");
    }

    [Fact]
    public void what_was_passed_up_names_who_was_asked_and_why()
    {
        var card = Samples.Card with
        {
            Owner = new Owner(Samples.Reader.PersonId, "大野 拓也", null, Samples.Now),
            Escalation = new Asking(1, LedgerStep.Take, EscalationReason.Overdue, Samples.Reader.PersonId, "大野 拓也", Samples.Now),
        };
        Text(card).ShouldContain("引き上げ先・大野 拓也");
        Text(card).ShouldContain("指示受けの期限を過ぎたため");
    }

    [Fact]
    public void whose_it_plainly_is_is_not_said_twice()
    {
        using var pages = new Pages();
        pages.Render<OwnerLine>(p => p.Add(l => l.Card, Samples.Card with { Owner = new Owner(Samples.Nurse.PersonId, Samples.Nurse.Name, null, Samples.Now) }).Add(l => l.Now, Samples.Now))
            .Markup.Trim().ShouldBeEmpty();
    }
}
