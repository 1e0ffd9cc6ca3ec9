using HomeCare.CareTeams;
using HomeCare.Communities;
using HomeCare.Cover;
using HomeCare.Instructions;
using HomeCare.Organisations;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Instructions;

/// <summary>Due times, the cover and whose turn it is, on PostgreSQL with a clock of the test's own.</summary>
public sealed class EscalationTests(CareDatabase database) : IClassFixture<CareDatabase>, IAsyncLifetime
{
    /// <summary>A Wednesday noon: no holiday, no quiet hour.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(9));

    private Community c = null!;
    private Actor onCall = null!;

    public async ValueTask InitializeAsync()
    {
        database.Time.Now = Noon;
        c = await database.FoundAsync();
        onCall = await c.JoinAsync("大野 拓也", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        await c.Must(c.Nurse, Rota(onCall));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Escalations Node => new(database.Source, database.Care, database.Time);

    private SetRota Rota(params Actor[] people) => new(c.Nurse.OrganisationId!.Value,
        [.. people.Select((p, i) => new RotaTurn(p.PersonId, null, [], HolidayRule.AsWeekday, new TimeOnly(9, 0), new TimeOnly(9, 0), Rank: i + 1))]);

    private IssueInstruction ToNurse(Urgency urgency = Urgency.Urgent) => c.Instruct("SpO₂を再測定") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId), Urgency = urgency };

    private async Task<InstructionCard> CardAsync(Guid id) =>
        (await c.Instructions.SomeAsync(c.Physician, c.Patient, [id], TestContext.Current.CancellationToken))!.ShouldHaveSingleItem();

