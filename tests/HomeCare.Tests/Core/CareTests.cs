using HomeCare.Patients;
using HomeCare.CareTeams;
using HomeCare.Communities;
using HomeCare.Instructions;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Core;

/// <summary>The write path on a real database: who may, once only, and nobody else's.</summary>
public sealed class CareTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_same_command_again_gives_the_same_receipt_and_writes_nothing()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        var visit = c.Visit("変わりない");
        var first = await c.Must(c.Nurse, visit, id);
        var again = await c.Must(c.Nurse, visit, id);
        (again.Receipt, again.Repeated).ShouldBe((first.Receipt, true));
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 200, Ct))!.Count(e => e.Kind == "visit-recorded").ShouldBe(1);
    }

    [Fact]
    public async Task the_same_identifier_for_something_else_or_by_somebody_else_is_refused()
    {
        var c = await database.FoundAsync();
        var id = Guid.CreateVersion7();
        var visit = c.Visit("変わりない");
        await c.Must(c.Nurse, visit, id);
        (await c.DoAsync(c.Nurse, visit with { Companion = "研修生" }, id)).ShouldBe(new Outcome.Refused(RefusalKind.Invalid, "command.id_reused"));
        (await c.DoAsync(c.Physician, visit, id)).ShouldBe(new Outcome.Refused(RefusalKind.Invalid, "command.id_reused"));
    }

    [Fact]
    public async Task a_command_that_changes_nothing_gives_the_receipt_of_what_it_found_and_keeps_it()
    {
        var c = await database.FoundAsync();
        var instruction = c.Instruct("褥瘡処置");
        var issued = await c.Must(c.Physician, instruction);
        var id = Guid.CreateVersion7();
        (await c.Must(c.Physician, new MarkInstructionRead(instruction.InstructionId), id)).Receipt.ShouldBe(issued.Receipt);
        await c.Must(c.Nurse, new TakeInstruction(instruction.InstructionId));
        (await c.Must(c.Physician, new MarkInstructionRead(instruction.InstructionId), id)).Receipt.ShouldBe(issued.Receipt);
    }

    [Fact]
    public async Task two_who_take_the_same_instruction_at_once_leave_one_owner()
    {
        var c = await database.FoundAsync();
        var second = await c.JoinAsync("木村 直", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        for (var round = 0; round < 10; round++)
        {
            var instruction = c.Instruct($"処置 {round}");
            await c.Must(c.Physician, instruction);
            var outcomes = await Task.WhenAll(
                c.DoAsync(c.Nurse, new TakeInstruction(instruction.InstructionId)), c.DoAsync(second, new TakeInstruction(instruction.InstructionId)));
            outcomes.OfType<Outcome.Done>().Count().ShouldBe(1);
            outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem().Key.ShouldBe("instruction.taken_by_another");
        }
    }

    [Fact]
    public async Task another_teams_person_does_not_exist()
    {
        var c = await database.FoundAsync();
        await c.Refused(c.OtherNurse, c.Visit("見ていないはず"), RefusalKind.NotFound, "patient.unknown");
        await c.Refused(c.Nurse, c.Visit("x") with { PatientId = c.Stranger }, RefusalKind.NotFound, "patient.unknown");
        await c.Refused(c.Nurse, c.Visit("x") with { PatientId = Guid.CreateVersion7() }, RefusalKind.NotFound, "patient.unknown");
        (await c.Patients.SummaryAsync(c.OtherNurse, c.Patient, Ct)).ShouldBeNull();
        (await c.Timeline.ReadAsync(c.OtherNurse, c.Patient, null, null, 10, Ct)).ShouldBeNull();
        (await c.Patients.ListAsync(c.OtherNurse, ct: Ct)).Lines.ShouldBeEmpty();
        (await c.Readings.LatestAsync(c.OtherNurse, c.Patient, ct: Ct)).ShouldBeNull();
        (await c.Instructions.OfPatientAsync(c.OtherNurse, c.Patient, true, Ct)).ShouldBeNull();
        (await c.Visits.PlannedAsync(c.OtherNurse, c.Patient, Ct)).ShouldBeNull();
        (await c.People.ReachableAsync(c.OtherNurse, c.Patient, Ct)).ShouldBeNull();
        (await c.Marks.MoveToAsync(c.OtherNurse, c.Patient, 5, Ct)).ShouldBeFalse();
        (await c.Patients.LinesAsync(c.OtherNurse, [c.Patient], Ct)).ShouldBeEmpty();
        (await c.People.TeamsAroundAsync(c.OtherNurse, [c.Patient], Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_stands_beside_an_inbox_is_what_each_record_says_and_leaves_out_those_of_others()
    {
        var c = await database.FoundAsync();
        Guid[] asked = [c.Patient, c.Stranger, Guid.CreateVersion7()];
        var around = await c.People.TeamsAroundAsync(c.Nurse, asked, Ct);
        var lines = await c.Patients.LinesAsync(c.Nurse, asked, Ct);

        around.Keys.ShouldBe([c.Patient]);
        around[c.Patient].Team.ShouldBe((await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.Team);
        around[c.Patient].Team.ShouldNotBeEmpty();
        around[c.Patient].Reachable.ShouldBe((await c.People.ReachableAsync(c.Nurse, c.Patient, Ct))!);
        lines.ShouldHaveSingleItem().PatientId.ShouldBe(c.Patient);
        (await c.Patients.LineAsync(c.Nurse, c.Stranger, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task another_community_is_invisible_even_to_its_own_names()
    {
        var here = await database.FoundAsync();
        var there = await database.FoundAsync();
        var intruder = here.Nurse with { TenantId = there.Tenant };
        await here.Refused(intruder, there.Visit("x"), RefusalKind.Forbidden, "person.no_longer_member");
        (await there.Patients.SummaryAsync(here.Nurse, there.Patient, Ct)).ShouldBeNull();
        (await there.Patients.ListAsync(intruder, ct: Ct)).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_claimed_profession_or_organisation_that_is_not_on_record_opens_nothing()
    {
        var c = await database.FoundAsync();
        await c.Refused(c.Nurse with { Profession = Profession.Physician }, c.Instruct("x"), RefusalKind.Forbidden, "person.no_longer_member");
        await c.Refused(c.OtherNurse with { OrganisationId = c.Nurse.OrganisationId }, c.Visit("x"), RefusalKind.Forbidden, "person.no_longer_member");
        await c.Refused(c.Nurse with { OrganisationId = null }, c.Visit("x"), RefusalKind.Forbidden, "person.no_longer_member");
    }

    [Fact]
    public async Task an_import_cannot_be_claimed_as_a_profession_by_a_person_of_the_community()
    {
        var c = await database.FoundAsync();
        var importer = c.Nurse with { Profession = Profession.Import };
        (await database.Access.BelongsAsync(importer, Ct)).ShouldBeFalse();
        (await database.Access.MaySeeAsync(importer, c.Patient, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task leaving_the_team_or_the_organisation_or_the_community_ends_access_at_once()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.Nurse.OrganisationId!.Value, "転居"));
        await c.Refused(c.Nurse, c.Visit("x"), RefusalKind.NotFound, "patient.unknown");
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.Nurse.OrganisationId));
        await c.Must(c.Nurse, c.Visit("戻りました"));
        await c.Must(c.Admin, new LeaveOrganisation(c.Nurse.PersonId, c.Nurse.OrganisationId.Value));
        await c.Refused(c.Nurse, c.Visit("x"), RefusalKind.Forbidden, "person.no_longer_member");
        await c.Must(c.Admin, new DeactivatePerson(c.Physician.PersonId, "退職"));
        await c.Refused(c.Physician, c.Instruct("x"), RefusalKind.Forbidden, "person.no_longer_member");
        (await c.People.ActorsAsync(c.Tenant, c.Physician.PersonId, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_membership_with_an_end_ends_by_itself()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId, Until: Clock.Now.AddHours(1)));
        await c.Must(c.OtherNurse, c.Visit("応援"));
        database.Time.Now = Clock.Now.AddHours(1);
        await c.Refused(c.OtherNurse, c.Visit("x"), RefusalKind.NotFound, "patient.unknown");
        database.Time.Now = Clock.Now;
    }

    [Fact]
    public async Task an_administrator_keeps_teams_and_reads_no_record()
    {
        var c = await database.FoundAsync();
        (await c.People.TeamAsync(c.Admin, c.Patient, Ct))!.Count.ShouldBe(3);
        (await c.Patients.SummaryAsync(c.Admin, c.Patient, Ct)).ShouldBeNull();
        (await c.Timeline.ReadAsync(c.Admin, c.Patient, null, null, 10, Ct)).ShouldBeNull();
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: c.Admin.PersonId));
        (await c.Timeline.ReadAsync(c.Admin, c.Patient, null, null, 10, Ct)).ShouldBeNull();
        await c.Refused(c.Admin, c.Visit("x"), RefusalKind.Forbidden, "act.not_permitted");
    }

    [Fact]
    public async Task whom_a_command_names_must_exist()
    {
        var c = await database.FoundAsync();
        await c.Refused(c.Nurse, new PlanVisit(Guid.CreateVersion7(), c.Patient, Clock.Now.AddDays(1), 60, Guid.CreateVersion7()), RefusalKind.NotFound, "reference.unknown");
        await c.Refused(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: Guid.CreateVersion7()), RefusalKind.NotFound, "reference.unknown");
    }

    [Fact]
    public async Task text_that_cannot_be_stored_is_refused_and_nothing_is()
    {
        var c = await database.FoundAsync();
        await c.Refused(c.Nurse, c.Visit("a\0b"), RefusalKind.Invalid, "text.not_storable");
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 200, Ct))!.ShouldNotContain(e => e.Kind == "visit-recorded");
    }

    [Fact]
    public async Task what_is_for_the_team_only_is_absent_for_the_relative_everywhere()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("腕にあざ", new Vitals(Clock.Ago(30)) { Pulse = 91 }, teamOnly: true));
        await c.Must(c.Nurse, c.Visit("変わりない", new Vitals(Clock.Ago(20)) { Pulse = 80 }));
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.Count(e => e.Kind == "visit-recorded").ShouldBe(1);
        (await c.Timeline.PageAsync(c.Daughter, c.Patient, HomeCare.Timeline.TimelineFilter.Everything, ct: Ct))!.Entries.ShouldNotContain(e => e.TeamOnly);
        (await c.Readings.SeriesAsync(c.Daughter, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.ShouldAllBe(r => r.Value == 80);
        (await c.Readings.SeriesAsync(c.Nurse, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.Count.ShouldBe(2);
        var line = (await c.Patients.LineAsync(c.Daughter, c.Patient, Ct))!;
        line.Latest.ShouldAllBe(r => r.Value == 80);
    }

    [Fact]
    public async Task hiding_a_note_later_hides_what_stood_before()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("腕にあざ", new Vitals(Clock.Ago(30)) { Pulse = 91 });
        await c.Must(c.Nurse, visit);
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldContain(e => e.Kind == "visit-recorded");
        await c.Must(c.Nurse, new CorrectVisitNote(visit.VisitId, new VisitNote("腕にあざ。虐待の疑い"), "追記", TeamOnly: true));
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldNotContain(e => e.SubjectId == visit.VisitId);
        (await c.Readings.SeriesAsync(c.Daughter, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.ShouldBeEmpty();
    }

    [Fact]
    public async Task who_is_not_on_the_team_is_neither_addressed_nor_sent()
    {
        var c = await database.FoundAsync();
        var toOther = c.Instruct("至急連絡を") with { Addressee = new Addressee(AddresseeKind.Person, c.OtherNurse.PersonId) };
        await c.Refused(c.Physician, toOther, RefusalKind.NotFound, "reference.unknown");
        await c.Refused(c.Nurse, new PlanVisit(Guid.CreateVersion7(), c.Patient, Clock.Now.AddDays(1), 60, c.OtherNurse.PersonId), RefusalKind.NotFound, "reference.unknown");
        await c.Must(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
        await c.Must(c.Physician, toOther);
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.OrganisationId!.Value));
        await c.Refused(c.Physician, toOther with { InstructionId = Guid.CreateVersion7() }, RefusalKind.NotFound, "reference.unknown");
    }

    [Fact]
    public async Task a_diary_entry_cannot_take_a_visits_identifier_and_strike_it_out()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("測定", new Vitals(Clock.Ago(20)) { SpO2 = 88 });
        await c.Must(c.Nurse, visit);
        (await c.DoAsync(c.Daughter, new RecordVitals(visit.VisitId, c.Patient, new Vitals(Clock.Ago(10)) { SpO2 = 97 }))).ShouldBeOfType<Outcome.Refused>();
        (await c.DoAsync(c.Daughter, new EnterVitalsInError(visit.VisitId, "違います"))).ShouldBeOfType<Outcome.Refused>();
        (await c.Readings.SeriesAsync(c.Nurse, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.ShouldHaveSingleItem().Value.ShouldBe(88);

        var diary = new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(10)) { SpO2 = 97 });
        await c.Must(c.Daughter, diary);
        (await c.DoAsync(c.Nurse, c.Visit("x") with { VisitId = diary.MeasurementId })).ShouldBeOfType<Outcome.Refused>();
        (await c.DoAsync(c.Nurse, new StartVisit(diary.MeasurementId, c.Patient, Clock.Ago(5)))).ShouldBeOfType<Outcome.Refused>();
    }

    [Fact]
    public async Task a_diagnosis_not_disclosed_is_absent_for_the_relative_until_it_is()
    {
        var c = await database.FoundAsync();
        var id = Ids.Of("cancer");
        var cancer = new RecordCondition(c.Patient, id, new Condition("膵癌", null, ConditionStatus.Active), TeamOnly: true);
        await c.Must(c.Physician, cancer with { TeamOnly = false });
        await c.Must(c.Physician, cancer);
        (await c.Patients.SummaryAsync(c.Daughter, c.Patient, Ct))!.Conditions.ShouldBeEmpty();
        (await c.Patients.LineAsync(c.Daughter, c.Patient, Ct))!.Conditions.ShouldBeEmpty();
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldNotContain(e => e.SubjectId == id);
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.Conditions.ShouldHaveSingleItem().TeamOnly.ShouldBeTrue();
        (await c.Patients.LineAsync(c.Nurse, c.Patient, Ct))!.Conditions.ShouldBe(["膵癌"]);

        await c.Must(Actor.Importing(c.Tenant, "hospital"), cancer with { Condition = cancer.Condition with { Note = "StageIV" }, TeamOnly = false });
        (await c.Patients.SummaryAsync(c.Daughter, c.Patient, Ct))!.Conditions.ShouldBeEmpty();

        await c.Must(c.Physician, cancer with { TeamOnly = false });
        (await c.Patients.SummaryAsync(c.Daughter, c.Patient, Ct))!.Conditions.ShouldHaveSingleItem();
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.Count(e => e.SubjectId == id).ShouldBe(1);
    }

    [Fact]
    public async Task hiding_a_diagnosis_hides_nothing_of_another_person_under_the_same_identifier()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("変わりない");
        await c.Must(c.Nurse, visit);
        var hidden = new RecordCondition(c.Patient, visit.VisitId, new Condition("膵癌", null, ConditionStatus.Active), TeamOnly: true);
        await c.Must(c.Physician, hidden);
        await c.Must(Actor.Importing(c.Tenant, "hospital"), hidden with { PatientId = c.Stranger });
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 200, Ct))!.ShouldContain(e => e.SubjectId == visit.VisitId);
    }

    [Fact]
    public async Task what_is_written_says_who_for_whom_from_which_device_why_and_by_which_command()
    {
        var c = await database.FoundAsync();
        var context = new CommandContext(c.Nurse, Guid.CreateVersion7()) { Device = "tablet-7", CorrelationId = "trace-1", AccessReason = "救急要請のため" };

        var done = (await database.Care.DoAsync(context, c.Visit("変わりない"), Ct)).ShouldBeOfType<Outcome.Done>();

        var e = (await database.Store.ReadAsync(c.Nurse.TenantId, [done.Receipt.Sequence], Ct)).Single();
        e.UserName.ShouldBe(c.Nurse.PersonId.ToString());
        e.CorrelationId.ShouldBe("trace-1");
        e.CausationId.ShouldBe(context.CommandId.ToString());
        e.Headers.ShouldBe(
            new Dictionary<string, string>
            {
                ["person_id"] = c.Nurse.PersonId.ToString(),
                ["person_name"] = c.Nurse.Name,
                ["profession"] = "Nurse",
                ["organisation_id"] = c.Nurse.OrganisationId.ToString()!,
                ["organisation_name"] = c.Nurse.OrganisationName!,
                ["device"] = "tablet-7",
                ["access_reason"] = "救急要請のため",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task more_commands_at_once_than_are_kept_in_memory_are_told_to_come_again()
    {
        var c = await database.FoundAsync();
        var care = new Care(database.Store, database.Access, new Commands(), database.Time) { MostAtOnce = 0 };

        (await care.DoAsync(new CommandContext(c.Nurse, Guid.CreateVersion7()), c.Visit("変わりない"), Ct)).ShouldBe(new Outcome.Refused(RefusalKind.Busy, "store.busy"));
    }
}
