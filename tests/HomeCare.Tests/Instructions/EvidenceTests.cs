using HomeCare.Instructions;
using HomeCare.Organisations;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Instructions;

/// <summary>What shows that an instruction was carried out leads to where it stands, and who countersigned is on record; on PostgreSQL.</summary>
public sealed class EvidenceTests(CareDatabase database) : IClassFixture<CareDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(9));

    private Community c = null!;
    private IssueInstruction issue = null!;

    public async ValueTask InitializeAsync()
    {
        database.Time.Now = Noon;
        c = await database.FoundAsync();
        issue = c.Instruct("SpO₂を再測定し、創部の写真を撮る");
        await c.Must(c.Physician, issue);
        database.Time.Now = Noon.AddMinutes(30);
        await c.Must(c.Nurse, new TakeInstruction(issue.InstructionId));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EvidenceReader Reader => new(database.Source, database.Access);

    private RecordVisit Visit(DateTimeOffset from, params WoundPhoto[] photos) => new(Guid.CreateVersion7(), c.Patient, from, from.AddMinutes(20))
    {
        Note = new VisitNote("仙骨部"), Vitals = new Vitals(from.AddMinutes(5)) { SpO2 = 93 }, Photos = photos,
    };

    private static WoundPhoto Photo(DateTimeOffset at) => new(Guid.CreateVersion7(), new string('a', 64), 1000, "image/jpeg", 10, 10, at, "仙骨部");

    private CompleteInstruction Complete(params EvidenceSource[] links) => new(issue.InstructionId, "実施", database.Time.Now, null, links);

    private async Task RefusedAsync(string key, EvidenceSource source) =>
        (await c.DoAsync(c.Nurse, Complete(source))).ShouldBeOfType<Outcome.Invalid>().Errors.ShouldHaveSingleItem().Key.ShouldBe(key);

    private async Task<InstructionCard> CardAsync(Guid? id = null) => (await c.Instructions.SomeAsync(c.Physician, c.Patient, [id ?? issue.InstructionId], Ct))!.ShouldHaveSingleItem();

    [Fact]
    public async Task readings_a_photograph_and_an_entry_are_offered_and_linked_to_where_they_stand()
    {
        var photo = Photo(Noon.AddMinutes(12));
        var visit = Visit(Noon.AddMinutes(5), photo);
        var measured = new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Noon.AddMinutes(20)) { SpO2 = 95 });
        await c.Must(c.Nurse, visit);
        await c.Must(c.Nurse, measured);

        var offered = (await Reader.SinceIssueAsync(c.Nurse, c.Patient, issue.InstructionId, Ct))!;
        offered.Select(o => (o.Link.Kind, o.Link.Id)).ShouldBe(
            [(EvidenceKind.Vitals, measured.MeasurementId), (EvidenceKind.Photo, photo.PhotoId), (EvidenceKind.Vitals, visit.VisitId), (EvidenceKind.Entry, visit.VisitId)], ignoreOrder: true);
        offered.ShouldAllBe(o => o.AuthorName == c.Nurse.Name);
        (await Reader.SinceIssueAsync(c.OtherNurse, c.Patient, issue.InstructionId, Ct)).ShouldBeNull("who does not belong sees nothing");

        var sources = offered.Select(o => new EvidenceSource(o.Link.Kind, o.Link.Id)).ToArray();
        await c.Must(c.Nurse, Complete(sources));
        (await CardAsync()).Evidence.ShouldBe(offered.Select(o => o.Link), ignoreOrder: true);
    }

    [Fact]
    public async Task what_only_the_team_sees_is_neither_offered_nor_linked_because_relatives_see_the_instruction()
    {
        var photo = Photo(Noon.AddMinutes(12));
        var hidden = Visit(Noon.AddMinutes(5), photo) with { TeamOnly = true };
        await c.Must(c.Nurse, hidden);

        (await Reader.SinceIssueAsync(c.Nurse, c.Patient, issue.InstructionId, Ct))!.ShouldBeEmpty();
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Vitals, hidden.VisitId));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Photo, photo.PhotoId));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Entry, hidden.VisitId));
    }

    [Fact]
    public async Task a_visit_entered_in_error_shows_nothing_and_neither_does_its_photograph()
    {
        var photo = Photo(Noon.AddMinutes(12));
        var wrong = Visit(Noon.AddMinutes(5), photo);
        await c.Must(c.Nurse, wrong);
        await c.Must(c.Nurse, new EnterVisitInError(wrong.VisitId, "別人"));

        (await Reader.SinceIssueAsync(c.Nurse, c.Patient, issue.InstructionId, Ct))!.ShouldBeEmpty();
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Photo, photo.PhotoId));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Entry, wrong.VisitId));
    }

    [Fact]
    public async Task what_is_not_there_another_persons_or_from_before_the_issue_shows_nothing()
    {
        var before = new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Noon.AddHours(-1)) { SpO2 = 88 });
        await c.Must(c.Nurse, before);
        var late = Visit(Noon.AddHours(-2));
        await c.Must(c.Nurse, late with { Vitals = null });
        await c.Must(c.Admin, new HomeCare.CareTeams.JoinCareTeam(c.Stranger, PersonId: c.Nurse.PersonId));
        var others = new RecordVitals(Guid.CreateVersion7(), c.Stranger, new Vitals(database.Time.Now) { SpO2 = 97 });
        await c.Must(c.Nurse, others);

        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Vitals, Guid.CreateVersion7()));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Vitals, others.MeasurementId));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Photo, before.MeasurementId));
        var othersPhoto = Photo(Noon.AddMinutes(12));
        var othersVisit = Visit(Noon.AddMinutes(5), othersPhoto) with { PatientId = c.Stranger };
        await c.Must(c.Nurse, othersVisit);
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Photo, othersPhoto.PhotoId));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Entry, othersVisit.VisitId));
        await RefusedAsync("instruction.evidence_before_issue", new EvidenceSource(EvidenceKind.Vitals, before.MeasurementId));
        await RefusedAsync("field.not_a_choice", new EvidenceSource(EvidenceKind.Visit, late.VisitId));
        await c.Must(c.Nurse, new EnterVitalsInError(before.MeasurementId, "別の人"));
        await RefusedAsync("instruction.evidence_unknown", new EvidenceSource(EvidenceKind.Vitals, before.MeasurementId));
        (await CardAsync()).Status.ShouldBe(InstructionStatus.Taken, "nothing was reported");
        await c.Must(c.Nurse, Complete(new EvidenceSource(EvidenceKind.Entry, late.VisitId)));
    }

    [Fact]
    public async Task an_entry_that_was_written_before_the_issue_shows_nothing()
    {
        var visit = Visit(Noon.AddMinutes(5));
        await c.Must(c.Nurse, visit);
        issue = c.Instruct("もう一度、体位変換");
        await c.Must(c.Physician, issue);
        await c.Must(c.Nurse, new TakeInstruction(issue.InstructionId));
        await RefusedAsync("instruction.evidence_before_issue", new EvidenceSource(EvidenceKind.Entry, visit.VisitId));
    }

    [Fact]
    public async Task what_was_done_during_a_visit_leads_to_the_visits_record_once_that_is_written()
    {
        var visit = Visit(Noon.AddMinutes(5));
        await c.Must(c.Nurse, new CompleteInstruction(issue.InstructionId, "実施", database.Time.Now, visit.VisitId));
        (await CardAsync()).Evidence.ShouldBeEmpty();
        var done = await c.Must(c.Nurse, visit);
        var link = (await CardAsync()).Evidence.ShouldHaveSingleItem();
        (link.Kind, link.Id, link.Sequence).ShouldBe((EvidenceKind.Visit, visit.VisitId, done.Receipt.Sequence));
    }

    [Fact]
    public async Task a_countersignature_has_an_owner_is_passed_up_and_is_on_record()
    {
        var colleague = await c.JoinAsync("大野 拓也", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        var order = c.Instruct("PCA の流量を変える") with { Urgency = Urgency.Urgent, Countersign = new CountersignRequest(CountersignBefore.Do, colleague.PersonId) };
        await c.Must(c.Physician, order);
        await c.Must(c.Nurse, new TakeInstruction(order.InstructionId));
        var waiting = await CardAsync(order.InstructionId);
        (waiting.Owner!.PersonId, waiting.AwaitsMe(colleague), waiting.AwaitsMe(c.Nurse)).ShouldBe((colleague.PersonId, true, false));
        await c.Refused(c.Nurse, new CompleteInstruction(order.InstructionId, "実施", database.Time.Now), RefusalKind.Conflict, "instruction.not_countersigned");

        // The colleague leaves: the physician is asked, who alone can decide now.
        await c.Must(c.Admin, new HomeCare.People.LeaveOrganisation(colleague.PersonId, colleague.OrganisationId!.Value));
        (await CardAsync(order.InstructionId)).Owner!.Why.ShouldBe(Unowned.LeftTheTeam);
        await new Escalations(database.Source, database.Care, database.Time).AskAsync(Ct);
        var asked = await CardAsync(order.InstructionId);
        (asked.Escalation!.Step, asked.Escalation.Reason, asked.Owner!.PersonId).ShouldBe((LedgerStep.Countersign, EscalationReason.LeftTheTeam, c.Physician.PersonId));

        var third = await c.JoinAsync("長谷川 文", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        await c.Refused(third, new CountersignInstruction(order.InstructionId), RefusalKind.Forbidden, "instruction.countersign_for_another");
        database.Time.Now = database.Time.Now.AddMinutes(10);
        await new Escalations(database.Source, database.Care, database.Time).AskAsync(Ct);
        (await CardAsync(order.InstructionId)).Owner!.PersonId.ShouldBe(third.PersonId);
        await c.Must(third, new CountersignInstruction(order.InstructionId, "量を確認"));
        var signed = await CardAsync(order.InstructionId);
        (signed.CountersignedByName, signed.CountersignComment, signed.Owner!.PersonId, signed.Escalation).ShouldBe((third.Name, "量を確認", c.Nurse.PersonId, null));
        await c.Must(c.Nurse, new CompleteInstruction(order.InstructionId, "実施", database.Time.Now));
    }

    [Fact]
    public async Task however_many_standing_orders_there_are_a_round_asks_for_their_occasions_in_one_go()
    {
        var node = new Escalations(database.Source, database.Care, database.Time);
        await StandAsync(2);
        await node.AskAsync(Ct); // opens what is due, so that nothing is left to do
        var few = await StatementsAsync();
        await StandAsync(12);
        await node.AskAsync(Ct);
        (await StatementsAsync()).ShouldBe(few);

        async Task<int> StatementsAsync()
        {
            using var counted = new Statements();
            await node.AskAsync(Ct);
            counted.Count.ShouldBeGreaterThan(0);
            return counted.Count;
        }

        async Task StandAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await c.Must(c.Physician, c.Instruct($"血糖 {i}") with { Standing = new StandingOrder(Noon.AddDays(9), new OrderCondition(VitalSign.Glucose, Below: 70)) });
                await c.Must(c.Physician, c.Instruct($"体位変換 {i}") with { Standing = new StandingOrder(Noon.AddDays(9), Every: new OrderSchedule([new TimeOnly(13, 0), new TimeOnly(14, 0)], [])) });
            }
        }
    }
}
