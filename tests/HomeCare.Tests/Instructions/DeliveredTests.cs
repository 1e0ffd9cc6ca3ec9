using HomeCare.Instructions;

namespace HomeCare.Tests.Instructions;

/// <summary>That an instruction has arrived is said once for each person, and before it is read.</summary>
public sealed class DeliveredTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly Guid Id = Ids.Of("instruction");
    private static readonly Guid Patient = People.Okamoto.PatientId;

    private static readonly InstructionIssued Issued = new(
        Id, Patient, InstructionKind.Treatment, "踵の除圧", null, Urgency.Urgent, null, new Addressee(AddresseeKind.Profession, null, Profession.Nurse), null, People.Physician.PersonId);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void it_is_said_once_for_each_person_and_names_the_device()
    {
        var delivered = Given.Events<Instruction>(Issued).When(new MarkInstructionDelivered(Id, "iPad Safari")).Accepted<InstructionDelivered>();
        delivered.ShouldBe(new InstructionDelivered(Id, Patient, People.Nurse.PersonId, "iPad Safari"));
        var given = Given.Events<Instruction>(Issued, delivered);
        given.When(new MarkInstructionDelivered(Id, "Windows Edge")).IsAlreadySo();
        given.By(People.OtherNurse).When(new MarkInstructionDelivered(Id, "Windows Edge")).Accepted<InstructionDelivered>();
        given.By(People.Physician).When(new MarkInstructionDelivered(Id, "iPhone Safari")).IsAlreadySo();
        given.When(new MarkInstructionDelivered(Id, "")).IsInvalid("device", "field.required");
        given.When(new MarkInstructionDelivered(Id, new string('a', 41))).IsInvalid("device", "field.too_long");
    }

    [Fact]
    public void what_was_changed_arrives_anew_and_what_is_over_no_more()
    {
        var delivered = new InstructionDelivered(Id, Patient, People.Nurse.PersonId, "iPad Safari");
        var changed = Given.Events<Instruction>(Issued, delivered).By(People.Physician).When(new ChangeInstruction(Id, "踵と仙骨の除圧", "発赤")).Accepted<InstructionChanged>();
        Given.Events<Instruction>(Issued, delivered, changed).When(new MarkInstructionDelivered(Id, "iPad Safari")).Accepted<InstructionDelivered>();
        Given.Events<Instruction>(Issued, new InstructionClosed(Id, Patient, true, "中止")).When(new MarkInstructionDelivered(Id, "iPad Safari")).IsAlreadySo();
    }

    [Fact]
    public async Task it_is_written_once_however_often_a_page_looks_and_stands_with_the_instruction()
    {
        var c = await database.FoundAsync();
        var issue = c.Instruct("踵の除圧");
        await c.Must(c.Physician, issue);
        var deliveries = new InstructionDeliveries(database.Care);
        var waiting = (await c.Instructions.AwaitingAsync(c.Nurse, Ct)).ShouldHaveSingleItem();
        waiting.IsToArriveAt(c.Nurse).ShouldBeTrue();
        await deliveries.RecordAsync(c.Nurse, [issue.InstructionId], "iPad Safari", Ct);
        var head = await database.Store.HeadAsync(Ct);
        (await c.Instructions.AwaitingAsync(c.Nurse, Ct)).ShouldHaveSingleItem().IsToArriveAt(c.Nurse).ShouldBeFalse();
        // Nor is it written where it waits for nobody, belongs to somebody else's record or has been written already.
        waiting.IsToArriveAt(c.Physician).ShouldBeFalse();
        foreach (var by in new[] { c.Nurse, c.Physician, c.Daughter, c.OtherNurse })
        {
            await deliveries.RecordAsync(by, [issue.InstructionId, Ids.Of("no such instruction")], "Windows Edge", Ct);
        }

        (await database.Store.ReadAllAsync(head, 10, c.Tenant, Ct)).ShouldBeEmpty();
        // On which devices the team works is no matter of relatives.
        (await c.Instructions.OfPatientAsync(c.Daughter, c.Patient, closedToo: false, Ct))!.ShouldHaveSingleItem().Deliveries.ShouldBeEmpty();
        (await c.Instructions.SomeAsync(c.Daughter, c.Patient, [issue.InstructionId], Ct))!.ShouldHaveSingleItem().Deliveries.ShouldBeEmpty();
        (await c.Instructions.OpenAsync(c.Daughter, Ct)).ShouldAllBe(i => i.Deliveries.Count == 0);
        var card = (await c.Instructions.OfPatientAsync(c.Physician, c.Patient, closedToo: false, Ct))!.ShouldHaveSingleItem();
        (card.Deliveries.ShouldHaveSingleItem().Name, card.Deliveries[0].Device, card.Reads.Count).ShouldBe((c.Nurse.Name, "iPad Safari", 0));
        await c.Must(c.Physician, new ChangeInstruction(issue.InstructionId, "仙骨の除圧", "発赤"));
        (await c.Instructions.OfPatientAsync(c.Physician, c.Patient, closedToo: false, Ct))![0].Deliveries.ShouldBeEmpty();
    }
}