    private async Task RoundAfterAsync(int minutes)
    {
        database.Time.Now = database.Time.Now.AddMinutes(minutes);
        await Node.RoundAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task unread_goes_to_the_cover_who_takes_it_and_is_the_owner()
    {
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(c.Nurse.PersonId);
        await RoundAfterAsync(9);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldBeNull();
        await RoundAfterAsync(1);
        var card = await CardAsync(issue.InstructionId);
        card.Escalation.ShouldBe(new Asking(1, LedgerStep.Read, EscalationReason.Overdue, onCall.PersonId, onCall.Name, Noon.AddMinutes(10)));
        card.Owner.ShouldBe(new Owner(onCall.PersonId, onCall.Name, null, Noon.AddMinutes(10)));
        card.AwaitsMe(onCall).ShouldBeTrue();
        await c.Must(onCall, new TakeInstruction(issue.InstructionId));
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(onCall.PersonId);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldBeNull("taking it ends the asking");
    }

    [Fact]
    public async Task whoever_of_the_cover_took_what_is_addressed_to_another_carries_it_on_to_its_end()
    {
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await RoundAfterAsync(10);
        await c.Must(onCall, new TakeInstruction(issue.InstructionId));

        var card = await CardAsync(issue.InstructionId);
        (card.IsFor(onCall), card.AwaitsMe(onCall), card.IsFor(c.Nurse)).ShouldBe((true, true, false), "it is theirs to carry out, and no longer the addressee's");
        (await c.DoAsync(onCall, new TakeInstruction(issue.InstructionId))).ShouldBeOfType<Outcome.Done>("a second press is the same act");
        await c.Must(onCall, new QuestionInstruction(issue.InstructionId, "左右どちらですか"));
        await c.Must(c.Physician, new AnswerQuestion(issue.InstructionId, "左です"));
        await c.Must(c.Physician, new ChangeInstruction(issue.InstructionId, "右に変更", "所見"));
        (await CardAsync(issue.InstructionId)).IsFor(onCall).ShouldBeTrue("what was changed stays with whoever had it");
        await c.Must(onCall, new TakeInstruction(issue.InstructionId));
        await c.Must(onCall, new DeclineInstruction(issue.InstructionId, "不在"));
    }

    [Fact]
    public async Task one_after_the_other_is_asked_and_in_the_end_the_issuer()
    {
        var third = await c.JoinAsync("長谷川 文", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        await c.Must(c.Nurse, Rota(onCall, third));
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        var asked = new List<Guid?>();
        for (var i = 0; i < 5; i++)
        {
            await RoundAfterAsync(10);
            asked.Add((await CardAsync(issue.InstructionId)).Escalation?.ToPersonId);
        }

        asked.ShouldBe([onCall.PersonId, third.PersonId, c.Physician.PersonId, null, null]);
        var card = await CardAsync(issue.InstructionId);
        card.Owner!.Why.ShouldBe(Unowned.NobodyLeft);
        card.Asked.Count.ShouldBe(4, "that nobody is left is recorded once");
    }

    [Fact]
    public async Task who_joins_the_rota_later_is_asked_then()
    {
        await c.Must(c.Nurse, Rota());
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await RoundAfterAsync(10);
        await RoundAfterAsync(10);
        (await CardAsync(issue.InstructionId)).Owner!.Why.ShouldBe(Unowned.NobodyLeft);
        await c.Must(c.Nurse, Rota(onCall));
        await RoundAfterAsync(1);
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(onCall.PersonId);
    }

    [Fact]
    public async Task quiet_hours_let_people_sleep_and_urgent_breaks_them()
    {
        database.Time.Now = Noon.AddHours(9); // 21:00
        var (today, urgent) = (ToNurse(Urgency.Today), ToNurse());
        await c.Must(c.Physician, today);
        await c.Must(c.Physician, urgent);
        await RoundAfterAsync(120);
        (await CardAsync(today.InstructionId)).Escalation.ShouldBeNull();
        (await CardAsync(urgent.InstructionId)).Escalation!.ToPersonId.ShouldBe(onCall.PersonId);
        database.Time.Now = Noon.AddHours(19); // 7:00
        await RoundAfterAsync(0);
        (await CardAsync(today.InstructionId)).Escalation!.ToPersonId.ShouldBe(onCall.PersonId);
    }

    [Fact]
    public async Task an_addressee_who_left_the_team_leaves_it_visibly_unowned_and_the_cover_is_asked_at_once()
    {
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: c.OtherNurse.PersonId));
        var issue = c.Instruct("吸引") with { Addressee = new Addressee(AddresseeKind.Person, c.OtherNurse.PersonId), Urgency = Urgency.Today };
        await c.Must(c.Physician, issue);
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.PersonId));
        var card = await CardAsync(issue.InstructionId);
        card.Owner!.Why.ShouldBe(Unowned.LeftTheTeam);
        card.NeedsLookingAfter(Noon).ShouldBeTrue();
        await RoundAfterAsync(0);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldBe(new Asking(1, LedgerStep.Read, EscalationReason.LeftTheTeam, onCall.PersonId, onCall.Name, Noon));
    }

    [Fact]
    public async Task a_taker_who_left_is_followed_by_the_cover_who_takes_it_over()
    {
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: c.OtherNurse.PersonId));
        var issue = c.Instruct("吸引");
        await c.Must(c.Physician, issue);
        await c.Must(c.OtherNurse, new TakeInstruction(issue.InstructionId));
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.PersonId));
        await RoundAfterAsync(0);
        await c.Must(onCall, new TakeInstruction(issue.InstructionId));
        await c.Must(onCall, new CompleteInstruction(issue.InstructionId, "実施", Noon));
    }

    [Fact]
    public async Task what_was_not_done_in_time_may_be_taken_over_and_the_first_can_no_longer_report_it()
    {
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await c.Must(c.Nurse, new TakeInstruction(issue.InstructionId));
        (await c.DoAsync(onCall, new TakeInstruction(issue.InstructionId))).ShouldBeOfType<Outcome.Refused>().Key.ShouldBe("instruction.for_another");
        await RoundAfterAsync(60);
        (await CardAsync(issue.InstructionId)).Escalation!.Step.ShouldBe(LedgerStep.Do);
        await c.Must(onCall, new TakeInstruction(issue.InstructionId));
        (await c.DoAsync(c.Nurse, new CompleteInstruction(issue.InstructionId, "実施", Noon)))
            .ShouldBe(new Outcome.Refused(RefusalKind.Conflict, "instruction.taken_by_another") { Who = onCall.Name });
    }

    [Fact]
    public async Task when_two_accept_at_once_one_takes_it_and_the_other_is_told_who()
    {
        var issue = c.Instruct("吸引");
        await c.Must(c.Physician, issue);
        var outcomes = await Task.WhenAll(c.DoAsync(c.Nurse, new TakeInstruction(issue.InstructionId)), c.DoAsync(onCall, new TakeInstruction(issue.InstructionId)));
        outcomes.OfType<Outcome.Done>().ShouldHaveSingleItem();
        var refused = outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem();
        refused.Who.ShouldBe((await CardAsync(issue.InstructionId)).TakenByName);
        refused.Who.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_question_that_nobody_answers_goes_to_another_physician()
    {
        var other = await c.JoinAsync("森 隆之", Profession.Physician, "佐藤クリニック", OrganisationKind.Clinic);
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await c.Must(c.Nurse, new QuestionInstruction(issue.InstructionId, "安静時ですか"));
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(c.Physician.PersonId);
        await RoundAfterAsync(15);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldBe(new Asking(1, LedgerStep.Answer, EscalationReason.Overdue, other.PersonId, other.Name, Noon.AddMinutes(15)));
        await c.Must(other, new AnswerQuestion(issue.InstructionId, "安静時です"));
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(c.Nurse.PersonId);
    }

    [Fact]
    public async Task what_is_for_whoever_comes_next_is_the_next_planned_visitors()
    {
        var issue = c.Instruct("吸引");
        await c.Must(c.Physician, issue);
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(onCall.PersonId, "nobody is planned: whoever is on call");
        await c.Must(c.Nurse, new PlanVisit(Guid.CreateVersion7(), c.Patient, Noon.AddHours(3), 60, c.Nurse.PersonId));
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(c.Nurse.PersonId);
        await c.Must(c.Nurse, Rota());
        var helper = c.Instruct("口腔ケア") with { Kind = InstructionKind.PharmacistVisit, Addressee = new Addressee(AddresseeKind.Profession, null, Profession.Pharmacist) };
        await c.Must(c.Physician, helper);
        (await CardAsync(helper.InstructionId)).Owner!.Why.ShouldBe(Unowned.NobodyNamed);
    }

    [Fact]
    public async Task the_persons_own_cover_stands_before_the_teams_rotas()
    {
        var own = await c.JoinAsync("長谷川 文", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation);
        await c.Must(c.Physician, new SetPatientCover(c.Patient, [new CoverStep(PersonId: own.PersonId)]));
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await RoundAfterAsync(10);
        (await CardAsync(issue.InstructionId)).Owner!.PersonId.ShouldBe(own.PersonId);
        (await c.DoAsync(c.Physician, new SetPatientCover(c.Patient, [new CoverStep(PersonId: c.OtherNurse.PersonId)])))
            .ShouldBe(new Outcome.Refused(RefusalKind.NotFound, "reference.unknown"), "who is not on the team would see nothing");
    }

    [Fact]
    public async Task nodes_that_go_round_together_and_one_that_comes_back_after_an_outage_ask_once()
    {
        var issues = Enumerable.Range(0, 5).Select(_ => ToNurse()).ToList();
        foreach (var issue in issues)
        {
            await c.Must(c.Physician, issue);
        }

        // Nobody looked for a day.
        database.Time.Now = Noon.AddDays(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Node.AskAsync(TestContext.Current.CancellationToken)));
        foreach (var issue in issues)
        {
            var card = await CardAsync(issue.InstructionId);
            (card.Asked.Count, card.Escalation!.Rung).ShouldBe((1, 1));
        }

        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Node.RoundAsync(TestContext.Current.CancellationToken)))).Sum(r => r ?? 0).ShouldBe(0);
    }

    [Fact]
    public async Task a_reading_that_calls_for_it_opens_an_occasion_which_somebody_owns_and_the_next_only_after_it()
    {
        var standing = c.Instruct("ブドウ糖 10 g、15分後に再測定") with
        {
            Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId), Standing = new StandingOrder(Noon.AddDays(30), new OrderCondition(VitalSign.Glucose, Below: 70)),
        };
        await c.Must(c.Physician, standing);
        await c.Must(c.Nurse, new TakeInstruction(standing.InstructionId));
        await MeasureAsync(96);
        await RoundAfterAsync(1);
        (await OpenAsync()).ShouldHaveSingleItem("96 calls for nothing");
        await MeasureAsync(58);
        await Task.WhenAll(Node.AskAsync(TestContext.Current.CancellationToken), Node.AskAsync(TestContext.Current.CancellationToken));
        var occasion = (await OpenAsync()).Single(x => x.InstructionId != standing.InstructionId);
        (occasion.Owner!.PersonId, occasion.Urgency, occasion.IssuerName).ShouldBe((c.Nurse.PersonId, Urgency.Urgent, c.Physician.Name));
        (occasion.Terms!.Occasion!.Value, occasion.Terms.Occasion.OfInstructionId).ShouldBe((58, standing.InstructionId));
        await RoundAfterAsync(5);
        await MeasureAsync(62);
        await RoundAfterAsync(0);
        (await OpenAsync()).Count.ShouldBe(2, "a further reading belongs to the open occasion");
        await c.Must(c.Nurse, new TakeInstruction(occasion.InstructionId));
        await c.Must(c.Nurse, new CompleteInstruction(occasion.InstructionId, "ブドウ糖 10 g、再測定 96", database.Time.Now));
        await RoundAfterAsync(10);
        await MeasureAsync(55);
        await RoundAfterAsync(0);
        (await OpenAsync()).Count(x => x.Terms?.Occasion is not null && !x.IsOver).ShouldBe(1, "what is measured after it calls anew");
    }

    [Fact]
    public async Task a_standing_order_is_overdue_by_itself_never_but_is_passed_up_when_its_taker_leaves()
    {
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: c.OtherNurse.PersonId));
        var standing = c.Instruct("酸素 2 L まで") with { Standing = new StandingOrder(Noon.AddDays(30)), Urgency = Urgency.Urgent };
        await c.Must(c.Physician, standing);
        await c.Must(c.OtherNurse, new TakeInstruction(standing.InstructionId));
        await RoundAfterAsync(24 * 60);
        (await CardAsync(standing.InstructionId)).Escalation.ShouldBeNull();
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.PersonId));
        await RoundAfterAsync(0);
        (await CardAsync(standing.InstructionId)).Owner!.PersonId.ShouldBe(onCall.PersonId);
    }

    [Fact]
    public async Task set_times_open_their_occasions_ahead_catch_up_after_an_outage_and_end_with_the_order()
    {
        var standing = c.Instruct("体位変換") with { Standing = new StandingOrder(Noon.AddHours(20), Every: new OrderSchedule([new TimeOnly(13, 0), new TimeOnly(18, 0)], [])) };
        await c.Must(c.Physician, standing);
        await RoundAfterAsync(0);
        (await OpenAsync()).Single(x => x.Terms?.Occasion is not null).DueAt.ShouldBe(Noon.AddHours(1));
        await RoundAfterAsync(0);
        (await OpenAsync()).Count.ShouldBe(2);
        await RoundAfterAsync(21 * 60);
        var open = await OpenAsync();
        open.Count(x => x.Terms?.Occasion is not null).ShouldBe(2, "18:00 was caught up, and nothing is opened beyond the end");
        open.Single(x => x.InstructionId == standing.InstructionId).Status.ShouldBe(InstructionStatus.Expired);
        await c.Must(c.Physician, new CloseInstruction(standing.InstructionId));
    }

    [Fact]
    public async Task each_task_of_a_change_of_medicine_is_somebodys_or_visibly_nobodys()
    {
        var change = c.Instruct("フロセミドを増やす") with { Kind = InstructionKind.Medicine, Order = new MedicineOrder("フロセミド錠", 40, "mg", "内服"), ChangesMedicine = true };
        await c.Must(c.Physician, change);
        var tasks = (await CardAsync(change.InstructionId)).Tasks.ToDictionary(t => t.Task, t => t.Owner);
        tasks[MedicineTask.Prescribe].PersonId.ShouldBe(c.Physician.PersonId);
        tasks[MedicineTask.TellFamily].PersonId.ShouldBe(onCall.PersonId);
        tasks[MedicineTask.Dispense].Why.ShouldBe(Unowned.NobodyNamed, "no pharmacist is on the team");
        (await CardAsync(change.InstructionId)).NeedsLookingAfter(Noon).ShouldBeTrue();
        await c.Must(c.Nurse, new FinishMedicineTask(change.InstructionId, MedicineTask.TellFamily, "長女へ"));
        (await CardAsync(change.InstructionId)).TasksDone.ShouldHaveSingleItem().ByName.ShouldBe(c.Nurse.Name);
    }

    [Fact]
    public async Task what_was_changed_shows_its_former_words_and_stays_with_whoever_had_it()
    {
        var issue = c.Instruct("吸引 1時間ごと");
        await c.Must(c.Physician, issue);
        await c.Must(c.Nurse, new TakeInstruction(issue.InstructionId));
        await c.Must(c.Physician, new ChangeInstruction(issue.InstructionId, "吸引 2時間ごと", "痰が減った"));
        var card = await CardAsync(issue.InstructionId);
        (card.Text, card.Status, card.TakenBy, card.Owner!.PersonId).ShouldBe(("吸引 2時間ごと", InstructionStatus.Issued, null, c.Nurse.PersonId));
        var former = card.Former.ShouldHaveSingleItem();
        (former.Text, former.ByName, former.Reason).ShouldBe(("吸引 1時間ごと", c.Physician.Name, "痰が減った"));
        card.Reads.ShouldBeEmpty();
    }

    private Task MeasureAsync(int glucose) => c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(database.Time.Now) { Glucose = new Glucose(glucose) }));

    private async Task<IReadOnlyList<InstructionCard>> OpenAsync() => (await c.Instructions.OfPatientAsync(c.Physician, c.Patient, closedToo: false, TestContext.Current.CancellationToken))!;

    [Fact]
    public async Task a_question_to_a_physician_is_passed_up_to_another_who_answers_it()
    {
        var other = await c.JoinAsync("森 隆之", Profession.Physician, "佐藤クリニック", OrganisationKind.Clinic);
        var question = new RaiseRequest(Guid.CreateVersion7(), c.Patient, InstructionKind.Question, "SpO₂ 89 %です", new Addressee(AddresseeKind.Person, c.Physician.PersonId), Urgency.Urgent);
        await c.Must(c.Nurse, question);
        (await CardAsync(question.RequestId)).Owner!.PersonId.ShouldBe(c.Physician.PersonId);
        (await CardAsync(question.RequestId)).AwaitsMe(c.Physician).ShouldBeTrue();
        await RoundAfterAsync(15);
        (await CardAsync(question.RequestId)).Owner!.PersonId.ShouldBe(other.PersonId);
        await c.Must(other, new AnswerRequest(question.RequestId, "2 L に"));
        (await CardAsync(question.RequestId)).Owner!.PersonId.ShouldBe(c.Nurse.PersonId, "whoever asked sees the answer and closes it");
        await c.Must(c.Nurse, new CloseRequest(question.RequestId));
    }

    [Fact]
    public async Task the_community_settles_its_own_times()
    {
        await c.Must(c.Admin, new DefineEscalation(EscalationRules.Default with { Urgent = new StepLimits(3, 5, 30, 5, 60, 2) }));
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        await RoundAfterAsync(3);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldNotBeNull();
        (await c.DoAsync(c.Admin, new DefineEscalation(EscalationRules.Default with { Urgent = new StepLimits(0, 5, 30, 5, 60, 2) })))
            .ShouldBeOfType<Outcome.Invalid>().Errors.ShouldHaveSingleItem().Key.ShouldBe("escalation.minutes");
    }

    [Fact]
    public async Task an_empty_rota_is_shouted_before_it_matters_to_those_whom_it_concerns()
    {
        var cover = new CoverReader(database.Source, database.Access, database.Time);
        var days = new RotaTurn(onCall.PersonId, null, [], HolidayRule.AsWeekday, new TimeOnly(8, 30), new TimeOnly(17, 30));
        await c.Must(c.Nurse, new SetRota(c.Nurse.OrganisationId!.Value, [days]));
        var station = (await cover.EmptyAsync(c.Physician, TestContext.Current.CancellationToken)).Single(l => l.OrganisationId == c.Nurse.OrganisationId);
        station.Gaps[0].ShouldBe(new Gap(Noon.AddHours(5.5), Noon.AddHours(20.5)));
        station.OnCall.ShouldHaveSingleItem().PersonId.ShouldBe(onCall.PersonId);
        (await cover.EmptyAsync(c.Admin, TestContext.Current.CancellationToken)).ShouldContain(l => l.OrganisationId == c.Nurse.OrganisationId);
        (await cover.EmptyAsync(c.Daughter, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await cover.EmptyAsync(c.OtherNurse, TestContext.Current.CancellationToken)).ShouldBeEmpty("it is on none of the care teams that this nurse sees");
        (await cover.ListAsync(c.Nurse, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().OrganisationId.ShouldBe(c.Nurse.OrganisationId!.Value);
        await c.Must(c.Nurse, Rota(onCall));
        (await cover.EmptyAsync(c.Physician, TestContext.Current.CancellationToken)).ShouldNotContain(l => l.OrganisationId == c.Nurse.OrganisationId);
    }

    [Fact]
    public async Task only_the_timer_asks_and_a_step_done_meanwhile_is_not_asked_for()
    {
        var issue = ToNurse();
        await c.Must(c.Physician, issue);
        var ask = new EscalateInstruction(issue.InstructionId, 0, 1, LedgerStep.Read, Noon, EscalationReason.Overdue, onCall.PersonId);
        await c.Refused(c.Physician, ask, RefusalKind.Forbidden, "act.not_permitted");
        await c.Must(c.Nurse, new TakeInstruction(issue.InstructionId));
        await c.Must(Actor.Timer(c.Tenant), ask);
        (await CardAsync(issue.InstructionId)).Escalation.ShouldBeNull();
    }
}
