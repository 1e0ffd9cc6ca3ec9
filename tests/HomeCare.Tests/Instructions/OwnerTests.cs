using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.People;

namespace HomeCare.Tests.Instructions;

/// <summary>Whose turn it is and when the next is asked, where somebody is gone, sleeps or was asked by another node.</summary>
public sealed class OwnerTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly Guid Id = Ids.Of("instruction");
    private static readonly Guid Patient = People.Okamoto.PatientId;

    private static readonly InstructionCard Card = new(
        Id, Patient, "岡本 フミ", InstructionStatus.Issued, InstructionKind.Treatment, "吸引", null, Urgency.Routine, null, new Addressee(AddresseeKind.Person, People.Nurse.PersonId), People.Nurse.Name,
        People.Physician.PersonId, People.Physician.Name, null, Clock.Ago(60), null, null, null, null, null, null, null, null, null, null, null, null, []);

    private static readonly Standing Team = new([.. new[] { People.Physician, People.Nurse }.Select(a => new TeamPerson(a.PersonId, a.Name, a.Profession, a.OrganisationId))], [], []);

    private static EscalateInstruction Ask(int rung, Actor to) => new(Id, 0, rung, LedgerStep.Read, Clock.Now, EscalationReason.Overdue, to.PersonId);

    [Fact]
    public void whoever_was_asked_and_then_left_has_it_no_longer()
    {
        var asked = Card with { Escalation = new Asking(1, LedgerStep.Read, EscalationReason.Overdue, People.OtherNurse.PersonId, People.OtherNurse.Name, Clock.Ago(5)) };
        Owner.Of(asked, Team).ShouldBe(new Owner(null, null, Unowned.LeftTheTeam, Clock.Ago(5)));
        Owner.Of(asked with { Escalation = asked.Escalation! with { ToPersonId = People.Nurse.PersonId } }, Team).PersonId.ShouldBe(People.Nurse.PersonId);
    }

    [Fact]
    public void the_same_place_in_the_cover_is_asked_once_whomever_another_node_would_ask()
    {
        var first = Given.Events<Instruction>(new InstructionIssued(
            Id, Patient, InstructionKind.Treatment, "吸引", null, Urgency.Urgent, null, new Addressee(AddresseeKind.WhoeverVisitsNext), null, People.Physician.PersonId))
            .By(Actor.Timer(People.Tenant)).Knowing(People.Nurse.Known(), People.OtherNurse.Known());
        var asked = first.When(Ask(1, People.Nurse)).Accepted<InstructionEscalated>();
        var after = first with { State = first.State.Apply(asked) };
        after.When(Ask(1, People.Nurse)).IsAlreadySo();
        after.When(Ask(1, People.OtherNurse)).IsAlreadySo();
        after.When(Ask(3, People.OtherNurse)).IsAlreadySo();
        after.When(Ask(2, People.OtherNurse)).Accepted<InstructionEscalated>();
    }

    [Fact]
    public void every_node_derives_the_same_identifier_of_an_asking_and_another_for_the_next()
    {
        var ask = Ask(1, People.Nurse);
        ask.CommandIdFor("t").ShouldBe((ask with { }).CommandIdFor("t"));
        Guid[] all = [ask.CommandIdFor("t"), ask.CommandIdFor("u"), Ask(2, People.Nurse).CommandIdFor("t"), Ask(1, People.OtherNurse).CommandIdFor("t"), (ask with { Phase = 1 }).CommandIdFor("t"), (ask with { InstructionId = Ids.Of("another") }).CommandIdFor("t")];
        all.ShouldBeUnique();
    }

    [Theory]
    [InlineData(20, 59, false), InlineData(21, 0, true), InlineData(23, 30, true), InlineData(3, 0, true), InlineData(6, 59, true), InlineData(7, 0, false)]
    public void in_quiet_hours_only_what_is_urgent_asks_the_next(int hour, int minute, bool quiet)
    {
        var now = new DateTimeOffset(2026, 11, 24, hour, minute, 0, TimeSpan.FromHours(9));
        var rules = EscalationRules.Default;
        rules.IsQuiet(now).ShouldBe(quiet);
        foreach (var urgency in Enum.GetValues<Urgency>())
        {
            var overdue = Card with { Urgency = urgency, IssuedAt = now.AddDays(-3) };
            Escalation.IsDue(overdue, rules, holderGone: false, now).ShouldBe(urgency == Urgency.Urgent || !quiet, $"{urgency}");
            Escalation.IsDue(overdue, rules, holderGone: true, now).ShouldBe(urgency == Urgency.Urgent || !quiet, $"{urgency}, whose holder is gone");
        }

        (rules with { QuietFrom = rules.QuietUntil }).IsQuiet(now).ShouldBeFalse("a community may have no quiet hours");
    }

    [Fact]
    public async Task an_addressee_who_lost_the_place_in_the_community_leaves_it_nobodys_and_the_next_is_asked_at_once()
    {
        database.Time.Now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(9));
        var c = await database.FoundAsync();
        var colleague = await c.JoinAsync("大野 拓也", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        var issue = c.Instruct("吸引") with { Addressee = new Addressee(AddresseeKind.Person, colleague.PersonId), Urgency = Urgency.Today };
        await c.Must(c.Physician, issue);
        (await CardAsync()).Owner!.PersonId.ShouldBe(colleague.PersonId);
        await c.Must(c.Admin, new DeactivatePerson(colleague.PersonId, "退職"));
        (await CardAsync()).Owner!.Why.ShouldBe(Unowned.LeftTheTeam);
        await new Escalations(database.Source, database.Care, database.Time).AskAsync(TestContext.Current.CancellationToken);
        var card = await CardAsync();
        (card.Escalation!.Reason, card.Owner!.PersonId).ShouldBe((EscalationReason.LeftTheTeam, c.Physician.PersonId), "nobody is on call: the issuer decides");

        async Task<InstructionCard> CardAsync() => (await c.Instructions.SomeAsync(c.Physician, c.Patient, [issue.InstructionId], TestContext.Current.CancellationToken))!.ShouldHaveSingleItem();
    }
}
